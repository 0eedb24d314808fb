"""Who can help: from a request to ranked offers, with the reasons."""

from datetime import datetime

from referral.directory.index import Directory
from referral.model import Answer, Request


def match(request: Request, directory: Directory, now: datetime) -> Answer:
    """The offers that fit ``request``, best first; see ``Answer`` for "nothing found"."""
    raise NotImplementedError
