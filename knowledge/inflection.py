"""The case forms of Finnish place names, made from their stems (``knowledge.stems``).

More forms are made than are correct: a table that knows "Rautalammilla" and the wrong "Rautalammella"
understands both. For the same reason both series of local cases are made ("Kemijärvellä" and
"Kemijärvessä"), and the forms that learners ("Helsinkissä") and speakers ("Helsingis", "Helsinkii") use.
What is not known here: which form is the correct one; nothing in this project writes an inflected name.
"""

from collections.abc import Iterator
from enum import StrEnum

from knowledge.stems import E_STEMS, FRONT, VOWELS, Stem, harmony, stems


class Case(StrEnum):
    """What a form tells about the place: where one is, comes from, goes to, or whose something is."""

    BASE = "base"
    GENITIVE = "genitive"
    PARTITIVE = "partitive"
    IN = "in"
    FROM = "from"
    TO = "to"
    AS = "as"


Form = tuple[str, Case]
"""A form in lower case, and its case."""

_TWO_PARTS = {
    "uusi": ("uuden", "uudessa", "uudesta", "uuteen", "uudella", "uudelta", "uudelle", "uutta"),
    "iso": ("ison", "isossa", "isosta", "isoon", "isolla", "isolta", "isolle", "isoa"),
    "vähä": ("vähän", "vähässä", "vähästä", "vähään", "vähällä", "vähältä", "vähälle", "vähää"),
    "pyhä": ("pyhän", "pyhässä", "pyhästä", "pyhään", "pyhällä", "pyhältä", "pyhälle", "pyhää"),
    "musta": ("mustan", "mustassa", "mustasta", "mustaan", "mustalla", "mustalta", "mustalle", "mustaa"),
    "vanha": ("vanhan", "vanhassa", "vanhasta", "vanhaan", "vanhalla", "vanhalta", "vanhalle", "vanhaa"),
}
"""First parts that are inflected along with the second: Uusikaupunki, Uudessakaupungissa. Genitive,
inessive, elative, illative, adessive, ablative, allative, partitive."""

_WATERS = ("joki", "järvi", "koski", "salmi", "lampi", "vesi")
"""Ends of names whose people are called after the water: "siikajokinen", but Järvinen is a surname."""


def forms(name: str, *, lenient: bool = False) -> Iterator[Form]:
    """The forms of a name of at least two letters; the name itself comes first. Some may come twice.

    ``lenient`` adds the forms that learners make of the bare name and that speakers shorten.
    """
    base = name.lower()
    yield base, Case.BASE
    for stem in stems(base):
        yield from _cases(stem)
    if lenient:
        yield from _learned(base)
        yield from spoken(base)
    for first, inflected in _TWO_PARTS.items():
        if base.startswith(first) and len(base) >= len(first) + 3:
            yield from _two_parts(base.removeprefix(first), inflected)


def residents(name: str) -> Iterator[str]:
    """What people from the place are called, in the commonest cases: "helsinkiläinen", "helsinkiläisten",
    "siikajokinen"."""
    base = name.lower()
    if base.endswith(_WATERS) and len(base) >= len("siikajoki"):
        yield from (base + ending for ending in ("nen", "set", "sen", "sten", "selle", "sille", "sia"))
    if base.endswith("nen"):
        base = base[:-3] + "s"
    elif base.endswith((*E_STEMS, "lahti")):
        base = base[:-1] + "e"
    for a in harmony(base):
        yield f"{base}l{a}inen"
        root = f"{base}l{a}is"
        yield from (
            root + ending
            for ending in ("en", "et", "ten", "elle", "ille", f"t{a}", f"i{a}", f"en{a}", f"in{a}")
        )
        yield from (root + ending for ending in (f"ell{a}", f"ill{a}", f"elt{a}", f"ilt{a}"))


def _cases(stem: Stem) -> list[Form]:
    strong, weak = stem.strong, stem.weak
    made = [(weak + "lle", Case.TO), (weak + "ksi", Case.TO)]
    for a in harmony(weak):
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
    if strong.endswith(("oi", "ai", "ei")):
        yield f"{strong[:-1]}j{a}"
    if strong[-2:-1] and strong[-2] in VOWELS and strong[-1] in VOWELS:
        yield f"{strong}t{a}"
        if strong.endswith("ee"):
            yield f"{strong[:-1]}tt{a}"
    elif strong.endswith("ö"):
        yield f"{strong}t{a}"
    elif strong.endswith("kse"):
        yield f"{strong[:-3]}st{a}"
    elif strong.endswith(("se", "re", "ne", "le", "te")):
        yield f"{strong[:-1]}t{a}"
    elif strong.endswith("me"):
        yield f"{strong[:-2]}nt{a}"


def _illatives(stem: Stem) -> Iterator[str]:
    strong, vowel = stem.strong, stem.strong[-1]
    before = strong[-2:-1]
    if before and before in VOWELS:
        yield f"{strong}h{vowel}n"
        yield strong + ("siin" if stem.plural else "seen")
    if before not in VOWELS or before != vowel:
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


def _learned(base: str) -> Iterator[Form]:
    """The bare name with an ending put on it, as those do who are learning Finnish."""
    root = base if base[-1] in VOWELS else base + "i"
    for a in harmony(base):
        yield f"{root}ss{a}", Case.IN
        yield f"{root}ll{a}", Case.IN
        yield f"{root}st{a}", Case.FROM
        yield f"{root}lt{a}", Case.FROM
    yield f"{root}lle", Case.TO
    yield f"{root}{root[-1]}n", Case.TO
    yield f"{root}n", Case.GENITIVE


def spoken(base: str) -> Iterator[Form]:
    """Local cases without their last sound: "Turus", "Turust", "Tampereel", "Helsinkii"."""
    for stem in stems(base):
        yield f"{stem.weak}s", Case.IN
        yield f"{stem.weak}l", Case.IN
        yield f"{stem.weak}st", Case.FROM
        yield f"{stem.weak}lt", Case.FROM
        for form in _illatives(stem):
            yield form[:-1], Case.TO


def _two_parts(second: str, first: tuple[str, ...]) -> Iterator[Form]:
    """Both parts of a name inflected; ``first`` holds the forms of the first part."""
    genitive, inessive, elative, illative, adessive, ablative, allative, partitive = first
    for stem in stems(second):
        for a in harmony(stem.weak):
            yield f"{inessive}{stem.weak}ss{a}", Case.IN
            yield f"{adessive}{stem.weak}ll{a}", Case.IN
            yield f"{elative}{stem.weak}st{a}", Case.FROM
            yield f"{ablative}{stem.weak}lt{a}", Case.FROM
            yield from ((partitive + form, Case.PARTITIVE) for form in _partitives(stem.strong, a))
        yield f"{genitive}{stem.weak}n", Case.GENITIVE
        yield f"{allative}{stem.weak}lle", Case.TO
        yield from ((illative + form, Case.TO) for form in _illatives(stem))
