"""The directory as HSDS sees it: organisations, their services, and each service at its places.

What is ranked here (an offer) is a service at a location there. Offers of one organisation that differ in
nothing but where, when and by which phone are one service.

Left out is what is for those who give support (citizens are never sent there) and what is over.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from knowledge.model import Atlas, Catalog
from referral.directory.current import Origin
from referral.directory.index import FOR_SUPPORTERS
from referral.directory.published.identity import identity
from referral.hours import HELSINKI
from referral.model import Form, Offer, Organisation


@dataclass(frozen=True, slots=True)
class Service:
    """A service: its offers by id, the first of which gives it its identity, and the day of its last change
    (None where nobody knows)."""

    id: str
    offers: tuple[Offer, ...]
    modified: date | None

    @property
    def first(self) -> Offer:
        """What all of its offers have in common, this one has too."""
        return self.offers[0]


@dataclass(frozen=True, slots=True)
class Location:
    """Where offers are: the UUID, and the first of the offers by id, which tells what is known of the place."""

    id: str
    offer: Offer


@dataclass(frozen=True, slots=True)
class Provider:
    """An organisation and its services, by id."""

    id: str
    organisation: Organisation
    services: tuple[Service, ...]


@dataclass(frozen=True, slots=True)
class Supply:
    """Everything that is published on ``day``. The three mappings are by UUID, in the order of pages;
    ``connections`` gives the service and the offer, ``places`` gives each offer's location by the offer's id."""

    day: date
    catalog: Catalog
    atlas: Atlas
    services: Mapping[str, Service]
    connections: Mapping[str, tuple[Service, Offer]]
    providers: Mapping[str, Provider]
    places: Mapping[str, Location]


def supply(
    offers: Iterable[Offer], origins: Mapping[str, Origin], catalog: Catalog, atlas: Atlas, day: date
) -> Supply:
    """What is published of ``offers`` on ``day``; ``origins`` may lack any of them."""
    shown = sorted((one for one in offers if is_public(one, day)), key=lambda one: one.id)
    alike: defaultdict[object, list[Offer]] = defaultdict(list)
    for one in shown:
        alike[_kind(one)].append(one)
    services = [
        Service(identity("service", group[0].id), tuple(group), _modified(group, origins))
        for group in alike.values()
    ]
    services.sort(key=lambda one: one.id)
    return Supply(
        day,
        catalog,
        atlas,
        {one.id: one for one in services},
        _connections(services),
        {one.id: one for one in _providers(services)},
        _places(shown),
    )


def is_public(offer: Offer, day: date) -> bool:
    """Whether the offer is for citizens and not over on ``day``."""
    ended = offer.ends is not None and offer.ends.astimezone(HELSINKI).date() < day
    expired = offer.valid_until is not None and offer.valid_until < day
    return FOR_SUPPORTERS not in offer.audience and not ended and not expired


def lies_somewhere(offer: Offer) -> bool:
    """Whether it is at a place, as opposed to on the phone or online."""
    if offer.form is Form.TRAINING:
        return bool(offer.street or offer.point)
    return offer.form is Form.IN_PERSON


def place(offer: Offer) -> object:
    """What two offers share that are at the same place; what is nowhere shares it with nobody."""
    if not lies_somewhere(offer) or not (offer.street or offer.point):
        return offer.id
    where = offer.street, offer.postcode, offer.locality, offer.municipality, offer.point
    return offer.organisation.id, tuple(sorted(offer.names.items())), where


def _places(offers: Iterable[Offer]) -> dict[str, Location]:
    first: dict[object, Location] = {}
    return {
        one.id: first.setdefault(place(one), Location(identity("location", one.id), one)) for one in offers
    }


def _kind(offer: Offer) -> object:
    """What offers of one service have in common: all but the place, the phone, the hours and the source.

    What is on a date stands by itself: its time is its own.
    """
    if offer.starts is not None:
        return offer.id
    words = tuple(sorted(offer.names.items())), tuple(sorted(offer.descriptions.items()))
    what = offer.role, offer.form, offer.needs, offer.authority, offer.coverage
    whom = offer.audience, offer.languages, offer.price, offer.home_visits, offer.ethical_guidelines
    return offer.organisation.id, words, what, whom, offer.url, offer.valid_from, offer.valid_until


def _modified(offers: Iterable[Offer], origins: Mapping[str, Origin]) -> date | None:
    """The last day on which one of them changed; where only the day of a check is known, that."""
    days = [origins[one.id].modified if one.id in origins else one.source.checked for one in offers]
    return max((day for day in days if day), default=None)


def _connections(services: Iterable[Service]) -> dict[str, tuple[Service, Offer]]:
    found = {
        identity("service_at_location", offer.id): (service, offer)
        for service in services
        for offer in service.offers
    }
    return dict(sorted(found.items()))


def _providers(services: Iterable[Service]) -> list[Provider]:
    """Each organisation with its services; where offers tell it differently, as the first by id does."""
    theirs: defaultdict[str, list[Service]] = defaultdict(list)
    for service in services:
        theirs[service.first.organisation.id].append(service)
    found = [
        Provider(
            identity("organization", id),
            min(group, key=lambda one: one.first.id).first.organisation,
            tuple(group),
        )
        for id, group in theirs.items()
    ]
    return sorted(found, key=lambda one: one.id)
