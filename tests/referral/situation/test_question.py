"""The picture is asked only for what is published; what is not is left out, with the reason."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from referral.situation.out import Out, before, course, quarters_in
from referral.situation.question import ALL, ALONE, FILTERS, Question, asked
from tests.referral.situation.year import frame, releases
from tests.referral.supply import INARI, catalog

OUT = Out.of((one.kind, one.period) for one in releases())
LAPLAND = ("19",)
EVERYWHERE = tuple(frame().municipalities)
SMALLEST = frame().municipalities["19"][-2:]


def ask(regions: tuple[str, ...] = LAPLAND, **query: str) -> Question:
    question = asked(query, OUT, frame(), regions)
    assert question is not None
    return question


def why(question: Question) -> list[tuple[str, str]]:
    return [(one.name, one.why) for one in question.left_out]


def test_nothing_is_asked_of_nothing() -> None:
    assert asked({}, Out(), frame(), LAPLAND) is None


def test_the_usual_is_the_last_quarter_of_ones_own_region() -> None:
    assert ask() == Question("quarter", "2026-Q4", "19")
    assert ask(EVERYWHERE).region == ALL


def test_who_sees_some_regions_sees_one_at_a_time() -> None:
    """A sum over all regions would tell of those that are not theirs."""
    assert ask(("17", "19")).region == "17"
    assert ask(("17", "19"), region="19").region == "19"
    assert ask(("17", "19"), region="01").region == "17"


@pytest.mark.parametrize(
    ("query", "left_out"),
    [
        ({"period": "2031"}, [("period", "unknown")]),
        ({"region": "01"}, [("region", "unknown")]),
        ({"topic": "'; drop table"}, [("topic", "unknown")]),
        ({"municipality": "091", "period": "2026"}, [("municipality", "unknown")]),
        ({"municipality": INARI}, [("municipality", "by_year")]),
        ({"municipality": SMALLEST[0], "period": "2026"}, [("municipality", "never_told")]),
        ({"municipality": SMALLEST[1], "period": "2026"}, [("municipality", "never_told")]),
        ({"spoken": "se", "period": "2026-11"}, [("spoken", "by_quarter")]),
        ({"spoken": "fi"}, [("spoken", "unknown")]),
        ({"spoken": "fi@simple"}, [("spoken", "unknown")]),
        ({"outcome": "near"}, [("outcome", "unknown")]),
        ({"spoken": "se", "topic": "kela"}, [("spoken", "not_together")]),
        ({"spoken": "se", "period": "2026", "municipality": INARI}, [("spoken", "not_together")]),
        ({"spoken": "se", "outcome": "remote"}, [("outcome", "not_together")]),
        ({"topic": "kela"}, []),
        ({"spoken": "se"}, []),
        ({"municipality": INARI, "period": "2026", "topic": "kela"}, []),
        ({"outcome": "remote", "period": "2026"}, []),
        ({"form": "remote", "period": "2026"}, []),
        ({"form": "in_person", "period": "2026"}, [("form", "form_never")]),
        ({"form": "authority", "period": "2026"}, [("form", "form_never")]),
        ({"form": "remote", "outcome": "training"}, [("form", "not_together")]),
        ({"form": "training", "period": "2026-11"}, [("outcome", "by_quarter")]),
    ],
)
def test_what_is_not_published_is_left_out(query: dict[str, str], left_out: list[tuple[str, str]]) -> None:
    question = ask(**query)
    assert why(question) == left_out
    assert not {name for name, _ in left_out} & question.picks().keys() - {"period", "region"}


def test_a_form_is_told_as_the_outcome_that_it_is() -> None:
    assert ask(form="remote").alone == ("outcome", "remote")
    assert ask(form="training").alone == ("outcome", "training")
    assert ask(form="in_person").alone == ("", "")


def test_a_need_belongs_to_its_group() -> None:
    question = ask(topic="kela")
    assert (question.group, question.need) == (frame().needs["kela"], "kela")
    assert ask(topic="devices").need == ""


def test_needs_and_groups_have_different_ids() -> None:
    """Both are a ``topic`` in the address."""
    assert not {group.id for group in catalog().groups} & catalog().needs.keys()


WORDS = st.sampled_from(
    ["", "19", "01", "2026", "2026-Q4", "2026-11", "kela", "devices", INARI, "se", "no", "remote", "x"]
)


@given(st.dictionaries(st.sampled_from(FILTERS), WORDS))
def test_language_and_place_or_need_never_meet(query: dict[str, str]) -> None:
    question = ask(**query)
    picks = question.picks()
    assert not (picks.keys() & ALONE.keys() and picks.keys() & {"municipality", "topic"})
    assert len(picks.keys() & ALONE.keys()) <= 1
    assert question.region == "19"
    assert asked(picks, OUT, frame(), LAPLAND) == Question(
        *(getattr(question, name) for name in Question.__slots__[:-1])
    )


def test_periods_stand_beside_each_other() -> None:
    assert course("month", "2026-02")[0] == "2025-03"
    assert course("quarter", "2026-Q1") == ("2025-Q2", "2025-Q3", "2025-Q4", "2026-Q1")
    assert course("year", "2026") == ("2022", "2023", "2024", "2025", "2026")
    assert before("month", "2026-02") == "2025-02"
    assert before("quarter", "2026-Q1") == "2025-Q1"
    assert quarters_in("year", "2026")[-1] == "2026-Q4"
    assert quarters_in("month", "2026-02") == ()


def test_the_newest_is_a_quarter_where_there_is_one() -> None:
    assert Out.of([("month", "2026-11"), ("month", "2026-10")]).newest == ("month", "2026-11")
    assert Out.of([("month", "2026-12"), ("quarter", "2026-Q4"), ("year", "2026")]).newest == (
        "quarter",
        "2026-Q4",
    )
    assert Out.of([("public", "2026-Q4")]).newest is None
