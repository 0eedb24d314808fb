"""Understanding does not get worse: no figure of either half falls below its committed floor."""

import sys
from collections.abc import Mapping
from importlib.util import module_from_spec, spec_from_file_location
from pathlib import Path
from types import ModuleType

import pytest

from bot.understand import Mind
from knowledge.load import load_atlas, load_catalog

Figures = dict[str, tuple[float, int]]
AIMS = {
    "need all, first": 85,
    "need all, in three": 95,
    "need fi, in three": 92,
    "need sv, in three": 92,
    "need en, in three": 92,
}
"""What the project promises; a floor may not be set lower."""


def _evaluate() -> ModuleType:
    spec = spec_from_file_location("evaluate", Path(__file__).parent / "evaluate.py")
    assert spec is not None
    assert spec.loader is not None
    module = module_from_spec(spec)
    sys.modules["evaluate"] = module
    spec.loader.exec_module(module)
    return module


EVALUATE = _evaluate()


@pytest.fixture(scope="module")
def mind() -> Mind:
    return Mind.of(load_catalog(), load_atlas())


@pytest.fixture(scope="module")
def measured(mind: Mind) -> Mapping[str, Figures]:
    return {half: EVALUATE.measure(mind, half) for half in EVALUATE.HALVES}


@pytest.mark.parametrize("half", ["learnt", "open", "held", "fresh"])
def test_no_figure_is_below_its_floor(measured: Mapping[str, Figures], half: str) -> None:
    least = EVALUATE.floors(half)
    assert len(least) >= 30
    assert EVALUATE.below(measured[half], least) == []


def test_every_floor_has_a_figure(measured: Mapping[str, Figures]) -> None:
    assert EVALUATE.unmeasured(measured.values(), EVALUATE.floors()) == []


def test_the_floors_are_not_lower_than_what_is_promised() -> None:
    least = EVALUATE.floors()
    assert {name: least[name] for name, aim in AIMS.items() if least[name] < aim} == {}


def test_a_figure_below_its_floor_is_told() -> None:
    assert EVALUATE.below({"a": (90.0, 10), "b": (80.0, 10)}, {"a": 90.0, "b": 81.0}) == [
        "b: 80.0 is below 81.0"
    ]


def test_a_floor_without_a_figure_is_told() -> None:
    assert EVALUATE.unmeasured([{"a": (90.0, 10)}, {"b": (80.0, 10)}], {"a": 90.0, "c": 1.0}) == ["c"]
