"""A world of three municipalities and four needs, and a dialogue that does as it is told.

The service is tested with these, because what it promises must hold for any dialogue.
"""

import re
from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime

from bot.metrics import Metrics
from bot.reaction import StepFunction
from bot.said import Said, SaidReply
from bot.service import Service
from bot.turn import Effect, Forget, Heard, RecordDemand, RecordHelped, RecordMiss, Reply, State, Turn, World
from bot.understand import Mind
from knowledge.model import Atlas, Catalog, Group, Handling, Municipality, Need, Region, WeightedPoint
from locales.text import Text, as_written
from referral.directory.index import Directory
from referral.model import DemandEntry, Outcome, Unmet
from referral.store.database import Database

NEEDS = {"kela": "public_services", "tax": "public_services", "email": "communication", "course": "learning"}
REGIONS = {"758": "19", "261": "19", "091": "01"}


class Nothing(Mind):
    """A mind that understands nothing; the dialogue below never asks it."""

    def __init__(self) -> None:
        pass


class Clock:
    """A clock that stands still until it is set."""

    def __init__(self, now: datetime) -> None:
        self.now = now

    def __call__(self) -> datetime:
        return self.now


def step(state: State, heard: Heard, world: World) -> Turn:
    """Does what the first word of a message says; ``state.offered`` remembers the turns, in order.

    "count NEED MUNICIPALITY [REASON]", "helped", "miss", "forget", "fault", "silence"; anything else
    is only answered. The answer says how many turns there have been.
    """
    word, *rest = heard.text.split() or [""]
    if word == "fault":
        raise ValueError(f"a fault over {heard.text} from {heard.conversation}")
    after = replace(state, language="fi", offered=(*state.offered, heard.turn))
    said = (Reply((as_written(f"{len(after.offered)}: {heard.turn}"),)),)
    return Turn(after, () if word == "silence" else said, _effects(word, rest, heard))


def _effects(word: str, rest: list[str], heard: Heard) -> tuple[Effect, ...]:
    if word == "count":
        need, municipality, *reasons = rest
        unmet = tuple(map(Unmet, reasons))
        entry = DemandEntry(
            need,
            municipality,
            "any",
            "fi",
            False,
            heard.channel,
            Outcome.UNMET if unmet else Outcome.NEAR,
            unmet,
        )
        return (RecordDemand((entry,)),)
    effects: Mapping[str, Effect] = {
        "helped": RecordHelped("758", True),
        "miss": RecordMiss("fi", "need"),
        "forget": Forget(),
    }
    return (effects[word],) if word in effects else ()


def render(replies: tuple[Reply, ...], language: str, now: datetime) -> Said:
    """The msgids, as they are; one language ("xx") cannot be said."""
    if not re.fullmatch("fi|sv|en", language):
        raise KeyError(language)
    return Said(language, tuple(SaidReply("\n\n".join(map(_words, reply.text))) for reply in replies))


def _words(text: Text) -> str:
    return text.msgid


def atlas() -> Atlas:
    """Three municipalities in two regions."""
    return Atlas(
        municipalities={code: _municipality(code, region) for code, region in REGIONS.items()},
        regions={code: Region(code, {"fi": code}) for code in set(REGIONS.values())},
        postcodes={},
        places=(),
        attributions=(),
    )


def world(now: datetime) -> World:
    """The whole world at ``now``."""
    needs = {
        id: Need(id, group, Handling.SUPPORT, "", {"fi": id}, {"fi": (id,)}, {"fi": (id,)})
        for id, group in NEEDS.items()
    }
    groups = tuple(
        Group(group, {"fi": group}, tuple(id for id in NEEDS if NEEDS[id] == group))
        for group in dict.fromkeys(NEEDS.values())
    )
    places = atlas()
    directory = Directory.of((), places)
    return World(Catalog(needs, groups), places, Nothing(), directory, (("fi", "suomi"),), "Tester", now, {})


def service(database: Database, clock: Clock, speak: StepFunction = step) -> Service:
    """A service that speaks with ``step`` in this world."""
    small = world(clock.now)
    return Service(database, speak, render, lambda now: replace(small, now=now), clock, Metrics())


def _municipality(code: str, region: str) -> Municipality:
    homes = (WeightedPoint(67.4, 26.6, 1000),)
    return Municipality(code, {"fi": code}, region, 1000, (67.4, 26.6), homes, (), (), ("fi",), "")
