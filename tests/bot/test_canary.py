"""Marked words, names and numbers go in; nothing of them stays: not in files, not in logs, not in metrics."""

import sqlite3
from contextlib import closing
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from functools import partial
from io import BytesIO, StringIO
from pathlib import Path
from zipfile import ZipFile

from sqlalchemy import Connection, select

from bot.service import Service
from bot.turn import Heard, State, Turn, World
from knowledge.load import load_atlas, load_catalog
from referral.demand.classes import Rule
from referral.demand.export import from_json, to_long_csv, to_xlsx
from referral.demand.frame import COUNTED_CHANNELS, Frame
from referral.migrations import upgrade
from referral.store.database import open_database
from referral.store.demand import demand_rows
from referral.store.releases import close_months
from referral.store.schema import PEPPERS
from tests import tiny

NOON = datetime(2026, 11, 23, 12, 0, tzinfo=UTC)
SPOKEN = ("131052-308T", "Aino Virtasensalo", "+358 40 123 4567", "FI2112345600000785", "huolestunut")
NAMES = ("chat-id-314159265", "turn-id-271828182")
ADDRESS = "send-to-161803398"


def everything_in(folder: Path) -> bytes:
    """Every byte of every file: the database, its write-ahead log, its index."""
    files = [file for file in folder.rglob("*") if file.is_file()]
    assert files
    return b"".join(file.read_bytes() for file in files)


def weeks(connection: Connection) -> set[int]:
    """The weeks whose peppers are there."""
    return set(connection.scalars(select(PEPPERS.c.week)))


async def talk(service: Service) -> None:
    """All words in every kind of turn, the faulty ones too."""
    for number, deed in enumerate(("hello", "count kela 758", "miss", "helped", "fault")):
        text = f"{deed} {' '.join(SPOKEN)}" if deed != "count kela 758" else deed
        heard = Heard(NAMES[0], f"{NAMES[1]}-{number}", "web", text)
        await service.hear(heard, address=ADDRESS)
        await service.hear(heard, address=ADDRESS)


def discreet(state: State, heard: Heard, world: World) -> Turn:
    """The dialogue of the tests repeats the ids of turns aloud, which a real one never does."""
    return tiny.step(state, replace(heard, turn="t"), world)


async def test_nothing_said_is_in_any_file_log_or_metric(tmp_path: Path, log: StringIO) -> None:
    clock = tiny.Clock(NOON)
    async with open_database(f"sqlite:///{tmp_path / 'canary.sqlite3'}") as database:
        await upgrade(database)
        service = tiny.service(database, clock, discreet)
        await talk(service)
        kept = everything_in(tmp_path)
        assert ADDRESS.encode() in kept, "the address is there while there is something to send"
        page = service._metrics.page()
        for canary in (*SPOKEN, *NAMES):
            assert canary.encode() not in kept
            assert canary not in log.getvalue()
            assert canary.encode() not in page
        assert "fault in the dialogue" in log.getvalue()

        while waiting := await service.unsent():
            for turn in waiting:
                await service.sent(turn.mark, len(turn.replies))
        await service.sweep()
        assert ADDRESS.encode() not in everything_in(tmp_path)


async def test_after_their_time_conversations_leave_no_trace(tmp_path: Path) -> None:
    """Not even the keys: the rows are overwritten in the file, and the log of older pages is emptied."""
    clock = tiny.Clock(NOON)
    async with open_database(f"sqlite:///{tmp_path / 'canary.sqlite3'}") as database:
        await upgrade(database)
        service = tiny.service(database, clock, discreet)
        await talk(service)
        names = await service._peppers.names(int(NOON.timestamp() // 3600), "web", NAMES[0], f"{NAMES[1]}-0")
        traces = [name.encode() for name in (names.keys[0], names.marks[0], ADDRESS)]
        assert all(trace in everything_in(tmp_path) for trace in traces)
        clock.now += timedelta(days=2)
        await service.sweep()
        kept = everything_in(tmp_path)
        assert not any(trace in kept for trace in traces)


async def test_what_is_forgotten_leaves_no_trace_but_marks(tmp_path: Path) -> None:
    async with open_database(f"sqlite:///{tmp_path / 'canary.sqlite3'}") as database:
        await upgrade(database)
        service = tiny.service(database, tiny.Clock(NOON), discreet)
        await talk(service)
        names = await service._peppers.names(int(NOON.timestamp() // 3600), "web", NAMES[0])
        await service.hear(Heard(NAMES[0], "last", "web", "forget"))
        await service.sweep()
        kept = everything_in(tmp_path)
        assert names.keys[0].encode() not in kept
        assert ADDRESS.encode() not in kept


async def test_nothing_said_is_in_an_export(tmp_path: Path) -> None:
    """The talk is counted, its month closes, and every format of every release is looked through."""
    clock = tiny.Clock(NOON)
    rule, frame = Rule(), Frame.of(load_catalog(), load_atlas(), ("fi", "sv"), COUNTED_CHANNELS)
    async with open_database(f"sqlite:///{tmp_path / 'canary.sqlite3'}") as database:
        await upgrade(database)
        service = tiny.service(database, clock, discreet)
        await talk(service)
        assert await database.read(demand_rows)
        out = await database.write(partial(close_months, last="2026-12", frame=frame, rule=rule))
    assert {one.kind for one in out} == {"month", "quarter", "public", "year"}
    for one in out:
        release = from_json(one.content)
        with ZipFile(BytesIO(to_xlsx(release))) as workbook:
            parts = [workbook.read(name) for name in workbook.namelist()]
        files = (one.content, to_long_csv(release), *parts)
        assert not [
            canary for canary in (*SPOKEN, *NAMES, ADDRESS) for file in files if canary.encode() in file
        ]


async def test_a_backup_holds_nothing_said_and_after_its_time_no_trace(tmp_path: Path) -> None:
    """A backup that was made in the middle of a talk, and one that is put back weeks later."""
    clock, backup = tiny.Clock(NOON), tmp_path / "later" / "backup.sqlite3"
    backup.parent.mkdir()
    async with open_database(f"sqlite:///{tmp_path / 'canary.sqlite3'}") as database:
        await upgrade(database)
        service = tiny.service(database, clock, discreet)
        await talk(service)
        names = await service._peppers.names(int(NOON.timestamp() // 3600), "web", NAMES[0], f"{NAMES[1]}-0")
        with (
            closing(sqlite3.connect(tmp_path / "canary.sqlite3")) as source,
            closing(sqlite3.connect(backup)) as copy,
        ):
            source.backup(copy)
    kept = everything_in(backup.parent)
    assert not [canary for canary in (*SPOKEN, *NAMES) if canary.encode() in kept]
    traces = [name.encode() for name in (names.keys[0], names.marks[0], ADDRESS)]
    assert all(trace in kept for trace in traces), "the operator keeps it no longer than seven days"
    async with open_database(f"sqlite:///{backup}") as database:
        before = await database.read(weeks)
        clock.now += timedelta(days=20)
        await tiny.service(database, clock, discreet).sweep()
        assert not any(trace in everything_in(backup.parent) for trace in traces)
        after = await database.read(weeks)
        assert before
        assert not before & after
