"""One figure a line: what was measured, ours, the peer's, their ratio, and what was aimed at."""

import sys
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from time import process_time


@dataclass(frozen=True, slots=True)
class Row:
    """A figure; ``peer`` names the other and says its figure, "" where there is none."""

    what: str
    ours: str
    peer: str
    ratio: str
    aim: str


def show(title: str, rows: Iterable[Row]) -> None:
    """Prints the rows below the first line of ``title``."""
    head = title.strip().splitlines()[0] if title else ""
    sys.stdout.write(f"\n{head}\n{'-' * len(head)}\n")
    table = [Row("", "ours", "peer", "ratio", "aim"), *rows]
    widths = [max(len(getattr(row, name)) for row in table) for name in ("what", "ours", "peer", "ratio")]
    for row in table:
        cells = (row.what, row.ours, row.peer, row.ratio)
        line = "  ".join(cell.ljust(width) for cell, width in zip(cells, widths, strict=True))
        sys.stdout.write(f"{line}  {row.aim}\n")
    sys.stdout.flush()


def microseconds(work: Callable[[], object], calls: int, rounds: int = 7) -> float:
    """CPU microseconds a call: the least of ``rounds`` rounds of ``calls`` calls."""
    best = float("inf")
    for _ in range(rounds):
        began = process_time()
        for _ in range(calls):
            work()
        best = min(best, process_time() - began)
    return best / calls * 1e6
