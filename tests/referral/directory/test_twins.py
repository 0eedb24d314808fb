"""The same help from two sources."""

from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from referral.directory.starter import load_directory
from referral.directory.twins import PRECEDENCE, TOLD, find_twins, may_be_one, merge
from referral.model import Form, Offer, Organisation, Role
from tests.referral.supply import SODANKYLA, atlas, catalog, offer, source

HERE = (67.41530, 26.58970)
NEXT_DOOR = (67.41600, 26.58970)
ACROSS_TOWN = (67.42530, 26.58970)


def place(id: str, name: str, **changes: Any) -> Offer:
    plain = {
        "names": {"fi": name},
        "organisation": Organisation(id, {"fi": name}, ""),
        "municipality": SODANKYLA,
        "street": "Jäämerentie 1",
        "point": HERE,
    }
    return offer(id, **{**plain, **changes})


LIBRARY = place("library-1", "Sodankylän kirjasto")


@pytest.mark.parametrize(
    "other",
    [
        place("ptv-a-b", "Sodankylän kirjasto"),
        place("ptv-a-b", "Sodankylän kunnankirjasto", street=""),
        place("ptv-a-b", "Digituki, Sodankylän kirjasto", point=NEXT_DOOR),
        place("ptv-a-b", "Kirjasto, Sodankylä", point=None, street="jäämerentie  1"),
    ],
)
def test_the_same_place(other: Offer) -> None:
    (twins,) = find_twins([other, LIBRARY], {})
    assert (twins.shown, twins.other) == ("library-1", "ptv-a-b")
    assert twins.alike >= 78


@pytest.mark.parametrize(
    "other",
    [
        place("ptv-a-b", "Sodankylän kansalaisopisto"),
        place("ptv-a-b", "Sodankylän kirjasto", point=ACROSS_TOWN, street="Toinen tie 5"),
        place("ptv-a-b", "Sodankylän kirjasto", form=Form.TRAINING),
        place("ptv-a-b", "Sodankylän kirjasto", role=Role.POINTER),
        place("ptv-a-b", "Sodankylän kirjasto", audience=("supporters",)),
        place("library-2", "Sodankylän kirjasto"),
        place("ptv-a-b", "Sodankylän kirjasto", point=None, street="Jäämerentie"),
    ],
)
def test_not_the_same(other: Offer) -> None:
    assert find_twins([other, LIBRARY], {}) == ()


@pytest.mark.parametrize(
    ("one", "other", "why"),
    [
        ({"phone": "0295 000"}, {"phone": "+358 295000"}, "phone"),
        ({"url": "https://www.tuki.example/"}, {"url": "http://tuki.example"}, "page"),
        ({"phone": "0295 000"}, {"phone": "0295 001"}, ""),
    ],
)
def test_help_by_phone(one: dict[str, str], other: dict[str, str], why: str) -> None:
    pair = [
        offer("ptv-1", form=Form.REMOTE, names={"fi": "Digineuvonta"}, **one),
        offer("sheet-1", form=Form.REMOTE, names={"fi": "Digineuvonta"}, **other),
    ]
    assert [twins.why for twins in find_twins(pair, {})] == ([why] if why else [])


def test_a_person_can_tell_them_apart() -> None:
    other = place("ptv-a-b", "Sodankylän kirjasto")
    assert find_twins([LIBRARY, other], {}, [("ptv-a-b", "library-1")]) == ()
    assert len(find_twins([LIBRARY, other], {}, [("ptv-a-b", "library-9")])) == 1


def test_the_nearest_to_the_helper_is_shown_and_filled_in() -> None:
    register = place("ptv-a-b", "Sodankylän kirjasto", phone="016 1", hours="Mo 10:00-12:00", price="free")
    own = place("x", "Sodankylän kirjasto", hours="Tu 10:00-12:00")
    sources = {"x": "sheet"}
    twins = find_twins([register, LIBRARY, own], sources)
    assert {(one.shown, one.other) for one in twins} == {
        *(("x", "ptv-a-b"), ("x", "library-1"), ("library-1", "ptv-a-b")),
    }
    (shown,) = merge([register, LIBRARY, own], twins, sources)
    assert (shown.id, shown.hours, shown.phone, shown.price) == ("x", "Tu 10:00-12:00", "016 1", "free")


