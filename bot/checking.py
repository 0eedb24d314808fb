"""``digituki directory check-links``: visits the addresses that offers show, and looks at their numbers.

It runs only when somebody says so. What it finds is listed for the coordinator and, where there is a
database, noted in the history of checks; nothing that is shown changes.
"""

import asyncio
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from importlib.metadata import version
from typing import TextIO

from sqlalchemy import Connection

from bot import stored
from bot.settings import Settings
from knowledge.load import load_atlas, load_catalog
from referral.directory.importers.fetch.address import agent
from referral.directory.importers.fetch.visits import open_visitor, visited
from referral.directory.links import Visit, is_broken, judged, number_fault, shown_addresses
from referral.directory.starter import load_directory
from referral.model import Offer
from referral.store.checks import BROKEN, LINKS, TRUE, history, note
from referral.store.database import open_database

LINE_EVERY = 50
"""Addresses between two lines where nobody watches."""


@dataclass(frozen=True, slots=True)
class Failing:
    """An address that leads nowhere today, since when it does, and whether it is to be called broken."""

    visit: Visit
    since: date
    is_broken: bool


def check_links(
    settings: Settings, today: date, write: Callable[[str], None], screen: TextIO, *, anywhere: bool = False
) -> None:
    """Visits, notes and writes the list. ``anywhere`` also visits this machine, for tests. Raises BadData,
    StoreUnavailable."""
    atlas = load_atlas()
    edition = stored.look(settings, atlas, today)
    directory = edition.directory if edition else load_directory(load_catalog(), atlas)
    offers = [one for one in directory.rows if one.valid_until is None or one.valid_until >= today]
    shown = shown_addresses(offers)
    introduction = agent(version("digituki"), settings.operator, settings.operator_contact)

    async def run() -> Sequence[Failing]:
        async with open_visitor(introduction, anywhere=anywhere) as ask:
            heard = await visited(shown, ask, _teller(len(shown), screen))
        visits = [Visit(url, shown[url], judged(heard[url])) for url in shown]
        if edition is None:
            return [Failing(one, today, False) for one in visits if one.finding.has_failed]
        async with open_database(settings.database_url) as database:
            return await database.write(lambda connection: _noted(connection, visits, today))

    failing = asyncio.run(run())
    for line in (*_link_lines(failing), *_number_lines(offers)):
        write(line)
    write(_summary(len(shown), failing))
    if edition is None:
        write("There is no database yet, so nothing was noted, and no address can be called broken.")


def _noted(connection: Connection, visits: Iterable[Visit], today: date) -> Sequence[Failing]:
    """Notes the visits in the history of checks; gives those that failed, with what the history says."""
    failing = []
    for visit in visits:
        note(connection, visit.offers, today, LINKS, BROKEN if visit.finding.has_failed else TRUE)
        if visit.finding.has_failed:
            days = _days(connection, visit.offers[0])
            failing.append(Failing(visit, _since(days, today), is_broken(days)))
    return failing


def _days(connection: Connection, offer: str) -> Mapping[date, bool]:
    """The days on which the offer's address was visited, and whether it failed then."""
    return {one.day: one.outcome == BROKEN for one in history(connection, offer) if one.by == LINKS}


def _since(days: Mapping[date, bool], today: date) -> date:
    """The first of the days in a row, up to ``today``, on which it failed."""
    first = today
    for day in sorted(days, reverse=True):
        if not days[day]:
            break
        first = day
    return first


def _link_lines(failing: Iterable[Failing]) -> Iterator[str]:
    for one in failing:
        finding, shown = one.visit.finding, ", ".join(one.visit.offers)
        if one.is_broken:
            yield f"broken since {one.since} ({finding.code}): {one.visit.url} shown by {shown}"
        else:
            yield f"{finding.outcome} today ({finding.code}): {one.visit.url} shown by {shown}"


def _number_lines(offers: Iterable[Offer]) -> Iterator[str]:
    for offer in offers:
        if offer.phone and (fault := number_fault(offer.phone)):
            yield f"number {offer.phone}: {fault}; shown by {offer.id}"


def _summary(addresses: int, failing: Sequence[Failing]) -> str:
    broken = sum(one.is_broken for one in failing)
    return (
        f"{addresses} web addresses: {addresses - len(failing)} lead somewhere, {broken} are broken, "
        f"{len(failing) - broken} failed today and are to be visited again on another day."
    )


def _teller(known: int, screen: TextIO) -> Callable[[int], None]:
    def tell(done: int) -> None:
        line = f"{done} of {known} addresses visited"
        if screen.isatty():
            screen.write(f"\r\x1b[K{line}" + ("\n" if done == known else ""))
            screen.flush()
        elif done % LINE_EVERY == 0:
            screen.write(f"{line}\n")
            screen.flush()

    return tell
