"""What is in the directory: what is due for checking, one offer with its history, its provider's links."""

from dataclasses import dataclass, replace
from datetime import date, timedelta
from functools import partial

from aiohttp import web
from sqlalchemy import Connection
from yarl import URL

from referral.accounts.action import Action
from referral.accounts.roles import Right
from referral.directory.caretaker import record_of, region_of
from referral.directory.freshness import Freshness, due, freshness
from referral.model import Offer
from referral.store import checks, overrules, provider_links, records, sources
from referral.store import offers as stored_offers
from referral.store.audit import write_audit
from referral.store.overrules import Overrule
from referral.store.revision import raise_it
from referral.web import provider_link
from referral.web.coordinators.directory import words
from referral.web.coordinators.directory.preview import preview
from referral.web.coordinators.form import fields, go_to, safe
from referral.web.coordinators.office import Office
from referral.web.coordinators.seat import Seat, may
from referral.web.coordinators.show import show
from referral.web.origin import origin

PAGE = "/coordinators/directory/offers"
MOST = 100
CHOSEN_KINDS = frozenset({"ptv", "hsds", "events"})
"""The registers of which rules choose records, so that a coordinator may overrule them."""

_RIGHT = Right.WORK_ON_DIRECTORY


@dataclass(frozen=True, slots=True)
class Shown:
    """An offer of the database: the region of who looks after it, its source, and the record behind it."""

    offer: Offer
    region: str
    source: str
    record: str
    checks: tuple[checks.Check, ...]
    links: tuple[provider_links.ProviderLink, ...]


