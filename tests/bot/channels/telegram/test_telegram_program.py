"""The program itself, as it is installed and started, with a Telegram bot."""

import asyncio
import os
import sys
from pathlib import Path

from tests.botapi.person import Person
from tests.botapi.server import TOKEN, BotServer

PROJECT = Path(__file__).parents[4]


async def test_the_program_answers_in_telegram_and_stops_when_told(server: BotServer, tmp_path: Path) -> None:
    maija = Person(server, 7)
    await maija.write("/start")
    environment = {
        "PATH": os.environ["PATH"],
        "DIGITUKI_DATA_DIR": str(tmp_path),
        "DIGITUKI_PORT": "0",
        "DIGITUKI_OPERATOR": "Esimerkkikunta",
        "DIGITUKI_TELEGRAM_TOKEN": TOKEN,
        "DIGITUKI_TELEGRAM_API": server.url,
        "DIGITUKI_LOG_LEVEL": "DEBUG",
    }
    process = await asyncio.create_subprocess_exec(
        *(sys.executable, "-m", "bot", "serve"),
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.PIPE,
        cwd=PROJECT,
        env=environment,
    )
    try:
        async with asyncio.timeout(60):
            while not maija.read:
                await asyncio.sleep(0.05)
            await maija.write("/help")
            while len(maija.read) < 2:
                await asyncio.sleep(0.05)
        first, second = server.to(7)
        assert "Esimerkkikunta" in first.text
        assert second.at - first.at >= 1, "one message a second to one person"
        limits = Path(f"/proc/{process.pid}/limits").read_text("ascii").splitlines()
        (core,) = (line for line in limits if line.startswith("Max core file size"))
        assert core.split()[4] == "0", "a crash leaves no copy of the memory"
        async with asyncio.timeout(10):
            process.terminate()
            _, errors = await process.communicate()
        assert process.returncode == 0
        assert errors
        assert TOKEN.partition(":")[2] not in errors.decode()
    finally:
        if process.returncode is None:
            process.kill()
            await process.wait()
