"""From somebody's words to what they mean."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from bot.behalf import on_behalf
from bot.judgement import LIFE, named, need_scores, outside, talk, unalarmed, urgency
from bot.judgement import Urgency as Urgency  # Part of what this module gives.
from bot.why import reasons
from knowledge.language import Languages
from knowledge.model import Atlas, Catalog
from knowledge.needs import FLOOR, NO_NEEDS, Needs
from knowledge.personal import mask
from knowledge.places import Found, Places
from knowledge.rules import Fired, Rules
from knowledge.sayings import INSULT, Sayings
from knowledge.text import tokens
from knowledge.whom import Whom
from knowledge.words import Word, clauses_of, spoken, words_of


class Talk(StrEnum):
    """What a message is when it is not a request."""

    NONE = ""
    GREETING = "greeting"
    THANKS = "thanks"
    GOODBYE = "goodbye"
    ABOUT_BOT = "about_bot"
    INSULT = "insult"
    PRICE = "price"
    HOURS = "hours"
    DETAILS = "details"
    AFRAID = "afraid"
    JOIN = "join"
    FEEDBACK = "feedback"


class Command(StrEnum):
    """What a person asks of the conversation itself, in words."""

    NONE = ""
    HELP = "help"
    BACK = "back"
    MORE = "more"
    RESTART = "restart"
    LANGUAGE = "language"
    PLACE = "place"
    HUMAN = "human"
    STORED = "stored"
    DELETE = "delete"
    YES = "yes"
    NO = "no"


@dataclass(frozen=True, slots=True)
class NeedFound:
    """A need and how sure we are, 0..1."""

    id: str
    score: float


@dataclass(frozen=True, slots=True)
class PlaceFound:
    """A place and how sure we are, 0..1.

    ``municipality`` is a code, ``name`` the name that was recognised in its base form ("Kersilö"),
    ``postcode`` is set where one was written, ``point`` where the place has one that is finer than the
    municipality. ``corrected`` says that a spelling was corrected to find it. ``region`` is the code of
    a region where only that was named (then ``municipality`` is "").
    """

    municipality: str
    name: str
    score: float
    postcode: str = ""
    point: tuple[float, float] | None = None
    corrected: bool = False
    region: str = ""


@dataclass(frozen=True, slots=True)
class Understanding:
    """What a message means.

    ``text`` is the message with personal data masked; nobody sees the original. ``language`` is "" where
    it cannot be told. ``needs`` and ``places`` hold at most five, best first. ``on_behalf`` is None where
    the words do not tell. ``handling`` is "support", "authority_first", "urgent", "emergency", "outside"
    or "unknown". ``outside`` is "repair", "purchase" or "off_topic" where handling is "outside", else "".
    ``personal_data`` names the kinds that were masked ("hetu", "iban", "card", "phone", "email",
    "address"). ``why`` holds, for each decision, the words that led to
    it, where that was asked for. ``wants_language`` is a language that the message asks to go on in, else "".
    """

    text: str
    language: str
    needs: tuple[NeedFound, ...] = ()
    places: tuple[PlaceFound, ...] = ()
    on_behalf: bool | None = None
    handling: str = "unknown"
    urgency: Urgency = Urgency.NONE
    outside: str = ""
    talk: Talk = Talk.NONE
    command: Command = Command.NONE
    wants_form: str = ""
    wants_language: str = ""
    personal_data: tuple[str, ...] = ()
    why: tuple[tuple[str, str], ...] = ()


LONGEST_TEXT = 10_000
"""Characters; a longer message is read up to the last whole word before."""

CERTAIN_PLACE = 0.5
"""From this score on, the words of a place say nothing about the need."""

FEW_WORDS = 2
"""So many words say too little for likelihood to call them a danger."""

GRAVE_NEEDS = frozenset({"emergency", "scam_victim"})

AT_MOST = 5


class Mind:
    """Everything needed to understand a message; made once, then only read."""

    def __init__(
        self,
        catalog: Catalog,
        languages: Languages,
        places: Places,
        needs: Needs,
        rules: Rules,
        sayings: Sayings,
        whom: Whom,
        municipalities: Mapping[str, frozenset[str]],
    ) -> None:
        """``municipalities`` are the plain words of each municipality's names, by its code."""
        self._catalog = catalog
        self._languages = languages
        self._places = places
        self._needs = needs
        self._rules = rules
        self._sayings = sayings
        self._whom = whom
        self._municipalities = municipalities

    @classmethod
    def of(cls, catalog: Catalog, atlas: Atlas) -> "Mind":
        """A mind for these needs and places, with the package's own weights and rules. Raises BadData."""
        said = _own_words(catalog)
        needs = Needs.load(catalog.needs)
        vocabulary = {word for texts in said.values() for text in texts for word in text.lower().split()}
        places = Places.of(atlas, vocabulary)
        return cls(
            catalog,
            Languages.of(said),
            places,
            needs,
            Rules.load(needs.known),
            Sayings.load(),
            Whom.load(needs.known, places.is_name),
            {
                code: frozenset(word for name in one.names.values() for word in words_of(name))
                for code, one in atlas.municipalities.items()
            },
        )

    def understand(self, text: str, prior: str = "", asked: str = "", explain: bool = False) -> Understanding:
        """What ``text`` means.

        ``prior`` is the language that the conversation is in ("" if new). ``asked`` is what it has just
        asked for ("need", "place", "who", or "" for nothing): a bare name is a place when a place was
        asked. ``explain`` fills in ``why``. Total: any text gives an understanding, and the same one every time.
        """
        masked = mask(_cut(text))
        language = self._languages.detect(masked.text, prior)
        cut = tokens(masked.text)
        words = spoken(masked.text, cut)
        said = [word.plain for word in words]
        met = self._rules.met(words)
        fired = self._rules.fired(words, met)
        parts = named(fired, "behalf")
        whom = self._whom.likely(masked.text, words, language, parts, met, told=explain)
        behalf = on_behalf(parts, said, asked == "who", whom.score)
        wanted = asked == "place"
        saying = self._sayings.meaning(said)
        if asking_for := _after(saying, "who"):
            behalf = asking_for == "other"
        found = self._places.find(masked.text, language, asked=wanted, on_behalf=behalf, cut=cut)
        about = self._without_places(words, found)
        if len(about) < len(words):
            fired = _beyond_places(fired, words, about)
        ranked = self._needs.rank([word.plain for word in about], clauses_of(about), told=explain)
        shares = {one.id: one.score for one in ranked}
        whole = {one.id: one.whole for one in ranked}
        if len(words) <= FEW_WORDS or len(about) == 1:
            shares, whole = unalarmed(shares), {}
        listed = saying not in ("", INSULT)
        urgent = Urgency(_after(saying, "urgency")) if listed else urgency(fired, whole, shares)
        scores = {} if listed and not urgent else need_scores(fired, urgent, shares)
        saying = "" if urgent else saying
        placed = len(about) < len(words)
        answers = asked in {"place", "who"} or (placed and len(about) == 1)
        beyond = "" if saying else outside(fired, scores, urgent, answers, placed)
        likely = [(id_, score) for id_, score in scores.items() if id_ not in NO_NEEDS][:AT_MOST]
        needs = tuple(NeedFound(id_, round(score, 3)) for id_, score in likely)
        return Understanding(
            text=masked.text,
            language=language,
            needs=needs,
            places=tuple(_place(one) for one in found[:AT_MOST]),
            on_behalf=behalf,
            handling=self._handling(urgent, beyond, needs),
            urgency=urgent,
            outside=beyond,
            talk=Talk(
                _after(saying, "talk") or ("" if urgent or saying or beyond else talk(scores, len(words)))
            ),
            command=Command(_after(saying, "command")),
            wants_form=next(iter(named(fired, "form")), ""),
            wants_language=_after(saying, "language"),
            personal_data=masked.kinds,
            why=(
                *reasons(masked.text, fired, whom, ranked[:AT_MOST], found[:AT_MOST]),
                *self._places.explain(masked.text, language, asked=wanted, on_behalf=behalf),
            )
            if explain
            else (),
        )

    def _without_places(self, words: Sequence[Word], found: Sequence[Found]) -> list[Word]:
        """The words that name no place: where somebody lives says nothing about what they need. With a
        village goes the name of its municipality beside it."""
        certain = [place for place in found if place.score >= CERTAIN_PLACE]
        if not certain:
            return list(words)
        names = self._municipalities.get(certain[0].municipality, frozenset())
        return [
            word
            for word in words
            if word.plain not in names and not any(one.start <= word.start < one.end for one in certain)
        ]

    def _handling(self, urgent: Urgency, beyond: str, needs: Sequence[NeedFound]) -> str:
        if urgent:
            return "emergency" if urgent in LIFE else "urgent"
        if beyond:
            return "outside"
        if not needs or needs[0].score < FLOOR:
            return "unknown"
        first = self._catalog.needs[needs[0].id]
        if first.id in GRAVE_NEEDS:
            # Only suspected: the person is asked, not alarmed.
            return "unknown"
        return first.handling.value


def _beyond_places(fired: Sequence[Fired], words: Sequence[Word], about: Sequence[Word]) -> tuple[Fired, ...]:
    """The rules that were met by more than a place's name: Kolari is a town before it is a car crash."""
    left = {word.plain for word in about}
    named = {word.plain for word in words} - left
    return tuple(one for one in fired if not named.issuperset(one.words.split()))


def _cut(text: str) -> str:
    if len(text) <= LONGEST_TEXT:
        return text
    whole, space, _ = text[:LONGEST_TEXT].rpartition(" ")
    return whole if space else text[:LONGEST_TEXT]


def _own_words(catalog: Catalog) -> dict[str, list[str]]:
    """Everything that the catalog says in each language, for telling languages apart."""
    said: dict[str, list[str]] = {}
    for need in catalog.needs.values():
        for texts in (need.phrases, need.examples):
            for language, written in texts.items():
                said.setdefault(language, []).extend(written)
    return said


def _after(meaning: str, kind: str) -> str:
    found, _, value = meaning.partition(":")
    return value if found == kind else ""


def _place(found: Found) -> PlaceFound:
    return PlaceFound(
        found.municipality,
        found.name,
        found.score,
        found.postcode,
        found.point,
        found.corrected,
        found.region,
    )
