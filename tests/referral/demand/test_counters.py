"""What one fact raises, and what no counter may hold."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from referral.demand.counters import (
    COLUMNS,
    NOT_SAID,
    TABLES,
    BadFact,
    Codes,
    Increment,
    of_demand,
    of_helped,
    of_miss,
    oldest_kept,
)
from referral.model import DemandEntry, Form, Outcome, Unmet

DAY = date(2026, 11, 23)
CODES = Codes({"kela": "public_services", "email": "communication"}, {"758": "19", "091": "01"})


def entry(need: str = "kela", municipality: str = "758", **fields: object) -> DemandEntry:
    given_fields = {
        "form": "any",
        "language": "fi@simple",
        "on_behalf": True,
        "channel": "web",
        "outcome": Outcome.NEAR,
    }
    return DemandEntry(need, municipality, **{**given_fields, **fields})  # type: ignore[arg-type]


def raised(increments: tuple[Increment, ...]) -> dict[str, tuple[str, ...]]:
    assert len({increment.table for increment in increments}) == len(increments)
    return {increment.table: (increment.period, *increment.values) for increment in increments}


def test_a_request_raises_each_of_its_tables_once() -> None:
    assert raised(of_demand(entry(), DAY, CODES)) == {
        "demand_by_municipality_need": ("2026-11", "758", "kela"),
        "demand_by_region_language": ("2026-11", "19", "fi@simple"),
        "demand_by_region_outcome": ("2026-11", "19", "public_services", "any", "near"),
        "demand_by_region_group_language": ("2026", "19", "public_services", "fi@simple"),
        "demand_by_asker_channel": ("2026-11", "19", "other", "web"),
    }


def test_of_several_reasons_the_gravest_is_counted() -> None:
    unmet = (Unmet.FORM, Unmet.TOO_FAR, Unmet.LANGUAGE)
    found = raised(of_demand(entry(outcome=Outcome.REMOTE, unmet=unmet), DAY, CODES))
    assert found["unmet_by_region_reason"] == ("2026-11", "19", "public_services", "too_far")


def test_somebody_who_would_rather_not_say_where_is_counted_nowhere() -> None:
    found = raised(of_demand(entry(municipality=""), DAY, CODES))
    assert found["demand_by_municipality_need"] == ("2026-11", NOT_SAID, "kela")
    assert found["demand_by_region_language"] == ("2026-11", NOT_SAID, "fi@simple")


def test_whether_it_helped_is_counted_by_region() -> None:
    assert raised(of_helped("091", False, DAY, CODES)) == {"helped_by_region": ("2026-11", "01", "no")}
    assert raised(of_helped("", True, DAY, CODES)) == {"helped_by_region": ("2026-11", NOT_SAID, "yes")}


def test_a_miss_is_counted_by_language_and_kind() -> None:
    assert raised(of_miss("se", "place", DAY)) == {"misses_by_language": ("2026-11", "se", "place")}


def test_every_table_is_fed_and_by_one_kind_of_fact_only() -> None:
    facts = [
        of_demand(entry(unmet=(Unmet.FORM,)), DAY, CODES),
        of_helped("758", True, DAY, CODES),
        of_miss("fi", "need", DAY),
    ]
    fed = [increment.table for increments in facts for increment in increments]
    assert sorted(fed) == sorted(table.name for table in TABLES)


def test_language_never_meets_municipality() -> None:
    assert any("language" in table.columns for table in TABLES)
    assert any("municipality" in table.columns for table in TABLES)
    for table in TABLES:
        assert not {"language", "municipality"} <= set(table.columns)
        assert table.period in ("month", "year")
        assert set(table.columns) <= COLUMNS.keys()


@pytest.mark.parametrize(
    "bad",
    [
        {"need": "äiti ei pääse Kelaan"},
        {"municipality": "Sodankylä"},
        {"municipality": "999"},
        {"language": "suomi"},
        {"form": "131052-308T"},
        {"channel": "web; Matti"},
        {"outcome": "good"},
    ],
    ids=lambda bad: next(iter(bad)),
)
def test_words_never_become_a_counter(bad: dict[str, str]) -> None:
    with pytest.raises(BadFact) as caught:
        of_demand(entry(**bad), DAY, CODES)  # type: ignore[arg-type]
    assert next(iter(bad.values())) not in str(caught.value)


@given(words=st.text(), column=st.sampled_from(sorted(COLUMNS)))
def test_a_column_holds_short_codes_only(words: str, column: str) -> None:
    if COLUMNS[column].fullmatch(words):
        assert words.isascii()
        assert len(words) <= 40
        assert not any(character.isspace() or character.isupper() for character in words)


@given(
    need=st.sampled_from(["kela", "email"]),
    municipality=st.sampled_from(["758", "091", ""]),
    form=st.sampled_from(["any", *Form]),
    language=st.sampled_from(["fi", "fi@simple", "sv", "en", "se"]),
    on_behalf=st.booleans(),
    outcome=st.sampled_from(Outcome),
    unmet=st.lists(st.sampled_from(Unmet), unique=True).map(tuple),
    day=st.dates(min_value=date(2026, 1, 1), max_value=date(2099, 12, 31)),
)
def test_any_request_raises_no_table_twice(
    need: str,
    municipality: str,
    form: str,
    language: str,
    on_behalf: bool,
    outcome: Outcome,
    unmet: tuple[Unmet, ...],
    day: date,
) -> None:
    asked = DemandEntry(need, municipality, form, language, on_behalf, "web", outcome, unmet)
    increments = of_demand(asked, day, CODES)
    assert increments == of_demand(asked, day, CODES)
    assert len(raised(increments)) == (6 if unmet else 5)
    assert {increment.period for increment in increments} == {f"{day:%Y-%m}", f"{day:%Y}"}


@pytest.mark.parametrize(
    ("today", "month", "year"),
    [
        (date(2026, 11, 23), "2024-09", "2024"),
        (date(2029, 1, 31), "2026-11", "2026"),
        (date(2029, 2, 28), "2026-12", "2026"),
        (date(2029, 3, 1), "2027-01", "2027"),
    ],
)
def test_counters_are_kept_for_26_months(today: date, month: str, year: str) -> None:
    kept = {table.period: oldest_kept(table, today) for table in TABLES}
    assert kept == {"month": month, "year": year}
