"""What one update says, free of Telegram: a ``Heard``, or nothing.

Each update is read on its own with the library's types, so that one which cannot be read is set aside
alone. (The library reads a whole batch at once, and then stands still for ever.) Nothing of an update
is kept besides what is in ``Received``.
"""

import math
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from telegram import CallbackQuery, ChatMember, ChatMemberUpdated, Location, Message, Update, User

from bot.channels.telegram.words import TYPE_PLACE
from bot.channels.web.wire import clean
from bot.turn import Heard
from locales.catalogue import Catalogues

CHANNEL = "telegram"
FORGET = "delete:yes"
"""The choice that deletes everything; used when a person has blocked the bot."""

TYPE = "place:type"
UNREADABLE = "unreadable"
PRIVATELY = "privately"
OPEN = "open:"
UNKNOWN = "unknown"

COMMANDS: Mapping[str, str] = {
    "start": "restart",
    "help": "help",
    "settings": "help",
    "language": "language",
    "place": "place:change",
    "human": "human",
    "privacy": "stored",
    "delete": "delete",
    "cancel": "restart",
}
"""What a command presses. One that is not here presses "help"."""

UPDATES = ("message", "callback_query", "my_chat_member")
"""The kinds of update that Telegram is asked for. Edited messages are not among them."""

OTHER_LANGUAGE = "en"
"""Spoken to people whose Telegram is in a language that we do not speak."""

_COMMAND = re.compile(r"/([A-Za-z_]{1,32})(?:@\w{1,64})?(?:\s+(.*))?", re.DOTALL)
_HOUR = 3600


class BadUpdate(Exception):
    """An update that cannot be read; ``reason`` is a type's name and quotes nothing of it."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


@dataclass(frozen=True, slots=True)
class Received:
    """A turn, where its answer goes ("" for nowhere), and the query to acknowledge ("" for none)."""

    heard: Heard
    address: str
    query: str = ""


class Reader:
    """Reads updates. It knows the languages that we speak and the words of our own reply keyboard."""

    def __init__(self, catalogues: Catalogues) -> None:
        self._languages = catalogues.languages
        self._typing = frozenset(catalogues.say(TYPE_PLACE, language) for language in catalogues.languages)

    def read(self, data: object) -> Received | None:
        """What ``data`` (an update as JSON gives it) says; None for what is passed over on purpose.

        Raises BadUpdate.
        """
        try:
            if not isinstance(data, dict):
                raise TypeError
            update = Update.de_json(data, None)
            return self._of(update) if _number(update.update_id) else None
        except Exception as error:
            # Whatever a malformed update breaks, and wherever: it is set aside all the same.
            raise BadUpdate(type(error).__name__) from None

    def _of(self, update: Update) -> Received | None:
        turn = str(update.update_id)
        if update.callback_query:
            return self._query(update.callback_query, turn)
        if update.message:
            return self._message(update.message, turn)
        if update.my_chat_member:
            return self._membership(update.my_chat_member, turn)
        return None

    def _query(self, query: CallbackQuery, turn: str) -> Received:
        chat = query.message.chat if query.message else None
        if chat is not None and chat.type != "private":
            return self._privately(chat.id, _second(query.message), query.from_user, query.id)
        # An inline button of a private chat: its chat has the person's own number.
        number = chat.id if chat is not None else query.from_user.id
        choice = _short(_text(query.data)) or UNKNOWN
        return self._received(number, turn, query.from_user, choice=choice, query=query.id)

    def _message(self, message: Message, turn: str) -> Received | None:
        chat, person = message.chat, message.from_user
        if chat.type != "private":
            if message.effective_attachment is None and message.text is None:
                return None
            return self._privately(chat.id, _second(message), person)
        if message.location:
            point = _point(message.location)
            return self._received(chat.id, turn, person, point=point)
        if message.text is not None:
            return self._words(chat.id, turn, person, clean(_text(message.text)))
        if message.effective_attachment is not None:
            return self._received(chat.id, turn, person, choice=UNREADABLE)
        return None

    def _words(self, chat: int, turn: str, person: User | None, text: str) -> Received:
        if text in self._typing:
            return self._received(chat, turn, person, choice=TYPE)
        command = _COMMAND.fullmatch(text)
        if command is None:
            return self._received(chat, turn, person, text=text)
        name, rest = command[1].lower(), (command[2] or "").strip()
        if name == "start" and rest:
            return self._received(chat, turn, person, choice=_short(OPEN + rest) or COMMANDS[name])
        if name == "place" and rest:
            return self._received(chat, turn, person, text=rest)
        return self._received(chat, turn, person, choice=COMMANDS.get(name, "help"))

    def _membership(self, change: ChatMemberUpdated, turn: str) -> Received | None:
        status = change.new_chat_member.status
        if change.chat.type != "private":
            if status in (ChatMember.MEMBER, ChatMember.ADMINISTRATOR):
                return self._privately(change.chat.id, int(change.date.timestamp()), change.from_user)
            return None
        if status == ChatMember.BANNED:
            gone = Heard(str(change.chat.id), turn, CHANNEL, choice=FORGET)
            return Received(gone, address="")
        return None

    def _privately(self, chat: int, second: int, person: User | None, query: str = "") -> Received:
        """One line in a group. The hour is in the turn's name, so that it is said once an hour at most."""
        turn = f"group:{second // _HOUR}"
        return self._received(chat, turn, person, choice=PRIVATELY, query=query)

    def _received(
        self,
        chat: int,
        turn: str,
        person: User | None,
        text: str = "",
        choice: str = "",
        point: tuple[float, float] | None = None,
        query: str = "",
    ) -> Received:
        if not _number(chat):
            raise TypeError
        hint = language_of(person.language_code if person else None, self._languages)
        heard = Heard(str(chat), turn, CHANNEL, text, choice, point, hint)
        return Received(heard, str(chat), _text(query))


def language_of(code: object, languages: Iterable[str]) -> str:
    """Our language for Telegram's ``language_code`` ("fi", "fi-FI"); "" where there is none.

    A language that we do not speak gives English: whoever has it set is likelier to read that.
    """
    if not isinstance(code, str) or not code:
        return ""
    first = re.split("[-_]", code.lower(), maxsplit=1)[0]
    return first if first in languages else OTHER_LANGUAGE


def _point(location: Location) -> tuple[float, float]:
    lat, lon = location.latitude, location.longitude
    if not all(isinstance(degrees, int | float) and math.isfinite(degrees) for degrees in (lat, lon)):
        raise TypeError
    if abs(lat) > 90 or abs(lon) > 180:
        raise ValueError
    return float(lat), float(lon)


def _text(value: object) -> str:
    if value is None:
        return ""
    if not isinstance(value, str):
        raise TypeError
    return value


def _short(key: str) -> str:
    """``key`` where it could be one of ours, else ""."""
    return key if re.fullmatch(r"[A-Za-z0-9:_.@-]{1,80}", key) else ""


def _second(message: object) -> int:
    date = getattr(message, "date", None)
    return int(date.timestamp()) if date is not None else 0


def _number(value: object) -> bool:
    return isinstance(value, int) and not isinstance(value, bool)
