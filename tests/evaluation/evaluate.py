"""How well messages are understood: every figure that the project aims at, for every half of the sets.

Run by ``make evaluate``. Ends with an error where a figure falls below its floor (``floors.toml``).
The held half and the fresh one are only counted: their messages are never shown, and neither are their
confusions.
"""

import csv
import resource
import sys
import time
import tomllib
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path

from bot.understand import Command, Mind, Talk, Understanding, Urgency
from knowledge.load import load_atlas, load_catalog

HERE = Path(__file__).parent
MESSAGES = HERE.parent.parent / "knowledge" / "data" / "messages"
HALVES = ("learnt", "open", "held", "fresh")
"""The learnt one is what the model learns from, of needs and other alone; the fresh one was written last,
and not for every set."""

SPOKEN = ("fi", "sv", "en", "se")
URGENT = ("emergency", "suicide", "violence", "scam_victim", "scam_suspect", "account_hacked", "lost_phone")
OUTSIDE = ("repair", "purchase", "off_topic")
TALK = ("greeting", "thanks", "about_bot", "insult")
GRAVE = frozenset({Urgency.EMERGENCY, Urgency.SUICIDE, Urgency.VIOLENCE, Urgency.SCAM_VICTIM})

Row = Mapping[str, str]
Figures = dict[str, tuple[float, int]]
"""Name -> share in percent, and of how many messages."""


def path(name: str, half: str) -> Path:
    """Where one set is; there may be no such file."""
    return MESSAGES / f"{name}.tsv" if half == "learnt" else HERE / f"{name}_{half}.tsv"


def rows(name: str, half: str) -> list[Row]:
    """The rows of one set."""
    with path(name, half).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE))


def share(outcomes: Iterable[bool]) -> tuple[float, int]:
    """How many are true, in percent, and of how many; 100 of none."""
    outcomes = list(outcomes)
    return (100 * sum(outcomes) / len(outcomes) if outcomes else 100.0), len(outcomes)


def labels(cell: str) -> set[str]:
    """The labels of a cell, which ``|`` parts."""
    return set(filter(None, cell.split("|")))


def need_figures(mind: Mind, half: str) -> Figures:
    """Whether the need is first, or among the first three; both needs; for whom."""
    read = [(row, mind.understand(row["text"])) for row in rows("needs", half)]
    tops = [(row, labels(row["needs"]), [need.id for need in meant.needs[:3]]) for row, meant in read]
    figures: Figures = {}
    for language in ("", *SPOKEN):
        chosen = [(wanted, top) for row, wanted, top in tops if language in ("", row["language"])]
        figures[f"need {language or 'all'}, first"] = share(top[0] in wanted for wanted, top in chosen if top)
        figures[f"need {language or 'all'}, in three"] = share(
            bool(wanted & set(top)) for wanted, top in chosen
        )
    figures["two needs, both in three"] = share(
        wanted <= set(top) for _, wanted, top in tops if len(wanted) > 1
    )
    asked = [(row["on_behalf"] == "yes", bool(meant.on_behalf)) for row, meant in read]
    figures["on behalf, precision"] = share(wanted for wanted, said in asked if said)
    figures["on behalf, recall"] = share(said for wanted, said in asked if wanted)
    figures["in scope, not refused"] = share(
        not meant.outside
        for row, meant in read
        if not labels(row["needs"]) & {"device_repair", "device_purchase"}
    )
    return figures


def place_figures(mind: Mind, half: str) -> Figures:
    """Whether the place is first, for each kind of naming; how many messages without a place get one."""
    outcomes: defaultdict[str, list[bool]] = defaultdict(list)
    for row in rows("places", half):
        meant = mind.understand(row["text"])
        found = meant.places
        outcomes["place, not called off topic"].append(meant.outside != "off_topic")
        wanted = labels(row["municipality"])
        right = bool(found) and found[0].municipality in wanted if wanted else not found
        outcomes[f"place, {row['kind']}"].append(right)
        outcomes["place, named: right first" if wanted else "place, none: none found"].append(right)
    return {name: share(outcomes[name]) for name in sorted(outcomes)}


def language_figures(mind: Mind, half: str) -> Figures:
    """Whether the language is told, from messages of three words or more, and from shorter ones."""
    named = [
        (row["language"], row["text"])
        for name in ("language", "needs", "places")
        if path(name, half).exists()
        for row in rows(name, half)
    ]
    read = [(language, text, mind.understand(text).language) for language, text in named]
    figures: Figures = {}
    for language in sorted({language for language, _, _ in read}):
        own = [(text, found == language) for spoken, text, found in read if spoken == language]
        figures[f"language {language}, 3 words up"] = share(ok for text, ok in own if len(text.split()) > 2)
        if language in SPOKEN:
            figures[f"language {language}, shorter"] = share(ok for text, ok in own if len(text.split()) < 3)
    return figures


