"""A process that answers turns over its standard input and output, to be killed by tests.

Run with the address of a migrated database. Reads one JSON array a line, [conversation, turn, words],
and writes one a line, [conversation, turn, answer], once the answer has been committed.
"""

import asyncio
import json
import sys
from datetime import UTC, datetime

from bot.turn import Heard
from referral.store.database import open_database
from tests import tiny


async def main(url: str) -> None:
    """Answers until the input ends; turns are handled as they come, without waiting for each other."""
    loop = asyncio.get_running_loop()
    async with open_database(url) as database, asyncio.TaskGroup() as tasks:
        service = tiny.service(database, tiny.Clock(datetime(2026, 11, 23, 12, 0, tzinfo=UTC)))

        async def answer(conversation: str, turn: str, words: str) -> None:
            said = await service.hear(Heard(conversation, turn, "web", words))
            sys.stdout.write(json.dumps([conversation, turn, said.replies[0].text]) + "\n")
            sys.stdout.flush()

        while line := await loop.run_in_executor(None, sys.stdin.readline):
            tasks.create_task(answer(*json.loads(line)))


if __name__ == "__main__":
    asyncio.run(main(sys.argv[1]))
