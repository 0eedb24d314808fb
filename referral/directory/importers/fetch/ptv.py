"""The way through Suomi.fi's service register, versions 11 and 12 of its interface.

The register cannot be asked for digital support: every service is read, and the rules of ``choosing`` say
which to take. Only of those are the channels and the organisation asked for, a few hundred of the register's
tens of thousands. A full journey reads every service. One since a date reads what was changed since: services,
and the services of channels, because a place that moved moves the offers there. What a journey since a date
cannot see is a connection made or ended (it changes no date) and what is gone; so a full one is due weekly.

Sources: the register's OpenAPI descriptions of both versions. Version 11 lists ids page by page and gives
records by at most a hundred ids; version 12 gives whole services page by page, connections by at most 20 services,
a channel by its id, and the words of codes in lists.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from urllib.parse import quote, urlencode

from referral.directory.importers.fetch.itinerary import AGAIN, Ask, Paged, page, whole, within
from referral.directory.importers.imported import Means
from referral.directory.importers.ptv import v12
from referral.directory.importers.ptv.chosen import chosen
from referral.directory.importers.ptv.model import Service
from referral.directory.importers.ptv.register import PUBLISHED, Kind, kind_of, service_of
from referral.directory.importers.record import Raw, called, part, parts, records
from referral.directory.importers.rejected import Unfit

IDS_A_QUESTION = 50
"""Version 11 gives a hundred records by their ids at once, and at times takes so long over them that its
gateway gives up (504)."""

SERVICES_A_QUESTION = 20
"""Of how many services version 12 gives the connections at once."""

RECORDS_A_PAGE = 100
COUNTIES = "wellbeing-services-county-codes"

SERVICE, CHANNEL, ORGANISATION = "Service", "ServiceChannel", "Organization"
"""Version 11's names, in the order in which they are asked for."""

Taken = Callable[[Raw], Service | None]
"""A record of a service -> the service, where it is one to take."""


def taken_by(means: Means, *, nearly: bool = False) -> Taken:
    """What the rules of ``means``, or a coordinator, take; ``nearly`` says that what they nearly take is
    followed too, so that a coordinator may take it at once."""

    def taken(raw: Raw) -> Service | None:
        try:
            if kind_of(raw) is not Kind.SERVICE:
                return None
            service = service_of(raw)
            if service.status != PUBLISHED:
                return None
            choice, taken = chosen(service, means)
            return service if taken or (nearly and choice.short) else None
        except Unfit:
            return None  # The import names what is wrong with it.

    return taken


