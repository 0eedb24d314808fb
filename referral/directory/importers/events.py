"""Courses from Linked Events, the interface of many cities' event calendars.

Events are chosen by their words, as records of the service register are; only what is public, scheduled
and not over is taken. Events that share a recurring parent are one offer that meets several times.
Records are best fetched with ``include=location,keywords``: a place that is only a link is unknown.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from knowledge.model import Names
from referral.directory.caretaker import region_of
from referral.directory.importers import cells
from referral.directory.importers.choosing import NO_RULE, OVERRULED, Choice, Shortfall
from referral.directory.importers.imported import File, Imported, Means
from referral.directory.importers.left_out import LeftOut, nearest
from referral.directory.importers.offer import slug
from referral.directory.importers.record import Faults, Raw, called, day, every, moment, part, parts, text
from referral.directory.importers.rejected import Rejected, Unfit
from referral.directory.importers.timetable import WHOLE_DAY, Rule, written
from referral.directory.index import FOR_SUPPORTERS
from referral.hours import HELSINKI
from referral.model import Confidence, Coverage, Form, Offer, Organisation, Role, Source

SOURCE = "Linked Events"
PREFIX = "event"
SCHEDULED = ("", "EventScheduled", "EventRescheduled")
ONLINE = ("internet", "virtual", "etä", "verkko", "online", "zoom", "teams", "nätet")

SUPPORTERS = (
    *("digituen antaj", "digituen kouluttaj", "digituen verkosto", "digitukiverkosto", "digitukijoi"),
    *("vertaisohjaajakoulut", "vertaisohjaajille", "digivertaisohjaaj", "digituen ohjaaj", "digitukihenkilö"),
    *("stödpersoner", "nätverket för digitalt stöd", "digitukijakoulut"),
)
"""What tells that an event is for those who give support."""


@dataclass(frozen=True, slots=True)
class _Event:
    """A chosen event: its record, its offer, and the parent that it shares ("" for none)."""

    offer: Offer
    parent: str


def events(files: Sequence[File], means: Means) -> Imported:
    """The courses of digital support in these pages of ``/event``."""
    rejections: list[Rejected] = []
    choices: list[Choice] = []
    left_out: list[LeftOut] = []
    found: dict[str, _Event] = {}
    for file in files:
        for number, raw in every(file.content, file.name, rejections):
            faults = Faults(file.name, number, called(raw, "id"))
            try:
                choice, needs = _choice(raw, means)
                choices.append(choice)
                if choice.taken and (made := _offer(raw, needs, means, faults)):
                    found[choice.record] = _Event(made, _parent(raw))
                elif choice.short:
                    left_out.append(_left_out(raw, choice, choice.short, means))
            except Unfit as unfit:
                faults.note("", "", unfit.reason, unfit.fix)
            rejections += faults.rejections
    joined = tuple(_joined(found.values(), means))
    return Imported(joined, tuple(rejections), tuple(choices), nearest(left_out))


def _choice(raw: Raw, means: Means) -> tuple[Choice, frozenset[str]]:
    id, names = text(raw, "id"), _told(raw, "name")
    if not id or not names:
        raise Unfit("the event has no id or no name", "Correct it in the calendar.")
    name = names.get("fi") or next(iter(names.values()))
    if reason := _unfit(raw, means):
        return Choice(id, name, False, *reason), frozenset()
    words = {
        "name": tuple(names.values()),
        "keyword": tuple(word for one in parts(raw, "keywords") for word in _told(one, "name").values()),
        "text": tuple(_told(raw, "short_description").values()),
    }
    rule, because = means.supply.choose(words)
    taken, why = bool(rule and rule.take), rule.id if rule else NO_RULE
    if id in means.overruled:
        taken, why = means.overruled[id], OVERRULED
    if not taken:
        return Choice(id, name, False, why, because, means.supply.shortfall(words)), frozenset()
    return Choice(id, name, True, why, because), means.names.served("all", Role.SUPPORT)


def _left_out(raw: Raw, choice: Choice, short: Shortfall, means: Means) -> LeftOut:
    """What tells whose the event is and where it takes place."""
    made = _offer(raw, frozenset(), means, Faults("", 0, ""))  # Nobody asked for it, so no fault is told.
    here = (made.municipality,) if made and made.municipality else ()
    region = region_of(made, means.names.atlas) if made else ""
    return LeftOut(
        choice.record, choice.name, made.organisation.names["fi"] if made else "", region, here, short
    )


def _unfit(raw: Raw, means: Means) -> tuple[str, str] | None:
    """Why an event is not to be shown, whatever it is about: the rule and its words; None where it may."""
    if raw.get("deleted") is True or text(raw, "publication_status") not in ("", "public"):
        return "not_public", ""
    if text(raw, "event_status") not in SCHEDULED:
        return "not_scheduled", text(raw, "event_status")
    if text(raw, "super_event_type"):
        return "parent_of_others", text(raw, "super_event_type")
    ends = day(text(raw, "end_time") or text(raw, "start_time"))
    if ends and ends < means.day:
        return "over", text(raw, "end_time")
    return None


def _offer(raw: Raw, needs: frozenset[str], means: Means, faults: Faults) -> Offer | None:
    starts, ends = _moment(raw, "start_time"), _moment(raw, "end_time")
    if starts is None:
        faults.note("start_time", "", "it is not known when it is")
        return None
    if ends and ends < starts:
        faults.note("end_time", text(raw, "end_time"), "it ends before it begins")
        return None
    provider = _finnish(raw, "provider") or _finnish(part(raw, "publisher_detail"), "name")
    names = _with_finnish(_told(raw, "name"))
    organiser = provider or text(raw, "publisher") or names["fi"]
    modified = day(text(raw, "last_modified_time"))
    made = Offer(
        id=f"{PREFIX}-{slug(text(raw, 'id'))}",
        organisation=Organisation(slug(organiser), {"fi": organiser}, ""),
        names=names,
        descriptions=_told(raw, "short_description"),
        role=Role.SUPPORT,
        form=Form.TRAINING,
        needs=needs,
        coverage=Coverage(national=True),
        source=Source(SOURCE, modified or means.day, Confidence.MEDIUM),
        audience=(FOR_SUPPORTERS,) if _is_for_supporters(raw) else (),
        languages=_languages(raw),
        url=_url(raw, faults),
        price=_price(raw),
        starts=starts,
        ends=ends or starts,
        enrol_until=_moment(raw, "enrolment_end_time"),
        seats=_seats(raw),
    )
    return _placed(made, raw, means, faults)


def _placed(made: Offer, raw: Raw, means: Means, faults: Faults) -> Offer | None:
    """At its place and for those who live there; a course on the net is for everybody."""
    location = part(raw, "location")
    if _is_online(location):
        return _reachable(made, faults)
    known = means.names.atlas.postcodes.get(text(location, "postal_code"))
    town = _finnish(location, "address_locality")
    municipality = known.municipality if known else means.names.municipalities.get(cells.plain(town), "")
    coordinates = part(location, "position").get("coordinates")
    point = None
    if isinstance(coordinates, list) and len(coordinates) == 2:
        try:
            point = cells.point(str(coordinates[1]), str(coordinates[0]))
        except Unfit as unfit:
            faults.note("location.position", coordinates, unfit.reason)
    if not municipality:
        faults.note(
            "location", text(location, "id"), "it is not known where it is", "Fetch with include=location."
        )
        return None
    return _reachable(
        replace(
            made,
            coverage=Coverage(national=True),
            street=_finnish(location, "street_address"),
            postcode=known.code if known else "",
            locality=known.names["fi"] if known else town,
            municipality=municipality,
            point=point,
        ),
        faults,
    )


def _reachable(made: Offer, faults: Faults) -> Offer | None:
    if made.url or made.street:
        return made
    faults.note("info_url", "", "nobody could get there: no web page and no address")
    return None


def _is_online(location: Raw) -> bool:
    said = [text(location, "id").partition(":")[2], *_told(location, "name").values()]
    return any(word.casefold().startswith(ONLINE) for one in said for word in one.split())


def _joined(found: Iterable[_Event], means: Means) -> Iterable[Offer]:
    """Events of one parent and name as one offer, which says when it meets."""
    families: dict[str, list[Offer]] = {}
    for event in found:
        name = event.offer.names["fi"]
        shared = f"{PREFIX}-{slug(event.parent)}-{slug(name)}" if event.parent else event.offer.id
        families.setdefault(shared, []).append(event.offer)
    for id, members in families.items():
        ordered = sorted(members, key=lambda one: (one.starts.timestamp() if one.starts else 0, one.id))
        rules = [_rule(one) for one in ordered] if len(ordered) > 1 else []
        yield replace(ordered[0], id=id, ends=ordered[-1].ends, hours=written(rules, means.day))


def _rule(one: Offer) -> Rule:
    starts, ends = one.starts, one.ends
    if starts is None or ends is None:
        raise Unfit("an event without a time", "Correct it in the calendar.")
    starts, ends = starts.astimezone(HELSINKI), ends.astimezone(HELSINKI)
    start = starts.hour * 60 + starts.minute
    end = (ends.date() - starts.date()).days * WHOLE_DAY + ends.hour * 60 + ends.minute
    return Rule(((start, max(end, start + 1)),), frozenset(), starts.date(), starts.date())


def _parent(raw: Raw) -> str:
    """The last part of the parent's address: its id."""
    return text(part(raw, "super_event"), "@id").rstrip("/").rpartition("/")[2]


