"""Whole conversations as text files that a coordinator can read, correct and add to.

A file under ``tests/transcripts`` begins with lines that set the scene and a line ``---``::

    # What this conversation shows
    channel language: sv

Then come the person's lines, each beginning with ``> ``. ``> [Back]`` presses the button with those
words, ``> (68.90, 27.02)`` shares a position. Everything between two such lines is what the service
says: its paragraphs, an offer a line after ``*``, and its buttons in brackets. The person's lines are
replayed, and the service must say exactly what stands in the file. ``make transcripts`` writes the files
anew after words or the directory have changed; the difference is then read like any other.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from bot.dialogue import step
from bot.render import renderer
from bot.said import Card, Said, SaidReply
from bot.turn import Effect, Heard, State, World
from tests.world import known, world

FOLDER = Path(__file__).parent / "transcripts"
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
    """What a file asks for: its title, the language that the channel knows of, the person's lines."""

    title: str
    language_hint: str
    lines: tuple[str, ...]


def files() -> list[Path]:
    """Every transcript."""
    return sorted(FOLDER.glob("*.txt"))


def read(path: Path) -> Script:
    """The script in ``path``."""
    scene, _, conversation = path.read_text("utf-8").partition("\n---\n")
    title = scene.splitlines()[0].removeprefix("# ")
    hint = re.search(r"^channel language: (\S+)$", scene, re.MULTILINE)
    lines = tuple(line[2:] for line in conversation.splitlines() if line.startswith("> "))
    return Script(title, hint.group(1) if hint else "", lines)


def replay(script: Script, where: World | None = None) -> Iterator[Exchange]:
    """The conversation, exchange by exchange; it begins with the greeting, where nothing was written."""
    place = where or world()
    render = renderer(place.atlas, known().catalogues)
    state, said = State(), Said("", ())
    for number, line in enumerate(("", *script.lines)):
        heard = _heard(line, number, script.language_hint, said)
        turn = step(state, heard, place)
        state = turn.state
        said = render(turn.replies, state.language, place.now)
        yield Exchange(line, said, state, turn.effects)


def _heard(line: str, number: int, hint: str, said: Said) -> Heard:
    point = POINT.fullmatch(line)
    if point:
        where = (float(point[1]), float(point[2]))
        return Heard("c", str(number), "terminal", point=where, language_hint=hint)
    if line.startswith("["):
        keys = {f"[{choice.label}]": choice.key for reply in said.replies for choice in reply.choices}
        assert line in keys, f"there is no button {line}, only {' '.join(keys)}"
        return Heard("c", str(number), "terminal", choice=keys[line], language_hint=hint)
    return Heard("c", str(number), "terminal", text=line, language_hint=hint)


def written(script: Script) -> str:
    """The whole file as it should stand."""
    scene = [f"# {script.title}"]
    if script.language_hint:
        scene.append(f"channel language: {script.language_hint}")
    parts = ["\n".join((*scene, "---"))]
    for exchange in replay(script):
        if exchange.line:
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
