"""Where coordinators overrule the rules by which the import takes or leaves the records of a register.

A record is left on the page of an offer that was made of it, by whoever looks after all such offers; what
was nearly taken is taken on a list of its own (``left_out``). To take any other, its id in the register is
needed, and the right for the whole country: nobody knows its region before it has been read.
"""

from dataclasses import dataclass, replace

from aiohttp import web
from sqlalchemy import Connection

from referral.accounts.action import Action
from referral.accounts.roles import Right
from referral.store import left_out, overrules, sources
from referral.store.audit import write_audit
from referral.store.overrules import Overrule
from referral.web.coordinators.directory import words
from referral.web.coordinators.directory.offers import CHOSEN_KINDS
from referral.web.coordinators.form import fields, go_to
from referral.web.coordinators.office import Office
from referral.web.coordinators.seat import Seat, may
from referral.web.coordinators.show import show

PAGE = "/coordinators/directory/imports"
MOST_ID = 100
_RIGHT = Right.WORK_ON_DIRECTORY


@dataclass(frozen=True, slots=True)
class Imports:
    """The handlers."""

    office: Office

    async def show(self, request: web.Request, seat: Seat) -> web.Response:
        """The sources, and what was overruled."""
        return await self._page(request, seat)

    async def decide(self, request: web.Request, seat: Seat) -> web.Response:
        """Takes a record that the rules leave, or lets the rules decide again about one."""
        office, sent = self.office, await fields(request)
        if not may(seat, _RIGHT, ""):
            raise web.HTTPNotFound
        source, record = sent.get("source", ""), sent.get("record", "").strip()[:MOST_ID]
        taken = sent.get("what") == "take"

        def work(connection: Connection) -> bool:
            if source not in {one.name for one in _overrulable(connection)} or not record:
                return False
            if taken:
                decision = Overrule(source, record, True, seat.coordinator_id, office.today())
                overrules.overrule(connection, decision)
            elif not overrules.take_back(connection, source, record):
                return False
            write_audit(connection, seat, Action.OVERRULED, record, "", "", office.now())
            return True

        if not await office.database.write(work):
            return await self._page(request, seat, words.NO_RECORD)
        return go_to(f"{PAGE}?done={'take' if taken else 'rules'}")

    async def _page(self, request: web.Request, seat: Seat, fault: object = None) -> web.Response:
        def work(connection: Connection) -> dict[str, object]:
            return {
                "sources": sources.sources(connection),
                "overrulable": _overrulable(connection),
                "decisions": [replace(one, by="") for one in overrules.overrules(connection)],
                "names": {
                    (one.source, one.found.record): one.found.name
                    for one in left_out.left_out(connection)
                    if one.decided
                },
            }

        found = await self.office.database.read(work)
        values = {**found, "may_decide": may(seat, _RIGHT, ""), "most_id": MOST_ID, "fault": fault}
        status = 422 if fault else 200
        return show(self.office, request, seat, "imports.html", values, words=words, status=status)


def _overrulable(connection: Connection) -> list[sources.StoredSource]:
    return [one for one in sources.sources(connection) if one.kind in CHOSEN_KINDS]
