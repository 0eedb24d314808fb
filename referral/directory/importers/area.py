"""What the sheet says about places and needs, looked up by name, code or id."""

from collections.abc import Mapping
from dataclasses import dataclass

from knowledge.model import Atlas, Catalog, Handling, Names
from referral.directory.importers.cells import digits, listed, plain
from referral.directory.importers.columns import ALL, NATIONAL
from referral.directory.importers.rejected import Unfit
from referral.model import Coverage, Role

IN_ALL = {
    Role.POINTER: (Handling.SUPPORT, Handling.AUTHORITY_FIRST),
    Role.SUPPORT: (Handling.SUPPORT, Handling.AUTHORITY_FIRST, Handling.URGENT),
}
"""Which needs "all" stands for: never what is outside digital support, never an emergency, and for a
place where one may only ask, nothing that is urgent."""


@dataclass(frozen=True, slots=True)
class Lookup:
    """The names by which a sheet may call a municipality, a region, a need, a group or an authority.

    ``all`` is what "all" stands for, by role. ``authorities`` are those that needs name as first contact.
    """

    atlas: Atlas
    municipalities: Mapping[str, str]
    regions: Mapping[str, str]
    needs: Mapping[str, tuple[str, ...]]
    all: Mapping[Role, frozenset[str]]
    authorities: Mapping[str, tuple[str, ...]]

    def municipality(self, value: str) -> str:
        """The code of a municipality, from its code or its name in Finnish, Swedish or Sámi."""
        if value.isdigit():
            code = digits(value, 3, "code of a municipality")
            if code in self.atlas.municipalities:
                return code
        elif code := self.municipalities.get(plain(value), ""):
            return code
        raise Unfit(f"there is no municipality {value!r}", "Write its name or its code of three digits.")

    def postcode(self, value: str) -> str:
        """A postcode in use."""
        code = digits(value, 5, "postcode")
        if code not in self.atlas.postcodes:
            raise Unfit(f"there is no postcode {value!r}", "Write the five digits of the street address.")
        return code

    def coverage(self, value: str) -> Coverage:
        """Whose homes are covered: "national", or municipalities and regions by name or code."""
        if plain(value) in NATIONAL:
            return Coverage(national=True)
        regions, municipalities = set(), set()
        for part in listed(value):
            if part.isdigit() and len(part) == 2 and part in self.atlas.regions:
                regions.add(part)
            elif region := self.regions.get(plain(part)):
                regions.add(region)
            else:
                municipalities.add(self._covered(part))
        return Coverage(False, tuple(sorted(regions)), tuple(sorted(municipalities)))

    def _covered(self, part: str) -> str:
        try:
            return self.municipality(part)
        except Unfit:
            raise Unfit(
                f"there is no municipality or region {part!r}",
                "Write names of municipalities or regions, or: national.",
            ) from None

    def served(self, value: str, role: Role) -> frozenset[str]:
        """The ids of the needs that are named by id, title or group, or by "all"."""
        if plain(value) in ALL:
            return self.all[role]
        if whole := self.needs.get(plain(value)):  # Some titles have commas in them.
            return frozenset(whole)
        found: set[str] = set()
        for part in listed(value):
            if plain(part) in ALL:
                found |= self.all[role]
            elif needs := self.needs.get(plain(part)):
                found.update(needs)
            else:
                raise Unfit(f"there is no need {part!r}", "Write ids of needs or groups, or: all.")
        return frozenset(found)


def lookup(atlas: Atlas, catalog: Catalog) -> Lookup:
    """The names of this atlas and catalogue."""
    needs = {
        **{plain(name): group.needs for group in catalog.groups for name in (group.id, *_all(group.titles))},
        **{
            plain(name): (need.id,)
            for need in catalog.needs.values()
            for name in (need.id, *_all(need.titles))
        },
    }
    return Lookup(
        atlas,
        {plain(name): one.code for one in atlas.municipalities.values() for name in _all(one.names)},
        {plain(name): one.code for one in atlas.regions.values() for name in _all(one.names)},
        needs,
        {role: _handled(catalog, IN_ALL.get(role, IN_ALL[Role.SUPPORT])) for role in Role},
        {need.first_contact: () for need in catalog.needs.values() if need.first_contact},
    )


def _handled(catalog: Catalog, handlings: tuple[Handling, ...]) -> frozenset[str]:
    return frozenset(need.id for need in catalog.needs.values() if need.handling in handlings)


def _all(names: Names) -> tuple[str, ...]:
    return tuple(names.values())