@dataclass(frozen=True, slots=True)
class Version11:
    """The way through version 11; ``begin`` it.

    ``lists`` are the pages of ids still to be asked for, ``waiting`` the ids whose records are, ``known``
    what has been seen, ``asked`` how many questions by ids there were of each kind.
    """

    base: str
    taken: Taken
    since: datetime | None
    lists: tuple[tuple[str, int], ...]
    waiting: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    known: frozenset[tuple[str, str]] = frozenset()
    asked: Mapping[str, int] = field(default_factory=dict)

    @classmethod
    def begin(cls, base: str, taken: Taken, since: datetime | None = None) -> "Version11":
        """The beginning: every service, or what was changed after ``since`` (UTC)."""
        kinds = (SERVICE, CHANNEL) if since else (SERVICE,)
        return cls(base, taken, since, tuple((kind, 1) for kind in kinds))

    @property
    def ask(self) -> Ask | None:
        if self.lists:
            kind, number = self.lists[0]
            changed = {"date": self.since.strftime("%Y-%m-%dT%H:%M:%S")} if self.since else {}
            query = urlencode({"page": number, **changed})
            return Ask(f"{kind}-ids-{number:05}", f"{self.base}/{kind}?{query}", has_records=False)
        asking = self._kind
        if asking is None:
            return None
        ids = ",".join(quote(id, safe="") for id in self.waiting[asking][:IDS_A_QUESTION])
        name = f"{asking}-{self.asked.get(asking, 0) + 1:05}"
        return Ask(name, f"{self.base}/{asking}/list?guids={ids}")

    @property
    def ahead(self) -> int:
        return len(self.lists) + sum(-(-len(ids) // IDS_A_QUESTION) for ids in self.waiting.values())

    @property
    def _kind(self) -> str | None:
        """Of what kind records are asked for now."""
        return next((kind for kind in (SERVICE, CHANNEL, ORGANISATION) if self.waiting.get(kind)), None)

    def answered(self, content: bytes) -> "Version11":
        if self.lists:
            return self._listed(page(content))
        asking = self._kind
        if asking is None:
            return self
        found, ids = records(content), self.waiting[asking]
        if not found and len(ids) >= IDS_A_QUESTION:
            raise Unfit(f"of {IDS_A_QUESTION} records that the register named it has none", AGAIN)
        after = replace(
            self,
            waiting={**self.waiting, asking: ids[IDS_A_QUESTION:]},
            asked={**self.asked, asking: self.asked.get(asking, 0) + 1},
        )
        for raw in found:
            after = after._led_by(asking, raw)
        return after

    def _listed(self, found: Raw) -> "Version11":
        """The ids of a page; the first page tells how many follow."""
        kind, number = self.lists[0]
        last = within(whole(found, "pageCount"))
        more = tuple((kind, one) for one in range(2, last + 1)) if number == 1 else ()
        ids = [id for one in parts(found, "itemList") if (id := called(one, "id"))]
        return replace(self, lists=(*more, *self.lists[1:]))._with(kind, ids)

    def _led_by(self, kind: str, raw: Raw) -> "Version11":
        """With what a record names: of a service its channels, of a changed channel its services."""
        if kind == SERVICE and (service := self.taken(raw)):
            channels = [one.channel for one in service.connections]
            return self._with(CHANNEL, channels)._with(ORGANISATION, [service.organisation])
        if kind == CHANNEL and self.since:
            try:
                services = [called(part(one, "service"), "id") for one in parts(raw, "services")]
            except Unfit:
                return self  # The import names what is wrong with it.
            return self._with(SERVICE, services)
        return self

    def _with(self, kind: str, ids: Iterable[str]) -> "Version11":
        new = [id for id in dict.fromkeys(ids) if id and (kind, id) not in self.known]
        if not new:
            return self
        known = self.known.union((kind, id) for id in new)
        return replace(self, known=known, waiting={**self.waiting, kind: (*self.waiting.get(kind, ()), *new)})


@dataclass(frozen=True, slots=True)
class Version12:
    """The way through version 12, always a full one; ``begin`` it.

    Services, then the connections of those taken (``waiting`` are the ids of which they are still to be
    asked for, ``connections`` the question being asked), then the ``channels`` one by one, and ``last`` who
    offers them and what the codes of groups and counties mean. A day's changed channels would lead to as many
    services, asked for one by one, as there are pages of all.
    """

    base: str
    taken: Taken
    services: Paged
    last: tuple[Paged, ...]
    waiting: tuple[str, ...] = ()
    connections: Paged | None = None
    questions: int = 0
    channels: tuple[str, ...] = ()
    known: frozenset[str] = frozenset()
    got: int = 0

    @classmethod
    def begin(cls, base: str, taken: Taken) -> "Version12":
        """The beginning."""
        last = _search(base, "organization"), _codes(base, "target-groups"), _codes(base, COUNTIES)
        return cls(base, taken, _search(base, "service"), last)

    @property
    def ask(self) -> Ask | None:
        if now := self._paged:
            return now.ask
        if self.channels:
            address = f"{self.base}/service-channel/{quote(self.channels[0], safe='')}"
            return Ask(f"service-channel-{self.got + 1:05}", address, may_be_gone=True)
        return self.last[0].ask if self.known and self.last else None

    @property
    def ahead(self) -> int:
        asked = self.connections.ahead if self.connections else 0
        questions = -(-len(self.waiting) // SERVICES_A_QUESTION)
        last = sum(one.ahead for one in self.last) if self.known or self.waiting else 0
        return self.services.ahead + asked + questions + len(self.channels) + last

    @property
    def _paged(self) -> Paged | None:
        """The pages that are being asked for, before the channels."""
        if self.services.ahead:
            return self.services
        return self.connections if self.connections and self.connections.ahead else None

    def answered(self, content: bytes) -> "Version12":
        if self.services.ahead:
            after = replace(self, services=self.services.answered(content))
            ids = [service.id for raw in records(content) if (service := self.taken(raw))]
            return replace(after, waiting=(*self.waiting, *ids))._asking()
        if self.connections and self.connections.ahead:
            after = replace(self, connections=self.connections.answered(content))
            return after._with(channel for raw in records(content) if (channel := _channel(raw)))._asking()
        if self.channels:
            records(content)
            return replace(self, channels=self.channels[1:], got=self.got + 1)
        following = self.last[0].answered(content)
        return replace(self, last=(following, *self.last[1:]) if following.ahead else self.last[1:])

    def _asking(self) -> "Version12":
        """With the next question for connections, where there is one to begin."""
        if self._paged or not self.waiting:
            return self
        query = {"serviceContentIds": self.waiting[:SERVICES_A_QUESTION]}
        number = self.questions + 1
        asking = _search(self.base, "connection", query, f"connection-{number:05}")
        return replace(self, connections=asking, questions=number, waiting=self.waiting[SERVICES_A_QUESTION:])

    def _with(self, channels: Iterable[str]) -> "Version12":
        new = [id for id in dict.fromkeys(channels) if id not in self.known]
        return replace(self, channels=(*self.channels, *new), known=self.known.union(new))


def _search(base: str, what: str, query: Mapping[str, object] | None = None, name: str = "") -> Paged:
    def address(number: int) -> str:
        asked = urlencode({"page": number, "pageSize": RECORDS_A_PAGE, **(query or {})}, doseq=True)
        return f"{base}/{what}/search?{asked}"

    return Paged(name or what, address, lambda found, _: whole(found, "totalPages"))


def _codes(base: str, what: str) -> Paged:
    def address(number: int) -> str:
        return f"{base}/{what}?{urlencode({'page': number, 'pageSize': RECORDS_A_PAGE})}"

    return Paged(what, address, lambda found, _: whole(found, "totalPages"))


def _channel(raw: Raw) -> str:
    try:
        return v12.connection(raw).channel
    except Unfit:
        return ""
