"""Distances from where people live, gaps where there was demand, and what a region has."""

import itertools
from dataclasses import replace
from datetime import date, datetime, timedelta
from math import inf
from typing import Any

import numpy as np
import pytest

from referral.demand.file_words import in_english
from referral.directory.distance import from_point, vector
from referral.directory.index import Directory
from referral.hours import HELSINKI
from referral.model import Coverage, Form, Offer, Role, Source
from referral.situation.gaps import ENOUGH, gaps, served, share_beyond
from referral.situation.homes import Homes, weighted_median
from referral.situation.overview import openings, overview
from referral.situation.spots import places, serves
from referral.situation.supply import ANYTHING, Supply, is_in_person, is_there
from referral.situation.supply_sheet import HEADING, in_words, supply_sheet
from tests.bench import synthetic
from tests.referral.situation.year import frame, releases
from tests.referral.supply import (
    HELSINKI as HELSINKI_CODE,
)
from tests.referral.supply import (
    INARI,
    KEMIJARVI,
    SAVUKOSKI,
    SODANKYLA,
    at,
    atlas,
    catalog,
    covering,
    directory,
    offer,
    source,
)

TODAY = date(2026, 11, 22)
UTSJOKI, ENONTEKIO = "890", "047"
EVERYTHING = frozenset({ANYTHING, "kela"})
YEAR = next(one for one in releases() if (one.kind, one.period) == ("year", "2026"))
LAPLAND = ("19",)


def helping(id: str, place: str, **changes: Any) -> Offer:
    return replace(at(id, place), **{"needs": EVERYTHING, **changes})


def supply(*offers: Offer) -> Supply:
    return Supply(directory(*offers), TODAY)


def test_the_median_is_weighted() -> None:
    assert weighted_median(np.array([5.0, 1.0, 9.0]), np.array([1.0, 1.0, 8.0])) == 9.0
    assert weighted_median(np.array([5.0, 1.0]), np.array([1.0, 1.0])) == 1.0
    assert weighted_median(np.array([inf, 1.0]), np.array([3.0, 1.0])) == inf


def test_every_home_of_every_municipality_is_there() -> None:
    homes = Homes.of(atlas())
    assert set(homes.place) == set(atlas().municipalities)
    covered = sorted((one.start, one.stop) for one in homes.place.values())
    assert covered[0][0] == 0
    assert all(one[1] == other[0] for one, other in itertools.pairwise(covered))
    assert covered[-1][1] == len(homes.points) == len(homes.people)


def test_distance_is_from_where_people_live() -> None:
    reach = supply(helping("one", SODANKYLA)).reach()
    near, far = reach[SODANKYLA], reach[UTSJOKI]
    assert near.km is not None
    assert near.km < 10
    assert 0 < near.beyond < 0.3  # Villages far from the centre.
    assert near.points == 1
    assert far.km is not None
    assert 200 < far.km < 350
    assert far.beyond == 1.0


def test_nobody_anywhere() -> None:
    reach = supply().reach()
    assert reach[INARI].km is None
    assert reach[INARI].beyond == 1.0
    assert supply().median_km(["148"]) is None
    assert supply().nearest(INARI) == ()


@pytest.mark.parametrize(
    ("changes", "counts"),
    [
        ({}, True),
        ({"role": Role.POINTER}, False),
        ({"form": Form.REMOTE}, False),
        ({"needs": frozenset({"printing_scanning"})}, False),
        ({"coverage": covering(KEMIJARVI)}, False),
        ({"coverage": covering(SODANKYLA)}, True),
        ({"coverage": Coverage(False, ("19",), ())}, True),
        ({"coverage": Coverage(False, ("01",), ())}, False),
        ({"valid_until": TODAY - timedelta(days=1)}, False),
        ({"valid_until": TODAY}, True),
        ({"valid_from": TODAY + timedelta(days=1)}, False),
        ({"audience": ("supporters",)}, False),
        ({"point": None}, True),
        ({"point": None, "municipality": ""}, False),
        ({"point": None, "municipality": "", "coverage": covering(SODANKYLA)}, True),
        ({"ends": datetime(2026, 11, 21, 12, tzinfo=HELSINKI)}, False),
    ],
)
def test_which_offers_count(changes: dict[str, Any], counts: bool) -> None:
    reach = supply(helping("one", SODANKYLA, **changes)).reach()[SODANKYLA]
    assert (reach.km is not None) is counts


