"""The parts of the site beside the chat, each built here and mounted on the one server."""

from datetime import UTC, datetime

from bot.known import Known
from bot.settings import Settings
from referral.hours import HELSINKI
from referral.store.database import Database
from referral.web import coordinators
from referral.web.room import Room


def rooms(settings: Settings, known: Known, database: Database) -> tuple[Room, ...]:
    """Every room, in the order in which their routes are tried."""
    return (coordinators.room(database, known.current, known.catalog, known.atlas, _now),)


def _now() -> datetime:
    return datetime.now(UTC).astimezone(HELSINKI)
