"""What holds of every answer, whatever is in the directory."""

from dataclasses import replace
from datetime import date, timedelta
from math import inf
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from referral.directory.distance import from_homes, from_point
from referral.match import match
from referral.model import Answer, Confidence, Coverage, Form, Offer, Reason, Request, Role, Unmet
from tests.referral.supply import (
    ESPOO,
    HELSINKI,
    INARI,
    KEMIJARVI,
    MONDAY,
    SAVUKOSKI,
    SODANKYLA,
    VANTAA,
    atlas,
    covering,
    directory,
    offer,
    source,
)

PLACES = (HELSINKI, ESPOO, VANTAA, SODANKYLA, SAVUKOSKI, KEMIJARVI, INARI)
HOURS = (
    "",
    "24/7",
    "Mo 09:00-11:00",
    "Mo 11:00-12:00",
    "Tu 11:00-12:00",
    "Fr 11:00-12:00",
    "Jun 09:00-10:00",
    "off",
)
OPEN_SOONER = HOURS[1:]
"""From open now to never."""

COVERAGES = (
    Coverage(True),
    Coverage(True),
    Coverage(True),
    covering(SODANKYLA),
    covering(HELSINKI, ESPOO),
    Coverage(False, ("19",), ()),
)

POINTS = st.one_of(
    st.none(),
    st.tuples(st.floats(60.1, 60.4), st.floats(24.5, 25.2)),
    st.tuples(st.floats(66.5, 68.9), st.floats(25.0, 29.0)),
)

CHECKED = st.one_of(
    st.none(), st.integers(0, 1200).map(lambda days: date(2026, 11, 22) - timedelta(days=days))
)


@st.composite
def offers(draw: st.DrawFn) -> tuple[Offer, ...]:
    """A small directory; every part of an offer that matters varies."""
    return tuple(
        offer(
            f"offer{number}",
            form=draw(st.sampled_from(Form)),
            role=draw(st.sampled_from((Role.SUPPORT, Role.SUPPORT, Role.SUPPORT, *Role))),
            needs=draw(st.sampled_from((frozenset({"kela"}), frozenset({"kela", "home_visit", "course"})))),
            coverage=draw(st.sampled_from(COVERAGES)),
            municipality=draw(st.sampled_from(("", *PLACES))),
            point=draw(POINTS),
            hours=draw(st.sampled_from(HOURS)),
            languages=draw(st.sampled_from(((), ("fi",), ("sv",), ("fi", "sv")))),
            audience=draw(st.sampled_from(((), (), ("seniors",), ("deafblind",)))),
            home_visits=draw(st.booleans()),
            source=source(draw(CHECKED), draw(st.sampled_from(Confidence))),
        )
        for number in range(draw(st.integers(0, 18)))
    )


REQUESTS = st.builds(
    Request,
    needs=st.sampled_from((("kela",), ("course",), ("home_visit", "kela"))),
    municipality=st.sampled_from(("", *PLACES)),
    point=POINTS,
    form=st.sampled_from((None, None, *Form)),
    languages=st.sampled_from(((), ("fi",), ("sv",), ("fi@simple",))),
)


def rank(answer: Answer, id: str) -> float:
    """Where the offer stands, from 0; infinity where it is not shown."""
    return next((float(at) for at, found in enumerate(answer.matches) if found.offer.id == id), inf)


def not_lower(request: Request, supply: tuple[Offer, ...], better: Offer) -> None:
    """Putting ``better`` in the place of the offer of its id must not rank it lower."""
    improved = tuple(better if one.id == better.id else one for one in supply)
    before = match(request, directory(*supply), MONDAY)
    after = match(request, directory(*improved), MONDAY)
    assert rank(after, better.id) <= rank(before, better.id)


@settings(max_examples=100, deadline=None)
@given(REQUESTS, offers(), st.data())
def test_checked_later_is_never_lower(
    request: Request, supply: tuple[Offer, ...], data: st.DataObject
) -> None:
    for one in supply[:1]:
        since = one.source.checked or date(2023, 1, 1)
        later = data.draw(st.dates(since, date(2026, 11, 23)))
        not_lower(request, supply, replace(one, source=replace(one.source, checked=later)))


@settings(max_examples=100, deadline=None)
@given(REQUESTS, offers())
def test_surer_is_never_lower(request: Request, supply: tuple[Offer, ...]) -> None:
    for one in supply[:1]:
        for confidence in (Confidence.MEDIUM, Confidence.HIGH):
            if one.source.confidence is Confidence.LOW:
                not_lower(request, supply, replace(one, source=replace(one.source, confidence=confidence)))


