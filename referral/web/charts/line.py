"""A course in time: a line, and the same periods a year earlier as a dashed one."""

from collections.abc import Sequence
from dataclasses import dataclass

from markupsafe import Markup

from referral.web.charts.markup import element, figure

HEIGHT = 15
"""Rem."""

_TOP, _BOTTOM = 8.0, 84.0
_LEFT, _RIGHT = 11.0, 92.0
"""Per cent; beside them there is room for half of a period's name."""

_MARKS = 5
"""How many periods are named below the line, at most: so many fit on a phone."""

Values = tuple[int | None, ...]


@dataclass(frozen=True, slots=True)
class Line:
    """``values`` by period, ``before`` a year earlier; None where nothing is known, 0 for "fewer than k",
    which is drawn hollow on the ground line. ``labels`` are the periods in few letters; ``scale`` writes a
    number of the scale. ``key`` must be its own on the page."""

    key: str
    title: str
    description: str
    labels: tuple[str, ...]
    values: Values
    before: Values
    scale: tuple[tuple[int, str], ...]


def line(chart: Line) -> Markup:
    """The chart; without any value only its scale."""
    top = max((number for number, _ in chart.scale), default=1) or 1
    return figure(
        chart.key,
        chart.title,
        chart.description,
        *(_rule(number, words, top) for number, words in chart.scale),
        _path(chart.before, top, "before"),
        _path(chart.values, top, "now"),
        *_marks(chart.before, top, "before"),
        *_marks(chart.values, top, "now"),
        *_names(chart.labels),
        class_="chart line",
        width="100%",
        height=f"{HEIGHT}rem",
    )


def steps(values: Sequence[int | None]) -> tuple[int, ...]:
    """The numbers of a scale for ``values``: 0, a round half and a round whole above the greatest."""
    greatest = max((one for one in values if one), default=5)
    size = 1
    while True:
        for whole in (10 * size, 20 * size, 40 * size, 50 * size):
            if greatest <= whole:
                return 0, whole // 2, whole
        size *= 10


def _across(place: int, count: int) -> float:
    return _LEFT + (_RIGHT - _LEFT) * (place / (count - 1) if count > 1 else 0.5)


def _down(number: int, top: int) -> float:
    return _BOTTOM - (_BOTTOM - _TOP) * number / top


def _rule(number: int, words: str, top: int) -> Markup:
    y = _down(number, top)
    ruled = element("line", x1="0%", x2="100%", y1=f"{y:.1f}%", y2=f"{y:.1f}%", class_="rule")
    return ruled + element("text", words, x="0%", y=f"{y:.1f}%", dy="-0.3em", class_="scale")


def _path(values: Values, top: int, name: str) -> Markup:
    """The line, broken where nothing is known: in a frame of 100 × 100 that is stretched over the chart."""
    parts: list[list[str]] = [[]]
    for place, value in enumerate(values):
        if value is None:
            parts.append([])
        else:
            parts[-1].append(f"{_across(place, len(values)):.2f} {_down(value, top):.2f}")
    drawn = " ".join("M" + " L".join(part) for part in parts if len(part) > 1)
    if not drawn:
        return Markup("")
    return element(
        "svg",
        element("path", d=drawn, class_=name, vector_effect="non-scaling-stroke"),
        viewBox="0 0 100 100",
        preserveAspectRatio="none",
        width="100%",
        height="100%",
    )


def _marks(values: Values, top: int, name: str) -> list[Markup]:
    return [
        element(
            "circle",
            cx=f"{_across(place, len(values)):.2f}%",
            cy=f"{_down(value, top):.2f}%",
            r="0.3rem" if name == "now" else "0.2rem",
            class_=name if value else f"{name} small",
        )
        for place, value in enumerate(values)
        if value is not None
    ]


def _names(labels: tuple[str, ...]) -> list[Markup]:
    last = len(labels) - 1
    named = {round(last * mark / (_MARKS - 1)) for mark in range(_MARKS)} if last else {0}
    return [
        element(
            "text",
            words,
            x=f"{_across(place, len(labels)):.2f}%",
            y="97%",
            text_anchor="middle",
        )
        for place, words in enumerate(labels)
        if place in named
    ]
