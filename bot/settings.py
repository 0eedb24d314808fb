"""Everything that can be set, read once, at start, from a mapping (the environment).

``SETTINGS`` is the list that the README's table is tested against: to add a setting, add a line to it
and a field to ``Settings``.
"""

import difflib
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from sqlalchemy.engine import make_url
from sqlalchemy.exc import ArgumentError

from bot.logs import LEVELS

PREFIX = "DIGITUKI_"


@dataclass(frozen=True, slots=True)
class Setting:
    """One setting: its name in the environment, its default as written there, and what it is for."""

    name: str
    default: str
    help: str


SETTINGS = (
    Setting("DIGITUKI_DATA_DIR", "data", "The folder for what the program keeps; made if it is missing."),
    Setting(
        "DIGITUKI_DATABASE_URL",
        "",
        "Where the database is: sqlite:///path or postgresql://user:password@host/name. "
        "Empty: the SQLite file digituki.sqlite3 in the data folder.",
    ),
    Setting("DIGITUKI_HOST", "127.0.0.1", "The address that the server listens on."),
    Setting("DIGITUKI_PORT", "8080", "The port that the server listens on; 0 takes any free one."),
    Setting(
        "DIGITUKI_OPERATOR",
        "",
        "Who runs this service; said in the first message and on the pages about it. Empty: said to be unnamed.",
    ),
    Setting(
        "DIGITUKI_OPERATOR_CONTACT",
        "",
        "How people reach the operator (an e-mail address, a phone number or both); shown in the privacy "
        "notice and the accessibility statement. A public body must set it.",
    ),
    Setting(
        "DIGITUKI_TELEGRAM_TOKEN",
        "",
        "The token that BotFather gave for the Telegram bot. Empty: no Telegram.",
    ),
    Setting(
        "DIGITUKI_TELEGRAM_API",
        "https://api.telegram.org",
        "The Bot API server; another one where you run your own.",
    ),
    Setting(
        "DIGITUKI_TELEGRAM_WEBHOOK",
        "",
        "The public https address that Telegram calls. Empty: the service asks Telegram itself (polling), "
        "which needs no public address.",
    ),
    Setting(
        "DIGITUKI_TELEGRAM_SECRET",
        "",
        "What Telegram says with each call to the webhook: 32 to 256 characters of A-Z, a-z, 0-9, _ and -. "
        "Needed with a webhook.",
    ),
    Setting(
        "DIGITUKI_RELEASE_K",
        "5",
        "Counts below this are told as one class with zero in releases: 5 or a greater multiple of 5. "
        "A new value takes effect with the next year.",
    ),
    Setting(
        "DIGITUKI_PTV_KEY",
        "",
        "The key for version 12 of Suomi.fi's service register. Empty: version 11 is fetched, which needs none.",
    ),
    Setting("DIGITUKI_LOG_LEVEL", "INFO", f"How much is logged: {', '.join(LEVELS)}."),
)


@dataclass(frozen=True, slots=True)
class Problem:
    """What is wrong with one setting: its name, what is wrong with the value, and what to do."""

    setting: str
    wrong: str
    fix: str

    def __str__(self) -> str:
        return f"{self.setting}: {self.wrong} {self.fix}"


class BadSettings(Exception):
    """Settings that cannot be used; ``problems`` tells them all at once."""

    code = "bad_settings"

    def __init__(self, problems: tuple[Problem, ...]) -> None:
        super().__init__("\n".join(map(str, problems)))
        self.problems = problems


@dataclass(frozen=True, slots=True)
class Settings:
    """The settings, checked. ``operator_contact`` and those of Telegram are "" where none is set."""

    data_dir: Path
    database_url: str
    host: str
    port: int
    operator: str
    operator_contact: str
    telegram_token: str = field(repr=False)
    telegram_api: str
    telegram_webhook: str
    telegram_secret: str = field(repr=False)
    log_level: str
    release_k: int = 5
    ptv_key: str = field(default="", repr=False)

    @classmethod
    def from_env(cls, environment: Mapping[str, str]) -> "Settings":
        """The settings in ``environment``; what is missing or empty there has its default.

        Names that do not begin with DIGITUKI_ are other programs'. Raises BadSettings.
        """
        values = {known.name: environment.get(known.name, "").strip() or known.default for known in SETTINGS}
        problems = [*_unknown(environment)]
        for name, check in _CHECKS.items():
            if trouble := check(values[name]):
                problems.append(Problem(name, *trouble))
        if values["DIGITUKI_TELEGRAM_WEBHOOK"] and not values["DIGITUKI_TELEGRAM_SECRET"]:
            problems.append(Problem("DIGITUKI_TELEGRAM_SECRET", "It is needed with a webhook.", _SECRET_FIX))
        if problems:
            raise BadSettings(tuple(problems))
        data_dir = Path(values["DIGITUKI_DATA_DIR"])
        beside = f"sqlite:///{data_dir / 'digituki.sqlite3'}"
        return cls(
            data_dir=data_dir,
            database_url=values["DIGITUKI_DATABASE_URL"] or beside,
            host=values["DIGITUKI_HOST"],
            port=int(values["DIGITUKI_PORT"]),
            operator=values["DIGITUKI_OPERATOR"],
            operator_contact=values["DIGITUKI_OPERATOR_CONTACT"],
            telegram_token=values["DIGITUKI_TELEGRAM_TOKEN"],
            telegram_api=values["DIGITUKI_TELEGRAM_API"].rstrip("/"),
            telegram_webhook=values["DIGITUKI_TELEGRAM_WEBHOOK"],
            telegram_secret=values["DIGITUKI_TELEGRAM_SECRET"],
            log_level=values["DIGITUKI_LOG_LEVEL"].upper(),
            release_k=int(values["DIGITUKI_RELEASE_K"]),
            ptv_key=values["DIGITUKI_PTV_KEY"],
        )


