"""How a request is refused: with a status, a code for machines and a sentence for people."""

from collections.abc import Callable
from dataclasses import dataclass

from aiohttp import web

from locales.text import Text


class BadInput(Exception):
    """A request that cannot be read: ``code`` for machines, the message for people."""

    def __init__(self, code: str, sentence: str) -> None:
        super().__init__(sentence)
        self.code = code


@dataclass(frozen=True, slots=True)
class Refusal:
    """Why a request was refused: the status, a code for machines, and a sentence for people.

    ``detail`` is the sentence in English for programmers, where it says more than ``sentence``.
    """

    status: int
    code: str
    sentence: Text
    detail: str = ""


Explain = Callable[[web.Request, Refusal], web.Response]
"""How a refusal is shown: a page for people, JSON for programs."""
