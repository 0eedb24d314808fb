"""The directory that ships: all of it real, sourced, and fit to be shown."""

from collections import Counter

import pytest

from knowledge.load import load_atlas, load_catalog
from knowledge.model import BadData, Handling
from referral.directory.index import Directory
from referral.directory.starter import load_directory, load_services
from referral.hours import fault
from referral.model import Confidence, Form, Offer, Role

EQUIPMENT = {"public_computer", "internet_connection", "printing_scanning", "library_ebooks"}
WITHOUT_LIBRARY = {"295", "766"}  # Kumlinge and Sottunga.


@pytest.fixture(scope="module")
def directory() -> Directory:
    return load_directory(load_catalog(), load_atlas())


@pytest.fixture(scope="module")
def branches(directory: Directory) -> dict[str, Offer]:
    found = {
        id: offer for id, offer in directory.offers.items() if id.startswith("library-") and id[8:].isdigit()
    }
    assert found
    return found


def test_every_library_branch_is_there(branches: dict[str, Offer], directory: Directory) -> None:
    assert len(branches) == 715
    municipalities = {offer.municipality for offer in branches.values()}
    assert len(municipalities) == 306
    assert set(directory.atlas.municipalities) - municipalities == WITHOUT_LIBRARY
    assert all(offer.point and offer.street and offer.coverage.national for offer in branches.values())


def test_a_branch_declares_support_or_points_to_it(branches: dict[str, Offer]) -> None:
    assert Counter(offer.role for offer in branches.values()) == {Role.SUPPORT: 143, Role.POINTER: 572}
    assert {offer.source.name for offer in branches.values()} == {"Kirjastot.fi library directory"}


def test_what_a_pointer_has_for_certain_is_an_offer_of_its_own(directory: Directory) -> None:
    more = [offer for offer in directory.offers.values() if offer.id.endswith("-equipment")]
    assert len(more) == 415
    for offer in more:
        branch = directory.offers[offer.id.removesuffix("-equipment")]
        assert branch.role is Role.POINTER
        assert offer.role is Role.SUPPORT
        assert set() < offer.needs <= EQUIPMENT
        assert (branch.organisation, branch.point, branch.names) == (
            offer.organisation,
            offer.point,
            offer.names,
        )


def test_all_serves_what_digital_support_is_for(branches: dict[str, Offer]) -> None:
    needs = load_catalog().needs.values()
    supported = {need.id for need in needs if need.handling in (Handling.SUPPORT, Handling.AUTHORITY_FIRST)}
    urgent = {need.id for need in needs if need.handling is Handling.URGENT}
    assert supported
    assert urgent
    for offer in branches.values():
        assert offer.needs == (supported | urgent if offer.role is Role.SUPPORT else supported)


def test_every_row_tells_its_source(directory: Directory) -> None:
    assert len(directory.offers) > 1000
    for offer in directory.offers.values():
        assert offer.source.name, offer.id
        assert offer.source.checked, offer.id


def test_no_number_is_shown_that_we_are_not_sure_of(directory: Directory) -> None:
    low = [offer for offer in directory.offers.values() if offer.source.confidence is Confidence.LOW]
    assert low
    assert not [offer.id for offer in low if offer.phone]


def test_no_number_of_a_bank(directory: Directory) -> None:
    bank = directory.offers["urgent-bank"]
    assert (bank.phone, bank.url, bank.street) == ("", "", "")


@pytest.mark.parametrize(
    ("id", "phone"),
    [
        ("advice-suomifi", "0295 000"),
        ("urgent-112", "112"),
        ("urgent-crisis-fi", "09 2525 0111"),
        ("urgent-crisis-sv", "09 2525 0112"),
        ("urgent-crisis-en", "09 2525 0116"),
        ("urgent-crisis-uk", "09 2525 0114"),
        ("urgent-crisis-ru", "09 2525 0115"),
        ("urgent-victims", "116 006"),
        ("urgent-violence", "080 005 005"),
        ("urgent-police", ""),
        ("authority-kela-1-service", ""),
        ("authority-migri", ""),
        ("authority-vero", "029 497 000"),
        ("authority-police", "0295 419 800"),
        ("authority-traficom", "029 534 5000"),
        ("authority-dvv-2-switchboard", "0295 536 000"),
    ],
)
def test_numbers_are_those_of_their_sources(directory: Directory, id: str, phone: str) -> None:
    assert directory.offers[id].phone == phone


def test_an_authority_serves_the_needs_that_name_it(directory: Directory) -> None:
    needs = load_catalog().needs
    lines = [offer for offer in directory.offers.values() if offer.role is Role.AUTHORITY]
    assert {offer.authority for offer in lines} == {
        "dvv", "kela", "kanta", "vero", "employment_area", "police", "traficom", "migri",
    }  # fmt: skip
    for offer in lines:
        assert {needs[need].first_contact for need in offer.needs} == {offer.authority}


def test_a_remote_option_for_everything_that_is_supported(directory: Directory) -> None:
    needs = {
        need.id
        for need in load_catalog().needs.values()
        if need.handling not in (Handling.OUTSIDE, Handling.EMERGENCY)
    }
    remote = [
        offer
        for offer in directory.offers.values()
        if offer.role is Role.SUPPORT and offer.form is Form.REMOTE and offer.coverage.national
    ]
    assert needs <= frozenset().union(*(offer.needs for offer in remote))


def test_hours_can_be_read(directory: Directory) -> None:
    hours = {offer.hours for offer in directory.offers.values()} - {""}
    assert hours
    assert not [text for text in hours if fault(text)]


def test_services_are_described_in_every_language() -> None:
    services = load_services()
    assert services
    for key, words in services.items():
        assert set(words) == {"fi", "fi@simple", "sv", "en", "se"}, key
        assert all(text.strip() and "!" not in text for text in words.values()), key


def test_every_description_is_used(directory: Directory) -> None:
    shown = {tuple(offer.descriptions.items()) for offer in directory.offers.values()}
    assert shown == {tuple(words.items()) for words in load_services().values()}


def test_a_bad_row_stops_the_start() -> None:
    content = (
        b"organisation,form,needs,coverage,web\nKirjasto,in_person,kela,Atlantis,https://kirjasto.example\n"
    )
    with pytest.raises(BadData) as caught:
        load_directory(load_catalog(), load_atlas(), content)
    assert caught.value.row == 2
    assert "Atlantis" in caught.value.reason
