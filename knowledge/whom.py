"""Is help asked for somebody else? How likely that is, by who is spoken of and what is said of them.

A linear sum. What it adds up has names: the rules of ``data/rules/6_people.toml`` that are met ("rule
trouble"), the kinds of words that are spoken ("elder.of"), which of them stand close by ("he > want"), and
the beginnings of words. What each is worth was learnt from ``data/messages/needs.tsv`` by
``knowledge.learn.whom`` and is written in ``data/weights/whom.tsv``, in hundredths, where it can be read.
"""

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from importlib.resources import files
from math import sqrt
from typing import NamedTuple

from knowledge.people import HINTS, OTHERS, People
from knowledge.words import Word

SAID = frozenset(
    {
        *("their_trouble", "third", "i_must", "thing", "not", "towards", "recipient", "in_need", "says"),
        *("helps", "dead", "a_helper", "for_whom", "no_thing", "device", "them", "for_them", "of_them"),
        *("child", "client", "young", "myself_named", "i_act", "told"),
    }
)
"""The word lists of the rules that count by themselves too."""

AFTER, BEFORE = 4, 3
"""How many words after and before somebody are looked at."""

TOLD = 6
"""How many reasons are told."""

BEGINNING = 6
"""Letters: longer words are taken for one another where they begin alike."""

SPEAKER = frozenset({"I", "do1", "not1"})
ALONE = frozenset({"acts"})
"""What the rules say of the one who writes, and of nobody else."""

KIN = frozenset({"elder", "spouse", "peer"})


DOING = frozenset(
    {"want", "not", "not1", "not3", "tell", "help", "thing", "dead", "child", "do1", "some", "gift"}
)
"""What is said of somebody, wherever in the message it stands."""

FLOOR = "(floor)"
"""What a message is worth that says nothing."""

NOBODY = -2.0
"""The score where nobody else is spoken of."""


class Likely(NamedTuple):
    """How far it is for somebody else: above zero it is likelier than not. ``why`` names what weighed most,
    the weightiest first."""

    score: float
    why: tuple[str, ...] = ()


class Whom:
    """Weighs for whom help is asked; made once, then only read."""

    def __init__(self, people: People, weights: Mapping[str, int]) -> None:
        """``weights`` are in hundredths."""
        self._people = people
        self._weights = weights

    @classmethod
    def load(cls, known: Collection[str], is_place: Callable[[str], bool]) -> "Whom":
        """The words and weights that ship with the package; ``known`` are ordinary words, folded, and
        ``is_place`` tells whether a word in lower case names a place: neither is anybody's name."""
        return cls(People.load(known, is_place), read_weights())

    def likely(
        self,
        text: str,
        words: Sequence[Word],
        language: str,
        parts: Iterable[str],
        lists: Iterable[str],
        told: bool = False,
    ) -> Likely:
        """How far a message speaks for somebody else; ``words`` were cut from ``text``.

        ``parts`` is what the rules of people mean that it meets, ``lists`` are the word lists of rules that
        it meets. ``told`` says that the reasons are wanted.
        """
        kinds = self._people.kinds(words, language, text)
        weights = self._weights
        traits = traits_of(words, kinds, language, parts, lists)
        if not traits:
            return Likely(NOBODY)
        known = weights.keys() & traits
        score = (weights[FLOOR] + sum(map(weights.__getitem__, known)) / sqrt(len(known) or 1)) / 100
        why = sorted(known, key=lambda trait: (-abs(weights[trait]), trait))[:TOLD] if told else ()
        return Likely(score, tuple(why))


def read_weights() -> dict[str, int]:
    """What each trait is worth, in hundredths."""
    lines = (files("knowledge") / "data" / "weights" / "whom.tsv").read_text("utf-8").splitlines()[1:]
    return {name: int(worth) for name, _, worth in (line.rpartition("\t") for line in lines)}


