"""A message laid out: its words, what each of them says, its sentences and clauses, and the names in it."""

from collections import defaultdict
from collections.abc import Sequence
from typing import NamedTuple

from knowledge.clause import cut
from knowledge.gazetteer import Reading
from knowledge.inflection import Case
from knowledge.surroundings import Surroundings
from knowledge.text import Token

BEFORE, AFTER = 4, 3
"""How many words before and after a name are looked at for a reason."""

LONGEST_ANSWER = 12
"""A message of more words says more than a name."""

_LOCAL = ("ssa", "ssä", "sta", "stä", "lla", "llä", "lta", "ltä", "lle")
"""Endings that no first name has before a surname."""

_LEAVING = {"sta", "stä", "lta", "ltä"}
_INTO = {"aan", "ään", "iin", "oon", "öön", "een"}
"""Endings of what is left, and of what somebody goes into."""

_FOR_WHOM = ("lle", "lleni", "llemme")
"""Endings that say for whom something is: "äidille"."""

_NOT_I = frozenset({"en", "enkä", "emme", "emmekä"})
"""Who cannot help asks for somebody else: "en pääse auttamaan". In Swedish "en" is an article."""

_OBJECTS = frozenset({"her", "him", "them"})
"""Whom somebody should visit, at the end of a clause: "her" is not "her phone"."""

_HELP_THEM = {"helping", "asking", "other"}
"""What a clause speaks of that asks for somebody else: "kuka auttaisi isää"."""

_SIGN_OFFS = frozenset({"t", "terv", "terveisin", "mvh", "br", "regards"})

_LIVED_WITH = {"institution", "home", "living", "moving", "service", "other", "work"}
# fmt: off
_OF_TOWN = (
    "digi", "apu", "avu", "tuki", "tue", "neuvo", "opas", "palvelu", "yhdisty", "järjest", "eläk", "senior", "vanhu",
    "ikäih", "kerho", "kylä", "kirko", "maaseu", "haja", "pohjois", "etelä", "itä", "länsi", "puole", "yksikkö", "toimipis",
    "virasto", "kunna", "kaupun", "seudu", "suunn", "reuna", "laita", "rannik", "saarist", "teatte", "museo", "uimahal", "urheilu",
    "kotiho", "kotipal", "hoiva", "hoitok", "asumis", "hyvinv", "seurak", "sosiaali", "terveys", "vanhai", "lähi", "lehtisal", "posti",
)
# fmt: on
"""What is said of what a town has where people live and are helped, and how such words begin: "Lieksan
digiapu", "Porin puolella"."""

