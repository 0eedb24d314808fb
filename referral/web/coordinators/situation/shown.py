"""The parts of the picture as its page shows them: rows with their words, their bars and where they lead."""

from collections.abc import Iterable
from dataclasses import dataclass

from markupsafe import Markup

from locales.text import Text
from referral.situation.picture import Count, Division, Picture
from referral.situation.question import Question
from referral.web.charts.bar import bar
from referral.web.charts.line import Line, line, steps
from referral.web.charts.tiles import Tile, Tiles, tiles
from referral.web.coordinators.situation import words
from referral.web.coordinators.situation.address import with_pick
from referral.web.coordinators.situation.naming import Naming

SHARED = frozenset({"groups", "needs", "regions", "municipalities"})
"""Divisions whose shares say something: of the others some parts are never told."""


@dataclass(frozen=True, slots=True)
class ShownRow:
    """A row: its name, where it leads ("" for nowhere), the number as it is told, its share of what is told
    ("" where that says nothing), and the bar."""

    name: str
    address: str
    told: str
    share: str
    bar: Markup
    is_chosen: bool


@dataclass(frozen=True, slots=True)
class ShownDivision:
    """A division as a table with bars; ``small`` are the rows of which fewer than k are told."""

    key: str
    title: Text
    column: Text
    note: Text | None
    rows: tuple[ShownRow, ...]
    small: tuple[ShownRow, ...]
    has_shares: bool


@dataclass(frozen=True, slots=True)
class ShownPoint:
    """A period of the course: its name, and the numbers then and a year before, "" where not released."""

    period: str
    told: str
    before: str


@dataclass(frozen=True, slots=True)
class ShownRegion:
    """A region of the map."""

    name: str
    told: str
    rate: str


def division(part: Division, question: Question, k: int, naming: Naming) -> ShownDivision:
    """``part`` with its names, in its order."""
    chosen = set(question.picks().values())
    longest = max((row.count.number for row in part.rows), default=0)
    rows = tuple(
        ShownRow(
            naming.name(part.column, row.code),
            with_pick(question, part.filter, row.code) if part.filter else "",
            naming.told(row.count, k),
            naming.percent(row.share) if row.share else "",
            bar(row.count.number / longest if longest else 0.0, strong=row.code in chosen),
            row.code in chosen,
        )
        for row in part.rows
    )
    told = [bool(row.count.number) for row in part.rows]
    return ShownDivision(
        part.table,
        words.DIVISIONS[part.table],
        words.COLUMNS[part.column],
        words.NOTES.get(part.table) if question.kind != "month" else None,  # Of a month nothing is held back.
        tuple(row for row, is_told in zip(rows, told, strict=True) if is_told),
        tuple(row for row, is_told in zip(rows, told, strict=True) if not is_told),
        part.table in SHARED,
    )


def course(picture: Picture, what: str, naming: Naming) -> Markup:
    """The line of the course."""
    now = tuple(point.count.number if point.count else None for point in picture.course)
    before = tuple(point.year_before.number if point.year_before else None for point in picture.course)
    is_years = picture.question.kind == "year"
    shows = naming.say(
        Text(
            (words.COURSE_SHOWS_YEARS if is_years else words.COURSE_SHOWS).msgid,
            (
                ("count", len(picture.course)),
                ("period", naming.period(picture.question.period)),
                ("k", picture.k),
            ),
        )
    )
    return line(
        Line(
            "course",
            naming.say(Text(words.COURSE_TITLE.msgid, (("what", what),))),
            shows,
            tuple(naming.short_period(point.period) for point in picture.course),
            now,
            before,
            tuple((one, naming.number(one)) for one in steps((*now, *before))),
        )
    )


def points(picture: Picture, naming: Naming) -> tuple[ShownPoint, ...]:
    """The rows of the course's table, the newest first."""

    def told(count: Count | None) -> str:
        return "" if count is None else naming.told(count, picture.k)

    return tuple(
        ShownPoint(naming.period(one.period), told(one.count), told(one.year_before))
        for one in reversed(picture.course)
        if one.count or one.year_before
    )


def region_map(
    counts: Iterable[tuple[str, Count, int]], k: int, question: Question, period: str, naming: Naming
) -> tuple[Markup, tuple[ShownRegion, ...]]:
    """The map and its rows; ``counts`` are region, what is told, and its residents."""
    placed = {}
    rows = []
    for code, count, people in counts:
        rate = 1000 * count.number / people if people else 0.0
        name = naming.name("region", code)
        told = naming.told(count, k)
        placed[code] = Tile(name, told, rate or None)
        rows.append((-rate, ShownRegion(name, told, naming.rate(rate) if rate else "")))
    title = naming.say(Text(words.MAP_TITLE.msgid, (("period", period),)))
    chart = Tiles("map", title, naming.say(words.MAP_SHOWS), placed, question.region)
    return tiles(chart), tuple(row for _, row in sorted(rows, key=lambda pair: (pair[0], pair[1].name)))
