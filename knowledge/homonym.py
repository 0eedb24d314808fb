"""Whether a name that is also a word, a surname or a brand means the place.

A form that is an ordinary word ("lahti"), or the name of people or things as well ("Mäkelä", "Nokia"),
counts only with a reason: a place was asked for; the name is the whole message or a clause of its own; a
word of living, an institution or a postcode stands beside it ("asun", "kirjasto"); a preposition; a capital
that the sentence does not explain; or, in a local case, a greeting ("hei Porista") or something that people
look for in a town ("missä Lopella voi tulostaa"). A local case is a reason by itself where that form is no
ordinary word ("Lahdessa"), unless water and woods are spoken of. After a first name or a title a name in its
base form is a surname.
"""

from typing import NamedTuple

from knowledge.gazetteer import Reading
from knowledge.inflection import Case
from knowledge.names import WEIGHTS, Kind, Target
from knowledge.scene import Mention, Scene, is_postcode

SHORTEST = 3
"""A shorter name is a word of some language: Ii, and "ii", which is "not" in Northern Sámi."""

_OUTER = ("lla", "llä", "lta", "ltä", "lle")
_OUTER_NAMES = frozenset({"Koski", "Koski Tl", "Loppi", "Nokia", "Virrat"})
"""Of the names that are also words, those that people put in the outer local cases: "Nokialla", but "Aurassa"."""

_BRANDS = frozenset({"Nokia"})
"""Names that a question may be about in any case: "onko Nokialla whatsapp"."""

_EVENTS = frozenset({"kolari", "varkaus", "virrat"})
"""Words that may be a clause by themselves: "varkaus, mitä teen"."""

_BARE = frozenset({Case.BASE, Case.GENITIVE, Case.PARTITIVE, Case.AS})
_MUNICIPAL = frozenset({Kind.MUNICIPALITY, Kind.FORMER, Kind.REGION})


class Doubt(NamedTuple):
    """What else a name may be: its form an ``ordinary`` word, or its base form a ``word``; ``borne`` by
    people or things as much as by the place, or by the place first and also as a ``surname``."""

    ordinary: bool
    word: bool
    borne: bool
    surname: bool


def is_meant(scene: Scene, mention: Mention, reading: Reading, doubt: Doubt) -> bool:
    """Whether a name means a place here, in a message that nobody was asked for."""
    bare, outer = reading.case in _BARE, _is_outer(scene, mention, reading)
    likened = (bare or outer) if doubt.borne or doubt.ordinary else (bare and doubt.surname)
    if (likened or _is_of_people(scene, mention)) and scene.named_person(mention):
        return False
    if scene.signed(mention) and any(one.case is Case.BASE for one in mention.readings):
        return False
    stray = not bare and not outer and doubt.borne and reading.name.shown in _OUTER_NAMES
    if not (doubt.ordinary or stray or (doubt.borne and (bare or _ends_outer(scene, mention)))):
        return bare or not (doubt.word and _is_outdoors(scene, mention))
    target = reading.name.targets[0]
    if scene.alone(mention):
        if target.kind is Kind.OTHER:
            return reading.case is Case.BASE or not bare
        if target.kind is Kind.MUNICIPALITY or not (bare or target.kind is Kind.VILLAGE):
            return True
        return scene.near(mention, "living", 2, 0) and scene.preposition(mention) is Case.IN
    if len(scene.words[mention.last - 1].word) < SHORTEST and not scene.capital(mention):
        return target.kind in _MUNICIPAL and scene.own_clause(mention) and scene.written_large(mention)
    brand = reading.name.shown in _BRANDS and scene.in_sentence(mention, "device")
    elsewhere = scene.near(mention, "living", 1, 1) or (
        reading.case is Case.GENITIVE and scene.next_says(mention, "home")
    )
    if doubt.borne and (brand or scene.close(mention, "device")) and not elsewhere:
        return brand and scene.in_clause(mention, "service") and not bare
    return _has_reason(scene, mention, reading, doubt)


