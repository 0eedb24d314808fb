"""``/coordinators/situation/export`` and the interface for programs: files, each of them recorded.

A file is made first, from releases that never change. Then one transaction looks that the release is still
the one it was made from and writes the record; only when that is committed does the file leave.
"""

import asyncio
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import partial

from aiohttp import web
from sqlalchemy import Connection, select

from referral.accounts.roles import Right
from referral.demand.frame import Frame
from referral.situation.extract import of_question, of_regions
from referral.situation.gaps import served
from referral.situation.out import KINDS
from referral.situation.question import FILTERS, Question, asked
from referral.situation.supply_sheet import supply_sheet
from referral.store.audit import write_audit
from referral.store.database import StoreUnavailable
from referral.store.schema import RELEASES
from referral.web.coordinators.form import fields
from referral.web.coordinators.office import Office
from referral.web.coordinators.refused import refused
from referral.web.coordinators.seat import Seat
from referral.web.coordinators.show import show
from referral.web.coordinators.situation import address, export_words, words
from referral.web.coordinators.situation.export_file import TYPES, ExportFile, of_release, of_supply
from referral.web.coordinators.situation.naming import Naming
from referral.web.coordinators.situation.picture_page import describe
from referral.web.coordinators.situation.reading import Period, Reading
from referral.web.coordinators.situation.supply_page import SupplyPage, View, place_name

API = "/coordinators/api/releases"
SUPPLY, FILTERED, ALL = "supply", "filtered", "all"


