"""Who is found, in which order, and what is said about it."""

from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import Any

import pytest

from referral import lines
from referral.directory.index import Directory
from referral.hours import HELSINKI
from referral.match import match
from referral.model import (
    Answer,
    Confidence,
    Coverage,
    Form,
    Match,
    Offer,
    Organisation,
    Reason,
    Request,
    Role,
    Unmet,
    Widened,
    Width,
)
from tests.referral.supply import (
    ESPOO,
    INARI,
    KEMIJARVI,
    MONDAY,
    SAVUKOSKI,
    SODANKYLA,
    TAMPERE,
    TURKU,
    VANTAA,
    at,
    atlas,
    covering,
    directory,
    offer,
    source,
)
from tests.referral.supply import (
    HELSINKI as HELSINKI_CODE,
)

KELA = Request(("kela",), SODANKYLA)


def ids(answer: Answer) -> list[str]:
    return [found.offer.id for found in answer.matches]


def asked(*offers: Offer, request: Request = KELA, now: datetime = MONDAY, **changes: Any) -> Answer:
    return match(replace(request, **changes), directory(*offers), now)


def only(answer: Answer) -> Match:
    (found,) = answer.matches
    return found


def remote(id: str, **changes: Any) -> Offer:
    return offer(id, form=Form.REMOTE, **changes)


def pointer(id: str, municipality: str, **changes: Any) -> Offer:
    return at(id, municipality, role=Role.POINTER, **changes)


# What is found at all


def test_nothing_is_found_where_nothing_is() -> None:
    answer = asked()
    assert (answer.matches, answer.first_contact, answer.widened) == ((), (), None)
    assert answer.unmet == (Unmet.NO_SUPPLY,)


def test_a_need_that_is_not_served_is_not_found() -> None:
    assert ids(asked(offer("tax", needs=frozenset({"tax"})))) == []


def test_a_request_without_needs_finds_nothing() -> None:
    assert ids(asked(offer("a"), needs=())) == []


@pytest.mark.parametrize(
    ("coverage", "found"),
    [
        (Coverage(True), True),
        (covering(SODANKYLA), True),
        (covering(SAVUKOSKI, SODANKYLA), True),
        (covering(SAVUKOSKI), False),
        (Coverage(False, ("19",), ()), True),
        (Coverage(False, ("01",), ()), False),
        (Coverage(False, ("01",), (SODANKYLA,)), True),
        (Coverage(False), False),
    ],
)
def test_coverage_is_whose_home_is_where(coverage: Coverage, found: bool) -> None:
    """A place next door that serves only its own is nobody's; a far one that serves all is."""
    assert bool(asked(at("a", SODANKYLA, coverage=coverage)).matches) is found
    assert bool(asked(offer("a", coverage=coverage)).matches) is found
    assert bool(asked(remote("a", coverage=coverage)).matches) is found


@pytest.mark.parametrize(
    ("limits", "found"),
    [
        ({}, True),
        ({"valid_from": MONDAY.date()}, True),
        ({"valid_from": MONDAY.date() + timedelta(days=1)}, False),
        ({"valid_until": MONDAY.date()}, True),
        ({"valid_until": MONDAY.date() - timedelta(days=1)}, False),
        ({"ends": MONDAY + timedelta(minutes=1)}, True),
        ({"ends": MONDAY}, False),
        ({"starts": MONDAY + timedelta(days=9), "ends": MONDAY + timedelta(days=9, hours=2)}, True),
        ({"ends": MONDAY + timedelta(days=9), "valid_until": MONDAY.date() - timedelta(days=1)}, False),
    ],
)
@pytest.mark.parametrize("placed", [True, False])
def test_only_what_holds_now(limits: dict[str, Any], found: bool, placed: bool) -> None:
    one = at("a", SODANKYLA, **limits) if placed else offer("a", **limits)
    assert bool(asked(one).matches) is found


