"""From the command to the first answered request, and the memory after an answer.

The first start makes the database; every later one finds it.
"""

import os
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Iterable
from pathlib import Path

from tests.bench.table import Row

ROUNDS = 3


def rows() -> Iterable[Row]:
    """Three figures: seconds to the first answer, twice, and the resident memory of the whole process."""
    firsts, seconds, memory = [], [], []
    for _ in range(ROUNDS):
        with tempfile.TemporaryDirectory() as folder:
            firsts.append(_start(folder)[0])
            again, resident = _start(folder)
            seconds.append(again)
            memory.append(resident)
    yield Row("first start", f"{min(firsts):.2f} s", "", "", "at most 2 s")
    yield Row("start", f"{min(seconds):.2f} s", "", "", "at most 2 s")
    yield Row("memory", f"{max(memory):.0f} MB", "", "", "at most 200 MB (150 MB wished)")


def _start(folder: str) -> tuple[float, float]:
    program = Path(sys.executable).with_name("digituki")
    settings = {"DIGITUKI_DATA_DIR": folder, "DIGITUKI_PORT": "0"}
    began = time.perf_counter()
    server = subprocess.Popen(
        [program, "serve"],
        env={**os.environ, **settings},
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
    )
    try:
        assert server.stdout is not None
        address = next(word for word in server.stdout.readline().split() if word.startswith("http"))
        urllib.request.urlopen(address, timeout=10).read()
        taken = time.perf_counter() - began
        body = b'{"conversation":"","turn":"1","text":"apua kelaan, asun inarissa","choice":""}'
        request = urllib.request.Request(address + "api/chat", body, {"Content-Type": "application/json"})
        urllib.request.urlopen(request, timeout=10).read()
        status = Path(f"/proc/{server.pid}/status").read_text("utf-8")
        resident = next(line for line in status.splitlines() if line.startswith("VmRSS"))
        return taken, int(resident.split()[1]) / 1024
    finally:
        server.terminate()
        server.wait(10)
