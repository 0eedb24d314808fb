"""Answers that were asked for lately, as bytes, until they take too much room."""

import gzip
from collections import OrderedDict
from dataclasses import dataclass
from hashlib import sha256
from threading import Lock

MOST_BYTES = 32_000_000
MOST_ANSWERS = 10_000
"""However small they are: what was asked takes room too."""

WORTH_PACKING = 1_000
"""Bytes: a shorter answer is not made faster to send by packing it."""


@dataclass(frozen=True, slots=True)
class Answer:
    """A body, the same packed with gzip (b"" where that is not worth it), and the tag that stands for it."""

    body: bytes
    packed: bytes
    tag: str

    @classmethod
    def of(cls, body: bytes) -> "Answer":
        """The answer with this body."""
        packed = gzip.compress(body, compresslevel=5, mtime=0) if len(body) >= WORTH_PACKING else b""
        return cls(body, packed, sha256(body).hexdigest()[:20])


class Kept:
    """Answers by what was asked; the one that was not asked for the longest makes room."""

    def __init__(self, most_bytes: int = MOST_BYTES) -> None:
        self._most, self._bytes = most_bytes, 0
        self._answers: OrderedDict[object, Answer] = OrderedDict()
        self._lock = Lock()  # Answers are made in threads.

    def get(self, asked: object) -> Answer | None:
        """The answer that is kept, None where there is none."""
        with self._lock:
            found = self._answers.get(asked)
            if found is not None:
                self._answers.move_to_end(asked)
            return found

    def put(self, asked: object, answer: Answer) -> None:
        """Keeps ``answer``, unless it alone would take a quarter of the room."""
        size = _size(answer)
        if size > self._most // 4:
            return
        with self._lock:
            if (before := self._answers.pop(asked, None)) is not None:
                self._bytes -= _size(before)
            self._answers[asked] = answer
            self._bytes += size
            while self._bytes > self._most or len(self._answers) > MOST_ANSWERS:
                _, oldest = self._answers.popitem(last=False)
                self._bytes -= _size(oldest)


def _size(answer: Answer) -> int:
    return len(answer.body) + len(answer.packed)
