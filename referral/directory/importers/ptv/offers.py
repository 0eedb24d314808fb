"""From connections of the register to offers: one service at one channel."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from knowledge.model import Names
from referral.directory.importers import cells, tm35
from referral.directory.importers.choosing import Words
from referral.directory.importers.imported import Means
from referral.directory.importers.ptv.model import Address, Channel, Code, Connection, Contact, Kind, Service
from referral.directory.importers.ptv.opening import opening_hours
from referral.directory.importers.ptv.reach import Finland
from referral.directory.importers.record import Faults
from referral.directory.importers.rejected import Unfit
from referral.directory.importers.timetable import ALWAYS
from referral.model import Confidence, Coverage, Form, Offer, Organisation, Role, Source

SOURCE = "Suomi.fi Finnish Service Catalogue (PTV)"
PREFIX = "ptv"

LANGUAGES = ("fi", "sv", "en", "se")
"""Those whose texts are taken; of others nothing could be shown."""

FORMS = {
    Kind.LOCATION: Form.IN_PERSON,
    Kind.PHONE: Form.REMOTE,
    Kind.SERVICE: Form.REMOTE,
    Kind.PAGE: Form.REMOTE,
}
"""A printable form (and a channel of an unknown kind) helps nobody by itself, and makes no offer."""

CHARGES = {"FreeOfCharge": "free", "Free": "free"}

AUDIENCES = {
    "seniors": ("ikäihmi", "ikäänty", "senior", "äldre", "older"),
    "migrants": ("maahanmuutta", "invandrare", "immigrant"),
    "jobseekers": ("työnhaki", "työttöm", "arbetssökande", "jobseeker"),
    "deaf": ("kuuro", "döva"),
    "visually_impaired": ("näkövamm", "synskad"),
}
"""What a target group's Finnish, Swedish or English name begins with."""

CITIZENS = ("KR1", "K1")


@dataclass(frozen=True, slots=True)
class Chosen:
    """A service that was taken: the needs that it serves, and the form that its rule says (or None)."""

    service: Service
    needs: frozenset[str]
    form: Form | None


def words(service: Service) -> Words:
    """What the rules may read of a service."""
    return {
        "name": (*service.names.values(), *service.other_names),
        "keyword": service.keywords,
        "term": _all(service.terms),
        "class": _all(service.classes),
        "group": _all(service.groups),
        "text": (*service.summaries.values(), *service.descriptions.values()),
    }


def offer(
    chosen: Chosen, channel: Channel, connection: Connection, means: Means, finland: Finland, faults: Faults
) -> Offer | None:
    """The offer of one connection; None where it cannot be one, and then ``faults`` says why."""
    service, form = chosen.service, FORMS.get(channel.kind)
    coverage = _coverage(service, channel, finland, faults)
    if form is None or coverage is None:
        return None
    contact, own = channel.contact, connection.contact
    made = Offer(
        id=f"{PREFIX}-{service.id}-{channel.id}",
        organisation=_organisation(service),
        names=_names(service, channel),
        descriptions=_known(service.summaries or channel.summaries),
        role=Role.SUPPORT,
        form=chosen.form or form,
        needs=chosen.needs,
        coverage=coverage,
        source=Source(SOURCE, _latest(service, channel, connection), Confidence.HIGH),
        audience=_audience(service.groups),
        languages=channel.languages or service.languages,
        phone=_phone(own) or _phone(contact),
        url=_url(own, faults) or _url(contact, faults),
        hours=_hours(own, means.day, faults) or _hours(contact, means.day, faults),
        price=_price(connection.charge or service.charge, service.charge_info),
    )
    if channel.kind is Kind.LOCATION:
        made = _placed(made, (*own.addresses, *contact.addresses), finland, faults)
    if not (made.phone or made.url or made.street):
        faults.note(
            "serviceChannels", channel.id, "nobody could get in touch: no phone, web page or street address"
        )
        return None
    return made


def _coverage(service: Service, channel: Channel, finland: Finland, faults: Faults) -> Coverage | None:
    """The service's; where that is national and the channel is not, the channel's."""
    coverage, unknown = finland.coverage(service.area)
    narrower, _ = finland.coverage(channel.area)
    if unknown:
        faults.note("areas", ", ".join(unknown), "no such municipality or region today", "Update the areas.")
    if narrower and (coverage is None or coverage.national) and channel.kind is not Kind.LOCATION:
        return narrower
    if coverage is None and narrower is None:
        faults.note("areaType", service.area.reach.value, "it is not known whom this is for")
    return coverage or narrower


