"""Several processes, and processes that are killed: nothing answered is lost, nothing counts twice."""

import asyncio
import json
import random
import sys
from collections import Counter
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import pytest

from bot.memory import read
from bot.turn import State
from referral.store.database import Database
from referral.store.demand import demand_rows
from referral.store.schema import CONVERSATIONS

PROJECT = Path(__file__).parents[2]
SERVER = PROJECT / "tests" / "turn_server.py"

Turn = tuple[str, str, str]
"""Conversation, turn, words."""


class Server:
    """A process that answers turns. A turn may be left unanswered when the process is killed."""

    def __init__(self, process: asyncio.subprocess.Process) -> None:
        self._process = process

    async def ask(self, turn: Turn) -> str | None:
        """The answer to ``turn``; None when the process has died."""
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        try:
            self._process.stdin.write(json.dumps(turn).encode() + b"\n")
            await self._process.stdin.drain()
            line = await self._process.stdout.readline()
        except ConnectionError:
            return None
        if not line.endswith(b"\n"):
            return None
        conversation, name, said = json.loads(line)
        assert (conversation, name) == turn[:2]
        return str(said)

    def kill(self) -> None:
        """Kill -9: nothing is flushed, closed or rolled back."""
        self._process.kill()


@asynccontextmanager
async def serving(url: str) -> AsyncIterator[Server]:
    pipe = asyncio.subprocess.PIPE
    process = await asyncio.create_subprocess_exec(
        sys.executable,
        str(SERVER),
        url,
        stdin=pipe,
        stdout=pipe,
        cwd=PROJECT,
        env={"PYTHONPATH": str(PROJECT)},
    )
    try:
        yield Server(process)
    finally:
        assert process.stdin is not None
        process.stdin.close()
        await process.wait()
        # The transport closes itself in the next rounds of the loop.
        await asyncio.sleep(0)


async def offered(database: Database) -> list[tuple[str, ...]]:
    """The turns that each conversation remembers, in the order in which they were handled."""
    found = await database.read(lambda connection: connection.execute(CONVERSATIONS.select()).all())
    states = [read(State, row.state) for row in found]
    return [state.offered for state in states if state]


async def counted(database: Database) -> Counter[tuple[str, ...]]:
    rows = await database.read(demand_rows)
    return Counter({row.values: row.count for row in rows if row.table == "demand_by_municipality_need"})


async def test_killed_at_any_point_nothing_answered_is_lost_and_nothing_counts_twice(
    database: Database, database_url: str
) -> None:
    """200 turns of 40 conversations; a turn that got no answer is tried again, as a browser does."""
    chance = random.Random(698)
    needs = ("kela", "tax", "email", "course", "kela")
    turns = [(f"c{n // 5}", f"t{n % 5}", f"count {needs[n % 5]} 758") for n in range(200)]
    answered: dict[tuple[str, str], str] = {}
    kills = 0
    while len(answered) < len(turns):
        async with serving(database_url) as server:
            kill_at = len(answered) + chance.randint(1, 40)
            killed = False
            for turn in turns[len(answered) :]:
                asking = asyncio.create_task(server.ask(turn))
                if len(answered) == kill_at:
                    # Anywhere between having read the turn and having answered it.
                    await asyncio.sleep(chance.uniform(0, 0.008))
                    server.kill()
                    killed = True
                    kills += 1
                said = await asking
                if said is None:
                    assert killed, "the server ended by itself"
                    break
                answered[turn[:2]] = said
    assert kills >= 5
    # Each answer shows that every turn before it was remembered, and none handled twice.
    assert answered == {(f"c{n // 5}", f"t{n % 5}"): f"{n % 5 + 1}: t{n % 5}" for n in range(200)}
    assert Counter(await offered(database)) == {("t0", "t1", "t2", "t3", "t4"): 40}
    assert await counted(database) == {("758", need): 40 for need in ("kela", "tax", "email")}


async def test_two_processes_keep_the_order_of_each_conversation(
    database: Database, database_url: str
) -> None:
    """20 conversations, each of them served by one process and the other in turn; both count at once."""
    async with serving(database_url) as one, serving(database_url) as other:

        async def talk(server: Server, parity: int) -> None:
            for turn in range(10):
                for conversation in range(parity, 20, 2):
                    await server.ask((f"c{(conversation + turn) % 20}", f"t{turn}", "count kela 758"))
                handled.append(turn)
                while handled.count(turn) < 2:  # Both have said turn n before either says n + 1.
                    await asyncio.sleep(0.001)

        handled: list[int] = []
        await asyncio.gather(talk(one, 0), talk(other, 1))
    assert Counter(await offered(database)) == {tuple(f"t{turn}" for turn in range(10)): 20}
    assert await counted(database) == {("758", "kela"): 20}


@pytest.mark.parametrize("processes", [3])
async def test_processes_that_hear_the_same_turns_at_once_handle_each_once(
    database: Database, database_url: str, processes: int
) -> None:
    async def deliver() -> list[str | None]:
        async with serving(database_url) as server:
            return [await server.ask((f"c{n % 4}", f"t{n}", "count kela 758")) for n in range(40)]

    answers = await asyncio.gather(*(deliver() for _ in range(processes)))
    assert all(answer == answers[0] for answer in answers)
    assert sorted(len(turns) for turns in await offered(database)) == [10, 10, 10, 10]
    assert await counted(database) == {("758", "kela"): 4}
