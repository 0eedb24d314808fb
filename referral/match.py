"""Who can help: from a request to ranked offers, with the reasons.

The directory's shelves hold what covers the person's home and serves a need; ``candidates`` takes the
nearest and the surest of each; ``field`` says how they stand; here they are ranked by what is open when,
and ``arrange`` puts them in an order in which every page keeps a remote option.

Monotone: an offer that comes nearer, is checked later or better, or opens sooner never ranks lower, all else
equal.

A field stays the same for a day, and the same question is asked again with every page and every change of
mind: the directory keeps the fields that were worked out last.
"""

from collections.abc import Iterable
from datetime import datetime

from referral.arrange import Ranked, arrange
from referral.directory.index import Directory
from referral.field import Field, field
from referral.model import Answer, Match, Reason, Request
from referral.prospect import Prospect
from referral.score import Openings, openings
from referral.seeker import seeker


def match(request: Request, directory: Directory, now: datetime) -> Answer:
    """The offers that fit ``request`` at ``now`` (aware), best first; see ``Answer`` for "nothing found".

    Where nobody helps in the form that was asked for, ``unmet`` says so and the other forms are given. A
    request without needs, or with needs that nobody serves, finds nothing.
    """
    moment = now.timestamp()
    known = directory.memory.get(request)
    if not isinstance(known, Field) or not known.since <= moment < known.until:
        known = field(seeker(request, directory, now), directory)
        directory.memory.put(request, known)
    states = openings(int(moment) // 60)
    shown = arrange(sorted(_ranked(known.helpers, states)))
    return Answer(
        request=request,
        first_contact=tuple([_match(one, known, directory) for one in _ranked(known.lines, states)]),
        matches=tuple([_match(one, known, directory) for one in shown]),
        widened=known.widened,
        unmet=known.unmet,
    )


def _ranked(prospects: Iterable[Prospect], states: Openings) -> list[Ranked]:
    ranked = []
    for one in prospects:
        # Hours that may have changed send people to closed doors: they are asked to call first.
        opening, openness = states["" if one.call_first else one.offer.hours]
        ranked.append(Ranked(one.band, -one.worth * openness, one.row, one, opening))
    return ranked


def _match(ranked: Ranked, known: Field, directory: Directory) -> Match:
    one, opening = ranked.prospect, ranked.opening
    reasons = known.reasons(one, directory)
    if opening.state == "open":
        reasons = (*reasons, Reason.OPEN_NOW)
    return Match(one.offer, -ranked.loss, one.km, reasons, opening)
