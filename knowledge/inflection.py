"""The case forms of Finnish place names.

A name has a strong and a weak stem (Helsinki: ``helsinki-``, ``helsingi-``) to which the case endings
are added; the stems follow from how the name ends. Where a name may go more than one way, every way is
given: a table that knows "Rautalammilla" and the wrong "Rautalammella" understands both. For the same
reason both series of local cases are made ("Kemijärvellä" and "Kemijärvessä"), and the forms that
learners ("Helsinkissä") and speakers ("Helsingis", "Helsinkii") use. What is not known here: which of
the ways is the correct one; nothing in this project writes an inflected name.
"""

from collections.abc import Iterator
from enum import StrEnum
from typing import NamedTuple

BACK, FRONT = "aou", "äöy"
VOWELS = BACK + FRONT + "ei"


class Case(StrEnum):
    """What a form tells about the place: where one is, comes from, goes to, or whose something is."""

    BASE = "base"
    GENITIVE = "genitive"
    PARTITIVE = "partitive"
    IN = "in"
    FROM = "from"
    TO = "to"
    AS = "as"


class _Stem(NamedTuple):
    """``strong`` carries the illative, essive and partitive, ``weak`` the rest; ``long`` stems end in a
    vowel that is already two (``tamperee-``), ``plural`` ones in the plural i."""

    strong: str
    weak: str
    plural: bool = False


E_STEMS = (
    *("järvi", "koski", "mäki", "joki", "saari", "niemi", "salmi", "lampi", "nummi", "korpi", "kivi", "tammi"),
    *("lehti", "hauki", "nurmi", "suvi", "kaari", "hirvi", "talvi", "ovi", "sormi", "lohi", "käki", "kanki"),
    *("onki", "vuori", "kylki", "loppi", "suoni", "suomi", "kuusi", "suuri", "mieli", "ruuhi", "hiiri"),
)
"""Endings of names whose i turns into e: Kemijärvi, Kemijärven."""

_WEAK = (
    *(("kk", "k"), ("pp", "p"), ("tt", "t"), ("nk", "ng"), ("nt", "nn"), ("mp", "mm"), ("lt", "ll")),
    *(("rt", "rr"), ("ht", "hd"), ("lp", "lv"), ("rp", "rv"), ("rk", "r"), ("lk", "l"), ("hk", "hk")),
    *(("sk", "sk"), ("tk", "tk"), ("st", "st"), ("sp", "sp")),
)
_STRONG = (("nn", "nt"), ("ll", "lt"), ("rr", "rt"), ("mm", "mp"), ("d", "t"), ("v", "p"), ("tt", "tt"))
_FIRST_PARTS = {
    "uusi": ("uuden", "uudessa", "uudesta", "uuteen", "uudella", "uudelta", "uudelle", "uutta"),
    "iso": ("ison", "isossa", "isosta", "isoon", "isolla", "isolta", "isolle", "isoa"),
    "vähä": ("vähän", "vähässä", "vähästä", "vähään", "vähällä", "vähältä", "vähälle", "vähää"),
    "pyhä": ("pyhän", "pyhässä", "pyhästä", "pyhään", "pyhällä", "pyhältä", "pyhälle", "pyhää"),
    "musta": ("mustan", "mustassa", "mustasta", "mustaan", "mustalla", "mustalta", "mustalle", "mustaa"),
    "vanha": ("vanhan", "vanhassa", "vanhasta", "vanhaan", "vanhalla", "vanhalta", "vanhalle", "vanhaa"),
}
"""First parts that are inflected along with the second: Uusikaupunki, Uudessakaupungissa."""


def forms(name: str, *, lenient: bool = False) -> Iterator[tuple[str, Case]]:
    """The forms of a name in lower case, each with what it tells; the name itself comes first.

    ``lenient`` adds the forms that learners make of the bare name ("Helsinkissä") and that speakers
    shorten ("Helsingis"). Forms may come twice.
    """
    base = name.lower()
    yield base, Case.BASE
    for stem in _stems(base):
        yield from _cases(stem)
    if lenient:
        yield from _learned(base)
        yield from _spoken(base)
    for first, inflected in _FIRST_PARTS.items():
        if base.startswith(first) and len(base) > len(first) + 3:
            yield from _two_parts(base.removeprefix(first), inflected)


