"""The form and the check mean the same in both directions, and hours go back into the words that people use."""

from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from referral.directory.importers.everyday import everyday
from referral.directory.published.hours import read
from referral.directory.published.week import in_everyday_words, week_in_words
from referral.directory.submission import FIELDS, Submission, checked, fields_of
from referral.model import Coverage, Form
from referral.web.providers.filled import SHOWN, TRAP, from_fields, read_form, to_check
from tests.referral.supply import atlas, catalog
from tests.world import known

HOURS = {
    "Mo-Fr 09:00-15:00": "ma–pe 9–15",
    "Mo-Fr 09:00-15:00; Sa off": "ma–pe 9–15",
    "Tu,Th 10:00-12:30": "ti, to 10–12.30",
    "Mo 09:00-12:00,13:00-16:00": "ma 9–12, 13–16",
    "24/7": "24/7",
    "Mo-Fr 09:00-15:00; PH off": "Mo-Fr 09:00-15:00; PH off",
    "Jan-Mar Mo 10:00-12:00": "Jan-Mar Mo 10:00-12:00",
    "": "",
    "nonsense": "nonsense",
}


@pytest.mark.parametrize("hours", HOURS)
def test_hours_go_back_into_words(hours: str) -> None:
    said = in_everyday_words(hours, "fi")
    assert said == HOURS[hours]
    if said != hours:
        back = everyday(said)
        assert back
        assert read(back) == read(hours)


def test_ordinary_hours_are_said_in_the_language_of_the_page() -> None:
    hours = "Mo-Fr 09:00-15:00"
    said = {
        language: in_everyday_words(hours, language) for language in ("fi", "fi@simple", "sv", "en", "se")
    }
    assert said == {
        "fi": "ma–pe 9–15",
        "fi@simple": "ma–pe 9–15",
        "sv": "mån–fre 9–15",
        "en": "Mon–Fri 9–15",
        "se": "ma–pe 9–15",
    }


COVERAGES = (
    Coverage(True),
    Coverage(False, (), ("148",)),
    Coverage(False, ("19",)),
    Coverage(False, ("18", "19"), ("698",)),
    Coverage(False, (), ("091", "049")),
)


def sound(**changes: Any) -> Submission:
    plain: dict[str, Any] = {
        "organisation": "Järven martat ry",
        "kind": "association",
        "names": {"fi": "Digikahvila"},
        "descriptions": {"sv": "Kaffe"},
        "needs": ("kela", "phone_basics"),
        "forms": (Form.IN_PERSON, Form.REMOTE),
        "coverage": COVERAGES[1],
        "languages": ("fi", "se"),
        "municipality": "148",
        "hours": "Tu 10:00-12:00",
        "phone": "016 123 456",
    }
    return Submission(**{**plain, **changes})


@pytest.mark.parametrize(
    ("hours", "language", "said"),
    [
        ("Mo-Fr 09:00-15:00; Sa 10:00-14:30", "fi", "ma–pe 9–15, la 10–14.30"),
        ("Mo-Fr 09:00-15:00", "se", "vuos–bear 9–15"),
        ("Tu 13:00-15:00", "sv", "tis 13–15"),
        ("Tu[1] 13:00-15:00", "fi", "joka kuun 1. tiistai klo 13–15"),
        ("", "fi", ""),
        ("24/7", "fi", ""),
        ("nonsense", "fi", ""),
        ("2026 Dec 24-2026 Dec 26 off", "fi", ""),
        ("Mo-Fr 22:00-02:00", "fi", ""),
    ],
)
def test_a_week_is_shown_in_words_or_not_at_all(hours: str, language: str, said: str) -> None:
    assert week_in_words(hours, language) == said


@settings(deadline=None)
@given(
    st.builds(
        sound,
        coverage=st.sampled_from(COVERAGES),
        hours=st.sampled_from([hours for hours in HOURS if hours != "nonsense"]),
        ethical_guidelines=st.sampled_from([True, False, None]),
        home_visits=st.booleans(),
        price=st.sampled_from(["", "free", "5 euroa tunti"]),
        forms=st.sampled_from([(Form.REMOTE,), (Form.IN_PERSON, Form.TRAINING)]),
    ),
    st.sampled_from(["fi", "fi@simple", "sv", "en", "se"]),
)
def test_what_was_sent_can_be_filled_in_and_sent_again(sent: Submission, language: str) -> None:
    world = known()
    filled = from_fields(fields_of(sent), atlas(), world.catalogues, language)
    again = checked(to_check(filled), catalog(), atlas())
    assert isinstance(again, Submission), again
    # Hours that mean the same may be written in another way ("Sa off" beside weekdays says nothing new).
    assert read(again.hours) == read(sent.hours)
    assert replace(again, hours=sent.hours, coverage=sent.coverage) == sent
    assert set(again.coverage.municipalities) == set(sent.coverage.municipalities)
    assert set(again.coverage.regions) == set(sent.coverage.regions)


@settings(deadline=None)
@given(
    st.dictionaries(
        st.sampled_from([*SHOWN, "x", TRAP]), st.lists(st.text(max_size=30), max_size=4).map(tuple)
    )
)
def test_any_form_can_be_checked(posted: dict[str, tuple[str, ...]]) -> None:
    filled = read_form(posted)
    assert set(filled) <= set(SHOWN)
    assert set(to_check(filled)) == set(FIELDS)
    checked(to_check(filled), catalog(), atlas())


def test_a_form_is_cut_to_what_anybody_needs() -> None:
    filled = read_form({"needs": ("kela",) * 5000, "organisation": ("a" * 50_000,)})
    assert len(filled["needs"]) < 500
    assert len(filled["organisation"][0]) < 10_000
