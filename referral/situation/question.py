"""What a coordinator asks to see, held to what is published.

Not every combination is: a need and a place are told together, by year; languages, outcomes, reasons,
askers and "did this help" are told for whole regions, by quarter and year, and never together with
anything else. A filter that leads out of that is left out, and the page says why.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

from referral.demand.frame import UNTOLD_MUNICIPALITIES, Frame
from referral.model import Form
from referral.situation.out import Out

ALONE = {
    "spoken": "languages",  # In an address "language" is the language of the page.
    "outcome": "outcomes",
    "reason": "reasons",
    "channel": "askers",
    "helped": "helped",
}
"""Filters that go with none but the period and the region, and the released table of each."""


def column(name: str) -> str:
    """The column of its table that a filter of ALONE is about."""
    return "language" if name == "spoken" else name


FILTERS = ("period", "region", "municipality", "topic", *ALONE, "form")
"""Everything that the address of the picture may hold; ``topic`` is a need or a group of needs, ``form`` is
told where a request ended in it."""

_FORMS_TOLD = (Form.REMOTE, Form.TRAINING)
"""The forms of help that are an outcome which is told."""

ALL = ""
"""Stands for all regions."""

NOWHERE = "-"
"""The region of who may see none: nothing is told of it."""


@dataclass(frozen=True, slots=True)
class LeftOut:
    """A filter that was left out, and why: "unknown", "by_year", "by_quarter", "never_told", "form_never"
    or "not_together"."""

    name: str
    why: str


@dataclass(frozen=True, slots=True)
class Question:
    """What is to be shown. ``kind`` is "month", "quarter" or "year"; ``region`` may be ALL; the rest is ""
    where nothing was chosen. ``alone`` is one of ALONE and the code that was chosen."""

    kind: str
    period: str
    region: str = ALL
    municipality: str = ""
    group: str = ""
    need: str = ""
    alone: tuple[str, str] = ("", "")
    left_out: tuple[LeftOut, ...] = ()

    def picks(self) -> dict[str, str]:
        """The filters as the address holds them, those that are "" left out."""
        held = {
            "period": self.period,
            "region": self.region,
            "municipality": self.municipality,
            "topic": self.need or self.group,
            self.alone[0]: self.alone[1],
        }
        return {name: value for name, value in held.items() if name and value}

    @property
    def is_narrowed(self) -> bool:
        """Whether more than a period and a region was chosen."""
        return bool(self.municipality or self.group or self.alone[0])


def asked(query: Mapping[str, str], out: Out, frame: Frame, regions: Iterable[str]) -> Question | None:
    """The question that ``query`` (an address) asks of what is out; None where nothing has been released.

    ``regions`` are those that may be seen. Who may see them all sees the whole country unless a region is
    asked for; anybody else sees one region at a time.
    """
    found = out.find(query.get("period", "")) or out.newest
    if found is None:
        return None
    kind, period = found
    own = tuple(regions)
    region = query.get("region", "")
    left_out = [LeftOut("period", "unknown")] if query.get("period", period) != period else []
    if region not in own:
        left_out += [LeftOut("region", "unknown")] if region else []
        region = ALL if set(own) >= set(frame.municipalities) else next(iter(own), NOWHERE)
    question = Question(kind, period, region)
    question, dropped = _topics(question, query, frame)
    left_out += dropped
    query, unformed = _formed(query)
    left_out += unformed
    question, dropped = _alone(question, query, frame)
    return replace(question, left_out=(*left_out, *dropped))


def _topics(question: Question, query: Mapping[str, str], frame: Frame) -> tuple[Question, list[LeftOut]]:
    dropped: list[LeftOut] = []
    topic, place = query.get("topic", ""), query.get("municipality", "")
    need = topic if topic in frame.needs else ""
    group = frame.needs[need] if need else topic
    if group and group not in frame.needs.values():
        dropped.append(LeftOut("topic", "unknown"))
        group = ""
    if place and (why := _untold(place, question, frame)):
        dropped.append(LeftOut("municipality", why))
        place = ""
    region = next((code for code, places in frame.municipalities.items() if place in places), question.region)
    return replace(question, region=region, municipality=place, group=group, need=need), dropped


def _untold(place: str, question: Question, frame: Frame) -> str:
    """Why ``place`` cannot be shown; "" where it can."""
    seen = [question.region] if question.region else list(frame.municipalities)
    places = next((frame.municipalities[one] for one in seen if place in frame.municipalities[one]), ())
    if not places:
        return "unknown"
    if place in places[-UNTOLD_MUNICIPALITIES:]:
        return "never_told"
    return "" if question.kind == "year" else "by_year"


def _formed(query: Mapping[str, str]) -> tuple[Mapping[str, str], list[LeftOut]]:
    """``query`` with the form as the outcome that tells it; what was asked for is counted and not told."""
    form = query.get("form", "")
    if not form or query.get("outcome"):
        return query, [LeftOut("form", "not_together")] if form else []
    if form in _FORMS_TOLD:
        return {**query, "outcome": form}, []
    return query, [LeftOut("form", "form_never")]


def _alone(question: Question, query: Mapping[str, str], frame: Frame) -> tuple[Question, list[LeftOut]]:
    dropped: list[LeftOut] = []
    for name, table in ALONE.items():
        if not query.get(name):
            continue
        seen = [question.region] if question.region else list(frame.municipalities)
        codes = {label[-1] for region in seen for label in frame.labels(table, region)}
        if query[name] not in codes:
            dropped.append(LeftOut(name, "unknown"))
        elif question.is_narrowed:
            dropped.append(LeftOut(name, "not_together"))
        elif question.kind == "month":
            dropped.append(LeftOut(name, "by_quarter"))
        else:
            question = replace(question, alone=(name, query[name]))
    return question, dropped
