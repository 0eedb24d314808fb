"""Finding a place in a word, CPU, against rapidfuzz's extractOne (WRatio) over the same names."""

from collections.abc import Iterable
from itertools import cycle

from rapidfuzz import fuzz, process

from knowledge.load import load_atlas
from knowledge.places import Places
from tests.bench.table import Row, microseconds

RIGHT = ("sodankylässä", "rovaniemelle", "jyväskylästä", "savonlinnan", "kersilö", "ohcejogas", "raseborg")
WRONG = ("sodankyläsä", "rovanniemelle", "jyväskylasta", "savonlinan", "kersilöö", "hämenlinna", "rasebrog")


def rows() -> Iterable[Row]:
    """Two figures: a name spelled right, and one with a typo."""
    atlas = load_atlas()
    places = Places.of(atlas)
    names = [name for municipality in atlas.municipalities.values() for name in municipality.names.values()]
    names += [place.name for place in atlas.places]
    for what, words, aim in (("spelled right", RIGHT, "at least 50x"), ("one typo", WRONG, "at least 10x")):
        ours = _each(lambda word: places.find(word, "fi", asked=True), words)
        peer = _each(lambda word: process.extractOne(word, names, scorer=fuzz.WRatio), words, 3)
        yield Row(what, f"{ours:.1f} µs", f"extractOne {peer:.0f} µs", f"{peer / ours:.0f}x faster", aim)


def _each(look_up: object, words: tuple[str, ...], laps: int = 100) -> float:
    turn = cycle(words)
    return microseconds(lambda: look_up(next(turn)), len(words) * laps, rounds=3)  # type: ignore[operator]
