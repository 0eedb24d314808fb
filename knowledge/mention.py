"""How the words around a name weigh for or against its being the place where help is needed.

The rules, in the order in which they are asked:

1. A name that is also an ordinary word ("lahti"), a surname ("Mäkelä") or a brand ("Nokia") counts only
   with a reason: a place was asked for, the name is the whole message, a word of living or an
   institution stands beside it ("asun", "kirjasto"), or a preposition or a capital that the sentence does
   not explain. A local case is a reason by itself where that form is no ordinary word ("Lahdessa").
2. The ends of a journey count for nothing, nor does a newspaper with a town in its name.
3. Of a move, the place that is moved to counts. A home that was counts for less than one that is.
4. Where the writer lives in one place and somebody else in another, the other's place is meant: people
   write so when they ask for somebody else.
"""

from collections.abc import Sequence
from typing import NamedTuple

from knowledge.gazetteer import Reading
from knowledge.inflection import Case
from knowledge.names import WEIGHTS, Kind, Target
from knowledge.surroundings import Surroundings
from knowledge.text import Token

BEFORE, AFTER = 4, 3
"""How many words before and after a name are looked at for a reason."""

LEAST_CLAUSE = 3
"""A verb of living begins a clause of its own after so many words: "töissä Salossa asun Paimiossa"."""

_OUTER = ("lla", "llä", "lta", "ltä", "lle")
_BARE = frozenset({Case.BASE, Case.GENITIVE, Case.PARTITIVE, Case.AS})
_MUNICIPAL = frozenset({Kind.MUNICIPALITY, Kind.FORMER, Kind.REGION})
_MOVED_FROM, _NO_MORE, _OTHER_PERSONS, _BESIDE = 0.4, 0.5, 0.6, 0.8
_PLAIN = 0.95
_SHORTEST = 3
"""A name of two letters is a word of some language: Ii, and "ii", which is "not" in Northern Sámi."""


class Mention(NamedTuple):
    """A name in a text: its words are ``first`` to ``last`` (exclusive). ``corrected`` says that the word is
    a slip away from the name, ``sure`` that it can hardly be another word."""

    first: int
    last: int
    readings: tuple[Reading, ...]
    corrected: bool = False
    sure: bool = True


class Scene:
    """The words of a message and what each of them says, cut into sentences and clauses."""

    def __init__(self, text: str, words: Sequence[Token], surroundings: Surroundings, language: str) -> None:
        self.words = words
        self.language = language
        self.says = [surroundings.says(word.word) for word in words]
        self.sentence, self.clause = _cut(text, words, self.says)
        self.quiet = any(word.written.islower() for word in words)
        """Whether capitals mean anything here: in a shouted or one-word message they do not."""

    def around(self, mention: Mention, before: int = BEFORE, after: int = AFTER) -> list[int]:
        """The positions of the words near a name, in its own sentence."""
        sentence = self.sentence[mention.first]
        near = (*range(mention.first - before, mention.first), *range(mention.last, mention.last + after))
        return [at for at in near if 0 <= at < len(self.words) and self.sentence[at] == sentence]

    def near(self, mention: Mention, subject: str, before: int = BEFORE, after: int = AFTER) -> bool:
        """Whether a word near the name speaks of ``subject``."""
        return any(subject in self.says[at] for at in self.around(mention, before, after))

    def in_clause(self, mention: Mention, subject: str) -> bool:
        """Whether a word of the name's clause speaks of ``subject``."""
        clause = self.clause[mention.first]
        return any(subject in says for says, at in zip(self.says, self.clause, strict=True) if at == clause)

    def in_sentence(self, mention: Mention, subject: str) -> bool:
        """Whether a word of the name's sentence speaks of ``subject``."""
        sentence = self.sentence[mention.first]
        return any(
            subject in says for says, at in zip(self.says, self.sentence, strict=True) if at == sentence
        )

    def next_says(self, mention: Mention, subject: str) -> bool:
        """Whether the word right after the name speaks of ``subject``."""
        return mention.last < len(self.words) and subject in self.says[mention.last]

    def preposition(self, mention: Mention) -> Case | None:
        """The case that the preposition before the name stands for; None where there is none."""
        if mention.first:
            for case in (Case.IN, Case.FROM, Case.TO):
                if case.value in self.says[mention.first - 1]:
                    return case
        return None

    def alone(self, mention: Mention) -> bool:
        """Whether the message says nothing but this name."""
        others = (*range(mention.first), *range(mention.last, len(self.words)))
        return all("around" in self.says[at] or _is_postcode(self.words[at].word) for at in others)

    def own_clause(self, mention: Mention) -> bool:
        """Whether the name, with a capital, is a whole clause: "Ii, tarvitsen apua"."""
        clause = self.clause[mention.first]
        beside = [at for at in (mention.first - 1, mention.last) if 0 <= at < len(self.words)]
        capital = self.words[mention.first].written[0].isupper()
        return self.quiet and capital and all(self.clause[at] != clause for at in beside)

    def capital(self, mention: Mention) -> bool:
        """Whether the name has a capital that neither the start of a sentence nor a first name explains."""
        at = mention.first
        if not (self.quiet and at and self.words[at].written[0].isupper()):
            return False
        before = self.words[at - 1]
        return self.sentence[at - 1] == self.sentence[at] and not before.written[0].isupper()

    def named_person(self, mention: Mention) -> bool:
        """Whether a title or a capital before the name makes it somebody's surname."""
        at = mention.first - 1
        if at < 0 or self.sentence[at] != self.sentence[mention.first]:
            return False
        starts = at == 0 or self.sentence[at - 1] != self.sentence[at]
        return "given" in self.says[at] or (
            self.quiet and self.words[at].written[0].isupper() and not (starts and self.says[at])
        )

    def whose(self, mention: Mention) -> str:
        """ "own" for the writer's place, "other" for somebody else's, "" where nothing tells."""
        clause = self.clause[mention.first]
        for at in (*range(mention.first - 1, -1, -1), *range(mention.last, len(self.words))):
            if self.clause[at] == clause or (
                at < mention.first and self.sentence[at] == self.sentence[mention.first]
            ):
                for role in ("other", "own"):
                    if role in self.says[at] or (role == "own" and self._is_english_i(at)):
                        return role
        return ""

    def _is_english_i(self, at: int) -> bool:
        return self.words[at].written == "I" or (self.language == "en" and self.words[at].word == "i")


