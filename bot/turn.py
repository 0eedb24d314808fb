"""One thing heard, and what it leads to: the words that the whole conversation is written in.

``Heard`` comes in, free of any channel; ``Turn`` goes out. ``State`` is all that is remembered
between two turns, and it never holds what a person wrote: only codes that we chose ourselves.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from bot.understand import Mind
from knowledge.model import Atlas, Catalog
from locales.text import Text
from referral.directory.index import Directory
from referral.model import DemandEntry, Form, Match


@dataclass(frozen=True, slots=True)
class Heard:
    """One thing that a person said, pressed or shared.

    ``conversation`` is an opaque keyed hash. ``turn`` is the channel's own id of this message, so that
    a repeat is recognised. ``choice`` is the key of a pressed button, "" where there was none.
    ``point`` is a shared position (lat, lon). ``language_hint`` is what the channel knows of the
    person's language ("" for nothing). ``greeted`` says that the channel has shown the greeting
    already (a page shows it before anything is written).
    """

    conversation: str
    turn: str
    channel: str
    text: str = ""
    choice: str = ""
    point: tuple[float, float] | None = None
    language_hint: str = ""
    greeted: bool = False


BACK = 5
"""How many steps "back" can go: enough to undo, little to store."""


class Step(StrEnum):
    """Where a conversation stands: what the next words are taken to answer."""

    START = "start"
    NEED = "need"
    WHO = "who"
    PLACE = "place"
    ANSWER = "answer"
    URGENT = "urgent"
    DELETE = "delete"


@dataclass(frozen=True, slots=True)
class PlaceChoice:
    """Where help is looked for: a municipality's code, and a point where one was given (a postcode's
    own, or a shared position rounded to about a kilometre). ``declined`` is "I'd rather not say"."""

    municipality: str = ""
    postcode: str = ""
    point: tuple[float, float] | None = None
    declined: bool = False


@dataclass(frozen=True, slots=True)
class State:
    """All that is remembered of a conversation between two turns. Never free text.

    ``language`` is "" until it is known. ``needs`` are ids, the most important first. ``asked`` is
    how many questions were put (for "Question 2 of 3"). ``misses`` counts how often in a row the
    present question was not understood. ``counted`` are the needs already counted in this
    conversation. ``page`` is the page of the present answer, from 0. ``offered`` are the need ids or
    municipality codes that the last question offered. ``rated`` says that "did this help" was answered.
    ``region`` is the code of a region within which the place is first asked, because a link named it.
    ``previous`` is where "back" leads, at most ``BACK`` steps deep.
    """

    step: Step = Step.START
    language: str = ""
    language_chosen: bool = False
    greeted: bool = False
    needs: tuple[str, ...] = ()
    place: PlaceChoice | None = None
    on_behalf: bool | None = None
    form: Form | None = None
    page: int = 0
    misses: int = 0
    asked: int = 0
    offered: tuple[str, ...] = ()
    counted: tuple[str, ...] = ()
    rated: bool = False
    region: str = ""
    previous: "State | None" = None


@dataclass(frozen=True, slots=True)
class Choice:
    """A button: a short key (at most 60 bytes, letters a-z, digits and ``:_-``) and its words.
    ``url`` makes it a link that leaves the conversation."""

    key: str
    label: Text
    url: str = ""


@dataclass(frozen=True, slots=True)
class Reply:
    """One message: its paragraphs, the buttons under it, and the offers that it shows.

    ``urgent`` marks a message that must stand out (an emergency, a scam).
    """

    text: tuple[Text, ...]
    choices: tuple[Choice, ...] = ()
    offers: tuple[Match, ...] = ()
    urgent: bool = False


@dataclass(frozen=True, slots=True)
class RecordDemand:
    """Raise the counters by these entries."""

    entries: tuple[DemandEntry, ...]


@dataclass(frozen=True, slots=True)
class RecordHelped:
    """Count one "did this help", yes or no. ``municipality`` leads to the region."""

    municipality: str
    helped: bool


@dataclass(frozen=True, slots=True)
class RecordMiss:
    """Count one message that was not understood: its language and its kind ("need" or "place")."""

    language: str
    kind: str


@dataclass(frozen=True, slots=True)
class Forget:
    """Delete everything that is stored of this conversation."""


Effect = RecordDemand | RecordHelped | RecordMiss | Forget


@dataclass(frozen=True, slots=True)
class Turn:
    """What one heard thing leads to."""

    state: State
    replies: tuple[Reply, ...]
    effects: tuple[Effect, ...] = ()


@dataclass(frozen=True, slots=True)
class Filled:
    """What a step gives when it has filled what it could: the dialogue goes on to what is missing.

    ``notes`` are said first (a corrected spelling, a place assumed); ``remedies`` are the buttons that
    put right what they assume, shown first below the next question.
    """

    state: State
    notes: tuple[Text, ...] = ()
    remedies: tuple[Choice, ...] = ()


Labels = Mapping[tuple[str, ...], tuple["Label", ...]]
"""What stands on buttons, as folded words -> the buttons that it stands on."""


@dataclass(frozen=True, slots=True)
class Label:
    """A button by its key, and the languages in which these words stand on it."""

    key: str
    languages: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class World:
    """Everything that a step may look at. ``languages`` are those that we speak, (code, own name), in
    the order in which they are shown; ``now`` is aware, Europe/Helsinki."""

    catalog: Catalog
    atlas: Atlas
    mind: Mind
    directory: Directory
    languages: tuple[tuple[str, str], ...]
    operator: Text
    now: datetime
    labels: Labels
