"""What a submission adds to the directory, and what an offer looks like as a submission.

- ``offers_of(submission, day=None, changes=None) -> tuple[Offer, ...]``: one for each form; for a preview too.
- ``submission_of(offer) -> Submission``: to fill the form in for its provider.
"""

from dataclasses import replace
from datetime import date, datetime
from hashlib import sha256

from referral.directory.course import Course
from referral.directory.importers.columns import KINDS
from referral.directory.importers.offer import slug
from referral.directory.index import FOR_SUPPORTERS
from referral.directory.submission import SPOKEN, Submission
from referral.directory.training import CITIZENS, is_dated
from referral.hours import HELSINKI
from referral.model import Confidence, Form, Offer, Organisation, Role, Source

PREFIX = "provider"
"""What the ids of providers' own offers begin with."""


def offers_of(
    submission: Submission, day: date | None = None, changes: Offer | None = None
) -> tuple[Offer, ...]:
    """The offers that ``submission`` makes, one for each of its forms, checked on ``day``.

    ``changes`` is the offer that its provider has told anew: the one of its form (or the first) takes its
    place, with its id and with what the form does not ask for.
    """
    made = [_offer(submission, form, day) for form in submission.forms]
    if changes and made:
        place = submission.forms.index(changes.form) if changes.form in submission.forms else 0
        made[place] = _told_anew(changes, made[place])
    return tuple({one.id: one for one in made}.values())


def submission_of(offer: Offer) -> Submission:
    """What the provider of ``offer`` would have sent."""
    organisation = offer.organisation.names.get("fi") or next(iter(offer.organisation.names.values()), "")
    return Submission(
        organisation=organisation,
        kind=offer.organisation.kind if offer.organisation.kind in KINDS else "",
        names={code: offer.names[code] for code in SPOKEN if code in offer.names},
        descriptions={code: offer.descriptions[code] for code in SPOKEN if code in offer.descriptions},
        needs=tuple(sorted(offer.needs)),
        forms=(offer.form,),
        coverage=offer.coverage,
        languages=offer.languages,
        street=offer.street,
        postcode=offer.postcode,
        locality=offer.locality,
        municipality=offer.municipality,
        hours="" if is_dated(offer) else offer.hours,
        phone=offer.phone,
        url=offer.url,
        price=offer.price,
        home_visits=offer.home_visits,
        ethical_guidelines=offer.ethical_guidelines,
        course=_course_of(offer),
    )


def _course_of(offer: Offer) -> Course | None:
    """Its times as its provider would tell them; None where it has none."""
    if offer.starts is None or not is_dated(offer):
        return None
    return Course(
        _in_finland(offer.starts),
        _in_finland(offer.ends or offer.starts),
        offer.hours,
        _in_finland(offer.enrol_until) if offer.enrol_until else None,
        offer.seats,
        FOR_SUPPORTERS if FOR_SUPPORTERS in offer.audience else CITIZENS,
    )


def _in_finland(moment: datetime) -> datetime:
    return moment.astimezone(HELSINKI).replace(second=0, microsecond=0)


def _offer(submission: Submission, form: Form, day: date | None) -> Offer:
    who = submission.organisation
    course = submission.course if form is Form.TRAINING else None
    at_a_place = form is not Form.REMOTE
    parts = (
        who,
        submission.names.get("fi", ""),
        submission.street if at_a_place else "",
        submission.municipality,
        course.starts.date().isoformat() if course else "",  # Next term's course is another one.
    )
    return Offer(
        id=slug(" ".join((PREFIX, *dict.fromkeys(_slug(part) for part in parts if part), form.value))),
        organisation=Organisation(_slug(who), {"fi": who}, submission.kind),
        names={"fi": who, **submission.names},
        descriptions=submission.descriptions,
        role=Role.SUPPORT,
        form=form,
        needs=frozenset(submission.needs),
        coverage=submission.coverage,
        source=Source(who, day, Confidence.HIGH),
        languages=submission.languages,
        street=submission.street,
        postcode=submission.postcode,
        locality=submission.locality,
        municipality=submission.municipality,
        phone=submission.phone,
        url=submission.url,
        hours=course.again if course else submission.hours,
        price=submission.price,
        home_visits=submission.home_visits,
        ethical_guidelines=submission.ethical_guidelines,
        audience=(FOR_SUPPORTERS,) if course and course.audience == FOR_SUPPORTERS else (),
        starts=course.starts if course else None,
        ends=course.ends if course else None,
        enrol_until=course.enrol_until if course else None,
        seats=course.seats if course else None,
    )


def _told_anew(before: Offer, now: Offer) -> Offer:
    """``now`` under the id of ``before``. A point stays while the address does."""
    moved = (before.street, before.postcode, before.municipality) != (
        now.street,
        now.postcode,
        now.municipality,
    )
    same = before.organisation.names.get("fi") == now.organisation.names["fi"]
    return replace(
        now,
        id=before.id,
        organisation=replace(before.organisation, kind=now.organisation.kind) if same else now.organisation,
        names={**{code: said for code, said in before.names.items() if code not in SPOKEN}, **now.names},
        role=before.role,
        authority=before.authority,
        audience=_audience(before, now),
        point=None if moved else before.point,
        valid_from=before.valid_from,
    )


def _audience(before: Offer, now: Offer) -> tuple[str, ...]:
    """The form asks only of a course whether it is for supporters; who else it is for stays."""
    if now.starts is None:
        return before.audience
    return tuple(dict.fromkeys((*(one for one in before.audience if one != FOR_SUPPORTERS), *now.audience)))


def _slug(words: str) -> str:
    """An id of ``words``; of words in other letters than ours a checksum."""
    return slug(words) or sha256(words.encode()).hexdigest()[:12]
