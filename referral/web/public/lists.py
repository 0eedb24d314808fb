"""Everything that can be chosen: municipalities by region, topics by group, neighbours."""

from collections.abc import Iterable
from dataclasses import dataclass

from knowledge.model import Municipality
from referral.web.public.organisations import helpers
from referral.web.public.public import Public

_LAST = str.maketrans({"å": "{", "ä": "|", "ö": "}"})
"""In Finnish and Swedish these letters come after z, in this order, as these signs do."""


@dataclass(frozen=True, slots=True)
class Link:
    """Where to go, and what that is called."""

    name: str
    address: str


@dataclass(frozen=True, slots=True)
class Shelf:
    """Links under one heading; ``code`` marks the place on the page."""

    name: str
    code: str
    links: tuple[Link, ...]


def regions(public: Public, language: str) -> tuple[Shelf, ...]:
    """The municipalities of each region."""
    towns: dict[str, list[Link]] = {code: [] for code in public.atlas.regions}
    for one in public.atlas.municipalities.values():
        towns[one.region].append(
            Link(public.catalogues.named(one.names, language), public.help(language, one.code))
        )
    shelves = (
        Shelf(public.catalogues.named(region.names, language), code, _sorted(towns[code]))
        for code, region in public.atlas.regions.items()
    )
    return tuple(sorted(shelves, key=lambda shelf: order(shelf.name)))


def topics(public: Public, language: str, municipality: str = "") -> tuple[Shelf, ...]:
    """The needs of each group, each with its page in ``municipality``."""
    needs, named = public.catalog.needs, public.catalogues.named
    return tuple(
        Shelf(
            named(group.titles, language),
            group.id,
            tuple(
                Link(named(needs[id].titles, language), public.help(language, municipality, id))
                for id in group.needs
            ),
        )
        for group in public.catalog.groups
    )


def neighbours(public: Public, here: Municipality | None, language: str, need: str) -> tuple[Link, ...]:
    """The neighbouring municipalities, with the same need."""
    beside = [public.atlas.municipalities[code] for code in here.neighbours] if here else []
    return _sorted(
        Link(public.catalogues.named(one.names, language), public.help(language, one.code, need))
        for one in beside
    )


def others(
    public: Public, here: Municipality | None, shown: frozenset[str], language: str
) -> tuple[Link, ...]:
    """The helpers in a municipality but those (ids of organisations) that are ``shown`` already."""
    if here is None:
        return ()
    found = helpers(public.current.directory)
    return _sorted(
        Link(
            public.catalogues.named(found.by_id[id].organisation.names, language),
            public.helper(language, found.by_id[id].word),
        )
        for id in found.by_municipality.get(here.code, ())
        if id not in shown
    )


def order(name: str) -> str:
    """What names are sorted by."""
    return name.casefold().translate(_LAST)


def _sorted(links: Iterable[Link]) -> tuple[Link, ...]:
    return tuple(sorted(links, key=lambda link: order(link.name)))
