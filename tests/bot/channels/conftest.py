"""A web chat on a real port, over a service that plays a small fixed conversation."""

from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from dataclasses import dataclass, field
from typing import Any

import pytest
from aiohttp import ClientSession

from bot.channels import web
from bot.metrics import Metrics
from bot.said import Card, Said, SaidChoice, SaidReply
from bot.turn import Heard
from locales.catalogue import Catalogues

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
GROUPS = tuple(SaidChoice(f"group:{n}", label) for n, label in enumerate(("Signing in", "Phones", "Security")))
LANGUAGES = tuple(SaidChoice(f"language:{code}", code) for code in ("fi", "sv"))
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
            return (SaidReply("Where do you live?", (SaidChoice("share_location", "Share my location"), *ALWAYS)),)
        case "share_location":
            return (SaidReply(f"You are at {heard.point}.", ALWAYS),)
        case "nothing to press":
            return (SaidReply("Write something else."),)
        case "boom":
            raise RuntimeError("a fault that quotes boom")
        case words:
            return (SaidReply(f"You said: {words}", (*GROUPS, *ALWAYS)), SaidReply("Is that right?"))


@dataclass
class PlayedService:
    """The service's promises kept in memory: a repeat is answered alike, "delete" forgets."""

    heard: list[Heard] = field(default_factory=list)
    said: dict[str, dict[str, Said]] = field(default_factory=dict)
    language: dict[str, str] = field(default_factory=dict)
    tokens: int = 0
    broken: Exception | None = None

    async def hear(self, heard: Heard, address: str = "") -> Said:
        if self.broken:
            raise self.broken
        turns = self.said.setdefault(heard.conversation, {})
        if heard.turn not in turns:
            self.heard.append(heard)
            before = self.language.get(heard.conversation, heard.language_hint or "en")
            language = heard.choice.removeprefix("language:") if "language:" in heard.choice else before
            self.language[heard.conversation] = "sv" if heard.text == "hjälp" else language
            turns[heard.turn] = Said(self.language[heard.conversation], play(heard))
        answer = turns[heard.turn]
        if heard.choice == "delete":
            del self.said[heard.conversation]
        return answer

    async def new_conversation(self, turn: str) -> str:
        self.tokens += 1
        return f"token-{self.tokens}"

    def greet(self, channel: str, language_hint: str = "") -> Said:
        return Said(language_hint or "fi", play(Heard("", "", channel)))

    async def said_before(self, channel: str, conversation: str) -> tuple[Said, ...]:
        return tuple(self.said.get(conversation, {}).values())

    async def ready(self) -> None:
        if self.broken:
            raise self.broken


Open = Callable[..., AbstractAsyncContextManager[str]]


@pytest.fixture(scope="session")
def catalogues() -> Catalogues:
    return Catalogues.load()


@pytest.fixture
def service() -> PlayedService:
    return PlayedService()


@pytest.fixture
def opened(service: PlayedService, catalogues: Catalogues) -> Open:
    """Opens the web chat with whatever a test wants different."""

    @asynccontextmanager
    async def open_(**different: Any) -> AsyncIterator[str]:
        settings = {
            "operator": web.Operator("Testikunta", "tuki@testikunta.example"),
            "attributions": ("Place names: a register, CC BY 4.0",),
            "port": 0,
            **different,
        }
        async with web.open(service, catalogues, Metrics(), **settings) as address:
            yield address

    return open_


@pytest.fixture
async def client(opened: Open) -> AsyncIterator[ClientSession]:
    async with opened() as address, ClientSession(address) as session:
        yield session
