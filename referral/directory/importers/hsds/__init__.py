"""The Human Services Data Specification, version 3: JSON and the tabular data package.

Services may stand by themselves, within their organisation, or within a service at a location; a feed is
in one language and is read as Finnish. Needs are taken from taxonomy terms whose code or name is one of
ours; a service without them is chosen by its words, as in the service register. What a feed of ours says of
the form and the kind of help is read back: a library that may only be asked stays one.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from enum import StrEnum
from typing import TypeVar

from referral.directory.caretaker import region_of
from referral.directory.importers import cells
from referral.directory.importers.choosing import NAMED, NO_RULE, OVERRULED, Choice, Shortfall
from referral.directory.importers.columns import AUDIENCES, LANGUAGES
from referral.directory.importers.hsds.schedules import opening_hours
from referral.directory.importers.hsds.tables import nested, unpacked
from referral.directory.importers.imported import File, Imported, Means
from referral.directory.importers.left_out import LeftOut, nearest
from referral.directory.importers.offer import slug
from referral.directory.importers.record import Faults, Raw, called, day, every, part, parts, text
from referral.directory.importers.rejected import Rejected, Unfit
from referral.model import Confidence, Coverage, Form, Offer, Organisation, Role, Source

PREFIX = "hsds"
ACTIVE = "active"
COUNTRY = ("suomi", "finland", "fi")
THREE_LETTERS = {"fin": "fi", "swe": "sv", "eng": "en", "sme": "se", "rus": "ru", "ukr": "uk", "est": "et"}
"""ISO 639-3 to 639-1, for the languages that are spoken at counters in Finland."""

DESCRIPTION = "datapackage.json"
"""What tells of the tables in a package, and holds no records."""

LOCATED = "service_at_locations"
DELIVERY, ROLE_LINK = "service_delivery", "service_role"
"""The link types under which our own feeds say the form and the kind of help."""

_Word = TypeVar("_Word", bound=StrEnum)


def hsds(files: Sequence[File], means: Means) -> Imported:
    """The digital support in these files: JSON, CSV tables, or a zip file of either."""
    rejections: list[Rejected] = []
    offers: list[Offer] = []
    choices: list[Choice] = []
    left_out: list[LeftOut] = []
    for service, faults in _services(files, rejections):
        try:
            choice, needs = _choice(service, means)
            choices.append(choice)
            if choice.taken:
                offers += _offers(service, needs, means, faults)
            elif choice.short:
                left_out.append(_left_out(service, choice, choice.short, means))
        except Unfit as unfit:
            faults.note("", "", unfit.reason, unfit.fix)
        rejections += faults.rejections
    once = tuple({one.id: one for one in offers}.values())
    return Imported(once, tuple(rejections), tuple(choices), nearest(left_out))


def _services(files: Sequence[File], rejections: list[Rejected]) -> Iterator[tuple[Raw, Faults]]:
    try:
        found = unpacked(files)
        tables = [file for file in found if file.name.lower().endswith(".csv")]
        for number, row in enumerate(nested(tables), start=1):
            yield row, Faults("services.csv", number, called(row, "id"))
    except Unfit as unfit:
        rejections.append(Rejected(files[0].name, 0, "", "", unfit.reason, unfit.fix))
        return
    for file in found:
        if file not in tables and not file.name.lower().endswith(DESCRIPTION):
            for number, raw in every(file.content, file.name, rejections):
                for service in _within(raw):
                    yield service, Faults(file.name, number, called(service, "id"))


def _within(raw: Raw) -> Iterator[Raw]:
    """The services of an organisation, of a service at a location, or the record itself."""
    if isinstance(raw.get("services"), list):
        yield from ({**one, "organization": raw} for one in parts(raw, "services"))
    elif isinstance(raw.get("service"), dict):
        yield {**part(raw, "service"), LOCATED: [raw]}
    else:
        yield raw


def _choice(service: Raw, means: Means) -> tuple[Choice, frozenset[str]]:
    id, name = text(service, "id"), text(service, "name")
    if not id or not name:
        raise Unfit("the service has no id or no name", "Give it both.")
    if text(service, "status") != ACTIVE:
        return Choice(id, name, False, "not_active", f"status: {text(service, 'status')}"), frozenset()
    named = [word for term in _terms(service) for word in (text(term, "code"), text(term, "name")) if word]
    needs = frozenset(need for word in named for need in means.names.needs.get(cells.plain(word), ()))
    words = {"name": (name, text(service, "alternate_name")), "keyword": named}
    said = {**words, "text": (text(service, "description"),)}
    rule, because = means.supply.choose(said)
    taken, reason = bool(needs or (rule and rule.take)), rule.id if rule else NO_RULE
    if needs:
        reason, because = "taxonomy_term", ", ".join(sorted(needs))
    if id in means.overruled:
        taken, reason = means.overruled[id], OVERRULED
    if not taken:
        return Choice(id, name, False, reason, because, means.supply.shortfall(said)), frozenset()
    if not needs:
        serves = rule.serves if rule and rule.take and rule.serves != NAMED else "all"
        needs = means.names.served(serves, Role.SUPPORT)
    return Choice(id, name, True, reason, because), needs


def _left_out(service: Raw, choice: Choice, short: Shortfall, means: Means) -> LeftOut:
    """What tells whose the service is and where: by its areas, else by the addresses of its places."""
    unheard = Faults("", 0, "")  # Of what nobody asked for, nothing needs to be put right.
    made = next(_offers(service, frozenset(), means, unheard), None)
    covered = made.coverage if made else Coverage(national=False)
    region = region_of(made, means.names.atlas) if made else ""
    whose = text(part(service, "organization"), "name")
    return LeftOut(choice.record, choice.name, whose, region, covered.municipalities, short)


def _terms(service: Raw) -> list[Raw]:
    return [part(one, "taxonomy_term") for one in parts(service, "attributes")]


def _linked(service: Raw, link: str, otherwise: _Word) -> _Word:
    """The word of ours that a term says under ``link``; ``otherwise`` where none does."""
    kinds = type(otherwise)
    said = (
        text(part(one, "taxonomy_term"), "code")
        for one in parts(service, "attributes")
        if text(one, "link_type") == link
    )
    return next((kinds(code) for code in said if code in kinds.__members__.values()), otherwise)


def _offers(service: Raw, needs: frozenset[str], means: Means, faults: Faults) -> Iterator[Offer]:
    organisation = part(service, "organization")
    name = text(organisation, "name") or text(service, "name")
    price = _price(service)
    made = Offer(
        id=f"{PREFIX}-{text(service, 'id')}",
        organisation=Organisation(text(organisation, "id") or slug(name), {"fi": name}, ""),
        names={"fi": text(service, "name")},
        descriptions={"fi": text(service, "description")} if text(service, "description") else {},
        role=_linked(service, ROLE_LINK, Role.SUPPORT),
        form=_linked(service, DELIVERY, Form.REMOTE),
        needs=needs,
        coverage=Coverage(national=False),
        source=Source(
            name, day(text(service, "assured_date") or text(service, "last_modified")), Confidence.MEDIUM
        ),
        audience=_audience(service),
        price=price,
    )
    places: Sequence[Raw] = parts(service, LOCATED) or [{}]
    for place in places:
        if found := _at(made, service, place, means, faults):
            yield found


def _at(made: Offer, service: Raw, place: Raw, means: Means, faults: Faults) -> Offer | None:
    location = part(place, "location")
    holders = [place, location, service, part(service, "organization")]
    hours = next((found for one in holders[:3] if (found := parts(one, "schedules"))), [])
    made = replace(
        made,
        id="-".join(part for part in (made.id, text(location, "id") or text(place, "id")) if part),
        phone=_phone(holders, faults),
        url=_url([text(location, "url"), text(service, "url"), text(holders[3], "website")], faults),
        languages=_languages([*parts(service, "languages"), *parts(location, "languages")]),
        hours=opening_hours(hours, means.day, faults),
    )
    if text(location, "location_type") == "physical":
        form = made.form if made.form is Form.TRAINING else Form.IN_PERSON
        made = _placed(replace(made, form=form), location, means, faults)
    made = replace(made, coverage=_coverage(service, made, means, faults))
    if made.coverage == Coverage(national=False):
        faults.note(
            "service_areas", "", "it is not known whom this is for", "Name municipalities or regions."
        )
        return None
    if not (made.phone or made.url or made.street):
        faults.note("phones", "", "nobody could get in touch", "Give a phone, a web page or an address.")
        return None
    return made


def _placed(made: Offer, location: Raw, means: Means, faults: Faults) -> Offer:
    addresses = [one for one in parts(location, "addresses") if text(one, "address_type") != "postal"]
    address: Raw = next(iter(addresses or parts(location, "addresses")), {})
    known = means.names.atlas.postcodes.get(text(address, "postal_code"))
    try:
        point = cells.point(text(location, "latitude"), text(location, "longitude"))
    except Unfit as unfit:
        faults.note("location.latitude", text(location, "latitude"), unfit.reason)
        point = None
    town = text(address, "city")
    return replace(
        made,
        street=text(address, "address_1"),
        postcode=known.code if known else "",
        locality=known.names["fi"] if known else town,
        municipality=known.municipality if known else means.names.municipalities.get(cells.plain(town), ""),
        point=point,
    )


def _coverage(service: Raw, made: Offer, means: Means, faults: Faults) -> Coverage:
    """The service areas by name; without any, the municipality where the place lies."""
    regions: set[str] = set()
    municipalities: set[str] = set()
    areas = parts(service, "service_areas")
    for area in areas:
        name = text(area, "name") or text(area, "extent")
        if cells.plain(name) in COUNTRY:
            return Coverage(national=True)
        try:
            found = means.names.coverage(name)
        except Unfit as unfit:
            faults.note("service_areas", name, unfit.reason, unfit.fix)
            continue
        if found.national:
            return found
        regions.update(found.regions)
        municipalities.update(found.municipalities)
    if not areas and made.municipality:
        municipalities.add(made.municipality)
    return Coverage(False, tuple(sorted(regions)), tuple(sorted(municipalities)))


def _phone(holders: Sequence[Raw], faults: Faults) -> str:
    for one in (phone for holder in holders for phone in parts(holder, "phones")):
        if text(one, "type") in ("fax", "text"):
            continue
        try:
            return cells.phone(text(one, "number"))
        except Unfit as unfit:
            faults.note("phones", text(one, "number"), unfit.reason, unfit.fix)
    return ""


def _url(addresses: Sequence[str], faults: Faults) -> str:
    for address in filter(None, addresses):
        try:
            return cells.web(address)
        except Unfit as unfit:
            faults.note("url", address, unfit.reason, unfit.fix)
    return ""


def _languages(spoken: Sequence[Raw]) -> tuple[str, ...]:
    names: Mapping[str, str] = {
        cells.plain(word): code for code, words in LANGUAGES.items() for word in words
    }
    codes = [text(one, "code").lower() or names.get(cells.plain(text(one, "name")), "") for one in spoken]
    return tuple(dict.fromkeys(THREE_LETTERS.get(code, code) for code in codes if code))


def _audience(service: Raw) -> tuple[str, ...]:
    words = {cells.plain(text(term, name)) for term in _terms(service) for name in ("code", "name")}
    return tuple(
        audience
        for audience, others in AUDIENCES.items()
        if words & {cells.plain(audience), *map(cells.plain, others)}
    )


def _price(service: Raw) -> str:
    options = parts(service, "cost_options")
    if options and all(text(one, "amount") in ("0", "0.0", "0.00") for one in options):
        return "free"
    words = text(service, "fees_description") or next((text(one, "option") for one in options), "")
    return "free" if cells.plain(words) in ("free", "maksuton", "ilmainen", "avgiftsfri") else words
