"""``digituki import``: what is printed, and what stops it."""

from datetime import date
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook

from bot.cli import main
from bot.intake import Intake, dry_run

SAMPLES = Path(__file__).parents[1] / "referral" / "directory" / "importers" / "samples"
SHEET = "organisation,form,needs,coverage,web\nJärvi ry,in_person,kela,Inari,https://jarvi.example/\n"


DAY = date(2026, 11, 23)


def told(kind: str, file: Path, **more: Any) -> list[str]:
    return list(dry_run(Intake(kind, (file,), DAY, **more)))


def test_every_kind_of_source_can_be_looked_at() -> None:
    for kind, file, offers in (
        ("events", "events/event.json", 3),
        ("kirkanta", "kirkanta/library.json", 3),
        ("ptv", "ptv/etalukio_service.json", 0),
        ("hsds", "hsds/service_full.json", 0),
    ):
        lines = told(kind, SAMPLES / file, explain=True)
        assert any(line.startswith(f"{offers} offers: ") for line in lines), kind
        assert any(line.startswith(("taken ", "left ")) for line in lines), kind


def test_libraries_are_compared_with_those_that_ship() -> None:
    lines = told("kirkanta", SAMPLES / "kirkanta/library.json")
    assert "new library-900001 Järven kirjasto" in lines
    assert any(
        line.startswith("closed library-84787 Entressen kirjasto, last day 2026-11-22") for line in lines
    )
    assert (
        lines[-1]
        == "More than a fifth of what this source gave would be closed. If that is right, add --force."
    )


def test_a_sheet_comes_back_with_its_errors(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    sheet, errors = tmp_path / "sheet.csv", tmp_path / "errors.xlsx"
    sheet.write_text(SHEET + "Järvi ry,kirjeitse,kela,Inari,https://jarvi.example/\n", "utf-8")
    assert main(["import", "--dry-run", "--kind", "sheet", str(sheet), "--errors", str(errors)]) == 0
    lines = capsys.readouterr().out.splitlines()
    (rejected,) = [line for line in lines if line.startswith("rejected ")]
    assert rejected.startswith("rejected sheet.csv, row 3, ")
    assert "form: 'kirjeitse': 'kirjeitse' is not known here. Write one of: in_person" in rejected
    assert load_workbook(errors).worksheets[0]["B3"].comment is not None


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (["--kind", "sheet", "missing.csv", "--dry-run"], "missing.csv cannot be read"),
        (["--kind", "sheet", __file__], "add --dry-run"),
        (
            ["--kind", "events", str(SAMPLES / "events/event.json"), "--dry-run", "--errors", "x"],
            "--kind sheet",
        ),
    ],
)
def test_what_cannot_be_done_says_what_to_do(
    arguments: list[str], says: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["import", *arguments]) == 2
    assert says in capsys.readouterr().err
