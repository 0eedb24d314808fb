"""The picture of what was asked for: a number, its course, and how it divides. Drawn from releases alone.

Every number here is a number of a release, or a sum of such. ``Count.number == 0`` means "fewer than k" (in
a sum: fewer than k in each part), and nothing here tells that from nobody. Shares are shares of what is
told, not of what was counted.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from referral.demand.release import Figure, Release
from referral.situation.out import before, course
from referral.situation.question import ALL, ALONE, Question, column

Releases = Mapping[tuple[str, str], Release]
"""Releases by (kind, period)."""


@dataclass(frozen=True, slots=True)
class Count:
    """What is told: ``number`` (0 for "fewer than k") and the least that it stands for."""

    number: int = 0
    least: int = 0


@dataclass(frozen=True, slots=True)
class Row:
    """One part of a division: its code and what is told of it. ``share`` (0..1) is of all that is told in
    the division, 0.0 for "fewer than k"."""

    code: str
    count: Count
    share: float


@dataclass(frozen=True, slots=True)
class Division:
    """How a number divides, the largest part first. ``table`` is the released table, ``column`` what the
    codes are, ``filter`` what choosing a row sets."""

    table: str
    column: str
    filter: str
    rows: tuple[Row, ...]


@dataclass(frozen=True, slots=True)
class Point:
    """A period of the course; None where it has not been released."""

    period: str
    count: Count | None
    year_before: Count | None


@dataclass(frozen=True, slots=True)
class Picture:
    """What is shown of a question: the number, its course over a year, and how it divides. ``k`` is that of
    its release."""

    question: Question
    k: int
    count: Count
    course: tuple[Point, ...]
    divisions: tuple[Division, ...]


def picture(question: Question, releases: Releases) -> Picture:
    """The picture of ``question``. ``releases`` must hold its own release; see ``wanted`` for the others."""
    release = releases[question.kind, question.period]
    return Picture(
        question,
        release.k,
        count(question, release),
        tuple(_point(question, period, releases) for period in course(question.kind, question.period)),
        tuple(_divisions(question, release)),
    )


def wanted(question: Question) -> tuple[tuple[str, str], ...]:
    """(Kind, period) of every release that a picture may look at."""
    now = course(question.kind, question.period)
    then = () if question.kind == "year" else tuple(before(question.kind, one) for one in now)
    return tuple((question.kind, period) for period in (*then, *now))


def count(question: Question, release: Release) -> Count:
    """What ``release`` tells of the question; fewer than k where it tells nothing."""
    return _sum(figure for figure in _figures(question, release))


def _figures(question: Question, release: Release) -> Iterable[Figure]:
    """The rows of the one table that answers the question."""
    name, code = question.alone
    if name:
        table, sought = ALONE[name], {"region": question.region, column(name): code}
    elif question.municipality:
        table, sought = "municipalities", {"municipality": question.municipality, "need": question.need}
    elif question.need:
        table, sought = "needs", {"region": question.region, "need": question.need}
    elif question.group:
        table = "groups" if _has(release, "groups") else "needs"
        sought = {"region": question.region, "need_group": question.group}
    else:
        table = next(name for name in ("regions", "groups", "needs") if _has(release, name))
        sought = {"region": question.region}
    if not _has(release, table):
        return ()
    found = release.table(table)
    places = [(found.columns.index(name), value) for name, value in sought.items() if value]
    figures = (one for one in found.figures if all(one.codes[place] == value for place, value in places))
    if table == "municipalities" and question.group and not question.need:
        needs = _needs_of(question.group, release)
        return (one for one in figures if one.codes[2] in needs)
    return figures


def by_region(question: Question, release: Release) -> Mapping[str, Count]:
    """What ``release`` tells of the question in each region that it tells of, by code."""
    everywhere = Question(
        question.kind, question.period, ALL, "", question.group, question.need, question.alone
    )
    parts: defaultdict[str, list[Figure]] = defaultdict(list)
    for one in _figures(everywhere, release):
        parts[one.codes[0]].append(one)
    return {region: _sum(figures) for region, figures in parts.items()}


def _point(question: Question, period: str, releases: Releases) -> Point:
    def at(when: str) -> Count | None:
        release = releases.get((question.kind, when))
        return None if release is None else count(question, release)

    is_year = question.kind == "year"
    return Point(period, at(period), None if is_year else at(before(question.kind, period)))


def _divisions(question: Question, release: Release) -> Iterable[Division]:
    if question.alone[0]:
        yield from _whole_divisions(question, release)
        return
    if not question.municipality and not question.group and _has(release, "groups"):
        yield _division(question, release, "groups", "need_group", "topic")
    if not question.need:
        table = "municipalities" if question.municipality else "needs"
        yield _division(question, release, table, "need", "topic")
    if question.region == ALL:
        yield _regions(question, release)
    elif not question.municipality and _has(release, "municipalities"):
        yield _division(question, release, "municipalities", "municipality", "municipality")
    if not question.is_narrowed:
        yield from _whole_divisions(question, release)


def _whole_divisions(question: Question, release: Release) -> Iterable[Division]:
    for name, table in ALONE.items():
        if _has(release, table):
            yield _division(question, release, table, column(name), name)
    if _has(release, "misses"):
        yield _division(question, release, "misses", "language", "")


def _division(question: Question, release: Release, table: str, by: str, sets: str) -> Division:
    """The rows of ``table`` within the question, summed ``by`` a column."""
    found = release.table(table)
    place = found.columns.index(by)
    within = {
        "region": question.region,
        "municipality": question.municipality,
        "need_group": question.group,
        "need": question.need,
    }
    held = [(found.columns.index(name), value) for name, value in within.items() if name in found.columns]
    needs = (
        _needs_of(question.group, release) if question.group and "need_group" not in found.columns else None
    )
    parts: defaultdict[str, list[Figure]] = defaultdict(list)
    for one in found.figures:
        if any(value and one.codes[at] != value for at, value in held):
            continue
        if needs is None or one.codes[-1] in needs:
            parts[one.codes[place]].append(one)
    return Division(table, by, sets, _ranked({code: _sum(figures) for code, figures in parts.items()}))


def _regions(question: Question, release: Release) -> Division:
    return Division("regions", "region", "region", _ranked(by_region(question, release)))


def _ranked(counts: Mapping[str, Count]) -> tuple[Row, ...]:
    """The largest first; equal ones in the public order in which they are told."""
    total = sum(one.number for one in counts.values())
    ordered = sorted(counts.items(), key=lambda item: -item[1].number)
    return tuple(Row(code, one, one.number / total if total else 0.0) for code, one in ordered)


def _needs_of(group: str, release: Release) -> frozenset[str]:
    return frozenset(one.codes[2] for one in release.table("needs").figures if one.codes[1] == group)


def _has(release: Release, table: str) -> bool:
    return any(one.name == table for one in release.tables)


def _sum(figures: Iterable[Figure]) -> Count:
    number = least = 0
    for one in figures:
        number += one.number
        least += one.least
    return Count(number, least)