def test_what_holds_is_looked_at_again_when_it_ends() -> None:
    """What is remembered of a question is not remembered past its time, nor before it."""
    morning, noon = MONDAY, MONDAY.replace(hour=12)
    held = directory(
        *(at(f"early{i}", SODANKYLA, form=Form.TRAINING, ends=noon) for i in range(9)),
        at("late", KEMIJARVI, form=Form.TRAINING, ends=MONDAY.replace(hour=20)),
    )
    assert "late" not in ids(match(KELA, held, morning))
    assert ids(match(KELA, held, noon)) == ["late"]
    assert "late" not in ids(match(KELA, held, morning))
    assert ids(match(KELA, held, noon + timedelta(days=1))) == []


def test_meetings_of_supporters_are_not_for_citizens() -> None:
    meeting = offer("meeting", form=Form.TRAINING, audience=("supporters",))
    course = offer("course", form=Form.TRAINING)
    assert ids(asked(meeting, course)) == ["course"]
    assert set(ids(asked(meeting, course, audience="supporters"))) == {"meeting", "course"}
    assert lines.line(directory(meeting), "meeting", MONDAY) is None


def test_a_place_that_helps_supporters_is_still_asked_by_citizens() -> None:
    house = Organisation("house", {"fi": "Talo"}, "library")
    here = pointer("here", SODANKYLA, organisation=house)
    theirs = at("theirs", SODANKYLA, organisation=house, audience=("supporters",))
    assert ids(asked(here, theirs)) == ["here"]


def test_an_audience_is_told_and_not_filtered() -> None:
    found = asked(
        offer("old", audience=("seniors",)), offer("deaf", audience=("deaf", "deafblind")), offer("all")
    )
    assert ids(found) == ["all", "old", "deaf"]
    assert Reason.FOR_SENIORS in found.matches[1].reasons
    assert {Reason.FOR_DEAF, Reason.FOR_DEAFBLIND} <= set(found.matches[2].reasons)


# Places


def test_nearest_first_without_a_radius() -> None:
    places = [at(code, code) for code in (HELSINKI_CODE, TAMPERE, KEMIJARVI, INARI, SODANKYLA)]
    found = asked(*places, point=atlas().municipalities[SODANKYLA].seat)
    assert ids(found) == [SODANKYLA, KEMIJARVI, INARI, TAMPERE, HELSINKI_CODE]
    distances = [one.km for one in found.matches]
    assert distances[0] == pytest.approx(0, abs=0.01)
    assert distances == sorted(distances, key=lambda km: km or 0)
    assert distances[-1] == pytest.approx(809, abs=2)
    assert found.matches[0].reasons[0] is Reason.NEAREST


def test_without_coordinates_nothing_vanishes() -> None:
    far = [at(f"far{i}", HELSINKI_CODE) for i in range(30)]
    found = ids(asked(*far, offer("nowhere")))
    assert "nowhere" in found[:3]


@pytest.mark.parametrize(
    ("point", "municipality", "measured"),
    [((67.4, 26.6), SODANKYLA, True), (None, SODANKYLA, True), ((67.4, 26.6), "", True), (None, "", False)],
)
def test_distance_needs_a_place(point: tuple[float, float] | None, municipality: str, measured: bool) -> None:
    found = asked(at("a", SODANKYLA), remote("r"), point=point, municipality=municipality)
    assert [one.km is not None for one in found.matches if one.offer.id == "a"] == (
        [True] if measured else []
    )
    assert [one.km for one in found.matches if one.offer.id == "r"] == [None]


def test_an_unknown_municipality_is_no_place() -> None:
    assert ids(asked(at("a", SODANKYLA), remote("r"), municipality="999")) == ["r"]


def test_who_will_not_say_gets_remote_and_national_help() -> None:
    found = asked(
        at("branch", HELSINKI_CODE),
        pointer("library", HELSINKI_CODE),
        offer("network"),
        offer("local", coverage=covering(HELSINKI_CODE)),
        remote("line"),
        remote("city line", coverage=covering(HELSINKI_CODE)),
        offer("study", form=Form.TRAINING),
        municipality="",
    )
    assert set(ids(found)) == {"network", "line", "study"}
    assert ids(found)[0] == "line"
    assert found.widened is None
    assert Unmet.TOO_FAR not in found.unmet