@dataclass(frozen=True, slots=True)
class ExportPage:
    """Handles the dialog, the files and the interface."""

    office: Office
    frame: Frame
    reading: Reading

    async def ask(self, request: web.Request, seat: Seat) -> web.StreamResponse:
        """The dialog: which part, which format."""
        naming = Naming(self.office, seat.language)
        question, view = await self._asked(request.query, seat)
        what = describe(question, naming) if question else place_name(view.regions, naming)
        values = {
            "naming": naming,
            "address": address,
            "export": export_words,
            "question": question,
            "what": what,
            "place": place_name(view.regions, naming),
            "picks": {name: request.query[name] for name in FILTERS if request.query.get(name)},
            "view": request.query.get("view", ""),
            "api": API,
        }
        return show(self.office, request, seat, "export.html", values, words=words)

    async def send(self, request: web.Request, seat: Seat) -> web.StreamResponse:
        """The file that the dialog asked for."""
        sent = await fields(request)
        return await self._answer(request, seat, sent, sent.get("view", FILTERED), sent.get("format", ""))

    async def listed(self, request: web.Request, seat: Seat) -> web.StreamResponse:
        """For programs: what is out, with the addresses of the files."""
        out = await self.reading.out()
        kinds = {
            kind: [{"period": one, "address": f"{API}/{one}"} for one in out.of_kind(kind)] for kind in KINDS
        }
        return web.json_response({"releases": kinds, "formats": list(TYPES), "filters": list(FILTERS)})

    async def fetched(self, request: web.Request, seat: Seat) -> web.StreamResponse:
        """For programs: the file of a period; whole, or as the filters in the address say."""
        query = {**request.query, "period": request.match_info["period"]}
        filtered = any(query.get(name) for name in FILTERS if name not in ("period", "region"))
        view = query.get("view") or (FILTERED if filtered else ALL)
        question, _ = await self._asked(query, seat)
        if (
            question is not None and question.left_out
        ):  # A program would not notice that it got something else.
            return refused(self.office, request, 404, export_words.NOT_PUBLISHED)
        return await self._answer(request, seat, query, view, query.get("format", "json"))

    async def _answer(
        self, request: web.Request, seat: Seat, query: Mapping[str, str], view: str, format: str
    ) -> web.StreamResponse:
        question, seen = await self._asked(query, seat)
        known = question is not None and question.period == query.get("period", question.period)
        if format not in TYPES or not (known or view == SUPPLY):
            return refused(self.office, request, 404, export_words.NO_SUCH)
        make, release = await self._making(seat, question, seen, view, format)
        file = await asyncio.to_thread(make)
        record = partial(
            _record,
            seat=seat,
            file=file,
            region=seen.regions[0] if len(seen.regions) == 1 else "",
            release=release,
            moment=self.office.now(),
        )
        try:
            await self.office.database.write(record)
        except (StoreUnavailable, _Changed):
            return refused(self.office, request, 503, export_words.NOT_RECORDED)
        headers = {
            "Content-Disposition": f'attachment; filename="{file.name}"',
            "Content-Type": file.content_type,
            "X-Content-SHA256": file.sha256,
        }
        return web.Response(body=file.content, headers=headers)

    async def _making(
        self, seat: Seat, question: Question | None, seen: View, view: str, format: str
    ) -> tuple[Callable[[], ExportFile], tuple[Period, str] | None]:
        """What makes the file, and the release that it is made from with its sha256."""
        naming = Naming(self.office, seat.language)
        if view == SUPPLY or question is None:
            return partial(self._supply_file, seen, format, naming), None
        period = (question.kind, question.period)
        release = (await self.reading.releases([period]))[period]
        sha256 = self.reading.sha256(period)
        regions = seat.regions(Right.EXPORT, self.office.atlas.regions)
        every = view == ALL
        part = of_regions(release, regions) if every else of_question(release, question, regions)
        picks = question.picks()
        of = naming.say(words.WHOLE_COUNTRY) if len(regions) > 1 else place_name(regions, naming)
        what = f"{of}, {naming.period(question.period)}" if every else describe(question, naming)
        notes = (
            (naming.say(export_words.WHAT), what),
            (naming.say(export_words.STORED), sha256),
        )
        chosen = [] if every else [code for name, code in picks.items() if name != "period"]
        name = "-".join(("digituki", question.period, *chosen, *(["all"] if every else [])))
        names = partial(_name_of, naming)
        return partial(of_release, part, notes, format, names, name, naming.say), (period, sha256)

    def _supply_file(self, view: View, format: str, naming: Naming) -> ExportFile:
        atlas, supply = self.office.atlas, self.reading.supply()
        rows = served(supply, view.regions, view.year, view.need)
        sheet = supply_sheet(
            rows, lambda code: atlas.municipalities[code].region, naming.name, view.need, view.k
        )
        of = naming.period(view.year.period) if view.year else naming.say(export_words.NO_DEMAND)
        notes = (
            (naming.say(export_words.WHAT), place_name(view.regions, naming)),
            (naming.say(export_words.AS_OF), naming.day(supply.today)),
            (naming.say(export_words.DEMAND_OF), of),
        )
        facts = {
            "as of": supply.today.isoformat(),
            "regions": " ".join(view.regions),
            "demand of": view.year.period if view.year else "",
        }
        place = view.regions[0] if len(view.regions) == 1 else "all"
        name = f"digituki-supply-{supply.today.isoformat()}-{place}-{view.need}"
        return of_supply(sheet, facts, notes, format, name, naming.name, naming.say)

    async def _asked(self, query: Mapping[str, str], seat: Seat) -> tuple[Question | None, View]:
        regions = seat.regions(Right.EXPORT, self.office.atlas.regions)
        question = asked(query, await self.reading.out(), self.frame, regions)
        pages = SupplyPage(self.office, self.frame, self.reading)
        return question, await pages.view(query, seat, Right.EXPORT)


class _Changed(Exception):
    """The release is not the one that the file was made from."""


def _record(
    connection: Connection,
    seat: Seat,
    file: ExportFile,
    region: str,
    release: tuple[Period, str] | None,
    moment: int,
) -> None:
    """Writes down that the file left, if the release that it was made from is there. Raises _Changed."""
    if release is not None:
        (kind, period), sha256 = release
        query = select(RELEASES.c.sha256).where(RELEASES.c.kind == kind, RELEASES.c.period == period)
        if connection.scalar(query) != sha256:
            raise _Changed
    write_audit(connection, seat, "exported", file.name, region, file.sha256, moment)


def _name_of(naming: Naming, column: str, code: str) -> str:
    name = naming.name(column, code)
    return "" if name == code else name
