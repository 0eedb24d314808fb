"""The library directory of Kirjastot.fi (Kirkanta, version 4 of its interface): public library branches.

A branch that lists a service which is digital support gives it; another may be asked ("many libraries
do"), and what it lists for certain (computers, printing) is an offer of its own. Ids are those of the
starter directory, so that an import takes the place of the starter's rows and brings opening hours.

Help needs somebody to give it: the hours of support are those with staff. Customer computers can also be
used while the library is open without staff (self-service, status 2).
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date

from knowledge.model import Names
from referral.directory.importers import cells
from referral.directory.importers.choosing import Choice
from referral.directory.importers.imported import File, Imported, Means
from referral.directory.importers.offer import slug
from referral.directory.importers.record import Faults, Raw, day, every, listed, part, parts, text
from referral.directory.importers.rejected import Rejected, Unfit
from referral.directory.importers.timetable import Span, calendar, span
from referral.model import Confidence, Coverage, Form, Offer, Organisation, Role, Source

SOURCE = "Kirjastot.fi library directory"
PREFIX = "library"
EQUIPMENT = "equipment"

BRANCHES = ("municipal", "main_library", "library")
"""The types that are open to everybody at one place; not mobile, school, hospital or faculty libraries."""

SUPPORT = (
    "digitu",
    "enter ry",
    "tietotekniikkaopast",
    "digitalkkari",
    "mediaopast",
    "digineuvo",
    "digiopast",
)
"""What the name of a service that is digital support begins with, or one of its words."""

THINGS = {
    "public_computer": ("asiakastietokone", "asiakaspääte", "tietokone", "kannettava tietokone"),
    "internet_connection": ("langaton", "wifi", "wi-fi", "wlan", "internet"),
    "printing_scanning": ("tulost", "skanna", "skanner", "kopio"),
    "library_ebooks": ("e-kirja", "e-aineisto", "ekirja", "e-kirjasto"),
}
"""Need -> what the names of services that serve it begin with."""

SELF_SERVICE = 2

Days = Mapping[date, Sequence[tuple[Span, bool]]]
"""Date -> stretches, each with whether staff is there."""


def kirkanta(files: Sequence[File], means: Means) -> Imported:
    """The branches in these files: pages of ``/library`` (with services and schedules), and of
    ``/schedules`` where the hours were fetched by themselves."""
    rejections: list[Rejected] = []
    branches: dict[str, tuple[Raw, Faults]] = {}
    schedules: dict[str, list[Raw]] = {}
    for file in files:
        for number, raw in every(file.content, file.name, rejections):
            if "date" in raw and "library" in raw:
                schedules.setdefault(str(raw["library"]), []).append(raw)
            else:
                id = str(raw.get("id") or "")
                branches[id or f"{file.name} {number}"] = raw, Faults(file.name, number, id)
    offers: list[Offer] = []
    choices: list[Choice] = []
    for id, (raw, faults) in branches.items():
        try:
            choice = _choice(raw)
            choices.append(choice)
            if choice.taken:
                offers += _branch(raw, schedules.get(id, []), choice, means, faults)
        except Unfit as unfit:
            faults.note("", "", unfit.reason, unfit.fix)
        rejections += faults.rejections
    return Imported(tuple(offers), tuple(rejections), tuple(choices))


def _choice(raw: Raw) -> Choice:
    """Whether it is a public branch, and whether it declares digital support."""
    id, names, kind = text(raw, "id"), _told(raw, "name"), text(raw, "type")
    if not id or not names:
        raise Unfit("the branch has no id or no name", "Fetch it again.")
    name = next(iter(names.values()))
    if kind not in BRANCHES:
        return Choice(id, name, False, "not_a_public_branch", f"type: {kind}")
    declared = next((one for one in _services(raw) if _begins(one, SUPPORT)), "")
    return Choice(id, name, True, "declares_support" if declared else "may_be_asked", declared)


def _branch(
    raw: Raw, schedules: Sequence[Raw], choice: Choice, means: Means, faults: Faults
) -> Iterator[Offer]:
    days = _days([*parts(raw, "schedules"), *schedules], faults)
    staffed = calendar(_spans(days, staffed=True), means.day)
    role = Role.SUPPORT if choice.because else Role.POINTER
    made = replace(
        _offer(raw, role, means, faults),
        hours=staffed,
        needs=means.names.served("all", role),
        descriptions=means.services.get(f"library_{role.value}", {}),
    )
    yield made
    things = frozenset(
        need for need, words in THINGS.items() if any(_begins(one, words) for one in _services(raw))
    )
    if role is Role.POINTER and things:
        yield replace(
            made,
            id=f"{made.id}-{EQUIPMENT}",
            role=Role.SUPPORT,
            needs=things,
            descriptions=means.services.get(f"library_{EQUIPMENT}", {}),
            hours=calendar(_spans(days, staffed=False), means.day),
        )


def _offer(raw: Raw, role: Role, means: Means, faults: Faults) -> Offer:
    names, address = _told(raw, "name"), part(raw, "address")
    there = means.names.atlas.postcodes.get(text(address, "zipcode"))
    if there is None:
        faults.note("address.zipcode", text(address, "zipcode"), "there is no such postcode")
    finnish = names.get("fi") or next(iter(names.values()))
    return Offer(
        id=f"{PREFIX}-{text(raw, 'id')}",
        organisation=Organisation(slug(finnish), {"fi": finnish, **names}, "library"),
        names={"fi": finnish, **names},
        descriptions={},
        role=role,
        form=Form.IN_PERSON,
        needs=frozenset(),
        coverage=Coverage(national=True),
        source=Source(SOURCE, means.day, Confidence.HIGH),
        street=_finnish(address, "street"),
        postcode=there.code if there else "",
        locality=_finnish(address, "city") or (there.names["fi"] if there else ""),
        municipality=there.municipality if there else _municipality(address, means),
        point=_point(part(raw, "coordinates"), faults),
        phone=_phone(raw, faults),
        url=_url(raw, faults),
    )


def _municipality(address: Raw, means: Means) -> str:
    try:
        return means.names.municipality(_finnish(address, "city"))
    except Unfit:
        return ""


def _point(raw: Raw, faults: Faults) -> tuple[float, float] | None:
    lat, lon = text(raw, "lat"), text(raw, "lon")
    try:
        return cells.point(lat, lon)
    except Unfit as unfit:
        faults.note("coordinates", f"{lat}, {lon}", unfit.reason)
        return None


def _phone(raw: Raw, faults: Faults) -> str:
    primary = part(part(raw, "primaryContactInfo"), "phoneNumber")
    for one in [primary, *parts(raw, "phoneNumbers")]:
        if number := text(one, "number"):
            try:
                return cells.phone(number)
            except Unfit as unfit:
                faults.note("phoneNumber", number, unfit.reason)
    return ""


def _url(raw: Raw, faults: Faults) -> str:
    url = _finnish(part(part(raw, "primaryContactInfo"), "homepage"), "url")
    try:
        return cells.web(url) if url else ""
    except Unfit as unfit:
        faults.note("homepage", url, unfit.reason)
        return ""


def _days(schedules: Sequence[Raw], faults: Faults) -> Days:
    """The dates that the register speaks of; a date with a time that is none is left out."""
    days: dict[date, list[tuple[Span, bool]]] = {}
    for one in schedules:
        when = day(text(one, "date"))
        if when is None:
            continue
        try:
            days[when] = [
                (span(text(times, "from"), text(times, "to")), _has_staff(times))
                for times in parts(one, "times")
            ]
        except ValueError as error:
            faults.note("schedules", text(one, "date"), str(error))
    return days


def _has_staff(times: Raw) -> bool:
    return times.get("status") != SELF_SERVICE and times.get("staff") is not False


def _spans(days: Days, *, staffed: bool) -> dict[date, list[Span]]:
    return {
        when: [stretch for stretch, has_staff in stretches if has_staff or not staffed]
        for when, stretches in days.items()
    }


def _services(raw: Raw) -> tuple[str, ...]:
    """The names of the services that the branch lists, its own and the register's, in Finnish."""
    named = [one for one in listed(raw, "services") if isinstance(one, dict)]
    return tuple(
        name for one in named for name in (_finnish(one, "name"), _finnish(one, "standardName")) if name
    )


def _begins(name: str, beginnings: tuple[str, ...]) -> bool:
    words = cells.plain(name)
    return words.startswith(beginnings) or any(word.startswith(beginnings) for word in words.split())


def _told(raw: Raw, name: str) -> Names:
    """A text in one language (asked for with ``lang``) or a record of languages."""
    value = raw.get(name)
    if isinstance(value, dict):
        return {language: str(said).strip() for language, said in value.items() if said}
    return {"fi": text(raw, name)} if text(raw, name) else {}


def _finnish(raw: Raw, name: str) -> str:
    told = _told(raw, name)
    return told.get("fi") or next(iter(told.values()), "")
