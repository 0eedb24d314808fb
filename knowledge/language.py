"""Which language a message is in.

Three signals are added up for each language in Latin letters, as natural logarithms:

- letter sequences (``data/language/grams.tsv``, distilled from py3langid 0.4; see ``knowledge.learn.language``),
- small words (``data/language/words.toml``, written by hand),
- the words of the need files, which are written in four of the languages.

A word that several languages share, as a brand is, speaks for none of them. The language that the
conversation is in has a head start, and Northern Sámi, Estonian and Somali must be clearly ahead:
most people here write Finnish, Swedish or English, often with a foreign name in it. Other alphabets
are told by their letters alone.

It is ready in 0.12 s and keeps 6 MB. py3langid itself, restricted to the same languages, took 0.85 s and
52 MB, with a peak of 105 MB and a temporary file, which a read-only installation may forbid. How often it
is right: ``make evaluate``. Inari and Skolt Sámi are not known: buttons choose them.
"""

import re
import tomllib
from collections import Counter
from collections.abc import Iterable, Mapping
from importlib.resources import files

import numpy as np
from numpy.typing import NDArray

LATIN = ("fi", "sv", "en", "se", "et", "so")
SPOKEN = frozenset({"fi", "sv", "en", "se"})
"""The languages that the service speaks."""

OTHER_SHARE = 3
"""From one letter in so many on, a text is in the Cyrillic alphabet: the rest may be an address or a brand."""

LONGEST_GRAM = 6
READ_AT_MOST = 400  # Letters: more of them do not change the answer.

GRAM_WEIGHT = 0.22
WORD_VOTE = 3.0
TOPIC_VOTE = 1.6
HEAD_START = 2.5
ALONE = 5.0
"""The language of a conversation has a head start of ``HEAD_START``, and of ``ALONE`` more in a message of
one word, half of that in one of two words, and so on: one word may be a name."""

PLAIN = 9.0
"""From this lead on the words alone tell; letter sequences are not looked at."""

FLOOR = 1.0
"""Below this lead over the second language, nothing is told."""

CLEAR_LEAD = 4.0
"""How far ahead Northern Sámi or Estonian must be where the text holds fewer than two signs of it."""

NEAR_ESTONIAN = 5.0
"""So far behind Finnish, Estonian is still told by two of its own words or letters."""

HANDICAP = (0.0, -0.3, -0.3, -0.7, -1.5, -4.0)
"""What each of ``LATIN`` must make up for: Finnish is the commonest, Estonian and Somali are rare."""

_WORD = re.compile(r"[^\W\d_]+(?:'[^\W\d_]+)?")
_SIGNS = {"se": re.compile("[čđŋšŧžáČĐŊŠŦŽÁ]"), "et": re.compile("[õüÕÜ]")}
"""Letters that are the language's own among ``LATIN``."""

_FINNISH_ENDING = re.compile(r"(?:ss[aä]|st[aä]|ll[aä]|lt[aä]|lle|seen)\b")
"""Case endings: they tell the language of a message that is only a name, "Rukalla"."""

_CYRILLIC = re.compile("[\u0400-\u04ff]")
_UKRAINIAN = re.compile("[іїєґІЇЄҐ]")
_RUSSIAN = re.compile("[ыэъёЫЭЪЁ]")
_UKRAINIAN_ENDING = re.compile(r"(?:[ауюи]ти|тися|[аиоу]вся|ований|ована|овано)\b|п['’ʼ]ю")
_ARABIC = re.compile("[\u0600-\u06ff]")
_NOT_ARABIC = re.compile("[\u067e\u0686\u0698\u06af\u06a9\u06cc\u06c1\u0695\u06b5\u06ce\u06c6]")

Votes = NDArray[np.float32]


