"""What holds for every importer: nothing that a source says stops it, and the same says the same."""

import json
from copy import deepcopy
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from referral.directory.importers import IMPORTERS
from referral.directory.importers.imported import File, Means
from referral.directory.starter import load_services
from referral.hours import fault
from tests.referral.supply import atlas, catalog

SAMPLES = Path(__file__).parent / "samples"
MEANS = Means.of(catalog(), atlas(), load_services(), date(2026, 11, 23))


class _All(dict[str, bool]):
    """A coordinator who takes everything, so that everything is read to the end."""

    def __contains__(self, id: object) -> bool:
        return isinstance(id, str)

    def __missing__(self, id: str) -> bool:
        return True


TAKEN = Means(MEANS.names, MEANS.services, MEANS.supply, MEANS.day, _All())
FOUND: dict[str, list[Any]] = {
    "ptv": [json.loads(file.read_text("utf-8")) for file in sorted((SAMPLES / "ptv").glob("*.json"))],
    "kirkanta": [json.loads((SAMPLES / "kirkanta/library.json").read_text("utf-8"))["items"][0]],
    "hsds": [json.loads((SAMPLES / "hsds/service_full.json").read_text("utf-8"))],
    "events": [json.loads((SAMPLES / "events/event.json").read_text("utf-8"))["data"][0]],
}

anything = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(-5, 10**12),
    st.floats(),
    st.text(max_size=8),
    st.lists(st.one_of(st.text(max_size=3), st.integers(), st.none()), max_size=2),
    st.dictionaries(
        st.sampled_from(["id", "value", "fi", "from"]), st.one_of(st.text(max_size=3), st.integers())
    ),
)


def places(value: Any, path: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:
    """The paths of everything in a record."""
    inner = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    return [path, *(found for key, one in inner for found in places(one, (*path, key)))]


PLACES = {kind: [path for path in places(records) if len(path) > 1] for kind, records in FOUND.items()}


def test_every_importer_but_the_sheet_has_a_sample() -> None:
    assert set(IMPORTERS) == {*FOUND, "sheet"}


@pytest.mark.parametrize("kind", FOUND)
@settings(max_examples=25, deadline=None)
@given(data=st.data())
def test_no_shape_stops_it(kind: str, data: st.DataObject) -> None:
    records = deepcopy(FOUND[kind])
    for _ in range(data.draw(st.integers(1, 3))):
        path = data.draw(st.sampled_from(PLACES[kind]))
        holder = records
        try:
            for step in path[:-1]:
                holder = holder[step]
            holder[path[-1]] = data.draw(anything)
        except (KeyError, IndexError, TypeError):
            continue  # What held it has been replaced before.
    found = IMPORTERS[kind]([File("page.json", json.dumps(records).encode())], TAKEN)
    assert len({offer.id for offer in found.offers}) == len(found.offers)
    for offer in found.offers:
        assert offer.names["fi"] or offer.names
        assert fault(offer.hours) == "" or not offer.hours
    for rejected in found.rejections:
        assert rejected.source
        assert rejected.reason
        assert rejected.fix


@pytest.mark.parametrize("kind", IMPORTERS)
@settings(max_examples=15, deadline=None)
@given(st.binary(max_size=60))
def test_no_bytes_stop_it(kind: str, content: bytes) -> None:
    found = IMPORTERS[kind]([File("page.json", content)], MEANS)
    assert found.offers == ()


@pytest.mark.parametrize("kind", IMPORTERS)
def test_nothing_gives_nothing(kind: str) -> None:
    found = IMPORTERS[kind]([], MEANS)
    assert (found.offers, found.rejections) == ((), ())


@pytest.mark.parametrize("kind", FOUND)
def test_the_same_says_the_same(kind: str) -> None:
    files = [File("page.json", json.dumps(FOUND[kind]).encode())]
    assert IMPORTERS[kind](files, TAKEN) == IMPORTERS[kind](files, TAKEN)
