"""What ``digituki refer`` understands and prints."""

import json
from datetime import date, timedelta

import pytest

from referral.answer_json import BadRequest, answer_json, request_from
from referral.match import match
from referral.model import Form, Organisation, Request, Role
from tests.referral.supply import INARI, MONDAY, SODANKYLA, at, atlas, catalog, directory, offer, source


def asked(needs: tuple[str, ...] = ("kela",), **words: str) -> Request:
    return request_from(catalog(), atlas(), needs=needs, **words)


@pytest.mark.parametrize(
    ("place", "municipality"),
    [
        ("99800", INARI),
        ("758", SODANKYLA),
        ("005", "005"),
        ("Sodankylä", SODANKYLA),
        ("sodankyla", SODANKYLA),
        ("Soađegilli", SODANKYLA),
        ("Åbo", "853"),
        (" Kersilö ", SODANKYLA),
        ("Pertunmaa", "507"),
        ("", ""),
    ],
)
def test_places(place: str, municipality: str) -> None:
    assert asked(place=place).municipality == municipality


def test_those_who_give_support_ask_for_themselves() -> None:
    assert asked().audience == "citizens"
    assert asked(audience="supporters").audience == "supporters"
    with pytest.raises(BadRequest, match="citizens or supporters"):
        asked(audience="everybody")


def test_a_postcode_or_a_village_is_a_point_and_a_municipality_is_none() -> None:
    assert asked(place="99800").point == atlas().postcodes["99800"].point
    assert asked(place="Kersilö").point is not None
    assert asked(place="Sodankylä").point is None
    assert asked(place="99800", point="60.17,24.94").point == (60.17, 24.94)


def test_everything_that_can_be_asked() -> None:
    request = asked(("kela", "tax", "kela"), place="758", language="sv", form="remote")
    assert request == Request(("kela", "tax"), SODANKYLA, None, Form.REMOTE, ("sv",))


@pytest.mark.parametrize(
    ("needs", "words", "said"),
    [
        ((), {}, "Say which need"),
        (("coffee",), {}, "'coffee'"),
        (("kela",), {"form": "pigeon"}, "in_person, remote, training"),
        (("kela",), {"place": "Atlantis"}, "'Atlantis'"),
        (("kela",), {"place": "00000"}, "postcode 00000"),
        (("kela",), {"place": "999"}, "code 999"),
        (("kela",), {"place": "Ristimäki"}, "more than one municipality"),
        (("kela",), {"point": "here"}, "LAT,LON"),
        (("kela",), {"point": "60.1"}, "LAT,LON"),
        (("kela",), {"point": "48.8,2.3"}, "not in Finland"),
        (("kela",), {"point": "nan,nan"}, "not in Finland"),
    ],
)
def test_what_cannot_be_asked_is_told(needs: tuple[str, ...], words: dict[str, str], said: str) -> None:
    with pytest.raises(BadRequest, match=said) as caught:
        asked(needs, **words)
    assert str(caught.value).endswith(".")


def test_an_answer_is_plain_json() -> None:
    house = at(
        "house",
        SODANKYLA,
        names={"fi": "Kirjasto", "sv": "Biblioteket"},
        organisation=Organisation("o", {"fi": "Kunta"}, "municipality"),
        street="Katu 1",
        postcode="99600",
        locality="Sodankylä",
        phone="016 1",
        hours="Mo 09:00-11:00",
        source=source(date(2026, 11, 1)),
    )
    answer = match(
        Request(("kela",), SODANKYLA, languages=("sv",)),
        directory(house, offer("kela", role=Role.AUTHORITY, form=Form.REMOTE)),
        MONDAY,
    )
    printed = json.loads(json.dumps(answer_json(answer, "sv")))
    (found,) = printed["matches"]
    assert found["name"] == "Biblioteket"
    assert (found["id"], found["role"], found["form"]) == ("house", "support", "in_person")
    assert found["address"] == "Katu 1, 99600 Sodankylä"
    assert found["km"] == round(answer.matches[0].km or 0, 1)
    assert found["reasons"] == [
        "nearest",
        "in_your_municipality",
        "declares_support",
        "language_unknown",
        "open_now",
    ]
    assert found["opening"] == {"state": "open", "changes": (MONDAY + timedelta(hours=1)).isoformat()}
    assert (found["checked"], found["confidence"]) == ("2026-11-01", "high")
    assert [line["id"] for line in printed["first_contact"]] == ["kela"]
    assert printed["widened"] == {"width": "municipality", "municipality": SODANKYLA, "km": found["km"]}
    assert printed["unmet"] == ["language"]
    assert printed["request"]["needs"] == ["kela"]


def test_nothing_found_is_plain_json_too() -> None:
    printed = answer_json(match(Request(("kela",)), directory(), MONDAY), "fi")
    assert (printed["matches"], printed["first_contact"], printed["widened"]) == ([], [], None)
    assert printed["unmet"] == ["no_supply"]
