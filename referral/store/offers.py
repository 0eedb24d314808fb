"""Offers in the database: a row for each, and back again without loss.

``row_of`` and ``read`` are pure. Words that a database refuses (NUL, half a letter) are taken out on the
way in: ``as_stored`` gives an offer as it will be read again, so that what a source gives can be compared
with what it gave before.

Writing, within the caller's transaction; whoever changes what is shown also calls ``revision.raise_it``:

- ``put(connection, offers, source, day)``: adds the offers, or changes those with the same id.
- ``find(connection, id) -> Stored | None``
- ``of_sources(connection, sources) -> tuple[Stored, ...]``, closed ones too.
"""

import json
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import lru_cache
from hashlib import sha256
from typing import Any, cast

from sqlalchemy import Connection, Select, select

from knowledge.model import Names
from referral.hours import HELSINKI
from referral.model import Confidence, Coverage, Form, Offer, Organisation, Role, Source
from referral.store.database import insert, run_many
from referral.store.schema import OFFERS, ORGANISATIONS

NATIONAL = "national"
_EPOCH = date(1970, 1, 1)
_FLAGS = {"yes": True, "no": False, "": None}
_WORDS = {flag: word for word, flag in _FLAGS.items()}

_ENCODER = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"))

_TEXTS = (
    *("authority", "street", "postcode", "locality", "municipality"),
    *("phone", "url", "hours", "price"),
)
"""Columns that hold a text of the offer as it is."""

READ = (
    *("id", "source", "names", "descriptions", "role", "form", "needs", "coverage"),
    *("authority", "audience", "languages", "street", "postcode", "locality", "municipality", "point"),
    *("phone", "url", "hours", "price", "home_visits", "ethical_guidelines", "valid_from", "valid_until"),
    *("starts", "ends", "enrol_until", "seats", "cited", "checked", "confidence", "modified"),
)
"""The columns of an offer in the order in which ``read`` takes them; its organisation's come after them."""


@dataclass(frozen=True, slots=True)
class Stored:
    """An offer, the name of the source that it belongs to, and the day of its last change."""

    offer: Offer
    source: str
    modified: date


def whole_day(day: date) -> int:
    """``day`` as the tables keep it: whole days since 1970."""
    return (day - _EPOCH).days


def day_of(number: int) -> date:
    """The day that the tables keep as ``number``."""
    return _EPOCH + timedelta(days=number)


def row_of(offer: Offer, source: str, day: date) -> dict[str, str | int]:
    """The row of ``offer`` that belongs to ``source``, changed on ``day``."""
    texts = {name: clean(getattr(offer, name)) for name in _TEXTS}
    return {
        **texts,
        "id": clean(offer.id),
        "source": source,
        "organisation": key_of(offer.organisation),
        "names": _json(offer.names),
        "descriptions": _json(offer.descriptions),
        "role": offer.role.value,
        "form": offer.form.value,
        "needs": " ".join(sorted(offer.needs)),
        "coverage": _covered(offer.coverage),
        "audience": " ".join(offer.audience),
        "languages": " ".join(offer.languages),
        "point": f"{offer.point[0]!r} {offer.point[1]!r}" if offer.point else "",
        "home_visits": _WORDS[offer.home_visits],
        "ethical_guidelines": _WORDS[offer.ethical_guidelines],
        "valid_from": _iso(offer.valid_from),
        "valid_until": _iso(offer.valid_until),
        "starts": _iso(offer.starts),
        "ends": _iso(offer.ends),
        "enrol_until": _iso(offer.enrol_until),
        "seats": "" if offer.seats is None else str(offer.seats),
        "cited": clean(offer.source.name),
        "checked": _iso(offer.source.checked),
        "confidence": offer.source.confidence.value,
        "modified": whole_day(day),
    }


def organisation_row(organisation: Organisation) -> dict[str, str]:
    """The row of an organisation."""
    return {
        "key": key_of(organisation),
        "id": clean(organisation.id),
        "names": _json(organisation.names),
        "kind": clean(organisation.kind),
    }


def key_of(organisation: Organisation) -> str:
    """Its id and a checksum of all that is told of it."""
    told = f"{organisation.kind}\n{_json(organisation.names)}"
    return f"{clean(organisation.id)}#{sha256(told.encode()).hexdigest()[:12]}"


def read(row: Sequence[Any]) -> Stored:
    """The offer of a row: ``READ``, then the organisation's id, names and kind.

    What many offers share (a list of needs, a description) is one object in memory. Raises ValueError
    for a row that another version of the program wrote and this one cannot read.
    """
    return Stored(_offer(row), row[1], day_of(row[31]))


