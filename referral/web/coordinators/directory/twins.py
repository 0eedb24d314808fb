"""Offers that are told twice and shown as one: told apart where they are two, and joined where they are one."""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import partial

from aiohttp import web
from sqlalchemy import Connection

from referral.accounts.action import Action
from referral.accounts.roles import Right
from referral.directory.caretaker import region_of
from referral.directory.joinable import joinable
from referral.directory.twins import may_be_one
from referral.model import Offer
from referral.store import offers, told_pairs
from referral.store.audit import write_audit
from referral.store.directory import find_all_twins
from referral.web.coordinators.directory import words
from referral.web.coordinators.directory.preview import preview
from referral.web.coordinators.form import fields, go_to
from referral.web.coordinators.office import Office
from referral.web.coordinators.seat import Seat, may
from referral.web.coordinators.show import show

MOST = 50
MOST_OTHERS = 20
APART, TOGETHER = "apart", "together"
_RIGHT = Right.WORK_ON_DIRECTORY


@dataclass(frozen=True, slots=True)
class Pair:
    """Two offers as they stand in the database."""

    one: Offer
    other: Offer


@dataclass(frozen=True, slots=True)
class LookAlikes:
    """The handlers."""

    office: Office

    async def show(self, request: web.Request, seat: Seat) -> web.Response:
        """The pairs of the seat's regions that are shown as one, and those that were told apart.

        With ``?of=`` an offer's id: the offers that may tell the same as it.
        """
        if of := request.query.get("of", ""):
            return await self._twice(request, seat, of)
        office, asked = self.office, request.query.get("region", "")
        found = await office.database.read(partial(self._pairs, seat=seat, asked=asked))
        seen = partial(preview, office, seat)
        values = {
            "twins": [(pair, seen(pair.one), seen(pair.other)) for pair in found[0][:MOST]],
            "count": len(found[0]),
            "apart": [(pair, seen(pair.one), seen(pair.other)) for pair in found[1]],
            "regions": seat.regions(_RIGHT, office.atlas.regions),
            "asked": asked,
        }
        return show(office, request, seat, "twins.html", values, words=words)

    async def decide(self, request: web.Request, seat: Seat) -> web.Response:
        """Tells two offers apart or together; 404 where they are not the seat's to look after."""
        office, sent = self.office, await fields(request)
        one, other, what = (sent.get(name, "") for name in ("one", "other", "what"))
        if what not in (APART, TOGETHER) or one == other:
            raise web.HTTPNotFound

        def work(connection: Connection) -> bool:
            pair = _pair(connection, one, other)
            if pair is None or not self._is_own(seat, pair, ""):
                return False
            if what == TOGETHER and not may_be_one(pair.one, pair.other):
                return False
            done = (told_pairs.apart if what == APART else told_pairs.together)(connection, one, other)
            if done:
                action = Action.TOLD_APART if what == APART else Action.TOLD_TOGETHER
                region = region_of(pair.one, office.atlas)
                write_audit(connection, seat, action, f"{one} {other}", region, "", office.now())
            return True

        if not await office.database.write(work):
            raise web.HTTPNotFound
        return go_to(f"/coordinators/directory/twins?done={what}")

    async def _twice(self, request: web.Request, seat: Seat, of: str) -> web.Response:
        """What the offer ``of`` may be the same as; 404 where it is not the seat's to look after."""
        office, sought = self.office, request.query.get("q", "").strip()[:100]
        stored = await office.database.read(partial(offers.find, id=of))
        if stored is None or not may(seat, _RIGHT, region_of(stored.offer, office.atlas)):
            raise web.HTTPNotFound
        rows = office.current.directory.rows
        own = [one for one in rows if may(seat, _RIGHT, region_of(one, office.atlas))]
        found = joinable(stored.offer, own, sought)
        seen = partial(preview, office, seat)
        values = {
            "of": stored.offer,
            "card": seen(stored.offer),
            "others": [(one, seen(one)) for one in found[:MOST_OTHERS]],
            "count": len(found),
            "sought": sought,
        }
        return show(office, request, seat, "twice.html", values, words=words)

    def _pairs(self, connection: Connection, seat: Seat, asked: str) -> tuple[list[Pair], list[Pair]]:
        """The seat's own pairs: shown as one, and told apart."""
        together = [(twins.shown, twins.other) for twins in find_all_twins(connection, self.office.today())]
        own = partial(self._own, connection, seat, asked)
        return own(together), own(told_pairs.told_apart(connection))

    def _own(
        self, connection: Connection, seat: Seat, asked: str, ids: Iterable[tuple[str, str]]
    ) -> list[Pair]:
        pairs = (_pair(connection, one, other) for one, other in ids)
        return [pair for pair in pairs if pair and self._is_own(seat, pair, asked)]

    def _is_own(self, seat: Seat, pair: Pair, asked: str) -> bool:
        regions = {region_of(offer, self.office.atlas) for offer in (pair.one, pair.other)}
        return all(may(seat, _RIGHT, region) for region in regions) and (not asked or asked in regions)


def _pair(connection: Connection, one: str, other: str) -> Pair | None:
    first, second = offers.find(connection, one), offers.find(connection, other)
    return Pair(first.offer, second.offer) if first and second else None
