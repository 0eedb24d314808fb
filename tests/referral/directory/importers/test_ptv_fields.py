"""No field of the register is lost unnoticed: each is changed in turn, and what changes nothing is named.

The real records and the official samples (in which every text is "string"; the words that choose a way
are put in) are read again with one field changed. Where what was read stays the same, the field is
dropped, and must be on the list with its reason; what is on the list must really be dropped.
"""

import json
from collections.abc import Iterator
from copy import deepcopy
from functools import cache
from pathlib import Path
from typing import Any

from referral.directory.importers.ptv import v11

SAMPLES = Path(__file__).parent / "samples" / "ptv"

DROPPED = {
    "sourceId": "the id in the organisation's own system; nothing of ours refers to it",
    "oid": "as sourceId",
    "generalDescriptionId": "the national description is the organisation's to repeat",
    "subType": "an internal kind of the register",
    "fundingType": "who pays for the service is not asked by those who need it",
    "lifeEvents": "needs are told by words and classes",
    "industrialClasses": "kinds of business, for statistics",
    "legislation": "the law behind a service is on its own page",
    "requirements": "told by the provider; a referral promises nothing about them",
    "serviceVouchersInUse": "vouchers belong to care services",
    "serviceVouchers": "as serviceVouchersInUse",
    "serviceCollections": "a collection is a list of services that we have one by one",
    "responsibleSoteOrganization": "for health care",
    "organizationId": "the organisation of a channel; the one that answers is named by the service",
    "serviceChannelNames.type": "read only to choose where there are several names; the samples have one",
    "displayNameType": "which name the organisation prefers to show; we show the name",
    "emails": "e-mail addresses may be a person's and are never taken",
    "supportEmails": "as emails",
    "signatureQuantity": "about filling in forms",
    "requiresSignature": "as signatureQuantity",
    "requiresAuthentication": "about the e-service itself",
    "attachments": "documents of an e-service",
    "accessibilityClassification": "about a web site; an offer has no field for it",
    "formIdentifier": "a printable form helps nobody by itself",
    "deliveryAddresses": "as formIdentifier",
    "channelUrls": "as formIdentifier",
    "type": "Service, permit or qualification: the rules choose by words",
    "organizations.provisionType": "how the service is bought",
    "organizations.additionalInformation": "as provisionType",
    "areas.name": "the municipalities are read by their own names, the regions by code",
    "serviceClasses.description": "the register's own explanation of its class",
    "*.ontologyType": "which list a code comes from is seen from the code",
    "*.parentId": "the parent is seen from the code",
    "*.parentUri": "as parentId",
    "*.newUri": "the code says the same",
    "*.newParentUri": "as parentId",
    "channel.ontologyTerms": "of a channel: the rules read the service's",
    "connection.extraTypes": "extensions for other systems",
    "connection.digitalAuthorizations": "which mandates a service asks for is told by the service",
    "connection.description": "what is special at one channel; the card has the service's own summary",
    "connection.service.name": "the other record has the name",
    "connection.serviceChannel.name": "as connection.service.name",
    "phoneNumbers.additionalInformation": "often a person's name or title",
    "phoneNumbers.serviceChargeType": "the price of a call depends on the caller's contract",
    "phoneNumbers.chargeDescription": "as serviceChargeType",
    "webPages.value": "the name of a page; its address is shown",
    "keywords.language": "the rules read all languages alike",
    "addresses.subType": "seen from which address is there",
    "addresses.postOfficeBoxAddress": "nobody can be helped at a post box",
    "addresses.country": "only addresses in Finland have coordinates of Finland",
    "addresses.locationAbroad": "help is given in Finland",
    "addresses.streetAddress.additionalInformation": "an offer has no field for it; the page has it",
    "addresses.streetAddress.coordinateState": "how the point was found",
    "addresses.streetAddress.street.language": "one address is shown to all, in Finnish where there are more",
    "addresses.streetAddress.postOffice.language": "as street",
    "addresses.entrances": "accessibility in sentences and doors: an offer has no field for it yet",
    "addresses.otherAddress": "read only where there is no street address",
    "serviceHours.validForNow": "says that there are no dates, which is seen",
    "serviceHours.additionalInformation": "words beside the hours; opening hours have no place for them",
}
"""The end of a field's path -> why it is not taken."""

