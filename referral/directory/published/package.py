"""The published directory as files to take along: JSON, a tabular data package, and a workbook.

All three hold the same. JSON is what the interface gives for all services at once, and everything else is
within it; the tables are those of HSDS, described in ``datapackage.json`` with the keys that tie them. The
same directory always gives the same bytes.
"""

import csv
import json
import re
from collections.abc import Iterator, Mapping, Sequence
from io import BytesIO, StringIO
from typing import Any
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from referral.directory.published.feed import Feed
from referral.directory.published.shapes import SHAPES, Field, Shape
from referral.directory.published.tables import tables
from referral.directory.published.taxonomy import TAXONOMIES
from referral.sheets import Cell, Sheet, to_xlsx

Record = dict[str, Any]

VERSION = "3.0"
MOST_ROWS = 1_048_575
"""What a sheet of a workbook holds below its heading."""

_EPOCH = (2000, 1, 1, 0, 0, 0)
_RUN = re.compile(r"[=@\t\r]|[+\-](?![\d\s()–-]+$)")
"""What a spreadsheet program would run as a formula. A telephone number with its country's code is none."""

_TYPES = {"uuid": "string", "text": "string", "uri": "string", "date-time": "datetime"}
_FORMATS = {"uuid": "uuid", "uri": "uri"}


class TooLarge(Exception):
    """A table has more rows than a sheet can hold; the message names it."""


def to_json(feed: Feed) -> bytes:
    """Everything in one JSON document, the services under "contents"."""
    found = {
        "version": VERSION,
        "language": feed.voice.code,
        "date": feed.supply.day.isoformat(),
        "sources": _sources(feed),
        "contents": [feed.full_service(one) for one in feed.supply.services.values()],
        "organizations": [feed.flat_organization(one) for one in feed.supply.providers.values()],
        "taxonomies": [feed.taxonomy(name) for name in TAXONOMIES],
        "taxonomy_terms": [feed.term(id) for id in feed.terms],
    }
    return json.dumps(found, ensure_ascii=False, separators=(",", ":")).encode()


def to_csv_package(feed: Feed) -> bytes:
    """A zip file of CSV tables (UTF-8) and of ``datapackage.json``, which tells what they hold."""
    out = BytesIO()
    with ZipFile(out, "w", ZIP_DEFLATED) as package:
        _add(package, "datapackage.json", json.dumps(_described(feed), ensure_ascii=False, indent=1).encode())
        found = tables(feed)
        for shape in SHAPES.values():
            _add(package, f"{shape.table}.csv", _csv(shape, found[shape.table]))
    return out.getvalue()


def to_workbook(feed: Feed) -> bytes:
    """A workbook: a sheet that explains it, then one for each table. Raises TooLarge."""
    found = tables(feed)
    sheets = []
    for shape in SHAPES.values():
        rows = found[shape.table]
        if len(rows) > MOST_ROWS:
            raise TooLarge(f"The table {shape.table} has {len(rows)} rows; a workbook holds {MOST_ROWS}.")
        cells = tuple(tuple(row.get(name, "") for name in shape.fields) for row in rows)
        sheets.append(Sheet(shape.table, tuple(shape.fields), cells))
    return to_xlsx(_explained(feed), sheets)


def _csv(shape: Shape, rows: Sequence[Record]) -> bytes:
    text = StringIO()
    writer = csv.writer(text)
    writer.writerow(shape.fields)
    for row in rows:
        writer.writerow([_harmless(row.get(name, "")) for name in shape.fields])
    return text.getvalue().encode()


def _harmless(cell: Cell) -> Cell:
    """``cell`` with an apostrophe before what a spreadsheet program would run."""
    return f"'{cell}" if isinstance(cell, str) and _RUN.match(cell) else cell


def _add(package: ZipFile, name: str, content: bytes) -> None:
    entry = ZipInfo(name, _EPOCH)
    entry.compress_type = ZIP_DEFLATED
    package.writestr(entry, content)


def _described(feed: Feed) -> Record:
    return {
        "profile": "tabular-data-package",
        "name": "digituki-hsds",
        "title": "Digital support in Finland, in HSDS 3.0",
        "description": f"The language is {feed.voice.code}. As published on {feed.supply.day.isoformat()}.",
        "sources": [{"title": line} for line in _sources(feed)],
        "resources": [_resource(shape) for shape in SHAPES.values()],
    }


def _resource(shape: Shape) -> Record:
    keys = [
        {"fields": name, "reference": {"resource": _table(shape, field), "fields": "id"}}
        for name, field in shape.fields.items()
        if field.table
    ]
    return {
        "profile": "tabular-data-resource",
        "name": shape.table,
        "path": f"{shape.table}.csv",
        "description": shape.about,
        "format": "csv",
        "mediatype": "text/csv",
        "encoding": "utf-8",
        "schema": {
            "fields": [_field(name, field) for name, field in shape.fields.items()],
            "primaryKey": "id",
            "foreignKeys": keys,
            "missingValues": [""],
        },
    }


def _table(shape: Shape, field: Field) -> str:
    """The table that a key leads to: "" is the table itself, as the specification of data packages wants."""
    return "" if field.table == shape.table else field.table


def _field(name: str, field: Field) -> Record:
    found: Record = {"name": name, "type": _TYPES.get(field.kind, field.kind)}
    if field.kind in _FORMATS:
        found["format"] = _FORMATS[field.kind]
    rules: Mapping[str, bool] = {"required": field.required, "unique": name == "id"}
    if any(rules.values()):
        found["constraints"] = {rule: True for rule, holds in rules.items() if holds}
    return found


def _explained(feed: Feed) -> Iterator[tuple[str, Cell]]:
    yield (
        "what",
        "Digital support in Finland, in the tables of the Human Services Data Specification, HSDS 3.0",
    )
    yield "language", feed.voice.code
    yield "date", feed.supply.day.isoformat()
    yield (
        "keys",
        "A column that ends in _id holds the id of a row of another table; link_id that of a service.",
    )
    for shape in SHAPES.values():
        yield shape.table, shape.about
    for number, line in enumerate(_sources(feed), 1):
        yield f"source {number}", line


def _sources(feed: Feed) -> list[str]:
    """Whose data these are, and under which licence: it has to go where they go."""
    return [line.text for line in feed.supply.atlas.attributions]
