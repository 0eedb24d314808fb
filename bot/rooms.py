"""The parts of the site beside the chat, each built here and mounted on the one server."""

from datetime import UTC, date, datetime

from bot.known import Known
from bot.seeking import seek_with
from bot.settings import Settings
from referral.hours import HELSINKI
from referral.store.database import Database
from referral.web import coordinators, hsds, public
from referral.web.room import Room


def rooms(settings: Settings, known: Known, database: Database) -> tuple[Room, ...]:
    """Every room, in the order in which their routes are tried."""
    return (
        coordinators.room(database, known.current, known.catalog, known.atlas, _now),
        hsds.room(hsds.Views(known.current, known.catalog, known.atlas, known.catalogues, _today)),
        public.room(_public(known)),
    )


def _public(known: Known) -> public.Public:
    return public.Public.of(
        known.catalog, known.atlas, known.catalogues, known.current, seek_with(known.mind), _now
    )


def _now() -> datetime:
    return datetime.now(UTC).astimezone(HELSINKI)


def _today() -> date:
    return _now().date()
