"""Turns through the whole Telegram channel, against a bare ConversationHandler.

Ours: updates in by polling, understood, answered by the real dialogue, committed to SQLite, every message
sent and noted. The peer's: python-telegram-bot's own application polling the same server, with a three-turn
conversation that answers each turn with one fixed text and stores nothing. The Bot API server is a process
of its own. Then one person floods the channel, at its real pace, while others talk.
"""

import asyncio
import gc
import json
import subprocess
import sys
import tempfile
import warnings
from collections.abc import Awaitable, Callable, Iterable
from dataclasses import dataclass
from pathlib import Path
from time import process_time

from telegram import Update
from telegram.ext import (
    Application,
    ApplicationBuilder,
    ContextTypes,
    ConversationHandler,
    MessageHandler,
    filters,
)

from bot.channels import telegram
from bot.dialogue import step
from bot.metrics import Metrics
from bot.render import renderer
from bot.service import Service
from referral.migrations import upgrade
from referral.store.database import open_database
from tests.bench.table import Row
from tests.botapi.server import TOKEN
from tests.world import MONDAY, OPERATOR, known

PEOPLE, MESSAGES, ROUNDS = 150, 3, 4
OTHERS, EVERY, FLOOD = 15, 2.0, 50.0
PROJECT = Path(__file__).parents[2]


@dataclass(frozen=True, slots=True)
class Measured:
    """What the server saw, and the CPU seconds that this process took for it."""

    seen: dict[str, float]
    cpu: float

    @property
    def turn(self) -> float:
        """CPU microseconds a turn."""
        return self.cpu / self.seen["turns"] * 1e6

    @property
    def message(self) -> float:
        """CPU microseconds a message."""
        return self.cpu / self.seen["messages"] * 1e6

    @property
    def speed(self) -> float:
        """Turns a second."""
        return self.seen["turns"] / self.seen["seconds"]


def rows() -> Iterable[Row]:
    """CPU a turn and a message, turns a second, and what others notice of a flood."""
    known()  # Read once, before anything is measured, and set aside from the search for garbage: as the
    gc.freeze()  # program does at its start. The peer has the same.
    for bot in (_peer, _ours):  # So that what is made once is made.
        asyncio.run(_measured(bot, 30, 1))
    runs = [
        [asyncio.run(_measured(bot, PEOPLE, MESSAGES, asked=asked)) for bot, asked in RUNS]
        for _ in range(ROUNDS)
    ]
    peer, *ours = (min(of_one, key=lambda run: run.cpu) for of_one in zip(*runs, strict=True))
    for what, best in zip(("answered with one message", "of a real conversation"), ours, strict=True):
        number = best.seen["messages"] / best.seen["turns"]
        yield Row(
            f"CPU a turn {what} ({number:.1f} messages)",
            f"{best.turn:.0f} µs",
            f"ConversationHandler {peer.turn:.0f} µs",
            f"{best.turn / peer.turn:.2f}x",
            "at most 2.0x",
        )
        speed = f"{best.speed:.0f}/s"
        yield Row(f"turns {what}", speed, f"ConversationHandler {peer.speed:.0f}/s", "", "")
    flood = asyncio.run(_measured(_paced, OTHERS, 5, EVERY, FLOOD)).seen
    yield Row("p95 of the others in a flood", f"{flood['p95']:.2f} s", "", "", "under 1 s")
    gap = flood["flood_least_gap"]
    yield Row("least gap within the flooding chat", f"{gap:.2f} s", "", "", "at least 1 s")


async def _measured(
    bot: Callable[[str, Awaitable[str]], Awaitable[float]],
    people: int,
    messages: int,
    every: float = 0,
    flood: float = 0,
    asked: str = "words",
) -> Measured:
    """Runs a bot against a server with these people until it has answered them."""
    arguments = map(str, (people, messages, every, flood, asked))
    server = subprocess.Popen(
        [sys.executable, "-m", "tests.botapi.load", *arguments],
        cwd=PROJECT,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    try:
        assert server.stdout is not None
        url = server.stdout.readline().strip()
        done = asyncio.get_running_loop().run_in_executor(None, server.stdout.readline)
        cpu = await bot(url, done)
        return Measured(json.loads(await done), cpu)
    finally:
        server.kill()
        server.communicate()


async def _ours(url: str, done: Awaitable[str]) -> float:
    return await _channel(url, done, telegram.Speed(0.0, 0.0))


async def _paced(url: str, done: Awaitable[str]) -> float:
    return await _channel(url, done, telegram.Speed())


async def _channel(url: str, done: Awaitable[str], speed: telegram.Speed) -> float:
    metrics, account = Metrics(), telegram.Account(TOKEN, url)
    render = renderer(known().atlas, known().catalogues)
    with tempfile.TemporaryDirectory() as folder:
        async with open_database(f"sqlite:///{folder}/bench.sqlite3") as database:
            await upgrade(database)
            service = Service(database, step, render, known().world(OPERATOR), lambda: MONDAY, metrics)
            began = process_time()
            async with telegram.open(service, database, known().catalogues, metrics, account, speed):
                await asyncio.wait([asyncio.ensure_future(done)])
                return process_time() - began


async def _peer(url: str, done: Awaitable[str]) -> float:
    application = _application(url)
    began = process_time()
    await application.initialize()
    assert application.updater is not None
    await application.updater.start_polling()
    await application.start()
    await asyncio.wait([asyncio.ensure_future(done)])
    taken = process_time() - began
    await application.updater.stop()
    await application.stop()
    await application.shutdown()
    return taken


RUNS = ((_peer, "words"), (_ours, "thanks"), (_ours, "words"))
"""The three that are compared, one after another, so that a busy moment of the machine meets them all."""


def _application(url: str) -> "Application":  # type: ignore[type-arg]
    async def on(update: Update, context: ContextTypes.DEFAULT_TYPE) -> int:
        assert update.message is not None
        text = update.message.text or ""
        await update.message.reply_text("A fixed text of the length that an answer has, more or less.")
        return ConversationHandler.END if text.startswith("entä") else int(text.startswith("hän")) + 1

    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        application = ApplicationBuilder().token(TOKEN).base_url(f"{url}/bot").build()
        everything = MessageHandler(filters.TEXT, on)
        application.add_handler(
            ConversationHandler(
                entry_points=[everything], states={1: [everything], 2: [everything]}, fallbacks=[]
            )
        )
    return application
