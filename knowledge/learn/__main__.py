"""``python -m knowledge.learn``: make the committed tables and weights from the committed sources."""

import sys
from pathlib import Path

from knowledge.learn import language, needs, whom
from knowledge.load import load_catalog


def main(chosen: list[str]) -> None:
    """Make all, or only those that are named: "language", "needs", "whom"."""
    data = Path(__file__).parent.parent / "data"
    if not chosen or "language" in chosen:
        language.write(data / "language")
    if not chosen or "needs" in chosen:
        needs.write(data / "weights", load_catalog())
    if not chosen or "whom" in chosen:
        whom.write(data / "weights")


if __name__ == "__main__":
    main(sys.argv[1:])
