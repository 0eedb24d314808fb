"""The same help told by two sources: found, shown, and merged by a stated precedence.

Two offers are twins when they come from different sources, help in the same form, and are at one place
under like names: within 150 metres, or at the same street and number, with names that rapidfuzz finds
alike. By phone or on the net, one number or one page under like names. Whoever knows better can tell two
apart (``apart``), and then they stay apart; or say that two are the same (``same``), of one source too.

Of twins one is shown: that of the source named first in ``PRECEDENCE`` (nearest to who gives the help),
then the one checked last, then the first id. What it leaves empty (hours, a phone) is filled in from the
others; what it says is never overruled. Every offer is still there as its source told it.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from itertools import combinations, product
from math import cos, hypot, radians

from rapidfuzz import fuzz

from referral.directory.distance import EARTH_KM
from referral.directory.importers.cells import plain
from referral.directory.index import FOR_SUPPORTERS
from referral.model import Form, Offer, Role

PRECEDENCE = ("provider", "sheet", "library", "event", "ptv", "hsds", "starter")
"""Sources by the beginning of the id, the most trusted first: those who give the help themselves, then
the coordinator's sheet, the libraries' own directory, calendars, the national register, other feeds."""

NEAR_KM = 0.15
"""A register puts a point at the door, another in the middle of the house."""

ALIKE = 82.0
"""How alike (0 to 100) the names of one place are: "Sodankylän kirjasto" and "Sodankylän
kunnankirjasto" are, "Sodankylän kirjasto" and "Sodankylän kansalaisopisto" are not."""

ALIKE_AT_ONE_ADDRESS = 78.0
"""At the same street and number less is enough."""

TOLD = "told"
"""Why two are twins of which a person has said so."""

_DEGREE_KM = EARTH_KM * radians(1)
_ROW, _COLUMN = 0.002, 0.004
"""Degrees of a square's sides: nowhere in Finland shorter than ``NEAR_KM``."""

_FILLED = (
    *("street", "postcode", "locality", "municipality", "point", "phone", "url", "hours", "price"),
    *("languages", "ethical_guidelines"),
)


@dataclass(frozen=True, slots=True)
class Twins:
    """Two offers that seem to be one: the one that is shown, the other, and why."""

    shown: str
    other: str
    alike: float
    km: float | None
    why: str


def find_twins(
    offers: Iterable[Offer],
    sources: Mapping[str, str],
    apart: Iterable[tuple[str, str]] = (),
    same: Iterable[tuple[str, str]] = (),
) -> tuple[Twins, ...]:
    """The pairs among ``offers``, by the ids; () where there are none.

    ``sources`` maps an offer's id to the kind of its source (a name of ``PRECEDENCE``); an offer that is
    not in it is of the kind that its id begins with. ``apart`` are pairs of ids, in any order, that a
    person has told apart; ``same`` those that a person has told to be one (``TOLD`` is their why), as long
    as ``may_be_one`` agrees.
    """
    offers = tuple(offers)
    told = {frozenset(pair) for pair in apart}
    found = []
    known = _Known()

    def add(one: Offer, other: Offer, match: tuple[float, float | None, str]) -> None:
        first, second = sorted((one, other), key=lambda offer: _rank(offer, sources))
        found.append(Twins(first.id, second.id, *match))
        told.add(frozenset((one.id, other.id)))

    for one, other in _told(offers, same):
        if frozenset((one.id, other.id)) not in told:
            add(one, other, (_likeness(one, other, known), _km(one, other), TOLD))
    for one, other in _candidates(offers, sources):
        if frozenset((one.id, other.id)) not in told and (match := _alike(one, other, known)):
            add(one, other, match)
    return tuple(sorted(found, key=lambda twins: (twins.shown, twins.other)))


