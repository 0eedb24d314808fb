"""A conversation as a page shows it.

What the service said is read back from the service. What the person wrote is nowhere but in the page,
which carries it in a hidden field from one turn to the next.
"""

import json
from dataclasses import dataclass, replace
from uuid import uuid4

from bot.channels.web import words
from bot.channels.web.api import hear
from bot.channels.web.site import CHANNEL, Site
from bot.channels.web.wire import Message, clean
from bot.said import Said, SaidChoice
from referral.web import languages

MOST_OWN_BYTES = 20_000
"""The person's own words that a page carries, as JSON; the oldest are left out beyond that."""

MOST_SHOWN = 2_000
"""Characters of one message that the page goes on showing."""

EXIT = "exit"


@dataclass(frozen=True, slots=True)
class Exchange:
    """What the person said ("" where the page no longer knows it) and what was answered."""

    own: str
    said: Said


@dataclass(frozen=True, slots=True)
class Talk:
    """A conversation, and what the form sends back with the next message.

    ``draft`` was written but not sent, because a button was pressed instead. ``left_out`` says that
    some of the person's own words no longer fit. ``begin`` is what a link to this page says ("" if none).
    """

    conversation: str
    turn: str
    greeting: Said
    own: tuple[str, ...] = ()
    exchanges: tuple[Exchange, ...] = ()
    draft: str = ""
    left_out: bool = False
    begin: str = ""

    @property
    def own_json(self) -> str:
        """The person's own words, for the hidden field."""
        return json.dumps(self.own, ensure_ascii=False)

    @property
    def choices(self) -> tuple[SaidChoice, ...]:
        """The buttons under the last answer. The greeting's languages stand in the head of the page."""
        if self.exchanges:
            return _choices(self.exchanges[-1].said)
        return tuple(choice for choice in _choices(self.greeting) if not choice.key.startswith("language:"))

    @property
    def exit(self) -> SaidChoice | None:
        """The way to leave the page at once, None where nobody needs it."""
        offered = (choice for exchange in self.exchanges for choice in _choices(exchange.said))
        return next((choice for choice in offered if choice.key == EXIT), None)


def new(site: Site, language: str, begin: str = "") -> Talk:
    """The greeting, and nothing said yet; ``begin`` is what a link says. Stores nothing."""
    return Talk("", str(uuid4()), site.service.greet(CHANNEL, language), begin=begin)


async def go_on(site: Site, message: Message, own_field: str, language: str) -> Talk:
    """The conversation after ``message``; as it was, where ``message`` holds neither words nor a button.

    ``own_field`` is what the page carried in ``own_json``; ``language`` is that of the page.
    """
    own, draft, conversation = read_own(own_field), "", message.conversation
    before = await _before(site, conversation)
    if message.text or message.choice:
        if message.choice:
            draft, message = message.text, replace(message, text="")
        said_now = _label(message.choice, before, site, language) if message.choice else message.text
        own = (*own, said_now[:MOST_SHOWN])
        conversation, said = await hear(site, message)
        before = await _before(site, conversation)
        if said not in before[-1:]:
            # The conversation was deleted by this very turn, or an older turn was sent once more.
            before = (*before, said)
    kept = fitting(own)
    return Talk(
        conversation,
        str(uuid4()),
        site.service.greet(CHANNEL, before[-1].language if before else language),
        kept,
        _paired(kept, before),
        draft,
        left_out=len(kept) < len(own),
    )


def read_own(field: str) -> tuple[str, ...]:
    """The person's own words as the page carried them; () where they cannot be read: they are for show."""
    try:
        words = json.loads(field or "[]")
    except (ValueError, RecursionError):
        return ()
    if not isinstance(words, list):
        return ()
    return tuple(clean(word)[:MOST_SHOWN] for word in words if isinstance(word, str))


def fitting(own: tuple[str, ...]) -> tuple[str, ...]:
    """The latest of the person's words that fit into ``MOST_OWN_BYTES``."""
    room, kept = MOST_OWN_BYTES, len(own)
    while kept:
        room -= len(json.dumps(own[kept - 1], ensure_ascii=False).encode()) + 2
        if room < 0:
            break
        kept -= 1
    return own[kept:]


def _paired(own: tuple[str, ...], before: tuple[Said, ...]) -> tuple[Exchange, ...]:
    """Each answer with the words that it answered, matched from the latest back: the oldest of either
    may be gone."""
    words = ("",) * (len(before) - len(own)) + own[max(len(own) - len(before), 0) :]
    return tuple(Exchange(word, said) for word, said in zip(words, before, strict=True))


def _choices(said: Said) -> tuple[SaidChoice, ...]:
    return tuple({choice.key: choice for reply in said.replies for choice in reply.choices}.values())


def _label(key: str, before: tuple[Said, ...], site: Site, language: str) -> str:
    """The words of the button that was pressed; the language's own name for one in the head of the page."""
    shown = before[-1] if before else site.service.greet(CHANNEL, language)
    if key.startswith("open:"):
        return site.shell.catalogues.say(words.BEGIN, language)
    named = {choice.key: choice.label for choice in _choices(shown)}
    switched = languages.known(key.removeprefix("language:"), site.shell.catalogues.languages)
    return named.get(key) or (site.shell.catalogues.own_name(switched) if switched else "")


async def _before(site: Site, conversation: str) -> tuple[Said, ...]:
    return await site.service.said_before(CHANNEL, conversation) if conversation else ()
