"""How the words around a name weigh for or against its being the place where help is needed.

1. A name that is also an ordinary word ("lahti"), a surname ("Mäkelä") or a brand ("Nokia") counts only
   with a reason: a place was asked for, the name is the whole message, a word of living or an
   institution stands beside it ("asun", "kirjasto"), or a preposition or a capital that the sentence does
   not explain. A local case is a reason by itself where that form is no ordinary word ("Lahdessa").
2. The ends of a journey count for nothing, nor does a newspaper with a town in its name, nor what
   somebody is called.
3. Of a move, the place that is moved to counts. A home that was counts for less than one that is, and a
   place that something is near for less than one that it is in.
4. Where the writer lives in one place and somebody else in another, the other's place is meant, since
   people write so when they ask for somebody else; unless they say "here", or what they want themselves.
"""

from collections.abc import Sequence

from knowledge.gazetteer import Reading
from knowledge.inflection import Case
from knowledge.names import WEIGHTS, Kind, Target
from knowledge.scene import Mention, Scene, is_postcode

MOVED_FROM, NO_MORE, ANOTHER_PERSONS, NEARBY, NOT_LIVED_IN = 0.4, 0.5, 0.6, 0.8, 0.95
"""How far a place still counts that is left, was left, is the wrong person's, is only near, or of which
nothing says that anybody lives there."""

SHORTEST = 3
"""A shorter name is a word of some language: Ii, and "ii", which is "not" in Northern Sámi."""

_OUTER = ("lla", "llä", "lta", "ltä", "lle")
_BARE = frozenset({Case.BASE, Case.GENITIVE, Case.PARTITIVE, Case.AS})
_MUNICIPAL = frozenset({Kind.MUNICIPALITY, Kind.FORMER, Kind.REGION})


def judge(scene: Scene, mentions: Sequence[Mention], asked: bool, on_behalf: bool | None) -> list[float]:
    """How far each mention counts as the place meant: 0 (not at all) to 1, in the order given."""
    cases = [_case(scene, mention) for mention in mentions]
    others = "other" in scene.subjects
    roles = [scene.whose(mention) if others else "" for mention in mentions]
    if on_behalf is None and others:
        on_behalf = not _asks_for_self(scene, mentions, roles)
    weights = []
    for number, mention in enumerate(mentions):
        paired = _is_paired(mention, mentions[max(0, number - 1) : number + 2])
        if _is_title(scene, mention, cases[number]) or _is_journey(
            scene, mention, cases[number], cases, paired
        ):
            weights.append(0.0)
            continue
        weight = 1.0
        if scene.in_sentence(mention, "moving") and _is_left(cases[number], cases):
            weight = MOVED_FROM if len(mentions) > 1 else 0
        elif len(mentions) > 1 and scene.in_clause(mention, "before"):
            weight = NO_MORE
        elif len(mentions) > 1 and cases[number] is not Case.IN and scene.near(mention, "near", 1, 1):
            weight = NEARBY
        if (roles[number] == "other") != bool(on_behalf and "other" in roles):
            weight *= ANOTHER_PERSONS
        lived_in = scene.in_clause(mention, "living") or scene.in_clause(mention, "home")
        weights.append(weight if asked or lived_in or scene.alone(mention) else weight * NOT_LIVED_IN)
    return weights


def is_meant(
    scene: Scene, mention: Mention, reading: Reading, ordinary: bool, borne: bool, asked: bool
) -> bool:
    """Whether a name means a place here, where its form is an ``ordinary`` word or the name is ``borne``
    by people or things as well."""
    form = scene.words[mention.last - 1].word
    outer = form.endswith(_OUTER)
    bare = reading.case in _BARE
    if asked or not (ordinary or (borne and (bare or outer))):
        return True
    target = reading.name.targets[0]
    municipal = target.kind in _MUNICIPAL
    if scene.alone(mention):
        return target.kind is Kind.MUNICIPALITY or not (bare or target.kind is Kind.VILLAGE)
    if scene.named_person(mention) or (len(form) < SHORTEST and not scene.capital(mention)):
        return municipal and scene.own_clause(mention)
    if borne and scene.near(mention, "device") and not scene.near(mention, "living", 1, 1):
        return False
    if _is_lived_in(scene, mention, target) or (municipal and not borne and scene.own_clause(mention)):
        return True
    if mention.first and is_postcode(scene.words[mention.first - 1].word):
        return True
    if scene.next_says(mention, "institution") and reading.case in (Case.GENITIVE, Case.BASE):
        return True
    capital = scene.capital(mention)
    if scene.preposition(mention) is not None and (municipal or capital):
        return True
    return capital and not borne


def _is_lived_in(scene: Scene, mention: Mention, target: Target) -> bool:
    """Whether somebody is said to live there: near a municipality's name, right beside a village's."""
    if target.kind in _MUNICIPAL:
        return scene.near(mention, "living") or scene.near(mention, "home")
    return target.weight >= WEIGHTS["populated_place"] and scene.near(mention, "living", 2, 1)


def _case(scene: Scene, mention: Mention) -> Case:
    """The case of the form, or what the preposition before it stands for."""
    cases = [reading.case for reading in mention.readings]
    if Case.BASE in cases:
        return scene.preposition(mention) or Case.BASE
    return next((case for case in cases if case in (Case.TO, Case.IN, Case.FROM)), cases[0])


def _is_left(case: Case, cases: Sequence[Case]) -> bool:
    """Whether a move goes away from the place. The Sámi locative, read as "in", may be either."""
    return case is Case.FROM or (case is Case.IN and Case.TO in cases)


def _asks_for_self(scene: Scene, mentions: Sequence[Mention], roles: Sequence[str]) -> bool:
    """Whether the writer's own place is the one of the help: "here in Kajaani", "I need help in Kajaani"."""
    return any(
        role != "other" and (scene.near(mention, "here", 2, 0) or (role and scene.in_clause(mention, "wish")))
        for mention, role in zip(mentions, roles, strict=True)
    )


def _is_title(scene: Scene, mention: Mention, case: Case) -> bool:
    """Whether the place is in the name of a newspaper, or what somebody is called."""
    return scene.next_says(mention, "press") or (case is Case.BASE and scene.in_clause(mention, "naming"))


def _is_paired(mention: Mention, mentions: Sequence[Mention]) -> bool:
    """Whether another place stands right beside this one, or with a single word between ("to")."""
    return any(
        other.first - mention.last in (0, 1) or mention.first - other.last in (0, 1) for other in mentions
    )


def _is_journey(scene: Scene, mention: Mention, case: Case, cases: Sequence[Case], paired: bool) -> bool:
    """Whether a place is the end of a way; ``paired`` says that another place stands right beside it."""
    if scene.in_sentence(mention, "moving") or scene.in_clause(mention, "living"):
        return False
    if scene.in_sentence(mention, "journey"):
        return (
            case in (Case.FROM, Case.TO)
            or paired
            or (case is Case.GENITIVE and scene.next_says(mention, "journey"))
        )
    return case in (Case.FROM, Case.TO) and Case.FROM in cases and Case.TO in cases