def merge(offers: Iterable[Offer], twins: Iterable[Twins], sources: Mapping[str, str]) -> tuple[Offer, ...]:
    """The offers with each set of twins as one, in their order; what it lacked is filled in."""
    by_id = {offer.id: offer for offer in offers}
    heads = {id: id for id in by_id}
    for pair in twins:
        if pair.shown in by_id and pair.other in by_id:
            ends = {_head(pair.shown, heads), _head(pair.other, heads)}
            first = min(ends, key=lambda id: _rank(by_id[id], sources))
            heads.update(dict.fromkeys(ends, first))
    families: defaultdict[str, list[Offer]] = defaultdict(list)
    for id, offer in by_id.items():
        families[_head(id, heads)].append(offer)
    return tuple(
        _filled(by_id[id], sorted(families[id], key=lambda one: _rank(one, sources)))
        if len(families[id]) > 1
        else by_id[id]
        for id in by_id
        if id in families
    )


def shown_as(offers: Iterable[Offer], merged: Iterable[Offer], twins: Iterable[Twins]) -> Mapping[str, str]:
    """The id of each offer that ``merge`` has put into another -> the id of the one that is shown."""
    shown = {offer.id for offer in merged}
    hidden = [offer.id for offer in offers if offer.id not in shown]
    ties: defaultdict[str, list[str]] = defaultdict(list)
    for pair in twins:
        ties[pair.shown].append(pair.other)
        ties[pair.other].append(pair.shown)
    return {id: _nearest_shown(id, ties, shown) for id in hidden}


def _nearest_shown(id: str, ties: Mapping[str, list[str]], shown: Iterable[str]) -> str:
    reached, waiting = {id}, [id]
    while waiting:
        here = waiting.pop()
        if here in shown:
            return here
        waiting += [there for there in ties[here] if there not in reached]
        reached.update(ties[here])
    return id


def may_be_one(one: Offer, other: Offer) -> bool:
    """Whether two offers are of one sort, so that one card can stand for both: help in the same form and of
    the same kind, for the same people, and of a course the same time."""
    return one.id != other.id and _sort(one) == _sort(other)


def _told(offers: Sequence[Offer], same: Iterable[tuple[str, str]]) -> Iterator[tuple[Offer, Offer]]:
    """The pairs that a person has told to be one, of those that are both here and may be."""
    pairs = tuple(same)
    wanted = {id for pair in pairs for id in pair}
    by_id = {offer.id: offer for offer in offers if offer.id in wanted}
    for pair in pairs:
        one, other = (by_id.get(id) for id in pair)
        if one and other and may_be_one(one, other):
            yield one, other


def _sort(offer: Offer) -> tuple[object, ...]:
    return offer.form, offer.role is Role.POINTER, offer.starts, FOR_SUPPORTERS in offer.audience


def _candidates(offers: Iterable[Offer], sources: Mapping[str, str]) -> Iterator[tuple[Offer, Offer]]:
    """Pairs of different kinds that are worth comparing: in one square or at one address, or with one
    number or page.

    A pointer is no twin of support: that a place may be asked and that it helps are two things to say. What
    is for supporters is no twin of what is for citizens, who are never sent there.
    """
    kinds: defaultdict[str, list[Offer]] = defaultdict(list)
    for offer in offers:
        kinds[_kind(offer, sources)].append(offer)
    if len(kinds) < 2:
        return
    shelves: defaultdict[tuple[object, ...], defaultdict[str, list[Offer]]] = defaultdict(
        lambda: defaultdict(list)
    )
    for kind, given in kinds.items():
        for offer in given:
            for key in _keys(offer):
                shelves[key][kind].append(offer)
    seen: set[tuple[str, str]] = set()
    for shelf in shelves.values():
        for some, others in combinations(shelf.values(), 2):
            for one, other in product(some, others):
                pair = (one.id, other.id) if one.id < other.id else (other.id, one.id)
                if pair[0] != pair[1] and pair not in seen:
                    seen.add(pair)
                    yield one, other