@settings(max_examples=100, deadline=None)
@given(REQUESTS, offers(), st.data())
def test_open_sooner_is_never_lower(request: Request, supply: tuple[Offer, ...], data: st.DataObject) -> None:
    for one in supply[:1]:
        if one.hours:
            sooner = data.draw(st.sampled_from(OPEN_SOONER[: OPEN_SOONER.index(one.hours) + 1]))
            not_lower(request, supply, replace(one, hours=sooner))


@settings(max_examples=120, deadline=None)
@given(REQUESTS, offers(), st.floats(0, 1))
def test_nearer_is_never_lower(request: Request, supply: tuple[Offer, ...], share: float) -> None:
    """Moved along the way to the person; where only the municipality is known, to its middle."""
    home = atlas().municipalities.get(request.municipality)
    if request.point is None and home is None:
        return
    goal = request.point or (0.0, 0.0)
    if request.point is None and home is not None:
        people = sum(one.people for one in home.homes)
        goal = (
            sum(one.lat * one.people for one in home.homes) / people,
            sum(one.lon * one.people for one in home.homes) / people,
        )
    for one in supply[:1]:
        if one.point and one.form is not Form.REMOTE:
            lat, lon = (there + (aim - there) * share for there, aim in zip(one.point, goal, strict=True))
            stand = from_point(request.point) if request.point or home is None else from_homes(home)
            if stand_km(stand, (lat, lon)) <= stand_km(stand, one.point):
                not_lower(request, supply, replace(one, point=(lat, lon)))


def stand_km(stand: Any, point: tuple[float, float]) -> float:
    return float(stand.km(float(from_point(point).at @ stand.at)))


@settings(max_examples=120, deadline=None)
@given(REQUESTS, offers())
def test_what_holds_of_every_answer(request: Request, supply: tuple[Offer, ...]) -> None:
    answer = match(request, directory(*supply), MONDAY)
    shown = [found.offer for found in answer.matches]
    assert len({one.id for one in shown}) == len(shown) <= 12
    assert answer == match(request, directory(*supply), MONDAY)
    home = atlas().municipalities.get(request.municipality)
    for found in (*answer.first_contact, *answer.matches):
        one = found.offer
        assert 0 < found.score <= 1
        assert found.reasons or one.role is Role.URGENT
        assert not one.needs.isdisjoint(request.needs)
        assert one.coverage.national or home
        if home and not one.coverage.national:
            assert home.code in one.coverage.municipalities or home.region in one.coverage.regions
        assert (found.km is None) == (
            one.point is None or one.form is Form.REMOTE or (request.point is None and home is None)
        )
        assert (Reason.REMOTE in found.reasons) == (one.form is Form.REMOTE)
    assert all(found.offer.role in (Role.AUTHORITY, Role.URGENT) for found in answer.first_contact)
    assert all(one.role not in (Role.AUTHORITY, Role.URGENT) for one in shown)
    if request.form and Unmet.FORM not in answer.unmet:
        assert {one.form for one in shown} <= {request.form}
    if not shown and not answer.first_contact:
        assert Unmet.NO_SUPPLY in answer.unmet


@settings(max_examples=100, deadline=None)
@given(REQUESTS, offers())
def test_a_remote_option_on_every_page_while_there_is_one(
    request: Request, supply: tuple[Offer, ...]
) -> None:
    answer = match(replace(request, form=None), directory(*supply), MONDAY)
    remote = [found.offer.form is Form.REMOTE for found in answer.matches]
    left = sum(remote)
    for start in range(0, len(remote), 3):
        page = remote[start : start + 3]
        assert any(page) or not left
        left -= sum(page)


@settings(max_examples=100, deadline=None)
@given(offers(), st.sampled_from(PLACES))
def test_declared_support_within_reach_comes_before_every_pointer(
    supply: tuple[Offer, ...], municipality: str
) -> None:
    answer = match(Request(("kela",), municipality), directory(*supply), MONDAY)
    near = [
        at
        for at, found in enumerate(answer.matches)
        if found.offer.role is Role.SUPPORT
        and found.offer.form is Form.IN_PERSON
        and found.km is not None
        and found.km <= 30
    ]
    pointers = [at for at, found in enumerate(answer.matches) if found.offer.role is Role.POINTER]
    assert not near or not pointers or max(near) < min(pointers)
