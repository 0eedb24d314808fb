"""When an offer is there, as HSDS schedules.

Weekly hours have no offset from UTC, because theirs changes with summer time; a schedule between two dates
has one where it is the same on both. An exception says that it holds instead of the ordinary hours. What
a schedule cannot say (months of every year) is given as it was written, in its description.
"""

from datetime import date, datetime, time, timedelta
from typing import Any

from locales.text import Text, as_written, say
from referral.directory.importers.hsds.schedules import BYDAY
from referral.directory.importers.timetable import WHOLE_DAY
from referral.directory.published.hours import Stretch, read
from referral.directory.published.identity import identity
from referral.directory.published.voice import Voice
from referral.directory.training import is_dated
from referral.hours import HELSINKI
from referral.model import Offer

Record = dict[str, Any]


def schedules(offer: Offer, owners: Record, voice: Voice) -> list[Record]:
    """The schedules of ``offer``, each with the ids of its ``owners``; [] where nobody has told its hours."""
    if is_dated(offer):
        found = _course(offer, voice)
    elif not offer.hours:
        found = []
    elif (hours := read(offer.hours)) is None:
        found = [{"description": voice.say(say("The hours as they were told: {hours}", hours=offer.hours))}]
    else:
        found = [_weekly(one, voice) for one in hours.stretches]
        ordinary = next((one for one in found if "valid_from" not in one), None)
        if ordinary and hours.shut_on_holidays:
            shut = voice.say(say("Closed on public holidays."))
            ordinary["notes"] = f"{ordinary['notes']} {shut}"
        if ordinary and hours.always:
            ordinary["description"] = voice.say(say("Open around the clock."))
    return [
        {"id": identity("schedule", f"{offer.id}#{number}"), **owners, **one}
        for number, one in enumerate(found)
    ]


def _weekly(one: Stretch, voice: Voice) -> Record:
    notes: list[Text] = []
    offset = _offset(one.first, one.last)
    if one.span:
        notes += [] if offset else [say("The times are Finland's.")]
        notes += [say("Closes on the next day.")] if WHOLE_DAY < one.span[1] < one.span[0] + WHOLE_DAY else []
    if one.instead:
        notes.append(say("Instead of the ordinary hours."))
    if one.note:
        notes.append(as_written(one.note))
    found: Record = {"freq": "WEEKLY", "byday": ",".join(BYDAY[day] for day in one.days)}
    if one.first:
        found["valid_from"] = one.first.isoformat()
    if one.last:
        found["valid_to"] = one.last.isoformat()
    if one.span:
        found["opens_at"] = f"{_clock(one.span[0])}{offset}"
        found["closes_at"] = f"{_clock(one.span[1])}{offset}"
    else:
        found["description"] = voice.say(say("Closed."))
    if notes:
        found["notes"] = " ".join(map(voice.say, notes))
    return found


def _course(offer: Offer, voice: Voice) -> list[Record]:
    """A course: the one time that it meets, the times that its hours name, or from when until when it lasts."""
    assert offer.starts is not None  # ``is_dated`` has looked.
    starts = offer.starts.astimezone(HELSINKI)
    ends = offer.ends.astimezone(HELSINKI) if offer.ends else None
    about = _about(offer, voice)
    hours = read(offer.hours) if offer.hours else None
    if hours is not None:
        return [{**_within(one, starts, ends, voice), **about} for one in hours.stretches if one.span]
    found: Record = {"dtstart": starts.isoformat(), "timezone": _hours_from_utc(starts), **about}
    if ends is not None:
        found["until"] = ends.isoformat()
    if offer.hours:
        told = voice.say(say("The hours as they were told: {hours}", hours=offer.hours))
        return [{**found, "description": told}]
    if ends is not None and ends.date() == starts.date():
        found |= {"count": 1, "freq": "WEEKLY", "byday": BYDAY[starts.weekday()]}
        found |= {"valid_from": starts.date().isoformat(), "valid_to": ends.date().isoformat()}
        found["opens_at"], found["closes_at"] = (f"{when:%H:%M}{_sign(when)}" for when in (starts, ends))
    return [found]


def _within(one: Stretch, starts: datetime, ends: datetime | None, voice: Voice) -> Record:
    """A stretch of a course's hours: what has no dates of its own has those of the course."""
    if one.first or one.last:
        return _weekly(one, voice)
    first = starts.date()
    while first.weekday() not in one.days:
        first += timedelta(days=1)
    last = ends.date() if ends else None
    found = _weekly(Stretch(one.days, one.span, starts.date(), last, one.note), voice)
    found["dtstart"] = first.isoformat()
    if last:
        found["until"] = last.isoformat()
    return found


def _about(offer: Offer, voice: Voice) -> Record:
    """Enrolment and seats, which HSDS 3.0 has no fields for."""
    said = []
    if offer.enrol_until:
        until = offer.enrol_until.astimezone(HELSINKI)
        said.append(voice.say(say("Enrol by {date}.", date=until.date())))
    if offer.seats is not None:
        said.append(voice.say(say("Seats: {seats}.", seats=offer.seats)))
    return {"attending_type": " ".join(said)} if said else {}


def _clock(minutes: int) -> str:
    return f"{minutes % WHOLE_DAY // 60:02}:{minutes % 60:02}"


def _offset(first: date | None, last: date | None) -> str:
    """ "+02:00" where it is the same from the first day to the last, and half a year does not lie between; ""."""
    if first is None or last is None or last - first > timedelta(days=120):
        return ""
    noon = time(12)
    offsets = {_sign(datetime.combine(day, noon, HELSINKI)) for day in (first, last)}
    return offsets.pop() if len(offsets) == 1 else ""


def _sign(when: datetime) -> str:
    return f"+{_hours_from_utc(when):02}:00"


def _hours_from_utc(when: datetime) -> int:
    offset = when.utcoffset()
    assert offset is not None
    return int(offset / timedelta(hours=1))
