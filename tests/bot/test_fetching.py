"""``digituki fetch`` as people run it: in a process of its own, with a register that makes faults."""

import asyncio
import os
import pty
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import UTC, date, datetime
from io import StringIO
from pathlib import Path

import pytest

from bot.cli import main
from bot.settings import Settings
from bot.watching import Watched, said
from referral.directory.importers import IMPORTERS
from referral.directory.importers.fetch import folder, manifest_of, pages_of
from referral.directory.importers.fetch.network import Progress
from referral.directory.importers.imported import File, Means
from referral.directory.starter import load_services
from referral.store.database import open_database
from referral.store.overrules import Overrule, overrule
from tests.referral.supply import atlas, catalog
from tests.registers import ptv11, ptv12
from tests.registers.faults import Faults
from tests.registers.finland import PLACE, Register, channel_id, service_id
from tests.registers.server import in_thread

PROJECT = Path(__file__).parents[2]
SERVICES = 600
MEANS = Means.of(catalog(), atlas(), load_services(), date(2026, 11, 22))


@contextmanager
def register(every: int) -> Iterator[str]:
    """The address of a register of 600 services, in a process of its own."""
    command = [sys.executable, "-m", "tests.registers.server", str(SERVICES), str(every)]
    pipe = subprocess.PIPE
    with subprocess.Popen(command, stdin=pipe, stdout=pipe, cwd=PROJECT, text=True) as server:
        assert server.stdout
        assert server.stdin
        try:
            yield server.stdout.readline().strip()
        finally:
            server.stdin.close()


def environment(data: Path) -> dict[str, str]:
    kept = {name: value for name, value in os.environ.items() if not name.startswith("DIGITUKI_")}
    return {**kept, "DIGITUKI_DATA_DIR": str(data), "DIGITUKI_OPERATOR": "Järven kunta"}


def started(data: Path, address: str) -> "subprocess.Popen[str]":
    command = [sys.executable, "-m", "bot", "fetch", "ptv", "--address", address]
    pipe = subprocess.PIPE
    return subprocess.Popen(command, stdout=pipe, stderr=pipe, cwd=PROJECT, env=environment(data), text=True)


def run_of(data: Path) -> Path:
    (path,) = (data / "fetched/ptv").glob("*Z")
    return path


def test_a_fetch_that_is_killed_goes_on_where_it_stopped(tmp_path: Path) -> None:
    with register(every=3) as address:
        killed = started(tmp_path, address)
        while len(list((tmp_path / "fetched").glob("ptv/*Z/Service-0*.json"))) < 3:
            assert killed.poll() is None, killed.communicate()
            time.sleep(0.02)
        killed.send_signal(signal.SIGKILL)
        killed.communicate()
        assert killed.returncode == -signal.SIGKILL
        before = {path.name: path.stat().st_mtime_ns for path in run_of(tmp_path).glob("Service-*.json")}
        assert 4 <= len(before) < 12
        assert manifest_of(run_of(tmp_path)).ended is None

        second = started(tmp_path, address)
        told, complaints = second.communicate()
    assert second.returncode == 0, complaints
    assert told.startswith("Going on where it stopped: everything")
    path = run_of(tmp_path)
    assert str(path) in told
    assert all((path / name).stat().st_mtime_ns == when for name, when in before.items())
    found = IMPORTERS["ptv"](pages_of(path), MEANS)
    assert len(found.choices) == SERVICES
    assert len(found.offers) == 2 * Register(SERVICES).taken
    assert found.rejections == ()


