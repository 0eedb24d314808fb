"""Who may do what, and where: roles, the rights that each has, and assignments with dates.

Coordination changes hands, so nobody has a role for ever: an account can do what its assignments of
today allow and nothing more. A region is its code ("19"); "" stands for the whole country.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum


class Role(StrEnum):
    """A regional coordinator, one for the whole country, or whoever runs the service."""

    REGIONAL = "regional"
    NATIONAL = "national"
    OPERATOR = "operator"


class Right(StrEnum):
    """What somebody may do. ``OWN_ACCOUNT`` everybody has who has signed in."""

    SEE_SITUATION = "see_situation"
    EXPORT = "export"
    WRITE_REPORT = "write_report"
    WORK_ON_DIRECTORY = "work_on_directory"
    SHARE_PRACTICES = "share_practices"
    MANAGE_ACCOUNTS = "manage_accounts"
    OWN_ACCOUNT = "own_account"


_COORDINATING = frozenset(
    {
        Right.SEE_SITUATION,
        Right.EXPORT,
        Right.WRITE_REPORT,
        Right.WORK_ON_DIRECTORY,
        Right.SHARE_PRACTICES,
    }
)
RIGHTS: Mapping[Role, frozenset[Right]] = {
    Role.REGIONAL: _COORDINATING,
    Role.NATIONAL: _COORDINATING,
    # The operator's words do not belong into a region's report or among its practices.
    Role.OPERATOR: frozenset(
        {Right.SEE_SITUATION, Right.EXPORT, Right.WORK_ON_DIRECTORY, Right.MANAGE_ACCOUNTS}
    ),
}

SCOPES: Mapping[str, frozenset[Right]] = {"export:read": frozenset({Right.SEE_SITUATION, Right.EXPORT})}
"""What an API token may be made for, and the rights that it then has at most."""


@dataclass(frozen=True, slots=True)
class Assignment:
    """A role in a region from one day to another; ``until`` is the last day, None while no end is known."""

    role: Role
    region: str
    since: date
    until: date | None = None

    def holds(self, day: date) -> bool:
        """Whether it is in force on ``day``."""
        return self.since <= day and (self.until is None or day <= self.until)


def in_force(assignments: Iterable[Assignment], day: date) -> tuple[Assignment, ...]:
    """Those of ``assignments`` that hold on ``day``."""
    return tuple(one for one in assignments if one.holds(day))


def allowed(assignments: Iterable[Assignment], right: Right, region: str | None = None) -> bool:
    """Whether one of ``assignments`` gives ``right`` in ``region``.

    None asks whether it is given anywhere. "" asks for the whole country: a region's coordinator
    does not have that.
    """
    return right is Right.OWN_ACCOUNT or any(
        right in RIGHTS[one.role] and (region is None or one.region in ("", region)) for one in assignments
    )


def regions(assignments: Iterable[Assignment], right: Right, every: Iterable[str]) -> tuple[str, ...]:
    """The regions among ``every`` in which ``right`` is given, in their order; () for nowhere."""
    held = tuple(assignments)
    return tuple(code for code in every if allowed(held, right, code))


def narrowed(assignments: Iterable[Assignment], region: str) -> tuple[Assignment, ...]:
    """``assignments`` as far as they reach into ``region``; all of them for ""."""
    if not region:
        return tuple(assignments)
    return tuple(replace(one, region=region) for one in assignments if one.region in ("", region))
