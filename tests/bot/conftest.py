"""A service over each database in turn, and the clock that it looks at."""

import pytest

from bot.service import Service
from referral.store.database import Database
from tests import tiny
from tests.bot.told import NOON


@pytest.fixture
def clock() -> tiny.Clock:
    return tiny.Clock(NOON)


@pytest.fixture
def service(database: Database, clock: tiny.Clock) -> Service:
    return tiny.service(database, clock)
