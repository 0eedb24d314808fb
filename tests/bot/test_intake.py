"""``digituki import``: what is printed, what is kept, and what stops it."""

import asyncio
import json
from argparse import ArgumentParser
from datetime import date
from pathlib import Path

import pytest
from openpyxl import load_workbook

from bot import intake
from bot.cli import main
from bot.settings import Settings

SAMPLES = Path(__file__).parents[1] / "referral" / "directory" / "importers" / "samples"
SHEET = "organisation,form,needs,coverage,web\nJärvi ry,in_person,kela,Inari,https://jarvi.example/\n"
TEN = "organisation,form,needs,coverage,web\n" + "".join(
    f"Järvi {number} ry,in_person,kela,Inari,https://jarvi.example/\n" for number in range(10)
)


DAY = date(2026, 11, 23)


class Told:
    """Runs imports on ``DAY`` over a database that is not there at first, and gives what they printed."""

    def __init__(self, folder: Path) -> None:
        self.data = folder
        self.status = 0

    def __call__(self, *arguments: str | Path) -> list[str]:
        parser = ArgumentParser()
        intake.add_arguments(parser)
        options = parser.parse_args([str(one) for one in arguments])
        settings = Settings.from_env({"DIGITUKI_DATA_DIR": str(self.data)})
        lines: list[str] = []
        self.status = asyncio.run(intake.run(settings, intake.asked(options, DAY), lines.append))
        return lines


@pytest.fixture
def told(tmp_path: Path) -> Told:
    return Told(tmp_path / "data")


@pytest.mark.parametrize(
    ("kind", "file", "offers"),
    [
        ("events", "events/event.json", 3),
        ("ptv", "ptv/etalukio_service.json", 0),
        ("hsds", "hsds/service_full.json", 0),
    ],
)
def test_every_kind_of_source_can_be_looked_at(kind: str, file: str, offers: int, told: Told) -> None:
    lines = told("--kind", kind, SAMPLES / file, "--explain", "--dry-run")
    assert any(line.startswith(f"{offers} offers: ") for line in lines)
    assert any(line.startswith(("taken ", "left ")) for line in lines)
    assert not told.data.exists()


def test_libraries_take_the_place_of_those_that_ship(told: Told) -> None:
    lines = told("--kind", "kirkanta", SAMPLES / "kirkanta/library.json")
    assert told.status == 1
    assert "new library-900001 Järven kirjasto" in lines
    assert any(
        line.startswith("closed library-84787 Entressen kirjasto, last day 2026-11-22") for line in lines
    )
    assert lines[-1] == (
        "More than a fifth of what this source gave would be closed, so nothing was changed. "
        "If that is right, add --force."
    )
    again = told("--kind", "kirkanta", SAMPLES / "kirkanta/library.json", "--force")
    assert told.status == 0
    assert again[:-1] == lines[:-2]
    assert (
        "3 offers: 0 new, 0 changed, 0 only checked again, 0 open again, 0 closed, "
        in (told("--kind", "kirkanta", SAMPLES / "kirkanta/library.json")[-1])
    )


def test_importing_twice_changes_nothing(told: Told, tmp_path: Path) -> None:
    sheet = tmp_path / "lappi.csv"
    sheet.write_text(SHEET, "utf-8")
    assert told("--dry-run", sheet)[-1].startswith("1 offers: 1 new, ")
    assert told(sheet)[-1].startswith("1 offers: 1 new, ")
    assert told(sheet) == [
        "1 offers: 0 new, 0 changed, 0 only checked again, 0 open again, 0 closed, 0 rejected, 1 the same."
    ]


def test_what_disappears_is_closed_and_opens_when_it_comes_back(told: Told, tmp_path: Path) -> None:
    sheet = tmp_path / "lappi.csv"
    sheet.write_text(TEN, "utf-8")
    told(sheet)
    sheet.write_text(TEN.replace("Järvi 9 ry", "Lampi ry"), "utf-8")
    assert [line.split()[0] for line in told(sheet)[:-1]] == ["new", "closed"]
    sheet.write_text(TEN, "utf-8")
    assert [line.split()[0] for line in told(sheet)[:-1]] == ["open", "closed"]


def test_each_sheet_is_a_source_of_its_own(told: Told, tmp_path: Path) -> None:
    one, other = tmp_path / "lappi.csv", tmp_path / "uusimaa.csv"
    one.write_text(SHEET, "utf-8")
    other.write_text(SHEET.replace("Järvi", "Meri"), "utf-8")
    lines = told(one, other)
    assert [line for line in lines if line.startswith("sheet ")] == ["sheet lappi.csv:", "sheet uusimaa.csv:"]
    assert len([line for line in lines if line.startswith("new ")]) == 2


def test_a_row_of_another_sheet_is_not_taken_from_it(told: Told, tmp_path: Path) -> None:
    one, other = tmp_path / "lappi.csv", tmp_path / "lappi (1).csv"
    for sheet in (one, other):
        sheet.write_text(SHEET, "utf-8")
    told(one)
    lines = told(other)
    assert lines[0].startswith("rejected sheet lappi (1).csv, ")
    assert "--source 'sheet lappi.csv'" in lines[0]
    assert told(other, "--source", "sheet lappi.csv")[-1].endswith("1 the same.")


def test_a_folder_that_was_fetched_says_what_it_is(told: Told, tmp_path: Path) -> None:
    folder = tmp_path / "fetched" / "events" / "20261122T100000Z"
    folder.mkdir(parents=True)
    (folder / "event-00001.json").write_bytes((SAMPLES / "events/event.json").read_bytes())
    manifest = {
        "source": "events",
        "address": "https://api.events.example/v1",
        "began": "2026-11-22T10:00:00+00:00",
        "since": None,
        "ended": "2026-11-22T10:01:00+00:00",
        "pages": ["event-00001.json"],
    }
    (folder / "manifest.json").write_text(json.dumps(manifest), "utf-8")
    assert told(folder)[-1].startswith("3 offers: 3 new, ")
    assert told(folder)[-1].startswith("3 offers: 0 new, ")


def test_a_sheet_comes_back_with_its_errors(told: Told, tmp_path: Path) -> None:
    sheet, errors = tmp_path / "sheet.csv", tmp_path / "errors.xlsx"
    sheet.write_text(SHEET + "Järvi ry,kirjeitse,kela,Inari,https://jarvi.example/\n", "utf-8")
    lines = told("--dry-run", sheet, "--errors", errors)
    assert told.status == 0
    (rejected,) = [line for line in lines if line.startswith("rejected ")]
    assert rejected.startswith("rejected sheet.csv, row 3, ")
    assert "form: 'kirjeitse': 'kirjeitse' is not known here. Write one of: in_person" in rejected
    assert load_workbook(errors).worksheets[0]["B3"].comment is not None


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (["--kind", "sheet", "missing.csv", "--dry-run"], "missing.csv cannot be read"),
        ([str(SAMPLES / "events/event.json")], "--kind events, hsds, kirkanta, ptv, sheet"),
        (
            ["--kind", "events", str(SAMPLES / "events/event.json"), "--errors", "x"],
            "one file that is a sheet",
        ),
        ([str(SAMPLES / "events"), "a.csv", "--kind", "sheet", "--source", "x"], "cannot be read"),
    ],
)
def test_what_cannot_be_done_says_what_to_do(
    arguments: list[str], says: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["import", *arguments]) == 2
    assert says in capsys.readouterr().err
