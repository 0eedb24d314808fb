"""The directory in HSDS 3.0, in one language: each record as the published schemas want it.

Pages of lists hold records with what belongs to them once (``listed_*``); a record by itself holds all that
belongs to it (``full_*``). What nobody has told is left out; what HSDS requires is never empty.
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from knowledge.model import Names
from locales.text import Text, say
from referral.directory.published import location, taxonomy
from referral.directory.published.identity import identity
from referral.directory.published.schedule import schedules
from referral.directory.published.supply import Provider, Service, Supply
from referral.directory.published.voice import Voice
from referral.model import Offer

Record = dict[str, Any]

FREE = "free"
MOST_NEEDS = 8
"""A service that helps with more is said to help with many things: nobody reads a list of fifty."""

ORGANISATIONS: Mapping[str, Text] = {
    "library": say("A library in this directory of digital support."),
    "association": say("An association in this directory of digital support."),
    "authority": say("An authority in this directory of digital support."),
    "municipality": say("A municipality in this directory of digital support."),
    "company": say("A company in this directory of digital support."),
    "project": say("A project in this directory of digital support."),
}
OTHER_ORGANISATION = say("An organisation in this directory of digital support.")

GUIDELINES = {
    True: say("Says that it follows the national ethical guidelines for digital support."),
    False: say("Says that it does not follow the national ethical guidelines for digital support."),
}

_EUROS = re.compile(r"(\d{1,4})(?:[.,](\d{1,2}))? ?(?:€|e|eur|euroa?|euro)", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Feed:
    """``supply`` as ``voice`` says it. ``terms`` are those of all taxonomies, by UUID; ``said`` are their
    records, made once because most services have dozens."""

    supply: Supply
    voice: Voice
    terms: Mapping[str, taxonomy.Term]
    said: Mapping[str, Record]

    @classmethod
    def of(cls, supply: Supply, voice: Voice) -> "Feed":
        """The feed with our taxonomies."""
        terms = taxonomy.terms(supply.catalog)
        said = {id: taxonomy.term_record(term, voice) for id, term in terms.items()}
        return cls(supply, voice, terms, said)

    def flat_organization(self, provider: Provider) -> Record:
        """The organisation's own fields."""
        organisation = provider.organisation
        words = self.voice.say(ORGANISATIONS.get(organisation.kind, OTHER_ORGANISATION))
        return {"id": provider.id, **self._named(organisation.names, provider.id), "description": words}

    def full_organization(self, provider: Provider, full_service: bool = False) -> Record:
        """The organisation with its places and its services; those are whole with ``full_service``."""
        offers = [offer for service in provider.services for offer in service.offers]
        found = self.flat_organization(provider)
        services = [
            self.full_service(one) if full_service else self.flat_service(one) for one in provider.services
        ]
        # The organisation itself is above, and would stand in each of them.
        found["services"] = [
            {name: value for name, value in one.items() if name != "organization"} for one in services
        ]
        places = {self.supply.places[offer.id].id: offer for offer in offers}
        return {**found, "locations": [self._location(offer) for _, offer in sorted(places.items())]}

    def flat_service(self, service: Service) -> Record:
        """The service's own fields."""
        offer = service.first
        found: Record = {
            "id": service.id,
            "organization_id": identity("organization", offer.organisation.id),
            **self._named(offer.names, service.id),
            "description": self._description(offer),
            "status": "active" if self._has_begun(service) else "inactive",
        }
        if offer.url:
            found["url"] = offer.url
        found |= {name: words for name, words in self._remarks(offer) if words}
        checked = [one.source.checked for one in service.offers]
        if days := [day for day in checked if day]:
            found["assured_date"] = min(days).isoformat()
        if service.modified:
            found["last_modified"] = f"{service.modified.isoformat()}T00:00:00.000Z"
        return found

    def listed_service(self, service: Service) -> Record:
        """The service as a page of services shows it."""
        return {**self.flat_service(service), "organization": self.flat_organization(self._provider(service))}

    def minimal_service(self, service: Service) -> Record:
        """What the schema requires of a service, and when it changed."""
        wanted = ("id", "name", "status", "last_modified")
        flat = self.flat_service(service)
        return {name: flat[name] for name in wanted if name in flat}

    def full_service(self, service: Service) -> Record:
        """The service with everything that belongs to it."""
        connections = [self._connection(service, offer) for offer in service.offers]
        return {**self._nested(service), "service_at_locations": connections}

    def listed_connection(self, service: Service, offer: Offer) -> Record:
        """The service at a location as a page of them shows it."""
        return {
            **self._flat_connection(service, offer),
            "location": self._flat_location(offer),
            "service": self.listed_service(service),
        }

    def full_connection(self, service: Service, offer: Offer) -> Record:
        """The service at a location with everything that belongs to it."""
        return {**self._connection(service, offer), "service": self._nested(service)}

    def taxonomy(self, name: str) -> Record:
        """One of ``taxonomy.TAXONOMIES``."""
        return taxonomy.taxonomy_record(name, self.voice)

    def term(self, id: str) -> Record:
        """One of ``terms``, with its taxonomy."""
        return {**self.said[id], "taxonomy_detail": self.taxonomy(self.terms[id].taxonomy)}

    def _nested(self, service: Service) -> Record:
        """The service with what belongs to it, without its places."""
        offer, voice, id = service.first, self.voice, service.id
        found = self.listed_service(service)
        found["languages"] = location.languages(offer, id, voice)
        found["service_areas"] = location.service_areas(offer.coverage, id, voice, self.supply.atlas)
        found["cost_options"] = _costs(offer, id)
        found["attributes"] = [self._attribute(term, id) for term in taxonomy.of_offer(offer)]
        if len(service.offers) == 1:
            found["phones"] = location.phones(offer, self._owners(service, offer))
            found["schedules"] = schedules(offer, self._owners(service, offer), voice)
        return {name: value for name, value in found.items() if value != []}

    def _connection(self, service: Service, offer: Offer) -> Record:
        owners = self._owners(service, offer)
        found = {
            **self._flat_connection(service, offer),
            "location": self._location(offer),
            "phones": location.phones(offer, owners),
            "schedules": schedules(offer, owners, self.voice),
        }
        return {name: value for name, value in found.items() if value != []}

    def _owners(self, service: Service, offer: Offer) -> Record:
        """Whose a phone and a schedule are: the connection's, and the service's where it has one place only."""
        owners = {"service_at_location_id": identity("service_at_location", offer.id)}
        return owners if len(service.offers) > 1 else {"service_id": service.id, **owners}

    def _flat_connection(self, service: Service, offer: Offer) -> Record:
        return {
            "id": identity("service_at_location", offer.id),
            "service_id": service.id,
            "location_id": self.supply.places[offer.id].id,
            "description": self._description(offer),
        }

    def _flat_location(self, offer: Offer) -> Record:
        place = self.supply.places[offer.id]
        owner = identity("organization", offer.organisation.id)
        return location.flat_location(place.id, owner, place.offer, self.voice)

    def _location(self, offer: Offer) -> Record:
        found = self._flat_location(offer)
        there = location.addresses(
            found["id"], self.supply.places[offer.id].offer, self.voice, self.supply.atlas
        )
        return {**found, "addresses": there} if there else found

    def _attribute(self, term: str, service_id: str) -> Record:
        return {
            "id": identity("attribute", f"{service_id}/{term}"),
            "link_id": service_id,
            "taxonomy_term_id": term,
            "link_type": taxonomy.LINKED[self.terms[term].taxonomy],
            "link_entity": "service",
            "taxonomy_term": self.said[term],
        }

    def _provider(self, service: Service) -> Provider:
        return self.supply.providers[identity("organization", service.first.organisation.id)]

    def _named(self, names: Names, id: str) -> Record:
        """The name; an id where there is none, because HSDS requires one. The Finnish name stands beside."""
        other = self.voice.other(names)
        found = {"name": self.voice.named(names) or id}
        return {**found, "alternate_name": other} if other else found

    def _description(self, offer: Offer) -> str:
        if told := self.voice.named(offer.descriptions):
            return told
        known = self.supply.catalog.needs
        titles = [known[id].titles for id in sorted(offer.needs) if id in known]
        if not titles or len(titles) > MOST_NEEDS:
            return self.voice.say(say("Help with many kinds of digital matters."))
        return self.voice.say(say("Help with this: {need}", need=tuple(titles)))

    def _has_begun(self, service: Service) -> bool:
        return any(one.valid_from is None or one.valid_from <= self.supply.day for one in service.offers)

    def _remarks(self, offer: Offer) -> Iterable[tuple[str, str]]:
        """What is said of a service in words, by field; "" where there is nothing to say."""
        say_, audiences = self.voice.say, taxonomy.AUDIENCES
        yield "fees_description", say_(say("Free of charge")) if offer.price == FREE else offer.price
        meant = [say_(audiences[one][1]) for one in offer.audience if one in audiences]
        yield "eligibility_description", " ".join(meant)
        if offer.ethical_guidelines is not None:
            yield "accreditations", say_(GUIDELINES[offer.ethical_guidelines])
        if offer.valid_from and offer.valid_from > self.supply.day:
            yield "alert", say_(say("Begins on {date}.", date=offer.valid_from))
        elif offer.valid_until:
            yield "alert", say_(say("Ends on {date}.", date=offer.valid_until))


def _costs(offer: Offer, service_id: str) -> list[Record]:
    """What it costs: an amount where the words are one, else the words; [] where nobody has told."""
    if not offer.price:
        return []
    found: Record = {"id": identity("cost_option", service_id), "service_id": service_id}
    amount = _EUROS.fullmatch(offer.price.strip())
    if offer.price == FREE:
        return [{**found, "amount": 0, "currency": "EUR"}]
    if amount:
        euros = float(f"{amount[1]}.{amount[2] or 0}")
        return [{**found, "amount": int(euros) if euros.is_integer() else euros, "currency": "EUR"}]
    return [{**found, "option": offer.price}]
