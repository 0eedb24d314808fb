"""Schemathesis makes requests from the interface's own document, good ones and bad ones, and finds nothing."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.referral.web.hsds.walker import LISTS

schemathesis = pytest.importorskip("schemathesis", reason="schemathesis is not installed")
from schemathesis import GenerationMode  # noqa: E402 (only where it is installed)

PATHS = ("/", *(f"/{name}" for name, *_ in LISTS), *(f"/{name}/{{id}}" for name, *_ in LISTS))


@pytest.fixture(scope="session")
def document(address: str):
    """The interface as its document tells it."""
    return schemathesis.openapi.from_url(f"{address}/openapi.json")


ASKED = [(path, mode) for path in PATHS for mode in GenerationMode if path != "/" or mode.is_positive]
"""The start has no parameters that could be wrong."""


@pytest.mark.parametrize(("path", "mode"), ASKED, ids=lambda one: getattr(one, "value", one))
def test_schemathesis_finds_nothing(document, path: str, mode) -> None:
    """All of its checks: faults, status codes, shapes, types, headers, what is refused and what is not."""
    operation = document[path]["GET"]

    @settings(max_examples=10, deadline=None, suppress_health_check=list(HealthCheck))
    @given(st.data())
    def ask(data: st.DataObject) -> None:
        data.draw(operation.as_strategy(generation_mode=mode)).call_and_validate()

    ask()
