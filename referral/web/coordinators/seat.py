"""Whoever asks for a page: the account, and what it may do today.

A ``Seat`` is made anew for each request, from the cookie's session or a program's token, so that an
assignment that ends, ends at midnight and not with the session.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from referral.accounts import roles
from referral.accounts.roles import Assignment, Right

EVERYTHING = frozenset(Right)


@dataclass(frozen=True, slots=True)
class Seat:
    """``assignments`` are those in force today, for a token as far as it reaches. ``form_secret`` is what
    every form of the session must say, "" for a token. ``rights`` are the most that it may do."""

    coordinator_id: str
    email: str
    assignments: tuple[Assignment, ...]
    language: str
    form_secret: str
    rights: frozenset[Right] = EVERYTHING

    def regions(self, right: Right, every: Iterable[str]) -> tuple[str, ...]:
        """The regions among ``every`` in which it has ``right``, in their order."""
        return roles.regions(self.assignments, right, every) if right in self.rights else ()


def may(seat: Seat, right: Right, region: str | None = None) -> bool:
    """Whether ``seat`` has ``right`` in ``region``: a code, "" for the whole country, None for anywhere."""
    return right in seat.rights and roles.allowed(seat.assignments, right, region)
