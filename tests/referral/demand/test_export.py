"""A release as JSON, CSV and XLSX: what spreadsheets must not do with it, and what they must show."""

import csv
from dataclasses import replace
from io import BytesIO, StringIO
from random import Random

import pytest
from openpyxl import load_workbook

from locales.catalogue import Catalogues
from locales.text import Text
from referral.demand import file_words
from referral.demand.export import digest, from_json, to_csv, to_json, to_xlsx
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
    sheet = load_workbook(BytesIO(to_xlsx(RELEASE, name)))["Needs"]
    assert sheet.cell(2, 3).data_type == "s"
    assert sheet.cell(2, 3).value.strip() == text.strip()


@pytest.mark.parametrize("language", ["en", "fi", "sv"])
def test_a_workbook_explains_every_column_and_rule(language: str) -> None:
    spoken, chance = Catalogues.load(domains=("digituki", "coordinators")), Random(1)

    def say(text: Text) -> str:
        return spoken.say(text, language)

    over = months("2025-01", 12)
    for release in released([event(chance, chance.choice(over)) for _ in range(50)], over)[-4:]:
        book = load_workbook(BytesIO(to_xlsx(release, say=say)))
        sheets = [say(file_words.SHEETS[table.name]) for table in release.tables]
        assert book.sheetnames == [say(file_words.ABOUT), *sheets]
        about = [(row[0].value, row[1].value) for row in book.worksheets[0].rows]
        assert (say(file_words.SHA256), digest(to_json(release))) in about
        labels = {label for label, _ in about}
        for number, rule in enumerate(file_words.RULES, 1):
            assert say(replace(file_words.RULE, blanks=(("number", number),))) in labels
            assert say(replace(rule, blanks=(("k", release.k),))) in dict(about).values()
        for title, table in zip(sheets, release.tables, strict=True):
            headings = [cell.value for cell in book[title][1]]
            columns = ["period", *table.columns, "number", "at_least"]
            assert headings == [say(file_words.HEADINGS[one]) for one in columns]
            explained = [(say(file_words.HEADINGS[one]), say(file_words.COLUMNS[one])) for one in columns[1:]]
            assert set(explained) <= set(about)
            assert book[title].max_row == 1 + len(table.figures)


def test_every_sheet_title_is_one_that_spreadsheets_take() -> None:
    spoken = Catalogues.load(domains=("digituki", "coordinators"))
    for language in ("en", "fi", "sv"):
        titles = [spoken.say(one, language) for one in (*file_words.SHEETS.values(), file_words.ABOUT)]
        assert all(len(one) <= 31 for one in titles)
        assert len({one.casefold() for one in titles}) == len(titles)
        assert not any(character in one for one in titles for character in "[]:*?/\\")


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
