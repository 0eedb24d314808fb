"""How the words around a name weigh for or against its being the place where help is needed.

Whether the name means a place at all is settled before (``knowledge.homonym``).

1. The ends of a journey count for nothing, nor does a newspaper or a firm with a town in its name, nor what
   somebody is called, nor where somebody was born and does not live, nor where a thing was bought.
2. Of a move, the place that is moved to counts. A home that was counts for less than one that is, a place
   of work for less than a home, and a place that something is near for less than one that it is in.
3. Where the writer lives in one place and somebody else in another, the place of the one who needs help is
   meant: "she needs", "for my mother" or "I want" say who that is. Where nothing says it, it is the other's
   place, since people write so when they ask for somebody else; but of children the writer's own.
"""

from collections.abc import Sequence
from functools import partial
from typing import NamedTuple

from knowledge.inflection import Case
from knowledge.scene import Mention, Scene

MOVED_FROM, NO_MORE, AT_WORK, ANOTHER_PERSONS, NEARBY, LESS_SURE, NOT_LIVED_IN = (
    *(0.4, 0.5, 0.6, 0.6, 0.8, 0.9, 0.95),
)
"""How far a place still counts that is left, was left, is worked in, is the wrong person's, is only near, is
perhaps another person's, or of which nothing says that anybody lives there."""


_HOMES = ("living", "home", "own", "greeting")
"""What says that a place is somebody's, whatever else is spoken of."""


class Verdict(NamedTuple):
    """How far a mention counts as the place meant, 0 (not at all) to 1, and what made it less than that."""

    weight: float
    because: str = ""


def judge(scene: Scene, mentions: Sequence[Mention], asked: bool, on_behalf: bool | None) -> list[Verdict]:
    """A verdict on each mention, in the order given."""
    cases = [_case(scene, mention) for mention in mentions]
    people = _by_person(scene, mentions, cases, on_behalf)
    verdicts = []
    for number, mention in enumerate(mentions):
        case = cases[number]
        paired = _is_paired(mention, mentions[max(0, number - 1) : number + 2])
        if _is_title(scene, mention, case) or (not paired and scene.begins_compound(mention)):
            verdicts.append(Verdict(0, "a firm or a name"))
            continue
        if not asked and not paired and _is_of_something(scene, mention, case):
            verdicts.append(Verdict(0, "of something"))
            continue
        if _is_passed(scene, mention, case):
            verdicts.append(Verdict(0, "a thing or a guest"))
            continue
        if _is_journey(scene, mention, case, cases, paired):
            verdicts.append(Verdict(0, "a journey"))
            continue
        time, person = _in_time(scene, mention, case, cases), people[number]
        weight = time.weight * person.weight
        lived_in = scene.in_clause(mention, "living") or scene.in_clause(mention, "home")
        if not (asked or lived_in or scene.alone(mention)):
            weight *= NOT_LIVED_IN
        verdicts.append(Verdict(weight, ", ".join(filter(None, (time.because, person.because)))))
    return verdicts


def _in_time(scene: Scene, mention: Mention, case: Case, cases: Sequence[Case]) -> Verdict:
    """How far a place counts as a home of now: not one that is left, was left, is only worked in or near."""
    several = len(cases) > 1
    stays = scene.in_sentence(mention, "still")
    if _is_move(scene, mention, cases) and _is_left(scene, case, cases) and not stays:
        return Verdict(MOVED_FROM if several else 0, "left")
    if _is_elsewhere(scene, mention, case) and not stays and not scene.in_clause(mention, "living"):
        return Verdict(0, "born, bought or seen there")
    if several and _is_before(scene, mention):
        return Verdict(NO_MORE, "a home before")
    if several and "staying" in scene.subjects and not scene.near(mention, "staying", 4, 0):
        return Verdict(NO_MORE, "not moved to")
    if several and scene.in_clause(mention, "work") and not scene.in_clause(mention, "living"):
        return Verdict(AT_WORK, "a place of work")
    if several and case is not Case.IN and scene.near(mention, "near", 1, 1):
        return Verdict(NEARBY, "only near")
    return Verdict(1)


def _by_person(
    scene: Scene, mentions: Sequence[Mention], cases: Sequence[Case], on_behalf: bool | None
) -> list[Verdict]:
    """How far each place counts as that of the person who needs help."""
    if "other" not in scene.subjects:
        return [Verdict(1)] * len(mentions)
    roles = [
        "own" if case is Case.FROM and scene.near(mention, "greeting", 2, 1) else scene.whose(mention)
        for mention, case in zip(mentions, cases, strict=True)
    ]
    if on_behalf is False and "own" not in roles and "telling" in scene.subjects:
        # "My brother in Kuopio told me": where he lives says nothing about the writer.
        return [Verdict(0 if role == "other" else 1, "another person's") for role in roles]
    if len(mentions) < 2:
        return [Verdict(1)]
    for_other = _is_for_other(scene, mentions, roles, on_behalf)
    if for_other and "other" not in roles:
        roles = [role or "other" for role in roles]
        for_other = "other" in roles
    needy = [scene.in_clause(mention, "needy") for mention in mentions]
    verdicts = []
    for number, role in enumerate(roles):
        unsaid = for_other and any(needy) and not needy[number]
        if (role == "other") != for_other:
            verdicts.append(Verdict(ANOTHER_PERSONS * (LESS_SURE if unsaid else 1), "another person's"))
        elif unsaid or (not for_other and not role and "own" in roles):
            verdicts.append(Verdict(LESS_SURE, "perhaps another person's"))
        else:
            verdicts.append(Verdict(1))
    return verdicts


