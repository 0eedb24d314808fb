"""The transcripts are what the service says, word for word."""

from pathlib import Path

import pytest

from tests.transcript import files, read, replay, written
from tests.world import known

FEWEST = 40


def test_there_are_enough_of_them() -> None:
    assert len(files()) >= FEWEST


@pytest.mark.parametrize("path", files(), ids=lambda path: path.stem)
def test_the_service_says_what_the_transcript_says(path: Path) -> None:
    assert written(read(path)) == path.read_text("utf-8")


def test_they_are_held_in_every_language() -> None:
    heard = {exchange.state.language for path in files() for exchange in replay(read(path))}
    assert heard == set(known().catalogues.languages)
