"""Who can help: from a request to ranked offers, with the reasons.

The directory's shelves hold what covers the person's home and serves a need; ``rank`` takes the nearest
and the surest of each and ranks them; ``arrange`` puts them in an order in which every page keeps a
remote option. There is no radius: what is nearest may be far, and then the answer says so.
"""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from referral.arrange import arrange
from referral.directory.index import Directory
from referral.gaps import unmet, widened
from referral.model import Answer, Form, Match, Request, Role, Unmet
from referral.rank import Ranked, Seeker, ranked, seeker
from referral.reasons import reasons

LINES = (Role.URGENT, Role.AUTHORITY)
"""Who comes first: urgent lines, then the authorities that the need belongs to."""


def match(request: Request, directory: Directory, now: datetime) -> Answer:
    """The offers that fit ``request`` at ``now`` (aware), best first; see ``Answer`` for "nothing found".

    Where nobody helps in the form that was asked for, ``unmet`` says so and the other forms are given. A
    request without needs, or with needs that nobody serves, finds nothing.
    """
    who = seeker(request, directory, now)
    found = ranked(who, directory)
    helpers = _one_a_place([one for one in found if one.offer.role not in LINES], request.form)
    if request.form and not any(one.offer.role is Role.SUPPORT for one in helpers):
        other = match(replace(request, form=None), directory, now)
        return replace(other, request=request, unmet=(Unmet.FORM, *other.unmet))
    lines = _lines([one for one in found if one.offer.role in LINES], who)
    nearest = min((one for one in helpers if one.km is not None), key=_distance, default=None)
    return Answer(
        request=request,
        first_contact=tuple(_match(one, who, directory, False) for one in lines),
        matches=tuple(_match(one, who, directory, one is nearest) for one in arrange(helpers)),
        widened=widened(helpers, who, directory),
        unmet=unmet(helpers, who, directory) if helpers or not lines else (),
    )


def _match(one: Ranked, who: Seeker, directory: Directory, is_nearest: bool) -> Match:
    return Match(one.offer, one.score, one.km, reasons(one, who, directory, is_nearest), one.opening)


def _distance(one: Ranked) -> tuple[float, int]:
    return one.km or 0.0, one.row


def _one_a_place(found: list[Ranked], form: Form | None) -> list[Ranked]:
    """Those of ``form``; without pointers to a place that is there already because it serves for certain."""
    fitting = [one for one in found if form in (None, one.offer.form)]
    shown = {
        (one.offer.organisation.id, one.offer.point) for one in fitting if one.offer.role is Role.SUPPORT
    }
    return [
        one
        for one in fitting
        if one.offer.role is not Role.POINTER or (one.offer.organisation.id, one.offer.point) not in shown
    ]


def _lines(found: list[Ranked], who: Seeker) -> Sequence[Ranked]:
    """Urgent lines first, and 112 before them all; those known to serve only in other languages last. Then by
    id: those of one kind are named in the order of use. Of the form asked for, or all where none has it:
    who comes first stays first."""
    asked, form = who.request.languages, who.request.form

    def order(one: Ranked) -> tuple[int, bool, bool, str]:
        offer = one.offer
        other = bool(asked and offer.languages) and not any(tongue in offer.languages for tongue in asked)
        return LINES.index(offer.role), offer.authority != "112", other, offer.id

    return sorted([one for one in found if form in (None, one.offer.form)] or found, key=order)