def test_ones_own_municipality_is_named_where_the_distance_is_not_exact() -> None:
    here = at("a", SODANKYLA)
    assert Reason.IN_YOUR_MUNICIPALITY in only(asked(here)).reasons
    assert Reason.IN_YOUR_MUNICIPALITY not in only(asked(here, point=(67.4, 26.6))).reasons
    assert Reason.IN_YOUR_MUNICIPALITY in only(asked(replace(here, point=None), point=(67.4, 26.6))).reasons


# Who comes before whom


def test_declared_support_within_reach_comes_before_ones_own_library() -> None:
    """Even if the library is next door, open, and checked today."""
    library = pointer("library", HELSINKI_CODE, hours="24/7")
    support = at("support", ESPOO, hours="off", source=source(None, Confidence.LOW))
    assert ids(asked(library, support, municipality=HELSINKI_CODE)) == ["support", "library"]


def test_ones_own_library_comes_before_support_out_of_reach() -> None:
    found = asked(
        pointer("library", SAVUKOSKI), at("support", SODANKYLA, hours="24/7"), municipality=SAVUKOSKI
    )
    assert ids(found) == ["library", "support"]


def test_another_library_comes_after_support_out_of_reach() -> None:
    found = asked(
        pointer("own", SAVUKOSKI),
        pointer("other", KEMIJARVI),
        at("support", SODANKYLA),
        municipality=SAVUKOSKI,
    )
    assert ids(found) == ["own", "support", "other"]


def test_the_nearest_library_stands_in_for_ones_own() -> None:
    found = asked(
        pointer("near", SODANKYLA),
        pointer("far", TAMPERE),
        at("support", HELSINKI_CODE),
        municipality=SAVUKOSKI,
    )
    assert ids(found) == ["near", "support", "far"]


def test_the_nearest_far_support_comes_before_help_that_names_no_place() -> None:
    found = asked(
        at("far", INARI), at("further", HELSINKI_CODE), offer("network"), offer("list", role=Role.LIST)
    )
    assert ids(found)[0] == "far"
    assert ids(found)[-1] == "further"


def test_a_place_that_serves_for_certain_is_not_also_asked() -> None:
    """A library is one card: what it has for certain, or the question."""
    house = Organisation("library-1", {"fi": "Kirjasto"}, "library")
    ask = pointer("ask", SODANKYLA, organisation=house, needs=frozenset({"kela", "printing_scanning"}))
    sure = at("sure", SODANKYLA, organisation=house, needs=frozenset({"printing_scanning"}))
    assert ids(asked(ask, sure, needs=("printing_scanning",))) == ["sure"]
    assert ids(asked(ask, sure, needs=("kela",))) == ["ask"]
    assert ids(asked(ask, sure, needs=("kela", "printing_scanning"))) == ["sure"]


def test_a_course_does_not_hide_the_place_where_it_is_given() -> None:
    house = Organisation("library-1", {"fi": "Kirjasto"}, "library")
    ask = pointer("ask", SODANKYLA, organisation=house)
    course = at("course", SODANKYLA, organisation=house, form=Form.TRAINING, ends=MONDAY + timedelta(days=1))
    assert set(ids(asked(ask, course))) == {"ask", "course"}


