"""What is counted, declared in one list, and nothing else is.

Every counter belongs to a month (one to a year) and to a few codes of our own choosing; there is no
row for a request. Language never meets municipality, so that language, municipality and need can
never be put together. A table counts every fact that has all of its columns: to count something
new, add one line to ``TABLES`` and a migration.

One request raises each table by at most one. Of several reasons why it went unmet, the gravest is
counted.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from referral.model import DemandEntry, Form, Outcome, Unmet

NOT_SAID = "-"
"""Stands for the municipality, and so for the region, of somebody who would rather not say."""

MONTHS_KEPT = 26
"""How long counters are kept; released tables are kept for good."""


@dataclass(frozen=True, slots=True)
class CounterTable:
    """One table of counters: its name, how fine its time is ("month" or "year"), and its columns."""

    name: str
    period: str
    columns: tuple[str, ...]


TABLES = (
    CounterTable("demand_by_municipality_need", "month", ("municipality", "need")),
    CounterTable("demand_by_region_language", "month", ("region", "language")),
    CounterTable("demand_by_region_outcome", "month", ("region", "need_group", "form", "outcome")),
    CounterTable("demand_by_region_group_language", "year", ("region", "need_group", "language")),
    CounterTable("demand_by_asker_channel", "month", ("region", "asker", "channel")),
    CounterTable("unmet_by_region_reason", "month", ("region", "need_group", "reason")),
    CounterTable("helped_by_region", "month", ("region", "helped")),
    CounterTable("misses_by_language", "month", ("language", "kind")),
)

_CODE = r"[a-z][a-z0-9_]{0,39}"
_ONE_OF = "|".join
COLUMNS: Mapping[str, re.Pattern[str]] = {
    "municipality": re.compile(r"\d{3}|-"),
    "region": re.compile(r"\d{2}|-"),
    "need": re.compile(_CODE),
    "need_group": re.compile(_CODE),
    "language": re.compile(r"[a-z]{2}(@simple)?"),
    "form": re.compile(_ONE_OF(["any", *Form])),
    "outcome": re.compile(_ONE_OF(Outcome)),
    "asker": re.compile("self|other"),
    "channel": re.compile(_CODE),
    "reason": re.compile(_ONE_OF(Unmet)),
    "helped": re.compile("yes|no"),
    "kind": re.compile("need|place"),
}
"""What each column may hold: codes only, so that no words of a person can ever become a counter."""


@dataclass(frozen=True, slots=True, order=True)
class Increment:
    """Add one to the counter of ``table`` (a name) at ``period`` and ``values`` (in column order)."""

    table: str
    period: str
    values: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Codes:
    """What leads from one code to another: need -> group, municipality -> region."""

    group_of: Mapping[str, str]
    region_of: Mapping[str, str]


class BadFact(Exception):
    """Something that no counter may hold: an unknown code, or words. A fault of ours, not of a person's.

    The message names the column and not the value, because the message is logged.
    """

    code = "bad_fact"


def of_demand(entry: DemandEntry, day: date, codes: Codes) -> tuple[Increment, ...]:
    """The counters that one request raises. Raises BadFact for a need or a municipality not in ``codes``."""
    fact = {
        "municipality": entry.municipality or NOT_SAID,
        "region": _region(entry.municipality, codes),
        "need": entry.need,
        "need_group": _known(codes.group_of, entry.need, "need"),
        "language": entry.language,
        "form": entry.form,
        "outcome": str(entry.outcome),
        "asker": "other" if entry.on_behalf else "self",
        "channel": entry.channel,
    }
    if entry.unmet:
        fact["reason"] = str(min(entry.unmet, key=list(Unmet).index))
    return _increments(fact, day)


def of_helped(municipality: str, helped: bool, day: date, codes: Codes) -> tuple[Increment, ...]:
    """The counters that one answer to "did this help" raises; ``municipality`` may be "".

    Raises BadFact for a municipality not in ``codes``.
    """
    return _increments({"region": _region(municipality, codes), "helped": "yes" if helped else "no"}, day)


def of_miss(language: str, kind: str, day: date) -> tuple[Increment, ...]:
    """The counters that one message raises that was not understood; ``kind`` is "need" or "place"."""
    return _increments({"language": language, "kind": kind}, day)


def oldest_kept(table: CounterTable, today: date) -> str:
    """The oldest period of ``table`` that is still kept on ``today``; whatever sorts before it may go."""
    months = today.year * 12 + today.month - 1 - MONTHS_KEPT
    return _period(table, date(months // 12, months % 12 + 1, 1))


def _increments(fact: Mapping[str, str], day: date) -> tuple[Increment, ...]:
    for column, value in fact.items():
        if not COLUMNS[column].fullmatch(value):
            raise BadFact(f"{column} holds something that is not one of its codes")
    return tuple(
        Increment(table.name, _period(table, day), tuple(fact[column] for column in table.columns))
        for table in TABLES
        if fact.keys() >= set(table.columns)
    )


def _period(table: CounterTable, day: date) -> str:
    return f"{day.year:04}" if table.period == "year" else f"{day.year:04}-{day.month:02}"


def _region(municipality: str, codes: Codes) -> str:
    return _known(codes.region_of, municipality, "municipality") if municipality else NOT_SAID


def _known(mapping: Mapping[str, str], key: str, column: str) -> str:
    try:
        return mapping[key]
    except KeyError:
        raise BadFact(f"{column} holds something that is not one of its codes") from None
