"""The operator's commands: looking is logged, months close once, exports are what was stored."""

import asyncio
import json
from hashlib import sha256
from io import StringIO
from pathlib import Path

import pytest

from bot import cli
from bot.settings import Settings
from referral.demand.counters import Increment
from referral.migrations import upgrade
from referral.store.database import open_database
from referral.store.demand import raise_counters


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, log: StringIO) -> Path:
    """A data folder of its own; the log is put back afterwards, which the command sets up for itself."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("DIGITUKI_DATA_DIR", str(tmp_path))
    return tmp_path


async def asked(folder: Path) -> None:
    settings = Settings.from_env({"DIGITUKI_DATA_DIR": str(folder)})
    increments = [Increment("demand_by_municipality_need", "2025-10", ("758", "kela"))] * 37
    async with open_database(settings.database_url) as database:
        await upgrade(database)
        await database.write(lambda connection: raise_counters(connection, increments))


def run(capsys: pytest.CaptureFixture[str], *words: str) -> tuple[int, str, str]:
    status = cli.main(["demand", *words])
    out = capsys.readouterr()
    return status, out.out, out.err


@pytest.fixture
def counted(folder: Path) -> Path:
    """The folder, when 37 people of Sodankylä have asked about Kela."""
    asyncio.run(asked(folder))
    return folder


def test_looking_at_raw_counters_is_logged_without_a_number(
    counted: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    status, out, log = run(capsys, "show")
    assert status == 0
    assert "2025-10\t758\tkela\t37" in out
    assert "raw counters shown" in log
    assert "37" not in json.loads(log.splitlines()[-1])["event"]
    assert "758" not in log


def test_a_release_is_made_once_and_exported_as_it_was(
    counted: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    status, out, _ = run(capsys, "release", "--month", "2025-12")
    assert status == 0
    lines = [line.split("\t") for line in out.splitlines()]
    assert [line[0] for line in lines] == ["month", "month", "month", "quarter", "public", "year"]
    assert run(capsys, "release", "--month", "2025-12")[:2] == (0, "")
    file = counted / "out.json"
    assert run(capsys, "export", "--kind", "year", "--output", str(file))[0] == 0
    assert sha256(file.read_bytes()).hexdigest() == lines[-1][2]
    sheet = counted / "out.xlsx"
    assert run(capsys, "export", "--kind", "quarter", "--format", "xlsx", "--output", str(sheet))[0] == 0
    assert sheet.read_bytes().startswith(b"PK")
    csv = counted / "out.csv"
    words = ("--kind", "public", "--format", "csv", "--delimiter", ";", "--output", str(csv))
    assert run(capsys, "export", *words)[0] == 0
    told = [line for line in csv.read_text("utf-8-sig").splitlines() if ";<10;" not in line]
    assert told[1:] == ["2025-Q4;19;Lappi;public_services;Viranomaisten ja terveyden palvelut;35;33"]


@pytest.mark.parametrize(
    ("words", "complaint"),
    [
        (("release", "--month", "2999-01"), "has not closed"),
        (("release", "--month", "tammikuu"), "is not a month"),
        (("export",), "has been released"),
        (("export", "--kind", "year", "--period", "2024"), "No year 2024"),
    ],
)
def test_what_cannot_be_done_is_said(
    words: tuple[str, ...], complaint: str, counted: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    status, out, said = run(capsys, *words)
    assert (status, out) == (2, "")
    assert complaint in said
