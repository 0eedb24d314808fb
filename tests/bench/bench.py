"""``make bench``: every figure of speed, each beside a peer measured in the same run.

A timing is the least of several rounds, of CPU time where we compute and of wall time where we wait.
Nothing here fails: figures are read, and tests do not time.
"""

from tests.bench import (
    bench_directory,
    bench_match,
    bench_pages,
    bench_places,
    bench_release,
    bench_situation,
    bench_start,
    bench_telegram,
    bench_turn,
)
from tests.bench.table import show


def main() -> None:
    """Prints one table after another."""
    parts = (
        bench_turn,
        bench_places,
        bench_release,
        bench_situation,
        bench_start,
        bench_match,
        bench_directory,
        bench_pages,
        bench_telegram,
    )
    for part in parts:
        show(part.__doc__ or "", part.rows())


if __name__ == "__main__":
    main()
