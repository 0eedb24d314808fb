"""The coordinators' sheet: what people write, and what they are told when it cannot be used."""

import csv
from datetime import date, datetime
from io import StringIO
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from referral.directory.importers.columns import COLUMNS, NEEDED
from referral.directory.importers.offer import slug
from referral.directory.importers.rejected import Rejected
from referral.directory.importers.sheet import Sheet, read_sheet
from referral.hours import HELSINKI
from referral.model import Confidence, Coverage, Form, Offer, Role
from tests.referral.supply import SODANKYLA, atlas, catalog

PLAIN = {
    "organisation": "Järven kirjasto",
    "form": "in_person",
    "needs": "kela",
    "coverage": "national",
    "web": "https://kirjasto.example/digi",
}
SERVICES = {"drop_in": {"fi": "Tule käymään.", "sv": "Kom in."}}


def written(*rows: dict[str, str], delimiter: str = ",") -> bytes:
    """A sheet with all columns that any of the rows has."""
    columns = list(dict.fromkeys(column for row in rows for column in row))
    file = StringIO()
    writer = csv.DictWriter(file, columns, delimiter=delimiter)
    writer.writeheader()
    writer.writerows(rows)
    return file.getvalue().encode()


def read(*rows: dict[str, str], delimiter: str = ",") -> Sheet:
    return read_bytes(written(*rows, delimiter=delimiter))


def read_bytes(content: bytes) -> Sheet:
    return read_sheet(content, "sheet.csv", catalog(), atlas(), SERVICES)


def one(**changes: str) -> Offer:
    sheet = read({**PLAIN, **changes})
    assert sheet.rejections == ()
    (offer,) = sheet.offers
    return offer


def wrong(**changes: str) -> list[tuple[str, str]]:
    """The fields that are rejected, with what stands in them."""
    sheet = read({**PLAIN, **changes})
    assert sheet.offers == ()
    for rejected in sheet.rejections:
        assert (rejected.source, rejected.row) == ("sheet.csv", 2)
        assert rejected.reason
        assert rejected.fix.endswith(".")
    return [(rejected.field, rejected.value) for rejected in sheet.rejections]


def test_a_row_is_an_offer() -> None:
    made = one(
        name="Digikahvila",
        name_sv="Digikafé",
        street="Katu 1",
        postcode="99600",
        lat="67,41",
        lon="26.59",
        phone="016 123 4567",
        hours="Mo 09:00-11:00",
        price="maksuton",
        source="kirjasto.example",
        checked="21.11.2026",
        confidence="varma",
        description="Apua.",
    )
    assert made.organisation.names == {"fi": "Järven kirjasto"}
    assert made.names == {"fi": "Digikahvila", "sv": "Digikafé"}
    assert made.descriptions == {"fi": "Apua."}
    assert (made.role, made.form, made.needs) == (Role.SUPPORT, Form.IN_PERSON, {"kela"})
    assert (made.municipality, made.locality, made.point) == (SODANKYLA, "Sodankylä", (67.41, 26.59))
    assert (made.phone, made.hours, made.price) == ("016 123 4567", "Mo 09:00-11:00", "free")
    assert (made.source.name, made.source.checked) == ("kirjasto.example", date(2026, 11, 21))
    assert made.source.confidence is Confidence.HIGH
    assert (made.home_visits, made.ethical_guidelines) == (False, None)


def test_what_is_not_written_is_not_known() -> None:
    made = one()
    assert made.id == "jarven-kirjasto-in-person"
    assert made.names == {"fi": "Järven kirjasto"}
    assert made.source.confidence is Confidence.MEDIUM
    assert (made.source.checked, made.phone, made.hours, made.price, made.languages) == (None, "", "", "", ())


@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
@pytest.mark.parametrize("mark", [b"", b"\xef\xbb\xbf"])
@pytest.mark.parametrize("end", [b"\r\n", b"\n"])
def test_files_as_spreadsheets_write_them(delimiter: str, mark: bytes, end: bytes) -> None:
    content = mark + written({**PLAIN, "needs": "kela, tax; omakanta"}, delimiter=delimiter).replace(
        b"\r\n", end
    )
    sheet = read_bytes(content)
    assert sheet.rejections == ()
    assert sheet.offers[0].needs == {"kela", "tax", "omakanta"}


@pytest.mark.parametrize("language", [0, 1])
def test_headings_may_be_finnish_or_swedish(language: int) -> None:
    """In each of the languages every column has a heading, and it reads the same sheet."""
    headings = {
        column: (words[language] if len(words) > 1 else words[0]) for column, words in COLUMNS.items()
    }
    row = {
        **PLAIN,
        "phone": "016 123",
        "checked": "2026-11-21",
        "valid_until": "2027-01-01",
        "lat": "67",
        "lon": "26",
    }
    ours = read(row)
    theirs = read({headings[column].upper(): value for column, value in row.items()})
    assert theirs == ours
    assert ours.offers


