"""Where an offer is, how it is reached, and whose it is, as HSDS records.

An address is given where all that HSDS requires of one is known; a street alone is no address.
"""

from typing import Any

from knowledge.model import Atlas
from locales.text import say
from referral.card import LANGUAGES
from referral.directory.published.identity import identity
from referral.directory.published.supply import lies_somewhere
from referral.directory.published.voice import Voice
from referral.model import Coverage, Offer

Record = dict[str, Any]

COUNTRY = {"fi": "Suomi", "sv": "Finland", "en": "Finland", "se": "Suopma"}


def flat_location(id: str, organization_id: str, offer: Offer, voice: Voice) -> Record:
    """The location without what belongs to it: a place with its point, or a virtual one with its address."""
    found: Record = {
        "id": id,
        "location_type": "physical" if lies_somewhere(offer) else "virtual",
        "organization_id": organization_id,
        "name": voice.named(offer.names),
    }
    if not lies_somewhere(offer):
        return {**found, "url": offer.url} if offer.url else found
    if offer.home_visits:
        found["description"] = voice.say(say("The helper can come to your home."))
    elif not (offer.street or offer.point):
        found["description"] = voice.say(say("The place is not told here. Ask for it first."))
    if offer.point:
        found["latitude"], found["longitude"] = offer.point
    return found


def addresses(location_id: str, offer: Offer, voice: Voice, atlas: Atlas) -> list[Record]:
    """The street address; [] where a part that HSDS requires is not known."""
    postcode = atlas.postcodes.get(offer.postcode)
    here = atlas.municipalities.get(offer.municipality or (postcode.municipality if postcode else ""))
    city = offer.locality or (voice.named(here.names) if here else "")
    if not (lies_somewhere(offer) and offer.street and offer.postcode and city and here):
        return []
    return [
        {
            "id": identity("address", location_id),
            "location_id": location_id,
            "address_1": offer.street,
            "city": city,
            "region": voice.named(here.names),
            "state_province": voice.named(atlas.regions[here.region].names),
            "postal_code": offer.postcode,
            "country": "FI",
            "address_type": "physical",
        }
    ]


def phones(offer: Offer, owners: Record) -> list[Record]:
    """The number, [] where none has been checked; it belongs to its ``owners``, by their ids."""
    if not offer.phone:
        return []
    return [{"id": identity("phone", offer.id), **owners, "number": offer.phone, "type": "voice"}]


def languages(offer: Offer, service_id: str, voice: Voice) -> list[Record]:
    """The languages known to be served; [] where nobody has checked."""
    found = []
    for code in offer.languages:
        one = {"id": identity("language", f"{service_id}/{code}"), "service_id": service_id, "code": code}
        found.append({**one, "name": voice.say(LANGUAGES[code])} if code in LANGUAGES else one)
    return found


def service_areas(coverage: Coverage, service_id: str, voice: Voice, atlas: Atlas) -> list[Record]:
    """Whose home may be where: the country, or regions and municipalities by name."""
    if coverage.national:
        named = [("FI", COUNTRY.get(voice.code, COUNTRY["fi"]))]
    else:
        named = [(f"r{code}", voice.named(atlas.regions[code].names)) for code in coverage.regions]
        named += [
            (f"m{code}", voice.named(atlas.municipalities[code].names)) for code in coverage.municipalities
        ]
    return [
        {"id": identity("service_area", f"{service_id}/{code}"), "service_id": service_id, "name": name}
        for code, name in named
    ]
