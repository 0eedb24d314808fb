"""A turn of the conversation, CPU, against python-telegram-bot's own ConversationHandler.

Ours: a three-turn conversation (need in words, for another; the place; a second question), understanding,
dialogue and matching, nothing stored or sent. The peer's: a three-turn conversation whose handlers answer
with a fixed text, from the parsed JSON of an update to a network that accepts everything at once.
"""

import asyncio
import warnings
from collections.abc import Callable, Iterable
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
from bot.render import renderer
from bot.turn import Heard, State, Turn
from tests.bench.table import Row, microseconds
from tests.world import known, world

WORDS = ("äitini ei pääse Kelaan pankkitunnuksilla", "hän asuu Sodankylässä", "entä sähköposti")
SELF = b'{"ok":true,"result":{"id":1,"is_bot":true,"first_name":"x","username":"x_bot"}}'
SENT = (
    b'{"ok":true,"result":{"message_id":1,"date":1795000000,"text":"Kiitos.",'
    b'"chat":{"id":1,"type":"private","first_name":"x"},'
    b'"from":{"id":1,"is_bot":true,"first_name":"x","username":"x_bot"}}}'
)
CONVERSATIONS = 200
ROUNDS = 5


def rows() -> Iterable[Row]:
    """Microseconds a turn, beside the peer's with and without its answers; then with the answer's words."""
    place = world()
    render = renderer(place.atlas, known().catalogues)

    def conversation(say: Callable[[Turn], object]) -> None:
        state = State(greeted=True)
        for number, words in enumerate(WORDS):
            turn = step(state, Heard("c", str(number), "web", text=words), place)
            say(turn)
            state = turn.state

    silent = microseconds(lambda: conversation(lambda turn: None), 50) / len(WORDS)
    spoken = microseconds(lambda: conversation(lambda turn: render(turn.replies, "fi", place.now)), 50) / len(
        WORDS
    )
    answering, dispatch = asyncio.run(_peer(answers=True)), asyncio.run(_peer(answers=False))
    for what, ours, peer, aim in (
        ("a turn; the peer answers", silent, answering, "at most 1.0x"),
        ("a turn with its words; the peer answers", spoken, answering, ""),
        ("a turn; the peer's dispatch alone", silent, dispatch, ""),
    ):
        yield Row(what, f"{ours:.0f} µs", f"ConversationHandler {peer:.0f} µs", f"{ours / peer:.2f}x", aim)


class _Nowhere(BaseRequest):
    """A network that nothing goes out to."""

    @property
    def read_timeout(self) -> float:
        return 1.0

    async def initialize(self) -> None: ...

    async def shutdown(self) -> None: ...

    async def do_request(self, url: str, *args: object, **kwargs: object) -> tuple[int, bytes]:
        return 200, SENT if url.endswith("sendMessage") else SELF


async def _peer(answers: bool) -> float:
    application = _application(answers)
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


def _application(answers: bool) -> "Application":  # type: ignore[type-arg]
    async def on(update: Update, context: ContextTypes.DEFAULT_TYPE) -> int:
        await answer(update)
        return int((update.message.text or "").startswith("hän")) + 1  # type: ignore[union-attr]

    async def answer(update: Update) -> None:
        if answers:
            await update.message.reply_text("Kiitos.")  # type: ignore[union-attr]

    async def end(update: Update, context: ContextTypes.DEFAULT_TYPE) -> int:
        await answer(update)
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
