"""A register on a port of this machine, in this process or (run as a module) in one of its own.

``python -m tests.registers.server 22000 25`` serves 22,000 services of which every 25th question goes wrong,
prints its address, and answers until its standard input ends.
"""

import asyncio
import sys
import threading
from collections.abc import AsyncIterator, Iterable, Iterator
from contextlib import asynccontextmanager, contextmanager

from aiohttp import web

from tests.registers import ptv11
from tests.registers.faults import Faults, faulty
from tests.registers.finland import Register


@asynccontextmanager
async def serving(routes: Iterable[web.RouteDef], faults: Faults | None = None) -> AsyncIterator[str]:
    """The address of a server that answers ``routes``, while this is open."""
    app = web.Application(middlewares=[faulty(faults or Faults())])
    app.add_routes(list(routes))
    runner = web.AppRunner(app, shutdown_timeout=1)
    await runner.setup()
    try:
        await web.TCPSite(runner, "127.0.0.1", 0).start()
        port = runner.addresses[0][1]
        yield f"http://127.0.0.1:{port}"
    finally:
        await runner.cleanup()


@contextmanager
def in_thread(routes: Iterable[web.RouteDef], faults: Faults | None = None) -> Iterator[str]:
    """The same from a thread of its own, for tests that run whole commands."""
    loop, stop, ready = asyncio.new_event_loop(), asyncio.Event(), threading.Event()
    addresses: list[str] = []

    async def run() -> None:
        async with serving(routes, faults) as address:
            addresses.append(address)
            ready.set()
            await stop.wait()

    thread = threading.Thread(target=lambda: loop.run_until_complete(run()))
    thread.start()
    try:
        assert ready.wait(30)
        yield addresses[0]
    finally:
        loop.call_soon_threadsafe(stop.set)
        thread.join()
        loop.close()


async def main(count: int, every: int) -> None:
    """Serves the service register until the input ends."""
    async with serving(ptv11.routes(Register(count)), Faults(every)) as address:
        sys.stdout.write(f"{address}/api/v11\n")
        sys.stdout.flush()
        await asyncio.get_running_loop().run_in_executor(None, sys.stdin.read)


if __name__ == "__main__":
    asyncio.run(main(*map(int, sys.argv[1:3])))