def _is_for_other(
    scene: Scene, mentions: Sequence[Mention], roles: Sequence[str], on_behalf: bool | None
) -> bool:
    """Whether the help is for somebody else, where the writer and another have places of their own."""
    if on_behalf is not None:
        return on_behalf
    for_self, for_other = scene.who_wants()
    if for_self != for_other:
        return for_other
    return not scene.speaks_of_young() and not _is_here(scene, mentions, roles)


def _case(scene: Scene, mention: Mention) -> Case:
    """The case of the form, or what the preposition before it stands for."""
    cases = [reading.case for reading in mention.readings]
    if Case.BASE in cases:
        return scene.preposition(mention) or Case.BASE
    bought = scene.in_clause(mention, "origin") or scene.in_sentence(mention, "household")
    if bought and cases == [Case.GENITIVE] and (part := scene.case_of_next(mention)):
        return part
    return next((case for case in cases if case in (Case.TO, Case.IN, Case.FROM)), cases[0])


def _is_move(scene: Scene, mention: Mention, cases: Sequence[Case]) -> bool:
    """Whether somebody moves: it is said, or a home is spoken of and two ends of a way, and no journey."""
    if scene.in_sentence(mention, "moving"):
        return True
    ends = Case.TO in cases and len(cases) > 1
    return ends and "household" in scene.subjects and "journey" not in scene.subjects


def _is_left(scene: Scene, case: Case, cases: Sequence[Case]) -> bool:
    """Whether a move goes away from the place: "Rauma Turkuun". The Sámi locative, read as "in", may be either."""
    if case is Case.FROM or Case.TO not in cases:
        return case is Case.FROM
    return case in (Case.BASE, Case.GENITIVE) or (case is Case.IN and scene.language in ("se", ""))


def _is_before(scene: Scene, mention: Mention) -> bool:
    """Whether a home that was is spoken of beside the place, and none that is: "entinen Rauma, uusi Pori"."""
    said = scene.last_said(mention, ("before", "now", "living"))
    return said == "before" or (
        not said and scene.in_clause(mention, "before") and not scene.in_clause(mention, "now")
    )


def _is_elsewhere(scene: Scene, mention: Mention, case: Case) -> bool:
    """Whether somebody was only born there, bought something there or was there on a visit."""
    if scene.in_clause(mention, "born"):
        return True
    if scene.in_clause(mention, "greeting") or scene.in_clause(mention, "service"):
        return False
    if scene.in_clause(mention, "origin"):
        return case is Case.FROM or scene.preposition(mention) is Case.IN
    return case in (Case.IN, Case.TO) and scene.in_clause(mention, "visit")


def _is_here(scene: Scene, mentions: Sequence[Mention], roles: Sequence[str]) -> bool:
    """Whether the writer says "here" of a place: "here in Kajaani"."""
    return any(
        role != "other" and scene.near(mention, "here", 2, 0)
        for mention, role in zip(mentions, roles, strict=True)
    )


def _is_title(scene: Scene, mention: Mention, case: Case) -> bool:
    """Whether the place is in the name of a newspaper or a firm, or what somebody is called."""
    base = any(reading.case is Case.BASE for reading in mention.readings)
    if (base or case is Case.GENITIVE) and scene.next_says(mention, "press"):
        return True
    return case is Case.BASE and scene.in_clause(mention, "naming")


def _is_of_something(scene: Scene, mention: Mention, case: Case) -> bool:
    """Whether a genitive or a partitive only says which castle, race or weather is meant."""
    if scene.language not in ("fi", "fi@simple") or scene.alone(mention):
        return False
    if case is not Case.PARTITIVE and (case is not Case.GENITIVE or scene.ends_clause(mention)):
        return False
    if any(map(partial(scene.in_clause, mention), (*_HOMES, "service", "needy", "asking", "near", "here"))):
        return False
    if scene.in_sentence(mention, "living") or scene.in_sentence(mention, "home"):
        return False
    return case is Case.PARTITIVE or not scene.next_is_place(mention)


def _is_passed(scene: Scene, mention: Mention, case: Case) -> bool:
    """Whether only a parcel, a letter or a caller is there, or somebody's bed for a night."""
    if case not in (Case.IN, Case.FROM) or any(map(partial(scene.in_clause, mention), _HOMES)):
        return False
    return scene.in_clause(mention, "parcel") or scene.in_clause(mention, "lodging")


def _is_paired(mention: Mention, mentions: Sequence[Mention]) -> bool:
    """Whether another place stands right beside this one, or with a single word between ("to")."""
    return any(
        other.first - mention.last in (0, 1) or mention.first - other.last in (0, 1) for other in mentions
    )


def _is_journey(scene: Scene, mention: Mention, case: Case, cases: Sequence[Case], paired: bool) -> bool:
    """Whether a place is the end of a way; ``paired`` says that another place stands right beside it."""
    if _is_move(scene, mention, cases) or scene.in_clause(mention, "living"):
        return False
    if scene.near(mention, "here", 1, 1):
        return False
    if scene.in_sentence(mention, "journey"):
        return (
            case in (Case.FROM, Case.TO)
            or paired
            or (case is Case.GENITIVE and scene.next_says(mention, "journey"))
        )
    return case in (Case.FROM, Case.TO) and Case.FROM in cases and Case.TO in cases
