"""The pure parts of the public pages: filters, the picture, helpers' addresses, the words of addresses."""

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from yarl import URL

from referral.card import LANGUAGES
from referral.directory.index import Directory
from referral.model import Form, Match, Opening, Organisation
from referral.web.addresses import HELP, HELPER, JOIN, SOURCES, Addresses
from referral.web.public import sitemap
from referral.web.public.dots import FAR_KM, WIDTH, picture
from referral.web.public.filters import Filters
from referral.web.public.organisations import helpers
from referral.web.public.sources import cited
from tests.referral.supply import HELSINKI, INARI, at, atlas, directory, offer
from tests.referral.web.site import current, public_of
from tests.world import known

FILTERS = st.builds(
    Filters,
    st.none() | st.sampled_from(Form),
    st.just("") | st.sampled_from(sorted(LANGUAGES)),
    st.booleans(),
)


@settings(deadline=None)
@given(FILTERS)
def test_what_is_chosen_can_be_read_from_the_address(filters: Filters) -> None:
    assert Filters.of(URL(f"/x{filters.query}").query) == filters


@settings(deadline=None)
@given(st.dictionaries(st.sampled_from(["form", "service", "open", "x"]), st.text(max_size=20)))
def test_any_query_is_some_choice(query: dict[str, str]) -> None:
    chosen = Filters.of(query)
    assert Filters.of(URL(f"/x{chosen.query}").query) == chosen


def found(**changes: object) -> Match:
    return Match(replace(at("one", INARI), **changes), 1.0, None, (), Opening("closed"))


def test_languages_that_nobody_told_are_those_of_the_place() -> None:
    there = directory()
    assert Filters(served_in="se").passes(found(), there)
    assert not Filters(served_in="ar").passes(found(), there)
    assert not Filters(served_in="se").passes(found(languages=("fi",)), there)
    assert not Filters(open_now=True).passes(found(), there)


TOWNS = sorted(atlas().municipalities)


@settings(deadline=None)
@given(
    st.sampled_from(TOWNS),
    st.lists(
        st.tuples(st.floats(59.5, 70), st.floats(20, 31.5), st.none() | st.floats(0, 2 * FAR_KM)), max_size=12
    ),
)
def test_everything_in_the_picture_is_inside_it(
    code: str, helpers_: list[tuple[float, float, float | None]]
) -> None:
    here = atlas().municipalities[code]
    places = [(n, (lat, lon), km) for n, (lat, lon, km) in enumerate(helpers_, start=1)]
    near = [place for place in places if place[2] is None or place[2] <= FAR_KM]
    made = picture(here, atlas(), places)
    if made is None:
        assert not near
        return
    assert [pin.number for pin in made.pins] == [number for number, _, _ in near]
    assert 44 <= made.height <= 600
    for spot in (*made.own, *made.beside):
        assert -0.1 <= spot.x <= WIDTH + 0.1
        assert -0.1 <= spot.y <= made.height + 0.1
    assert all(pin.x >= 0 and 0 <= pin.y <= made.height for pin in made.pins)


def test_pins_do_not_hide_one_another() -> None:
    here = atlas().municipalities[HELSINKI]
    made = picture(here, atlas(), [(n, here.seat, 0.0) for n in range(1, 6)])
    assert made
    assert len({pin.x for pin in made.pins}) == 5


def called(id: str, name: str, **others: str) -> Organisation:
    return Organisation(id, {"fi": name, **others}, "association")


def test_helpers_of_the_same_name_have_addresses_of_their_own() -> None:
    made = helpers(
        Directory.of(
            [
                replace(offer("a"), organisation=called("a", "Martat ry")),
                replace(offer("b"), organisation=called("b", "Martat ry")),
                replace(offer("c"), organisation=called("c", "Näkövammaiset", sv="Synskadade")),
                replace(offer("d"), organisation=called("d", "Привет")),
                replace(offer("e"), organisation=called("e", "")),
                replace(offer("f"), organisation=called("f", "Tukijat"), audience=("supporters",)),
            ],
            atlas(),
        )
    )
    words = {id: helper.word for id, helper in made.by_id.items()}
    assert words["c"] == "nakovammaiset"
    assert set(words) == {"a", "b", "c", "d", "e"}
    assert len(set(words.values())) == 5
    assert all(words.values())
    assert {id: made.find(word) for id, word in words.items()} == dict(made.by_id)
    assert made.find("martat-ry") in (made.by_id["a"], made.by_id["b"])
    assert made.find("synskadade") is made.by_id["c"]
    assert made.find("tukijat") is None


def test_an_address_stays_when_another_of_the_name_goes() -> None:
    three = [replace(offer(id), organisation=called(id, "Martat ry")) for id in "abc"]
    before, after = helpers(directory(*three)), helpers(directory(*three[:2]))
    assert {id: one.word for id, one in after.by_id.items()} == {
        id: one.word for id, one in before.by_id.items() if id != "c"
    }


def test_every_helper_that_ships_has_an_address() -> None:
    made = helpers(known().directory)
    assert len(made.by_id) > 700
    assert all(made.find(one.word) is one for one in made.by_id.values())
    assert sum(map(len, made.by_municipality.values())) >= 700


def test_sources_are_counted_and_supporters_are_not() -> None:
    rows = directory(offer("a"), offer("b"), replace(offer("c"), audience=("supporters",)))
    assert [(one.name, one.offers) for one in cited(rows)] == [("made up", 2)]


@pytest.mark.parametrize("language", known().catalogues.languages)
def test_the_kinds_of_pages_have_words_of_their_own(language: str) -> None:
    addresses = Addresses(known().catalogues)
    paths = [
        path
        for kind in (HELP, HELPER, JOIN, SOURCES)
        for one, path in addresses.spellings(kind)
        if one == language
    ]
    assert len(paths) > 4
    assert len(set(paths)) == len(paths)


def test_the_addresses_that_have_been_printed_stay() -> None:
    addresses = Addresses(known().catalogues)
    said = {
        kind.msgid: [addresses.of(kind, one) for one in ("fi", "sv", "en", "se")]
        for kind in (HELP, HELPER, JOIN)
    }
    assert said == {
        "help": ["/fi/apua", "/sv/hjalp", "/en/help", "/se/veahkki"],
        "helper": ["/fi/auttaja", "/sv/hjalpare", "/en/helper", "/se/veahkeheaddji"],
        "join": ["/fi/liity", "/sv/ga-med", "/en/join", "/se/searvva"],
    }


def test_the_pages_are_counted_without_naming_them() -> None:
    shown = public_of(current())
    for language in ("fi", "se"):
        assert len(set(sitemap.addresses(shown, language))) == sitemap.count(shown)
