"""Charts are well-formed, say what they are, and do not depend on colour."""

import xml.etree.ElementTree as ET

import pytest
from hypothesis import given
from hypothesis import strategies as st

from knowledge.load import load_atlas
from referral.web.charts.bar import bar, hatching
from referral.web.charts.line import Line, line, steps
from referral.web.charts.markup import element
from referral.web.charts.tiles import GRID, Tile, Tiles, letters, shade, thresholds, tiles

LABELS = tuple(f"{month:02}/26" for month in range(1, 13))
NASTY = '<script>alert("x")</script>&\''


def read(markup: str) -> ET.Element:
    return ET.fromstring(markup)


def course(
    values: tuple[int | None, ...], before: tuple[int | None, ...], title: str = "Requests"
) -> ET.Element:
    scale = tuple((one, str(one)) for one in steps((*values, *before)))
    return read(line(Line("c", title, "What it shows", LABELS[: len(values)], values, before, scale)))


def test_text_is_escaped() -> None:
    drawn = element("text", NASTY, class_=NASTY)
    assert read(drawn).text == NASTY
    assert read(drawn).get("class") == NASTY
    assert "<script" not in drawn


@given(st.lists(st.none() | st.integers(0, 100_000), min_size=1, max_size=12), st.data())
def test_any_course_can_be_drawn(values: list[int | None], data: st.DataObject) -> None:
    before = data.draw(
        st.lists(st.none() | st.integers(0, 100_000), min_size=len(values), max_size=len(values))
    )
    drawn = course(tuple(values), tuple(before), NASTY)
    assert drawn.find("title").text == NASTY  # type: ignore[union-attr]
    circles = drawn.findall("circle")
    assert len(circles) == sum(one is not None for one in (*values, *before))
    hollow = [one for one in circles if "small" in (one.get("class") or "")]
    assert len(hollow) == sum(one == 0 for one in (*values, *before))
    for one in circles:
        assert 0 <= float((one.get("cy") or "").rstrip("%")) <= 100


def test_a_picture_has_a_name_and_a_description() -> None:
    drawn = course((5, 10), (0, None))
    assert drawn.get("role") == "img"
    assert drawn.get("aria-labelledby") == drawn.find("title").get("id")  # type: ignore[union-attr]
    assert drawn.get("aria-describedby") == drawn.find("desc").get("id")  # type: ignore[union-attr]


def test_a_line_is_broken_where_nothing_is_known() -> None:
    path = course((5, 10, None, 15, 20), (None,) * 5).find("svg/path")
    assert path is not None
    assert (path.get("d") or "").count("M") == 2
    assert course((None, 5, None), (None,) * 3).find("svg") is None


def test_the_year_before_has_a_line_of_its_own() -> None:
    paths = course((5, 10), (10, 5)).findall("svg/path")
    assert [one.get("class") for one in paths] == ["before", "now"]


@pytest.mark.parametrize(
    ("values", "scale"),
    [
        ((), (0, 5, 10)),
        ((None, 0), (0, 5, 10)),
        ((11,), (0, 10, 20)),
        ((101,), (0, 100, 200)),
        ((4050,), (0, 2500, 5000)),
    ],
)
def test_the_scale_is_round(values: tuple[int | None, ...], scale: tuple[int, ...]) -> None:
    assert steps(values) == scale


def test_bars_are_silent_and_as_long_as_their_share() -> None:
    drawn = read(bar(0.5))
    assert drawn.get("aria-hidden") == "true"
    assert [one.get("width") for one in drawn if one.get("class") == "bar"] == ["50.0%"]
    assert len(read(bar(0.0))) == 1
    assert any(one.get("fill") == "url(#hatch)" for one in read(bar(0.4, strong=True)))
    assert {one.get("id") for one in read(hatching()).iter("pattern")} == {"hatch", "hatch-wide"}


def test_the_grid_has_every_region_once() -> None:
    codes = [code for row in GRID for code in row if code]
    assert sorted(codes) == sorted(load_atlas().regions)
    assert len(codes) == 19


def test_the_grid_is_about_right() -> None:
    at = {code: (row, column) for row, codes in enumerate(GRID) for column, code in enumerate(codes) if code}
    for one, other in (("19", "17"), ("17", "13"), ("13", "06"), ("06", "01"), ("11", "10"), ("18", "11")):
        assert at[one][0] < at[other][0]
    for west, east in (("21", "02"), ("02", "01"), ("15", "12"), ("04", "10"), ("01", "09")):
        assert at[west][1] < at[east][1]


def test_the_highest_classes_are_hatched() -> None:
    regions = load_atlas().regions
    placed = {code: Tile(one.names["fi"], "10", float(n)) for n, (code, one) in enumerate(regions.items())}
    drawn = read(tiles(Tiles("m", "Map", "About", placed, "19")))
    by_class = {
        one.get("class"): [part.get("fill") for part in group]
        for group in drawn.findall("g")
        for one in group
        if "tile" in (one.get("class") or "").split()
    }
    assert any("url(#hatch)" in fills for name, fills in by_class.items() if "class-3" in str(name))
    assert any("url(#hatch-wide)" in fills for name, fills in by_class.items() if "class-2" in str(name))
    assert not any("url(#hatch)" in fills for name, fills in by_class.items() if "class-1" in str(name))
    assert sum("chosen" in str(name) for name in by_class) == 1


def test_classes_are_thirds_of_what_is_told() -> None:
    limits = thresholds([1.0, 2.0, 3.0, 4.0, 5.0, 6.0])
    assert [shade(rate, limits) for rate in (None, 0.0, 1.0, 2.0, 3.0, 4.0, 5.0, 6.0)] == [
        0,
        0,
        1,
        1,
        2,
        2,
        3,
        3,
    ]
    assert thresholds([]) == ()


@pytest.mark.parametrize(
    ("name", "short"),
    [("Pohjois-Savo", "P-Sa"), ("Norra Österbotten", "N-Ös"), ("Lappi", "Lappi"), ("Uusimaa", "Uusim")],
)
def test_names_are_shortened(name: str, short: str) -> None:
    assert letters(name) == short


def test_short_names_differ() -> None:
    for language in ("fi", "sv", "en"):
        short = [letters(one.names.get(language, one.names["fi"])) for one in load_atlas().regions.values()]
        assert len(set(short)) == len(short), language