def _is_for_supporters(raw: Raw) -> bool:
    named = [raw, *parts(raw, "keywords"), *parts(raw, "audience")]
    said = " ".join(word.casefold() for one in named for word in _told(one, "name").values())
    return any(words in said for words in SUPPORTERS)


def _moment(raw: Raw, name: str) -> datetime | None:
    """A moment in Finland's time; a day without a time is its beginning there."""
    found = moment(text(raw, name))
    if found is None:
        return None
    return found.replace(tzinfo=HELSINKI) if found.tzinfo is None else found.astimezone(HELSINKI)


def _languages(raw: Raw) -> tuple[str, ...]:
    links = [
        text(one, "id") or text(one, "@id").rstrip("/").rpartition("/")[2]
        for one in parts(raw, "in_language")
    ]
    return tuple(dict.fromkeys(link for link in links if link))


def _price(raw: Raw) -> str:
    offered = parts(raw, "offers")
    if offered and all(one.get("is_free") is True for one in offered):
        return "free"
    return next((said for one in offered if (said := _finnish(one, "price"))), "")


def _seats(raw: Raw) -> int | None:
    value = raw.get("maximum_attendee_capacity")
    return value if isinstance(value, int) and not isinstance(value, bool) and value > 0 else None


def _url(raw: Raw, faults: Faults) -> str:
    url = _finnish(raw, "info_url")
    try:
        return cells.web(url) if url else ""
    except Unfit as unfit:
        faults.note("info_url", url, unfit.reason)
        return ""


def _told(raw: Raw, name: str) -> Names:
    value = raw.get(name)
    if not isinstance(value, dict):
        return {}
    return {code: " ".join(str(said).split()) for code, said in value.items() if said}


def _finnish(raw: Raw, name: str) -> str:
    told = _told(raw, name)
    return told.get("fi") or next(iter(told.values()), "")


def _with_finnish(names: Names) -> Mapping[str, str]:
    return {"fi": next(iter(names.values())), **names}
