"""``/coordinators/situation/supply``: demand against supply."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from functools import partial

from aiohttp import web
from markupsafe import Markup

from knowledge.model import Handling
from knowledge.slugs import slug
from referral.accounts.roles import Right
from referral.demand.frame import Frame
from referral.demand.release import Release
from referral.situation.gaps import Gap, Served, gaps, served, share_beyond
from referral.situation.question import ALL, Question, asked
from referral.situation.supply import ANYTHING, Supply
from referral.web.addresses import HELP, JOIN, Addresses
from referral.web.charts.bar import bar, hatching
from referral.web.charts.tiles import Tile, Tiles, tiles
from referral.web.coordinators.office import Office
from referral.web.coordinators.seat import Seat, may
from referral.web.coordinators.show import show
from referral.web.coordinators.situation import address, supply_words, words
from referral.web.coordinators.situation.naming import Naming
from referral.web.coordinators.situation.picture_page import periods
from referral.web.coordinators.situation.reading import Reading, overview_of

IN_PERSON = frozenset({Handling.SUPPORT, Handling.AUTHORITY_FIRST})
"""Needs that help in person is given with: who is in danger calls, whatever the distance."""


MOST_GAPS, MOST_PLACES = 30, 60
"""A page shows the worst: a region has 30 municipalities at the most, and the export has all 308."""


@dataclass(frozen=True, slots=True)
class View:
    """What the page, its export and the report are about: the regions that are looked at, the need that
    distances are measured to, the question (None where nothing is out), and the year's release."""

    regions: tuple[str, ...]
    need: str
    question: Question | None
    release: Release | None
    year: Release | None

    @property
    def k(self) -> int:
        """That of the release."""
        return self.release.k if self.release else 0


@dataclass(frozen=True, slots=True)
class Way:
    """Something that could be done: an address and its words."""

    address: str
    words: str


