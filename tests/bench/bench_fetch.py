"""Fetching and importing a whole service register, with faults on the way and a kill in the middle.

``python -m tests.bench.bench_fetch [services]``: 22,000 made-up services with their channels, served over the
loopback by a process of its own that lets every 25th question go wrong. The fetch is killed with -9 half way,
taken up again, and what came is imported into an empty database. It takes some two minutes, so it is no part
of ``make bench``. Memory is the most that the process held (ru_maxrss).
"""

import os
import signal
import subprocess
import sys
import tempfile
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from time import monotonic, sleep

from referral.directory.importers.fetch.ptv import IDS_A_QUESTION
from tests.bench.table import Row, show

PROJECT = Path(__file__).parents[2]
SERVICES = 22_000
FAULT_EVERY = 25
AIM = "together < 5 min, < 500 MB"


@dataclass(frozen=True, slots=True)
class Ran:
    """A command that has ended: how, how long it took, and the most memory that it held, in MB."""

    status: int
    seconds: float
    memory: float
    said: str


def rows(services: int = SERVICES) -> Iterable[Row]:
    """Fetched until killed, fetched to the end, imported; and imported again."""
    with tempfile.TemporaryDirectory() as data:
        command = [sys.executable, "-m", "tests.registers.server", str(services), str(FAULT_EVERY)]
        pipe = subprocess.PIPE
        with subprocess.Popen(command, stdin=pipe, stdout=pipe, cwd=PROJECT, text=True) as server:
            assert server.stdin
            assert server.stdout
            address = server.stdout.readline().strip()
            fetch = ["fetch", "ptv", "--address", address]
            half = services // IDS_A_QUESTION // 2
            killed = _run(fetch, Path(data), kill_after=half)
            yield _row(f"fetch {services} services, killed after {half} pages", killed)
            resumed = _run(fetch, Path(data))
            yield _row("fetch again, to the end", resumed)
            server.stdin.close()
        folder = resumed.said.split()[-1]
        imported = _run(["import", folder], Path(data))
        yield _row(f"import ({_last_line(imported)})", imported)
        again = _run(["import", folder], Path(data))
        yield _row(f"import again ({_last_line(again)})", again)
        seconds = killed.seconds + resumed.seconds + imported.seconds
        memory = max(one.memory for one in (killed, resumed, imported, again))
        yield Row("fetch, resume and import", f"{seconds:.0f} s, {memory:.0f} MB", "", "", AIM)


def _last_line(ran: Ran) -> str:
    lines = ran.said.strip().splitlines()
    return lines[-1][:60] if lines else ""


def _row(what: str, ran: Ran) -> Row:
    return Row(what, f"{ran.seconds:.1f} s, {ran.memory:.0f} MB", "", f"exit {ran.status}", "")


def _run(arguments: Sequence[str], data: Path, kill_after: int = 0) -> Ran:
    """Runs a command of the program; with ``kill_after``, kills it when that many pages are there."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith("DIGITUKI_")}
    environment = {**kept, "DIGITUKI_DATA_DIR": str(data)}
    began = monotonic()
    with tempfile.TemporaryFile("w+") as said:
        process = subprocess.Popen(
            [sys.executable, "-m", "bot", *arguments], stdout=said, cwd=PROJECT, env=environment
        )
        while kill_after and len(list(data.glob("fetched/ptv/*/Service-0*.json"))) < kill_after:
            sleep(0.05)
        if kill_after:
            process.send_signal(signal.SIGKILL)
        _, status, usage = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
        said.seek(0)
        return Ran(process.returncode, monotonic() - began, usage.ru_maxrss / 1024, said.read())


if __name__ == "__main__":
    show(__doc__, rows(*map(int, sys.argv[1:2])))
