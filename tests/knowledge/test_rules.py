"""Rules meet the words they should, forgive a slip, and say which words they met."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from knowledge.model import BadData
from knowledge.rules import Fired, Rule, Rules, _rule
from knowledge.words import spoken

LISTS = {
    "phone": ["puhelin", "telefon", "my phone"],
    "lost": ["kadonnut", "hukassa", "tappat bort", "lost*"],
    "photos": ["kuvat", "photo*"],
    "kin": ["far", "setä"],
    "fire": ["sydänkohtau*", "det brinner"],
}
MADE = [
    Rule("lost", ("phone", "lost"), without=("photos",), near=4),
    Rule("kin", ("kin",)),
    Rule("fire", ("fire",)),
    Rule("after", ("phone", "fire"), ordered=True, near=50),
]
RULES = Rules(LISTS, MADE, exact={"kin"})


def means(text: str) -> list[str]:
    return [fired.means for fired in RULES.fired(spoken(text))]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Puhelin on hukassa", ["lost"]),
        ("hukassa on puhelin", ["lost"]),
        ("jag har tappat bort min telefon", ["lost"]),
        ("I LOST MY PHONE!", ["lost"]),
        ("puhelin ja kuvat hukassa", []),
        ("puhelin on ihan hyvä mutta avaimet ovat taas hukassa", []),
        ("puhelin", []),
        ("", []),
    ],
)
def test_lists_near_each_other_meet_a_rule(text: str, expected: list[str]) -> None:
    assert means(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [("min far", ["kin"]), ("var får jag", []), ("seta", ["kin"]), ("setä", ["kin"]), ("sedan", [])],
)
def test_marks_may_be_left_out_but_not_added(text: str, expected: list[str]) -> None:
    assert means(text) == expected


@pytest.mark.parametrize(
    "word", ["sydänkohtauksen", "sydankohtaus", "sydänkohtsus", "sydänkotaus", "sydäänkohtaus"]
)
def test_one_slip_in_a_long_word_is_forgiven(word: str) -> None:
    assert means(word) == ["fire"]
    assert Rules(LISTS, MADE, known={"sydankotaus"}).fired(spoken("sydänkotaus")) == ()


def test_order_counts_where_a_rule_says_so() -> None:
    assert "after" in means("puhelin soi kun det brinner")
    assert "after" not in means("det brinner ja puhelin soi")


def test_a_rule_tells_the_words_that_met_it() -> None:
    assert RULES.fired(spoken("Voi, puhelin on nyt hukassa")) == (Fired("lost", "puhelin hukassa"),)


def test_a_rule_over_an_unknown_list_is_bad_data() -> None:
    with pytest.raises(BadData, match="no word list"):
        _rule("x.toml", 1, {"means": "a", "all": ["nothing"]}, {})
    with pytest.raises(BadData):
        _rule("x.toml", 1, {"means": "a", "all": [], "colour": "red"}, {})


SHIPPED = Rules.load()


def test_the_shipped_rules_mean_known_things() -> None:
    kinds = {rule.means.partition(":")[0] for rule, _, _ in SHIPPED._rules}
    assert kinds == {"urgency", "need", "outside", "about", "behalf", "form"}


@given(st.text(max_size=300))
def test_any_text_is_read(text: str) -> None:
    assert SHIPPED.fired(spoken(text)) == SHIPPED.fired(spoken(text))
