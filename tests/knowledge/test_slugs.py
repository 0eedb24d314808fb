"""Addresses are short, plain, and one of a kind in every language; old names lead to them."""

import re
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from knowledge.load import load_atlas, load_catalog
from knowledge.model import Atlas, Catalog
from knowledge.slugs import Kind, Named, Slugs, slug

LANGUAGES = ("fi", "fi@simple", "sv", "en", "se")


@pytest.fixture(scope="module")
def atlas() -> Atlas:
    return load_atlas()


@pytest.fixture(scope="module")
def catalog() -> Catalog:
    return load_catalog()


@pytest.fixture(scope="module")
def slugs(atlas: Atlas, catalog: Catalog) -> Slugs:
    return Slugs(atlas, catalog, LANGUAGES)


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_municipality_and_need_has_an_address_of_its_own(
    slugs: Slugs, atlas: Atlas, catalog: Catalog, language: str
) -> None:
    words = [slugs.municipality(code, language) for code in atlas.municipalities]
    words += [slugs.need(id, language) for id in catalog.needs]
    assert len(words) == 308 + 53
    assert len(set(words)) == len(words)
    assert not [word for word in words if not re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", word)]
    assert max(map(len, words)) <= 48


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_address_leads_back(slugs: Slugs, atlas: Atlas, catalog: Catalog, language: str) -> None:
    for code in atlas.municipalities:
        assert slugs.read(slugs.municipality(code, language), language) == Named(Kind.MUNICIPALITY, code)
    for id in catalog.needs:
        assert slugs.read(slugs.need(id, language), language) == Named(Kind.NEED, id)


def test_the_addresses_of_other_languages_lead_here(slugs: Slugs, atlas: Atlas, catalog: Catalog) -> None:
    for language in LANGUAGES:
        for other in LANGUAGES:
            for code in atlas.municipalities:
                named = slugs.read(slugs.municipality(code, other), language)
                assert named == Named(Kind.MUNICIPALITY, code), (language, other, code)


@pytest.mark.parametrize(
    ("language", "municipality", "need"),
    [
        ("fi", "rovaniemi", "pankkitunnukset"),
        ("fi@simple", "rovaniemi", "pankkitunnukset"),
        ("sv", "rovaniemi", "bankkoder"),
        ("en", "rovaniemi", "bank-codes"),
        ("se", "rovaniemi", "bankodovddaldagat"),
    ],
)
def test_addresses_that_have_been_printed_stay(
    slugs: Slugs, language: str, municipality: str, need: str
) -> None:
    assert slugs.municipality("698", language) == municipality
    assert slugs.need("strong_id", language) == need


@pytest.mark.parametrize(
    ("word", "code"),
    [
        ("vasa", "905"),
        ("vaasa", "905"),
        ("helsingfors", "091"),
        ("haukipudas", "564"),
        ("pertunmaa", "507"),
        ("kilpisjarvi", "047"),
        ("Kilpisjärvi", "047"),
        ("anar", "148"),
        ("koski-tl", "284"),
    ],
)
def test_old_names_and_villages_lead_to_the_municipality(slugs: Slugs, word: str, code: str) -> None:
    assert slugs.read(word, "fi") == Named(Kind.MUNICIPALITY, code)


@pytest.mark.parametrize(
    ("word", "need"),
    [
        ("vahva-tunnistautuminen-ja-pankkitunnukset", "strong_id"),
        ("bankkoder", "strong_id"),
        ("verkkopankkitunnukset", "strong_id"),
        ("digidoarjja", "generic_help"),
    ],
)
def test_titles_and_everyday_words_lead_to_the_need(slugs: Slugs, word: str, need: str) -> None:
    assert slugs.read(word, "fi") == Named(Kind.NEED, need)


def test_what_could_be_two_is_no_address(slugs: Slugs, atlas: Atlas) -> None:
    homes: dict[str, set[str]] = {}
    for place in atlas.places:
        homes.setdefault(slug(place.name), set()).add(place.municipality)
    own = {slug(name) for one in atlas.municipalities.values() for name in one.names.values()}
    former = {slug(one.name) for one in atlas.places if one.kind == "former_municipality"}
    torn = [word for word, codes in homes.items() if len(codes) > 1 and word not in own | former]
    assert len(torn) > 20
    assert not [
        word for word in torn if (named := slugs.read(word, "fi")) and named.kind is Kind.MUNICIPALITY
    ]


def test_two_with_one_address_are_refused(atlas: Atlas, catalog: Catalog) -> None:
    other = replace(atlas.municipalities["091"], code="999", names={"fi": "Rovaniemi"})
    crowded = replace(atlas, municipalities={**atlas.municipalities, "999": other})
    with pytest.raises(ValueError, match="the same"):
        Slugs(crowded, catalog, ["fi"])


@settings(deadline=None)
@given(st.text())
def test_any_words_become_an_address_or_nothing(words: str) -> None:
    made = slug(words)
    assert re.fullmatch(r"([a-z0-9]+(-[a-z0-9]+)*)?", made)
    assert slug(made) == made
