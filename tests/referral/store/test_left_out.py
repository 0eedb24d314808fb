"""What imports nearly took: kept while it is so, and taken from what is kept."""

import json
from dataclasses import replace
from datetime import date, timedelta
from functools import partial

from referral.directory.importers.choosing import Choice, Short, Shortfall
from referral.directory.importers.imported import Imported
from referral.directory.importers.left_out import LeftOut
from referral.store import left_out, records, sources
from referral.store.database import Database
from referral.store.imports import Delivery, take_in
from referral.store.left_out import Kept, is_about
from referral.store.offers import of_sources
from referral.store.overrules import Overrule, overrule, overrules
from referral.store.overruling import take
from tests.referral.supply import offer

DAY = date(2026, 11, 22)
LATER = DAY + timedelta(days=7)
HALF = Shortfall(Short.HALF, "help_in_description", "text: digitukea")
WORD = Shortfall(Short.WORD, "", "name: digi", "not_digital_support", "name: digitoint")


def left(record: str, short: Shortfall = HALF, **changes: str) -> LeftOut:
    return replace(LeftOut(record, f"Palvelu {record}", "Inarin kunta", "19", ("148",), short), **changes)


async def bring(
    database: Database, *found: LeftOut, day: date = DAY, whole: bool = True, looked_at: tuple[str, ...] = ()
) -> None:
    ids = (*looked_at, *(one.record for one in found))
    imported = Imported((offer("ptv-r-1"),), (), tuple(Choice(id, "", False, "", "") for id in ids), found)
    said = {one.record: json.dumps([{"id": one.record}, {"id": "part"}]) for one in found}
    given = Delivery("ptv", "ptv", imported, day, whole, records={**said, "r": '{"id":"r"}'})
    await database.write(partial(take_in, delivery=given))


async def listed(database: Database) -> tuple[Kept, ...]:
    return await database.read(partial(left_out.left_out, source="ptv"))


async def test_it_is_kept_with_what_the_source_gave(database: Database) -> None:
    await bring(database, left("b", WORD, name="Ääni\0"), left("a"))
    assert [(one.found, one.seen, one.decided) for one in await listed(database)] == [
        (left("a"), DAY, ""),
        (left("b", WORD, name="Ääni"), DAY, ""),
    ]
    found = await database.read(partial(left_out.find, source="ptv", record="a"))
    assert found == (left("a"), '[{"id": "a"}, {"id": "part"}]')
    assert await database.read(partial(left_out.find, source="hsds", record="a")) is None
    # What offers are made of stands by itself; what was left is kept only here.
    assert await database.read(partial(records.ids, source="ptv")) == ("r",)


async def test_a_full_import_takes_the_place_of_all_and_changes_only_of_what_was_looked_at(
    database: Database,
) -> None:
    await bring(database, left("a"), left("b"), left("c"))
    await bring(database, left("a"), left("d"), day=LATER, whole=False, looked_at=("b",))
    assert [(one.found.record, one.seen) for one in await listed(database)] == [
        ("a", DAY),
        ("c", DAY),
        ("d", LATER),
    ]
    await bring(database, left("c", WORD), day=LATER)
    assert [(one.found.record, one.seen) for one in await listed(database)] == [("c", LATER)]


async def test_it_is_taken_at_once_from_what_is_kept(database: Database) -> None:
    await bring(database, left("a"), left("b"))
    made = Imported((offer("ptv-a-x"),), (), (Choice("a", "", True, "coordinator", ""),))
    decision = Overrule("ptv", "a", True, "somebody", LATER)
    assert await database.write(partial(take, decision=decision, imported=made)) == (offer("ptv-a-x"),)
    kept = await database.read(partial(of_sources, sources=["ptv"]))
    assert [one.offer.id for one in kept] == ["ptv-a-x", "ptv-r-1"]
    assert [one.found.record for one in await listed(database)] == ["b"]
    record = await database.read(partial(records.find, source="ptv", id="a"))
    assert record
    assert (json.loads(record.content), record.fetched) == ({"id": "a"}, DAY)
    (source,) = await database.read(sources.sources)
    assert (source.imported, source.loaded) == (DAY, DAY)  # Nobody has asked the source.
    assert await database.write(partial(take, decision=decision, imported=made)) == ()


async def test_what_cannot_be_made_of_what_is_kept_waits_for_the_next_fetch(database: Database) -> None:
    await bring(database, left("a"))
    for decision in (
        Overrule("ptv", "a", True, "somebody", DAY),
        Overrule("ptv", "unknown", True, "somebody", DAY),
        Overrule("nowhere", "a", True, "somebody", DAY),
    ):
        assert await database.write(partial(take, decision=decision, imported=Imported((), ()))) == ()
    assert [one.record for one in await database.read(overrules)] == ["a", "a", "unknown"]
    assert [one.decided for one in await listed(database)] == ["yes"]
    await database.write(partial(overrule, decision=Overrule("ptv", "a", False, "somebody", DAY)))
    assert [one.decided for one in await listed(database)] == ["no"]


def test_it_is_found_by_every_word_of_it() -> None:
    kept = Kept("ptv", left("abc-1", WORD, name="Digitointipaja"), DAY)
    for sought in ("", "digitoint", "PAJA inari", "abc-1", "not_digital_support", "name: digi"):
        assert is_about(kept, sought), sought
    assert not is_about(kept, "digitointi kemi")