def _offer(row: Sequence[Any]) -> Offer:
    id, _, names, descriptions, role, form, needs, coverage, authority, audience, languages = row[:11]
    street, postcode, locality, municipality, point, phone, url, hours, price, visits, ethical = row[11:22]
    valid_from, valid_until, starts, ends, enrol_until, seats, cited, checked, confidence = row[22:31]
    organisation, organisation_names, organisation_kind = row[32:]
    return Offer(
        id=id,
        organisation=_organisation(organisation, organisation_names, organisation_kind),
        names=_names(names) if names == organisation_names else json.loads(names),
        descriptions=_names(descriptions),
        role=Role(role),
        form=Form(form),
        needs=_needs(needs),
        coverage=_coverage(coverage),
        source=_source(cited, checked, confidence),
        authority=authority,
        audience=_parts(audience),
        languages=_parts(languages),
        street=street,
        postcode=postcode,
        locality=locality,
        municipality=municipality,
        point=_point(point),
        phone=phone,
        url=url,
        hours=hours,
        price=price,
        home_visits=visits == "yes",
        ethical_guidelines=_FLAGS[ethical],
        valid_from=_day(valid_from),
        valid_until=_day(valid_until),
        starts=_moment(starts),
        ends=_moment(ends),
        enrol_until=_moment(enrol_until),
        seats=int(seats) if seats else None,
    )


def as_stored(offer: Offer) -> Offer:
    """``offer`` as it will be read from the database."""
    row = {**row_of(offer, "", _EPOCH), "organisation": ""}
    organisation = organisation_row(offer.organisation)
    return read(
        [*(row[name] for name in READ), organisation["id"], organisation["names"], organisation["kind"]]
    ).offer


def put(connection: Connection, offers: Iterable[Offer], source: str, day: date) -> None:
    """Adds ``offers`` of ``source``, or changes those that are there under the same ids, whosever they were."""
    rows, organisations = [], {}
    for offer in offers:
        rows.append(row_of(offer, source, day))
        organisation = organisation_row(offer.organisation)
        organisations[organisation["key"]] = organisation
    dialect = connection.dialect.name
    new = insert(dialect, ORGANISATIONS).on_conflict_do_nothing()
    run_many(connection, new, list(organisations.values()))
    added = insert(dialect, OFFERS)
    told = {name: added.excluded[name] for name in OFFERS.columns.keys() if name != "id"}  # noqa: SIM118 (no mapping)
    run_many(connection, added.on_conflict_do_update(index_elements=["id"], set_=told), rows)


def find(connection: Connection, id: str) -> Stored | None:
    """The offer with this id, a closed one too; None where there is none."""
    found = connection.execute(query().where(OFFERS.c.id == id)).one_or_none()
    return None if found is None else read(found)


def of_sources(connection: Connection, sources: Iterable[str]) -> tuple[Stored, ...]:
    """The offers that belong to these sources, closed ones too, by id."""
    theirs = query().where(OFFERS.c.source.in_(tuple(sources)))
    return tuple(sorted(each(connection, theirs), key=lambda one: one.offer.id))


def query() -> Select[Any]:
    """What ``read`` reads, of all offers."""
    told = (ORGANISATIONS.c.id, ORGANISATIONS.c.names, ORGANISATIONS.c.kind)
    joined = OFFERS.join(ORGANISATIONS, OFFERS.c.organisation == ORGANISATIONS.c.key)
    return select(*(OFFERS.c[name] for name in READ), *told).select_from(joined)


def each(connection: Connection, wanted: Select[Any]) -> Iterator[Stored]:
    """The offers that ``wanted`` (made from ``query``) finds, one after another."""
    for row in connection.execute(wanted):
        yield read(row)


def clean(words: str) -> str:
    """``words`` without what a database refuses to keep."""
    if words.isascii() and "\0" not in words:
        return words
    return words.replace("\0", "").encode("utf-8", "replace").decode()


def _json(names: Names) -> str:
    told = {clean(language): clean(said) for language, said in sorted(names.items())}
    return _ENCODER.encode(told)


def _iso(when: date | None) -> str:
    return when.isoformat() if when else ""


def _covered(coverage: Coverage) -> str:
    parts = [*(f"r{code}" for code in coverage.regions), *(f"m{code}" for code in coverage.municipalities)]
    return " ".join([NATIONAL, *parts] if coverage.national else parts)


@lru_cache(maxsize=2000)
def _coverage(words: str) -> Coverage:
    parts = words.split()
    return Coverage(
        NATIONAL in parts,
        tuple(part[1:] for part in parts if part[0] == "r"),
        tuple(part[1:] for part in parts if part[0] == "m"),
    )


@lru_cache(maxsize=5000)
def _organisation(id: str, names: str, kind: str) -> Organisation:
    return Organisation(id, _names(names), kind)


@lru_cache(maxsize=5000)
def _names(words: str) -> Names:
    return cast(Names, json.loads(words))


@lru_cache(maxsize=2000)
def _needs(words: str) -> frozenset[str]:
    return frozenset(words.split())


@lru_cache(maxsize=500)
def _parts(words: str) -> tuple[str, ...]:
    return tuple(words.split())


@lru_cache(maxsize=2000)
def _source(name: str, checked: str, confidence: str) -> Source:
    return Source(name, _day(checked), Confidence(confidence))


def _point(words: str) -> tuple[float, float] | None:
    if not words:
        return None
    lat, lon = words.split()
    return float(lat), float(lon)


def _day(words: str) -> date | None:
    return date.fromisoformat(words) if words else None


def _moment(words: str) -> datetime | None:
    """In Finland's time, as everywhere; a moment without an offset stays as it was written."""
    if not words:
        return None
    moment = datetime.fromisoformat(words)
    return moment.astimezone(HELSINKI) if moment.tzinfo else moment
