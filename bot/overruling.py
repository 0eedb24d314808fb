"""``digituki directory rules|take|leave``: which records of a register are digital support, where a person
knows better than the rules, and what the rules nearly took."""

import argparse
from collections.abc import Iterator
from datetime import date
from functools import partial
from typing import TypeAlias

from knowledge.load import load_atlas, load_catalog
from knowledge.model import Atlas
from referral.directory.importers.choosing import Short, Shortfall
from referral.directory.importers.imported import Imported, Means
from referral.directory.importers.singly import taken_singly
from referral.directory.overruled import Correction, corrected
from referral.model import Offer
from referral.store import left_out, sources
from referral.store.database import Database
from referral.store.left_out import Kept
from referral.store.overrules import Overrule, overrule, take_back
from referral.store.overruling import take

_Commands: TypeAlias = "argparse._SubParsersAction[argparse.ArgumentParser]"

OPERATOR = "operator"
"""Who decides on the command line: whoever runs the machine."""

COMMANDS = ("take", "leave", "rules")


class BadOverruling(Exception):
    """What was asked of the rules cannot be done; the message says why and what to do."""

    code = "bad_overruling"


def add_commands(commands: _Commands) -> None:
    """Adds the three commands."""
    taking = commands.add_parser("take", help="takes a record of a register that the rules leave")
    leaving = commands.add_parser("leave", help="leaves a record of a register; from the next import on")
    about = "lets the rules decide about a record again; with --left-out lists what they nearly took"
    ruling = commands.add_parser("rules", help=about, description=about)
    for parser, needed in ((taking, None), (leaving, None), (ruling, "?")):
        parser.add_argument("source", nargs=needed, default="", help="the source's name: ptv")
        parser.add_argument("record", nargs=needed, default="", help="the source's own id of the record")
    taking.add_argument("--serves", default="", help="ids of needs or groups, or all")
    taking.add_argument("--form", default="", choices=["", "in_person", "remote", "training"])
    ruling.add_argument("--left-out", action="store_true", help="lists what was nearly taken")
    ruling.add_argument("--region", default="", help="a region's code or Finnish name")
    ruling.add_argument("--search", default="", help="a word of the name, the organisation or the reason")


async def lines(database: Database, options: argparse.Namespace, region: str, today: date) -> Iterator[str]:
    """Does what ``options`` say; gives the lines that say so. ``region`` is a code or "". Raises
    BadOverruling, BadData, StoreUnavailable."""
    if options.what == "rules" and options.left_out:
        kept = await database.read(partial(left_out.left_out, source=options.source))
        sought = options.search
        return _listed([one for one in kept if _is_asked_for(one, region, sought)], load_atlas())
    if not options.source or not options.record:
        raise BadOverruling("Name a source and a record, or add --left-out to see what was nearly taken.")
    if options.what == "rules":
        if not await database.write(partial(take_back, source=options.source, record=options.record)):
            raise BadOverruling(f"Nobody has decided about {options.record} of {options.source}.")
        return iter(["The rules decide again, from the next import on."])
    decision = Overrule(
        source=options.source,
        record=options.record,
        take=options.what == "take",
        by=OPERATOR,
        day=today,
        serves=getattr(options, "serves", ""),
        form=getattr(options, "form", ""),
    )
    if decision.take:
        return iter([await _taken(database, decision)])
    await database.write(partial(overrule, decision=decision))
    return iter([f"{decision.record} of {decision.source} is left from the next import on."])


async def _taken(database: Database, decision: Overrule) -> str:
    imported = await _made(database, decision)
    offers: tuple[Offer, ...] = await database.write(partial(take, decision=decision, imported=imported))
    named = f"{decision.record} of {decision.source}"
    if not offers:
        return f"{named} is taken from the next import on; it is fetched again next time."
    return f"{named} is taken, and in the directory: {', '.join(offer.id for offer in offers)}"


async def _made(database: Database, decision: Overrule) -> Imported:
    """What becomes of the record, from what is kept of it."""
    kept = await database.read(partial(left_out.find, source=decision.source, record=decision.record))
    kind = (await database.read(sources.kinds)).get(decision.source)
    if kept is None or kind is None:
        return Imported((), ())
    means = Means.of(load_catalog(), load_atlas(), {}, decision.day)
    imported = taken_singly(kind, decision.record, kept[1], means)
    correction = Correction(decision.serves, decision.form)
    return corrected(imported, {decision.record: correction}, means.names)


def _is_asked_for(one: Kept, region: str, sought: str) -> bool:
    return (not region or one.found.region == region) and left_out.is_about(one, sought)


def _listed(found: list[Kept], atlas: Atlas) -> Iterator[str]:
    for one in found:
        record = one.found
        said = {"": "", "yes": "taken by a person: ", "no": "left by a person: "}[one.decided]
        where = ", ".join(
            atlas.municipalities[code].names["fi"]
            for code in record.municipalities
            if code in atlas.municipalities
        )
        why = f"{said}{_why(record.short)}"
        yield "\t".join((one.source, record.record, record.name, record.organisation, where, why))
    told = "To take one: digituki directory take SOURCE RECORD"
    yield f"{len(found)} were nearly taken. {told}" if found else "Nothing was nearly taken."


def _why(short: Shortfall) -> str:
    how = {
        Short.RULED_OUT: f"{short.rule} would take it ({short.because})",
        Short.HALF: f"half of {short.rule} ({short.because})",
        Short.WORD: f"no rule, but a word ({short.because})",
    }[short.how]
    return f"{how}; {short.against} leaves it ({short.but})" if short.against else how