def _keys(offer: Offer) -> Iterator[tuple[object, ...]]:
    sort = _sort(offer)
    if offer.form is Form.REMOTE:
        if digits := _digits(offer.phone):
            yield (*sort, "phone", digits)
        if offer.url:
            yield (*sort, "url", _page(offer.url))
        return
    if address := _address(offer):
        yield (*sort, "street", address)
    if offer.point:
        row, column = int(offer.point[0] / _ROW), int(offer.point[1] / _COLUMN)
        for down in (0, 1):
            for right in (0, 1):
                yield (*sort, "square", row + down, column + right)


class _Known(dict[str, tuple[str, ...]]):
    """The titles of offers by id, read once: their words in one order, so that order does not matter."""

    def of(self, offer: Offer) -> tuple[str, ...]:
        if offer.id not in self:
            self[offer.id] = tuple({" ".join(sorted(title.split())) for title in _titles(offer)})
        return self[offer.id]


def _alike(one: Offer, other: Offer, known: _Known) -> tuple[float, float | None, str] | None:
    """How alike the names are, how far apart the two are, and what they share; None for no twins."""
    if one.form is Form.REMOTE:
        same = _digits(one.phone) and _digits(one.phone) == _digits(other.phone)
        alike = _likeness(one, other, known)
        return (alike, None, "phone" if same else "page") if alike >= ALIKE else None
    km = _km(one, other)
    at_one_address = _address(one) is not None and _address(one) == _address(other)
    if not at_one_address and (km is None or km > NEAR_KM):
        return None
    alike = _likeness(one, other, known)
    if at_one_address and alike >= ALIKE_AT_ONE_ADDRESS:
        return alike, km, "address"
    return (alike, km, "place") if km is not None and km <= NEAR_KM and alike >= ALIKE else None


def _likeness(one: Offer, other: Offer, known: _Known) -> float:
    """Of their likest titles: 0 to 100."""
    return max(fuzz.ratio(first, second) for first in known.of(one) for second in known.of(other))


def _titles(offer: Offer) -> set[str]:
    """What the offer may be known by: its names and its organisation's, and a part after a comma."""
    names = {*offer.names.values(), *offer.organisation.names.values()}
    parts = {part for name in names for part in name.split(", ") if len(part) > 3}
    return {plain(name) for name in names | parts}


def _address(offer: Offer) -> tuple[str, str] | None:
    """Street and number as one writes them everywhere, with the municipality; None without a number."""
    street = plain(offer.street).replace(".", "")
    return (street, offer.municipality) if any(letter.isdigit() for letter in street) else None


def _km(one: Offer, other: Offer) -> float | None:
    if not one.point or not other.point:
        return None
    north = (one.point[0] - other.point[0]) * _DEGREE_KM
    east = (one.point[1] - other.point[1]) * _DEGREE_KM * cos(radians(one.point[0]))
    return hypot(north, east)


def _digits(phone: str) -> str:
    """The number without its country's prefix and without spaces."""
    digits = "".join(letter for letter in phone if letter.isdigit())
    return digits.removeprefix("358").lstrip("0") if phone else ""


def _page(url: str) -> str:
    return url.casefold().partition("://")[2].removeprefix("www.").rstrip("/")


def _kind(offer: Offer, sources: Mapping[str, str]) -> str:
    return sources.get(offer.id) or offer.id.partition("-")[0]


def _rank(offer: Offer, sources: Mapping[str, str]) -> tuple[int, int, str]:
    """The place in the precedence; then the one checked last, then the first id."""
    kind = _kind(offer, sources)
    place = PRECEDENCE.index(kind) if kind in PRECEDENCE else len(PRECEDENCE)
    return place, -(offer.source.checked or date.min).toordinal(), offer.id


def _head(id: str, heads: Mapping[str, str]) -> str:
    while heads[id] != id:
        id = heads[id]
    return id


def _filled(shown: Offer, family: Iterable[Offer]) -> Offer:
    for other in family:
        lacking = {
            name: getattr(other, name)
            for name in _FILLED
            if getattr(shown, name) in ("", (), None) and getattr(other, name) not in ("", (), None)
        }
        shown = replace(shown, **lacking, needs=shown.needs | other.needs)
    return shown