def _cut(text: str, words: Sequence[Token], says: Sequence[frozenset[str]]) -> tuple[list[int], list[int]]:
    """The number of the sentence and of the clause that each word is in."""
    sentences, clauses = [], []
    sentence = clause = begun = 0
    for at, word in enumerate(words):
        gap = text[words[at - 1].end : word.start] if at else ""
        ends = any(mark in gap for mark in ".!?\n")
        if (
            ends
            or any(mark in gap for mark in ",;:()–—")
            or "turn" in says[at]
            or ("living" in says[at] and at - begun >= LEAST_CLAUSE)
        ):
            clause, begun = clause + 1, at
        sentence += ends
        sentences.append(sentence)
        clauses.append(clause)
    return sentences, clauses


def judge(scene: Scene, mentions: Sequence[Mention], asked: bool, on_behalf: bool | None) -> list[float]:
    """How far each mention counts as the place meant: 0 (not at all) to 1, in the order given."""
    weights = [1.0 for _ in mentions]
    cases = [_case(scene, mention) for mention in mentions]
    roles = [scene.whose(mention) for mention in mentions]
    someone = on_behalf is not False and "other" in roles
    for number, mention in enumerate(mentions):
        paired = _is_paired(mention, mentions)
        if _is_title(scene, mention, cases[number]) or _is_journey(
            scene, mention, cases[number], cases, paired
        ):
            weights[number] = 0
        elif scene.in_sentence(mention, "moving") and _is_left(cases[number], cases):
            weights[number] = _MOVED_FROM if len(mentions) > 1 else 0
        elif len(mentions) > 1 and scene.in_clause(mention, "before"):
            weights[number] = _NO_MORE
        elif len(mentions) > 1 and cases[number] is not Case.IN and scene.near(mention, "near", 1, 1):
            weights[number] = _BESIDE
        if someone != (roles[number] == "other"):
            weights[number] *= _OTHER_PERSONS
        homely = scene.in_clause(mention, "living") or scene.in_clause(mention, "home")
        if not (asked or homely or scene.alone(mention)):
            weights[number] *= _PLAIN
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
    if scene.named_person(mention) or (len(form) < _SHORTEST and not scene.capital(mention)):
        return municipal and scene.own_clause(mention)
    if borne and scene.near(mention, "device") and not scene.near(mention, "living", 1, 1):
        return False
    if _is_lived_in(scene, mention, target) or (municipal and not borne and scene.own_clause(mention)):
        return True
    if mention.first and _is_postcode(scene.words[mention.first - 1].word):
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


def _is_postcode(word: str) -> bool:
    return len(word) == 5 and word.isdigit()


def _case(scene: Scene, mention: Mention) -> Case:
    """The case of the form, or what the preposition before it stands for."""
    cases = [reading.case for reading in mention.readings]
    if Case.BASE in cases:
        return scene.preposition(mention) or Case.BASE
    return next((case for case in cases if case in (Case.TO, Case.IN, Case.FROM)), cases[0])


def _is_left(case: Case, cases: Sequence[Case]) -> bool:
    """Whether a move goes away from the place. The Sámi locative, read as "in", may be either."""
    return case is Case.FROM or (case is Case.IN and Case.TO in cases)


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