@pytest.fixture
def data(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The data folder of the commands that are run in this process."""
    monkeypatch.chdir(tmp_path)
    for name in [name for name in os.environ if name.startswith("DIGITUKI_")]:
        monkeypatch.delenv(name)
    monkeypatch.setenv("DIGITUKI_DATA_DIR", str(tmp_path))
    return tmp_path


def test_the_second_time_only_what_has_changed(data: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with in_thread(ptv11.routes(Register(50))) as address:
        command = ["fetch", "ptv", "--address", f"{address}/api/v11"]
        assert main(command) == 0
        assert "Asking for everything" in capsys.readouterr().out
        assert main(command) == 0
        assert "Asking for what has changed since" in capsys.readouterr().out
        first, second = sorted((data / "fetched/ptv").glob("*Z"))
        assert (manifest_of(first).partial, manifest_of(second).partial) == (False, True)
        assert list(pages_of(second)) == []
        assert main([*command, "--full"]) == 0
        assert "Asking for everything" in capsys.readouterr().out


def test_from_the_register_to_the_directory(data: Path, capsys: pytest.CaptureFixture[str]) -> None:
    small = Register(120)
    with in_thread(ptv11.routes(small), Faults(every=4, slow=0.01)) as address:

        def brought(*more: str) -> str:
            command = ["fetch", "ptv", "--address", f"{address}/api/v11", "--import"]
            assert main([*command, *more]) == 0
            return capsys.readouterr().out.splitlines()[-1]

        assert brought().startswith("12 offers: 12 new")
        (folder,) = (data / "fetched/ptv").glob("*Z")
        assert main(["import", str(folder)]) == 0
        assert capsys.readouterr().out.splitlines()[-1].startswith("12 offers: 0 new")
        small.changed[51] = small.moved[channel_id(0, PLACE)] = "2099-01-01T10:00:00"
        # A delta holds what has changed with all of its connections, and closes nothing.
        changed = brought()
        assert changed.startswith("4 offers: 0 new, 0 changed, 3 only checked again, 0 open again, 0 closed")
        asyncio.run(_decided(data, service_id(7)))
        assert brought().startswith("14 offers: 2 new, 0 changed, 0 only checked again, 0 open")


def test_version_12_with_its_key(
    data: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    with in_thread(ptv12.routes(Register(50))) as address:
        command = ["fetch", "ptv", "--address", f"{address}/api/v12", "--import"]
        monkeypatch.setenv("DIGITUKI_PTV_KEY", "wrong")
        assert main(command) == 1
        assert "Is the key right?" in capsys.readouterr().err
        monkeypatch.setenv("DIGITUKI_PTV_KEY", ptv12.KEY)
        assert main(command) == 0
    said, complaints = capsys.readouterr()
    assert said.startswith("Going on where it stopped")
    assert said.splitlines()[-1].startswith("4 offers: 4 new")
    kept = [path.read_bytes() for path in (data / "fetched").rglob("*.json")]
    assert len(kept) == 10
    assert not [one for one in (said, complaints, *map(repr, kept)) if ptv12.KEY in one]


async def _decided(data: Path, record: str) -> None:
    """A coordinator takes a record that the rules leave."""
    settings = Settings.from_env({"DIGITUKI_DATA_DIR": str(data)})
    decision = Overrule("ptv", record, True, "coordinator", datetime.now(UTC).date())
    async with open_database(settings.database_url) as database:
        await database.write(lambda connection: overrule(connection, decision))


@pytest.mark.parametrize(
    ("arguments", "status", "words"),
    [
        (["hsds"], 2, "--address"),
        (["ptv", "--address", "http://api.example/v11"], 2, "https://"),
        (["ptv", "--address", "https://api.example/api/v12"], 2, "DIGITUKI_PTV_KEY"),
    ],
)
def test_what_cannot_be_fetched(
    data: Path, capsys: pytest.CaptureFixture[str], arguments: list[str], status: int, words: str
) -> None:
    assert main(["fetch", *arguments]) == status
    assert words in capsys.readouterr().err
    assert not (data / "fetched").exists()


def test_an_address_where_nothing_is(data: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with in_thread(ptv11.routes(Register(1))) as address:
        assert main(["fetch", "ptv", "--address", f"{address}/nothing"]) == 1
    assert "Is the address right?" in capsys.readouterr().err


def test_two_at_once(data: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with folder.alone(data, "kirkanta"):
        assert main(["fetch", "kirkanta"]) == 1
    assert "is being fetched already" in capsys.readouterr().err


def test_somebody_who_watches_sees_one_line_grow(tmp_path: Path) -> None:
    ours, theirs = pty.openpty()
    with in_thread(ptv11.routes(Register(50))) as address:
        command = [sys.executable, "-m", "bot", "fetch", "ptv", "--address", f"{address}/api/v11"]
        with subprocess.Popen(
            command, stdout=subprocess.DEVNULL, stderr=theirs, cwd=PROJECT, env=environment(tmp_path)
        ) as run:
            os.close(theirs)
            seen = b""
            with suppress(OSError):  # The end of a terminal is an error.
                while more := os.read(ours, 4096):
                    seen += more
    os.close(ours)
    assert run.returncode == 0
    lines = seen.decode().split("\r\x1b[K")
    assert "\n" not in seen.decode().strip()
    assert lines[-1].startswith(f"ptv [{'#' * 24}] 4 of 4 pages")


@pytest.mark.parametrize(
    ("progress", "line"),
    [
        (Progress(), "ptv [........................] 0 of 1 pages, 0.0 MB"),
        (
            Progress(here=60, kept=20, ahead=60, size=81_400_000),
            "ptv [############............] 60 of 120 pages, 20 from before, 81.4 MB",
        ),
        (
            Progress(here=1, ahead=2, size=100_000, waiting=4),
            "ptv [########................] 1 of 3 pages, 0.1 MB, asking again in 4 s",
        ),
    ],
)
def test_the_line(progress: Progress, line: str) -> None:
    assert said("ptv", progress) == line


class _Screen(StringIO):
    """A terminal, or a file."""

    def __init__(self, *, watched: bool) -> None:
        super().__init__()
        self._watched = watched

    def isatty(self) -> bool:
        return self._watched


def test_an_import_says_which_page_it_reads_and_takes_the_line_away() -> None:
    files, screen = [File(f"{number}.json", b"x" * 100_000) for number in range(2)], _Screen(watched=True)
    watched = Watched(files, "ptv", screen)
    assert [file.name for file in watched] == ["0.json", "1.json"]
    assert screen.getvalue().split("\r\x1b[K") == [
        "",
        "reading ptv [############............] 1 of 2 pages, 0.1 MB",
        "reading ptv [########################] 2 of 2 pages, 0.2 MB",
        "",
    ]
    assert (watched[-1], list(watched[:1]), len(watched)) == (files[1], files[:1], 2)


def test_where_nobody_watches_it_is_silent_for_a_while() -> None:
    screen = _Screen(watched=False)
    assert len(list(Watched([File("a.json", b"")] * 3, "ptv", screen))) == 3
    assert screen.getvalue() == ""
