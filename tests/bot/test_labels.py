"""Whoever writes the words of a button has pressed it, at every step and in every language."""

import pytest

from bot.dialogue import step
from bot.steps.words import LONGEST_LABEL
from bot.turn import Heard, State, Turn
from knowledge.words import words_of
from tests.world import known, world

LANGUAGES = ("fi", "fi@simple", "sv", "en", "se")
PATH = ("need:kela", "who:me", "municipality:698")
"""From the list of needs to an answer."""

BESIDE = (
    "helped:no",
    "stored",
    "delete",
    "form:remote",
    "need:list",
    "need:scam_suspect",
    "need:device_repair",
)
"""What can be pressed under an answer and shows buttons of its own."""

OF_THE_MATTER = ("need:", "municipality:", "region:", "share_location", "exit")
"""Titles and names are understood like any words; a position and a page elsewhere cannot be written."""


def turn(state: State, **heard: str) -> Turn:
    return step(state, Heard("c", "1", "web", **heard), world())


def turns(language: str) -> list[Turn]:
    """A conversation in this language by buttons, and its side paths."""
    opened = [turn(State(language=language, language_chosen=True))]
    for key in PATH:
        opened.append(turn(opened[-1].state, choice=key))
    return opened + [turn(opened[-1].state, choice=key) for key in BESIDE]


def told(said: Turn, language: str) -> list[str]:
    return [known().catalogues.say(text, language) for reply in said.replies for text in reply.text]


@pytest.mark.parametrize("language", LANGUAGES)
def test_written_is_pressed(language: str) -> None:
    tried = set()
    for before in turns(language):
        for choice in (choice for reply in before.replies for choice in reply.choices):
            fixed = choice.key in ("need:list", "need:change", "need:scam_victim", "need:generic_help")
            if choice.key.startswith(OF_THE_MATTER) and not fixed:
                continue
            words = known().catalogues.say(choice.label, language)
            pressed, written = turn(before.state, choice=choice.key), turn(before.state, text=words.upper())
            where = f"{words} at {before.state.step}"
            assert written.state.step == pressed.state.step, where
            assert written.state.needs == pressed.state.needs, where
            assert told(written, language) == told(pressed, language), where
            tried.add(choice.key)
    assert len(tried) > 20


def test_labels_are_short_and_have_words() -> None:
    labels = world().labels
    assert len(labels) > 100
    assert () not in labels
    assert max(len(" ".join(words)) for words in labels) < LONGEST_LABEL


def test_a_label_brings_its_language() -> None:
    begun = turn(State(language="fi", greeted=True), choice="need:kela")
    assert turn(begun.state, text="För någon annan").state.language == "sv"
    assert turn(State(language="fi", greeted=True), text="Kurssit").state.needs == ("course",)


def test_words_of_a_label_are_those_of_the_message() -> None:
    assert words_of("Jag frågar för någon annan!") in world().labels