@dataclass(frozen=True, slots=True)
class Offers:
    """The handlers."""

    office: Office

    async def listed(self, request: web.Request, seat: Seat) -> web.Response:
        """The offers of the seat's regions: those due for checking, or all; with a word in their names."""
        office, today = self.office, self.office.today()
        asked, sought = request.query.get("region"), request.query.get("q", "").strip()[:100]
        everything = request.query.get("show") == "all" or bool(sought)
        rows = office.current.directory.rows
        if not everything:
            # What was checked a moment ago is in the tables and not yet in the directory in memory.
            done = await office.database.read(partial(checks.confirmed_on, day=today, by=checks.COORDINATOR))
            rows = tuple(one.offer for one in due(rows, today, office.atlas) if one.offer.id not in done)
        found = [one for one in rows if _is_named(one, sought) and self._is_own(seat, one, asked)]
        broken = {} if everything else await office.database.read(checks.broken_links)
        values = {
            "broken": [
                (one, office.catalogues.named(one.names, seat.language), broken[one.id])
                for one in (office.current.directory.offers.get(id) for id in sorted(broken))
                if one is not None and one.url and self._is_own(seat, one, asked)
            ][:MOST],
            "offers": [(one, office.catalogues.named(one.names, seat.language)) for one in found[:MOST]],
            "municipality": self._municipality,
            "count": len(found),
            "most": MOST,
            "regions": seat.regions(_RIGHT, office.atlas.regions),
            "asked": asked or "",
            "everything": everything,
            "sought": sought,
            "back": str(request.rel_url.without_query_params("done")),
        }
        return show(office, request, seat, "offers.html", values, words=words)

    async def one(self, request: web.Request, seat: Seat) -> web.Response:
        """One offer."""
        found = await self._found(request, seat)
        return self._page(request, seat, found)

    async def confirm(self, request: web.Request, seat: Seat) -> web.Response:
        """Notes that everything about it is true today."""
        office, found = self.office, await self._found(request, seat)

        def work(connection: Connection) -> bool:
            done = checks.confirm(connection, found.offer.id, office.today(), checks.COORDINATOR)
            if done:
                write_audit(connection, seat, Action.CHECKED, found.offer.id, found.region, "", office.now())
            return done

        done = await office.database.write(work)
        back = safe((await fields(request)).get("back", "")) or self._path(found)
        return go_to(str(URL(back).update_query(done="checked" if done else "closed")))

    async def leave(self, request: web.Request, seat: Seat) -> web.Response:
        """Overrules the rules of the import: this record is no digital support. What was made of it closes."""
        office, found = self.office, await self._found(request, seat)
        if not found.record:
            raise web.HTTPNotFound

        def work(connection: Connection) -> bool:
            made = self._made_of(connection, found)
            if not all(may(seat, _RIGHT, region_of(one, office.atlas)) for one in made):
                return False
            decision = Overrule(found.source, found.record, False, seat.coordinator_id, office.today())
            overrules.overrule(connection, decision)
            _close(connection, made, found.source, office.today())
            write_audit(connection, seat, Action.OVERRULED, found.record, found.region, "", office.now())
            return True

        if not await office.database.write(work):
            return self._page(request, seat, found, words.NOT_ONLY_YOURS)
        return go_to(f"{PAGE}?done=left")

    async def reopen(self, request: web.Request, seat: Seat) -> web.Response:
        """Takes back that its provider has ended it."""
        office, found = self.office, await self._found(request, seat)

        def work(connection: Connection) -> bool:
            id, today = found.offer.id, office.today()
            if not checks.take_ending_back(connection, id):
                return False
            stored_offers.put(connection, [replace(found.offer, valid_until=None)], found.source, today)
            checks.note(connection, [id], today, checks.COORDINATOR, checks.CHANGED)
            raise_it(connection)
            write_audit(connection, seat, Action.CHANGED, id, found.region, "", office.now())
            return True

        done = "reopened" if await office.database.write(work) else "closed"
        return go_to(f"{self._path(found)}?done={done}")

    async def make_link(self, request: web.Request, seat: Seat) -> web.Response:
        """A private link by which the provider looks after the offer; shown once."""
        office, found = self.office, await self._found(request, seat)
        last = office.today() + timedelta(days=provider_link.LINK_DAYS)

        def work(connection: Connection) -> str:
            id = provider_links.make(connection, found.offer.id, last)
            write_audit(connection, seat, Action.LINK_MADE, found.offer.id, found.region, "", office.now())
            return provider_link.address(connection, id)

        path = await office.database.write(work)
        return self._page(request, seat, await self._found(request, seat), made=origin(request) + path)

    async def revoke_link(self, request: web.Request, seat: Seat) -> web.Response:
        """Ends a private link."""
        office, found = self.office, await self._found(request, seat)
        id = request.match_info["link"]
        if id not in {link.id for link in found.links}:
            raise web.HTTPNotFound

        def work(connection: Connection) -> None:
            if provider_links.revoke(connection, id, office.today()):
                write_audit(
                    connection, seat, Action.LINK_REVOKED, found.offer.id, found.region, "", office.now()
                )

        await office.database.write(work)
        return go_to(f"{self._path(found)}?done=link_revoked")

    async def _found(self, request: web.Request, seat: Seat) -> Shown:
        """The offer that the address names; 404 where it is not the seat's to look after."""
        office = self.office

        def work(connection: Connection) -> Shown | None:
            stored = stored_offers.find(connection, request.match_info["id"])
            if stored is None:
                return None
            id = stored.offer.id
            chosen = sources.kinds(connection).get(stored.source) in CHOSEN_KINDS
            record = record_of(id, records.ids(connection, stored.source)) if chosen else ""
            return Shown(
                stored.offer,
                region_of(stored.offer, office.atlas),
                stored.source,
                record,
                checks.history(connection, id),
                provider_links.of_offer(connection, id),
            )

        found = await office.database.read(work)
        if found is None or not may(seat, _RIGHT, found.region):
            raise web.HTTPNotFound
        return found

    def _made_of(self, connection: Connection, found: Shown) -> list[Offer]:
        """Every offer that was made of the same record."""
        ids = records.ids(connection, found.source)
        stored = stored_offers.of_sources(connection, [found.source])
        return [one.offer for one in stored if record_of(one.offer.id, ids) == found.record]

    def _is_own(self, seat: Seat, offer: Offer, asked: str | None) -> bool:
        region = region_of(offer, self.office.atlas)
        return may(seat, _RIGHT, region) and (not asked or region == asked)

    def _municipality(self, offer: Offer) -> dict[str, str] | str:
        here = self.office.atlas.municipalities.get(offer.municipality)
        return dict(here.names) if here else ""

    def _path(self, found: Shown) -> str:
        return f"{PAGE}/{found.offer.id}"

    def _page(
        self, request: web.Request, seat: Seat, found: Shown, fault: object = None, made: str = ""
    ) -> web.Response:
        office, today = self.office, self.office.today()
        values = {
            "found": found,
            "card": preview(office, seat, found.offer),
            "twin_of": office.current.edition.twins.get(found.offer.id, ""),
            "is_closed": found.offer.valid_until is not None and found.offer.valid_until < today,
            "is_ended": any(
                (one.by, one.outcome) == (checks.PROVIDER, checks.CLOSED) for one in found.checks
            ),
            "is_due": freshness(found.offer, today) is not Freshness.FRESH,
            "good_links": [link for link in found.links if link.is_good(today)],
            "made": made,
            "fault": fault,
        }
        status = 422 if fault else 200
        return show(office, request, seat, "offer.html", values, words=words, status=status)


def _is_named(offer: Offer, sought: str) -> bool:
    told = (*offer.names.values(), *offer.organisation.names.values(), offer.locality)
    return sought.casefold() in " ".join(told).casefold()


def _close(connection: Connection, closed: list[Offer], source: str, day: date) -> None:
    """Yesterday was the last day of these offers."""
    ended = [replace(one, valid_until=day - timedelta(days=1)) for one in closed]
    stored_offers.put(connection, ended, source, day)
    checks.note(connection, [one.id for one in ended], day, checks.COORDINATOR, checks.CLOSED)
    raise_it(connection)