@dataclass(frozen=True, slots=True)
class SupplyPage:
    """Handles the page."""

    office: Office
    frame: Frame
    reading: Reading

    async def show(self, request: web.Request, seat: Seat) -> web.StreamResponse:
        """Demand against supply, as the address asks for it."""
        naming = Naming(self.office, seat.language)
        view = await self.view(request.query, seat, Right.SEE_SITUATION)
        supply = self.reading.supply()
        own = seat.regions(Right.SEE_SITUATION, self.office.atlas.regions)
        out = await self.reading.out()
        years = () if view.year else out.of_kind("year")
        key = (view.regions, view.need, view.release and (view.release.kind, view.release.period))
        work = partial(self._work, view, supply)
        places, found = await self.reading.worked_out(key, work)
        values = {
            "naming": naming,
            "address": address,
            "supply": supply_words,
            "view": view,
            "question": view.question,
            "periods": periods(out, naming),
            "newest_year": years[0] if years else "",
            "place": place_name(view.regions, naming),
            "region": view.regions[0] if len(view.regions) == 1 else "",
            "may_see_all": len(own) == len(self.office.atlas.regions),
            "own": [(code, naming.name("region", code)) for code in own],
            "groups": [
                (
                    naming.name("need_group", group.id),
                    [(one, naming.name("need", one)) for one in group.needs],
                )
                for group in self.office.catalog.groups
            ],
            "overview": await overview_of(self.reading, supply, view.regions),
            "beyond": self.beyond(view, supply),
            "more_places": len(self._inside(view)) - len(places),
            "gaps": [(one, self._of_gap(one, supply, naming)) for one in found[:MOST_GAPS]],
            "more_gaps": max(0, len(found) - MOST_GAPS),
            "places": [(one, self._of_place(one, naming), bar(one.reach.beyond)) for one in places],
            "worst": places[0] if places and places[0].reach.beyond else None,
            "hatching": hatching(),
            "map": self._map(supply, view, naming) if may(seat, Right.SEE_SITUATION, ALL) else None,
        }
        return show(self.office, request, seat, "supply.html", values, words=words)

    def _work(self, view: View, supply: Supply) -> tuple[tuple[Served, ...], tuple[Gap, ...]]:
        places = served(supply, view.regions, view.year, view.need, MOST_PLACES)
        return places, self.gaps(view, supply)

    async def view(self, query: Mapping[str, str], seat: Seat, right: Right) -> View:
        """What ``query`` asks to see of what ``seat`` has ``right`` to."""
        own = seat.regions(right, self.office.atlas.regions)
        question = asked(query, await self.reading.out(), self.frame, own)
        topic = query.get("topic", "")
        need = topic if topic in self.frame.needs else ANYTHING
        if question is None:
            region = query.get("region", "")
            return View((region,) if region in own else own, need, None, None, None)
        release = await self.reading.release(question.kind, question.period)
        year = release if question.kind == "year" else None
        regions = (question.region,) if question.region else own
        # Demand is told by need or for all; a group is no need, and languages are told of no place.
        asked_need = need if topic in self.frame.needs else ""
        question = replace(question, need=asked_need, group="", municipality="", alone=("", ""), left_out=())
        return View(regions, need, question, release, year)

    def gaps(self, view: View, supply: Supply) -> tuple[Gap, ...]:
        """What was asked for and is far away; () where nothing is released."""
        if view.release is None:
            return ()
        needs = [one.id for one in self.office.catalog.needs.values() if one.handling in IN_PERSON]
        return gaps(view.release, supply, view.regions, needs)

    def beyond(self, view: View, supply: Supply) -> float:
        """The share of the people of the view who have more than 30 km to help."""
        reaches = supply.reach(view.need)
        return share_beyond(reaches[code] for code in self._inside(view))

    def _inside(self, view: View) -> list[str]:
        return [code for code, one in self.office.atlas.municipalities.items() if one.region in view.regions]

    def _of_gap(self, gap: Gap, supply: Supply, naming: Naming) -> tuple[Way, ...]:
        if not gap.municipality:
            return self._ways("", gap.need, (), naming)
        return self._ways(gap.municipality, gap.need, supply.nearest(gap.municipality, gap.need), naming)

    def _of_place(self, one: Served, naming: Naming) -> tuple[Way, ...]:
        return self._ways(one.reach.municipality, "", one.nearest, naming)

    def _ways(
        self, code: str, need: str, nearest: Iterable[tuple[str, float]], naming: Naming
    ) -> tuple[Way, ...]:
        """What could be done: invite helpers, look at what the neighbours have, see what people are shown."""
        addresses = Addresses(self.office.catalogues)

        def of(municipality: str) -> str:
            return addresses.of(HELP, naming.language, slug(naming.name("municipality", municipality)))

        found = [Way(addresses.of(JOIN, naming.language), naming.say(supply_words.INVITE))]
        for other, km in nearest:
            place = naming.name("municipality", other)
            said = replace(supply_words.NEIGHBOUR, blanks=(("place", place), ("km", naming.km(km))))
            found.append(Way(of(other), naming.say(said)))
        if code:
            found.append(Way(of(code), naming.say(supply_words.PUBLIC)))
        return tuple(found)

    def _map(self, supply: Supply, view: View, naming: Naming) -> Markup:
        atlas = self.office.atlas
        reaches = supply.reach(view.need)
        placed = {}
        for region in atlas.regions:
            inside = (one for code, one in reaches.items() if atlas.municipalities[code].region == region)
            beyond = share_beyond(inside)
            placed[region] = Tile(naming.name("region", region), naming.percent(beyond), beyond or None)
        return tiles(
            Tiles("far", naming.say(supply_words.MAP_TITLE), naming.say(supply_words.MAP_SHOWS), placed)
        )


def place_name(regions: tuple[str, ...], naming: Naming) -> str:
    """What some regions are called together."""
    return naming.name("region", regions[0]) if len(regions) == 1 else naming.say(words.WHOLE_COUNTRY)
