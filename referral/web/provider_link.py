"""A provider's private link: the id that the table of links keeps, signed with a secret of the server.

Whoever has the link may look after the offer, so nobody may be able to make one up, nor a thief of the
table of links: it holds no secret. What the link is for is the offer's id, or ``SUBMISSION`` and the id of
what was sent, as long as nobody knows yet which offers it becomes.
"""

import hmac

from sqlalchemy import Connection, select

from referral.store.peppers import digest, lasting_secret
from referral.store.schema import SECRETS

PATH = "/provider/"
SUBMISSION = "submission:"
LINK_DAYS = 365
"""How long a link is good for: within a year everybody is asked whether all is still true."""

_NAME = "provider links"
_SEAL = 32


def address(connection: Connection, id: str) -> str:
    """The path of the private link whose id in the table is ``id``."""
    return f"{PATH}{id}.{_seal(lasting_secret(connection, _NAME), id)}"


def id_of(connection: Connection, token: str) -> str:
    """The id of the link whose path ends in ``token``; "" where we never made it. Only reads."""
    id, _, seal = token.rpartition(".")
    secret = connection.execute(select(SECRETS.c.secret).where(SECRETS.c.name == _NAME)).scalar_one_or_none()
    if not id or secret is None:  # Without a secret no link has ever been made.
        return ""
    return id if hmac.compare_digest(seal.encode(), _seal(bytes(secret), id).encode()) else ""


def _seal(secret: bytes, id: str) -> str:
    return digest(secret, id)[:_SEAL]
