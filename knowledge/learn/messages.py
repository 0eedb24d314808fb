"""Whole messages to learn from, as people write them: ``data/messages/*.tsv``.

``needs.tsv`` holds requests, with their needs and whether they are for somebody else. ``other.tsv`` holds what
is urgent, outside or small talk, and ordinary requests that share words with these, with their needs. The
columns are those of the evaluation sets of the same names; no row is in both.
"""

import csv
from collections.abc import Collection, Iterator, Mapping
from importlib.resources import files
from typing import NamedTuple

from knowledge.model import BadData

ORDINARY = "none"
"""What ``expect`` says of an ordinary request; its needs are in a column of their own."""

MEANS = {"repair": "device_repair", "purchase": "device_purchase", "security_question": "data_security"}
"""The class of what ``expect`` names otherwise; every other word there is a class."""


class Message(NamedTuple):
    """A message and the class or classes that it belongs to in equal parts."""

    text: str
    meanings: tuple[str, ...]


def messages(classes: Collection[str]) -> Iterator[Message]:
    """Every message, in the order of the files; raises ``BadData`` for a class that is not in ``classes``."""
    for name in ("needs.tsv", "other.tsv"):
        for row in (table := rows(name)):
            meanings = _meanings(row)
            if not set(meanings) <= set(classes):
                raise BadData(f"messages/{name}", table.line_num, f"no such class: {', '.join(meanings)}")
            yield Message(row["text"], meanings)


def rows(name: str) -> "csv.DictReader[str]":
    """The rows of one file, by the names of its columns."""
    written = (files("knowledge") / "data" / "messages" / name).read_text(encoding="utf-8")
    return csv.DictReader(written.splitlines(), delimiter="\t", quoting=csv.QUOTE_NONE)


def _meanings(row: Mapping[str, str]) -> tuple[str, ...]:
    expected = row.get("expect", ORDINARY)
    return tuple(row["needs"].split("|")) if expected == ORDINARY else (MEANS.get(expected, expected),)
