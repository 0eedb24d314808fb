"""``/coordinators/situation/report``: a period on paper, with the coordinator's own findings."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta
from functools import partial

from aiohttp import web
from sqlalchemy import Connection

from referral.accounts.roles import Right
from referral.demand.frame import Frame
from referral.demand.period import next_month
from referral.situation.gaps import served, share_beyond
from referral.situation.overview import openings
from referral.situation.picture import picture
from referral.situation.question import Question
from referral.situation.supply import Supply
from referral.store.audit import write_audit
from referral.store.findings import LONGEST, find_findings, write_findings
from referral.store.openings import opened_or_closed
from referral.web.coordinators.form import fields, go_to
from referral.web.coordinators.office import Office
from referral.web.coordinators.seat import Seat, may
from referral.web.coordinators.show import show
from referral.web.coordinators.situation import address, report_words, shown, supply_words, words
from referral.web.coordinators.situation.naming import Naming
from referral.web.coordinators.situation.reading import Reading, overview_of
from referral.web.coordinators.situation.supply_page import SupplyPage, View, place_name

WORST = 10
"""Municipalities in the report; the export has them all."""

_DONE = "findings_saved"


@dataclass(frozen=True, slots=True)
class ReportPage:
    """Handles the report and its findings."""

    office: Office
    frame: Frame
    reading: Reading

    async def show(self, request: web.Request, seat: Seat) -> web.StreamResponse:
        """The report of the region and period that the address asks for."""
        return await self._shown(request, seat, request.query)

    async def write(self, request: web.Request, seat: Seat) -> web.StreamResponse:
        """Saves the findings."""
        sent = await fields(request)
        view = await self._view(sent, seat, Right.WRITE_REPORT)
        region = _region(view)
        if view.question is None or not may(seat, Right.WRITE_REPORT, region):
            raise web.HTTPNotFound
        body = sent.get("body", "").replace("\r\n", "\n")
        if len(body) > LONGEST:
            return await self._shown(request, seat, sent, body)
        period = view.question.period
        work = partial(
            _save,
            seat=seat,
            region=region,
            period=period,
            body=body,
            day=self.office.today(),
            moment=self.office.now(),
        )
        await self.office.database.write(work)
        return go_to(address.address(address.REPORT, {"period": period, "region": region, "done": _DONE}))

    async def _view(self, query: Mapping[str, str], seat: Seat, right: Right) -> View:
        """The view without its need: a report is about everything."""
        pages = SupplyPage(self.office, self.frame, self.reading)
        kept = {name: query[name] for name in ("period", "region") if name in query}
        return await pages.view(kept, seat, right)

    async def _shown(
        self, request: web.Request, seat: Seat, query: Mapping[str, str], too_long: str = ""
    ) -> web.StreamResponse:
        naming = Naming(self.office, seat.language)
        view = await self._view(query, seat, Right.SEE_SITUATION)
        region = _region(view)
        values = {
            "naming": naming,
            "address": address,
            "report": report_words,
            "supply_words": supply_words,
            "question": view.question,
            "view": view,
            "region": region,
            "place": place_name(view.regions, naming),
            "today": self.office.today(),
            "may_write": view.question is not None and may(seat, Right.WRITE_REPORT, region),
            "too_long": too_long,
            "most": LONGEST,
            "saved": request.query.get("done") == _DONE,
            **self._demand(view, naming),
            **await self._supply(view),
            **await self._findings(view),
        }
        status = 400 if too_long else 200
        return show(self.office, request, seat, "report.html", values, words=words, status=status)

    def _demand(self, view: View, naming: Naming) -> Mapping[str, object]:
        if view.question is None or view.release is None:
            return {"picture": None, "divisions": {}}
        question: Question = replace(view.question, need="")
        seen = picture(question, {(question.kind, question.period): view.release})
        divisions = {one.table: shown.division(one, question, seen.k, naming) for one in seen.divisions}
        sha256 = self.reading.sha256((question.kind, question.period))
        return {"picture": seen, "divisions": divisions, "sha256": sha256}

    async def _supply(self, view: View) -> Mapping[str, object]:
        supply = self.reading.supply()
        atlas = self.office.atlas
        found = await self.reading.worked_out(
            ("report", view.regions), partial(_of_supply, supply, view.regions)
        )
        found = {**found, "overview": await overview_of(self.reading, supply, view.regions)}
        if view.question is None:
            return {**found, "openings": None}
        first, last = days_of(view.question.period)
        dated = await self.office.database.read(partial(opened_or_closed, first=first, last=last))
        return {**found, "openings": openings(dated, view.regions, atlas, first, last)}

    async def _findings(self, view: View) -> Mapping[str, object]:
        if view.question is None:
            return {"findings": None}
        look = partial(find_findings, region=_region(view), period=view.question.period)
        return {"findings": await self.office.database.read(look)}


def days_of(period: str) -> tuple[date, date]:
    """The first and the last day of a month, a quarter or a year."""
    year, part = period[:4], period[5:]
    months = [f"{year}-01", f"{year}-12"]
    if part.startswith("Q"):
        months = [f"{year}-{int(part[1]) * 3 - 2:02}", f"{year}-{int(part[1]) * 3:02}"]
    elif part:
        months = [period, period]
    first, after = months[0], next_month(months[1])
    return date.fromisoformat(f"{first}-01"), date.fromisoformat(f"{after}-01") - timedelta(days=1)


def _of_supply(supply: Supply, regions: tuple[str, ...]) -> Mapping[str, object]:
    """The figures of supply that a report has."""
    municipalities = supply.directory.atlas.municipalities.items()
    codes = [code for code, one in municipalities if one.region in regions]
    reaches = supply.reach()
    return {
        "median": supply.median_km(codes),
        "beyond": share_beyond(reaches[code] for code in codes),
        "worst": [one for one in served(supply, regions, None, most=WORST) if one.reach.beyond],
    }


def _region(view: View) -> str:
    return view.regions[0] if len(view.regions) == 1 else ""


def _save(
    connection: Connection, seat: Seat, region: str, period: str, body: str, day: date, moment: int
) -> None:
    write_findings(connection, region, period, body, seat.coordinator_id, day)
    write_audit(connection, seat, "findings_written", period, region, "", moment)
