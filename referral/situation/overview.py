"""What a region has: its offers and helpers by form and language, and how well they are looked after."""

from collections import Counter
from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from knowledge.model import Atlas
from referral.directory.freshness import CHECKED_LATELY_DAYS
from referral.model import Form, Offer, Role
from referral.situation.supply import Supply, is_in_person, is_there


@dataclass(frozen=True, slots=True)
class Overview:
    """Declared support that lies in some regions or is for them (national lines are not counted).

    ``forms`` and ``languages`` count offers; one that serves in two languages counts in both, and
    ``language_unknown`` are those of which nobody has said. ``checked`` are those checked within six
    months. ``guided`` and ``unguided`` say whether they follow the national ethical guidelines; of the rest
    nobody knows. ``ask_first`` are libraries and the like that may be asked, and are not in the other figures.
    """

    offers: int
    helpers: int
    forms: Mapping[Form, int]
    helpers_by_form: Mapping[Form, int]
    languages: Mapping[str, int]
    language_unknown: int
    checked: int
    guided: int
    unguided: int
    ask_first: int


@dataclass(frozen=True, slots=True)
class Openings:
    """Points of support in person that opened and closed in a period, as far as their dates are known."""

    opened: tuple[Offer, ...]
    closed: tuple[Offer, ...]


def overview(supply: Supply, regions: Collection[str]) -> Overview:
    """The overview of ``regions`` on the day of ``supply``."""
    here = _of(supply.offers, regions, supply.directory.atlas)
    support = [one for one in here if one.role is Role.SUPPORT]
    oldest = supply.today.toordinal() - CHECKED_LATELY_DAYS

    def by_form(names: Iterable[tuple[Form, str]]) -> Mapping[Form, int]:
        return Counter(form for form, _ in names)

    return Overview(
        offers=len(support),
        helpers=len({one.organisation.id for one in support}),
        forms=by_form((one.form, one.id) for one in support),
        helpers_by_form=by_form({(one.form, one.organisation.id) for one in support}),
        languages=Counter(language for one in support for language in one.languages),
        language_unknown=_count(support, lambda one: not one.languages),
        checked=_count(
            support, lambda one: one.source.checked is not None and one.source.checked.toordinal() >= oldest
        ),
        guided=_count(support, lambda one: one.ethical_guidelines is True),
        unguided=_count(support, lambda one: one.ethical_guidelines is False),
        ask_first=_count(here, lambda one: one.role is Role.POINTER),
    )


def openings(
    offers: Iterable[Offer], regions: Collection[str], atlas: Atlas, first: date, last: date
) -> Openings:
    """What of ``offers`` (closed ones too) opened and closed from ``first`` to ``last`` in ``regions``."""
    points = [one for one in _of(offers, regions, atlas) if is_in_person(one)]
    return Openings(
        tuple(one for one in points if one.valid_from and first <= one.valid_from <= last),
        tuple(
            one
            for one in points
            if one.valid_until and first <= one.valid_until <= last and _closes(one, last)
        ),
    )


def _closes(offer: Offer, last: date) -> bool:
    """Whether nothing is left of it after the period: what is dated ends by itself."""
    return offer.ends is None and not is_there(offer, date.fromordinal(last.toordinal() + 1))


def _of(offers: Iterable[Offer], regions: Collection[str], atlas: Atlas) -> list[Offer]:
    """Those that lie in ``regions``, or name them or their municipalities as those they serve."""

    def inside(code: str) -> bool:
        return code in atlas.municipalities and atlas.municipalities[code].region in regions

    return [
        one
        for one in offers
        if inside(one.municipality)
        or any(region in regions for region in one.coverage.regions)
        or any(inside(code) for code in one.coverage.municipalities)
    ]


def _count(offers: Iterable[Offer], has: Callable[[Offer], bool]) -> int:
    return sum(1 for one in offers if has(one))
