"""What a provider tells of its own help, on the page by which it joins the network.

Nobody has to give anything about a person: who (an organisation), what, where, how and when. The fields
are words, as a form sends them and as ``fields_of`` gives them back:

``organisation``, ``kind`` (a key of ``columns.KINDS``), ``name_fi``, ``name_sv``, ``name_en``, ``name_se`` and
``description_fi``, … (all may be empty), ``needs`` (ids of needs or groups, or "all", parted by commas),
``forms`` (of ``Form``, parted by commas), ``street``, ``postcode``, ``municipality`` (a name or code),
``coverage`` ("" for one's own municipality, "region" for one's own region, "national", or names and codes of
municipalities and regions, parted by commas), ``languages`` (codes or names, parted by commas), ``hours`` (in
everyday words), ``phone``, ``url``, ``price`` ("free" or words), ``home_visits`` and ``ethical_guidelines``
("yes", "no" or "" for unknown), ``email`` (never shown), and those of ``course``: a course or an event is
one of the forms, with or without having been ticked.

- ``checked(fields, catalog, atlas, today=None) -> Submission | tuple[Fault, ...]``
- ``fields_of(submission)``: to fill the form in again; ``checked`` makes the same submission of them.
- ``region_of(submission, atlas)``: whose coordinator decides; "" for the national one.

The offers that it makes are in ``submission_offers``.
"""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import TypeVar

from knowledge.model import Atlas, Catalog, Names
from locales.text import Text, say
from referral.directory import course
from referral.directory.course import Course
from referral.directory.importers import cells
from referral.directory.importers.area import Lookup, lookup
from referral.directory.importers.columns import FREE, KINDS, LANGUAGES, YES_NO
from referral.directory.importers.rejected import Unfit
from referral.model import Coverage, Form, Role

REGION, NATIONAL = "region", "national"
SPOKEN = ("fi", "sv", "en", "se")
"""The languages in which names and descriptions are asked for."""

LINE, STORY = 200, 1000
"""Characters that a line and a description may have."""

FIELDS = (
    *("organisation", "kind", *(f"name_{code}" for code in SPOKEN)),
    *(f"description_{code}" for code in SPOKEN),
    *("needs", "forms", "street", "postcode", "municipality", "coverage", "languages", "hours", "phone"),
    *("url", "price", *course.FIELDS, "home_visits", "ethical_guidelines", "email"),
)
"""What ``checked`` reads; other fields are passed over."""

NO_NAME = say("Write the name of the organisation.")
NO_CHOICE = say("Choose at least one.")
UNKNOWN = say("Choose one of the alternatives.")
NO_MUNICIPALITY = say("Write the name of the municipality.")
NO_POSTCODE = say("Write the five digits of the postcode.")
NO_COVERAGE = say("Write names of municipalities or regions, or choose the whole country.")
NO_CONTACT = say("Write a phone number, a web address or a street address, so that people can reach you.")
NO_PHONE = say("Write only the number, for example 09 123 4567.")
NO_URL = say("Write the whole web address, for example https://www.example.org.")
NO_HOURS = say("Write the opening hours like this: Mon–Fri 9–15, Sat closed.")
NO_EMAIL = say("Write the e-mail address like this: name@example.org.")

_NOWHERE = Coverage(national=False)
_EMAIL = re.compile(r"[^@\s,;<>\"]{1,64}@[^@\s,;<>\"]+\.[^@\s,;<>\".]{2,}")
_Value = TypeVar("_Value")


@dataclass(frozen=True, slots=True)
class Submission:
    """What was sent, checked. ``hours`` are in the ``opening_hours`` syntax; "" and None as in ``Offer``."""

    organisation: str
    kind: str
    names: Names
    descriptions: Names
    needs: tuple[str, ...]
    forms: tuple[Form, ...]
    coverage: Coverage
    languages: tuple[str, ...] = ()
    street: str = ""
    postcode: str = ""
    locality: str = ""
    municipality: str = ""
    hours: str = ""
    phone: str = ""
    url: str = ""
    price: str = ""
    home_visits: bool = False
    ethical_guidelines: bool | None = None
    email: str = ""
    course: Course | None = None


@dataclass(frozen=True, slots=True)
class Fault:
    """What is wrong with a field, as a sentence that says how to write it."""

    field: str
    sentence: Text


def checked(
    fields: Mapping[str, str], catalog: Catalog, atlas: Atlas, today: date | None = None
) -> Submission | tuple[Fault, ...]:
    """The submission that ``fields`` make, or every fault in them, in the order of the form.

    ``today`` tells the year of a course's day without one, and what is over.
    """
    form = _Form(fields)
    made = _with_course(_read(form, lookup(atlas, catalog)), course.read(form.text, form.fault, today))
    if not made.organisation:
        form.fault("organisation", NO_NAME)
    for field, chosen in (("needs", made.needs), ("forms", made.forms)):
        if not chosen and not (field == "forms" and form.faults.keys() & set(course.FIELDS)):
            form.fault(field, NO_CHOICE)
    if not made.municipality and (Form.IN_PERSON in made.forms or made.coverage == _NOWHERE):
        form.fault("municipality", NO_MUNICIPALITY)
    if not (form.text("phone") or form.text("url") or form.text("street")):
        form.fault("phone", NO_CONTACT)
    faults = sorted(form.faults.values(), key=lambda fault: FIELDS.index(fault.field))
    return tuple(faults) or made


