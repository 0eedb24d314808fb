"""The evaluation sets are what their README says: known labels, enough of each, two halves with nothing in common.

This reads the held and the fresh halves only to count and compare; a failure names a row by its number, never by its words.
"""

import csv
from collections import Counter
from collections.abc import Iterator, Mapping
from pathlib import Path

import pytest

from knowledge.learn.messages import messages
from knowledge.load import load_atlas, load_catalog
from knowledge.needs import NO_NEEDS

HERE = Path(__file__).parent
MESSAGES = HERE.parent.parent / "knowledge" / "data" / "messages"
HALVES = ("open", "held")
FRESH = ("places", "needs", "other")
"""The sets that have a third part, which was written last."""

LANGUAGES = {"fi", "sv", "en", "se", "et", "ru", "uk", "ar", "so"}
EXPECTATIONS = {
    *("emergency", "suicide", "violence", "scam_victim", "scam_suspect", "account_hacked", "lost_phone"),
    *("security_question", "repair", "purchase", "off_topic", "greeting", "thanks", "about_bot", "insult"),
    *("nonsense", "none"),
}
COLUMNS = {
    "needs": ("text", "language", "needs", "on_behalf", "note"),
    "places": ("text", "language", "municipality", "kind"),
    "other": ("text", "language", "expect", "note"),
    "personal": ("text", "kinds", "masked"),
    "language": ("text", "language"),
}
LEAST_ROWS = {"needs": 480, "places": 300, "other": 200, "personal": 60, "language": 120}
LEAST_FRESH = {"places": 300, "needs": 150, "other": 150}
LEARNT_COLUMNS = {
    "needs": ("text", "language", "needs", "on_behalf"),
    "other": ("text", "language", "expect", "needs"),
}
"""What is learnt from: the columns of the sets of the same names, with the needs of ordinary requests."""

EVERY_SET = [(name, half) for name in COLUMNS for half in HALVES] + [(name, "fresh") for name in FRESH]


def rows(name: str, half: str) -> list[dict[str, str]]:
    path = MESSAGES / f"{name}.tsv" if half == "learnt" else HERE / f"{name}_{half}.tsv"
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE))


def bare(text: str) -> str:
    """The text without case, spacing and punctuation; the text itself where nothing else is in it."""
    kept = "".join(character if character.isalnum() else " " for character in text.casefold())
    return " ".join(kept.split()) or text


def numbered(name: str, half: str) -> Iterator[tuple[int, dict[str, str]]]:
    return enumerate(rows(name, half), start=2)


@pytest.mark.parametrize(("name", "half"), EVERY_SET)
def test_every_row_has_exactly_the_columns(name: str, half: str) -> None:
    found = rows(name, half)
    assert len(found) >= (LEAST_FRESH if half == "fresh" else LEAST_ROWS)[name]
    for number, row in enumerate(found, start=2):
        assert tuple(row) == COLUMNS[name], number
        assert row["text"], number
        assert all(value is not None and value == value.strip() for value in row.values()), number


@pytest.mark.parametrize("name", LEARNT_COLUMNS)
def test_every_message_to_learn_from_has_exactly_the_columns(name: str) -> None:
    found = rows(name, "learnt")
    assert len(found) >= 3_000
    for number, row in enumerate(found, start=2):
        assert tuple(row) == LEARNT_COLUMNS[name], number
        assert row["text"], number
        assert all(value is not None and value == value.strip() for value in row.values()), number
    assert {row["language"] for row in found} <= LANGUAGES


def test_messages_to_learn_from_are_of_known_classes_and_none_is_there_twice() -> None:
    catalog = load_catalog()
    learnt = list(messages(catalog.needs.keys() | NO_NEEDS))
    assert {meaning for message in learnt for meaning in message.meanings} >= catalog.needs.keys()
    counts = Counter(bare(message.text) for message in learnt)
    assert [text for text, count in counts.items() if count > 1] == []


@pytest.mark.parametrize("name", COLUMNS)
def test_no_message_is_written_twice(name: str) -> None:
    counts = Counter(
        bare(row["text"]) for known, half in EVERY_SET if known == name for row in rows(name, half)
    )
    assert [count for count in counts.values() if count > 1] == []


