"""One slip of the finger is found, two are not."""

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from rapidfuzz.distance import OSA

from knowledge.misspelling import SHORTEST, Misspellings

NAMES = ("sodankyla", "sodankylassa", "rovaniemella", "kuopio", "espoossa", "turun")
FINDER = Misspellings(NAMES)
LETTERS = "abcdefghijklmnopqrstuvwxyz"


@pytest.mark.parametrize(
    ("word", "name"),
    [
        ("sodnakyla", "sodankyla"),
        ("odankyla", "sodankyla"),
        ("sodankylaa", "sodankyla"),
        ("sodankylq", "sodankyla"),
        ("kuopo", "kuopio"),
        ("kupoio", "kuopio"),
        ("turru", None),
        ("tuun", None),
        ("sondakyyla", None),
    ],
)
def test_a_slip(word: str, name: str | None) -> None:
    assert FINDER.near(word) == ((name,) if name else ())


@given(
    st.sampled_from(NAMES),
    st.integers(0, 11),
    st.sampled_from(["change", "drop", "add", "swap"]),
    st.sampled_from(LETTERS),
)
def test_every_single_slip_is_found(name: str, at: int, how: str, letter: str) -> None:
    assume(at < len(name) - (how == "swap"))
    slips = {
        "change": name[:at] + letter + name[at + 1 :],
        "drop": name[:at] + name[at + 1 :],
        "add": name[:at] + letter + name[at:],
        "swap": name[:at] + name[at + 1 : at + 2] + name[at : at + 1] + name[at + 2 :],
    }
    word = slips[how]
    assume(len(word) >= SHORTEST)
    assert name in FINDER.near(word)


@given(st.text(LETTERS, max_size=14))
def test_nothing_else_is_found(word: str) -> None:
    assert all(OSA.distance(word, name) <= 1 for name in FINDER.near(word))


def test_two_slips_are_found_when_looked_for() -> None:
    assert FINDER.further("sondankylaa") == ("sodankyla",)
    assert FINDER.further("sxxankxla") == ()
    assert FINDER.further("kuxxio") == ()