def other_figures(mind: Mind, half: str) -> Figures:
    """Urgent, outside, small talk: found; and ordinary messages, needs and places included: left alone."""
    read = [(row["expect"], mind.understand(row["text"])) for row in rows("other", half)]
    figures: Figures = {}
    for urgency in URGENT:
        figures[f"urgent, {urgency}"] = share(
            meant.urgency == urgency for expect, meant in read if expect == urgency
        )
    figures["security question, not urgent"] = share(
        not meant.urgency for expect, meant in read if expect == "security_question"
    )
    for kind in OUTSIDE:
        figures[f"outside, {kind}"] = share(meant.outside == kind for expect, meant in read if expect == kind)
    for talk in TALK:
        figures[f"talk, {talk}"] = share(_answers(meant, talk) for expect, meant in read if expect == talk)
    figures["nonsense, no need taken"] = share(
        not meant.needs or meant.needs[0].score < 0.5 for expect, meant in read if expect == "nonsense"
    )
    ordinary = [meant for expect, meant in read if expect == "none"]
    figures["ordinary, not refused"] = share(not meant.outside for meant in ordinary)
    figures["ordinary, not urgent"] = share(not meant.urgency for meant in ordinary)
    urgent_ids = set(URGENT)
    ordinary += [
        mind.understand(row["text"])
        for row in rows("needs", half)
        if not labels(row["needs"]) & (urgent_ids | {"data_security"})
    ]
    if path("places", half).exists():
        ordinary += [mind.understand(row["text"]) for row in rows("places", half)]
    figures["ordinary, not called grave"] = share(meant.urgency not in GRAVE for meant in ordinary)
    return figures


def _answers(meant: Understanding, talk: str) -> bool:
    """Whether small talk is answered as such; "what do you store?" is about the service and a command."""
    about = {Command.HELP, Command.STORED, Command.LANGUAGE}
    return meant.talk is Talk(talk) or (talk == "about_bot" and meant.command in about)


def personal_figures(mind: Mind, half: str) -> Figures:
    """Whether the kinds are told and the text is masked as it should be."""
    outcomes: defaultdict[str, list[bool]] = defaultdict(list)
    for row in rows("personal", half):
        meant = mind.understand(row["text"])
        wanted = labels(row["kinds"])
        right = set(meant.personal_data) == wanted
        if row["masked"]:
            right = right and meant.text.replace("[…]", "…") == row["masked"]
        for kind in wanted or {"none"}:
            outcomes[f"personal data, {kind}"].append(right)
    return {name: share(outcomes[name]) for name in sorted(outcomes)}


PARTS: Mapping[str, Callable[[Mind, str], Figures]] = {
    "needs": need_figures,
    "places": place_figures,
    "language": language_figures,
    "other": other_figures,
    "personal": personal_figures,
}


def measure(mind: Mind, half: str) -> Figures:
    """Every figure of one half, of the sets that it has."""
    parts = [part for name, part in PARTS.items() if path(name, half).exists()]
    return {name: figure for part in parts for name, figure in part(mind, half).items()}


def floors(half: str = "") -> dict[str, float]:
    """The least that each figure must be, in percent; a figure without a floor has none.

    The fresh part has some of its own, in a table of its name: it is small, and harder.
    """
    written = tomllib.loads((HERE / "floors.toml").read_text(encoding="utf-8"))
    return {**written["floors"], **written.get(half, {})}


def unmeasured(figures: Iterable[Figures], least: Mapping[str, float]) -> list[str]:
    """The floors for which no half has a figure."""
    return sorted(set(least).difference(*figures))


def below(figures: Figures, least: Mapping[str, float]) -> list[str]:
    """The figures that are below their floor, as sentences."""
    return [
        f"{name}: {value:.1f} is below {least[name]}"
        for name, (value, _) in figures.items()
        if name in least and value < least[name]
    ]


def confusions(mind: Mind) -> list[tuple[str, str, int]]:
    """Which need was taken for which, most often first; of the open half only."""
    counts: Counter[tuple[str, str]] = Counter()
    for row in rows("needs", "open"):
        first = _first(mind.understand(row["text"]))
        if first not in labels(row["needs"]):
            counts[row["needs"], first] += 1
    return [(wanted, found, count) for (wanted, found), count in counts.most_common(15)]


def _first(meant: Understanding) -> str:
    return meant.needs[0].id if meant.needs else "nothing"


def cost(mind: Mind) -> tuple[float, float]:
    """Median CPU microseconds a message, and megabytes of the whole process at its largest."""
    spent = []
    for row in rows("needs", "open") + rows("places", "open"):
        before = time.process_time_ns()
        mind.understand(row["text"])
        spent.append(time.process_time_ns() - before)
    spent.sort()
    return spent[len(spent) // 2] / 1000, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def cell(figure: tuple[float, int] | None) -> str:
    """A figure and of how many messages, in a column; blank where a half has none."""
    return f"{figure[0]:7.1f} %{f'/{figure[1]}':<5}" if figure else " " * 14


def main() -> int:
    """Print everything; 1 where a figure is below its floor."""
    before = time.process_time()
    mind = Mind.of(load_catalog(), load_atlas())
    ready = time.process_time() - before
    measured = {half: measure(mind, half) for half in HALVES}
    least = floors()
    write = sys.stdout.write
    write(f"{'':36}{''.join(f'{half:>14}' for half in HALVES)}{'floor':>8}\n")
    for name in dict.fromkeys(name for figures in measured.values() for name in figures):
        cells = "".join(cell(measured[half].get(name)) for half in HALVES)
        write(f"{name:36}{cells}{least.get(name, ''):>8}\n")
    write("\nTaken for another need, open half:\n")
    for wanted, found, count in confusions(mind):
        write(f"{count:4}  {wanted} -> {found}\n")
    median, largest = cost(mind)
    write(
        f"\nCPU a message, median: {median:.0f} µs; ready in {ready:.2f} s; process at its largest: {largest:.0f} MB\n"
    )
    fallen = [f"{half}: {line}" for half in HALVES for line in below(measured[half], floors(half))]
    fallen += [f"no figure {name!r}" for name in unmeasured(measured.values(), least)]
    write("".join(f"BELOW ITS FLOOR  {line}\n" for line in fallen))
    return 1 if fallen else 0


if __name__ == "__main__":
    sys.exit(main())
