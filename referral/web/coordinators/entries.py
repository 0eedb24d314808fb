"""Every address of the coordinators' site, and who may use it: a route that is not here cannot be mounted.

``right`` None is for those who are not signed in. What a right reaches is said by ``scope``:

- ``NOWHERE``: the page is about one's own things, or filters by itself what it lists.
- ``ASKED``: the region is the field or parameter ``region``; ``enter`` refuses what is not one's own.
- ``THING``: the region is that of the thing named in the address; its handler asks ``may``.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from referral.accounts.roles import Right


class Scope(StrEnum):
    """How a route knows the region that it is about."""

    NOWHERE = "nowhere"
    ASKED = "asked"
    THING = "thing"


@dataclass(frozen=True, slots=True)
class Entry:
    """``tokens`` says that a program may come with a token instead of a session."""

    method: str
    path: str
    right: Right | None
    scope: Scope = Scope.NOWHERE
    tokens: bool = False


ENTRIES: tuple[Entry, ...] = (
    Entry("GET", "/coordinators", Right.OWN_ACCOUNT),
    Entry("GET", "/coordinators/sign-in", None),
    Entry("POST", "/coordinators/sign-in", None),
    Entry("GET", "/coordinators/invitation/{secret}", None),
    Entry("POST", "/coordinators/invitation/{secret}", None),
    Entry("POST", "/coordinators/sign-out", Right.OWN_ACCOUNT),
    Entry("POST", "/coordinators/sign-out-everywhere", Right.OWN_ACCOUNT),
    Entry("GET", "/coordinators/account", Right.OWN_ACCOUNT),
    Entry("POST", "/coordinators/account/password", Right.OWN_ACCOUNT),
    Entry("POST", "/coordinators/account/codes", Right.OWN_ACCOUNT),
    Entry("POST", "/coordinators/account/tokens", Right.EXPORT, Scope.ASKED),
    Entry("POST", "/coordinators/account/tokens/{id}/revoke", Right.OWN_ACCOUNT),
    Entry("GET", "/coordinators/audit", Right.OWN_ACCOUNT),
)

BY_ADDRESS: Mapping[tuple[str, str], Entry] = {(entry.method, entry.path): entry for entry in ENTRIES}
