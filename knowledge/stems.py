"""The stems of Finnish place names, to which the case endings are added.

A name has a strong and a weak stem (Helsinki: ``helsinki-``, ``helsingi-``), which follow from how the
name ends. Where a name may go more than one way, every way is given.
"""

from collections.abc import Iterator
from typing import NamedTuple

BACK, FRONT = "aou", "äöy"
VOWELS = BACK + FRONT + "ei"


class Stem(NamedTuple):
    """``strong`` carries the illative, essive and partitive, ``weak`` the other cases. A ``plural`` stem
    ends in the plural i ("jokioisi-")."""

    strong: str
    weak: str
    plural: bool = False


E_STEMS = (
    *(
        "järvi",
        "koski",
        "mäki",
        "joki",
        "saari",
        "niemi",
        "salmi",
        "lampi",
        "nummi",
        "korpi",
        "kivi",
        "tammi",
    ),
    *("lehti", "hauki", "nurmi", "suvi", "kaari", "hirvi", "talvi", "ovi", "sormi", "lohi", "käki", "kanki"),
    *("onki", "vuori", "kylki", "loppi", "suoni", "suomi", "kuusi", "suuri", "mieli", "ruuhi", "hiiri"),
)
"""Endings of names whose i turns into e: Kemijärvi, Kemijärven."""

_EITHER = ("lampi", "nummi", "loppi", "vuori", "kaari", "suvi")
"""Those of them whose i may also stay: Rautalampi, Rautalammin."""

_WEAK = (
    *(("kk", "k"), ("pp", "p"), ("tt", "t"), ("nk", "ng"), ("nt", "nn"), ("mp", "mm"), ("lt", "ll")),
    *(("rt", "rr"), ("ht", "hd"), ("lp", "lv"), ("rp", "rv"), ("rk", "r"), ("lk", "l"), ("hk", "hk")),
    *(("sk", "sk"), ("tk", "tk"), ("st", "st"), ("sp", "sp")),
)
"""The last consonants of a strong stem, and what they are in the weak one."""

_STRONG = (
    ("ng", "nk"),
    ("nn", "nt"),
    ("ll", "lt"),
    ("rr", "rt"),
    ("mm", "mp"),
    ("d", "t"),
    ("v", "p"),
    ("t", "tt"),
    ("p", "pp"),
)
"""The other way round, for names that are weak in their base form: "rinne", "rintee-"; "kangas", "kankaa-"."""


def harmony(word: str) -> str:
    """The vowels that the endings of the word take: "a", "ä", or both where people differ."""
    light = 0
    for letter in reversed(word):
        if letter in "ei":
            light += 1
        elif letter in FRONT:
            return "ä"
        elif letter in BACK:
            return "aä" if light > 1 else "a"
    return "ä"


def stems(base: str) -> Iterator[Stem]:
    """The stems of a name in lower case, of at least two letters."""
    last, second = base[-1], base[-2:-1]
    if base.endswith("nen"):
        yield Stem(base[:-3] + "se", base[:-3] + "se")
        yield Stem(base[:-3] + "si", base[:-3] + "si", plural=True)
    elif base.endswith("laidun"):
        yield Stem(base[:-3] + "tume", base[:-3] + "tume")
    elif last == "t" and second in VOWELS:
        yield from _plural_name(base[:-1])
    elif last == "s" and second in VOWELS:
        yield from _s_name(base)
    elif last not in VOWELS:
        yield Stem(base + "i", base + "i")
    elif last == "e" and second not in VOWELS:
        yield Stem(base + "e", base + "e")
        yield Stem(base, base)
        yield from (Stem(strong + "e", strong + "e") for strong in _strengthen(base))
    elif last == "i" and second not in VOWELS:
        yield from _i_name(base)
    else:
        yield from _graded(base)
        if base.endswith("virta"):
            yield Stem(base[:-1] + "oi", base[:-2] + "roi", plural=True)
        if base == "kangasala":
            yield Stem(base, "kangasa")  # "Kangasalla", the one name that loses a syllable.


def _graded(strong: str) -> Iterator[Stem]:
    weak = list(_weaken(strong))
    yield from (Stem(strong, one) for one in weak or [strong])


def _weaken(stem: str) -> Iterator[str]:
    """The weak grade of a stem that ends in one short vowel; nothing where it has none."""
    if len(stem) < 3 or stem[-1] not in VOWELS or stem[-2] in VOWELS:
        return
    head, vowel = stem[:-1], stem[-1]
    for strong, weak in _WEAK:
        if head.endswith(strong):
            yield head.removesuffix(strong) + weak + vowel
            if strong == "hk":
                yield head.removesuffix("k") + vowel
            return
    before = head[-2]
    if before in VOWELS or before in "lr":
        if head.endswith("t"):
            yield head[:-1] + "d" + vowel
        elif head.endswith("p"):
            yield head[:-1] + "v" + vowel
        elif head.endswith("k"):
            yield head[:-1] + vowel
            if before == vowel and vowel in "uy":
                yield head[:-1] + "v" + vowel
            if head.endswith("ik"):
                yield head[:-2] + "j" + vowel


def _strengthen(stem: str) -> Iterator[str]:
    """The strong grade of a weak stem that ends in a vowel; nothing where it has none."""
    head, vowel = stem[:-1], stem[-1]
    for weak, strong in _STRONG:
        if head.endswith(weak):
            yield head.removesuffix(weak) + strong + vowel


def _s_name(base: str) -> Iterator[Stem]:
    root, vowel = base[:-1], base[-2]
    yield Stem(root + "kse", root + "kse")
    if vowel in "uy":
        yield Stem(root + "te", root + "de")
    if vowel in "aäie":
        yield Stem(root + vowel, root + vowel)
        yield from (Stem(strong + vowel, strong + vowel) for strong in _strengthen(root))
    yield Stem(base + "i", base + "i")


def _i_name(base: str) -> Iterator[Stem]:
    if base.endswith("vesi"):
        strong, head = base[:-2] + "te", base[:-2]
    elif base.endswith("lahti"):
        strong, head = base[:-1] + "e", base[:-2]
    else:
        if base.endswith(E_STEMS):
            yield from _graded(base[:-1] + "e")
        if base.endswith(_EITHER) or not base.endswith(E_STEMS):
            yield from _graded(base)
        if base.endswith(("rsi", "nsi", "lsi")):
            yield Stem(base[:-2] + "te", base[:-2] + base[-3] + "e")
        return
    yield Stem(strong, head + "de")
    yield Stem(strong, head + "e")  # In many dialects the d is not heard: "Lahessa", "Haapaveellä".


def _plural_name(stem: str) -> Iterator[Stem]:
    """A name in the plural, from its weak stem: "Virrat", "Virroilla"; "Linjat", "Linjoilla"."""
    head, vowel = stem[:-1], stem[-1]
    strong = next(_strengthen(stem), stem)[:-1]
    for i in {"a": ("oi", "ai", "i"), "ä": ("i", "öi"), "e": ("i",), "i": ("ei",)}.get(vowel, (vowel + "i",)):
        yield Stem(strong + i, head + i, plural=True)
        if i == "ai":
            yield Stem(strong + i, strong + i, plural=True)
