"""From somebody's words to what they mean."""

from dataclasses import dataclass
from enum import StrEnum


class Urgency(StrEnum):
    """What cannot wait; "" stands for nothing urgent."""

    NONE = ""
    EMERGENCY = "emergency"
    SUICIDE = "suicide"
    VIOLENCE = "violence"
    SCAM_VICTIM = "scam_victim"
    SCAM_SUSPECT = "scam_suspect"
    ACCOUNT_HACKED = "account_hacked"
    LOST_PHONE = "lost_phone"


class Talk(StrEnum):
    """What a message is when it is not a request."""

    NONE = ""
    GREETING = "greeting"
    THANKS = "thanks"
    GOODBYE = "goodbye"
    ABOUT_BOT = "about_bot"
    INSULT = "insult"


class Command(StrEnum):
    """What a person asks of the conversation itself, in words."""

    NONE = ""
    HELP = "help"
    BACK = "back"
    RESTART = "restart"
    LANGUAGE = "language"
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
    "address"). ``why`` holds, for each decision, the words that led to it.
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
    personal_data: tuple[str, ...] = ()
    why: tuple[tuple[str, str], ...] = ()


class Mind:
    """Everything needed to understand a message; made once, then only read."""

    def understand(self, text: str, prior: str = "") -> Understanding:
        """What ``text`` means; ``prior`` is the language that the conversation is in ("" if new)."""
        raise NotImplementedError
