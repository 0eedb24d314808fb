"""The door: how many hashes at once, the same work for everybody, and who is counted together."""

import asyncio
import re
import threading
import time
from functools import partial

import pytest
from argon2.exceptions import VerifyMismatchError
from sqlalchemy import func, select

from referral.accounts.roles import Role
from referral.accounts.slowing import FORGOTTEN, keys
from referral.store import accounts, attempts
from referral.store.schema import ATTEMPTS
from referral.web.coordinators import gate, hashing
from referral.web.coordinators.gate import Counts, Gate, neighbourhood
from referral.web.coordinators.hashing import Crowded, Hashing
from referral.web.coordinators.secret import Secret
from tests.referral.web.coordinators.conftest import LAPLAND, PASSWORD, assigned, sign_in


class Slow:
    """In the place of argon2: it only takes its time, and notes how many are at it."""

    def __init__(self):
        self.at_it, self.most, self.lock = 0, 0, threading.Lock()
        self.go_on = threading.Event()

    def hash(self, password):
        return "nobody's"

    def verify(self, stored, password):
        with self.lock:
            self.at_it += 1
            self.most = max(self.most, self.at_it)
        self.go_on.wait(0.02)
        with self.lock:
            self.at_it -= 1
        if stored != password:
            raise VerifyMismatchError
        return True


async def test_two_hashes_at_once_are_the_most():
    slow = Slow()
    hashing_ = Hashing(slow)
    asked = [hashing_.matches("a", "a", known) for known in (True, False) * 8]
    assert await asyncio.gather(*asked) == [True] * 16
    assert slow.most == 2


async def test_a_crowd_of_strangers_does_not_keep_known_devices_waiting():
    stuck = asyncio.Event()

    class Held(Slow):
        def verify(self, stored, password):
            if password == "stranger":
                loop.call_soon_threadsafe(stuck.set)
                held.wait(30)
            return True

    loop, held = asyncio.get_running_loop(), threading.Event()
    hashing_ = Hashing(Held())
    strangers = [
        asyncio.create_task(hashing_.matches("a", "stranger", False)) for _ in range(hashing.MOST_WAITING)
    ]
    await stuck.wait()
    with pytest.raises(Crowded):
        await hashing_.matches("a", "stranger", False)
    assert await hashing_.matches("a", "known", True)
    held.set()
    assert await asyncio.gather(*strangers) == [True] * hashing.MOST_WAITING


@pytest.mark.parametrize(
    "stored", ["", "not a hash", "$argon2id$v=19$m=8,t=1,p=1$YWFhYWFhYWE$", "$2b$12$abc"]
)
async def test_what_is_no_hash_matches_nothing(stored):
    assert not await Hashing().matches(stored, "", True)
    assert not await Hashing().matches(stored, stored, True)


async def test_a_hash_is_argon2id_and_differs_each_time():
    made = [await Hashing().hashed("a password") for _ in range(2)]
    assert all(one.startswith("$argon2id$v=19$m=65536,t=3,p=4$") for one in made)
    assert made[0] != made[1]


async def test_the_same_work_is_done_for_every_kind_of_account(
    site, clients, clock, member, sqlite_database, monkeypatch
):
    compared = []
    compare = Hashing._compare
    monkeypatch.setattr(
        Hashing,
        "_compare",
        lambda self, stored, typed: compared.append(typed) or compare(self, stored, typed),
    )
    await member("open@example.org", assigned(Role.REGIONAL, LAPLAND, clock))
    closed = await member("closed@example.org", assigned(Role.REGIONAL, LAPLAND, clock))

    def work(connection):
        accounts.close(connection, closed, clock().date())
        accounts.add(connection, "invited@example.org")

    await sqlite_database.write(work)
    pages = set()
    for name in ("open", "closed", "invited", "unknown"):
        answer = await sign_in(clients(), site, clock, f"{name}@example.org", f"wrong {name}")
        pages.add((answer.status, (await answer.text()).replace(name, "")))
    assert compared == [f"wrong {name}" for name in ("open", "closed", "invited", "unknown")]
    assert len(pages) == 1
    assert (await sign_in(clients(), site, clock, "closed@example.org", PASSWORD)).status == 401


def gate_on(database, now=lambda: 0.0):
    return Gate(now, lambda: int(now()) + 1_800_000_000, database, Secret(database))


