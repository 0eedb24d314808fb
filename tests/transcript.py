"""Whole conversations as text files that a coordinator can read, correct and add to.

A file under ``tests/transcripts`` begins with lines that set the scene and a line ``---``::

    # What this conversation shows
    channel language: sv

Then come the person's lines, each beginning with ``> ``. ``> (opens)`` opens the conversation without a
word, ``> [Back]`` presses the button with those words, ``> (68.90, 27.02)`` shares a position. Where the
conversation was not opened so, the greeting has been shown on the page already; ``first message`` among
the lines of the scene says that it has not. Everything between two such lines is what the service
says: its paragraphs, an offer a line after ``*``, and its buttons in brackets. The person's lines are
replayed, and the service must say exactly what stands in the file. ``make transcripts`` writes the files
anew after words or the directory have changed; the difference is then read like any other.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path

from bot.dialogue import step
from bot.render import renderer
from bot.said import Card, Said, SaidReply
from bot.turn import Effect, Heard, State, World
from tests.world import known, world

FOLDER = Path(__file__).parent / "transcripts"
OPENS = "(opens)"
POINT = re.compile(r"\((-?\d+\.\d+), (-?\d+\.\d+)\)")


@dataclass(frozen=True, slots=True)
class Exchange:
    """One line of the person, what was said to it, and what it left behind."""

    line: str
    said: Said
    state: State
    effects: tuple[Effect, ...]


@dataclass(frozen=True, slots=True)
class Script:
    """What a file asks for: its scene (the title, the language that the channel knows of, whether the
    greeting was shown) and the person's lines."""

    scene: str
    language_hint: str
    greeted: bool
    lines: tuple[str, ...]


def files() -> list[Path]:
    """Every transcript."""
    return sorted(FOLDER.glob("*.txt"))


def read(path: Path) -> Script:
    """The script in ``path``."""
    scene, _, conversation = path.read_text("utf-8").partition("\n---\n")
    hint = re.search(r"^channel language: (\S+)$", scene, re.MULTILINE)
    lines = tuple(line[2:] for line in conversation.splitlines() if line.startswith("> "))
    greeted = "first message" not in scene and lines[0] != OPENS
    return Script(scene, hint.group(1) if hint else "", greeted, lines)


def replay(script: Script, where: World | None = None) -> Iterator[Exchange]:
    """The conversation, exchange by exchange."""
    place = where or world()
    render = renderer(place.atlas, known().catalogues)
    state, said = State(), Said("", ())
    for number, line in enumerate(script.lines):
        heard = _heard(line, said)
        heard = replace(heard, turn=str(number), language_hint=script.language_hint, greeted=script.greeted)
        turn = step(state, heard, place)
        state = turn.state
        said = render(turn.replies, state.language, place.now)
        yield Exchange(line, said, state, turn.effects)


def _heard(line: str, said: Said) -> Heard:
    point = POINT.fullmatch(line)
    if point:
        return Heard("c", "", "terminal", point=(float(point[1]), float(point[2])))
    if line.startswith("["):
        keys = {f"[{choice.label}]": choice.key for reply in said.replies for choice in reply.choices}
        assert line in keys, f"there is no button {line}, only {' '.join(keys)}"
        return Heard("c", "", "terminal", choice=keys[line])
    return Heard("c", "", "terminal", text="" if line == OPENS else line)


def written(script: Script) -> str:
    """The whole file as it should stand."""
    parts = [f"{script.scene}\n---"]
    for exchange in replay(script):
        parts.append(f"> {exchange.line}")
        parts.extend(_reply(reply) for reply in exchange.said.replies)
    return "\n\n".join(parts) + "\n"


def _reply(reply: SaidReply) -> str:
    mark = "(important) " if reply.urgent else ""
    offers = "\n".join(_card(card) for card in reply.offers)
    buttons = " ".join(f"[{choice.label}]" for choice in reply.choices)
    return "\n\n".join(part for part in (mark + reply.text, offers, buttons) if part)


def _card(card: Card) -> str:
    facts = (card.form, card.distance, card.opening, card.address, card.phone or card.phone_note, card.url)
    more = (card.languages, card.price, *card.why, card.checked)
    lines = (f"* {card.name}: {card.what}", "; ".join(filter(None, facts)), " ".join(_sentences(more)))
    return "\n  ".join(lines)


def _sentences(parts: tuple[str, ...]) -> Iterator[str]:
    return (part if part.endswith(".") else f"{part}." for part in parts if part)


def main() -> None:
    """Writes every transcript anew."""
    for path in files():
        path.write_text(written(read(path)), "utf-8")


if __name__ == "__main__":
    main()