@pytest.mark.parametrize(
    ("better", "worse"),
    [
        ({"hours": "Mo 09:00-11:00"}, {"hours": "Mo 11:00-12:00"}),
        ({"hours": "Mo 11:00-12:00"}, {"hours": "Tu 11:00-12:00"}),
        ({"hours": "Tu 11:00-12:00"}, {"hours": "off"}),
        ({"source": source(date(2026, 1, 1))}, {"source": source(date(2025, 1, 1))}),
        ({"source": source(date(2024, 12, 1))}, {"source": source(None)}),
        ({"source": source(confidence=Confidence.HIGH)}, {"source": source(confidence=Confidence.MEDIUM)}),
        ({"source": source(confidence=Confidence.MEDIUM)}, {"source": source(confidence=Confidence.LOW)}),
        ({"languages": ("sv",)}, {"languages": ()}),
        ({"languages": ("fi", "sv")}, {"languages": ("fi",)}),
        ({"languages": ()}, {"languages": ("fi",)}),
        ({}, {"audience": ("seniors",)}),
        ({}, {"form": Form.TRAINING}),
    ],
)
@pytest.mark.parametrize("placed", [True, False])
def test_all_else_equal(better: dict[str, Any], worse: dict[str, Any], placed: bool) -> None:
    make = at if placed else (lambda id, municipality, **changes: offer(id, **changes))
    found = asked(make("a", SODANKYLA, **worse), make("b", SODANKYLA, **better), languages=("sv",))
    assert ids(found) == ["b", "a"]


def test_the_first_need_weighs_most() -> None:
    both = offer("both", needs=frozenset({"kela", "tax"}))
    first, second = offer("first"), offer("second", needs=frozenset({"tax"}))
    assert ids(asked(second, first, both, needs=("kela", "tax"))) == ["both", "first", "second"]


def test_who_asks_for_a_visit_or_a_course_gets_it_first() -> None:
    all_needs = frozenset({"home_visit", "course"})
    visits = offer("visits", needs=all_needs, home_visits=True, audience=("seniors",))
    course = offer("course", needs=all_needs, form=Form.TRAINING)
    house = at("house", SODANKYLA, needs=all_needs)
    assert ids(asked(house, course, visits, needs=("home_visit",)))[0] == "visits"
    assert ids(asked(house, course, visits, needs=("course",)))[0] == "course"


# Pages


@pytest.mark.parametrize("places", range(0, 13))
@pytest.mark.parametrize("lines", range(0, 6))
def test_every_page_keeps_a_remote_option_while_there_is_one(places: int, lines: int) -> None:
    near = [at(f"place{i}", SODANKYLA) for i in range(places)]
    found = asked(*near, *(remote(f"line{i}") for i in range(lines)))
    shown = [one.offer.form for one in found.matches]
    pages = [shown[start : start + 3] for start in range(0, len(shown), 3)]
    given = min(lines, 4)
    for page in pages:
        if given > 0:
            assert Form.REMOTE in page
        given -= page.count(Form.REMOTE)
    assert shown.count(Form.REMOTE) == min(lines, 4)
    assert shown.count(Form.IN_PERSON) == min(places, 8)


def test_remote_help_leads_where_nothing_is_within_reach() -> None:
    assert ids(asked(at("far", HELSINKI_CODE), remote("line"))) == ["line", "far"]
    assert ids(asked(pointer("library", SODANKYLA), remote("line"))) == ["library", "line"]


def test_a_helper_who_comes_home_is_on_the_first_page() -> None:
    near = [at(f"place{i}", SODANKYLA) for i in range(6)]
    visits = offer(
        "visits", home_visits=True, coverage=covering(SODANKYLA), source=source(None, Confidence.LOW)
    )
    assert ids(asked(*near, visits, remote("line")))[:3] == ["place0", "visits", "line"]


def test_a_line_in_ones_language_is_never_crowded_out() -> None:
    crowd = [remote(f"line{i}", languages=("fi",)) for i in range(40)]
    swedish = remote("linje", languages=("sv",), source=source(None, Confidence.LOW))
    assert ids(asked(*crowd, swedish, languages=("sv",)))
    assert "linje" in ids(asked(*crowd, swedish, languages=("sv",)))


def test_the_nearest_of_those_for_all_and_those_for_some() -> None:
    here = atlas().municipalities[SODANKYLA].seat
    national = [replace(at(f"all{i}", SODANKYLA), point=(here[0] + 0.1 * i, here[1])) for i in range(1, 10)]
    local = [
        replace(at(f"own{i}", SODANKYLA, coverage=covering(SODANKYLA)), point=(here[0] - 0.01 * i, here[1]))
        for i in range(1, 7)
    ]
    found = ids(asked(*national, *local, point=here))
    assert found[:6] == ["own1", "own2", "own3", "own4", "own5", "own6"]


