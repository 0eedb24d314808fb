"""The addresses of the situation picture: filters live in them, and nothing that a person wrote."""

from collections.abc import Mapping
from urllib.parse import urlencode

from referral.situation.question import ALONE, Question

PICTURE = "/coordinators/situation"
SUPPLY = "/coordinators/situation/supply"
EXPORT = "/coordinators/situation/export"
REPORT = "/coordinators/situation/report"


def address(path: str, picks: Mapping[str, str]) -> str:
    """``path`` with those of ``picks`` that are not ""."""
    asked = {name: value for name, value in picks.items() if value}
    return f"{path}?{urlencode(asked)}" if asked else path


def with_pick(question: Question, name: str, value: str) -> str:
    """The picture of the same question with one filter more; what cannot stand beside it goes."""
    picks = question.picks()
    if name in ALONE:
        picks = {key: picks.get(key, "") for key in ("period", "region")}
    elif name in ("topic", "municipality"):
        picks = {key: one for key, one in picks.items() if key not in ALONE}
    if name == "region":
        picks.pop("municipality", None)
    return address(PICTURE, {**picks, name: value})


def without(question: Question, name: str) -> str:
    """The picture of the same question without one filter."""
    return address(PICTURE, {key: one for key, one in question.picks().items() if key != name})
