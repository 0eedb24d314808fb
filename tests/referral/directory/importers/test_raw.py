"""The records that offers are made of, as they were given."""

import json

from referral.directory.importers.imported import File
from referral.directory.importers.raw import raw_records

PAGES = (
    File("1.json", b'{"itemList": [{"id": "a", "name": "\xc3\xa4"}, {"id": "b"}]}'),
    File("2.json", b'{"items": [{"contentId": "c", "n": 1}, {"id": 7}]}'),
    File("broken.json", b"{"),
)


def test_what_is_wanted_is_kept() -> None:
    found = raw_records(PAGES, {"a": (), "c": (), "7": (), "x": ("b",)})
    assert {id: json.loads(content) for id, content in found.items()} == {
        "a": {"id": "a", "name": "ä"},
        "c": {"contentId": "c", "n": 1},
        "7": {"id": 7},
    }
    assert all(content.isascii() for content in found.values())


def test_what_belongs_to_it_is_kept_with_it() -> None:
    found = raw_records(PAGES, {"c": ("b", "not there"), "b": ("not there",)})
    assert {id: json.loads(content) for id, content in found.items()} == {
        "c": [{"contentId": "c", "n": 1}, {"id": "b"}],
        "b": {"id": "b"},
    }


def test_a_sheet_has_no_records() -> None:
    assert raw_records([File("lappi.csv", b"organisation,form\n")], {"a": ()}) == {}