def test_the_surest_are_not_crowded_out() -> None:
    crowd = [remote(f"line{i}", source=source(date(2026, 11, 20), Confidence.LOW)) for i in range(40)]
    old = [remote(f"old{i}", source=source(date(2023, 1, 1))) for i in range(40)]
    assert ids(asked(*crowd, *old, remote("sure", source=source(date(2026, 1, 1)))))[0] == "sure"


# Forms


def test_a_form_narrows() -> None:
    every = (
        at("place", SODANKYLA),
        remote("line"),
        offer("course", form=Form.TRAINING),
        pointer("ask", SODANKYLA),
    )
    assert ids(asked(*every, form=Form.REMOTE)) == ["line"]
    assert ids(asked(*every, form=Form.TRAINING)) == ["course"]
    assert ids(asked(*every, form=Form.IN_PERSON)) == ["place", "ask"]


def test_other_help_is_given_where_the_form_is_missing() -> None:
    answer = asked(at("place", HELSINKI_CODE), form=Form.TRAINING)
    assert ids(answer) == ["place"]
    assert answer.unmet == (Unmet.FORM, Unmet.TOO_FAR)
    assert answer.request.form is Form.TRAINING
    assert asked(form=Form.REMOTE).unmet == (Unmet.FORM, Unmet.NO_SUPPLY)


# How far the search went


@pytest.mark.parametrize(
    ("where", "width"),
    [
        (SODANKYLA, Width.MUNICIPALITY),
        (SAVUKOSKI, Width.NEIGHBOURS),
        (KEMIJARVI, Width.REGION),
        (HELSINKI_CODE, Width.NATIONAL),
    ],
)
def test_widening(where: str, width: Width) -> None:
    widened = asked(at("a", where), remote("line"), pointer("ask", SODANKYLA)).widened
    assert widened is not None
    assert (widened.width, widened.municipality) == (width, where)
    assert widened.km is not None


def test_ones_own_municipality_needs_no_widening_even_if_another_is_nearer() -> None:
    border = atlas().municipalities[SODANKYLA].seat
    crowd = [at(f"other{i}", SAVUKOSKI) for i in range(20)]
    own = replace(at("own", SODANKYLA), point=(67.9, 26.2))
    answer = asked(*(replace(one, point=border) for one in crowd), own, point=border)
    assert answer.widened is not None
    assert (answer.widened.width, answer.widened.municipality) == (Width.MUNICIPALITY, SODANKYLA)
    assert "own" in ids(answer)


def test_support_without_a_place() -> None:
    assert asked(offer("a", municipality=SODANKYLA)).widened == Widened(Width.MUNICIPALITY, SODANKYLA, None)
    assert asked(offer("a", coverage=Coverage(False, ("19",)))).widened == Widened(Width.REGION, "", None)
    assert asked(offer("a")).widened == Widened(Width.NATIONAL, "", None)


@pytest.mark.parametrize("others", [(), (remote("line"),), (pointer("ask", SODANKYLA),)])
def test_no_declared_support_in_person_is_no_widening(others: tuple[Offer, ...]) -> None:
    assert asked(*others).widened is None


# What is missing


