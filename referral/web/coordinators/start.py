"""The first page: where somebody's work begins."""

from dataclasses import dataclass

from aiohttp import web

from referral.accounts.roles import Right
from referral.web.coordinators.form import go_to
from referral.web.coordinators.office import Office
from referral.web.coordinators.seat import Seat, may

_FIRST = ((Right.SEE_SITUATION, "situation"), (Right.WORK_ON_DIRECTORY, "directory"))


@dataclass(frozen=True, slots=True)
class Start:
    """The handler."""

    office: Office

    async def show(self, request: web.Request, seat: Seat) -> web.Response:
        """Leads to the first part of the site that the seat may see; to the account where there is none."""
        part = next((part for right, part in _FIRST if may(seat, right)), "account")
        return go_to(f"/coordinators/{part}")