async def test_attempts_at_the_same_moment_do_not_slip_through_together(sqlite_database):
    now = [0.0]
    door = gate_on(sqlite_database, lambda: now[0])
    mine = keys("", "192.0.2.1", "lappi@example.org")
    assert [await door.try_once(mine) for _ in range(7)] == [0, 0, 0, 0, 0, 1, 1]
    now[0] = 1.0
    assert await door.try_once(mine) == 0
    assert await door.try_once(mine) == 2


async def test_many_addresses_against_one_account_are_counted_together_and_its_device_is_free(database):
    """Also where several processes listen: each has a gate of its own, and one database."""
    doors = [gate_on(database) for _ in range(4)]
    waits = [
        await doors[number % 4].try_once(keys("", f"192.0.2.{number}", "lappi@example.org"))
        for number in range(40)
    ]
    assert waits[:20] == [0] * 20
    assert all(waits[21:])
    assert await doors[0].try_once(keys("her device", "192.0.2.9", "lappi@example.org")) == 0
    assert await doors[1].try_once(keys("", "192.0.2.200", "eero@example.org")) == 0


async def test_an_account_that_is_not_there_waits_as_long(sqlite_database):
    """Else the wait would tell which accounts there are."""
    door = gate_on(sqlite_database)
    waits = [await door.try_once(keys("", f"192.0.2.{number}", "nobody@example.org")) for number in range(22)]
    assert waits[:20] == [0] * 20
    assert all(waits[21:])


async def test_attempts_at_the_same_moment_on_several_processes_are_counted(database):
    doors = [gate_on(database) for _ in range(3)]
    asked = [
        doors[number % 3].try_once(keys("", f"192.0.2.{number}", "lappi@example.org")) for number in range(30)
    ]
    assert (await asyncio.gather(*asked)).count(0) == 20


async def test_nothing_that_is_stored_of_an_attempt_can_be_read(sqlite_database):
    door = gate_on(sqlite_database)
    await door.try_once(keys("", "192.0.2.77", "lappi@example.org"))
    await door.try_once(keys("her device", "192.0.2.77", "lappi@example.org"))

    def rows(connection):
        return connection.execute(select(ATTEMPTS)).all()

    stored = await sqlite_database.read(rows)
    assert len(stored) == 2
    assert all(re.fullmatch(r"[0-9a-f]{64}", row.key) for row in stored)
    local = [name for name in door._here._counts if "192.0.2.77" in name]
    assert len(local) == 2
    await sqlite_database.write(partial(attempts.forget_over, now=1_800_000_000 + FORGOTTEN))
    assert await sqlite_database.read(rows) == []


async def test_a_right_attempt_forgives_its_own_count_only(database):
    door = gate_on(database)
    hers, theirs = keys("", "192.0.2.1", "lappi@example.org"), keys("", "192.0.2.2", "vaasa@example.org")
    for _ in range(4):
        await door.try_once(hers)
    for _ in range(5):
        await door.try_once(theirs)
    await door.forgive(hers)
    assert [await door.try_once(hers) for _ in range(5)] == [0] * 5
    assert await door.try_once(theirs) > 0


def test_the_memory_of_attempts_has_an_end(monkeypatch):
    monkeypatch.setattr(gate, "MOST_COUNTS", 100)
    counts = Counts(time.monotonic)
    for number in range(1000):
        counts.try_once(keys("", f"2001:db8:{number:x}::1", f"{number}@example.org"))
    assert len(counts._counts) <= 103


async def test_the_table_of_attempts_has_an_end(database, monkeypatch):
    monkeypatch.setattr(attempts, "MOST_KEPT", 20)
    door = gate_on(database)
    for number in range(60):
        await door.try_once(keys("", f"192.0.2.{number}", f"{number}@example.org"))

    def count(connection):
        return connection.scalar(select(func.count()).select_from(ATTEMPTS))

    assert 0 < await database.read(count) <= 21


@pytest.mark.parametrize(
    ("address", "counted"),
    [
        ("192.0.2.7", "192.0.2.7"),
        ("2001:db8:1:2:3:4:5:6", "2001:db8:1:2::"),
        ("2001:db8:1:2::1", "2001:db8:1:2::"),
        ("", ""),
        ("unknown", "unknown"),
    ],
)
def test_a_customers_addresses_are_one(address, counted):
    assert neighbourhood(address) == counted
