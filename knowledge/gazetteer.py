"""The table of all forms of all names of places.

Forms are found without regard to case. Marks on letters may be left out, but not added: "jyvaskyla" is
Jyväskylä, "lähti" is not Lahti.
"""

from collections.abc import Collection, Iterable, Iterator, Sequence
from typing import NamedTuple

from knowledge.inflection import Case
from knowledge.names import Kind, Name
from knowledge.text import fold


class Reading(NamedTuple):
    """One way to read a form: the name that it belongs to, and the case that it is in."""

    name: Name
    case: Case


_TAILS = ("kin", "kään", "kaan", "hän", "han", "kö", "ko", "pä", "pa", "ni", "si", "mme", "nne", "nsä", "nsa")
_SHORTEST_STEM = 2


class Gazetteer:
    """The table of forms; made once, then only read.

    ``longest`` holds the first words (in lower case, without marks) of names of several words, and how
    many words the longest of these has.
    """

    def __init__(self, names: Iterable[tuple[Name, Sequence[tuple[str, Case]]]]) -> None:
        table: dict[str, tuple[Reading, ...]] = {}
        unmarked: dict[str, str] = {}
        longest: dict[str, int] = {}
        for name, inflected in names:
            readings = {case: (Reading(name, case),) for case in {case for _, case in inflected}}
            several = " " in inflected[0][0]
            for form, case in inflected:
                known = table.get(form)
                table[form] = known + readings[case] if known else readings[case]
                if not form.isascii() and (bare := fold(form)) != form:
                    unmarked[bare] = f"{unmarked[bare]}|{form}" if bare in unmarked else form
                if several:
                    head = fold(form).partition(" ")[0]
                    longest[head] = max(longest.get(head, 1), form.count(" ") + 1)
        self._table = table
        self._unmarked = unmarked
        self.longest = longest

    def look_up(self, words: str, plain: str = "") -> tuple[Reading, ...]:
        """The readings of words in lower case that are parted by one space; empty where there are none.

        ``plain`` are the words folded, where they are known. Where nothing is found, a possessive or a tail (-kin, -han, -ko) is taken off and tried again.
        """
        found = self.exact(words, plain)
        if not found and words.endswith(_TAILS):
            for stem in without_tails(words):
                found = self.exact(stem) or self.exact(stem + "n")
                if found:
                    break
        return found

    def forms(self) -> Collection[str]:
        """Every form, in lower case."""
        return self._table.keys()

    def exact(self, words: str, plain: str = "") -> tuple[Reading, ...]:
        """As ``look_up``, but with nothing taken off."""
        found = self._table.get(words, ())
        marked = self._unmarked.get(plain or fold(words))
        # Written as a municipality is, it is no village whose name has a mark more: Alajärvi, not Älajärvi.
        municipal = any(one.name.targets[0].kind is Kind.MUNICIPALITY for one in found)
        if marked is not None and not municipal:
            for form in marked.split("|"):
                if form != words and _no_mark_added(words, form):
                    found += self._table[form]
        return found


def _no_mark_added(written: str, form: str) -> bool:
    return all(one in (other, fold(other)) for one, other in zip(written, form, strict=True))


def without_tails(word: str) -> Iterator[str]:
    """The word without its possessive or tail, and without both; nothing where it has none."""
    if not word.endswith(_TAILS):
        return
    for tail in _TAILS:
        if word.endswith(tail) and len(word) > len(tail) + _SHORTEST_STEM:
            stem = word.removesuffix(tail)
            yield stem
            yield from without_tails(stem)
