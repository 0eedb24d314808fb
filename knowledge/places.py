"""Words -> the places that they name, the likeliest first.

First every name is collected (``knowledge.spotter``), then each is judged by the words around it: whether
it means a place (``knowledge.homonym``), and how likely that is the place of the help (``knowledge.mention``).
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from importlib.resources import files
from importlib.resources.abc import Traversable

from knowledge.gazetteer import Reading, without_tails
from knowledge.homonym import Doubt, is_meant
from knowledge.inflection import Case
from knowledge.mention import judge
from knowledge.model import Atlas
from knowledge.scene import Mention, Scene
from knowledge.spotter import Spotter
from knowledge.surroundings import Surroundings
from knowledge.text import Token, normal, tokens

CORRECTED = 0.85
"""How much less sure a place is whose spelling was corrected."""

CORRECTED_LANGUAGES = frozenset({"", "fi", "fi@simple", "sv", "en", "se"})

LONGEST_ANSWER = 8
"""Of a longer answer only so many words are compared with names two slips away."""

LEAST = 0.3
"""What is less sure than this is not given."""

_POSTCODE = re.compile(
    r"(?<![\w.,+-])(?:FI-?)?(\d{5})(?!\w|[.,:]\d|\s?(?:€|e\b|eur|kr\b|kpl|km\b|kg\b|sent|cent))"
)
_NUMBER = re.compile(
    r"(?<!posti)(?<!post)(?<!postal )(?<!zip )(?:numero|nro|viite|koodi|tunnus|summa|saldo|hin(?:ta|na)|maks|palkka|eläke|tulo|lasku|viesti|"
    r"lukee|malli|virhe|error|kuitti|tilaus|version?|number|pin|kod|code|order|fakturan?)\w*(?:\W+\w{1,4}){0,2}\W*\Z",
    re.IGNORECASE,
)
_AMOUNT = re.compile(
    r"\s*(?:numero|vuodessa|kuukaudessa|kuussa|kilometri|tekstiviesti|viesti|version)", re.IGNORECASE
)
"""Words before and after five digits that are no postcode: "koodi on 00520", "20100 vuodessa"."""

_IN_ADDRESS = re.compile(r"[\w-][@./_]\Z")
"""What stands before a name that is part of an address: "www.turku.fi"."""

_POSTCODE_SCORE, _POSTCODE_BY_CHANCE = 0.96, 0.7


@dataclass(frozen=True, slots=True)
class Found:
    """A place that a text names, and how sure we are (0 to 1).

    ``municipality`` is a code, "" where only a region was named (then ``region`` is its code). ``name`` is
    the name in its base form, ``case`` the role that its form gives it, ``start`` and ``end`` where it
    stands in ``knowledge.text.normal`` of the text. ``point`` is set where it is finer than the
    municipality, ``postcode`` where one was written, ``corrected`` where a spelling was corrected.
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

    def __init__(self, atlas: Atlas, vocabulary: Iterable[str] = (), root: Traversable | None = None) -> None:
        data = root or files("knowledge") / "data"
        self._atlas = atlas
        self._surroundings = Surroundings.read(data)
        self._ordinary = _lines(data, "words.txt")
        self._spotter = Spotter(atlas, self._ordinary.union(vocabulary), data)
        self._borne = _lines(data, "names.txt")
        self._surnames = _lines(data, "surnames.txt")

    @classmethod
    def of(cls, atlas: Atlas, vocabulary: Iterable[str] = ()) -> "Places":
        """A finder for all places of ``atlas``.

        ``vocabulary`` are further words in lower case that are never taken for a misspelled place.
        """
        return cls(atlas, vocabulary)

    def find(
        self,
        text: str,
        language: str = "",
        *,
        asked: bool = False,
        on_behalf: bool | None = None,
        cut: Sequence[Token] = (),
    ) -> tuple[Found, ...]:
        """The places named in ``text``, the likeliest first, each municipality and region at most once.

        ``language`` is that of the text ("" if unknown). ``asked`` says that the person was asked for a
        place, ``on_behalf`` whether the help is for another person (None if unknown), ``cut`` are the
        ``knowledge.text.tokens`` of the text where they are known. Empty where no place is named.
        """
        text = normal(text)
        words = cut or tokens(text)
        found = list(self._postcodes(text, len(words)))
        mentions = self._mentions(text, words, language, asked and not found)
        if mentions:
            scene = Scene(text, words, self._surroundings, language)
            kept = self._meant(scene, mentions, asked)
            for mention, verdict in zip(kept, judge(scene, kept, asked, on_behalf), strict=True):
                found += _found(scene, mention, verdict.weight)
        return _merged(found)

    def explain(
        self, text: str, language: str = "", *, asked: bool = False, on_behalf: bool | None = None
    ) -> tuple[tuple[str, str], ...]:
        """What each name in ``text`` was taken for, and the words that led to it, for people to read.

        The arguments are those of ``find``: ``("place Salo 0.95", "salossa; living: asun")``,
        ``("no place", "salo; given: matti")``. Postcodes are left out: they speak for themselves.
        """
        text = normal(text)
        words = tokens(text)
        mentions = self._mentions(text, words, language, asked)
        scene = Scene(text, words, self._surroundings, language)
        kept = self._meant(scene, mentions, asked)
        verdicts = {
            mention.first: (mention, verdict)
            for mention, verdict in zip(kept, judge(scene, kept, asked, on_behalf), strict=True)
        }
        told = []
        for mention in mentions:
            meant, verdict = verdicts.get(mention.first, (mention, None))
            best = (
                max((one.score for one in _found(scene, meant, verdict.weight)), default=0) if verdict else 0
            )
            names = dict.fromkeys(reading.name.shown for reading in meant.readings)
            decision = f"place {', '.join(names)} {best:.2f}" if best >= LEAST else "no place"
            told.append((decision, "; ".join(scene.evidence(mention, verdict.because if verdict else ""))))
        return tuple(told)

    def is_name(self, word: str) -> bool:
        """Whether a word in lower case is a form of some place's name, whatever else it may be."""
        return self._spotter.knows(word)

    def _mentions(self, text: str, words: Sequence[Token], language: str, guessed: bool) -> list[Mention]:
        """The names in ``words``; where there are none and ``guessed``, those two slips away."""
        correctable = language in CORRECTED_LANGUAGES
        mentions = self._spotter.mentions(words, correctable)
        if guessed and correctable and not mentions:
            return self._spotter.guessed(words[:LONGEST_ANSWER])
        return [one for one in mentions if not _in_address(text, words[one.first])]

    def _meant(self, scene: Scene, mentions: Sequence[Mention], asked: bool) -> list[Mention]:
        """The mentions that mean a place, each with those of its readings that do."""
        kept = []
        for mention in mentions:
            readings = tuple(
                reading for reading in mention.readings if self._is_meant(scene, mention, reading, asked)
            )
            if readings:
                kept.append(mention._replace(readings=readings))
        return kept

    def _is_meant(self, scene: Scene, mention: Mention, reading: Reading, asked: bool) -> bool:
        if asked:
            return True
        single = mention.last == mention.first + 1
        word, shown = scene.words[mention.last - 1].word, reading.name.shown
        ordinary = single and any(one in self._ordinary for one in (word, *without_tails(word)))
        doubt = Doubt(
            ordinary=ordinary or (mention.corrected and not mention.sure),
            word=shown.lower() in self._ordinary,
            borne=shown in self._borne,
            surname=shown in self._surnames,
        )
        return is_meant(scene, mention, reading, doubt)

    def _postcodes(self, text: str, words: int) -> Iterator[Found]:
        for match in _POSTCODE.finditer(text):
            postcode = self._atlas.postcodes.get(match[1])
            if postcode is not None and not _is_number(text, match.start(), match.end()):
                follows = text[match.end() :].lstrip(" ,").lower()
                named = any(follows.startswith(name.lower()) for name in postcode.names.values())
                yield Found(
                    municipality=postcode.municipality,
                    name=postcode.names["fi"],
                    score=_POSTCODE_SCORE if named or words < 4 else _POSTCODE_BY_CHANCE,
                    start=match.start(1),
                    end=match.end(1),
                    postcode=postcode.code,
                    point=postcode.point,
                )


