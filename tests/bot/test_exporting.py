"""``digituki directory export``: real files of what ships, and what is said where they cannot be made."""

import json
from io import BytesIO
from pathlib import Path
from zipfile import ZipFile

import pytest
from openpyxl import load_workbook

from bot.cli import main


@pytest.fixture(autouse=True)
def elsewhere(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder without a database and without settings."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("DIGITUKI_DATA_DIR", str(tmp_path))
    monkeypatch.setenv("DIGITUKI_DATABASE_URL", f"sqlite:///{tmp_path}/none.sqlite3")
    return tmp_path


def test_the_three_formats_are_written(elsewhere: Path) -> None:
    for format in ("json", "csv", "xlsx"):
        command = ["directory", "export", "--format", format, "--output", f"out.{format}", "--language", "sv"]
        assert main(command) == 0
    told = json.loads((elsewhere / "out.json").read_bytes())
    assert (told["version"], told["language"]) == ("3.0", "sv")
    assert len(told["contents"]) > 1000
    with ZipFile(elsewhere / "out.csv") as package:
        assert len(package.read("services.csv").splitlines()) >= len(told["contents"]) + 1
    book = load_workbook(BytesIO((elsewhere / "out.xlsx").read_bytes()), read_only=True)
    assert book.sheetnames[:3] == ["about", "organizations", "services"]
    book.close()
    assert not (elsewhere / "none.sqlite3").exists()


def test_standard_output_is_the_default(capfdbinary: pytest.CaptureFixture[bytes]) -> None:
    assert main(["directory", "export"]) == 0
    assert json.loads(capfdbinary.readouterr().out)["language"] == "fi"


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (["--language", "de"], "There is no language de. Choose one of fi, fi-simple, sv, en, se."),
        (["--output", "missing/out.json"], "missing/out.json cannot be written"),
    ],
)
def test_what_cannot_be_made_is_said(
    arguments: list[str], sentence: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["directory", "export", *arguments]) == 2
    assert capsys.readouterr().err.startswith(sentence)
