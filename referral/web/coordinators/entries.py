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


def _directory(method: str, path: str, scope: Scope = Scope.THING) -> Entry:
    return Entry(method, f"/coordinators/directory{path}", Right.WORK_ON_DIRECTORY, scope)


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
    Entry("GET", "/coordinators/situation", Right.SEE_SITUATION, Scope.ASKED),
    Entry("GET", "/coordinators/situation/supply", Right.SEE_SITUATION, Scope.ASKED),
    Entry("GET", "/coordinators/situation/export", Right.EXPORT, Scope.ASKED),
    Entry("POST", "/coordinators/situation/export", Right.EXPORT, Scope.ASKED),
    Entry("GET", "/coordinators/situation/report", Right.SEE_SITUATION, Scope.ASKED),
    Entry("POST", "/coordinators/situation/report", Right.WRITE_REPORT, Scope.ASKED),
    Entry("GET", "/coordinators/api/releases", Right.EXPORT, tokens=True),
    Entry("GET", "/coordinators/api/releases/{period}", Right.EXPORT, Scope.ASKED, tokens=True),
    _directory("GET", "", Scope.ASKED),
    _directory("GET", "/submissions/{id}"),
    _directory("POST", "/submissions/{id}/accept"),
    _directory("POST", "/submissions/{id}/refuse"),
    _directory("GET", "/submissions/{id}/change"),
    _directory("POST", "/submissions/{id}/change"),
    _directory("GET", "/offers", Scope.ASKED),
    _directory("GET", "/offers/{id}"),
    _directory("POST", "/offers/{id}/checked"),
    _directory("POST", "/offers/{id}/leave"),
    _directory("POST", "/offers/{id}/reopen"),
    _directory("POST", "/offers/{id}/links"),
    _directory("POST", "/offers/{id}/links/{link}/revoke"),
    _directory("GET", "/twins", Scope.ASKED),
    _directory("POST", "/twins"),
    _directory("GET", "/left-out", Scope.ASKED),
    _directory("POST", "/left-out"),
    _directory("GET", "/imports", Scope.NOWHERE),
    _directory("POST", "/imports"),
    Entry("GET", "/coordinators/practices", Right.SHARE_PRACTICES),
    Entry("POST", "/coordinators/practices", Right.SHARE_PRACTICES, Scope.ASKED),
    Entry("GET", "/coordinators/practices/new", Right.SHARE_PRACTICES),
    Entry("GET", "/coordinators/practices/{id}", Right.SHARE_PRACTICES),
    Entry("GET", "/coordinators/practices/{id}/change", Right.SHARE_PRACTICES, Scope.THING),
    Entry("POST", "/coordinators/practices/{id}/change", Right.SHARE_PRACTICES, Scope.THING),
    Entry("POST", "/coordinators/practices/{id}/remove", Right.SHARE_PRACTICES, Scope.THING),
)

BY_ADDRESS: Mapping[tuple[str, str], Entry] = {(entry.method, entry.path): entry for entry in ENTRIES}
