"""Workbooks: read as sheets, and given back with the errors beside the cells."""

import random
from datetime import date, datetime
from io import BytesIO
from typing import Any

import pytest
from openpyxl import Workbook, load_workbook

from referral.directory.importers.imported import File, Means
from referral.directory.importers.rejected import Unfit
from referral.directory.importers.sheet import errors_beside, sheet
from referral.directory.importers.sheet_marks import MARKS
from tests.referral.supply import atlas, catalog

MEANS = Means.of(catalog(), atlas(), {}, date(2026, 11, 23))
HEADINGS = ("Organisaatio", "Muoto", "Aiheet", "Alue", "Postinumero", "Puhelin", "Aukioloajat", "Tarkistettu")
SOUND: tuple[Any, ...] = (
    *("Järven kirjasto", "lähituki", "kela", "Sodankylä", 99600, "016 123 4567", "ma–pe 9–15, la suljettu"),
    datetime(2026, 11, 1),  # noqa: DTZ001 (a workbook knows no zones)
)


def book(*rows: tuple[Any, ...], headings: tuple[str, ...] = HEADINGS) -> bytes:
    made = Workbook()
    for row in (headings, *rows):
        made.worksheets[0].append(row)
    saved = BytesIO()
    made.save(saved)
    return saved.getvalue()


def read(content: bytes) -> Any:
    return sheet([File("sheet.xlsx", content)], MEANS)


def cells(content: bytes) -> list[list[Any]]:
    return [list(row) for row in load_workbook(BytesIO(content)).worksheets[0].iter_rows(values_only=True)]


@pytest.mark.parametrize(
    "headings",
    [
        HEADINGS,
        ("Arrangör", "Form", "Ämnen", "Område", "Postnummer", "Telefon", "Öppettider", "Kontrollerad"),
        ("organisation", "form", "needs", "coverage", "postcode", "phone", "hours", "checked"),
    ],
)
def test_a_workbook_is_a_sheet(headings: tuple[str, ...]) -> None:
    found = read(book(SOUND, headings=headings))
    assert found.rejections == ()
    (offer,) = found.offers
    assert (offer.postcode, offer.hours) == ("99600", "Mo-Fr 09:00-15:00; Sa off")
    assert (offer.phone, offer.source.checked) == ("016 123 4567", date(2026, 11, 1))


def test_a_postcode_that_lost_its_zeros_has_them_again() -> None:
    assert read(book((*SOUND[:3], "Helsinki", 100, *SOUND[5:]))).offers[0].postcode == "00100"


def test_five_thousand_rows_with_three_hundred_errors_give_exactly_those() -> None:
    """Each fault is known beforehand: the row, the field and the value."""
    chance = random.Random(300)
    faults = [
        ("form", 1, "kirjeitse"),
        ("needs", 2, "avaruus"),
        ("coverage", 3, "Atlantis"),
        ("postcode", 4, "00009"),
        ("phone", 5, "kysy tiskiltä"),
        ("hours", 6, "silloin tällöin"),
        ("checked", 7, "eilen"),
    ]
    rows = [(f"Järjestö {number}", *SOUND[1:]) for number in range(5000)]
    planted = set()
    for number in chance.sample(range(5000), 300):
        field, column, value = chance.choice(faults)
        rows[number] = (*rows[number][:column], value, *rows[number][column + 1 :])
        planted.add((number + 2, field, value))
    found = read(book(*rows))
    assert len(planted) == 300
    assert [(one.row, one.field, one.value) for one in found.rejections] == sorted(planted)
    assert len(found.offers) == 4700
    assert all(one.source == "sheet.xlsx" and one.reason and one.fix for one in found.rejections)


def test_the_errors_stand_beside_the_cells() -> None:
    wrong = (*SOUND[:5], "kysy tiskiltä", "joskus", SOUND[7])
    content = book(SOUND, wrong)
    given_back = errors_beside(content, read(content).rejections)
    back = load_workbook(BytesIO(given_back)).worksheets[0]
    assert [cell.value for cell in back[1]] == [*HEADINGS, MARKS]
    assert back["I2"].value is None
    assert back["I3"].value.startswith("phone: 'kysy tiskiltä' is no phone number.")
    assert "hours: 'joskus'" in back["I3"].value
    assert [cell.coordinate for row in back.iter_rows() for cell in row if cell.comment] == ["F3", "G3"]
    assert back["F3"].fill.fgColor.rgb == "00FFE0A3"
    # What the person wrote is all there.
    assert [row[:8] for row in cells(given_back)] == cells(content)


def test_a_corrected_workbook_comes_back_without_its_marks() -> None:
    wrong = book((*SOUND[:5], "kysy tiskiltä", *SOUND[6:]))
    given_back = load_workbook(BytesIO(errors_beside(wrong, read(wrong).rejections)))
    given_back.worksheets[0]["F2"].value = "016 123 4567"
    saved = BytesIO()
    given_back.save(saved)
    found = read(saved.getvalue())
    assert (len(found.offers), found.rejections) == (1, ())
    clean = load_workbook(BytesIO(errors_beside(saved.getvalue(), ()))).worksheets[0]
    assert clean["I2"].value is None
    assert not [cell for row in clean.iter_rows() for cell in row if cell.comment]


def test_a_csv_file_is_given_back_as_a_workbook() -> None:
    content = b"organisation,form,needs,web\n=1+1,in_person,kela,ftp\n"
    found = sheet([File("sheet.csv", content)], MEANS)
    back = load_workbook(BytesIO(errors_beside(content, found.rejections))).worksheets[0]
    assert (back["A2"].value, back["A2"].data_type) == ("=1+1", "s")
    assert back["D2"].comment is not None


@pytest.mark.parametrize("content", [b"PK\x03\x04", b"PK\x03\x04" + b"x" * 100])
def test_what_is_no_workbook(content: bytes) -> None:
    assert [(one.row, one.field) for one in read(content).rejections] == [(1, "")]
    with pytest.raises(Unfit):
        errors_beside(content, ())
