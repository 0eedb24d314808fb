"""The parts of the site beside the chat, each built here and mounted on the one server."""

from datetime import UTC, date, datetime
from time import monotonic

from bot.known import Known
from bot.seeking import seek_with
from bot.settings import Settings
from referral.hours import HELSINKI
from referral.store.database import Database
from referral.web import coordinators, hsds, providers, public
from referral.web.room import Room


def rooms(settings: Settings, known: Known, database: Database) -> tuple[Room, ...]:
    """Every room, in the order in which their routes are tried."""
    shown = _public(known)
    return (
        coordinators.room(database, known.current, known.catalog, known.atlas, _now),
        hsds.room(hsds.Views(known.current, known.catalog, known.atlas, known.catalogues, _today)),
        public.room(shown),
        providers.room(shown, database, monotonic),
    )


def _public(known: Known) -> public.Public:
    return public.Public.of(
        known.catalog, known.atlas, known.catalogues, known.current, seek_with(known.mind), _now
    )


def _now() -> datetime:
    return datetime.now(UTC).astimezone(HELSINKI)


def _today() -> date:
    return _now().date()