def fields_of(submission: Submission) -> Mapping[str, str]:
    """The fields of ``submission``: ``checked`` makes the same of them again."""
    coverage = submission.coverage
    places = (*coverage.regions, *coverage.municipalities)
    return {
        "organisation": submission.organisation,
        "kind": submission.kind,
        **{f"name_{code}": submission.names.get(code, "") for code in SPOKEN},
        **{f"description_{code}": submission.descriptions.get(code, "") for code in SPOKEN},
        "needs": ", ".join(submission.needs),
        "forms": ", ".join(submission.forms),
        "street": submission.street,
        "postcode": submission.postcode,
        "municipality": submission.municipality,
        "coverage": NATIONAL if coverage.national else ", ".join(places),
        "languages": ", ".join(submission.languages),
        "hours": submission.hours,
        "phone": submission.phone,
        "url": submission.url,
        "price": submission.price,
        "home_visits": "yes" if submission.home_visits else "",
        "ethical_guidelines": {True: "yes", False: "no", None: ""}[submission.ethical_guidelines],
        "email": submission.email,
        **course.fields_of(submission.course),
    }


def region_of(submission: Submission, atlas: Atlas) -> str:
    """The region in which the provider is, or which it serves; "" where it serves more than one."""
    here = atlas.municipalities.get(submission.municipality)
    if here:
        return here.region
    covered = submission.coverage
    inside = {
        atlas.municipalities[code].region for code in covered.municipalities if code in atlas.municipalities
    }
    regions = inside | set(covered.regions)
    return regions.pop() if len(regions) == 1 and not covered.national else ""


class _Form:
    """The fields of a form, read one by one; the first fault of each is kept."""

    def __init__(self, fields: Mapping[str, str]) -> None:
        self.faults: dict[str, Fault] = {}
        self._fields = fields

    def fault(self, field: str, sentence: Text) -> None:
        self.faults.setdefault(field, Fault(field, sentence))

    def text(self, field: str, most: int = LINE) -> str:
        sent = self._fields.get(field, "").replace("\0", "").encode("utf-8", "replace").decode()
        value = " ".join(sent.split())
        if len(value) > most:
            self.fault(field, say("This is too long. Write at most {n} characters.", n=most))
            return ""
        return value

    def read(self, field: str, parse: Callable[[str], _Value], empty: _Value, sentence: Text) -> _Value:
        value = self.text(field, STORY)
        try:
            return parse(value) if value else empty
        except (Unfit, ValueError):
            self.fault(field, sentence)
            return empty


def _read(form: _Form, names: Lookup) -> Submission:
    postcode = form.read("postcode", names.postcode, "", NO_POSTCODE)
    there = names.atlas.postcodes.get(postcode)
    here = there.municipality if there else ""
    municipality = form.read("municipality", names.municipality, here, NO_MUNICIPALITY)
    organisation, street = form.text("organisation"), form.text("street")
    return Submission(
        organisation=organisation,
        kind=form.read("kind", lambda value: cells.one_of(value, KINDS), "", UNKNOWN),
        names=_told(form, "name", LINE),
        descriptions=_told(form, "description", STORY),
        needs=form.read("needs", lambda value: _needs(value, names), (), UNKNOWN),
        forms=form.read("forms", _forms, (), UNKNOWN),
        coverage=form.read(
            "coverage", lambda value: _coverage(value, municipality, names), _own(municipality), NO_COVERAGE
        ),
        languages=form.read("languages", _languages, (), UNKNOWN),
        street=street,
        postcode=postcode,
        locality=there.names["fi"] if there and street else "",
        municipality=municipality,
        hours=form.read("hours", cells.hours, "", NO_HOURS),
        phone=form.read("phone", cells.phone, "", NO_PHONE),
        url=form.read("url", cells.web, "", NO_URL),
        price=_price(form.text("price")),
        home_visits=bool(form.read("home_visits", _yes, None, UNKNOWN)),
        ethical_guidelines=form.read("ethical_guidelines", _yes, None, UNKNOWN),
        email=form.read("email", _email, "", NO_EMAIL),
    )


def _with_course(made: Submission, told: Course | None) -> Submission:
    if told is None:
        return made
    chosen = {*made.forms, Form.TRAINING}
    return replace(made, course=told, forms=tuple(form for form in Form if form in chosen))


def _told(form: _Form, what: str, most: int) -> Names:
    said = {code: form.text(f"{what}_{code}", most) for code in SPOKEN}
    return {code: words for code, words in said.items() if words}


def _needs(value: str, names: Lookup) -> tuple[str, ...]:
    return tuple(sorted(names.served(value, Role.SUPPORT)))


def _forms(value: str) -> tuple[Form, ...]:
    chosen = {Form(part) for part in cells.listed(value)}
    return tuple(form for form in Form if form in chosen)


def _languages(value: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys(cells.language(part, LANGUAGES) for part in cells.listed(value)))


def _coverage(value: str, municipality: str, names: Lookup) -> Coverage:
    if cells.plain(value) != REGION:
        return names.coverage(value)
    here = names.atlas.municipalities.get(municipality)
    return Coverage(False, (here.region,)) if here else _NOWHERE


def _own(municipality: str) -> Coverage:
    return Coverage(False, (), (municipality,)) if municipality else _NOWHERE


def _price(value: str) -> str:
    return "free" if cells.plain(value) in FREE else value


def _yes(value: str) -> bool | None:
    return None if value == "unknown" else cells.one_of(value, YES_NO) == "yes"


def _email(value: str) -> str:
    if len(value) > LINE or not _EMAIL.fullmatch(value):
        raise ValueError(value)
    return value
