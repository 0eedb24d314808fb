"""Whether web addresses and phone numbers that are shown lead anywhere: what was heard, and what it means.

Nobody is asked here; ``importers.fetch.visits`` asks. An address is called broken when it failed on two
different days in a row, because servers rest at night and networks stumble. A page that turns machines
away (403, 429) is there for people, and is left in peace.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from urllib.parse import urlsplit

import phonenumbers

from referral.model import Offer

REGION = "FI"

GONE = frozenset({404, 410})
"""The server is there and says that the page is not (RFC 9110)."""

TURNED_AWAY = frozenset({401, 403, 405, 406, 408, 418, 425, 429, 451})
"""Answers to a machine that say nothing about the page."""


class Outcome(StrEnum):
    """What a visit says of an address."""

    OK = "ok"
    BROKEN = "broken"
    UNREACHABLE = "unreachable"


@dataclass(frozen=True, slots=True)
class Heard:
    """What an address answered: a status, or 0 and the kind of silence ("timeout", "no such host", …)."""

    status: int
    silence: str = ""


@dataclass(frozen=True, slots=True)
class Finding:
    """What a visit says of an address, and the code that says so: "404", "timeout"."""

    outcome: Outcome
    code: str

    @property
    def has_failed(self) -> bool:
        """Whether a person would find nothing there now."""
        return self.outcome is not Outcome.OK


@dataclass(frozen=True, slots=True)
class Visit:
    """One day's finding about one address, and the offers that show it."""

    url: str
    offers: tuple[str, ...]
    finding: Finding


def says_enough(heard: Heard) -> bool:
    """Whether the answer to a mere HEAD will do; many servers answer that one wrongly, or not at all."""
    return 200 <= heard.status < 300


def judged(heard: Heard) -> Finding:
    """What the answer to a GET means, or to a HEAD that says enough."""
    status = heard.status
    if not status:
        return Finding(Outcome.UNREACHABLE, heard.silence or "silent")
    if 200 <= status < 400 or status in TURNED_AWAY:
        return Finding(Outcome.OK, str(status))
    if status in GONE or status < 500:
        return Finding(Outcome.BROKEN, str(status))
    return Finding(Outcome.UNREACHABLE, str(status))


def is_broken(days: Mapping[date, bool]) -> bool:
    """Whether an address is to be called broken: on the last two days on which it was visited, it failed.

    ``days`` says for each day whether it did. One day alone never says so.
    """
    last = sorted(days, reverse=True)[:2]
    return len(last) == 2 and all(days[day] for day in last)


def broken_since(days: Mapping[date, bool], confirmed: date | None = None) -> date | None:
    """The first of the days in a row, up to the last visit, on which an address failed; None where it is not
    to be called broken. ``confirmed`` is the day on which a person last said that all is true: visits until
    then count no longer."""
    later = {day: failed for day, failed in days.items() if confirmed is None or day > confirmed}
    if not is_broken(later):
        return None
    fine = max((day for day, failed in later.items() if not failed), default=date.min)
    return min(day for day in later if day > fine)


def shown_addresses(offers: Iterable[Offer]) -> Mapping[str, tuple[str, ...]]:
    """Web address -> the ids of the offers that show it, in their order; offers without one are left out."""
    found: dict[str, tuple[str, ...]] = {}
    for offer in offers:
        if offer.url:
            found[offer.url] = (*found.get(offer.url, ()), offer.id)
    return found


def by_host(urls: Iterable[str]) -> Mapping[str, tuple[str, ...]]:
    """Host -> its addresses, so that no host is asked for two at once. What is no address has the host ""."""
    found: dict[str, tuple[str, ...]] = {}
    for url in urls:
        host = _host(url)
        found[host] = (*found.get(host, ()), url)
    return found


def number_fault(number: str) -> str:
    """Why nobody could be reached by dialling ``number`` in Finland as it is written; "" where nothing is
    known against it. By the numbering plan (phonenumbers), not by calling."""
    dialled = "".join(letter for letter in number if letter.isdigit() or letter == "+")
    if dialled.startswith("358"):
        return "358 without a plus is not dialled as the country: write +358 or 0"
    try:
        parsed = phonenumbers.parse(dialled, REGION)
    except phonenumbers.NumberParseException:
        return "it is no phone number"
    if phonenumbers.is_valid_number(parsed):
        return ""
    if phonenumbers.is_valid_short_number_for_region(parsed, REGION):
        return ""
    return "no such number is in use"


def _host(url: str) -> str:
    try:
        return urlsplit(url).hostname or ""
    except ValueError:
        return ""