def _organisation(service: Service) -> Organisation:
    names = _known(service.organisation_names)
    return Organisation(service.organisation or PREFIX, names or _known(service.names), _kind(names))


def _kind(names: Names) -> str:
    """What the name gives away of who it is; "" where it does not."""
    name = f" {names.get('fi', '').casefold()}"
    for kind, endings in {
        "library": ("kirjasto",),
        "municipality": ("kaupunki", "kunta", "stad", "kommun"),
        "association": (" ry", "yhdistys", " rf", "förening"),
        "company": (" oy", " oyj", " ab"),
    }.items():
        if name.endswith(endings):
            return kind
    return ""


def _names(service: Service, channel: Channel) -> Names:
    """The service, and at which place: a service may be given at many."""
    names = dict(_known(service.names) or {"fi": service.id})
    if channel.kind is not Kind.LOCATION:
        return names
    for language, name in names.items():
        place = channel.names.get(language) or channel.names.get("fi", "")
        if place and cells.plain(place) not in cells.plain(name):
            names[language] = f"{name}, {place}"
    return names


def _phone(contact: Contact) -> str:
    """The first number, one answered in Finnish before others."""
    numbers = sorted(contact.phones, key=lambda one: one.language != "fi")
    for one in numbers:
        if sum(letter.isdigit() for letter in one.number) >= 3:
            return f"{one.prefix} {one.number}".strip()
    return ""


def _url(contact: Contact, faults: Faults) -> str:
    for page in sorted(contact.pages, key=lambda one: one.language != "fi"):
        if not page.url:
            continue
        try:
            return cells.web(page.url)
        except Unfit as unfit:
            faults.note("webPages", page.url, unfit.reason)
    return ""


def _hours(contact: Contact, today: date, faults: Faults) -> str:
    try:
        hours = opening_hours(contact.hours, today)
        return cells.hours(hours) if hours and hours != ALWAYS else hours
    except Unfit as unfit:
        faults.note("serviceHours", "", unfit.reason, unfit.fix)
        return ""


def _price(charge: str, info: Names) -> str:
    """ "free", the register's own words about the charge, or "" where only that there is one is known."""
    return CHARGES.get(charge) or info.get("fi") or next(iter(info.values()), "")


def _placed(made: Offer, addresses: Sequence[Address], finland: Finland, faults: Faults) -> Offer:
    if not addresses:
        faults.note("addresses", "", "a place without a visiting address")
        return made
    there = addresses[0]
    postcode = there.postcode if there.postcode in finland.atlas.postcodes else ""
    if there.postcode and not postcode:
        faults.note("addresses.postalCode", there.postcode, "there is no such postcode")
    known = finland.atlas.postcodes.get(postcode)
    municipality = finland.municipality(there.municipality, there.municipality_names)
    return replace(
        made,
        street=there.street,
        postcode=postcode,
        locality=known.names["fi"] if known else there.locality.title(),
        municipality=municipality or (known.municipality if known else ""),
        point=_point(there, faults),
    )


def _point(there: Address, faults: Faults) -> tuple[float, float] | None:
    if not there.northing and not there.easting:
        return None
    try:
        found = tm35.degrees_of(float(there.northing), float(there.easting))
    except ValueError:
        found = None
    if found is None:
        faults.note(
            "addresses.latitude", f"{there.northing}, {there.easting}", "the coordinates are not in Finland"
        )
    return found


def _audience(groups: Iterable[Code]) -> tuple[str, ...]:
    """The groups that we know; () where the service is also for others, and so for everybody."""
    special = [group for group in groups if group.code not in CITIZENS and group.code.startswith(CITIZENS)]
    found = [_group(group) for group in special]
    return tuple(dict.fromkeys(found)) if found and all(found) else ()


def _group(group: Code) -> str:
    for audience, beginnings in AUDIENCES.items():
        if any(name.casefold().startswith(beginnings) for name in group.names.values()):
            return audience
    return ""


def _latest(service: Service, channel: Channel, connection: Connection) -> date | None:
    """When one of the three was last changed: the register's nearest to a date of checking."""
    return max((one.modified for one in (service, channel, connection) if one.modified), default=None)


def _known(names: Names) -> Mapping[str, str]:
    return {language: names[language] for language in LANGUAGES if names.get(language)}


def _all(codes: Iterable[Code]) -> tuple[str, ...]:
    return tuple(said for code in codes for said in (code.code, code.uri, *code.names.values()) if said)
