"""What the rules nearly take, and why."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from knowledge.model import BadData
from referral.directory.importers import choosing
from referral.directory.importers.choosing import FIELDS, Choice, Short, Shortfall, Supply
from referral.directory.importers.left_out import MOST_LEFT_OUT, LeftOut, nearest, nearly_taken
from tests.referral.supply import catalog

SUPPLY = Supply.load(catalog())


@pytest.mark.parametrize(
    ("words", "short"),
    [
        (
            {"name": ["Digituki yrityksille"], "group": ["KR2"]},
            Shortfall(Short.RULED_OUT, "support_by_name", "name: digituki", "not_for_citizens", "group: kr2"),
        ),
        (
            {"name": ["Nettilukio"], "keyword": ["digituki"]},
            Shortfall(
                Short.RULED_OUT,
                "support_by_keyword",
                "keyword: digituki",
                "not_digital_support",
                "name: nettilukio",
            ),
        ),
        (
            {"name": ["Neuvontapiste"], "text": ["Harjoittelemme älypuhelimen käyttöä."], "class": ["P3"]},
            Shortfall(Short.HALF, "skills_by_class_and_words", "text: älypuhelimen käyttöä"),
        ),
        (
            {"name": ["Neuvontapiste"], "text": ["Annamme myös digitukea."]},
            Shortfall(Short.HALF, "help_in_description", "text: digitukea"),
        ),
        (
            {"name": ["Nuorten digipaikka"]},
            Shortfall(Short.WORD, "", "name: digipaikka"),
        ),
        (
            {"name": ["Nettilukio"]},
            Shortfall(Short.WORD, "", "name: nettilukio", "not_digital_support", "name: nettilukio"),
        ),
    ],
)
def test_what_is_nearly_taken(words: dict[str, list[str]], short: Shortfall) -> None:
    rule, _ = SUPPLY.choose(words)
    assert rule is None or not rule.take
    assert SUPPLY.shortfall(words) == short


@pytest.mark.parametrize(
    "words",
    [
        {"name": ["Rakennuslupa"], "text": ["Hae lupaa sähköisesti."]},
        # Thousands of services have the class, or are for older people: that is no half.
        {"name": ["Kansalaisopisto"], "class": ["P6.10"]},
        {"name": ["Kotihoito"], "group": ["Ikäihmiset"]},
        # A word is not enough where the service is for companies.
        {"name": ["Digitoimiluvat"], "group": ["KR2"]},
        {},
    ],
)
def test_what_is_nowhere_near(words: dict[str, list[str]]) -> None:
    rule, _ = SUPPLY.choose(words)
    assert rule is None or not rule.take
    assert SUPPLY.shortfall(words) is None


SAID = st.sampled_from(
    [
        "Digituki",
        "digitukea",
        "Neuvonta",
        "digitaidot",
        "KR1",
        "KR2",
        "P25.1",
        "P6.10",
        "Nettilukio",
        "tabletti",
    ]
)


@given(st.dictionaries(st.sampled_from(FIELDS), st.lists(SAID, max_size=3)))
def test_what_is_taken_never_falls_short_by_words_alone(words: dict[str, Any]) -> None:
    rule, because = SUPPLY.choose(words)
    short = SUPPLY.shortfall(words)
    if rule and rule.take:
        # Nothing left it, so nothing may be said to have.
        assert short
        assert (short.rule, short.because, short.against) == (rule.id, because, "")
    elif short and short.how is Short.RULED_OUT:
        assert rule
        assert (short.against, short.but) == (rule.id, because)
    assert short is None or short.because


def test_the_words_that_are_worth_a_look_must_be_said(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(
        choosing, "toml", lambda *_: {"rule": [], "near": {"where": ["nose"], "any": ["digi*"]}}
    )
    with pytest.raises(BadData, match="no such field: nose"):
        Supply.load(catalog())
    monkeypatch.setattr(choosing, "toml", lambda *_: {"rule": []})
    with pytest.raises(BadData, match="near"):
        Supply.load(catalog())


def left(record: str, how: Short) -> LeftOut:
    return LeftOut(record, f"Palvelu {record}", "", "", (), Shortfall(how, "", "name: digi"))


def test_the_nearest_come_first_and_are_kept() -> None:
    found = [left("b", Short.WORD), left("d", Short.HALF), left("a", Short.WORD), left("c", Short.RULED_OUT)]
    assert [one.record for one in nearest(found)] == ["c", "d", "a", "b"]
    many = [left(f"{number:05}", Short.WORD) for number in range(MOST_LEFT_OUT + 10)]
    assert nearest([*many, left("x", Short.HALF)])[0].record == "x"
    assert len(nearest(many)) == MOST_LEFT_OUT


def test_what_was_taken_is_not_nearly_taken() -> None:
    short = Shortfall(Short.WORD, "", "name: digi")
    taken, away, near = (
        Choice("1", "", True, "", "", short),
        Choice("2", "", False, "", ""),
        Choice("3", "", False, "", "", short),
    )
    assert list(nearly_taken([taken, away, near])) == [(near, short)]