def _is_number(text: str, start: int, end: int) -> bool:
    """Whether the words beside five digits make them an amount or a number of something else."""
    before = _NUMBER.search(text[max(0, start - 30) : start])
    return before is not None or _AMOUNT.match(text, end) is not None


def _in_address(text: str, word: Token) -> bool:
    return (
        word.written.islower() and _IN_ADDRESS.search(text[max(0, word.start - 2) : word.start]) is not None
    )


def _found(scene: Scene, mention: Mention, weight: float) -> Iterator[Found]:
    """Every place that a mention may stand for."""
    sure = weight * (CORRECTED if mention.corrected else 1)
    for reading in mention.readings:
        for target in reading.name.targets:
            yield Found(
                municipality=target.municipality,
                name=reading.name.shown,
                score=round(target.weight * sure, 3),
                start=scene.words[mention.first].start,
                end=scene.words[mention.last - 1].end,
                case=reading.case,
                point=target.point,
                corrected=mention.corrected,
                region=target.region,
            )


def _lines(data: Traversable, name: str) -> frozenset[str]:
    return frozenset((data / "ordinary" / name).read_text(encoding="utf-8").splitlines())


def _merged(found: Sequence[Found]) -> tuple[Found, ...]:
    """One of each municipality and region, best first.

    A village whose municipality is named too is that village and no other of the same name; a point or
    postcode that any mention of the municipality has is kept.
    """
    whole = {one.municipality for one in found if one.point is None and not one.postcode}
    spots = {(one.start, one.end) for one in found if one.point is not None and one.municipality in whole}
    best: dict[tuple[str, str], Found] = {}
    for one in sorted(found, key=lambda one: (-one.score, one.start)):
        if one.score < LEAST or ((one.start, one.end) in spots and one.municipality not in whole):
            continue
        key = (one.municipality, one.region)
        known = best.get(key)
        if known is None:
            best[key] = one
        elif known.point is None and one.point is not None:
            best[key] = replace(one, score=known.score)
    return tuple(sorted(best.values(), key=lambda one: (-one.score, one.start)))
