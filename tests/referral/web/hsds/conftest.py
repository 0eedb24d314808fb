"""The interface, served once for all tests that only read it."""

import asyncio
import threading
from collections.abc import Iterator

import pytest

from referral.directory.current import Current
from tests.referral.web.hsds.served import everything, served, views


@pytest.fixture(scope="session")
def address() -> Iterator[str]:
    """Where it is served."""
    found: list[str] = []
    ready, stop = threading.Event(), asyncio.Event()
    loop = asyncio.new_event_loop()

    async def serve() -> None:
        async with served(views(Current(everything()))) as here:
            found.append(here)
            ready.set()
            await stop.wait()

    thread = threading.Thread(target=loop.run_until_complete, args=(serve(),))
    thread.start()
    assert ready.wait(30)
    yield found[0]
    loop.call_soon_threadsafe(stop.set)
    thread.join()
    loop.close()
