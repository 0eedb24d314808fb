"""Every number of the picture is a number of a release, or a sum of such."""

from itertools import combinations

import pytest

from referral.demand.release import Release
from referral.situation.extract import of_question, of_regions
from referral.situation.out import Out
from referral.situation.picture import Count, Picture, by_region, count, picture, wanted
from referral.situation.question import ALL, ALONE, Question, asked
from tests.referral.situation.year import frame, releases

BY_PERIOD = {(one.kind, one.period): one for one in releases()}
YEAR = BY_PERIOD["year", "2026"]
QUARTER = BY_PERIOD["quarter", "2026-Q4"]
MONTH = BY_PERIOD["month", "2026-11"]


def numbers(release: Release, table: str, **codes: str) -> list[int]:
    found = release.table(table)
    return [
        one.number
        for one in found.figures
        if all(one.codes[found.columns.index(name)] == code for name, code in codes.items())
    ]


def drawn(question: Question) -> Picture:
    return picture(question, {one: BY_PERIOD[one] for one in wanted(question) if one in BY_PERIOD})


@pytest.mark.parametrize(
    ("question", "release", "table", "codes"),
    [
        (Question("quarter", "2026-Q4", "19"), QUARTER, "regions", {"region": "19"}),
        (Question("quarter", "2026-Q4", ALL), QUARTER, "regions", {}),
        (Question("month", "2026-11", "19"), MONTH, "needs", {"region": "19"}),
        (Question("quarter", "2026-Q4", "19", group="devices"), QUARTER, "groups", {"region": "19", "need_group": "devices"}),
        (Question("month", "2026-11", "19", group="devices"), MONTH, "needs", {"region": "19", "need_group": "devices"}),
        (Question("year", "2026", "19", "698"), YEAR, "municipalities", {"municipality": "698"}),
        (Question("quarter", "2026-Q4", "19", alone=("spoken", "se")), QUARTER, "languages", {"region": "19", "language": "se"}),
        (Question("year", "2026", "19", alone=("channel", "web")), YEAR, "askers", {"region": "19", "channel": "web"}),
    ],
)  # fmt: skip
def test_numbers_are_those_of_the_release(
    question: Question, release: Release, table: str, codes: dict[str, str]
) -> None:
    told = numbers(release, table, **codes)
    assert any(told)
    assert count(question, release).number == sum(told)


def test_a_group_in_a_municipality_is_the_sum_of_its_needs() -> None:
    whole = count(Question("year", "2026", "01", "091"), YEAR)
    groups = dict.fromkeys(frame().needs.values())
    parts = [count(Question("year", "2026", "01", "091", group), YEAR) for group in groups]
    assert whole == Count(sum(one.number for one in parts), sum(one.least for one in parts))
    assert whole.number > 0


def test_a_table_that_a_month_lacks_tells_nothing() -> None:
    assert count(Question("month", "2026-11", "19", alone=("spoken", "se")), MONTH) == Count()


def test_the_course_has_the_same_periods_a_year_before() -> None:
    seen = drawn(Question("month", "2026-12", "01", group="devices"))
    assert [point.period for point in seen.course] == [f"2026-{month:02}" for month in range(1, 13)]
    assert all(point.count and point.year_before for point in seen.course)
    question = Question("month", "2025-03", "01", group="devices")
    assert seen.course[2].year_before == count(question, BY_PERIOD["month", "2025-03"])
    early = drawn(Question("quarter", "2025-Q2", "19"))
    assert [point.count is None for point in early.course] == [True, True, False, False]
    assert all(point.year_before is None for point in early.course)


def test_years_have_no_dashed_line() -> None:
    seen = drawn(Question("year", "2026", "19"))
    assert [point.count is not None for point in seen.course] == [False, False, False, True, True]
    assert all(point.year_before is None for point in seen.course)


