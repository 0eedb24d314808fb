"""A Bot API server in a process of its own, for measuring: it plays many people and prints what it saw.

Run with the number of people, the messages of each, the seconds between two of theirs (0: all at once),
the messages a second of one more person who floods, and "words" for real questions or "thanks" for what is
answered with one message. It prints its address, waits until everything was
answered, and prints one line of JSON: how many turns, seconds from the first call to the last message, and
the 95th percentile of the seconds that the others waited for the first words of an answer.
"""

import asyncio
import itertools
import json
import sys

from tests.botapi.person import Person
from tests.botapi.server import BotServer, serving

FLOOD = 99_999
SECONDS = 10
WORDS = ("äitini ei pääse Kelaan pankkitunnuksilla", "hän asuu Sodankylässä", "entä sähköposti")
THANKS = "kiitos"


async def main(people: int, messages: int, every: float, flood: float, asked: str) -> None:
    """Serves until every message of the others was answered."""
    async with serving() as server:
        sys.stdout.write(f"{server.url}\n")
        sys.stdout.flush()
        written: dict[int, list[float]] = {chat: [] for chat in range(1, people + 1)}
        async with asyncio.TaskGroup() as tasks:
            flooding = tasks.create_task(_flood(server, flood)) if flood else None
            if every:
                for chat in written:
                    tasks.create_task(_talk(server, chat, messages, every, written[chat]))
            else:
                await _all_at_once(server, written, messages, WORDS if asked == "words" else (THANKS,))
            await _answered(server, written, messages, settled=not flood)
            if flooding:
                flooding.cancel()
        seen = _seen(server, written, people * messages)
        sys.stdout.write(json.dumps(seen) + "\n")
        sys.stdout.flush()
        # The bot is stopped by whoever measures, and this process with its input.
        await asyncio.get_running_loop().run_in_executor(None, sys.stdin.read)


async def _all_at_once(
    server: BotServer, written: dict[int, list[float]], messages: int, words: tuple[str, ...]
) -> None:
    for number in range(messages):
        for chat in written:
            text = words[number % len(words)]
            server.add({"message": Person(server, chat).message({"text": text})})
            written[chat].append(server.now())
    await server.wake()


async def _talk(server: BotServer, chat: int, messages: int, every: float, written: list[float]) -> None:
    """One person; they do not all write in the same moment."""
    await asyncio.sleep(2 + every * (chat % 7) / 7)
    person = Person(server, chat)
    for _ in range(messages):
        written.append(server.now())
        await person.write(THANKS)
        await asyncio.sleep(every)


async def _flood(server: BotServer, rate: float) -> None:
    person = Person(server, FLOOD)
    while True:
        await person.write(THANKS)
        await asyncio.sleep(1 / rate)


async def _answered(
    server: BotServer, written: dict[int, list[float]], messages: int, *, settled: bool
) -> None:
    """Waits for an answer to every message; where nobody floods, until nothing more comes either."""
    before = -1
    while not all(len(server.to(chat)) >= messages for chat in written) or (
        settled and len(server.sent) > before
    ):
        before = len(server.sent)
        await asyncio.sleep(0.3)


def _seen(server: BotServer, written: dict[int, list[float]], turns: int) -> dict[str, float]:
    began = min(call.at for call in server.calls if call.method == "getUpdates")
    ended = max(sent.at for sent in server.sent)
    waits = sorted(
        sent.at - at
        for chat, times in written.items()
        for at, sent in zip(times, server.to(chat), strict=False)
    )
    flood = [sent.at for sent in server.to(FLOOD)]
    return {
        "turns": turns,
        "messages": len(server.sent),
        "seconds": ended - began,
        "p95": waits[int(len(waits) * 0.95)],
        "flood_messages": len(flood),
        "flood_least_gap": min((b - a for a, b in itertools.pairwise(flood)), default=0.0),
    }


if __name__ == "__main__":
    asyncio.run(main(int(sys.argv[1]), int(sys.argv[2]), float(sys.argv[3]), float(sys.argv[4]), sys.argv[5]))
