"""The webhook: a route of the web server that answers once the turn is committed, to Telegram alone."""

import asyncio
import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from aiohttp import ClientSession

from bot.channels import telegram, web
from bot.channels.telegram.webhook import SECRET_HEADER, path, public
from bot.metrics import Metrics
from bot.settings import BadSettings, Settings
from locales.catalogue import Catalogues
from locales.text import as_written
from referral.migrations import upgrade
from referral.store.database import StoreUnavailable, open_database
from tests.bot.channels.telegram.conftest import AT_ONCE, Channel
from tests.bot.channels.telegram.test_telegram_faults import small
from tests.botapi.server import TOKEN, BotServer

SECRET = "s" * 32
HOOK = "http://127.0.0.1/hook"


@asynccontextmanager
async def hooked(
    server: BotServer, folder: Path, catalogues: Catalogues
) -> AsyncIterator[tuple[Channel, ClientSession]]:
    """A channel with a webhook, and a client of its web server."""
    metrics, account = Metrics(), telegram.Account(TOKEN, server.url, HOOK, SECRET)
    async with open_database(f"sqlite:///{folder / 'hook.sqlite3'}") as database:
        await upgrade(database)
        service = small(database, metrics)
        operator = web.Operator(as_written("x"), "")
        async with (
            telegram.open(service, database, catalogues, metrics, account, AT_ONCE) as routes,
            web.open(service, catalogues, metrics, operator, (), port=0, others=routes) as address,
            ClientSession(address) as client,
        ):
            server.targets = [address]
            yield Channel(server, service, metrics), client


@pytest.fixture
async def hook(
    server: BotServer, tmp_path: Path, catalogues: Catalogues
) -> AsyncIterator[tuple[Channel, ClientSession]]:
    async with hooked(server, tmp_path, catalogues) as opened:
        yield opened


Hook = tuple[Channel, ClientSession]


async def test_updates_come_in_by_the_webhook(hook: Hook) -> None:
    channel, _ = hook
    while not channel.server.webhook:
        await asyncio.sleep(0.01)
    maija = channel.person(1)
    for word in "abc":
        await maija.write(word)
    await channel.settled()
    async with asyncio.timeout(30):
        while len(maija.read) < 3:
            await asyncio.sleep(0.01)
    assert [text[0] for text in maija.read] == ["1", "2", "3"]
    assert channel.server.webhook["allowed_updates"] == ["message", "callback_query", "my_chat_member"]
    assert "getUpdates" not in [call.method for call in channel.server.calls]


@pytest.mark.parametrize(
    "told", [{}, {SECRET_HEADER: ""}, {SECRET_HEADER: "s" * 31}, {SECRET_HEADER: "é" * 32}]
)
async def test_without_the_secret_there_is_nothing_here(hook: Hook, told: dict[str, str]) -> None:
    channel, client = hook
    update = {"update_id": 1, "message": channel.person(1).message({"text": "a"})}
    async with client.post("/hook", json=update, headers=told) as response:
        assert response.status == 404
    assert channel.counted("digituki_turns_total") == 0


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"{",
        b"[" * 20_000,
        b"null",
        b"\xff\xfe",
        b'{"update_id":1}',
        b'"' + b"x" * (2 * 1024 * 1024) + b'"',
    ],
)
async def test_what_is_no_update_is_taken_and_set_aside(hook: Hook, body: bytes) -> None:
    """Refused it would come again and again, and hold up what follows."""
    channel, client = hook
    async with client.post("/hook", data=BytesIO(body), headers={SECRET_HEADER: SECRET}) as response:
        assert response.status == 200
    assert channel.counted("digituki_updates_set_aside_total") == 1


async def test_a_large_update_and_very_many_are_taken(hook: Hook) -> None:
    """More than a page takes, and faster than a browser may."""
    channel, client = hook
    message = channel.person(1).message({"text": "ä" * 4096})
    message["reply_to_message"] = channel.person(1).message({"text": "ö" * 12_000})
    for number in range(200):
        body = json.dumps({"update_id": number, "message": message}).encode()
        assert len(body) > 64 * 1024
        async with client.post("/hook", data=body, headers={SECRET_HEADER: SECRET}) as response:
            assert response.status == 200
    assert channel.counted('digituki_turns_total{channel="telegram",outcome="answered"}') == 200


async def test_what_was_not_saved_is_not_acknowledged(hook: Hook, monkeypatch: pytest.MonkeyPatch) -> None:
    channel, client = hook
    update = {"update_id": 1, "message": channel.person(1).message({"text": "a"})}

    async def unavailable(*arguments: Any) -> Any:
        raise StoreUnavailable("OperationalError")

    with monkeypatch.context() as patch:
        patch.setattr(channel.service, "hear", unavailable)
        async with client.post("/hook", json=update, headers={SECRET_HEADER: SECRET}) as response:
            assert response.status == 503
    async with client.post("/hook", json=update, headers={SECRET_HEADER: SECRET}) as response:
        assert response.status == 200


def test_the_path_is_that_of_the_public_address() -> None:
    assert path("https://tuki.example/some/where/") == "/some/where"
    assert path("https://tuki.example") == "/telegram"
    assert public("https://tuki.example") == "https://tuki.example/telegram"


@pytest.mark.parametrize(
    "settings",
    [
        {"DIGITUKI_TELEGRAM_WEBHOOK": "https://tuki.example/hook"},
        {"DIGITUKI_TELEGRAM_WEBHOOK": "https://tuki.example/hook", "DIGITUKI_TELEGRAM_SECRET": "s" * 31},
        {"DIGITUKI_TELEGRAM_WEBHOOK": "https://tuki.example/hook", "DIGITUKI_TELEGRAM_SECRET": "ä" * 32},
        {"DIGITUKI_TELEGRAM_WEBHOOK": "http://tuki.example/hook", "DIGITUKI_TELEGRAM_SECRET": "s" * 32},
        {"DIGITUKI_TELEGRAM_WEBHOOK": "https://tuki.example:9/hook", "DIGITUKI_TELEGRAM_SECRET": "s" * 32},
        {"DIGITUKI_TELEGRAM_TOKEN": "a-canary"},
        {"DIGITUKI_TELEGRAM_API": "telegram"},
    ],
)
def test_it_refuses_to_start_with_what_is_not_safe(settings: dict[str, str]) -> None:
    with pytest.raises(BadSettings) as refused:
        Settings.from_env(settings)
    assert "a-canary" not in str(refused.value)


def test_neither_token_nor_secret_is_shown_with_the_settings() -> None:
    settings = Settings.from_env(
        {"DIGITUKI_TELEGRAM_TOKEN": "1:canary", "DIGITUKI_TELEGRAM_SECRET": "c" * 32}
    )
    assert "canary" not in repr(settings)
    assert "c" * 32 not in repr(settings)
