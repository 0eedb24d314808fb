"""The records of a feed as tables: each row once, leading to its owners by their ids."""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from referral.directory.published.feed import Feed
from referral.directory.published.shapes import SHAPES
from referral.directory.published.taxonomy import TAXONOMIES

Record = dict[str, Any]

_NESTED = {
    "organization": "organization",
    "service_at_locations": "service_at_location",
    "location": "location",
    "addresses": "address",
    "phones": "phone",
    "schedules": "schedule",
    "languages": "language",
    "service_areas": "service_area",
    "cost_options": "cost_option",
    "attributes": "attribute",
}
"""What is nested in a record under which name -> which kind of record it is. (Terms are told by themselves.)"""


def tables(feed: Feed) -> dict[str, list[Record]]:
    """The rows of each table by its name, in the order of ``SHAPES``; a table without rows is there too."""
    found: dict[str, dict[str, Record]] = {shape.table: {} for shape in SHAPES.values()}
    for kind, record in _records(feed):
        shape = SHAPES[kind]
        row = {name: record[name] for name in shape.fields if name in record}
        found[shape.table].setdefault(row["id"], {}).update(row)
    return {name: list(rows.values()) for name, rows in found.items()}


def _records(feed: Feed) -> Iterator[tuple[str, Record]]:
    for name in TAXONOMIES:
        yield "taxonomy", feed.taxonomy(name)
    for id in feed.terms:
        yield "taxonomy_term", feed.term(id)
    for service in feed.supply.services.values():
        yield from _within("service", feed.full_service(service))


def _within(kind: str, record: Mapping[str, Any]) -> Iterator[tuple[str, Record]]:
    """The record and everything that is nested in it."""
    yield kind, dict(record)
    for name, nested in _NESTED.items():
        inner: Iterable[Record] = record.get(name, ())
        for one in [inner] if isinstance(inner, dict) else inner:
            yield from _within(nested, one)