FARTHEST = 40
"""How many words before a name somebody may be spoken of whose place it is."""


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
        self._text = text
        self.says = [surroundings.says(word.word) for word in words]
        self.sentence, self.clause, self.stops = cut(text, words, self.says)
        self.quiet = any(word.written.islower() for word in words)
        """Whether capitals mean anything here: in a shouted or one-word message they do not."""
        self._in_sentences: defaultdict[int, set[str]] = defaultdict(set)
        self._in_clauses: defaultdict[int, set[str]] = defaultdict(set)
        for says, sentence, clause in zip(self.says, self.sentence, self.clause, strict=True):
            self._in_sentences[sentence] |= says
            self._in_clauses[clause] |= says
        self.subjects = frozenset[str]().union(*self.says)
        """Everything that the message speaks of."""

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
        return subject in self._in_clauses[self.clause[mention.first]]

    def in_sentence(self, mention: Mention, subject: str) -> bool:
        """Whether a word of the name's sentence speaks of ``subject``."""
        return subject in self._in_sentences[self.sentence[mention.first]]

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
        return len(others) <= LONGEST_ANSWER and all(
            "around" in self.says[at] or is_postcode(self.words[at].word) for at in others
        )

    def evidence(self, mention: Mention, because: str) -> list[str]:
        """The name as it is written, ``because``, and what the words near it say: "living: asun"."""
        near = [at for at in self.around(mention) if self.says[at]]
        said = (f"{', '.join(sorted(self.says[at]))}: {self.words[at].word}" for at in near)
        name = " ".join(word.word for word in self.words[mention.first : mention.last])
        return [*filter(None, (name, because)), *said]

    def close(self, mention: Mention, subject: str, before: int = BEFORE, after: int = AFTER) -> bool:
        """Whether a word near the name, in its own clause, speaks of ``subject``."""
        near = (at for at in self.around(mention, before, after) if self._in_clause_of(mention, at))
        return any(subject in self.says[at] for at in near)

    def _in_clause_of(self, mention: Mention, at: int) -> bool:
        return self.clause[at] == self.clause[mention.first]

    def own_clause(self, mention: Mention) -> bool:
        """Whether the name is a whole clause: "Ii, tarvitsen apua"."""
        return self.stops[mention.first] and (mention.last == len(self.words) or self.stops[mention.last])

    def is_told(self, mention: Mention) -> bool:
        """Whether the writer says that they are there and no more: "olen Lopella, missä voin tulostaa"."""
        ends = mention.last == len(self.words) or self.clause[mention.last] != self.clause[mention.first]
        return ends and self.near(mention, "own", 1, 0)

    def capital(self, mention: Mention) -> bool:
        """Whether the name has a capital that neither the start of a sentence nor a first name explains."""
        at = mention.first
        if not (self.quiet and at and self.words[at].written[0].isupper()):
            return False
        if self.sentence[at - 1] != self.sentence[at] or not self.says[at - 1].isdisjoint(("given", "title")):
            return False
        return not self.words[at - 1].written[0].isupper() or self._starts(at - 1)

    def written_large(self, mention: Mention) -> bool:
        """Whether the name has a capital in a message where that means anything."""
        return self.quiet and self.words[mention.first].written[0].isupper()

    def signed(self, mention: Mention) -> bool:
        """Whether the name stands after a first name, both with a capital: "Liisa Keuruu" is a signature."""
        at = mention.first - 1
        if at < 0 or not self.quiet or not self._in_clause_of(mention, at) or not self.written_large(mention):
            return False
        if "called" in self.says[at]:
            return True
        if not self.words[at].written[0].isupper() or self.words[at].word.endswith(_LOCAL):
            return False
        greets = at > 0 and (self.words[at - 1].word in _SIGN_OFFS or "greeting" in self.says[at - 1])
        return "given" in self.says[at] or (greets and not self.says[at])

    def begins_compound(self, mention: Mention) -> bool:
        """Whether a hyphen ties the name to what is no institution and nobody there: "Lohja-merkkinen"."""
        at = mention.last
        if at == len(self.words) or self._text[self.words[at - 1].end : self.words[at].start] != "-":
            return False
        return self.says[at].isdisjoint(("institution", "home", "living", "other"))

    def ends_clause(self, mention: Mention) -> bool:
        """Whether nothing follows the name in its clause."""
        return mention.last == len(self.words) or not self._in_clause_of(mention, mention.last)

    def next_is_place(self, mention: Mention) -> bool:
        """Whether what follows is a part of the town, or an institution in it: "Karkkilan Haukkamäellä"."""
        following = self.words[mention.last]
        if following.word.startswith(_OF_TOWN) or not self.says[mention.last].isdisjoint(_LIVED_WITH):
            return True
        return following.written[0].isupper() and following.word.endswith(_LOCAL)

    def case_of_next(self, mention: Mention) -> Case | None:
        """The case of what follows that is a place's own: "Kuopion Prismasta", "Savonlinnan keskustaan"."""
        if mention.last == len(self.words):
            return None
        following = self.words[mention.last].word
        if following[-3:] in _LEAVING:
            return Case.FROM
        into = following[-3:] in _INTO and not self.says[mention.last].isdisjoint(_LIVED_WITH | {"household"})
        return Case.TO if into else None

    def last_said(self, mention: Mention, subjects: Sequence[str]) -> str:
        """Which of these the nearest of the words before the name speaks of, in its clause; "" if none."""
        for at in range(mention.first - 1, max(-1, mention.first - 6), -1):
            if self.clause[at] != self.clause[mention.first]:
                break
            for subject in subjects:
                if subject in self.says[at]:
                    return subject
        return ""

    def is_given(self, mention: Mention) -> bool:
        """Whether the name is somebody's first name too."""
        return "given" in self.says[mention.first]

    def follows_sign_off(self, mention: Mention) -> bool:
        """Whether the name stands after "t." or "terv.", as a signature does."""
        return mention.first > 0 and self.words[mention.first - 1].word in _SIGN_OFFS

    def named_person(self, mention: Mention) -> bool:
        """Whether a title, a first name or a capital beside the name makes it somebody's surname."""
        at, after, clause = mention.first - 1, mention.last, self.clause[mention.first]
        if after < len(self.words) and self.clause[after] == clause and "given" in self.says[after]:
            return True
        if at < 0 or self.clause[at] != clause:
            return False
        if not self.says[at].isdisjoint(("given", "title")):
            return True
        written, name = self.words[at].written, self.words[at + 1].written
        both = written[0].isupper() and name[0].isupper() and not written.endswith(_LOCAL)
        return self.quiet and both and not self.says[at] and not self._starts(at)

    def _ends(self, at: int) -> bool:
        """Whether a word is the last of its clause."""
        return at + 1 == len(self.words) or self.clause[at + 1] != self.clause[at]

    def _starts(self, at: int) -> bool:
        """Whether a word is the first of its sentence."""
        return at == 0 or self.sentence[at - 1] != self.sentence[at]

    def whose(self, mention: Mention) -> str:
        """ "own" for the writer's place, "other" for somebody else's, "" where nothing tells."""
        if self.close(mention, "needy", 0, 2):
            return "other"
        if self.near(mention, "worker", 2, 3) and not self.near(mention, "other", 3, 0):
            return "own"
        if self.near(mention, "here", 2, 1) and not self.in_clause(mention, "needy"):
            return "own"
        sentence, clause = self.sentence[mention.first], self.clause[mention.first]
        before = range(mention.first - 1, max(-1, mention.first - FARTHEST), -1)
        after = range(mention.last, min(len(self.words), mention.last + FARTHEST))
        spoken_of = [at for at in before if self.sentence[at] == sentence]
        return self._spoken_of([*spoken_of, *(at for at in after if self.clause[at] == clause)])

    def who_wants(self) -> tuple[bool, bool]:
        """Whether the writer says that they need something, and that somebody else does.

        "I need help for my mother" says the second only.
        """
        for_self = False
        for_other = any(says >= _HELP_THEM for says in self._in_clauses.values())
        for at, (word, says) in enumerate(zip(self.words, self.says, strict=True)):
            if "mine" in says or (word.word == "me" and self.language == "en"):
                for_self = True
            elif "wish" in says:
                about_other = "other" in self._in_clauses[self.clause[at]]
                for_self, for_other = for_self or not about_other, for_other or about_other
            elif "wants" in says and "helping" not in self._in_clauses[self.clause[at]]:
                who = self._spoken_of([one for one in range(at - 1, -1, -1) if self._together(one, at)])
                for_self, for_other = for_self or who == "own", for_other or who == "other"
            needy = "needy" in says or (word.word in _OBJECTS and self._ends(at))
            if needy or ("other" in says and word.word.endswith(_FOR_WHOM)):
                for_other = True
            elif word.word in _NOT_I and "helping" in self._in_clauses[self.clause[at]]:
                for_other = for_other or self.language != "sv"
        return for_self, for_other

    def speaks_of_young(self) -> bool:
        """Whether whoever else is spoken of is the writer's child or grandchild, and nobody older."""
        named = [says for says in self.says if "other" in says and "anybody" not in says]
        return bool(named) and all("younger" in says for says in named)

    def _together(self, one: int, other: int) -> bool:
        return self.sentence[one] == self.sentence[other]

    def _spoken_of(self, positions: Sequence[int]) -> str:
        """Whom the first of these words that speaks of somebody speaks of: "own", "other" or nobody: ""."""
        for at in positions:
            if "other" in self.says[at]:
                return "other"
            if "own" in self.says[at] or self._is_english_i(at):
                return "own"
        return ""

    def _is_english_i(self, at: int) -> bool:
        return self.words[at].written == "I" or (self.language == "en" and self.words[at].word == "i")


def is_postcode(word: str) -> bool:
    """Whether the word has the shape of a postcode."""
    return len(word) == 5 and word.isdigit()
