"""A process with the Telegram channel and the web server, to be killed by tests.

Run with the address of a migrated database, that of a Bot API server, and "polling" or "webhook". It plays
the small dialogue of ``tests.tiny``, in which every answer says how many turns there have been. It writes
the address of its web server, and stops at SIGTERM as the program does. A fourth argument sets its clock
so many days ahead.
"""

import asyncio
import signal
import sys
from datetime import UTC, datetime, timedelta

from bot import logs
from bot.channels import telegram, web
from bot.metrics import Metrics
from locales.catalogue import Catalogues
from locales.text import as_written
from referral.store.database import open_database
from tests import tiny
from tests.botapi.server import TOKEN

SECRET = "a-secret-of-at-least-32-characters"
HOOK = "http://127.0.0.1/telegram/hook"


async def main(url: str, api: str, mode: str, days: str = "0") -> None:
    """Serves until it is told to stop."""
    stop = asyncio.Event()
    asyncio.get_running_loop().add_signal_handler(signal.SIGTERM, stop.set)
    logs.configure("WARNING", sys.stderr)
    catalogues, metrics = Catalogues.load(), Metrics()
    account = telegram.Account(TOKEN, api, *((HOOK, SECRET) if mode == "webhook" else ()))
    speed = telegram.Speed(chat=0.0, every=0.0, poll=1)
    async with open_database(url) as database:
        service = tiny.service(database, tiny.Clock(datetime.now(UTC) + timedelta(days=int(days))))
        async with (
            telegram.open(service, database, catalogues, metrics, account, speed) as routes,
            web.open(
                service, catalogues, metrics, web.Operator(as_written("x"), ""), (), port=0, others=routes
            ) as address,
        ):
            sys.stdout.write(f"{address}\n")
            sys.stdout.flush()
            await stop.wait()


if __name__ == "__main__":
    asyncio.run(main(*sys.argv[1:]))
