"""The real atlas and the finder over it, made once: both are read-only."""

import pytest

from knowledge.load import load_atlas
from knowledge.model import Atlas
from knowledge.places import Places


@pytest.fixture(scope="session")
def atlas() -> Atlas:
    return load_atlas()


@pytest.fixture(scope="session")
def places(atlas: Atlas) -> Places:
    return Places.of(atlas)