@pytest.mark.parametrize(
    ("offers", "changes", "unmet"),
    [
        ((at("a", SODANKYLA),), {}, ()),
        ((at("a", INARI),), {}, (Unmet.TOO_FAR,)),
        ((remote("a"),), {}, (Unmet.TOO_FAR,)),
        ((remote("a"),), {"form": Form.REMOTE}, ()),
        ((remote("a"),), {"municipality": ""}, ()),
        ((offer("a"),), {}, (Unmet.TOO_FAR,)),
        ((offer("a", municipality=SODANKYLA),), {}, ()),
        ((offer("a", home_visits=True, coverage=covering(SODANKYLA)),), {}, ()),
        ((pointer("a", SODANKYLA),), {}, (Unmet.NO_SUPPLY,)),
        ((offer("a", role=Role.LIST),), {}, (Unmet.NO_SUPPLY,)),
        ((at("a", SODANKYLA),), {"form": Form.REMOTE}, (Unmet.FORM,)),
        ((at("a", SODANKYLA, languages=("fi",)),), {"languages": ("fi",)}, ()),
        ((at("a", SODANKYLA, languages=("fi",)),), {"languages": ("sv",)}, (Unmet.LANGUAGE,)),
        ((at("a", SODANKYLA, languages=("fi",)), remote("b", languages=("sv",))), {"languages": ("sv",)}, ()),
        ((at("a", SODANKYLA),), {"languages": ("fi@simple",)}, ()),
        ((at("a", SODANKYLA),), {"languages": ("se",)}, ()),
        ((at("a", TAMPERE),), {"languages": ("se",), "municipality": TAMPERE}, (Unmet.LANGUAGE,)),
        ((at("a", TURKU),), {"languages": ("sv",), "municipality": TURKU}, ()),
    ],
)
def test_unmet(offers: tuple[Offer, ...], changes: dict[str, Any], unmet: tuple[Unmet, ...]) -> None:
    assert asked(*offers, **changes).unmet == unmet


@pytest.mark.parametrize("need", ["home_visit", "course"])
def test_a_way_that_nobody_offers_is_unmet(need: str) -> None:
    assert asked(at("a", SODANKYLA, needs=frozenset({need})), needs=(need,)).unmet == (Unmet.FORM,)


# Reasons


@pytest.mark.parametrize(
    ("made", "changes", "reasons"),
    [
        (at("a", SODANKYLA), {}, (Reason.NEAREST, Reason.IN_YOUR_MUNICIPALITY, Reason.DECLARES_SUPPORT)),
        (at("a", SAVUKOSKI), {}, (Reason.NEAREST, Reason.NEIGHBOUR, Reason.DECLARES_SUPPORT)),
        (at("a", KEMIJARVI), {}, (Reason.NEAREST, Reason.IN_YOUR_REGION, Reason.DECLARES_SUPPORT)),
        (at("a", HELSINKI_CODE), {}, (Reason.NEAREST, Reason.DECLARES_SUPPORT)),
        (remote("a"), {}, (Reason.REMOTE, Reason.DECLARES_SUPPORT)),
        (offer("a", role=Role.LIST), {}, (Reason.LISTS_HELPERS,)),
        (pointer("a", SODANKYLA), {}, (Reason.NEAREST, Reason.IN_YOUR_MUNICIPALITY, Reason.POINTER)),
        (offer("a", form=Form.TRAINING), {}, (Reason.COURSE,)),
        (offer("a", home_visits=True), {}, (Reason.DECLARES_SUPPORT, Reason.HOME_VISITS)),
        (offer("a", hours="24/7"), {}, (Reason.DECLARES_SUPPORT, Reason.OPEN_NOW)),
        (offer("a", hours="Tu 09:00-10:00"), {}, (Reason.DECLARES_SUPPORT,)),
        (offer("a"), {"languages": ("fi",)}, (Reason.DECLARES_SUPPORT,)),
        (offer("a"), {"languages": ("sv",)}, (Reason.DECLARES_SUPPORT, Reason.LANGUAGE_UNKNOWN)),
        (offer("a", languages=("sv",)), {"languages": ("sv",)}, (Reason.DECLARES_SUPPORT, Reason.YOUR_LANGUAGE)),
        (offer("a", languages=("fi",)), {"languages": ("sv",)}, (Reason.DECLARES_SUPPORT, Reason.OTHER_LANGUAGE)),
        (offer("a", source=source(date(2026, 5, 24))), {}, (Reason.DECLARES_SUPPORT,)),
        (offer("a", source=source(date(2026, 5, 23))), {}, (Reason.DECLARES_SUPPORT, Reason.NOT_CHECKED_LATELY)),
        (pointer("a", SODANKYLA, source=source(date(2026, 5, 1))), {}, (Reason.NEAREST, Reason.IN_YOUR_MUNICIPALITY, Reason.POINTER)),
        (offer("a", hours="24/7", source=source(date(2024, 11, 20))), {}, (Reason.DECLARES_SUPPORT, Reason.CHECK_FIRST)),
        (offer("a", source=source(date(2024, 11, 20))), {}, (Reason.DECLARES_SUPPORT, Reason.CHECK_FIRST)),
        (offer("a", source=source(None)), {}, (Reason.DECLARES_SUPPORT, Reason.CHECK_FIRST)),
        (offer("a", source=source(confidence=Confidence.LOW)), {}, (Reason.DECLARES_SUPPORT, Reason.CHECK_FIRST)),
    ],
)  # fmt: skip
def test_reasons(made: Offer, changes: dict[str, Any], reasons: tuple[Reason, ...]) -> None:
    assert only(asked(made, **changes)).reasons == reasons


