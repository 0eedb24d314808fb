"""Words -> the places that they name, the likeliest first."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from knowledge.gazetteer import Gazetteer, Reading
from knowledge.inflection import Case
from knowledge.model import Atlas
from knowledge.text import Token, normal, tokens

_POSTCODE = re.compile(r"(?<![\w.,+-])(\d{5})(?![\w]|[.,]\d)")


@dataclass(frozen=True, slots=True)
class Found:
    """A place that a text names, and how sure we are (0 to 1).

    ``municipality`` is a code, "" where only a region was named (then ``region`` is its code). ``name`` is
    the name in its base form, ``case`` the role that its form gives it, ``start`` and ``end`` where it stands
    in ``knowledge.text.normal`` of the text. ``point`` is set where it is finer than the municipality,
    ``postcode`` where one was written, ``corrected`` where a spelling was corrected.
    """

    municipality: str
    name: str
    score: float
    start: int
    end: int
    case: Case = Case.BASE
    postcode: str = ""
    point: tuple[float, float] | None = None
    corrected: bool = False
    region: str = ""


class Places:
    """Finds places in text; made once, then only read."""

    def __init__(self, atlas: Atlas, gazetteer: Gazetteer) -> None:
        self._atlas = atlas
        self._gazetteer = gazetteer

    @classmethod
    def of(cls, atlas: Atlas) -> "Places":
        """A finder for all places of ``atlas``."""
        return cls(atlas, Gazetteer.of(atlas))

    def find(
        self, text: str, language: str = "", *, asked: bool = False, on_behalf: bool | None = None
    ) -> tuple[Found, ...]:
        """The places named in ``text``, the likeliest first, at most one for each municipality or region.

        ``language`` is that of the text ("" if unknown). ``asked`` says that the person was asked for a place,
        ``on_behalf`` that the help is for another person (None where that is unknown). Empty where no place
        is named.
        """
        found = [*self._postcodes(text), *self._named(tokens(text))]
        best: dict[tuple[str, str], Found] = {}
        for one in sorted(found, key=lambda one: -one.score):
            key = (one.municipality, one.region)
            if key not in best:
                best[key] = one
            elif best[key].point is None and one.point is not None:
                best[key] = replace(one, score=best[key].score)
        return tuple(best.values())

    def _postcodes(self, text: str) -> list[Found]:
        found = []
        for match in _POSTCODE.finditer(normal(text)):
            postcode = self._atlas.postcodes.get(match[1])
            if postcode is not None:
                name = postcode.names["fi"]
                found.append(
                    Found(
                        postcode.municipality,
                        name,
                        0.95,
                        match.start(1),
                        match.end(1),
                        postcode=postcode.code,
                        point=postcode.point,
                    )
                )
        return found

    def _named(self, words: Sequence[Token]) -> list[Found]:
        found: list[Found] = []
        at = 0
        while at < len(words):
            readings, count = self._readings(words, at)
            for reading in readings:
                for target in reading.name.targets:
                    found.append(
                        Found(
                            target.municipality,
                            reading.name.shown,
                            target.weight,
                            words[at].start,
                            words[at + count - 1].end,
                            reading.case,
                            point=target.point,
                            region=target.region,
                        )
                    )
            at += count
        return found

    def _readings(self, words: Sequence[Token], at: int) -> tuple[tuple[Reading, ...], int]:
        """The readings of the longest name that begins at this word, and how many words it takes."""
        for count in range(min(self._gazetteer.longest.get(words[at].word, 1), len(words) - at), 0, -1):
            readings = self._gazetteer.look_up(" ".join(word.word for word in words[at : at + count]))
            if readings:
                return readings, count
        return (), 1
