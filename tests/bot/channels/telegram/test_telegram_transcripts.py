"""The transcripts replayed over Telegram: the same words, the same buttons, from the same lines."""

from collections.abc import Iterator
from dataclasses import fields

from bot.said import Card, Said
from tests.bot.channels.telegram.conftest import Channel, Run
from tests.bot.channels.telegram.test_telegram_conversation import real
from tests.botapi.person import Person
from tests.botapi.server import Sent
from tests.transcript import OPENS, POINT, Script, files, read, replay

NOT_WORDS = {"id", "point"}


def words_of(card: Card) -> Iterator[str]:
    """Everything on a card that is read."""
    for field in fields(card):
        value = getattr(card, field.name)
        if field.name not in NOT_WORDS and value:
            yield from value if isinstance(value, tuple) else (value,)


def labels(sent: list[Sent]) -> list[str]:
    rows = [row for one in sent for row in one.markup.get("inline_keyboard", [])]
    return [button["text"] for row in rows for button in row if {"callback_data", "url"} & button.keys()]


def check(said: Said, sent: list[Sent], where: str) -> None:
    """What was sent is what was to be said: every word in its order, and every button; nothing else but
    what stands around the buttons."""
    texts = "\n\n".join(one.text for one in sent)
    position = 0
    for reply in said.replies:
        for paragraph in filter(None, reply.text.split("\n\n")):
            position = texts.index(paragraph, position) + len(paragraph)
        for card in reply.offers:
            position = texts.index(card.name, position)
            assert all(words in texts[position:] for words in words_of(card)), (where, card.name)
    assert len(sent) <= len(said.replies) + 1, where
    wanted = {choice.label: "" for reply in said.replies for choice in reply.choices}
    assert [label for label in labels(sent) if label in wanted] == list(wanted), where
    assert not any("keyboard" in one.markup for one in sent), where


async def say(person: Person, line: str, before: Said) -> None:
    """Says one line of a script as a person with Telegram does."""
    point = POINT.fullmatch(line)
    if point:
        await person.share(float(point[1]), float(point[2]))
    elif line.startswith("["):
        keys = {f"[{choice.label}]": choice.key for reply in before.replies for choice in reply.choices}
        await person.press_data(keys[line])
    else:
        await person.write("/start" if line == OPENS else line)


async def begin(channel: Channel, chat: int, script: Script) -> Person:
    """A person whose conversation stands where the script begins."""
    simple = "@" in script.language_hint
    person = channel.person(chat, script.language_hint.partition("@")[0])
    if simple or script.greeted:
        # Telegram has no plain Finnish; a link from a poster sets it.
        await person.write("/start l-fi-simple" if simple else "/start")
        await channel.settled()
    return person


async def test_the_transcripts_are_the_same_over_telegram(run: Run) -> None:
    paths = files()
    assert paths
    async with run(real) as channel:
        for chat, path in enumerate(paths, start=1):
            script = read(path)
            person = await begin(channel, chat, script)
            before = Said("", ())
            for exchange in replay(script):
                seen = len(channel.server.to(chat))
                await say(person, exchange.line, before)
                await channel.settled()
                check(exchange.said, channel.server.to(chat)[seen:], f"{path.name}: {exchange.line}")
                before = exchange.said
    assert channel.counted("digituki_updates_set_aside_total") == 0
