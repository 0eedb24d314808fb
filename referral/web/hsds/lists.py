"""The lists of the interface: which records a request asks for, and what each of them says.

Filters add up. Each list is a line of ``LISTS``: the parameters that it knows, how its records are chosen,
and how one of them is told.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from knowledge.model import Atlas
from knowledge.nearest import KM_PER_DEGREE
from referral.directory.published import taxonomy
from referral.directory.published.feed import Feed
from referral.directory.published.search import every
from referral.directory.published.supply import Provider, Service
from referral.directory.tree import Numbers
from referral.model import Coverage, Offer
from referral.web.hsds.view import View
from referral.web.hsds.wanted import Wanted

Record = dict[str, Any]
Key = Any
"""What one record is made of: it differs from list to list."""


class Unknown(Exception):
    """What was asked for by name does not exist; the message says so."""


@dataclass(frozen=True, slots=True)
class List:
    """``record`` and ``listed`` name the shapes of a record by itself and on a page. ``choose`` gives the keys
    in order, ``find`` one key by its UUID (None where there is none)."""

    about: str
    record: str
    listed: str
    parameters: tuple[str, ...]
    choose: Callable[[View, Wanted], Sequence[Key]]
    tell: Callable[[Feed, Key, Wanted], Record]
    find: Callable[[View, str], Key | None]
    whole: Callable[[Feed, Key, Wanted], Record]


def services(view: View, wanted: Wanted) -> Sequence[Service]:
    """The services that are asked for, by UUID."""
    rows = _matching(view, wanted)
    found = view.search.find(wanted.search) if wanted.search else None
    if found is not None:
        spoken = {view.rows.service_of[row] for row in found}
        rows = spoken if rows is None else rows & spoken
    return view.rows.services if rows is None else [view.rows.services[row] for row in sorted(rows)]


def connections(view: View, wanted: Wanted) -> Sequence[tuple[Service, Offer]]:
    """The services at locations that are asked for: the nearest first where a distance is, else by UUID.

    Raises Unknown for a postcode that does not exist, and for a distance from nowhere.
    """
    rows: Sequence[int] = range(len(view.rows.connections))
    if wanted.postcode or wanted.proximity is not None:
        rows = _near(view, wanted)
    matching = _matching(view, wanted)
    if matching is not None:
        rows = [row for row in rows if view.rows.service_of[row] in matching]
    found = view.search.find(wanted.search) if wanted.search else None
    if found is not None:
        rows = [row for row in rows if row in found]
    return [view.rows.connections[row] for row in rows]


def organizations(view: View, wanted: Wanted) -> Sequence[Provider]:
    """The organisations whose names or places are asked for, by UUID."""
    found = every(wanted.search, view.providers.find) if wanted.search else None
    return view.rows.providers if found is None else [view.rows.providers[row] for row in sorted(found)]


def taxonomies(view: View, wanted: Wanted) -> Sequence[str]:
    """The taxonomies whose names, in any language, have every word of the search."""
    names = list(taxonomy.TAXONOMIES)
    found = every(wanted.search, view.taxonomies.find) if wanted.search else None
    return names if found is None else [names[row] for row in sorted(found)]


def terms(view: View, wanted: Wanted) -> Sequence[str]:
    """The terms that are asked for, in the order of their taxonomies."""
    known = view.feed(wanted.language).terms
    found = every(wanted.search, view.terms.find) if wanted.search else None
    return [
        id
        for row, (id, term) in enumerate(known.items())
        if (found is None or row in found)
        and (not wanted.taxonomy_id or taxonomy.taxonomy_id(term.taxonomy) == wanted.taxonomy_id)
        and (not wanted.top_only or not term.parent)
        and (
            not wanted.parent_id
            or (term.parent and taxonomy.term_id(term.taxonomy, term.parent) == wanted.parent_id)
        )
    ]


def _matching(view: View, wanted: Wanted) -> set[int] | None:
    """The rows of the services that the filters leave; None where there is no filter."""
    left: list[Iterable[int]] = []
    if wanted.taxonomy_term_id:
        left.append(view.rows.by_term.get(wanted.taxonomy_term_id, ()))
    if wanted.taxonomy_id:
        known = view.feed(wanted.language).terms
        of_it = (
            id for id, term in known.items() if taxonomy.taxonomy_id(term.taxonomy) == wanted.taxonomy_id
        )
        left.append(set[int]().union(*(view.rows.by_term.get(id, ()) for id in of_it)))
    if wanted.organization_id:
        left.append(view.rows.by_provider.get(wanted.organization_id, ()))
    if since := wanted.modified_after:
        changed = enumerate(view.rows.services)
        left.append({row for row, service in changed if (service.modified or since) >= since})
    return set(left[0]).intersection(*left[1:]) if left else None


def _near(view: View, wanted: Wanted) -> list[int]:
    """What serves those who live at the postcode; with a distance only what lies within it, the nearest first."""
    atlas = view.supply.atlas
    if not wanted.postcode:
        raise Unknown("proximity needs a postcode, from whose centre it is measured.")
    postcode = atlas.postcodes.get(wanted.postcode)
    if postcode is None:
        raise Unknown(f"There is no postcode {wanted.postcode}.")
    rows: Iterable[int] = range(len(view.rows.connections))
    if wanted.proximity is not None:
        centre = postcode.point or atlas.municipalities[postcode.municipality].seat
        metres = 1000 * _kilometres(centre, view.rows.points)
        rows = [int(row) for row in metres.argsort(kind="stable") if metres[row] <= wanted.proximity]
    home = postcode.municipality
    return [row for row in rows if covers(view.rows.connections[row][1].coverage, home, atlas)]


def _kilometres(centre: tuple[float, float], points: Numbers) -> Numbers:
    """The distance to each of ``points``, as ``knowledge.nearest.kilometres``; NaN for what lies nowhere."""
    lat, lon = points[:, 0], points[:, 1]
    shrunk = np.cos(np.radians((centre[0] + lat) / 2))
    return KM_PER_DEGREE * np.hypot(centre[0] - lat, (centre[1] - lon) * shrunk)


def covers(coverage: Coverage, municipality: str, atlas: Atlas) -> bool:
    """Whether a home in the municipality (by code) is covered."""
    region = atlas.municipalities[municipality].region
    return coverage.national or municipality in coverage.municipalities or region in coverage.regions


def _tell_service(feed: Feed, key: Service, wanted: Wanted) -> Record:
    if wanted.minimal:
        return feed.minimal_service(key)
    return feed.full_service(key) if wanted.full else feed.listed_service(key)


def _tell_connection(feed: Feed, key: tuple[Service, Offer], wanted: Wanted) -> Record:
    return feed.full_connection(*key) if wanted.full else feed.listed_connection(*key)


def _tell_organization(feed: Feed, key: Provider, wanted: Wanted) -> Record:
    if wanted.full or wanted.full_service:
        return feed.full_organization(key, wanted.full_service)
    return feed.flat_organization(key)


_PAGED = ("search", "page", "per_page", "format", "lang")
_FILTERS = ("taxonomy_term_id", "taxonomy_id", "organization_id", "modified_after")

LISTS: Mapping[str, List] = {
    "services": List(
        "services",
        "Service",
        "ListedService",
        (*_PAGED, *_FILTERS, "minimal", "full"),
        services,
        _tell_service,
        lambda view, id: view.supply.services.get(id),
        lambda feed, key, _: feed.full_service(key),
    ),
    "service_at_locations": List(
        "services at locations",
        "ServiceAtLocation",
        "ListedServiceAtLocation",
        (*_PAGED, *_FILTERS, "full", "postcode", "proximity"),
        connections,
        _tell_connection,
        lambda view, id: view.supply.connections.get(id),
        lambda feed, key, _: feed.full_connection(*key),
    ),
    "organizations": List(
        "organizations",
        "Organization",
        "ListedOrganization",
        (*_PAGED, "full", "full_service"),
        organizations,
        _tell_organization,
        lambda view, id: view.supply.providers.get(id),
        lambda feed, key, wanted: feed.full_organization(key, wanted.full_service),
    ),
    "taxonomies": List(
        "taxonomies",
        "Taxonomy",
        "Taxonomy",
        _PAGED,
        taxonomies,
        lambda feed, key, _: feed.taxonomy(key),
        lambda view, id: next(
            (name for name in taxonomy.TAXONOMIES if taxonomy.taxonomy_id(name) == id), None
        ),
        lambda feed, key, _: feed.taxonomy(key),
    ),
    "taxonomy_terms": List(
        "taxonomy terms",
        "TaxonomyTerm",
        "TaxonomyTerm",
        (*_PAGED, "taxonomy_id", "top_only", "parent_id"),
        terms,
        lambda feed, key, _: feed.term(key),
        lambda view, id: id if id in view.feed("fi").terms else None,
        lambda feed, key, _: feed.term(key),
    ),
}
"""The last part of a list's address -> the list."""

ONE = {"organizations": ("full_service", "lang")}
"""List -> the parameters of a record by itself, where they are not ``lang`` alone."""
