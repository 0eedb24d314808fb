"""From replies to words in one language."""

from bot.said import Said
from bot.turn import Reply


def render(replies: tuple[Reply, ...], language: str) -> Said:
    """The replies, said in ``language``."""
    raise NotImplementedError
