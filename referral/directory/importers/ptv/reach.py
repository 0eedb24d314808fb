"""Whom a service is for, and where a channel lies: the register's codes as those of today's Finland.

The register keeps codes of municipalities that have since merged; the name that stands beside the code
tells which one it is a part of today. Wellbeing services counties are spelled out as municipalities.
"""

from dataclasses import dataclass
from functools import cached_property

from knowledge.model import Atlas, Names
from referral.directory.importers.cells import plain
from referral.directory.importers.ptv.model import Area, Reach
from referral.model import Coverage

ALAND = "21"
"""The region's code."""

FORMER = "former_municipality"


@dataclass(frozen=True)
class Finland:
    """The municipalities and regions of today, and how those of the register are found among them."""

    atlas: Atlas

    def coverage(self, area: Area) -> tuple[Coverage | None, tuple[str, ...]]:
        """The coverage of ``area``, and the codes in it that are not known.

        None where the register says nothing, or only what is not known: nobody can be sent there.
        """
        if area.reach is Reach.NATIONAL:
            return Coverage(national=True), ()
        if area.reach is Reach.EXCEPT_ALAND:
            return Coverage(False, tuple(sorted(set(self.atlas.regions) - {ALAND}))), ()
        regions = {code for code in area.regions if code in self.atlas.regions}
        unknown = [code for code in area.regions if code not in self.atlas.regions]
        municipalities = set()
        for code, names in area.municipalities:
            if found := self.municipality(code, names):
                municipalities.add(found)
            else:
                unknown.append(code)
        for county in area.counties:
            found_there = self._counties.get(plain(county), ())
            municipalities.update(found_there)
            if not found_there:
                unknown.append(county)
        if not regions and not municipalities:
            return None, tuple(unknown)
        return Coverage(False, tuple(sorted(regions)), tuple(sorted(municipalities))), tuple(unknown)

    def municipality(self, code: str, names: Names) -> str:
        """The code of today's municipality, "" where neither code nor name is known."""
        if code in self.atlas.municipalities:
            return code
        for name in names.values():
            if found := self._by_name.get(plain(name)):
                return found
        return ""

    @cached_property
    def _by_name(self) -> dict[str, str]:
        former = {
            plain(name): place.municipality
            for place in self.atlas.places
            if place.kind == FORMER
            for name in (place.name, *place.other_names)
        }
        today = {
            plain(name): one.code for one in self.atlas.municipalities.values() for name in one.names.values()
        }
        return {**former, **today}

    @cached_property
    def _counties(self) -> dict[str, tuple[str, ...]]:
        found: dict[str, list[str]] = {}
        for one in self.atlas.municipalities.values():
            if one.wellbeing_county:
                found.setdefault(plain(one.wellbeing_county), []).append(one.code)
        return {name: tuple(codes) for name, codes in found.items()}
