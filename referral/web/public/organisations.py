"""The organisations of a directory, and the word that each has in web addresses."""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from hashlib import sha256
from weakref import WeakKeyDictionary

from knowledge.slugs import slug
from referral.directory.current import Edition
from referral.directory.index import FOR_SUPPORTERS, Directory
from referral.model import Offer, Organisation

NAMELESS = "-"


@dataclass(frozen=True, slots=True)
class Helper:
    """An organisation and what it offers to citizens, the surest first. ``word`` stands in its address."""

    organisation: Organisation
    word: str
    offers: tuple[Offer, ...]


@dataclass(frozen=True, slots=True)
class Helpers:
    """All helpers of a directory: by id, the ids by every word that leads to one, and by municipality."""

    by_id: Mapping[str, Helper]
    by_word: Mapping[str, str]
    by_municipality: Mapping[str, tuple[str, ...]]

    def find(self, word: str) -> Helper | None:
        """The helper that ``word`` of an address leads to; None where there is none."""
        return self.by_id.get(self.by_word.get(slug(word), ""))


_KEPT: WeakKeyDictionary[Directory, Helpers] = WeakKeyDictionary()
"""Forgotten with the directory that they were made of."""


def helpers(directory: Directory) -> Helpers:
    """The helpers of ``directory``, made at the first asking: with 22,000 offers that takes a third of a second,
    so whoever swaps directories asks beforehand and beside the event loop."""
    made = _KEPT.get(directory)
    if made is None:
        made = _KEPT[directory] = _helpers(directory)
    return made


def _helpers(directory: Directory) -> Helpers:
    """Of those with the same name each has a mark of its id in its address, so
    that it stays when another one comes or goes; the bare name leads to one of them."""
    offers: defaultdict[str, list[Offer]] = defaultdict(list)
    for offer in directory.rows:
        if FOR_SUPPORTERS not in offer.audience:
            offers[offer.organisation.id].append(offer)
    named: defaultdict[str, list[str]] = defaultdict(list)
    for id in sorted(offers):
        named[slug(_name(offers[id][0].organisation)) or NAMELESS].append(id)
    words = {
        id: name if len(ids) == 1 and name != NAMELESS else f"{name}-{_mark(id)}".strip("-")
        for name, ids in named.items()
        for id in ids
    }
    by_id = {id: Helper(made[0].organisation, words[id], tuple(made)) for id, made in offers.items()}
    other_names = {
        slug(name): id
        for id in sorted(offers, reverse=True)
        for name in offers[id][0].organisation.names.values()
    }
    by_word = {**other_names, **{word: id for id, word in words.items()}}
    return Helpers(by_id, by_word, _by_municipality(by_id))


def shown_instead(edition: Edition, word: str) -> Helper | None:
    """The helper under which stands what the one of ``word`` offers, where all of that is shown as one with
    offers of other sources; None where there was no such helper."""
    wanted = slug(word)
    for id, organisation in edition.hidden.items():
        if wanted in _words(organisation):
            shown = edition.directory.offers.get(edition.twins.get(id, ""))
            return helpers(edition.directory).by_id.get(shown.organisation.id) if shown else None
    return None


def _words(organisation: Organisation) -> frozenset[str]:
    """Every word that has led to an organisation, with the mark of its id and without."""
    names = frozenset(slug(name) for name in organisation.names.values())
    marked = f"{slug(_name(organisation)) or NAMELESS}-{_mark(organisation.id)}".strip("-")
    return frozenset((*names, marked))


def _by_municipality(by_id: Mapping[str, Helper]) -> Mapping[str, tuple[str, ...]]:
    found: defaultdict[str, dict[str, None]] = defaultdict(dict)
    for id, helper in by_id.items():
        for offer in helper.offers:
            if offer.municipality:
                found[offer.municipality][id] = None
    return {code: tuple(ids) for code, ids in found.items()}


def _name(organisation: Organisation) -> str:
    names = organisation.names
    return next((names[one] for one in ("fi", "sv", "en", "se") if names.get(one)), "")


def _mark(id: str) -> str:
    return sha256(id.encode()).hexdigest()[:6]
