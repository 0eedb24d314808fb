"""A small fixed conversation, played through the real service on a real SQLite file."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from types import SimpleNamespace
from typing import Any

from bot.metrics import Metrics
from bot.said import Card, Said, SaidChoice, SaidReply
from bot.service import Service
from bot.turn import Forget, Heard, State, Turn
from referral.migrations import upgrade
from referral.store.database import open_database

LIBRARY = Card(
    id="library",
    name="Sodankylän kirjasto",
    what="Digital support at the library. Ask at the counter, no appointment is needed.",
    form="Face to face",
    distance="About 3 km away",
    opening="Open today until 18",
    address="Jäämerentie 1, 99600 Sodankylä",
    phone="016 000 0000",
    phone_note="",
    url="https://library.example/sodankyla",
    languages="Service in: Finnish and Northern Sámi",
    price="Free of charge",
    why=("It is the nearest.", "They say that they give digital support."),
    checked="Details checked 1 November 2026.",
    point=(67.41, 26.59),
)
LINE = Card(
    id="line",
    name="Esimerkkineuvonta <b>&</b>",
    what="Advice by phone",
    form="By phone or online",
    distance="By phone",
    opening="",
    address="",
    phone="",
    phone_note="The phone number has not been checked. Look at their own page.",
    url="https://line.example/",
    languages="",
    price="",
    why=("You do not have to go anywhere.",),
    checked="Nobody has checked these details yet.",
)
TRAP = Card(
    id="trap",
    name="Harmless name",
    what="",
    form="Course",
    distance="",
    opening="",
    address="",
    phone="ask at the desk",
    phone_note="",
    url="javascript:alert(1)",
    languages="",
    price="",
    why=(),
    checked="Details checked 1 November 2026.",
)
ALWAYS = (SaidChoice("human", "Talk to a person"), SaidChoice("help", "Help and settings"))
GROUPS = tuple(
    SaidChoice(f"group:{n}", label) for n, label in enumerate(("Signing in", "Phones", "Security"))
)
LANGUAGES = tuple(SaidChoice(f"language:{code}", code) for code in ("fi", "sv"))
SHARE = SaidChoice("share_location", "Share my location")
EXIT = SaidChoice("exit", "Leave this page at once", "https://weather.example/")


def play(heard: Heard) -> tuple[SaidReply, ...]:
    """What the fixed conversation answers."""
    match heard.choice or heard.text:
        case "":
            hello = SaidReply("Hello. I am an automatic service.\n\nDo not write bank codes.", LANGUAGES)
            return (hello, SaidReply("What do you need help with?", (*GROUPS, *ALWAYS)))
        case "library":
            return (SaidReply("Place: Sodankylä.\n\nHere is help.", ALWAYS, (LIBRARY, LINE, TRAP)),)
        case "violence":
            return (SaidReply("Call 112.\n\nYou are not alone.", (EXIT, *ALWAYS), (LINE,), urgent=True),)
        case "where":
            return (SaidReply("Where do you live?", (SHARE, *ALWAYS)),)
        case "share_location":
            return (SaidReply(f"You are at {heard.point}.", ALWAYS),)
        case "nothing to press":
            return (SaidReply("Write something else."),)
        case "boom":
            raise RuntimeError("a fault that quotes boom")
        case words:
            return (SaidReply(f"You said: {words}", (*GROUPS, *ALWAYS)), SaidReply("Is that right?"))


class Played:
    """A step of the dialogue that plays it; ``heard`` is everything that reached it."""

    def __init__(self) -> None:
        self.heard: list[Heard] = []

    def step(self, state: State, heard: Heard, world: Any) -> Turn:
        self.heard.append(heard)
        language = state.language or heard.language_hint or "fi"
        if heard.choice.startswith("language:"):
            language = heard.choice.removeprefix("language:")
        if heard.text == "hjälp":
            language = "sv"
        effects = (Forget(),) if heard.choice == "delete" else ()
        return Turn(replace(state, language=language), (heard,), effects)

    def render(self, replies: tuple[Heard, ...], language: str, *now: datetime) -> Said:
        return Said(language, tuple(reply for heard in replies for reply in play(heard)))


@asynccontextmanager
async def service_on(folder: Path, played: Played, metrics: Metrics) -> AsyncIterator[Service]:
    """The real service over a new SQLite file, playing the fixed conversation."""
    async with open_database(f"sqlite:///{folder / 'chat.sqlite3'}") as database:
        await upgrade(database)
        yield Service(database, played.step, played.render, _nowhere, lambda: datetime.now(UTC), metrics)


def _nowhere(now: datetime) -> Any:
    """A world without needs and places: the fixed conversation looks at neither."""
    catalog, atlas = SimpleNamespace(needs={}), SimpleNamespace(municipalities={})
    return SimpleNamespace(now=now, catalog=catalog, atlas=atlas)
