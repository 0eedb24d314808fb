"""``digituki directory``: looking after what is on offer, from the command line.

What is due for a check, that it was checked, and which offers of different sources are one; the records
of a register that a person takes or leaves against the rules.
"""

import argparse
from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import date
from functools import partial
from itertools import chain
from typing import TypeAlias

from bot import overruling, stored
from bot.settings import Settings
from knowledge.load import load_atlas
from knowledge.model import Atlas
from referral.directory.freshness import Due, Freshness, due, regions_of
from referral.directory.twins import TOLD, Twins, may_be_one
from referral.migrations import upgrade
from referral.model import Offer
from referral.store import checks, offers, sources
from referral.store.database import Database, open_database
from referral.store.directory import find_all_twins, read_supply
from referral.store.told_pairs import apart, together

_Commands: TypeAlias = "argparse._SubParsersAction[argparse.ArgumentParser]"


ONE_SORT = "Both must help in the same form and in the same way: a course is not a phone line."


class BadDirectory(Exception):
    """What was asked of the directory cannot be done; the message says why and what to do."""

    code = "bad_directory"


def add_commands(parser: argparse.ArgumentParser) -> _Commands:
    """Adds the commands to ``parser``; the chosen one is ``options.what``. More may be added to what it gives."""
    commands = parser.add_subparsers(required=True, metavar="what", dest="what")
    listed = commands.add_parser("due", help="lists what is to be checked, the worst first")
    listed.add_argument("--region", default="", help="a region's code or Finnish name")
    check = commands.add_parser("check", help="notes that an offer was checked today and is true")
    check.add_argument("offer", help="the offer's id")
    commands.add_parser("twins", help="lists offers of different sources that are shown as one")
    for name, what in (
        ("apart", "says that two offers are two places, whatever they look like"),
        ("together", "says that two offers are one place; apart takes that back"),
    ):
        pair = commands.add_parser(name, help=what)
        pair.add_argument("one", help="an offer's id")
        pair.add_argument("other", help="an offer's id")
    commands.add_parser("sources", help="lists the sources and when each was last read")
    overruling.add_commands(commands)
    return commands


async def run(
    settings: Settings, options: argparse.Namespace, today: date, write: Callable[[str], None]
) -> None:
    """Does what ``options`` say. Raises BadDirectory, BadOverruling, BadData, StoreUnavailable."""
    async with open_database(settings.database_url) as database:
        await upgrade(database)
        await stored.begun(database, today)
        if options.what == "due":
            for line in await _due(database, load_atlas(), options.region, today):
                write(line)
        elif options.what == "twins":
            for line in await _twins(database, today):
                write(line)
        elif options.what in overruling.COMMANDS:
            region = _region(load_atlas(), getattr(options, "region", ""))
            for line in await overruling.lines(database, options, region, today):
                write(line)
        elif options.what == "sources":
            for one in await database.read(sources.sources):
                loaded = one.loaded or "never"
                write(f"{one.name}\t{one.kind}\tread {one.imported}\tall of it {loaded}")
        else:
            write(await _done(database, options, today))


async def _done(database: Database, options: argparse.Namespace, today: date) -> str:
    """Changes what ``options`` say; gives the line that says so."""
    if options.what == "check":
        return await _checked(database, options.offer, today)
    return await _told(database, options)


async def _due(database: Database, atlas: Atlas, region: str, today: date) -> Iterator[str]:
    code = _region(atlas, region)
    supply = await database.read(partial(read_supply, today=today))
    broken = await database.read(checks.broken_links)
    failing = [
        (broken[one.id], one)
        for one in supply.offers
        if one.id in broken and one.url and (not code or code in regions_of(one, atlas))
    ]
    return chain(_due_lines(due(supply.offers, today, atlas, code), today), _broken_lines(failing))


def _due_lines(found: tuple[Due, ...], today: date) -> Iterator[str]:
    for one in found:
        offer = one.offer
        since = f"due {one.since}" if one.since else "never checked"
        old = ", only named in answers" if one.freshness is Freshness.OLD else ""
        yield "\t".join((offer.id, f"{since}{old}", _name(offer), offer.phone or offer.url))
    yield f"{len(found)} to be checked on {today}." if found else "Nothing is due."


def _broken_lines(failing: Iterable[tuple[date, Offer]]) -> Iterator[str]:
    """The web addresses that lead nowhere, the longest broken first."""
    for since, offer in sorted(failing, key=lambda one: (one[0], one[1].id)):
        yield "\t".join((offer.id, f"link broken since {since}", _name(offer), offer.url))


def _region(atlas: Atlas, words: str) -> str:
    if not words or words in atlas.regions:
        return words
    for code, region in atlas.regions.items():
        if words.casefold() in (name.casefold() for name in region.names.values()):
            return code
    raise BadDirectory(f"There is no region {words}. Write its code or name: 19 or Lappi.")


async def _checked(database: Database, offer: str, today: date) -> str:
    confirm = partial(checks.confirm, offer=offer, day=today, by=checks.COORDINATOR)
    if not await database.write(confirm):
        raise BadDirectory(f"There is no open offer {offer}. See: digituki directory due")
    return f"{offer} was checked on {today}."


async def _twins(database: Database, today: date) -> Iterator[str]:
    found = await database.read(partial(find_all_twins, today=today))
    named = {}
    for id in {id for pair in found for id in (pair.shown, pair.other)}:
        one = await database.read(partial(offers.find, id=id))
        named[id] = _name(one.offer) if one else ""
    return _twin_lines(found, named)


def _twin_lines(found: tuple[Twins, ...], named: Mapping[str, str]) -> Iterator[str]:
    for pair in found:
        km = "" if pair.km is None else f", {pair.km * 1000:.0f} m apart"
        same = "a person says so" if pair.why == TOLD else f"same {pair.why}"
        why = f"{same}, names {pair.alike:.0f} % alike{km}"
        shown, other = (f"{id} {named[id]}".strip() for id in (pair.shown, pair.other))
        yield f"{shown}\tshown for\t{other}\t{why}"
    told = "To tell two apart: digituki directory apart ONE OTHER"
    yield f"{len(found)} pairs are shown as one. {told}" if found else "No two offers are shown as one."


async def _told(database: Database, options: argparse.Namespace) -> str:
    one, other = options.one, options.other
    found = []
    for id in (one, other):
        stored_offer = await database.read(partial(offers.find, id=id))
        if stored_offer is None:
            raise BadDirectory(f"There is no offer {id}. See: digituki directory twins")
        found.append(stored_offer.offer)
    if one == other:
        raise BadDirectory("Name two different offers.")
    change = apart if options.what == "apart" else together
    if options.what == "together" and not may_be_one(*found):
        raise BadDirectory(f"{one} and {other} cannot be one card. {ONE_SORT}")
    changed = await database.write(partial(change, one=one, other=other))
    if options.what == "apart":
        return f"{one} and {other} {'are told apart.' if changed else 'were told apart already.'}"
    return f"{one} and {other} {'are one card from now on.' if changed else 'were told to be one already.'}"


def _name(offer: Offer) -> str:
    return offer.names.get("fi") or next(iter(offer.names.values()), "")
