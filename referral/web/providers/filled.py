"""The form by which a provider tells of itself, between the browser and ``submission.checked``.

A browser sends ticks and choices one by one; the check reads one line a field. Nothing is judged here.
"""

import re
from collections.abc import Mapping

from knowledge.model import Atlas
from locales.catalogue import Catalogues
from referral.directory import course
from referral.directory.published.week import in_everyday_words
from referral.directory.submission import FIELDS, NATIONAL, REGION, STORY
from referral.directory.training import CITIZENS

Filled = Mapping[str, tuple[str, ...]]
"""What was filled in: every value of every field of the form."""

TICKED = ("needs", "forms", "languages")
PLACES = "places"
"""The choice of ``coverage`` that stands for what is written into ``coverage_places``."""

TRAP = "fax_number"
"""A field that people do not see, and programs fill in."""

SHOWN = (*FIELDS, "coverage_places")
"""Every field that the form has, but the trap."""

CLOCKS = {
    "starts": ("date", r"\d{4}-\d\d-\d\d"),
    "ends": ("date", r"\d{4}-\d\d-\d\d"),
    "enrol_until": ("date", r"\d{4}-\d\d-\d\d"),
    "starts_time": ("time", r"\d\d:\d\d"),
    "ends_time": ("time", r"\d\d:\d\d"),
}
"""Fields for which browsers have something of their own, and what their own would hold."""

MOST_LETTERS = 4 * STORY
MOST_TICKS = 200


def read_form(posted: Filled) -> Filled:
    """The fields of our form among what was sent, none of them longer than anybody needs."""
    return {
        name: tuple(value[:MOST_LETTERS] for value in posted[name][:MOST_TICKS])
        for name in SHOWN
        if name in posted
    }


def to_check(filled: Filled) -> dict[str, str]:
    """The fields as ``submission.checked`` reads them."""
    said = {name: _first(filled, name) for name in FIELDS}
    said.update({name: ", ".join(filled.get(name, ())) for name in TICKED})
    if said["coverage"] == PLACES:
        # A comma alone names no place, and is not the same as nothing.
        said["coverage"] = _first(filled, "coverage_places").strip() or "?"
    return said


def from_fields(fields: Mapping[str, str], atlas: Atlas, catalogues: Catalogues, language: str) -> Filled:
    """What ``submission.fields_of`` gives, to fill the form in again; ``to_check`` of it means the same."""
    filled: dict[str, tuple[str, ...]] = {name: (fields.get(name, ""),) for name in FIELDS}
    filled.update({name: tuple(part for part in fields[name].split(", ") if part) for name in TICKED})
    here = atlas.municipalities.get(fields["municipality"])
    if here:
        filled["municipality"] = (catalogues.named(here.names, language),)
    filled["hours"] = (in_everyday_words(fields["hours"], language),)
    filled["again"] = (in_everyday_words(fields["again"], language),)
    if fields["audience"] == CITIZENS:
        filled["audience"] = ("",)
    covered = fields["coverage"]
    if covered == fields["municipality"]:
        filled["coverage"] = ("",)
    elif here and covered == here.region:
        filled["coverage"] = (REGION,)
    elif covered != NATIONAL:
        filled["coverage"] = (PLACES,)
        filled["coverage_places"] = (_named(covered, atlas, catalogues, language),)
    return filled


def inputs(filled: Filled) -> dict[str, str]:
    """The type of input of each of ``CLOCKS``. A browser's own shows nothing of what is written in another
    way ("3.12. klo 13"): that stands in a line of text, so that it is not lost."""
    return {
        name: kind if re.fullmatch(own, value) or not value else "text"
        for name, (kind, own) in CLOCKS.items()
        for value in (_first(filled, name),)
    }


def tells_course(filled: Filled) -> bool:
    """Whether something was filled in about a course or an event."""
    return any(_first(filled, name) for name in course.FIELDS)


def _named(covered: str, atlas: Atlas, catalogues: Catalogues, language: str) -> str:
    """Codes of regions and municipalities by their names, which the check reads too."""
    places = {code: one.names for code, one in atlas.regions.items()}
    places.update({code: one.names for code, one in atlas.municipalities.items()})
    codes = [part for part in covered.split(", ") if part]
    return ", ".join(catalogues.named(places[code], language) if code in places else code for code in codes)


def _first(filled: Filled, name: str) -> str:
    return filled.get(name, ("",))[0] if filled.get(name) else ""