def test_a_language_is_near_only_where_it_is_known() -> None:
    there = supply(helping("one", INARI), helping("two", SODANKYLA, languages=("fi", "se")))
    assert there.reach()[INARI].km != there.reach(ANYTHING, "se")[INARI].km
    rows = {one.reach.municipality: one for one in served(there, LAPLAND, None)}
    assert rows[INARI].lacking == ("se", "smn", "sms")
    assert rows[SODANKYLA].lacking == ()
    assert rows[KEMIJARVI].lacking == ()  # Finnish goes without saying.
    line = replace(offer("line"), needs=EVERYTHING, form=Form.REMOTE, languages=("se",))
    rows = {one.reach.municipality: one for one in served(supply(line), LAPLAND, None)}
    assert rows[INARI].by_phone == ("se",)


def test_the_worst_served_come_first() -> None:
    rows = served(supply(helping("one", SODANKYLA), helping("two", KEMIJARVI)), LAPLAND, None)
    assert len(rows) == 21
    assert rows[0].reach.municipality == UTSJOKI
    shares = [one.reach.beyond for one in rows]
    assert shares == sorted(shares, reverse=True)
    assert rows[-1].reach.municipality in (SODANKYLA, KEMIJARVI, "583")
    nowhere = served(supply(helping("south", HELSINKI_CODE, coverage=covering(HELSINKI_CODE))), LAPLAND, None)
    assert {one.reach.km for one in nowhere} == {None}
    assert nowhere[0].reach.municipality == "698"  # Then where most people live.


def test_the_nearest_neighbour_is_the_nearest_elsewhere_that_serves_them() -> None:
    there = supply(
        helping("own", SAVUKOSKI),
        helping("near", SODANKYLA),
        helping("far", INARI),
        helping("closed", KEMIJARVI, coverage=covering(KEMIJARVI)),
    )
    found = there.nearest(SAVUKOSKI)
    assert [code for code, _ in found] == [SODANKYLA, INARI]
    assert 60 < found[0][1] < 110


def test_the_share_is_weighted_by_people() -> None:
    reach = supply(helping("one", HELSINKI_CODE)).reach()
    assert share_beyond([reach[HELSINKI_CODE], reach[UTSJOKI]]) == pytest.approx(
        1180 / (1180 + reach[HELSINKI_CODE].people), rel=0.05
    )
    assert share_beyond([]) == 0.0


def test_gaps_are_flagged_only_where_ten_asked() -> None:
    needs = list(frame().needs)
    found = gaps(YEAR, supply(), LAPLAND, needs)
    told = {(one.codes[0], one.codes[2]): one for one in YEAR.table("needs").figures}
    small = [key for key, one in told.items() if key[0] == "19" and one.number and one.least < ENOUGH]
    assert found
    assert small
    assert all(one.count.least >= ENOUGH for one in found)
    assert not [one for one in found if (one.region, one.need) in small]
    assert {one.region for one in found} == {"19"}
    assert {one.municipality for one in found} > {""}


def test_help_at_home_or_near_is_no_gap() -> None:
    needs = frozenset(frame().needs)
    near = [replace(at(code, code), needs=needs) for code in atlas().municipalities]
    assert gaps(YEAR, supply(*near), LAPLAND, list(needs)) == ()
    visits = replace(offer("visits"), needs=needs, home_visits=True)
    assert not [one for one in gaps(YEAR, supply(visits), LAPLAND, list(needs)) if one.municipality]
    assert gaps(YEAR, supply(), LAPLAND, []) == ()


def test_a_municipality_s_demand_stands_beside_its_supply() -> None:
    rows = {one.reach.municipality: one for one in served(supply(), LAPLAND, YEAR)}
    told = [one for one in YEAR.table("municipalities").figures if one.codes[1] == "698"]
    count = rows["698"].count
    assert count is not None
    assert count.number == sum(one.number for one in told) > 0
    untold = frame().municipalities["19"][-1]
    assert rows[untold].count is None


def test_what_a_region_has() -> None:
    old = Source("made up", TODAY - timedelta(days=184), source().confidence)
    there = supply(
        helping("one", SODANKYLA, languages=("fi", "se"), ethical_guidelines=True),
        helping("two", INARI, source=old, ethical_guidelines=False),
        helping("ask", INARI, role=Role.POINTER),
        helping("course", INARI, form=Form.TRAINING),
        helping("south", HELSINKI_CODE),
        replace(offer("line"), form=Form.REMOTE, needs=EVERYTHING),
        replace(offer("ours"), form=Form.REMOTE, needs=EVERYTHING, coverage=Coverage(False, ("19",), ())),
    )
    found = overview(there, LAPLAND)
    assert (found.offers, found.helpers, found.ask_first) == (4, 4, 1)
    assert found.forms == {Form.IN_PERSON: 2, Form.TRAINING: 1, Form.REMOTE: 1}
    assert found.languages == {"fi": 1, "se": 1}
    assert found.language_unknown == 3
    assert (found.checked, found.guided, found.unguided) == (3, 1, 1)