Trouble = tuple[str, str] | None
"""What is wrong with a value and what to do about it; None when nothing is."""


def _unknown(environment: Mapping[str, str]) -> tuple[Problem, ...]:
    known = [setting.name for setting in SETTINGS]
    strange = [name for name in environment if name.startswith(PREFIX) and name not in known]
    return tuple(Problem(name, "There is no setting of this name.", _meant(name, known)) for name in strange)


def _meant(name: str, known: list[str]) -> str:
    endings = [setting.removeprefix(PREFIX) for setting in known]
    close = difflib.get_close_matches(name.removeprefix(PREFIX), endings, n=1)
    return f"Did you mean {PREFIX}{close[0]}?" if close else "Remove it, or see the README for the names."


def _data_dir(value: str) -> Trouble:
    if Path(value).exists() and not Path(value).is_dir():
        return f'"{value}" is a file.', "Give the path of a folder."
    return None


def _database_url(value: str) -> Trouble:
    """Never quotes the value: it may hold a password."""
    fix = "Give sqlite:///path or postgresql://user:password@host/name."
    if not value:
        return None
    try:
        url = make_url(value)
    except (ArgumentError, ValueError):
        return "The value is not the address of a database.", fix
    if url.get_backend_name() not in ("sqlite", "postgresql"):
        return "Only SQLite and PostgreSQL can be used.", fix
    if url.get_backend_name() == "sqlite" and url.database in (None, "", ":memory:"):
        return "A database in memory would forget every conversation at each start.", fix
    return None


def _host(value: str) -> Trouble:
    if not re.fullmatch(r"[A-Za-z0-9.:_-]+", value):
        return f'"{value}" is not an address to listen on.', "Give an IP address or a host name."
    return None


def _port(value: str) -> Trouble:
    if not re.fullmatch(r"[0-9]{1,5}", value) or int(value) > 65535:
        return f'"{value}" is not a port.', "Give a whole number from 0 to 65535."
    return None


def _one_line(value: str) -> Trouble:
    if len(value) > 200 or not value.isprintable():
        return "The value is too long or has more than one line.", "Give at most 200 characters on one line."
    return None


_SECRET_FIX = "Give 32 to 256 characters of A-Z, a-z, 0-9, _ and -; openssl rand -hex 32 makes one."


def _telegram_token(value: str) -> Trouble:
    """Never quotes the value, which is a password."""
    if value and not re.fullmatch(r"[0-9]{1,20}:[A-Za-z0-9_-]{1,100}", value):
        return (
            "The value is not a token.",
            "Give it as BotFather wrote it: digits, a colon, letters and digits.",
        )
    return None


def _telegram_api(value: str) -> Trouble:
    if not re.fullmatch(r"https?://[A-Za-z0-9.:\[\]_-]+(/[^\s?#]*)?", value):
        return "The value is not the address of a server.", "Give an address that begins with https://."
    return None


def _telegram_webhook(value: str) -> Trouble:
    if value and not re.fullmatch(r"https://[A-Za-z0-9.-]+(:(443|80|88|8443))?(/[A-Za-z0-9._~/-]*)?", value):
        fix = "Give https://name/path; of ports Telegram calls 443, 80, 88 and 8443."
        return "Telegram cannot call that address.", fix
    return None


def _telegram_secret(value: str) -> Trouble:
    """Never quotes the value."""
    if value and not re.fullmatch(r"[A-Za-z0-9_-]{32,256}", value):
        return "The value is too short, too long, or has other characters.", _SECRET_FIX
    return None


def _ptv_key(value: str) -> Trouble:
    """Never quotes the value, which is a password."""
    if not re.fullmatch(r"[\x21-\x7e]{0,200}", value):
        return "The value is too long or has spaces or letters that no key has.", "Give it as it was given."
    return None


def _release_k(value: str) -> Trouble:
    if not re.fullmatch(r"[0-9]{1,3}", value) or int(value) < 5 or int(value) % 5:
        return f'"{value}" is not a multiple of 5 from 5 upwards.', "Give 5, or more if you must."
    return None


def _log_level(value: str) -> Trouble:
    if value.upper() not in LEVELS:
        return f'"{value}" is not a level.', f"Give one of {', '.join(LEVELS)}."
    return None


_CHECKS: Mapping[str, Callable[[str], Trouble]] = {
    "DIGITUKI_DATA_DIR": _data_dir,
    "DIGITUKI_DATABASE_URL": _database_url,
    "DIGITUKI_HOST": _host,
    "DIGITUKI_PORT": _port,
    "DIGITUKI_OPERATOR": _one_line,
    "DIGITUKI_OPERATOR_CONTACT": _one_line,
    "DIGITUKI_TELEGRAM_TOKEN": _telegram_token,
    "DIGITUKI_TELEGRAM_API": _telegram_api,
    "DIGITUKI_TELEGRAM_WEBHOOK": _telegram_webhook,
    "DIGITUKI_TELEGRAM_SECRET": _telegram_secret,
    "DIGITUKI_RELEASE_K": _release_k,
    "DIGITUKI_PTV_KEY": _ptv_key,
    "DIGITUKI_LOG_LEVEL": _log_level,
}