def residents(name: str) -> Iterator[str]:
    """What a person from the place is called, in the nominative and the genitive: "helsinkiläinen"."""
    base = name.lower()
    if base.endswith("nen"):
        base = base[:-3] + "s"
    elif base.endswith(E_STEMS) or base.endswith("lahti"):
        base = base[:-1] + "e"
    vowels = _harmony(base)
    for a in vowels:
        yield f"{base}l{a}inen"
        yield f"{base}l{a}isen"


def _harmony(word: str) -> str:
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
    before = head[-2] if len(head) > 1 else ""
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


def _stems(base: str) -> Iterator[_Stem]:
    last, second = base[-1], base[-2:-1]
    if base.endswith("nen"):
        root = base[:-3]
        yield _Stem(root + "se", root + "se")
        yield _Stem(root + "si", root + "si", plural=True)
    elif base.endswith("laidun"):
        yield _Stem(base[:-3] + "tume", base[:-3] + "tume")
    elif last == "t" and second in VOWELS:
        yield from _plural_name(base[:-1])
    elif last == "s" and second in VOWELS:
        yield from _s_stems(base)
    elif last not in VOWELS:
        yield _Stem(base + "i", base + "i")
    elif last == "e" and second not in VOWELS:
        yield _Stem(base + "e", base + "e")
        yield _Stem(base, base)
        yield from (_Stem(strong + "e", strong + "e") for strong in _strengthen(base))
    elif last == "i" and second not in VOWELS:
        yield from _i_stems(base)
    else:
        yield from _graded(base)
        if base.endswith("virta"):
            yield _Stem(base[:-1] + "oi", base[:-2] + "roi", plural=True)


def _graded(strong: str) -> Iterator[_Stem]:
    weak = list(_weaken(strong))
    yield from (_Stem(strong, one) for one in weak or [strong])


def _strengthen(base: str) -> Iterator[str]:
    """The strong grade of a name in -e whose nominative is weak: "rinne", "rinte-"."""
    head, vowel = base[:-1], base[-1]
    for weak, strong in _STRONG:
        if head.endswith(weak):
            yield head.removesuffix(weak) + strong + vowel


def _s_stems(base: str) -> Iterator[_Stem]:
    root, vowel = base[:-1], base[-2]
    yield _Stem(root + "kse", root + "kse")
    if vowel in "uy":
        yield _Stem(root + "te", root + "de")
    if vowel in "aäie":
        yield _Stem(root + vowel, root + vowel)
        yield from (_Stem(strong + vowel, strong + vowel) for strong in _strengthen(root))
    yield _Stem(base + "i", base + "i")


def _i_stems(base: str) -> Iterator[_Stem]:
    if base.endswith("vesi"):
        yield _Stem(base[:-2] + "te", base[:-2] + "de")
        yield _Stem(base[:-2] + "te", base[:-2] + "e")
        return
    if base.endswith("lahti"):
        yield _Stem(base[:-1] + "e", base[:-2] + "de")
        yield _Stem(base[:-1] + "e", base[:-2] + "e")
        return
    if base.endswith(E_STEMS):
        yield from _graded(base[:-1] + "e")
    if not base.endswith(E_STEMS) or base.endswith(("lampi", "nummi", "loppi", "vuori", "kaari", "suvi")):
        yield from _graded(base)


def _plural_name(stem: str) -> Iterator[_Stem]:
    """A name in the plural, from its weak stem: "Virrat", "Virroilla"; "Linjat", "Linjoilla"."""
    head, vowel = stem[:-1], stem[-1]
    strong = next(_strengthen(stem), stem)[:-1]
    for i in {"a": ("oi", "ai", "i"), "ä": ("i", "öi"), "e": ("i",), "i": ("ei",)}.get(vowel, (vowel + "i",)):
        yield _Stem(strong + i, head + i, plural=True)
        if i == "ai":
            yield _Stem(strong + i, strong + i, plural=True)