def traits_of(
    words: Sequence[Word], kinds: Sequence[str], language: str, parts: Iterable[str], lists: Iterable[str]
) -> set[str]:
    """Everything in a message that may say for whom it is; nothing where nobody else is spoken of.

    ``kinds`` are those of its words (``knowledge.people``), ``parts`` what the rules of people mean that it
    meets, ``lists`` the word lists of rules that it meets.
    """
    parts = frozenset(parts)
    families = [kind.partition(".")[0] if kind else "" for kind in kinds]
    if parts <= ALONE and HINTS.isdisjoint(families) and HINTS.isdisjoint(kinds):
        return set()
    beginnings = [f"{language}={word.plain[:BEGINNING]}" for word in words]
    traits = {f"rule {part}" for part in parts}
    traits.add(f"rules {rules_say(parts)}")
    traits.update(f"said {name}" for name in SAID.intersection(lists))
    traits.update(beginnings, kinds, families)
    traits.discard("")
    traits.update(_company(kinds, families))
    traits.update(_doing(words, kinds, families))
    for place, family in enumerate(families):
        if family in OTHERS or family == "I":
            traits.update(_beside(place, kinds, families, beginnings))
    return traits


def _company(kinds: Sequence[str], families: Sequence[str]) -> Iterator[str]:
    """Who is there, with whom, and who is named first."""
    others = [family for family in families if family in OTHERS]
    speaker = f"I{min(sum(family in SPEAKER for family in families), 2)}"
    again = families.count("he") + families.count("they")
    if not others:
        yield from ("nobody", f"nobody {speaker}")
    else:
        yield from (
            f"{min(len(others), 3)} spoken of",
            f"others {speaker}",
            f"others {speaker} he{min(again, 2)}",
        )
    for family in set(others):
        yield f"{family} and {speaker}"
        yield f"{family} and {'he' if again and family != 'he' else 'no he'}"
    for kind, family in zip(kinds, families, strict=True):
        if family in OTHERS or family == "I":
            yield from (f"first {kind}", f"first {family}")
            break


def _doing(words: Sequence[Word], kinds: Sequence[str], families: Sequence[str]) -> Iterator[str]:
    """What is said of whom: whoever was spoken of last does it, however far off."""
    who, order = "-", [""]
    for word, kind, family in zip(words, kinds, families, strict=True):
        if word.parted:
            who = who.rstrip(",") + ","
        if family in OTHERS or family == "I":
            group = "kin" if family in KIN else family
            who = group + kind.removeprefix(family)
            if group != order[-1]:
                order.append(group)
        elif family in DOING:
            yield f"{who}: {family}"
    if order[1:]:
        yield f"last {order[-1]}"
        yield " then ".join(order[1:4])


def _beside(
    place: int, kinds: Sequence[str], families: Sequence[str], beginnings: Sequence[str]
) -> Iterator[str]:
    """What stands close to somebody who is spoken of."""
    family, case = families[place], kinds[place].removeprefix(families[place])
    group = "kin" if family in KIN else family
    after = place + 1
    if after < len(kinds):
        yield f"{group}{case} >> {kinds[after] or beginnings[after]}"
        yield f"{kinds[place]} >> {kinds[after] or beginnings[after]}"
    for other in families[after : after + AFTER]:
        if other:
            yield f"{group} > {other}"
            yield f"{group}{case} > {other}"
    for number in range(max(0, place - BEFORE), place):
        if families[number]:
            yield f"{families[number]} < {group}{case}"
    if place:
        yield f"{kinds[place - 1] or beginnings[place - 1]} << {kinds[place]}"


def rules_say(parts: frozenset[str]) -> bool | None:
    """What the naming of somebody tells: the first of these that is met, the surest first."""
    if not {"dead", "widowed", "told_by_worker"}.isdisjoint(parts):
        # A bereaved person's errand is their own, and so is what a doctor has told one to do.
        return False
    acts = "acts" in parts
    helper = not {"helper", "helper_young"}.isdisjoint(parts)
    if "oneself" in parts and not ("occupation" in parts and not acts):
        return False
    if "client" in parts:
        return True
    if not {"told", "other_sense"}.isdisjoint(parts):
        return False
    if "child" in parts and "helped" not in parts:
        # Day care and school are a parent's own errands.
        return False
    if "benefit" in parts:
        return True
    if "trouble" in parts:
        return not helper or ("helped" in parts and not acts)
    if helper or "towards" in parts:
        return False
    if "for" in parts:
        return True
    if not {"helped", "occupation"}.isdisjoint(parts):
        return not acts
    return None
