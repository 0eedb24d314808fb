"""What to do when a source does not answer as it should: wait and ask again, or give up with a sentence.

A busy source says when to come back, and that is when we come back. Otherwise each wait is twice the
last. What asking again cannot mend (a wrong key, an address that is not there) ends at once.
"""

from dataclasses import dataclass
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from enum import StrEnum

MOST_TRIES = 7
"""With the waits below that is about a minute of a source being away: more is an outage, and the pages
that are here stay, so that the journey can be taken up again later."""

FIRST_WAIT = 1.0
LONGEST_WAIT = 30.0
LONGEST_ASKED_WAIT = 600.0
"""Seconds. A source may ask for more than we choose, but not for the evening."""

PASSING = frozenset({408, 425, 429, 500, 502, 503, 504})
"""Answers after which the same question may be answered (RFC 9110, RFC 6585, RFC 8470)."""


class Trouble(StrEnum):
    """What went wrong with a question."""

    TIMEOUT = "timeout"
    CUT = "cut"
    STATUS = "status"
    UNREADABLE = "unreadable"
    UNREACHABLE = "unreachable"
    TOO_LARGE = "too_large"
    ELSEWHERE = "elsewhere"
    CERTIFICATE = "certificate"


@dataclass(frozen=True, slots=True)
class Failure:
    """A question without a usable answer; ``after`` are the seconds that the source asks us to wait."""

    trouble: Trouble
    status: int = 0
    after: float | None = None
    detail: str = ""


@dataclass(frozen=True, slots=True)
class Wait:
    """Ask again in so many seconds."""

    seconds: float


@dataclass(frozen=True, slots=True)
class GiveUp:
    """Stop here: a code for machines, and what happened and what to do, for people."""

    code: str
    sentence: str


def verdict(failure: Failure, tries: int) -> Wait | GiveUp:
    """What follows from ``failure``, the question having been asked ``tries`` times (at least once)."""
    if final := _final(failure):
        return final
    if tries >= MOST_TRIES:
        return GiveUp(
            "no_answer",
            f"The source did not answer after {tries} tries ({_told(failure)}). "
            "Fetch again later; what is here already is kept.",
        )
    if failure.after is not None and failure.after > LONGEST_ASKED_WAIT:
        return GiveUp(
            "busy",
            f"The source asks to come back in {-(-failure.after // 60):.0f} minutes. "
            "Fetch again then; what is here already is kept.",
        )
    return Wait(max(failure.after or 0.0, min(FIRST_WAIT * 2 ** (tries - 1), LONGEST_WAIT)))


def _final(failure: Failure) -> GiveUp | None:
    """What asking again cannot mend; None for the rest."""
    if failure.trouble is Trouble.TOO_LARGE:
        return GiveUp("too_large", "A page is larger than any that we know. Is the address right?")
    if failure.trouble is Trouble.CERTIFICATE:
        return GiveUp(
            "certificate",
            "The source cannot prove that it is itself (its certificate). Is the address right, and this "
            "machine's clock?",
        )
    if failure.trouble is Trouble.ELSEWHERE:
        return GiveUp(
            "elsewhere",
            f"The source sends us on to another place ({failure.detail}). Give that one with --address "
            "if you trust it.",
        )
    if failure.trouble is not Trouble.STATUS or failure.status in PASSING:
        return None
    if failure.status in (401, 403):
        return GiveUp("key", f"The source does not let us in ({failure.status}). Is the key right?")
    if failure.status in (404, 410):
        return GiveUp("not_there", f"Nothing is there ({failure.status}). Is the address right?")
    return GiveUp(
        "refused",
        f"The source refuses the question ({failure.status}). Is the address that of its interface?",
    )


def _told(failure: Failure) -> str:
    if failure.trouble is Trouble.STATUS:
        return f"status {failure.status}"
    words = {
        Trouble.TIMEOUT: "too slow",
        Trouble.CUT: "the connection was cut",
        Trouble.UNREADABLE: "the answer was not whole",
        Trouble.UNREACHABLE: "it cannot be reached",
    }
    return words.get(failure.trouble, failure.trouble.value)


def seconds_asked(header: str, now: datetime) -> float | None:
    """The seconds that a Retry-After header asks for, from ``now``; None for one that says nothing.

    It is a number of seconds or a date (RFC 9110, 10.2.3). A date that has passed is no wait.
    """
    words = header.strip()
    if words.isascii() and words.isdigit():
        return float(words[:9])
    try:
        moment = parsedate_to_datetime(words)
    except (TypeError, ValueError):
        return None
    moment = moment.replace(tzinfo=UTC) if moment.tzinfo is None else moment
    return max((moment - now).total_seconds(), 0.0)
