"""A part of a release, as it is exported: what belongs to some regions, or to a question."""

from collections.abc import Callable, Collection, Mapping
from dataclasses import replace

from referral.demand.release import Figure, Release, ReleasedTable
from referral.situation.question import ALONE, Question, column

Wanted = Callable[[Mapping[str, str]], bool]
"""Whether a row, by its columns, is in the part."""


def of_regions(release: Release, regions: Collection[str]) -> Release:
    """The rows of ``regions``; tables that know no region stay whole. The same release where nothing goes."""
    tables = tuple(
        _held(table, lambda fact: fact.get("region", "") in ("", *regions)) for table in release.tables
    )
    return release if tables == release.tables else replace(release, tables=tables)


def of_question(release: Release, question: Question, regions: Collection[str]) -> Release:
    """The tables and rows that the picture of ``question`` is drawn from, in ``regions``."""
    seen = [question.region] if question.region else regions
    name, code = question.alone
    needs = {
        one.codes[2]
        for one in release.table("needs").figures
        if question.group in ("", one.codes[1]) and question.need in ("", one.codes[2])
    }

    def wanted(fact: Mapping[str, str]) -> bool:
        return (
            fact.get("need", "") in ("", *needs)
            and question.group in ("", fact.get("need_group", question.group))
            and question.municipality in ("", fact.get("municipality", ""))
            and code in ("", fact.get(column(name), ""))
        )

    kept = (table for table in of_regions(release, seen).tables if _answers(table, question))
    return replace(release, tables=tuple(_held(table, wanted) for table in kept))


def _answers(table: ReleasedTable, question: Question) -> bool:
    """Whether the picture of the question looks at the table."""
    if question.alone[0]:
        return table.name == ALONE[question.alone[0]]
    if question.municipality:
        return table.name == "municipalities"
    if question.need:
        return "need" in table.columns
    return not question.group or "need" in table.columns or table.name == "groups"


def _held(table: ReleasedTable, wanted: Wanted) -> ReleasedTable:
    def fact(figure: Figure) -> dict[str, str]:
        return dict(zip(table.columns, figure.codes, strict=True))

    return replace(table, figures=tuple(one for one in table.figures if wanted(fact(one))))
