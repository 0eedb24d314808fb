"""What was done: one's own deeds, and everybody's for the operator."""

from dataclasses import dataclass
from datetime import UTC, datetime
from functools import partial

from aiohttp import web

from referral.accounts.roles import Right
from referral.hours import HELSINKI
from referral.store.audit import Deed, audit
from referral.store.offers import clean
from referral.web.coordinators import record_words
from referral.web.coordinators.office import Office
from referral.web.coordinators.seat import Seat, may
from referral.web.coordinators.show import show

MOST = 100


@dataclass(frozen=True, slots=True)
class Line:
    """A deed as it is shown."""

    deed: Deed
    moment: datetime


@dataclass(frozen=True, slots=True)
class Record:
    """The handler."""

    office: Office

    async def show(self, request: web.Request, seat: Seat) -> web.Response:
        """The newest hundred, or the hundred before ``?before=`` (a line's id)."""
        before = clean(request.query.get("before", ""))[:40]
        everybody = may(seat, Right.MANAGE_ACCOUNTS)
        whose = "" if everybody else seat.coordinator_id
        reading = partial(audit, coordinator=whose, most=MOST, before=before)
        deeds = await self.office.database.read(reading)
        lines = [Line(deed, datetime.fromtimestamp(deed.moment, UTC).astimezone(HELSINKI)) for deed in deeds]
        values = {"lines": lines, "everybody": everybody, "more": len(lines) == MOST}
        return show(self.office, request, seat, "record.html", values, words=record_words)