class Languages:
    """Tells languages apart; made once, then only read."""

    def __init__(
        self,
        grams: Mapping[str, int],
        weights: Votes,
        words: Mapping[str, int],
        votes: Votes,
        ukrainian: frozenset[str],
    ) -> None:
        """``ukrainian`` are words in Cyrillic letters that Russian does not have."""
        self._grams = grams
        self._weights = weights
        self._words = words
        self._votes = votes
        self._ukrainian = ukrainian

    @classmethod
    def of(cls, topics: Mapping[str, Iterable[str]]) -> "Languages":
        """From the package's own tables, and texts of this service in each language ("fi" -> texts)."""
        grams, weights = _read_grams()
        words = _read_words()
        ukrainian = frozenset(words.pop("uk"))
        return cls(grams, weights, *_word_votes(words, topics), ukrainian)

    def detect(self, text: str, prior: str = "") -> str:
        """The language of ``text``: one of ``LATIN``, "ru", "uk" or "ar".

        ``prior`` is the language that the conversation is in, "" if none yet; a text that does not
        tell (a number, a name, one word that several languages share) gives ``prior`` again.
        """
        text = text[:READ_AT_MOST]
        other = _other_alphabet(text, self._ukrainian)
        if other:
            return other
        scores = self.scores(text)
        if scores is None:
            return prior
        evidence = dict(zip(LATIN, map(sum, zip(scores, HANDICAP, strict=True)), strict=True))
        if prior in evidence:
            evidence[prior] += HEAD_START + ALONE / len(_WORD.findall(text))
        best, second = sorted(LATIN, key=evidence.__getitem__, reverse=True)[:2]
        # The two share most of their letter sequences: words of its own speak for the rarer one.
        alike = {best, second} == {"fi", "et"} and abs(evidence["fi"] - evidence["et"]) < NEAR_ESTONIAN
        if alike and self._has_signs(text, "et"):
            return "et"
        lead = evidence[best] - evidence[second]
        if best in _SIGNS and best != prior and lead < CLEAR_LEAD and not self._has_signs(text, best):
            best = second
        elif lead < FLOOR and best != prior:
            return prior or ("fi" if _FINNISH_ENDING.search(text.casefold()) else "")
        return best

    def _has_signs(self, text: str, language: str) -> bool:
        """Whether a text holds two signs of a language: its own letters, or words that only it has.

        A foreign name with one accent must not turn a Finnish conversation into Sámi; a text written
        without the accents shows it by two of its words.
        """
        signs = len(_SIGNS[language].findall(text))
        column = LATIN.index(language)
        for word in _WORD.findall(text.casefold()):
            row = self._words.get(word)
            if row is not None:
                vote = self._votes[row]
                signs += bool(vote[column] > 1 and int(vote.argmax()) == column)
        return signs >= 2

    def scores(self, text: str) -> list[float] | None:
        """How much ``text`` speaks for each of ``LATIN``, or None where it holds no word."""
        words = _WORD.findall(text.casefold().replace("’", "'"))
        if not words:
            return None
        rows = [row for word in words if (row := self._words.get(word)) is not None]
        # The functions themselves: an array's methods take as long again to come to them.
        total: list[float] = np.add.reduce(self._votes[rows], axis=0).tolist()
        first, second = sorted(total, reverse=True)[:2]
        if first - second < PLAIN:
            found = self._found(f" {' '.join(words)} ")
            if found:
                heard = np.add.reduce(self._weights[found], axis=0).tolist()
                total = [one + GRAM_WEIGHT * other for one, other in zip(total, heard, strict=True)]
        return total

    def _found(self, text: str) -> list[int]:
        """The longest known sequence that ends at each letter of ``text``."""
        grams = self._grams
        found = []
        for end in range(2, len(text) + 1):
            for start in range(max(0, end - LONGEST_GRAM), end - 1):
                index = grams.get(text[start:end])
                if index is not None:
                    found.append(index)
                    break
        return found


def _other_alphabet(text: str, ukrainian: frozenset[str]) -> str:
    """ "ru", "uk" or "ar" where most letters are in that alphabet, else ""."""
    if text.isascii():
        return ""
    letters = sum(1 for letter in text if letter.isalpha())
    if len(_CYRILLIC.findall(text)) * OTHER_SHARE > letters:
        if _UKRAINIAN.search(text):
            return "uk"
        lower = text.casefold()
        if not _RUSSIAN.search(text) and (
            _UKRAINIAN_ENDING.search(lower) or not ukrainian.isdisjoint(_WORD.findall(lower))
        ):
            return "uk"
        return "ru"
    if len(_ARABIC.findall(text)) * 2 > letters and not _NOT_ARABIC.search(text):
        return "ar"
    return ""


def _read_grams() -> tuple[dict[str, int], Votes]:
    table = files("knowledge").joinpath("data/language/grams.tsv").read_text(encoding="utf-8")
    lines = table.splitlines()[1:]
    grams = {line[: line.index("\t")].replace("_", " "): row for row, line in enumerate(lines)}
    tenths = np.fromstring(
        "\t".join(line[line.index("\t") + 1 :] for line in lines), dtype=np.float32, sep="\t"
    )
    return grams, tenths.reshape(len(lines), len(LATIN)) / np.float32(10)


def _read_words() -> dict[str, list[str]]:
    source = files("knowledge").joinpath("data/language/words.toml").read_text(encoding="utf-8")
    return {language: words.split() for language, words in tomllib.loads(source).items()}


def _word_votes(
    small: Mapping[str, list[str]], topics: Mapping[str, Iterable[str]]
) -> tuple[dict[str, int], Votes]:
    """The words, and a row of votes for each; the votes of one word add up to nothing."""
    rows: dict[str, int] = {}
    heard = {
        language: Counter(word for text in texts for word in _WORD.findall(text.casefold()))
        for language, texts in topics.items()
    }
    for counted in heard.values():
        for word in counted:
            rows.setdefault(word, len(rows))
    listed = [
        (rows.setdefault(word, len(rows)), LATIN.index(language))
        for language, words in small.items()
        for word in words
    ]
    counts = np.zeros((len(rows), len(LATIN)), dtype=np.float32)
    for language, counted in heard.items():
        for word, times in counted.items():
            counts[rows[word], LATIN.index(language)] = times
    # Shares of the languages that have topics, smoothed by one third of a word.
    smooth = np.log(counts + np.where([language in topics for language in LATIN], 1 / 3, 1 / 6))
    votes = (smooth - smooth.mean(axis=1, keepdims=True)) * (counts.sum(axis=1, keepdims=True) > 0)
    votes *= TOPIC_VOTE / 2
    for row, column in listed:
        votes[row, column] += WORD_VOTE
    votes -= votes.mean(axis=1, keepdims=True)
    return rows, votes.astype(np.float32)