def test_points_that_opened_and_closed_in_a_period() -> None:
    first, last = date(2026, 10, 1), date(2026, 12, 31)
    offers = (
        helping("new", INARI, valid_from=date(2026, 10, 1)),
        helping("gone", INARI, valid_until=date(2026, 12, 31)),
        helping("older", INARI, valid_from=date(2026, 9, 30), valid_until=date(2027, 1, 1)),
        helping("course", INARI, form=Form.TRAINING, valid_from=date(2026, 10, 2)),
        helping("south", HELSINKI_CODE, valid_from=date(2026, 10, 2)),
    )
    found = openings(offers, LAPLAND, atlas(), first, last)
    assert [one.id for one in found.opened] == ["new"]
    assert [one.id for one in found.closed] == ["gone"]
    assert not is_there(offers[1], date(2027, 1, 1))


def test_the_sheet_has_a_cell_for_every_column() -> None:
    rows = served(supply(helping("one", SODANKYLA)), LAPLAND, YEAR)

    def named(kind: str, code: str) -> str:
        return atlas().municipalities[code].names["fi"] if kind == "municipality" else f"{kind} {code}"

    sheet = supply_sheet(rows, lambda code: "19", named, "", 5)
    assert len(sheet.rows) == 21
    assert all(len(row) == len(HEADING) for row in sheet.rows)
    first = dict(zip(sheet.heading, sheet.rows[0], strict=True))
    assert first["name"] == "Utsjoki"
    assert first["share_over_30_km"] == 1.0
    assert first["languages_lacking"] == "se"
    assert first["number"] == "<5"
    untold = frame().municipalities["19"][-1]
    assert [row[-2] for row in sheet.rows if row[0] == untold] == [""]


def test_the_sheet_for_people_has_names() -> None:
    rows = served(supply(helping("one", SODANKYLA)), LAPLAND, YEAR)
    sheet = supply_sheet(rows, lambda code: "19", lambda kind, code: code, "", 5)
    shown = in_words(sheet, "Title", lambda kind, code: f"{kind} {code}", in_english)
    first = dict(zip(shown.heading, shown.rows[0], strict=True))
    assert shown.name == "Title"
    assert first["Region"] == "region 19"
    assert first["Support with"] == f"need {ANYTHING}"
    assert first["Home visits"] == "helped no"
    assert first["Lacking near"] == "language se"
    assert first["Residents"] == sheet.rows[0][HEADING.index("residents")]


def test_everything_that_a_page_asks_of_supply_is_among_its_parts(monkeypatch: pytest.MonkeyPatch) -> None:
    there = supply(helping("one", SODANKYLA), helping("two", INARI, languages=("se",)))
    for part in there.parts():
        part()
    monkeypatch.setattr(Supply, "_reach", None)
    needs = [need for need in catalog().needs if need in there.offers[0].needs]
    assert needs
    for need in needs:
        assert len(served(there, tuple(atlas().regions), YEAR, need)) == len(atlas().municipalities)
    assert gaps(YEAR, there, tuple(atlas().regions), needs)


def test_reach_is_worked_out_once() -> None:
    there = supply(helping("one", SODANKYLA))
    assert there.reach("kela") == there.reach(ANYTHING)
    assert there.reach("kela") is there.reach("kela")
    assert isinstance(there.directory, Directory)


@pytest.mark.parametrize("need", ["kela", "email", ANYTHING])
def test_sets_of_needs_and_blocks_change_no_distance(need: str) -> None:
    """Against the plain reckoning: the least of all distances to what serves the need and the municipality."""
    made = synthetic.offers(400, catalog(), atlas())
    there = Supply(Directory.of(made, atlas()), TODAY)
    serving = [one for one in there.offers if is_in_person(one) and need in one.needs]
    assert len(serving) > 50
    for code in (INARI, SODANKYLA, HELSINKI_CODE, "478"):
        homes = [home for home in atlas().municipalities[code].homes if home.people]
        far = [
            min(
                from_point(point).km(float(np.dot(vector(home.lat, home.lon), vector(*point))))
                for one in serving
                if serves(one, code, atlas())
                for point in places(one, atlas())
            )
            for home in homes
        ]
        median = weighted_median(np.array(far), np.array([float(home.people) for home in homes]))
        assert there.reach(need)[code].km == pytest.approx(median, abs=0.01)
