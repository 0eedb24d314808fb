"""``/coordinators/situation``: what was asked for."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from aiohttp import web

from locales.text import Text
from referral.accounts.roles import Right
from referral.demand.frame import UNTOLD_MUNICIPALITIES, Frame
from referral.demand.period import CLOSES_ON, next_month, quarter_of
from referral.situation.out import KINDS, Out, quarters_in
from referral.situation.picture import Count, Picture, by_region, picture, wanted
from referral.situation.question import ALL, ALONE, Question, asked
from referral.web.charts.bar import hatching
from referral.web.coordinators.office import Office
from referral.web.coordinators.seat import Seat, may
from referral.web.coordinators.show import show
from referral.web.coordinators.situation import address, shown, words
from referral.web.coordinators.situation.naming import Naming, residents
from referral.web.coordinators.situation.reading import Reading

ENOUGH = 20
"""Below this number a step of rounding is more than a quarter of it, and a share would say what is not so."""

Choices = tuple[tuple[str, str], ...]
"""Code and name of what may be chosen."""


@dataclass(frozen=True, slots=True)
class PicturePage:
    """Handles the page."""

    office: Office
    frame: Frame
    reading: Reading

    async def show(self, request: web.Request, seat: Seat) -> web.StreamResponse:
        """The picture that the address asks for."""
        naming = Naming(self.office, seat.language)
        regions = seat.regions(Right.SEE_SITUATION, self.office.atlas.regions)
        out = await self.reading.out()
        question = asked(request.query, out, self.frame, regions)
        if question is None:
            values = {"naming": naming, "address": address, "question": None, **self._waiting()}
            return show(self.office, request, seat, "empty.html", values, words=words)
        seen = picture(question, await self.reading.releases(wanted(question)))
        values = {
            "naming": naming,
            "address": address,
            "question": question,
            "what": describe(question, naming),
            "filters": self._filters(question, out, regions, naming),
            "chosen": [(name, naming.name(name, code)) for name, code in _chosen(question)],
            "picture": seen,
            "change": change(seen),
            "course": shown.course(seen, describe(question, naming), naming),
            "points": shown.points(seen, naming),
            "divisions": [shown.division(one, question, seen.k, naming) for one in seen.divisions],
            "hatching": hatching(),
            "quarter": _quarter(question, out),
            "left_out": [_why(one.name, one.why) for one in question.left_out],
            **await self._map(question, seat, naming),
            **(self._waiting() if not out.of_kind("quarter") else {}),
        }
        return show(self.office, request, seat, "picture.html", values, words=words)

    def _filters(
        self, question: Question, out: Out, regions: tuple[str, ...], naming: Naming
    ) -> Mapping[str, object]:
        """Everything that the form offers: only what is published."""
        own = [question.region] if question.region else list(regions)
        places = [
            code for region in own for code in self.frame.municipalities[region][:-UNTOLD_MUNICIPALITIES]
        ]
        alone = {
            name: dict.fromkeys(label[-1] for region in own for label in self.frame.labels(table, region))
            for name, table in ALONE.items()
            if name in ("spoken", "outcome", "reason")
        }
        return {
            "periods": periods(out, naming),
            "regions": _named("region", regions, naming),
            "may_see_all": len(regions) == len(self.office.atlas.regions),
            "municipalities": sorted(_named("municipality", places, naming), key=lambda one: one[1])
            if question.kind == "year" and question.region
            else (),
            "groups": [
                (group.id, naming.name("need_group", group.id), _named("need", group.needs, naming))
                for group in self.office.catalog.groups
            ],
            "alone": {name: _named(name, tuple(codes), naming) for name, codes in alone.items()},
        }

    async def _map(self, question: Question, seat: Seat, naming: Naming) -> Mapping[str, object]:
        """The map: of the coordinators' numbers for who sees the whole country, of the public ones else."""
        atlas = self.office.atlas
        everywhere = may(seat, Right.SEE_SITUATION, ALL)
        own = [(question.kind, question.period)]
        public = [("public", one) for one in quarters_in(question.kind, question.period)]
        sums: dict[str, Count] = {}
        k = 0
        for release in (await self.reading.releases(own if everywhere else public)).values():
            k = release.k
            for code, count in by_region(question, release).items():
                so_far = sums.get(code, Count())
                sums[code] = Count(so_far.number + count.number, so_far.least + count.least)
        if not sums:
            return {"map": None}
        counts = [(code, sums.get(code, Count()), residents(atlas, code)) for code in atlas.regions]
        chosen = [naming.name(*one) for one in _chosen(question) if one[0] not in ("region", "municipality")]
        of = ", ".join((naming.period(question.period), *chosen))
        drawn, rows = shown.region_map(counts, k, question, of, naming)
        return {"map": drawn, "map_of": of, "map_rows": rows, "map_is_public": not everywhere, "map_k": k}

    def _waiting(self) -> Mapping[str, object]:
        """When the next month and the next quarter close."""
        today = self.office.today()
        month = f"{today.year:04}-{today.month:02}"
        last = f"{quarter_of(month)[:4]}-{int(quarter_of(month)[-1]) * 3:02}"
        return {"open_month": month, "closes": _closing(month), "quarter_closes": _closing(last)}


def describe(question: Question, naming: Naming) -> str:
    """What the picture is of: place, period and what was chosen."""
    place = naming.name("region", question.region) if question.region else naming.say(words.WHOLE_COUNTRY)
    if question.municipality:
        place = naming.name("municipality", question.municipality)
    parts = [place, naming.period(question.period)]
    parts += [naming.name(name, code) for name, code in _chosen(question) if name != "municipality"]
    return ", ".join(parts)


def periods(out: Out, naming: Naming) -> tuple[tuple[str, Choices], ...]:
    """The periods that may be chosen, by kind."""
    return tuple(
        (kind, tuple((one, naming.period(one)) for one in out.of_kind(kind)))
        for kind in KINDS
        if out.of_kind(kind)
    )


def change(seen: Picture) -> tuple[str, float]:
    """How the number stands to that of a year before: "" (cannot be said), "up", "down" or "same", and the
    share by which. Reckoned from told numbers alone."""
    before = seen.course[-1].year_before
    if before is None or min(before.number, seen.count.number) < ENOUGH:
        return "", 0.0
    share = seen.count.number / before.number - 1
    return ("same" if not share else "up" if share > 0 else "down"), abs(share)


def _chosen(question: Question) -> list[tuple[str, str]]:
    return [(name, code) for name, code in question.picks().items() if name not in ("period", "region")]


def _quarter(question: Question, out: Out) -> str:
    """The quarter of a month, where it is out; else ""."""
    quarter = quarter_of(question.period) if question.kind == "month" else ""
    return quarter if quarter in out.of_kind("quarter") else ""


_FILTER_NAMES = {
    "period": words.PERIOD,
    "region": words.REGION,
    "municipality": words.MUNICIPALITY,
    "topic": words.TOPIC,
    "spoken": words.LANGUAGE,
    "outcome": words.OUTCOME,
    "form": words.FORM,
    "reason": words.REASON,
    "channel": words.COLUMNS["channel"],
    "helped": words.COLUMNS["helped"],
}


def _why(name: str, why: str) -> Text:
    return Text(words.LEFT_OUT[why].msgid, (("filter", _FILTER_NAMES[name]),))


def _named(column: str, codes: tuple[str, ...] | list[str], naming: Naming) -> Choices:
    return tuple((code, naming.name(column, code)) for code in codes)


def _closing(month: str) -> date:
    year, number = next_month(month).split("-")
    return date(int(year), int(number), CLOSES_ON)
