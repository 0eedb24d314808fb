"""``hsds_check``: walks through an HSDS 3.0 interface as a stranger would, and tells what is not as specified.

Written from the published schemas and the specification alone; nothing here knows how ours is made. Run it
against any interface: ``python -m tests.referral.web.hsds.walker http://127.0.0.1:8080/hsds``.
"""

import json
import sys
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any
from urllib.error import HTTPError
from urllib.request import Request, urlopen

from tests.referral.web.hsds.published import faults

ENVELOPE = {
    "total_items": int,
    "total_pages": int,
    "page_number": int,
    "size": int,
    "first_page": bool,
    "last_page": bool,
    "empty": bool,
    "contents": list,
}
NEEDED, OPTIONAL = True, False
LISTS = (
    ("services", NEEDED, "compiled/service_list", "compiled/service"),
    ("organizations", OPTIONAL, "compiled/organization_list", "compiled/organization"),
    ("service_at_locations", OPTIONAL, "compiled/service_at_location_list", "compiled/service_at_location"),
    ("taxonomies", OPTIONAL, "taxonomy", "taxonomy"),
    ("taxonomy_terms", OPTIONAL, "taxonomy_term", "taxonomy_term"),
)
"""List, whether it must be there, the schema of its records on a page and by themselves."""

LOOKED_AT = 50
FAR = 999_999
NOBODY = "00000000-0000-4000-8000-000000000000"


@dataclass
class Report:
    """How many checks were made, which failed, and what is not there but need not be."""

    made: int = 0
    failed: list[str] = field(default_factory=list)
    absent: list[str] = field(default_factory=list)

    def check(self, holds: bool, what: str) -> bool:
        self.made += 1
        if not holds:
            self.failed.append(what)
        return holds


Get = Callable[[str], tuple[int, Any]]


def hsds_check(get: Get) -> Report:
    """Checks the interface that ``get`` reads: a path ("/services?page=1") in, the status and the JSON out."""
    report = Report()
    status, root = get("/")
    if report.check(status == 200 and isinstance(root, dict), f"/ answers {status}"):
        for name in ("version", "profile", "openapi_url"):
            report.check(isinstance(root.get(name), str) and bool(root[name]), f"/ has no {name}")
        report.check(str(root.get("version", "")).startswith("3."), "/ tells another version")
    for name, needed, listed, whole in LISTS:
        status, page = get(f"/{name}")
        if status == 404 and not needed:
            report.absent.append(f"/{name}")
        elif report.check(status == 200, f"/{name} answers {status}"):
            _list(report, get, f"/{name}", page, listed, whole)
    return report


def _list(report: Report, get: Get, path: str, page: Any, listed: str, whole: str) -> None:
    if not _envelope(report, path, page):
        return
    report.check(page["first_page"] is True and page["page_number"] == 1, f"{path} does not begin at page 1")
    report.check(page["empty"] == (not page["contents"]), f"{path} is wrong about being empty")
    for record in page["contents"][:LOOKED_AT]:
        report.check(not (found := faults(listed, record)), f"{path} {record.get('id')}: {found[:2]}")
        id = record.get("id")
        status, one = get(f"{path}/{id}")
        if report.check(status == 200, f"{path}/{id} answers {status}"):
            report.check(not (found := faults(whole, one)), f"{path}/{id}: {found[:2]}")
            report.check(one.get("id") == id, f"{path}/{id} is another one")
    status, far = get(f"{path}?page={FAR}")
    beyond = status == 404 or (status == 200 and far.get("contents") == [] and far.get("empty") is True)
    report.check(beyond, f"{path}?page={FAR} answers {status} and is not empty")
    status, _ = get(f"{path}/{NOBODY}")
    report.check(status == 404, f"{path}/{NOBODY} answers {status}")


def _envelope(report: Report, path: str, page: Any) -> bool:
    if not report.check(isinstance(page, dict), f"{path} is no page"):
        return False
    whole = [
        report.check(type(page.get(name)) is kind, f"{path} has no {name} that is a {kind.__name__}")
        for name, kind in ENVELOPE.items()
    ]
    report.check(
        not page.keys() - ENVELOPE.keys(), f"{path} has {sorted(page.keys() - ENVELOPE.keys())} beside"
    )
    return all(whole) and report.check(
        page["size"] == len(page["contents"]), f"{path} is wrong about its size"
    )


def over_http(address: str) -> Get:
    """Reads an interface at an address."""

    def get(path: str) -> tuple[int, Any]:
        try:
            with urlopen(Request(f"{address.rstrip('/')}{path}")) as response:
                return response.status, json.load(response)
        except HTTPError as error:
            with error:
                return error.code, None

    return get


if __name__ == "__main__":
    said = hsds_check(over_http(sys.argv[1]))
    lines = [*(f"failed: {one}" for one in said.failed), *(f"not there: {one}" for one in said.absent)]
    lines.append(f"{said.made} checks, {len(said.failed)} failed")
    sys.stdout.writelines(f"{line}\n" for line in lines)
    sys.exit(1 if said.failed else 0)