# Who comes first


def line(id: str, role: Role = Role.AUTHORITY, **changes: Any) -> Offer:
    return offer(id, role=role, **{"form": Form.REMOTE, **changes})


def first(answer: Answer) -> list[str]:
    return [found.offer.id for found in answer.first_contact]


def test_the_authority_comes_apart_from_those_who_help() -> None:
    answer = asked(line("kela"), at("library", SODANKYLA), line("tax", needs=frozenset({"tax"})))
    assert first(answer) == ["kela"]
    assert ids(answer) == ["library"]
    assert answer.first_contact[0].reasons == (Reason.REMOTE, Reason.AUTHORITY)


def test_urgent_lines_come_in_the_order_of_use() -> None:
    lines = (
        line("urgent-violence", Role.URGENT),
        line("urgent-112", Role.URGENT, authority="112", languages=("fi",)),
        line("urgent-bank", Role.URGENT),
        line("urgent-crisis-fi", Role.URGENT, languages=("fi",)),
        line("urgent-crisis-sv", Role.URGENT, languages=("sv",)),
        line("a-kela"),
    )
    assert first(asked(*lines, languages=("sv",))) == [
        "urgent-112", "urgent-bank", "urgent-crisis-sv", "urgent-violence", "urgent-crisis-fi", "a-kela",
    ]  # fmt: skip
    assert asked(*lines).unmet == ()


def test_who_comes_first_keeps_to_the_form_where_that_is_possible() -> None:
    desk, phone = line("desk", form=Form.IN_PERSON), line("phone")
    assert first(asked(desk, phone, form=Form.REMOTE)) == ["phone"]
    assert first(asked(desk, phone, form=Form.IN_PERSON)) == ["desk"]
    assert first(asked(desk, phone, form=Form.TRAINING)) == ["desk", "phone"]


def test_an_authority_that_serves_in_ones_language_is_help_in_it() -> None:
    house = at("house", SODANKYLA, languages=("fi",))
    assert asked(house, line("kela", languages=("sv",)), languages=("sv",)).unmet == ()
    assert asked(house, line("kela", languages=("fi",)), languages=("sv",)).unmet == (Unmet.LANGUAGE,)


def test_an_urgent_line_is_never_told_to_be_old() -> None:
    found = asked(line("urgent-112", Role.URGENT, source=source(None, Confidence.LOW)))
    assert found.first_contact[0].reasons == (Reason.REMOTE,)


# The directory


def test_two_offers_of_one_id_are_refused() -> None:
    with pytest.raises(ValueError, match="same id"):
        Directory.of([offer("a"), offer("a")], atlas())


def test_the_order_of_loading_changes_nothing() -> None:
    offers = [at(f"p{i}", code) for i, code in enumerate((SODANKYLA, SAVUKOSKI, INARI, KEMIJARVI, VANTAA))]
    offers += [remote(f"r{i}") for i in range(5)]
    assert asked(*offers) == asked(*reversed(offers))


def test_now_may_be_told_in_any_zone() -> None:
    made = offer("a", hours="Mo 09:00-11:00")
    assert MONDAY.tzinfo == HELSINKI
    assert asked(made).matches == asked(made, now=MONDAY.astimezone(tz=None)).matches
