"""The directory for other programs: the interface of the Human Services Data Specification, version 3.0.

Read-only, without keys, open to every origin. ``room`` gives it as a part of the site.
"""

from referral.web.hsds.room import room
from referral.web.hsds.view import Views

__all__ = ["Views", "room"]
