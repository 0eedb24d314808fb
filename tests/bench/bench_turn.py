"""A turn of the conversation, CPU, against python-telegram-bot's own ConversationHandler.

Ours: a three-turn conversation (need in words, for another; the place; a second question), understanding,
dialogue and matching included, nothing stored or sent. The peer's: its dispatch of a three-turn
conversation whose handlers answer nothing, parsing of the updates included.
"""

import asyncio
import warnings
from collections.abc import Iterable
from datetime import datetime
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
from telegram.request import BaseRequest

from bot.dialogue import step
from bot.turn import Heard, State
from tests.bench.table import Row, microseconds
from tests.world import world

WORDS = ("äitini ei pääse Kelaan pankkitunnuksilla", "hän asuu Sodankylässä", "entä sähköposti")
CONVERSATIONS = 200
ROUNDS = 5


def rows() -> Iterable[Row]:
    """One figure: microseconds a turn."""
    place = world()

    def conversation() -> None:
        state = State(greeted=True)
        for number, words in enumerate(WORDS):
            state = step(state, Heard("c", str(number), "web", text=words), place).state

    conversation()
    ours = microseconds(conversation, 50) / len(WORDS)
    peer = asyncio.run(_peer())
    yield Row(
        "a turn",
        f"{ours:.0f} µs",
        f"ConversationHandler {peer:.0f} µs",
        f"{ours / peer:.2f}x",
        "at most 1.0x",
    )


class _Nowhere(BaseRequest):
    """A network that nothing goes out to."""

    @property
    def read_timeout(self) -> float:
        return 1.0

    async def initialize(self) -> None: ...

    async def shutdown(self) -> None: ...

    async def do_request(self, *args: object, **kwargs: object) -> tuple[int, bytes]:
        return 200, b'{"ok":true,"result":{"id":1,"is_bot":true,"first_name":"x","username":"x_bot"}}'


async def _peer() -> float:
    application = _application()
    await application.initialize()
    best = float("inf")
    for _ in range(ROUNDS):
        began = process_time()
        for chat in range(CONVERSATIONS):
            for number, words in enumerate(WORDS):
                update = Update.de_json(_update(chat, number, words), application.bot)
                await application.process_update(update)
        best = min(best, process_time() - began)
    await application.shutdown()
    return best / (CONVERSATIONS * len(WORDS)) * 1e6


def _application() -> "Application":  # type: ignore[type-arg]
    async def on(update: Update, context: ContextTypes.DEFAULT_TYPE) -> int:
        return int((update.message.text or "").startswith("hän")) + 1  # type: ignore[union-attr]

    async def end(update: Update, context: ContextTypes.DEFAULT_TYPE) -> int:
        return ConversationHandler.END

    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        application = (
            ApplicationBuilder()
            .token("1:x")
            .request(_Nowhere())
            .get_updates_request(_Nowhere())
            .updater(None)
            .build()
        )
        application.add_handler(
            ConversationHandler(
                entry_points=[MessageHandler(filters.TEXT, on)],
                states={1: [MessageHandler(filters.TEXT, on)], 2: [MessageHandler(filters.TEXT, end)]},
                fallbacks=[],
            )
        )
    return application


def _update(chat: int, number: int, words: str) -> dict[str, object]:
    who = {"id": chat + 1, "is_bot": False, "first_name": "x", "language_code": "fi"}
    return {
        "update_id": chat * 10 + number,
        "message": {
            "message_id": number,
            "date": int(datetime(2026, 11, 23).timestamp()),  # noqa: DTZ001 (any moment will do)
            "chat": {"id": chat + 1, "type": "private", "first_name": "x"},
            "from": who,
            "text": words,
        },
    }
