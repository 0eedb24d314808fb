"""What the directory that ships answers, in every municipality of Finland."""

from functools import cache

import pytest

from referral.directory.index import Directory
from referral.directory.starter import load_directory
from referral.match import match
from referral.model import Answer, Form, Reason, Request, Role, Unmet, Width
from tests.referral.supply import INARI, MONDAY, SAVUKOSKI, SODANKYLA, TAMPERE, atlas, catalog

KUMLINGE, SOTTUNGA, VAASA = "295", "766", "905"


@cache
def starter() -> Directory:
    return load_directory(catalog(), atlas())


def ask(need: str, municipality: str, language: str = "fi", form: Form | None = None) -> Answer:
    return match(Request((need,), municipality, form=form, languages=(language,)), starter(), MONDAY)


def ids(answer: Answer) -> list[str]:
    return [found.offer.id for found in answer.matches]


@pytest.mark.parametrize("code", sorted(atlas().municipalities))
def test_everywhere_there_is_somebody(code: str) -> None:
    """On the first page: remote help, and the nearest place, which is one's own library if there is one."""
    answer = ask("phone_basics", code)
    first = answer.matches[:3]
    assert any(found.offer.form is Form.REMOTE for found in first)
    places = [found for found in first if found.offer.form is Form.IN_PERSON]
    assert places
    own = [found for found in answer.matches if found.offer.municipality == code]
    assert own or code in (KUMLINGE, SOTTUNGA)
    assert answer.widened is not None
    assert Unmet.NO_SUPPLY not in answer.unmet
    cards = [
        (found.offer.organisation.id, found.offer.point) for found in answer.matches if found.offer.point
    ]
    assert len(cards) == len(set(cards)), "a branch is shown on one card"


@pytest.mark.parametrize("need", sorted(catalog().needs))
def test_every_need_has_an_answer(need: str) -> None:
    answer = ask(need, SODANKYLA)
    if need in ("device_repair", "device_purchase"):
        assert answer.unmet == (Unmet.NO_SUPPLY,)
    elif need == "emergency":
        assert ids(answer) == []
        assert [found.offer.id for found in answer.first_contact[:2]] == ["urgent-112", "urgent-crisis-fi"]
    else:
        assert ids(answer)
        assert any(found.offer.form is Form.REMOTE for found in answer.matches[:3])


@pytest.mark.parametrize(
    ("need", "first"),
    [
        ("kela", ["authority-kela-1-service", "authority-kela-2-points"]),
        ("tax", ["authority-vero"]),
        ("omakanta", ["authority-kanta"]),
        ("proxy_mandate", ["authority-dvv-1-suomifi", "authority-dvv-3-guardianship"]),
        ("scam_victim", ["urgent-bank", "urgent-police", "urgent-victims"]),
        ("lost_phone", ["urgent-bank", "urgent-police"]),
        ("pension", []),
        ("phone_basics", []),
    ],
)
def test_who_comes_first(need: str, first: list[str]) -> None:
    assert [found.offer.id for found in ask(need, SODANKYLA).first_contact] == first


@pytest.mark.parametrize(("code", "nearest"), [(KUMLINGE, "035"), (SOTTUNGA, "062")])
def test_without_a_library_of_ones_own_the_nearest_over_water(code: str, nearest: str) -> None:
    """Kumlinge and Sottunga have none: Brändö and Föglö, and somebody to call."""
    answer = ask("phone_basics", code, "sv")
    first = answer.matches[0]
    assert (first.offer.role, first.offer.municipality) == (Role.POINTER, nearest)
    assert nearest in atlas().municipalities[code].over_water
    assert Reason.NEAREST in first.reasons
    assert Form.REMOTE in {found.offer.form for found in answer.matches[:3]}


def test_none_in_savukoski() -> None:
    answer = ask("kela", SAVUKOSKI)
    assert answer.matches[0].offer.role is Role.POINTER
    assert answer.widened is not None
    assert (answer.widened.width, answer.widened.municipality) == (Width.NEIGHBOURS, "732")
    assert answer.unmet == (Unmet.TOO_FAR,)


def test_the_village_and_not_the_seat() -> None:
    """Who lives in Inari's church village is 35 km from Ivalo, the seat."""
    point = atlas().postcodes["99870"].point
    answer = match(Request(("kela",), INARI, point), starter(), MONDAY)
    assert answer.matches[0].offer.names["fi"] == "Inarin Saamelaiskirjasto"
    ivalo = next(found for found in answer.matches if "Ivalo" in found.offer.names["fi"])
    assert ivalo.km == pytest.approx(37, abs=2)


@pytest.mark.parametrize("form", Form)
def test_every_form_is_there(form: Form) -> None:
    answer = ask("phone_basics", TAMPERE, form=form)
    assert {found.offer.form for found in answer.matches} == {form}


def test_lines_that_are_not_for_this_place_are_not_shown() -> None:
    assert not [
        id for id in ids(ask("phone_basics", VAASA)) if id.startswith(("helsinki", "tampere", "enter"))
    ]