def _cases(stem: _Stem) -> list[tuple[str, Case]]:
    strong, weak = stem.strong, stem.weak
    made = [(weak + "lle", Case.TO), (weak + "ksi", Case.TO)]
    for a in _harmony(weak):
        made += (
            (f"{weak}ss{a}", Case.IN),
            (f"{weak}ll{a}", Case.IN),
            (f"{weak}st{a}", Case.FROM),
            (f"{weak}lt{a}", Case.FROM),
            (f"{strong}n{a}", Case.AS),
        )
        made += [(form, Case.PARTITIVE) for form in _partitives(strong, a)]
    made += [(form, Case.TO) for form in _illatives(stem)]
    if stem.plural:
        made += [(form, Case.GENITIVE) for form in _plural_genitives(strong)]
    else:
        made.append((weak + "n", Case.GENITIVE))
    return made


def _partitives(strong: str, a: str) -> Iterator[str]:
    yield strong + a
    if strong[-1] in VOWELS and strong[-2:-1] and strong[-2] in VOWELS:
        yield f"{strong}t{a}"
        if strong.endswith("ee"):
            yield f"{strong[:-1]}tt{a}"
    if strong.endswith("se"):
        yield f"{strong[:-1]}t{a}"
    if strong.endswith(("re", "ne", "le")):
        yield f"{strong[:-1]}t{a}"
    if strong.endswith("me"):
        yield f"{strong[:-2]}nt{a}"
    if strong.endswith("te"):
        yield f"{strong[:-1]}t{a}"
    if strong.endswith("ö"):
        yield f"{strong}t{a}"
    if strong.endswith("kse"):
        yield f"{strong[:-3]}st{a}"


def _illatives(stem: _Stem) -> Iterator[str]:
    strong, vowel = stem.strong, stem.strong[-1]
    doubled = strong[-2:-1] and strong[-2] in VOWELS
    if doubled:
        yield f"{strong}h{vowel}n"
        yield f"{strong}{'s' + ('ii' if stem.plural else 'ee')}n"
    if not doubled or strong[-2] != vowel:
        yield f"{strong}{vowel}n"
    if vowel == "ö":
        yield f"{strong}hön"


def _plural_genitives(strong: str) -> Iterator[str]:
    if strong.endswith("si"):
        yield strong[:-1] + "ten"
        yield strong + "en"
    else:
        yield strong[:-1] + "jen"
        yield strong + "den"
        yield strong[:-2] + ("äin" if strong[-2] in FRONT else "ain")


def _learned(base: str) -> Iterator[tuple[str, Case]]:
    """The bare name with an ending put on it, as those do who are learning Finnish."""
    root = base if base[-1] in VOWELS else base + "i"
    for a in _harmony(base):
        yield f"{root}ss{a}", Case.IN
        yield f"{root}ll{a}", Case.IN
        yield f"{root}st{a}", Case.FROM
        yield f"{root}lt{a}", Case.FROM
    yield f"{root}lle", Case.TO
    yield f"{root}{root[-1]}n", Case.TO
    yield f"{root}n", Case.GENITIVE


def _spoken(base: str) -> Iterator[tuple[str, Case]]:
    """Local cases without their last sound: "Turus", "Turust", "Tampereel", "Helsinkii"."""
    for stem in _stems(base):
        yield f"{stem.weak}s", Case.IN
        yield f"{stem.weak}l", Case.IN
        yield f"{stem.weak}st", Case.FROM
        yield f"{stem.weak}lt", Case.FROM
        for form in _illatives(stem):
            yield form[:-1], Case.TO


def _two_parts(second: str, first: tuple[str, ...]) -> Iterator[tuple[str, Case]]:
    """Both parts of a name inflected. ``first`` holds the first part's forms in the order below."""
    genitive, inessive, elative, illative, adessive, ablative, allative, partitive = first
    for stem in _stems(second):
        for a in _harmony(stem.weak):
            yield f"{inessive}{stem.weak}ss{a}", Case.IN
            yield f"{adessive}{stem.weak}ll{a}", Case.IN
            yield f"{elative}{stem.weak}st{a}", Case.FROM
            yield f"{ablative}{stem.weak}lt{a}", Case.FROM
            yield from ((partitive + form, Case.PARTITIVE) for form in _partitives(stem.strong, a))
        yield f"{genitive}{stem.weak}n", Case.GENITIVE
        yield f"{allative}{stem.weak}lle", Case.TO
        yield from ((illative + form, Case.TO) for form in _illatives(stem))
