"""Words, their positions, and folding."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from knowledge.text import fold, normal, tokens


@pytest.mark.parametrize(
    ("word", "folded"),
    [
        ("Äänekoski", "aanekoski"),
        ("Åbo", "abo"),
        ("Soađegilli", "soadegilli"),
        ("Áŋŋel", "annel"),
        ("Čeavetjávri", "ceavetjavri"),
        ("Âvvel", "avvel"),
        ("Хельсинки", "хельсинки"),
        ("ЙЁ", "йё"),
    ],
)
def test_folding(word: str, folded: str) -> None:
    assert fold(word) == folded


def test_words_and_where_they_stand() -> None:
    text = "Äitini asuu Mänttä-Vilppulassa, FPA:s sida; S:t Karins."
    found = tokens(text)
    assert [token.word for token in found] == [
        *("äitini", "asuu", "mänttä", "vilppulassa", "fpa:s", "sida", "s:t", "karins"),
    ]
    assert all(text[token.start : token.end] == token.written for token in found)


def test_a_letter_and_its_mark_are_one() -> None:
    assert normal("A\u0308iti") == "Äiti"
    assert tokens("a\u0308iti")[0].word == "äiti"


def test_invisible_letters_are_dropped() -> None:
    assert normal("Sodan\u00adkylä\u200b") == "Sodankylä"


@given(st.text())
def test_positions_hold_in_any_text(text: str) -> None:
    plain = normal(text)
    for token in tokens(text):
        assert plain[token.start : token.end] == token.written
        assert token.word == token.written.lower()


@given(st.text())
def test_folding_twice_changes_nothing(text: str) -> None:
    assert fold(fold(text)) == fold(text)
