"""The conversation in a terminal: one line in, plain lines out, buttons as numbers.

It reads well aloud: no colours, no drawing, nothing that moves. Nothing is kept: the state lives until
the conversation ends, and nothing is counted.
"""

import sys
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from textwrap import fill
from typing import TextIO

from bot.render import Render
from bot.said import Card, Said, SaidChoice, SaidReply
from bot.turn import Heard, Reply, State, Turn, World
from locales.text import Text, say

CHANNEL = "terminal"
WIDTH = 78

QUIT = say("quit")
HOW = say('Write in your own words, or write a number. "{quit}" ends the conversation.', quit=QUIT)
NUMBER_MISSING = say("There is no choice with that number.")
GOODBYE = say("Goodbye. Nothing of this conversation was kept.")
PHONE = say("Phone")
ADDRESS = say("Address")
OPENING = say("Opening hours")
WEB = say("Web page")

NEEDS_BROWSER = ("share_location",)
"""Buttons that a terminal cannot offer."""

Step = Callable[[State, Heard, World], Turn]
Words = Callable[[Text, str], str]


def talk(
    step: Step,
    render: Render,
    world: Callable[[datetime], World],
    clock: Callable[[], datetime],
    language: str = "",
    lines: TextIO | None = None,
    out: TextIO | None = None,
) -> None:
    """Converses until the lines end (Ctrl-D) or the person writes the word that ends it.

    ``language`` is the one to begin in, "" for the first of all. ``lines`` and ``out`` are the standard
    streams where none are given; those are made to carry UTF-8.
    """
    lines, out = lines or _utf8(sys.stdin), out or _utf8(sys.stdout)
    conversation = _Conversation(step, render, world, clock, language)
    ending = conversation.in_every_language(QUIT)
    said = conversation.hear()
    _write(out, *_shown(said, conversation.words), "", conversation.words(HOW, said.language))
    for line in lines:
        text = line.strip()
        if text.casefold() in ending:
            break
        choice = _pressed(text, said)
        if choice is None:
            _write(out, conversation.words(NUMBER_MISSING, said.language))
        elif text:
            said = conversation.hear("" if choice else text, choice)
            _write(out, *_shown(said, conversation.words))
    _write(out, "", conversation.words(GOODBYE, said.language))


@dataclass(slots=True)
class _Conversation:
    """What is remembered while the conversation lasts, and the ways to go on with it."""

    step: Step
    render: Render
    world: Callable[[datetime], World]
    clock: Callable[[], datetime]
    language: str
    state: State = field(default_factory=State)
    turns: int = 0

    def hear(self, text: str = "", choice: str = "") -> Said:
        """What is said to ``text`` or a button's key; the greeting to neither."""
        now = self.clock()
        heard = Heard("terminal", str(self.turns), CHANNEL, text, choice, language_hint=self.language)
        turn = self.step(self.state, heard, self.world(now))
        self.state, self.turns = turn.state, self.turns + 1
        return self.render(turn.replies, turn.state.language or self.language or self._spoken()[0], now)

    def words(self, text: Text, language: str) -> str:
        """A sentence of the terminal's own."""
        return self.render((Reply((text,)),), language, self.clock()).replies[0].text

    def in_every_language(self, text: Text) -> set[str]:
        """The sentence in all languages, folded: what may be written in any of them."""
        return {self.words(text, language).casefold() for language in self._spoken()}

    def _spoken(self) -> tuple[str, ...]:
        return tuple(code for code, _ in self.world(self.clock()).languages)


def _shown(said: Said, words: Words) -> list[str]:
    """The answer as lines: what is said, the offers, then the choices by number."""
    lines: list[str] = []
    for reply in said.replies:
        lines += _reply(reply, said.language, words)
    choices = _choices(said)
    if choices:
        lines.append("")
    lines += [f"{number}. {choice.label}" for number, choice in enumerate(choices, start=1)]
    return lines


def _reply(reply: SaidReply, language: str, words: Words) -> list[str]:
    lines = []
    for paragraph in reply.text.split("\n\n"):
        lines += ["", fill(paragraph, WIDTH, break_long_words=False, break_on_hyphens=False)]
    for offer in reply.offers:
        lines += ["", *_offer(offer, language, words)]
    links = [choice for choice in reply.choices if choice.url]
    return [*lines, *(f"{link.label}: {link.url}" for link in links)]


def _offer(offer: Card, language: str, words: Words) -> list[str]:
    """One offer: its name on a line of its own, then a line for each thing that is known."""

    def labelled(label: Text, value: str) -> str:
        return f"  {words(label, language)}: {value}" if value else ""

    lines = [
        offer.name,
        f"  {offer.what}" if offer.what else "",
        "  " + ", ".join(part for part in (offer.form, offer.distance, offer.price) if part),
        labelled(OPENING, offer.opening),
        labelled(PHONE, " ".join(part for part in (offer.phone, offer.phone_note) if part)),
        labelled(ADDRESS, offer.address),
        labelled(WEB, offer.url),
        *(f"  {reason}" for reason in offer.why),
        f"  {offer.languages}" if offer.languages else "",
        f"  {offer.checked}",
    ]
    return [line for line in lines if line.strip()]


def _choices(said: Said) -> tuple[SaidChoice, ...]:
    """The buttons that a terminal can offer, in order, each once."""
    every = {choice.key: choice for reply in said.replies for choice in reply.choices}
    return tuple(choice for choice in every.values() if not choice.url and choice.key not in NEEDS_BROWSER)


def _pressed(text: str, said: Said) -> str | None:
    """The key that ``text`` chooses: "" where it is words, None where it is a number that is not there.

    A number longer than any list (a postcode) is words.
    """
    if not (text.isascii() and text.isdigit()) or len(text) > 2:
        return ""
    choices = _choices(said)
    if not choices:
        return ""
    number = int(text)
    return choices[number - 1].key if 0 < number <= len(choices) else None


def _write(out: TextIO, *lines: str) -> None:
    for line in lines:
        out.write(f"{line}\n")
    out.flush()


def _utf8(stream: TextIO) -> TextIO:
    """The stream, in UTF-8 whatever the locale says; what cannot be read becomes a question mark."""
    reconfigure = getattr(stream, "reconfigure", None)
    if reconfigure:
        reconfigure(encoding="utf-8", errors="replace")
    return stream