def test_divisions_are_ranked_and_hold_every_row_that_there_could_be() -> None:
    seen = drawn(Question("year", "2026", "19"))
    tables = [one.table for one in seen.divisions]
    assert tables == [
        *(
            "groups",
            "needs",
            "municipalities",
            "languages",
            "outcomes",
            "reasons",
            "askers",
            "helped",
            "misses",
        ),
    ]
    for one in seen.divisions:
        told = [row.count.number for row in one.rows]
        assert told == sorted(told, reverse=True)
        assert all(row.share == 0 for row in one.rows if not row.count.number)
    assert len(seen.divisions[1].rows) == len(frame().needs)
    assert len(seen.divisions[2].rows) == len(frame().municipalities["19"]) - 2


def test_one_need_divides_by_municipality_and_by_nothing_else() -> None:
    need = next(iter(frame().needs))
    seen = drawn(Question("year", "2026", "01", "", frame().needs[need], need))
    assert [one.table for one in seen.divisions] == ["municipalities"]
    assert sum(row.count.number for row in seen.divisions[0].rows) == sum(
        numbers(YEAR, "municipalities", region="01", need=need)
    )


def test_shares_are_of_what_is_told() -> None:
    rows = drawn(Question("quarter", "2026-Q4", "01")).divisions[0].rows
    told = sum(row.count.number for row in rows)
    assert [row.share for row in rows] == [row.count.number / told for row in rows]


def test_the_map_draws_from_the_public_release_too() -> None:
    public = BY_PERIOD["public", "2026-Q4"]
    found = by_region(Question("quarter", "2026-Q4", "19"), public)
    assert set(found) == set(frame().municipalities)
    assert found["01"].number == sum(numbers(public, "groups", region="01")) > 0
    assert by_region(Question("quarter", "2026-Q4", "19", alone=("spoken", "se")), public) == {}


QUESTIONS = [
    Question("year", "2026", "19"),
    Question("year", "2026", ALL, group="devices"),
    Question("year", "2026", "01", "091", "devices"),
    Question("quarter", "2026-Q4", "19", alone=("spoken", "se")),
    Question("month", "2026-11", "01", group="devices"),
]


@pytest.mark.parametrize("question", QUESTIONS)
def test_an_extract_holds_the_rows_of_its_release_and_no_others(question: Question) -> None:
    release = BY_PERIOD[question.kind, question.period]
    seen = ("19",) if question.region == "19" else tuple(frame().municipalities)
    part = of_question(release, question, seen)
    assert part.tables
    for table in part.tables:
        assert set(table.figures) <= set(release.table(table.name).figures)
        assert table.figures
    if question.municipality:
        told = numbers(part, "municipalities", municipality=question.municipality)
        assert sum(told) == count(question, release).number > 0
    else:
        assert count(question, part) == count(question, release)
    if question.region:
        columns = [
            (table.columns.index("region"), table) for table in part.tables if "region" in table.columns
        ]
        assert {one.codes[at] for at, table in columns for one in table.figures} == {question.region}


def test_a_region_gets_its_own_rows_and_all_regions_get_the_release_itself() -> None:
    part = of_regions(YEAR, ["19"])
    assert {one.codes[0] for one in part.table("needs").figures} == {"19"}
    assert part.table("misses") == YEAR.table("misses")
    assert of_regions(YEAR, tuple(frame().municipalities)) is YEAR


def test_two_filters_that_stand_alone_never_meet_in_a_table() -> None:
    """What the releases hold is what the question offers: no table has two of them, or one beside a need."""
    for table in QUARTER.tables:
        assert not any(
            {a, b} <= set(table.columns) for a, b in combinations(("language", "outcome", "reason"), 2)
        )
        assert not ({"language", "need"} <= set(table.columns))
        assert not ({"language", "municipality"} <= set(table.columns))
    assert {*ALONE.values()} <= {table.name for table in QUARTER.tables}
    assert Out.of(BY_PERIOD).newest == ("quarter", "2026-Q4")
    assert asked({}, Out.of(BY_PERIOD), frame(), ()).region not in frame().municipalities  # type: ignore[union-attr]
