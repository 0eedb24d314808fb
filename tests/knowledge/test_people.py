"""What each word says of people."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from knowledge.people import People
from knowledge.words import spoken

PEOPLE = People.load({"paasen", "jag", "man", "kuopio"})


def kinds(text: str, language: str) -> tuple[str, ...]:
    return PEOPLE.kinds(spoken(text), language, text)


@pytest.mark.parametrize(
    ("language", "text", "expected"),
    [
        ("fi", "anoppi", ("elder",)),
        ("fi", "Anopilleni", ("elder.at",)),
        ("fi", "anopilta", ("elder.from",)),
        ("fi", "anopin", ("elder.of",)),
        ("fi", "vaimoani", ("spouse.some",)),
        ("fi", "lapsuudenystävällä", ("peer.at",)),
        ("fi", "hänelläkin", ("he.at",)),
        ("fi", "isäkin", ("elder",)),
        ("fi", "asukkaamme", ("ward",)),
        ("sv", "svärmors", ("elder.of",)),
        ("sv", "grannens", ("peer.of",)),
        ("en", "neighbour's", ("peer.of",)),
        ("en", "neighbours", ("peer.of",)),
        ("se", "áhkkui", ("elder",)),
        # "Väärin" is no grandfather's, though the marks may be left out of either; nor is "får" a father.
        ("fi", "väärin", ("",)),
        ("sv", "får", ("",)),
        # Anybody is a "man" in Swedish, but "min man" is a husband.
        ("sv", "hur gör man", ("", "", "")),
        ("sv", "min man", ("I.of", "spouse")),
        ("sv", "min amerikanske man", ("I.of", "", "spouse")),
        # A name is a word in capitals inside a sentence that is no ordinary word.
        ("fi", "tänään Aarre soitti", ("", "name", "tell")),
        ("fi", "tänään Kuopio soitti", ("", "", "tell")),
        ("fi", "Aarre soitti", ("", "tell")),
        # Of a language without words the Finnish ones count.
        ("et", "anoppi", ("elder",)),
    ],
)
def test_the_kind_of_each_word(language: str, text: str, expected: tuple[str, ...]) -> None:
    assert kinds(text, language) == expected


@given(st.text(max_size=200), st.sampled_from(("fi", "sv", "en", "se", "ru", "")))
def test_any_text_has_a_kind_for_each_word(text: str, language: str) -> None:
    assert len(kinds(text, language)) == len(spoken(text))
