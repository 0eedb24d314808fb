"""Sayings are whole messages; small words around them do not count, anything more does."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from knowledge.sayings import INSULT, Sayings
from knowledge.words import words_of

SAYINGS = Sayings.load()


@pytest.mark.parametrize(
    ("text", "meaning"),
    [
        ("Kyllä", "command:yes"),
        ("joo kiitos", "command:yes"),
        ("Takaisin!", "command:back"),
        ("haluan aloittaa alusta", ""),
        ("haluaisin nyt takaisin", "command:back"),
        ("please go back", "command:back"),
        ("hei, apua", "command:help"),
        ("voinko puhua ihmiselle", "command:human"),
        ("jag vill prata med en människa tack", "command:human"),
        ("delete my data please", "command:delete"),
        ("Hyvää päivää", "talk:greeting"),
        ("är du en robot?", "talk:about_bot"),
        ("senkin idiootti", INSULT),
        ("apua Kelan hakemukseen", ""),
        ("en pääse takaisin sähköpostiin kun joku idiootti vaihtoi salasanan", ""),
        ("", ""),
    ],
)
def test_a_saying_is_the_whole_message(text: str, meaning: str) -> None:
    assert SAYINGS.meaning(words_of(text)) == meaning


@given(st.lists(st.text(max_size=20), max_size=30))
def test_any_words_are_read(words: list[str]) -> None:
    assert SAYINGS.meaning(words) == SAYINGS.meaning(words)
