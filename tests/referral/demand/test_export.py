"""A release as JSON, CSV and XLSX: what spreadsheets must not do with it, and what they must show."""

import csv
from io import BytesIO, StringIO
from random import Random

import pytest
from openpyxl import load_workbook  # type: ignore[import-untyped]

from referral.demand.export import COLUMNS, RULES, digest, from_json, to_csv, to_json, to_xlsx
from referral.demand.release import Figure, Release, ReleasedTable
from tests.referral.demand.invented import event, months, released

FIGURES = (Figure(("19", "kela"), 10, 8), Figure(("19", "tax"), 0, 0))
RELEASE = Release("month", "2026-11", 5, (ReleasedTable("needs", ("region", "need"), FIGURES),))
FORMULAS = ("=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1")


def rows(content: bytes, delimiter: str = ",") -> list[list[str]]:
    return list(csv.reader(StringIO(content.decode("utf-8-sig"), newline=""), delimiter=delimiter))


@pytest.mark.parametrize("delimiter", [",", ";"])
def test_csv(delimiter: str) -> None:
    content = to_csv(RELEASE, "needs", delimiter)
    assert content.startswith(b"\xef\xbb\xbf")
    assert rows(content, delimiter) == [
        ["period", "region", "need", "number", "at_least"],
        ["2026-11", "19", "kela", "10", "8"],
        ["2026-11", "19", "tax", "<5", ""],
    ]


def test_codes_may_be_followed_by_their_names() -> None:
    found = rows(to_csv(RELEASE, "needs", ",", lambda column, code: {"kela": "Kelan asiointi"}.get(code, "")))
    assert found[0] == ["period", "region", "need", "need_name", "number", "at_least"]
    assert [row[3] for row in found[1:]] == ["Kelan asiointi", ""]


def test_a_table_that_is_not_there_is_a_key_error() -> None:
    with pytest.raises(KeyError):
        to_csv(RELEASE, "people")


@pytest.mark.parametrize("text", FORMULAS)
def test_what_looks_like_a_formula_is_text(text: str) -> None:
    def name(column: str, code: str) -> str:
        return text

    assert rows(to_csv(RELEASE, "needs", ",", name))[1][2] == f"'{text}"
    sheet = load_workbook(BytesIO(to_xlsx(RELEASE, name)))["needs"]
    assert sheet.cell(2, 3).data_type == "s"
    assert sheet.cell(2, 3).value.strip() == text.strip()


def test_a_workbook_explains_every_column_and_rule() -> None:
    chance = Random(1)
    over = months("2025-01", 12)
    for release in released([event(chance, chance.choice(over)) for _ in range(50)], over)[-4:]:
        book = load_workbook(BytesIO(to_xlsx(release)))
        assert book.sheetnames == ["about", *(table.name for table in release.tables)]
        about = {row[0].value: row[1].value for row in book["about"].rows}
        assert about["sha256"] == digest(to_json(release))
        assert {f"rule {number}" for number in range(1, len(RULES) + 1)} <= about.keys()
        for table in release.tables:
            headings = [cell.value for cell in book[table.name][1]]
            assert headings == ["period", *table.columns, "number", "at_least"]
            assert set(headings[1:]) <= about.keys() & COLUMNS.keys()
            assert book[table.name].max_row == 1 + len(table.figures)


def test_json_is_read_back_as_it_was() -> None:
    chance = Random(2)
    over = months("2025-01", 12)
    made = released([event(chance, chance.choice(over)) for _ in range(200)], over)
    assert made
    for release in made:
        assert from_json(to_json(release)) == release


def test_small_and_zero_are_written_alike() -> None:
    small = Release("month", "2026-11", 10, (ReleasedTable("needs", ("need",), (Figure(("tax",), 0, 0),)),))
    assert rows(to_csv(small, "needs"))[1] == ["2026-11", "tax", "<10", ""]
    assert b'["tax",null,null]' in to_json(small)
