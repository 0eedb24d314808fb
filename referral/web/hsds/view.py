"""What is published of the directory in use: prepared once for each edition and day, then only read.

It is prepared beside the event loop. While that lasts, the one before it is answered from: a swap of the
directory is no pause. Only the first has to be waited for.
"""

import asyncio
from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time
from functools import cached_property

import numpy as np
import structlog

from knowledge.model import Atlas, Catalog
from locales.catalogue import Catalogues
from referral.directory.current import Current, Edition
from referral.directory.published import taxonomy
from referral.directory.published.feed import Feed
from referral.directory.published.search import Index, Search
from referral.directory.published.supply import Provider, Service, Supply, lies_somewhere, supply
from referral.directory.published.voice import Voice
from referral.directory.tree import Numbers
from referral.fault import where
from referral.model import Offer
from referral.web.hsds.kept import Kept

AT_ONCE = 2
"""Answers that are made at the same time: a reader who wants the whole directory leaves room for the others."""

_LOG = structlog.get_logger("digituki.hsds")


@dataclass(frozen=True, slots=True)
class Rows:
    """The services at locations, services and organisations in the order of pages, and which row is whose.

    ``service_of`` gives a connection's row among the services. ``by_term`` and ``by_provider`` give the
    services' rows by the UUID of a term or an organisation. ``points`` are the connections' degrees, NaN for
    what lies nowhere.
    """

    connections: Sequence[tuple[Service, Offer]]
    services: Sequence[Service]
    providers: Sequence[Provider]
    service_of: Sequence[int]
    by_term: Mapping[str, frozenset[int]]
    by_provider: Mapping[str, frozenset[int]]
    points: Numbers


@dataclass(frozen=True)
class View:
    """One edition as it is published on one day. ``kept`` are the answers that were asked for lately."""

    edition: Edition
    supply: Supply
    rows: Rows
    search: Search
    providers: Index
    taxonomies: Index
    terms: Index
    catalogues: Catalogues
    kept: Kept = field(default_factory=Kept)
    _feeds: dict[str, Feed] = field(default_factory=dict)

    def feed(self, language: str) -> Feed:
        """The feed in one of our languages."""
        if language not in self._feeds:
            self._feeds[language] = Feed.of(self.supply, Voice(language, self.catalogues))
        return self._feeds[language]

    @cached_property
    def modified(self) -> datetime:
        """The last day on which anything changed, at its beginning; the day of the view where nobody knows."""
        days = [service.modified for service in self.rows.services if service.modified]
        return datetime.combine(max(days, default=self.supply.day), time(0), UTC)


def view(edition: Edition, catalog: Catalog, atlas: Atlas, catalogues: Catalogues, day: date) -> View:
    """``edition`` as it is published on ``day``."""
    found = supply(edition.directory.rows, edition.origins, catalog, atlas, day)
    rows = _rows(found)
    named = (
        (row, [*one.organisation.names.values(), *_places(one)]) for row, one in enumerate(rows.providers)
    )
    terms = enumerate(taxonomy.terms(catalog).values())
    texts = [(row, taxonomy.texts(term.name, catalogues)) for row, term in terms]
    titles = enumerate(title for title, _ in taxonomy.TAXONOMIES.values())
    called = [(row, taxonomy.texts(title, catalogues)) for row, title in titles]
    return View(edition, found, rows, Search(found), Index(named), Index(called), Index(texts), catalogues)


def _rows(found: Supply) -> Rows:
    services = list(found.services.values())
    row_of = {service.id: row for row, service in enumerate(services)}
    by_term: defaultdict[str, set[int]] = defaultdict(set)
    alike: defaultdict[object, list[int]] = defaultdict(list)
    for row, service in enumerate(services):
        alike[taxonomy.told(service.first)].append(row)
    for group in alike.values():
        for term in taxonomy.of_offer(services[group[0]].first):
            by_term[term].update(group)
    return Rows(
        list(found.connections.values()),
        services,
        list(found.providers.values()),
        [row_of[service.id] for service, _ in found.connections.values()],
        {term: frozenset(rows) for term, rows in by_term.items()},
        {
            one.id: frozenset(row_of[service.id] for service in one.services)
            for one in found.providers.values()
        },
        np.array([_point(offer) for _, offer in found.connections.values()]).reshape(-1, 2),
    )


def _point(offer: Offer) -> tuple[float, float]:
    return offer.point if offer.point and lies_somewhere(offer) else (np.nan, np.nan)


def _places(provider: Provider) -> set[str]:
    return {offer.locality for service in provider.services for offer in service.offers}


class Views:
    """Gives the view of the directory in use, and prepares the next one when the directory was swapped.

    Whoever makes an answer takes one of ``turns``.
    """

    def __init__(
        self,
        current: Current,
        catalog: Catalog,
        atlas: Atlas,
        catalogues: Catalogues,
        today: Callable[[], date],
    ) -> None:
        self.catalogues = catalogues
        self.turns = asyncio.Semaphore(AT_ONCE)
        self._known = catalog, atlas, catalogues
        self._current, self._today = current, today
        self._view: View | None = None
        self._preparing: asyncio.Task[None] | None = None

    async def now(self) -> View:
        """The view to answer from."""
        have = self._view
        if have is None or have.edition is not self._current.edition or have.supply.day != self._today():
            if self._preparing is None or self._preparing.done():
                self._preparing = asyncio.create_task(self._prepare())
            if have is None:
                await asyncio.shield(self._preparing)
        assert self._view is not None  # The first one was waited for.
        return self._view

    async def _prepare(self) -> None:
        try:
            self._view = await asyncio.to_thread(view, self._current.edition, *self._known, self._today())
        except Exception as fault:
            if self._view is None:
                raise
            # What was published stays published; the next request tries again.
            _LOG.error("directory not published", **where(fault))
