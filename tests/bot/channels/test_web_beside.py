"""What a room does beside its pages runs while the server does, and ends with it."""

import asyncio
from pathlib import Path

from bot.channels import web
from bot.metrics import Metrics
from locales.catalogue import Catalogues
from locales.text import as_written
from referral.web.room import Room
from tests.bot.channels.played import Played, service_on


async def test_it_runs_while_the_server_does(tmp_path: Path) -> None:
    seen: list[str] = []
    begun = asyncio.Event()

    async def beside() -> None:
        seen.append("begun")
        begun.set()
        try:
            await asyncio.Event().wait()
        finally:
            seen.append("ended")

    rooms = (Room("/here", (), beside=beside), Room("/there", ()))
    metrics, operator = Metrics(), web.Operator(as_written("Testikunta"), "")
    async with (
        service_on(tmp_path, Played(), metrics) as service,
        web.open(service, Catalogues.load(), metrics, operator, (), port=0, rooms=rooms),
    ):
        await asyncio.wait_for(begun.wait(), 5)
        assert seen == ["begun"]
    assert seen == ["begun", "ended"]
