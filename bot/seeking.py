"""What somebody writes into the search of the public pages, understood as the conversation understands it."""

from collections.abc import Sequence

from bot.judgement import LIFE
from bot.understand import Mind, PlaceFound, Understanding
from knowledge.needs import FLOOR
from referral.web.public import Guess, Seek, Sought


def seek_with(mind: Mind) -> Seek:
    """A search that asks ``mind``. What is urgent comes before anything else that was understood."""

    def seek(what: str, where: str, language: str) -> Sought:
        meant = mind.understand(what, language) if what else None
        there = mind.understand(where, language, asked="place") if where else None
        places = [*(there.places if there else ()), *(meant.places if meant and not where else ())]
        return Sought(_places(places), _needs(meant) if meant else (), _region(places))

    return seek


def _places(found: Sequence[PlaceFound]) -> tuple[Guess, ...]:
    return tuple(Guess(one.municipality, one.score) for one in found if one.municipality)


def _region(found: Sequence[PlaceFound]) -> str:
    """The region that was named, where that is likelier than a place of the same name."""
    return found[0].region if found else ""


def _needs(meant: Understanding) -> tuple[Guess, ...]:
    if meant.urgency:
        return (Guess("emergency" if meant.urgency in LIFE else meant.urgency.value, 1.0),)
    return tuple(Guess(one.id, one.score) for one in meant.needs if one.score >= FLOOR)