def test_headings_are_never_ambiguous() -> None:
    names = [name for column, words in COLUMNS.items() for name in (column, *words)]
    assert len(names) == len(set(names)) > 80


@pytest.mark.parametrize(
    ("field", "value", "reading", "meaning"),
    [
        ("form", "Lähituki", "form", Form.IN_PERSON),
        ("form", "på distans", "form", Form.REMOTE),
        ("form", "koulutus", "form", Form.TRAINING),
        ("role", "kysy täältä", "role", Role.POINTER),
        ("audience", "ikäihmiset, äldre", "audience", ("seniors",)),
        ("languages", "suomi, svenska / en", "languages", ("fi", "sv", "en")),
        ("languages", "viittomakieli", "languages", ("fse",)),
        ("home_visits", "kyllä", "home_visits", True),
        ("home_visits", "nej", "home_visits", False),
        ("ethical_guidelines", "ei", "ethical_guidelines", False),
        ("ethical_guidelines", "x", "ethical_guidelines", True),
        ("coverage", "koko maa", "coverage", Coverage(True)),
        ("coverage", "Hela landet", "coverage", Coverage(True)),
        ("coverage", "Esbo, sodankylä", "coverage", Coverage(False, (), ("049", "758"))),
        ("coverage", "Lappi", "coverage", Coverage(False, ("19",), ())),
        ("coverage", "Lappland | 91", "coverage", Coverage(False, ("19",), ("091",))),
        ("coverage", "049; 01", "coverage", Coverage(False, ("01",), ("049",))),
        ("municipality", "758", "municipality", "758"),
        ("municipality", "49", "municipality", "049"),
        ("municipality", "Soađegilli", "municipality", "758"),
        ("postcode", "00100", "municipality", "091"),
        ("postcode", "100", "postcode", "00100"),
        ("needs", "Kela, Tulostus ja skannaus", "needs", {"kela", "printing_scanning"}),
        ("needs", "Utskrift och skanning", "needs", {"printing_scanning"}),
        ("starts", "21.11.2026 klo 13.30", "starts", datetime(2026, 11, 21, 13, 30, tzinfo=HELSINKI)),
        ("starts", "2026-11-21T13:30", "starts", datetime(2026, 11, 21, 13, 30, tzinfo=HELSINKI)),
        ("ends", "2026-07-01 9:00", "ends", datetime(2026, 7, 1, 9, 0, tzinfo=HELSINKI)),
        ("valid_from", "1.3.2027", "valid_from", date(2027, 3, 1)),
        ("price", "5 € / kerta", "price", "5 € / kerta"),
        ("price", "gratis", "price", "free"),
        ("service", "drop in", "descriptions", SERVICES["drop_in"]),
        ("authority", "kela", "authority", "kela"),
    ],
)
def test_what_people_write(field: str, value: str, reading: str, meaning: Any) -> None:
    assert getattr(one(**{field: value}), reading) == meaning


def test_groups_and_all_are_spelled_out() -> None:
    group = catalog().groups[0]
    assert one(needs=group.id).needs == set(group.needs)
    assert one(needs=group.titles["sv"]).needs == set(group.needs)
    everything = one(needs="kaikki").needs
    assert {"kela", "scam_victim", "phone_basics"} <= everything
    assert everything.isdisjoint({"device_repair", "device_purchase", "emergency"})
    assert "scam_victim" not in one(needs="all", role="pointer").needs


def test_coverage_follows_from_the_place_where_it_is_not_written() -> None:
    assert one(coverage="", postcode="99600", street="Katu 1").coverage == Coverage(False, (), (SODANKYLA,))
    assert wrong(coverage="") == [("coverage", "")]


