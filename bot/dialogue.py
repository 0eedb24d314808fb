"""One table from step to handler, and ``step``: the whole conversation as one pure function."""

from bot.turn import Heard, State, Turn, World


def step(state: State, heard: Heard, world: World) -> Turn:
    """What to say and remember after ``heard``. Total, deterministic, never silent."""
    raise NotImplementedError
