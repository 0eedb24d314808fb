"""The regions of Finland as a grid of tiles: each as large as the other, about where it lies.

An outline would let Lapland outshine everybody and would need a licence; tiles say only what is north of
what. The grid is our own, and a page calls it approximate.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass

from markupsafe import Markup

from referral.web.charts.markup import element, figure

GRID = (
    ("", "", "", "19", "", ""),
    ("", "", "16", "17", "18", ""),
    ("", "15", "14", "13", "11", "12"),
    ("", "04", "06", "07", "10", ""),
    ("21", "02", "05", "01", "08", "09"),
)
"""Region codes, north at the top."""

CLASSES = 3
"""Classes above nothing; the middle one is hatched widely, the highest closely."""

_HIGH = 4.0
_HATCHES = {2: "hatch-wide", 3: "hatch"}


@dataclass(frozen=True, slots=True)
class Tile:
    """A region: its name, what is written on it ("" for nothing known), and what decides its class (a rate;
    None where nothing is told)."""

    name: str
    words: str
    rate: float | None


@dataclass(frozen=True, slots=True)
class Tiles:
    """``tiles`` by region code; ``chosen`` is framed. ``key`` must be its own on the page."""

    key: str
    title: str
    description: str
    tiles: Mapping[str, Tile]
    chosen: str = ""


def tiles(chart: Tiles) -> Markup:
    """The grid; regions without a tile stay empty."""
    limits = thresholds([one.rate for one in chart.tiles.values() if one.rate])
    placed = [
        _tile(chart.tiles[code], row, column, limits, code == chart.chosen)
        for row, codes in enumerate(GRID)
        for column, code in enumerate(codes)
        if code in chart.tiles
    ]
    return figure(
        chart.key,
        chart.title,
        chart.description,
        *placed,
        class_="chart tiles",
        width="100%",
        height=f"{_HIGH * len(GRID)}rem",
    )


def thresholds(rates: list[float]) -> tuple[float, ...]:
    """The least rates of the second and the third class: a third of the regions that have one in each."""
    ordered = sorted(rates)
    return tuple(ordered[len(ordered) * part // CLASSES] for part in range(1, CLASSES)) if ordered else ()


def shade(rate: float | None, limits: tuple[float, ...]) -> int:
    """The class of a tile: 0 where nothing is told, then 1 (lowest) to 3."""
    return 0 if not rate else 1 + sum(rate >= limit for limit in limits)


def letters(name: str) -> str:
    """A region's name in few letters: "Pohjois-Savo" -> "P-Sa", "Lappi" -> "Lappi", "Uusimaa" -> "Uusim"."""
    parts = re.split(r"[-\s]", name)
    return f"{parts[0][0]}-{parts[-1][:2]}" if len(parts) > 1 else name[:5]


def _tile(tile: Tile, row: int, column: int, limits: tuple[float, ...], chosen: bool) -> Markup:
    wide = 100 / len(GRID[0])
    at = {
        "x": f"{column * wide + 0.4:.2f}%",
        "y": f"{row * _HIGH + 0.125:.3f}rem",
        "width": f"{wide - 0.8:.2f}%",
        "height": f"{_HIGH - 0.25:.3f}rem",
        "rx": "0.125rem",
    }
    level = shade(tile.rate, limits)
    middle = f"{(column + 0.5) * wide:.2f}%"
    drawn = [element("rect", class_=f"tile class-{level}{' chosen' if chosen else ''}", **at)]
    if level in _HATCHES:
        drawn.append(element("rect", fill=f"url(#{_HATCHES[level]})", class_="hatch", **at))
    drawn.append(_plate(row, column, wide, level))
    for words, down in ((letters(tile.name), 1.7), (tile.words, 3.0)):
        drawn.append(
            element("text", words, x=middle, y=f"{row * _HIGH + down:.3f}rem", class_=f"on class-{level}")
        )
    return element("g", element("title", f"{tile.name}: {tile.words}"), *drawn)


def _plate(row: int, column: int, wide: float, level: int) -> Markup:
    """What the words stand on, so that no hatching runs through them."""
    return element(
        "rect",
        x=f"{column * wide + 2.4:.2f}%",
        y=f"{row * _HIGH + 0.6:.3f}rem",
        width=f"{wide - 4.8:.2f}%",
        height=f"{_HIGH - 1.2:.3f}rem",
        class_=f"plate class-{level}",
    )
