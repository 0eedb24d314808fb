"""The tabular data package of HSDS (one CSV file a table) as the nested records of its JSON.

Each row of a table belongs to another by a column that ends in ``_id``; here every row is put under the
row that it belongs to, the most particular one first: a phone with a ``service_at_location_id`` is that
connection's, even if the service is named too.
"""

import csv
from collections.abc import Iterable, Mapping, Sequence
from io import BytesIO, StringIO
from typing import Any
from zipfile import BadZipFile, ZipFile

from referral.directory.importers.imported import File
from referral.directory.importers.rejected import Unfit

OWNERS: Mapping[str, tuple[str, ...]] = {
    "phones": ("service_at_location", "location", "service", "organization"),
    "schedules": ("service_at_location", "location", "service"),
    "languages": ("location", "service"),
    "addresses": ("location",),
    "service_areas": ("service",),
    "cost_options": ("service",),
}
"""Table -> what its rows belong to, the most particular first."""

TABLES = {
    "organization": "organizations",
    "service": "services",
    "location": "locations",
    "service_at_location": "service_at_locations",
}
MOST_BYTES = 200_000_000
"""What an unpacked package may hold: more is a mistake, or somebody's joke."""

_Rows = list[dict[str, Any]]


def unpacked(files: Iterable[File]) -> list[File]:
    """The files, with what is inside of zip files in their place. Raises Unfit for a broken one."""
    found = []
    for file in files:
        if not file.name.lower().endswith(".zip"):
            found.append(file)
            continue
        try:
            with ZipFile(BytesIO(file.content)) as package:
                if sum(member.file_size for member in package.infolist()) > MOST_BYTES:
                    raise Unfit("the package is too large", "Give the files one by one.")
                found += [File(name, package.read(name)) for name in package.namelist() if name[-1:] != "/"]
        except BadZipFile:
            raise Unfit("the file is no zip file", "Pack it again.") from None
    return found


def nested(files: Sequence[File]) -> list[dict[str, Any]]:
    """The services of the CSV files, with everything that belongs to them. Raises Unfit."""
    tables = {_table(file.name): _rows(file) for file in files}
    by_id = {
        kind: {row["id"]: row for row in tables.get(table, ()) if row.get("id")}
        for kind, table in TABLES.items()
    }
    for table, owners in OWNERS.items():
        for row in tables.get(table, ()):
            for owner in owners:
                if found := by_id[owner].get(row.get(f"{owner}_id", "")):
                    found.setdefault(table, []).append(row)
                    break
    _attach_terms(tables, by_id["service"])
    for row in by_id["service_at_location"].values():
        service = by_id["service"].get(row.get("service_id", ""))
        if service is not None:
            row["location"] = by_id["location"].get(row.get("location_id", ""), {})
            service.setdefault("service_at_locations", []).append(row)
    for service in by_id["service"].values():
        service["organization"] = by_id["organization"].get(service.get("organization_id", ""), {})
    return list(by_id["service"].values())


def _attach_terms(tables: Mapping[str, _Rows], services: Mapping[str, dict[str, Any]]) -> None:
    terms = {row.get("id"): row for row in tables.get("taxonomy_terms", ())}
    for row in tables.get("attributes", ()):
        service, term = services.get(row.get("link_id", "")), terms.get(row.get("taxonomy_term_id"))
        if service is not None and term is not None:
            service.setdefault("attributes", []).append({**row, "taxonomy_term": term})


def _table(name: str) -> str:
    """ "data/service_at_location.csv" is the table "service_at_locations"."""
    stem = name.replace("\\", "/").rpartition("/")[2].lower().removesuffix(".csv")
    return TABLES.get(stem, stem)


def _rows(file: File) -> _Rows:
    try:
        text = file.content.decode("utf-8-sig")
        rows = list(csv.DictReader(StringIO(text, newline="")))
    except (UnicodeDecodeError, csv.Error) as error:
        raise Unfit(f"{file.name} is no CSV in UTF-8: {error}", "Write it again.") from None
    return [{key: value for key, value in row.items() if key and value not in (None, "")} for row in rows]
