"""Made-up helpers for the tests of the directory and the matching, and the real places they stand in."""

from datetime import date, datetime
from functools import cache
from typing import Any
from zoneinfo import ZoneInfo

from knowledge.load import load_atlas, load_catalog
from knowledge.model import Atlas, Catalog
from referral.directory.index import Directory
from referral.model import Confidence, Coverage, Form, Offer, Organisation, Role, Source

MONDAY = datetime(2026, 11, 23, 10, 0, tzinfo=ZoneInfo("Europe/Helsinki"))

NATIONAL = Coverage(national=True)

SODANKYLA, SAVUKOSKI, INARI, KEMIJARVI = "758", "742", "148", "320"
HELSINKI, ESPOO, VANTAA, TURKU, TAMPERE = "091", "049", "092", "853", "837"


@cache
def atlas() -> Atlas:
    """The places of Finland."""
    return load_atlas()


@cache
def catalog() -> Catalog:
    """The needs."""
    return load_catalog()


def covering(*municipalities: str) -> Coverage:
    """Only these municipalities."""
    return Coverage(False, (), municipalities)


def source(checked: date | None = date(2026, 11, 1), confidence: Confidence = Confidence.HIGH) -> Source:
    """A source that was checked lately, unless said otherwise."""
    return Source("made up", checked, confidence)


def offer(id: str, **changes: Any) -> Offer:
    """Digital support in person for the need "kela", everywhere and nowhere in particular."""
    plain: dict[str, Any] = {
        "organisation": Organisation(f"{id}-keepers", {"fi": f"{id} ry"}, "association"),
        "names": {"fi": id},
        "descriptions": {},
        "role": Role.SUPPORT,
        "form": Form.IN_PERSON,
        "needs": frozenset({"kela"}),
        "coverage": NATIONAL,
        "source": source(),
    }
    return Offer(id=id, **{**plain, **changes})


def at(id: str, municipality: str, **changes: Any) -> Offer:
    """The same, at the centre of a municipality."""
    return offer(id, municipality=municipality, point=atlas().municipalities[municipality].seat, **changes)


def directory(*offers: Offer) -> Directory:
    """A directory of these offers, in the real Finland."""
    return Directory.of(offers, atlas())
