"""From a row of the sheet to an offer."""

import re
import unicodedata
from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import datetime

from knowledge.model import Names
from referral.directory.importers import cells
from referral.directory.importers.area import Lookup
from referral.directory.importers.columns import (
    AUDIENCES,
    CONFIDENCES,
    FORMS,
    FREE,
    KINDS,
    LANGUAGES,
    ROLES,
    YES_NO,
)
from referral.directory.importers.rejected import Unfit
from referral.directory.importers.row import Row
from referral.model import Confidence, Coverage, Form, Offer, Organisation, Role, Source

Services = Mapping[str, Names]
"""Descriptions kept once for many rows: what the column ``service`` names."""

NOWHERE = Coverage(national=False)

_NAMES = {"fi": "name", "sv": "name_sv", "en": "name_en", "se": "name_se"}
_DESCRIPTIONS = {
    "fi": "description",
    "fi@simple": "description_simple",
    "sv": "description_sv",
    "en": "description_en",
    "se": "description_se",
}


def offer(row: Row, names: Lookup, services: Services) -> Offer | None:
    """The row's offer; None where a cell cannot be used, and then ``row.rejections`` says why."""
    organisation = row.text("organisation")
    role = Role(row.read("role", _word(ROLES), Role.SUPPORT.value))
    made = Offer(
        id=row.text("id"),
        organisation=Organisation(
            slug(organisation), {"fi": organisation}, row.read("organisation_kind", _word(KINDS), "")
        ),
        names={"fi": organisation, **_texts(row, _NAMES)},
        descriptions={**row.read("service", _service(services), {}), **_texts(row, _DESCRIPTIONS)},
        role=role,
        form=Form(row.read("form", _word(FORMS), Form.IN_PERSON.value)),
        needs=row.read("needs", lambda value: names.served(value, role), frozenset()),
        coverage=row.read("coverage", names.coverage, NOWHERE),
        source=_source(row),
        authority=row.read("authority", _word(names.authorities), ""),
        audience=row.read("audience", _words(AUDIENCES), ()),
        languages=row.read("languages", _languages, ()),
        phone=row.read("phone", cells.phone, ""),
        url=row.read("web", cells.web, ""),
        hours=row.read("hours", cells.hours, ""),
        price=row.read("price", _price, ""),
        home_visits=bool(row.read("home_visits", _yes, None)),
        ethical_guidelines=row.read("ethical_guidelines", _yes, None),
    )
    made = _dated(row, _placed(row, names, made))
    _check_whole(row, made)
    made = made if made.id else replace(made, id=_id(made))
    if row.rejections:
        row.known_as(made.id)
        return None
    return made


def slug(words: str) -> str:
    """``words`` as an id: "Järvi-Suomen kirjasto" becomes "jarvi-suomen-kirjasto"."""
    letters = unicodedata.normalize("NFKD", words.casefold())
    ascii_only = "".join(letter for letter in letters if not unicodedata.combining(letter))
    return re.sub(r"[^a-z0-9]+", "-", ascii_only).strip("-")


def _id(made: Offer) -> str:
    """An id that the same row gets again next time: who, what, where and how."""
    parts = (made.organisation.id, made.names["fi"], made.street, made.municipality, made.form.value)
    start = f"{made.starts:%Y-%m-%d}" if made.starts else ""
    return slug(" ".join(dict.fromkeys(slug(part) for part in (*parts, start) if part)))


def _placed(row: Row, names: Lookup, made: Offer) -> Offer:
    """With its place. The municipality follows from the postcode, and the coverage from the municipality,
    where they are not written."""
    postcode = row.read("postcode", names.postcode, "")
    there = names.atlas.postcodes.get(postcode)
    municipality = row.read("municipality", names.municipality, there.municipality if there else "")
    if not row.text("coverage") and municipality:
        made = replace(made, coverage=Coverage(False, (), (municipality,)))
    return replace(
        made,
        street=row.text("street"),
        postcode=postcode,
        locality=row.text("locality") or (there.names["fi"] if there and row.text("street") else ""),
        municipality=municipality,
        point=_point(row),
    )


def _point(row: Row) -> tuple[float, float] | None:
    try:
        return cells.point(row.text("lat"), row.text("lon"))
    except Unfit as unfit:
        row.reject("lat", unfit.reason, unfit.fix)
        return None


def _dated(row: Row, made: Offer) -> Offer:
    nothing: datetime | None = None
    return replace(
        made,
        valid_from=row.read("valid_from", cells.day, None),
        valid_until=row.read("valid_until", cells.day, None),
        starts=row.read("starts", cells.moment, nothing),
        ends=row.read("ends", cells.moment, nothing),
        enrol_until=row.read("enrol_until", cells.moment, nothing),
        seats=row.read("seats", cells.count, None),
    )


def _source(row: Row) -> Source:
    confidence = Confidence(row.read("confidence", _word(CONFIDENCES), Confidence.MEDIUM.value))
    return Source(row.text("source"), row.read("checked", cells.day, None), confidence)


def _check_whole(row: Row, made: Offer) -> None:
    """What no cell can tell by itself."""
    if not made.organisation.id:
        row.reject("organisation", "the name of the organisation is missing", "Write who gives the help.")
    for field, what in (
        ("form", "in_person, remote or training"),
        ("needs", "ids of needs or groups, or: all"),
    ):
        if not row.text(field):
            row.reject(field, "the cell is empty", f"Write {what}.")
    if made.coverage == NOWHERE and not row.text("coverage"):
        row.reject(
            "coverage", "it is not known whom this is for", "Write municipalities, regions, or: national."
        )
    if made.role is not Role.URGENT and not (row.text("phone") or row.text("web") or made.street):
        row.reject(
            "", "nobody could get in touch", "Write a phone number, a web address or a street address."
        )
    for first, last in ((made.valid_from, made.valid_until), (made.starts, made.ends)):
        if first and last and last < first:
            row.reject(
                "ends" if isinstance(last, datetime) else "valid_until",
                "it ends before it begins",
                "Change one of the two.",
            )


def _texts(row: Row, columns: Mapping[str, str]) -> Names:
    return {language: row.text(column) for language, column in columns.items() if row.text(column)}


def _word(words: Mapping[str, tuple[str, ...]]) -> Callable[[str], str]:
    return lambda value: cells.one_of(value, words)


def _words(words: Mapping[str, tuple[str, ...]]) -> Callable[[str], tuple[str, ...]]:
    return lambda value: tuple(dict.fromkeys(cells.one_of(part, words) for part in cells.listed(value)))


def _languages(value: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys(cells.language(part, LANGUAGES) for part in cells.listed(value)))


def _service(services: Services) -> Callable[[str], Names]:
    return lambda value: services[cells.one_of(value, dict.fromkeys(services, ()))]


def _yes(value: str) -> bool | None:
    return cells.one_of(value, YES_NO) == "yes"


def _price(value: str) -> str:
    return "free" if cells.plain(value) in FREE else value