CONTACTS = ("addresses", "emails", "phoneNumbers", "serviceHours", "webPages")

WORDS = {
    ("serviceNames", "type"): "Name",
    ("serviceChannelNames", "type"): "Name",
    ("serviceDescriptions", "type"): "Summary",
    ("serviceChannelDescriptions", "type"): "Summary",
    ("organizations", "roleType"): "Responsible",
    ("phoneNumbers", "type"): "Phone",
    ("addresses", "type"): "Location",
    ("", "areaType"): "LimitedType",
}


def leaves(value: Any, path: tuple[str | int, ...] = ()) -> Iterator[tuple[str | int, ...]]:
    """The paths of everything in a record that is not itself a record or a list with something in it."""
    if isinstance(value, dict) and value:
        for key, inner in value.items():
            yield from leaves(inner, (*path, key))
    elif isinstance(value, list) and value:
        for number, inner in enumerate(value):
            yield from leaves(inner, (*path, number))
    elif value not in (None, [], {}):
        yield path


def changed(record: Any, path: tuple[str | int, ...]) -> Any:
    """The same record with another value at ``path``."""
    copy = deepcopy(record)
    holder = copy
    for step in path[:-1]:
        holder = holder[step]
    value = holder[path[-1]]
    if isinstance(value, bool):
        holder[path[-1]] = not value
    elif isinstance(value, int):
        holder[path[-1]] = value + 1
    elif isinstance(value, str) and value[:2] == "20" and "T" in value:
        holder[path[-1]] = f"19{value[2:]}"
    else:
        holder[path[-1]] = "something else"
    return copy


def read(record: Any) -> Any:
    return v11.channel(record) if "serviceChannelType" in record else v11.service(record)


def field(path: tuple[str | int, ...], record: Any) -> str:
    """The field at ``path``: contacts and hours are read by one reader, wherever they stand."""
    name = ".".join(step for step in path if isinstance(step, str))
    if name.startswith(("services.", "serviceChannels.")):
        own = name.partition(".")[2].removeprefix("contactDetails.")
        name = own if own.startswith(CONTACTS) else f"connection.{own}"
    if "serviceChannelType" in record and name.startswith("ontologyTerms"):
        name = f"channel.{name}"
    return name.replace("supportPhones", "phoneNumbers")


def reason(name: str) -> str:
    """The entry of the list that speaks of the field, "" where none does."""
    for entry in DROPPED:
        if name == entry or name.startswith(f"{entry}.") or (entry[0] == "*" and name.endswith(entry[1:])):
            return entry
    return ""


def samples() -> Iterator[tuple[str, Any]]:
    for file in sorted(SAMPLES.glob("*.json")):
        yield file.stem, json.loads(file.read_text("utf-8"))
    official = sorted((SAMPLES / "official").glob("*.json"))
    for file, area in [*((file, "Municipality") for file in official), (official[2], "Region")]:
        record = json.loads(file.read_text("utf-8"))
        for path in list(leaves(record)):
            parent = next((step for step in reversed(path[:-1]) if isinstance(step, str)), "")
            if word := {**WORDS, ("areas", "type"): area}.get((parent, str(path[-1]))):
                holder = record
                for step in path[:-1]:
                    holder = holder[step]
                holder[path[-1]] = word
        yield f"{file.stem} {area}", record


ALL = dict(samples())


@cache
def fields() -> dict[str, bool]:
    """Every field of the samples, and whether changing it ever changes what was read."""
    found: dict[str, bool] = {}
    for record in ALL.values():
        before = read(record)
        for path in leaves(record):
            name = field(path, record)
            found[name] = found.get(name, False) or read(changed(record, path)) != before
    return found


def test_there_are_fields_to_look_at() -> None:
    assert len(ALL) == 9
    assert len(fields()) > 150


def test_every_field_is_kept_or_named() -> None:
    assert [name for name, kept in fields().items() if not kept and not reason(name)] == []


def test_what_is_said_to_be_dropped_is_dropped() -> None:
    assert [name for name, kept in fields().items() if kept and reason(name)] == []
    assert set(DROPPED) - {reason(name) for name in fields()} == set()