def _has_reason(scene: Scene, mention: Mention, reading: Reading, doubt: Doubt) -> bool:
    target = reading.name.targets[0]
    municipal = target.kind in _MUNICIPAL
    bare = reading.case in _BARE
    known = municipal or (doubt.borne and not doubt.ordinary)
    if _is_lived_in(scene, mention, target, bare, doubt):
        return True
    if known and (municipal or mention.first) and _is_clause(scene, mention, reading, doubt):
        return True
    if mention.first and is_postcode(scene.words[mention.first - 1].word):
        return True
    if reading.case in (Case.GENITIVE, Case.BASE) and scene.next_says(mention, "institution"):
        return True
    if reading.case is Case.BASE and municipal and scene.near(mention, "institution", 1, 0):
        return True
    if not bare and (
        _is_looked_around(scene, mention, reading) if known else _is_asked_about(scene, mention, target)
    ):
        return True
    if not bare and municipal and scene.in_clause(mention, "moving"):
        return True
    capital = scene.capital(mention)
    return (capital and not doubt.borne) or _has_preposition(scene, mention, reading, known, capital)


def _has_preposition(scene: Scene, mention: Mention, reading: Reading, known: bool, capital: bool) -> bool:
    """Whether a preposition makes it a place: "jag bor i Salo"; but a letter may be from Mäntylä."""
    case = scene.preposition(mention)
    if case is None or not (capital or (known and _is_spelled(scene, mention, reading))):
        return False
    municipal = reading.name.targets[0].kind in _MUNICIPAL
    return municipal or capital or case is Case.IN or scene.near(mention, "own", 3, 0)


def _is_asked_about(scene: Scene, mention: Mention, target: Target) -> bool:
    """Whether a village whose name is a word greets, or something is looked for in it: "missä Kalliossa"."""
    if target.weight < WEIGHTS["populated_place"]:
        return False
    if scene.near(mention, "greeting", 1, 1):
        return True
    return scene.near(mention, "asking", 1, 0) and scene.in_clause(mention, "service")


def _is_lived_in(scene: Scene, mention: Mention, target: Target, bare: bool, doubt: Doubt) -> bool:
    """Whether somebody is said to live there: near a municipality's name, right beside a village's."""
    if target.kind not in _MUNICIPAL:
        likely = target.weight >= WEIGHTS["populated_place"] or not doubt.ordinary or scene.capital(mention)
        return likely and scene.near(mention, "living", 2, 1)
    if bare:
        return scene.near(mention, "living") or scene.near(mention, "home", 2, 3)
    return scene.near(mention, "living") or scene.near(mention, "home")


def _is_clause(scene: Scene, mention: Mention, reading: Reading, doubt: Doubt) -> bool:
    """Whether the name of a municipality is a clause and no signature: "Salo, en saa konetta auki"."""
    if not _is_spelled(scene, mention, reading) or scene.words[mention.first].word in _EVENTS:
        return False
    if not scene.own_clause(mention) or scene.is_given(mention):
        return False
    return not (doubt.borne and scene.near(mention, "greeting", 1, 0)) and not scene.follows_sign_off(mention)


def _is_spelled(scene: Scene, mention: Mention, reading: Reading) -> bool:
    """Whether the name is written with all its marks: "stora" is no Storå."""
    return scene.words[mention.first].word == reading.name.shown.lower()


def _is_looked_around(scene: Scene, mention: Mention, reading: Reading) -> bool:
    """Whether a name in a local case greets from a town, or something is looked for in it."""
    shown = reading.name.shown
    municipal = reading.name.targets[0].kind in _MUNICIPAL
    if municipal and not mention.corrected and _is_outer(scene, mention, reading):
        return False
    if reading.case is Case.FROM and (
        scene.near(mention, "greeting", 1, 2) or scene.near(mention, "own", 3, 0)
    ):
        return True
    if scene.in_clause(mention, "service") or scene.is_told(mention):
        return True
    return shown not in _BRANDS and (
        scene.near(mention, "asking", 2, 1)
        or (reading.case is Case.IN and scene.near(mention, "other", 1, 0))
    )


def _is_of_people(scene: Scene, mention: Mention) -> bool:
    """Whether the form is what people of the place are called, and a surname as well: "Hämäläinen"."""
    return scene.words[mention.last - 1].word.endswith(("lainen", "läinen"))


def _is_outdoors(scene: Scene, mention: Mention) -> bool:
    return (
        scene.close(mention, "outdoors")
        and not scene.in_clause(mention, "living")
        and not scene.in_clause(mention, "service")
    )


def _ends_outer(scene: Scene, mention: Mention) -> bool:
    return scene.words[mention.last - 1].word.endswith(_OUTER)


def _is_outer(scene: Scene, mention: Mention, reading: Reading) -> bool:
    return _ends_outer(scene, mention) and reading.name.shown not in _OUTER_NAMES
