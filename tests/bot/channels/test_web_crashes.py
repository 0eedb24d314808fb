"""The whole service, killed while it answers: nothing that was answered is lost, nothing counted twice."""

import asyncio
import os
import random
import signal
import sqlite3
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
from aiohttp import ClientError, ClientSession, ClientTimeout

CONVERSATIONS = 40
PRESSED = ("more", "form:remote", "helped:yes", "help")
TURNS = CONVERSATIONS * (1 + len(PRESSED))
AT_ONCE = 4
KILLS = 5
SEED = 20261122

pytestmark = pytest.mark.timeout(240)


class Server:
    """``digituki serve`` in a process of its own, on one port and one data folder, dead or alive."""

    def __init__(self, folder: Path) -> None:
        self.address = ""
        self.answered = 0
        self._settings = {"DIGITUKI_DATA_DIR": str(folder), "DIGITUKI_PORT": "0"}
        self._process: asyncio.subprocess.Process | None = None

    async def start(self) -> None:
        """Starts it; returns when it listens."""
        program = Path(sys.executable).with_name("digituki")
        self._process = await asyncio.create_subprocess_exec(
            program,
            "serve",
            env={**os.environ, **self._settings},
            stdout=asyncio.subprocess.PIPE,
            stderr=asyncio.subprocess.DEVNULL,
        )
        assert self._process.stdout is not None
        line = (await self._process.stdout.readline()).decode()
        self.address = next(word for word in line.split() if word.startswith("http"))
        self._settings["DIGITUKI_PORT"] = self.address.rstrip("/").rpartition(":")[2]

    async def stop(self, how: int) -> None:
        """Ends it with a signal; returns when it is gone."""
        assert self._process is not None
        with suppress(ProcessLookupError):
            self._process.send_signal(how)
        await self._process.wait()


@asynccontextmanager
async def killed_again_and_again(server: Server, chance: random.Random) -> AsyncIterator[None]:
    async def kill() -> None:
        for at in sorted(chance.sample(range(5, TURNS - 5), KILLS)):
            while server.answered < at:
                await asyncio.sleep(0.001)
            await server.stop(signal.SIGKILL)
            await server.start()

    killing = asyncio.create_task(kill())
    yield
    await killing


async def said(client: ClientSession, server: Server, message: dict[str, str]) -> dict[str, Any]:
    """The answer to ``message``, asked for until it comes."""
    while True:
        with suppress(ClientError, TimeoutError, OSError):
            async with client.post(f"{server.address}api/chat", json=message) as response:
                if response.status == 200:
                    answer: dict[str, Any] = await response.json()
                    server.answered += 1
                    return answer
        await asyncio.sleep(0.05)


def uuid(chance: random.Random) -> str:
    return str(UUID(int=chance.getrandbits(128), version=4))


async def converse(client: ClientSession, server: Server, chance: random.Random) -> list[tuple[Any, Any]]:
    """One conversation: each message with its answer."""
    first = {
        "conversation": "",
        "turn": uuid(chance),
        "text": "apua sähköpostin kanssa, asun Inarissa",
        "choice": "",
    }
    exchanges: list[tuple[Any, Any]] = [(first, await said(client, server, first))]
    for choice in PRESSED:
        token = exchanges[0][1]["conversation"]
        message = {"conversation": token, "turn": uuid(chance), "text": "", "choice": choice}
        exchanges.append((message, await said(client, server, message)))
    return exchanges


async def test_no_answer_is_lost_and_none_is_counted_twice(tmp_path: Path) -> None:
    chance = random.Random(SEED)
    server = Server(tmp_path)
    await server.start()
    lanes = asyncio.Semaphore(AT_ONCE)

    async def one(seed: int) -> list[tuple[Any, Any]]:
        async with lanes:
            return await converse(client, server, random.Random(seed))

    async with ClientSession(timeout=ClientTimeout(total=10)) as client:
        async with killed_again_and_again(server, chance):
            held = await asyncio.gather(*(one(seed) for seed in range(CONVERSATIONS)))
        exchanges = [exchange for conversation in held for exchange in conversation]
        assert len(exchanges) == TURNS == 200
        for message, answer in exchanges:
            assert await said(client, server, message) == answer
    await server.stop(signal.SIGTERM)
    with sqlite3.connect(tmp_path / "digituki.sqlite3") as database:
        asked = database.execute(
            "SELECT municipality, need, count FROM demand_by_municipality_need"
        ).fetchall()
        helped = database.execute("SELECT helped, count FROM helped_by_region").fetchall()
    database.close()
    assert asked == [("148", "email", CONVERSATIONS)]
    assert helped == [("yes", CONVERSATIONS)]