def test_the_halves_share_no_message() -> None:
    opened, held, fresh = (
        {bare(row["text"]) for name, known in EVERY_SET if known == half for row in rows(name, half)}
        for half in (*HALVES, "fresh")
    )
    assert opened
    assert held
    assert fresh
    assert not opened & held
    assert not fresh & (opened | held)


@pytest.mark.parametrize("half", [*HALVES, "fresh"])
def test_needs_are_known(half: str) -> None:
    known = set(load_catalog().needs)
    for number, row in numbered("needs", half):
        labels = row["needs"].split("|")
        assert set(labels) <= known, number
        assert len(set(labels)) == len(labels), number
        assert row["on_behalf"] in {"yes", "no"}, number


@pytest.mark.parametrize("half", HALVES)
def test_every_need_is_asked_often_enough(half: str) -> None:
    asked: dict[str, Counter[str]] = {need: Counter() for need in load_catalog().needs}
    for _, row in numbered("needs", half):
        asked[row["needs"].split("|")[0]][row["language"]] += 1
    assert [need for need, languages in asked.items() if not often_enough(languages)] == []
    assert sum("|" in row["needs"] for row in rows("needs", half)) >= 30


def often_enough(languages: Mapping[str, int]) -> bool:
    """Six messages at least, three of them Finnish and one each in Swedish and English."""
    return (
        sum(languages.values()) >= 6
        and languages.get("fi", 0) >= 3
        and languages.get("sv", 0) >= 1
        and languages.get("en", 0) >= 1
    )


@pytest.mark.parametrize("half", [*HALVES, "fresh"])
def test_places_are_municipalities_of_today(half: str) -> None:
    known = set(load_atlas().municipalities)
    for number, row in numbered("places", half):
        assert set(filter(None, row["municipality"].split("|"))) <= known, number
        assert row["kind"] != "none" or not row["municipality"], number
    assert sum(not row["municipality"] for row in rows("places", half)) >= 90


@pytest.mark.parametrize("half", HALVES)
def test_other_labels_are_known_and_ordinary_requests_abound(half: str) -> None:
    counts = Counter(row["expect"] for row in rows("other", half))
    assert set(counts) == EXPECTATIONS
    assert counts["none"] >= 80


def test_a_fresh_message_that_is_no_need_is_labelled_too() -> None:
    counts = Counter(row["expect"] for row in rows("other", "fresh"))
    assert set(counts) == EXPECTATIONS - {"greeting", "thanks", "about_bot", "insult", "nonsense"}
    assert counts["none"] >= 30


@pytest.mark.parametrize("half", HALVES)
def test_personal_data_is_labelled_where_something_is_masked(half: str) -> None:
    for number, row in numbered("personal", half):
        kinds = set(filter(None, row["kinds"].split("|")))
        assert kinds <= {"hetu", "iban", "card", "phone", "email", "address"}, number
        assert ("…" in row["masked"]) == bool(kinds) or (kinds and not row["masked"]), number
    assert sum(not row["kinds"] for row in rows("personal", half)) >= 20


@pytest.mark.parametrize(("name", "half"), [(name, half) for name, half in EVERY_SET if name != "personal"])
def test_languages_are_known(name: str, half: str) -> None:
    assert {row["language"] for row in rows(name, half)} <= LANGUAGES


def test_no_held_message_was_learnt_from() -> None:
    """Longer messages only: "tulosta lomake" may come to two people's minds."""
    needs = load_catalog().needs.values()
    learnt = {
        bare(text)
        for need in needs
        for texts in (need.phrases, need.examples)
        for said in texts.values()
        for text in said
    }
    learnt |= {bare(row["text"]) for name in LEARNT_COLUMNS for row in rows(name, "learnt")}
    assert len(learnt) > 10_000
    copied = [
        (name, number)
        for name, half in EVERY_SET
        if name in {"needs", "places", "other"} and half != "open"
        for number, row in numbered(name, half)
        if len(row["text"].split()) > 5 and bare(row["text"]) in learnt
    ]
    assert copied == []
