"""Everything about an answer that stays the same for a day: which offers are in the field, and how they stand.

The bands say in words what no product of figures could promise: declared support within reach comes
before a library that may only be asked; one's own library before support that is far away; and what lies
nowhere in particular never vanishes. What is open changes by the minute, and is left to ``match``.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from dataclasses import field as dataclass_field
from datetime import datetime, time, timedelta

from referral.candidates import candidates
from referral.directory.freshness import freshness_at
from referral.directory.index import Directory, Kind
from referral.gaps import unmet, widened
from referral.hours import HELSINKI
from referral.model import Form, Offer, Reason, Role, Unmet, Widened
from referral.prospect import Band, Prospect
from referral.reasons import call_first, reasons
from referral.score import worth
from referral.seeker import COURSE, Seeker

REACH_KM = 30.0
"""Within reach: half an hour by car. It is also the distance beyond which the coordinators' reports
count people as left without a point of support, so that an answer and a report agree."""

LINES = (Role.URGENT, Role.AUTHORITY)
"""Who comes first: urgent lines, then the authorities that the need belongs to."""


@dataclass(frozen=True, slots=True)
class Field:
    """What is known of an answer before looking at the clock.

    ``lines`` are in the order in which they are shown, ``helpers`` in none; ``nearest`` is the row of the
    helper that is, -1 for none. It holds from the moment ``since`` (POSIX seconds), for which it was made,
    ``until`` midnight or the end of the first of these. ``told`` fills with the reasons of those shown.
    """

    who: Seeker

    lines: tuple[Prospect, ...]
    helpers: tuple[Prospect, ...]
    widened: Widened | None
    unmet: tuple[Unmet, ...]
    nearest: int
    since: float
    until: float
    told: dict[int, tuple[Reason, ...]] = dataclass_field(default_factory=dict)

    def reasons(self, one: Prospect, directory: Directory) -> tuple[Reason, ...]:
        """Why ``one`` is shown, whether it is open or not: worked out only of what is."""
        known = self.told.get(one.row)
        if known is None:
            is_nearest = one.row == self.nearest
            known = self.told[one.row] = reasons(one, self.who, directory, is_nearest=is_nearest)
        return known


def field(who: Seeker, directory: Directory) -> Field:
    """The field for ``who``. Where nobody helps in the form that was asked for, ``unmet`` says so and the
    other forms are in it."""
    found = _prospects(who, directory)
    lines = _in_order([one for one in found if one.offer.role in LINES], who)
    helpers = _one_a_place([one for one in found if one.offer.role not in LINES], who)
    if who.request.form and not any(one.offer.role is Role.SUPPORT for one in helpers):
        other = field(replace(who, request=replace(who.request, form=None)), directory)
        missing = (Unmet.FORM, *(one for one in other.unmet if one is not Unmet.FORM))
        return replace(other, lines=tuple(lines), unmet=missing)
    return Field(
        who=who,
        lines=tuple(lines),
        helpers=tuple(helpers),
        widened=widened(helpers, who, directory),
        unmet=unmet(lines, helpers, who, directory),
        nearest=_nearest(found),
        since=who.moment,
        until=_end(found, who),
    )


def _prospects(who: Seeker, directory: Directory) -> list[Prospect]:
    """The candidates of the form that was asked for (and of any, among those who come first)."""
    found = []
    for row, (kind, along) in candidates(who, directory).items():
        offer = directory.rows[row]
        km = None if along is None or who.stand is None else who.stand.km(along)
        if kind is not Kind.CONTACT and who.request.form not in (None, offer.form):
            continue
        age = who.age(offer.source)
        how = freshness_at(offer, age)
        value = worth(offer, km, who, age, how)
        band = _band(kind, offer, km, who)
        found.append(Prospect(band, row, offer, km, value, how, call_first(offer, how)))
    return found


def _nearest(found: Iterable[Prospect]) -> int:
    """The row of the nearest helper with a place; -1 where none has one."""
    placed = ((one.km, one.row) for one in found if one.km is not None and one.offer.role not in LINES)
    return min(placed, default=(0.0, -1))[1]


def _band(kind: Kind, offer: Offer, km: float | None, who: Seeker) -> Band:
    if kind is Kind.REMOTE or kind is Kind.CONTACT:
        return Band.WITHIN_REACH
    if kind is Kind.LIST:
        return Band.SOMEWHERE
    own = who.home is not None and offer.municipality == who.home.code
    if kind is Kind.POINTER:
        return Band.ASK_HERE_FIRST if own else Band.ASK_ELSEWHERE
    if km is not None:
        return Band.WITHIN_REACH if km <= REACH_KM or (own and not who.exact) else Band.FAR
    if own or offer.home_visits or not offer.coverage.national:
        return Band.WITHIN_REACH  # Whoever names the municipality or region that they serve is there.
    is_asked_for = kind is Kind.TRAINING and COURSE in who.request.needs
    return Band.WITHIN_REACH if is_asked_for else Band.SOMEWHERE


def _one_a_place(found: list[Prospect], who: Seeker) -> list[Prospect]:
    """With the nearest lifted. A place that may be asked about one need and serves another for certain is two
    offers: where both are asked for, only what is certain is shown."""
    found = _lifted(found, Band.FAR, Band.NEAREST, unless=Band.WITHIN_REACH)
    found = _lifted(found, Band.ASK_ELSEWHERE, Band.ASK_HERE_FIRST, unless=Band.ASK_HERE_FIRST)
    if len(who.request.needs) == 1:
        return found
    certain = {_place(one.offer) for one in found if one.offer.role is Role.SUPPORT}
    return [one for one in found if one.offer.role is not Role.POINTER or _place(one.offer) not in certain]


def _place(offer: Offer) -> tuple[str, tuple[float, float] | None]:
    return offer.organisation.id, offer.point


def _lifted(found: list[Prospect], lowest: Band, band: Band, unless: Band) -> list[Prospect]:
    """With the nearest of those in ``lowest`` lifted to ``band``, unless somebody in person is in ``unless``.

    So the nearest library takes the place of one's own where the municipality has none, and the nearest
    declared support is not lost among what is far.
    """
    low = [one for one in found if one.band is lowest and one.offer.form is Form.IN_PERSON]
    if not low or any(one.band is unless and one.offer.form is Form.IN_PERSON for one in found):
        return found
    nearest = min(low, key=lambda one: (one.km is None, one.km or 0.0, one.row))
    return [one._replace(band=band) if one is nearest else one for one in found]


def _in_order(lines: list[Prospect], who: Seeker) -> Sequence[Prospect]:
    """Urgent lines first, and 112 before them all; those known to serve only in other languages last. Then by
    id: those of one kind are named in the order of use. Of the form asked for, or all where none has it:
    who comes first stays first."""
    asked, form = who.languages, who.request.form

    def order(one: Prospect) -> tuple[int, bool, bool, str]:
        offer = one.offer
        other = bool(asked and offer.languages) and asked.isdisjoint(offer.languages)
        return LINES.index(offer.role), offer.authority != "112", other, offer.id

    return sorted([one for one in lines if form in (None, one.offer.form)] or lines, key=order)


def _end(found: Iterable[Prospect], who: Seeker) -> float:
    """The next midnight in Finland, or the end of the first course that ends before."""
    midnight = datetime.combine(who.today + timedelta(days=1), time(0), HELSINKI).timestamp()
    return min([midnight, *(one.offer.ends.timestamp() for one in found if one.offer.ends)])
