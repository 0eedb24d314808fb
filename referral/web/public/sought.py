"""What somebody looks for: read from their words, which are then forgotten."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

CERTAIN = 0.5
LIKELY, AHEAD = 0.3, 1.5
"""Taken without asking: what is certain, or what is likely and half as much again as the next."""

MOST_CHOICES = 5


@dataclass(frozen=True, slots=True)
class Guess:
    """A municipality (by code) or a need (by id), and how sure we are, 0..1."""

    id: str
    score: float


@dataclass(frozen=True, slots=True)
class Sought:
    """What words mean; best first, () where nothing is known. ``region`` is the code of a region that was
    named instead of a municipality."""

    places: tuple[Guess, ...] = ()
    needs: tuple[Guess, ...] = ()
    region: str = ""


Seek = Callable[[str, str, str], Sought]
"""What is needed, where, and the language of the page -> what is meant. Nothing of it is kept."""


def taken(guesses: Sequence[Guess]) -> str:
    """The one that is meant; "" where the person has to be asked."""
    if not guesses:
        return ""
    first, second = guesses[0], guesses[1].score if len(guesses) > 1 else 0.0
    ahead = first.score >= AHEAD * second
    return first.id if (ahead and first.score >= LIKELY) or first.score >= CERTAIN > second else ""