@pytest.mark.parametrize(
    ("changes", "fields"),
    [
        ({"organisation": ""}, ["organisation"]),
        ({"form": ""}, ["form"]),
        ({"form": "huomenna"}, ["form"]),
        ({"needs": ""}, ["needs"]),
        ({"needs": "kela, kahvi"}, ["needs"]),
        ({"role": "boss"}, ["role"]),
        ({"coverage": "Atlantis"}, ["coverage"]),
        ({"coverage": "Sodankylä, Atlantis"}, ["coverage"]),
        ({"municipality": "999"}, ["municipality"]),
        ({"municipality": "Rovaniemen mlk"}, ["municipality"]),
        ({"postcode": "00000"}, ["postcode"]),
        ({"postcode": "996OO"}, ["postcode"]),
        ({"lat": "67"}, ["lat"]),
        ({"lat": "24.9", "lon": "60.2"}, ["lat"]),
        ({"lat": "48.8", "lon": "2.3"}, ["lat"]),
        ({"lat": "north", "lon": "2"}, ["lat"]),
        ({"phone": "soita Maijalle"}, ["phone"]),
        ({"phone": "09 1234567 tai 040"}, ["phone"]),
        ({"web": "www.kirjasto.example"}, ["web"]),
        ({"web": "javascript:alert(1)"}, ["web"]),
        ({"web": ""}, [""]),
        ({"hours": "aina"}, ["hours"]),
        ({"checked": "eilen"}, ["checked"]),
        ({"checked": "31.2.2026"}, ["checked"]),
        ({"confidence": "ehkä"}, ["confidence"]),
        ({"valid_from": "2.1.2027", "valid_until": "1.1.2027"}, ["valid_until"]),
        ({"starts": "2.1.2027 12:00", "ends": "2.1.2027 11:00"}, ["ends"]),
        ({"starts": "2.1.2027"}, ["starts"]),
        ({"starts": "2.1.2027 25:00"}, ["starts"]),
        ({"languages": "klingon"}, ["languages"]),
        ({"audience": "kissat"}, ["audience"]),
        ({"home_visits": "joskus"}, ["home_visits"]),
        ({"authority": "nasa"}, ["authority"]),
        ({"service": "massage"}, ["service"]),
        ({"form": "x", "phone": "y", "checked": "z"}, ["form", "phone", "checked"]),
    ],
)  # fmt: skip
def test_what_cannot_be_used_is_told(changes: dict[str, str], fields: list[str]) -> None:
    assert sorted(field for field, _ in wrong(**changes)) == sorted(fields)


def test_a_rejection_names_row_value_and_fix() -> None:
    sheet = read(PLAIN, {}, {**PLAIN, "phone": "no"})
    assert sheet.rejections == (
        Rejected("sheet.csv", 4, "phone", "no", "'no' is no phone number",
                 "Write only the number: 09 123 4567. Leave out words.", "jarven-kirjasto-in-person"),
    )  # fmt: skip


def test_one_bad_row_never_stops_the_rest() -> None:
    rows = [{**PLAIN, "id": f"row{n}", "phone": "bad" if n % 50 == 0 else "09 123"} for n in range(1, 501)]
    sheet = read(*rows)
    assert len(sheet.offers) == 490
    assert [rejected.row for rejected in sheet.rejections] == [n + 1 for n in range(50, 501, 50)]


def test_the_same_id_twice() -> None:
    sheet = read({**PLAIN, "id": "a"}, {**PLAIN, "id": "a"})
    assert len(sheet.offers) == 1
    assert [(one.row, one.field) for one in sheet.rejections] == [(3, "id")]


def test_a_bank_without_a_number_is_urgent_all_the_same() -> None:
    assert one(role="urgent", web="").role is Role.URGENT


@pytest.mark.parametrize("missing", NEEDED)
def test_a_needed_column_that_is_missing(missing: str) -> None:
    sheet = read({column: value for column, value in PLAIN.items() if column != missing})
    assert sheet.offers == ()
    (rejected,) = sheet.rejections
    assert (rejected.row, missing in rejected.reason) == (1, True)


def test_an_unknown_heading_is_told_and_the_rest_is_read() -> None:
    sheet = read({**PLAIN, "puhelimet": "09 123", "horoscope": ""})
    assert len(sheet.offers) == 1
    assert [one.value for one in sheet.rejections] == ["puhelimet", "horoscope"]
    assert "puhelin" in sheet.rejections[0].fix


def test_cells_without_a_heading_are_told() -> None:
    sheet = read_bytes(written(PLAIN).rstrip() + b",surplus\n")
    assert [one.field for one in sheet.rejections] == [""]
    assert read_bytes(written(PLAIN).rstrip() + b",,,\n").rejections == ()


@pytest.mark.parametrize("content", [b"", b"\xff\xfe\x00", "organisation;form\nä".encode("latin-1"), b"\n\n"])
def test_what_is_no_sheet(content: bytes) -> None:
    sheet = read_bytes(content)
    assert sheet.offers == ()
    assert [one.row for one in sheet.rejections] == [1]


@settings(deadline=None)
@given(st.binary(max_size=300))
def test_no_bytes_stop_it(content: bytes) -> None:
    assert read_bytes(content).rejections


@settings(deadline=None)
@given(st.dictionaries(st.sampled_from(sorted(COLUMNS)), st.text(max_size=30)))
def test_no_cell_stops_it(cells: dict[str, str]) -> None:
    """A row is an offer or has a fault, and every fault is in a column of ours."""
    sheet = read({**PLAIN, **cells})
    assert bool(sheet.offers) != bool(sheet.rejections) or not any(
        cell.strip() for cell in {**PLAIN, **cells}.values()
    )
    assert {one.field for one in sheet.rejections} <= {"", *COLUMNS}


def test_slugs() -> None:
    assert slug("Järvi-Suomen  kirjasto / Öster") == "jarvi-suomen-kirjasto-oster"
    assert slug("…") == ""
