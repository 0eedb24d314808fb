"""What the rules of an import nearly took: a list to look through, where each record can be taken or left."""

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial

from aiohttp import web
from sqlalchemy import Connection
from yarl import URL

from referral.accounts.action import Action
from referral.accounts.roles import Right
from referral.directory.importers.imported import Imported, Means
from referral.directory.importers.singly import taken_singly
from referral.store import left_out, overrules, sources
from referral.store.audit import write_audit
from referral.store.left_out import Kept
from referral.store.overrules import Overrule
from referral.store.overruling import take
from referral.web.coordinators.directory import left_out_words, words
from referral.web.coordinators.form import fields, go_to, safe
from referral.web.coordinators.office import Office
from referral.web.coordinators.seat import Seat, may
from referral.web.coordinators.show import show

PAGE = "/coordinators/directory/left-out"
ON_A_PAGE = 25
PLACES_SHOWN = 3
TAKE, LEAVE, RULES = "take", "leave", "rules"
_RIGHT = Right.WORK_ON_DIRECTORY


@dataclass(frozen=True, slots=True)
class NearlyTaken:
    """The handlers."""

    office: Office

    async def show(self, request: web.Request, seat: Seat) -> web.Response:
        """A page of the records in the seat's regions, undecided or decided, with the words asked for."""
        office, asked = self.office, request.query.get("region", "")
        sought, decided = request.query.get("q", "").strip()[:100], request.query.get("show") == "decided"
        found = [
            one
            for one in await office.database.read(left_out.left_out)
            if bool(one.decided) == decided
            and self._is_own(seat, one, asked)
            and left_out.is_about(one, sought)
        ]
        last = max(1, -(-len(found) // ON_A_PAGE))
        number = min(_number(request.query.get("page", "")), last)
        values = {
            "found": found[(number - 1) * ON_A_PAGE : number * ON_A_PAGE],
            "places": self._places,
            "near": left_out_words,
            "why": left_out_words.why,
            "count": len(found),
            "page_number": number,
            "last": last,
            "turned": lambda to: str(request.rel_url.without_query_params("done").update_query(page=to)),
            "regions": seat.regions(_RIGHT, office.atlas.regions),
            "asked": asked,
            "sought": sought,
            "decided": decided,
            "back": str(request.rel_url.without_query_params("done")),
        }
        return show(office, request, seat, "left_out.html", values, words=words)

    async def decide(self, request: web.Request, seat: Seat) -> web.Response:
        """Takes a record, leaves it, or lets the rules decide again; 404 where it is not the seat's."""
        office, sent = self.office, await fields(request)
        source, record, what = (sent.get(name, "") for name in ("source", "record", "what"))
        finding = partial(left_out.find, source=source, record=record)
        found = await office.database.read(finding)
        if found is None or what not in (TAKE, LEAVE, RULES) or not may(seat, _RIGHT, found[0].region):
            raise web.HTTPNotFound
        region = found[0].region
        imported = await self._made(source, record, found[1]) if what == TAKE else Imported((), ())

        def work(connection: Connection) -> str:
            decision = Overrule(source, record, what == TAKE, seat.coordinator_id, office.today())
            done = {TAKE: "taken_later", LEAVE: "left_alone", RULES: "rules"}[what]
            if what == TAKE:
                done = "taken_now" if take(connection, decision, imported) else done
            elif what == LEAVE:
                overrules.overrule(connection, decision)
            else:
                overrules.take_back(connection, source, record)
            write_audit(connection, seat, Action.OVERRULED, record, region, "", office.now())
            return done

        back = URL(safe(sent.get("back", "")) or PAGE)
        return go_to(str(back.update_query(done=await office.database.write(work))))

    async def _made(self, source: str, record: str, content: str) -> Imported:
        """What becomes of the record, worked out beside the pages that others are waiting for."""
        office = self.office
        kind = (await office.database.read(sources.kinds)).get(source, "")

        def work() -> Imported:
            means = Means.of(office.catalog, office.atlas, {}, office.today())
            return taken_singly(kind, record, content, means)

        return await asyncio.to_thread(work)

    def _is_own(self, seat: Seat, one: Kept, asked: str) -> bool:
        region = one.found.region
        return may(seat, _RIGHT, region) and (not asked or region == asked)

    def _places(self, one: Kept) -> tuple[Sequence[object], int]:
        """The names of its first municipalities, and how many there are besides."""
        known = [self.office.atlas.municipalities.get(code) for code in one.found.municipalities]
        names = [here.names for here in known if here]
        return names[:PLACES_SHOWN], max(0, len(names) - PLACES_SHOWN)


def _number(said: str) -> int:
    return max(1, int(said)) if said.isascii() and said.isdigit() and len(said) < 6 else 1