def test_of_equals_the_one_checked_last() -> None:
    old = place("a-1", "Sodankylän kirjasto", source=source(date(2020, 1, 1)))
    new = place("b-1", "Sodankylän kirjasto", source=source(date(2026, 1, 1)))
    assert find_twins([old, new], {})[0].shown == "b-1"


@settings(deadline=None)
@given(
    st.permutations([("sheet-1", HERE), ("ptv-1", NEXT_DOOR), ("library-1", HERE), ("hsds-1", ACROSS_TOWN)])
)
def test_the_order_of_the_sources_changes_nothing(told: list[tuple[str, tuple[float, float]]]) -> None:
    offers = [place(id, "Sodankylän kirjasto", point=point, street="") for id, point in told]
    twins = find_twins(offers, {})
    merged = merge(offers, twins, {})
    assert {one.id for one in merged} == {"sheet-1", "hsds-1"}
    assert len(twins) == 3
    assert find_twins(merged, {}) == ()


def test_the_starter_directory_read_again_from_another_source() -> None:
    """Every library branch finds itself and no other; no branch is lost."""
    libraries = [
        one
        for one in load_directory(catalog(), atlas()).rows
        if one.id.startswith("library-") and one.role is Role.SUPPORT and not one.id.endswith("-equipment")
    ]
    assert len(libraries) == 143
    again = [replace(one, id=f"ptv-{one.id}") for one in libraries]
    twins = find_twins([*libraries, *again], {})
    assert {(one.shown, one.other) for one in twins} >= {(one.id, f"ptv-{one.id}") for one in libraries}
    merged = merge([*again, *libraries], twins, {})
    assert len(merged) >= 140
    assert PRECEDENCE.index("library") < PRECEDENCE.index("ptv")


def test_a_person_says_that_two_are_one() -> None:
    far = place("ptv-a-b", "Digipiste", point=ACROSS_TOWN, street="Toinen tie 5", phone="016 1")
    assert find_twins([far, LIBRARY], {}) == ()
    for pair in (("ptv-a-b", "library-1"), ("library-1", "ptv-a-b")):
        (twins,) = find_twins([far, LIBRARY], {}, same=[pair])
        assert (twins.shown, twins.other, twins.why) == ("library-1", "ptv-a-b", TOLD)
        (shown,) = merge([far, LIBRARY], [twins], {})
        assert (shown.id, shown.phone) == ("library-1", "016 1")
    assert (
        find_twins([far, LIBRARY], {}, apart=[("library-1", "ptv-a-b")], same=[("ptv-a-b", "library-1")])
        == ()
    )
    assert find_twins([far, LIBRARY], {}, same=[("ptv-a-b", "gone")]) == ()


def test_two_of_one_source_are_one_where_a_person_says_so() -> None:
    other = place("library-2", "Sodankylän kirjasto")
    assert find_twins([other, LIBRARY], {}) == ()
    (twins,) = find_twins([other, LIBRARY], {}, same=[("library-2", "library-1")])
    assert (twins.shown, twins.other, twins.alike) == ("library-1", "library-2", 100)


def test_what_the_program_finds_too_is_told_once() -> None:
    other = place("ptv-a-b", "Sodankylän kirjasto")
    assert len(find_twins([other, LIBRARY], {}, same=[("ptv-a-b", "library-1")])) == 1


@pytest.mark.parametrize(
    "changes",
    [
        {"form": Form.REMOTE},
        {"form": Form.TRAINING},
        {"role": Role.POINTER},
        {"audience": ("supporters",)},
        {"id": "library-1"},
    ],
)
def test_one_card_never_stands_for_two_sorts(changes: dict[str, Any]) -> None:
    other = replace(place("ptv-a-b", "Sodankylän kirjasto"), **changes)
    assert not may_be_one(LIBRARY, other)
    assert find_twins([other, LIBRARY], {}, same=[("ptv-a-b", "library-1")]) == ()
