"""The public pages on a real port, with what ships and some helpers that are made up."""

from collections.abc import AsyncIterator, Iterator

import pytest
from aiohttp import ClientSession

from referral.web import public
from tests.referral.web.site import MADE_UP, current, in_thread, public_of


@pytest.fixture(scope="module")
def shown() -> public.Public:
    """What the pages are made from."""
    return public_of(current(*MADE_UP))


@pytest.fixture(scope="module")
def address(shown: public.Public, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The site in a thread of its own; its address."""
    with in_thread(tmp_path_factory.mktemp("site"), lambda _: (public.room(shown),)) as opened:
        yield opened


@pytest.fixture
async def client(address: str) -> AsyncIterator[ClientSession]:
    """Somebody who reads."""
    async with ClientSession(address) as session:
        yield session
