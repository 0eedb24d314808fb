"""The words around a name, and what they say."""

from importlib.resources import files
from pathlib import Path

import pytest

from knowledge.model import BadData
from knowledge.surroundings import SUBJECTS, Surroundings


@pytest.fixture(scope="module")
def surroundings() -> Surroundings:
    return Surroundings.read(files("knowledge") / "data")


@pytest.mark.parametrize(
    ("word", "subject"),
    [
        ("asun", "living"),
        ("bor", "living"),
        ("orun", "own"),
        ("äitini", "other"),
        ("aitini", "other"),
        ("muuttoilmoitus", "moving"),
        ("junalippu", "journey"),
        ("kirjastossa", "institution"),
        ("från", "from"),
        ("till", "to"),
        ("sanomia", "press"),
    ],
)
def test_a_word_says_something(surroundings: Surroundings, word: str, subject: str) -> None:
    assert subject in surroundings.says(word)


@pytest.mark.parametrize("word", ["", "har", "muuten", "muuta", "tagit", "puu", "x"])
def test_a_word_says_nothing(surroundings: Surroundings, word: str) -> None:
    assert not surroundings.says(word)


def test_an_unknown_subject_is_named(tmp_path: Path) -> None:
    (tmp_path / "surroundings.toml").write_text('[weather]\nwords = ["rain"]\n', encoding="utf-8")
    with pytest.raises(BadData, match="weather"):
        Surroundings.read(tmp_path)


def test_every_subject_has_words() -> None:
    for subject in SUBJECTS:
        one = Surroundings({subject: ["x"]})
        assert one.says("x") == {subject}
