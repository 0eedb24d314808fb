"""A Bot API server of our own, for the real library to talk to over the loopback.

It keeps updates until a higher offset arrives, as Telegram does, or posts them to a webhook, one of a
chat at a time, again and again until it is answered 2xx. It refuses what Telegram refuses (see
``rules``), makes the faults that it is asked for, and records every call with its time.
"""

# A handler is named by the method that it answers.
# ruff: noqa: N802

import asyncio
import json
import random
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlsplit

from aiohttp import ClientError, ClientSession, ClientTimeout, web

from tests.botapi import rules
from tests.botapi.rules import Fields, Refused

TOKEN = "4242:test-token-that-must-never-be-logged"
USERNAME = "digituki_test_bot"
RETRY_SECONDS = 0.05


@dataclass(frozen=True, slots=True)
class Sent:
    """A message that was taken: to whom, its text without markup, its keyboard, the place it shows."""

    number: int
    chat: int
    text: str
    markup: dict[str, Any]
    at: float
    venue: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Call:
    """A call that was made: which, with what, when, and the status that it was answered."""

    method: str
    fields: Fields
    at: float
    status: int


@dataclass(slots=True)
class Fault:
    """What goes wrong with the next ``times`` calls of ``method`` (to ``chat``, where it is not 0).

    ``status`` is answered instead of doing it (429 with ``retry_after``); ``delay`` seconds pass first;
    ``reset`` cuts the connection after it was done.
    """

    method: str
    status: int = 0
    chat: int = 0
    times: int = 1
    delay: float = 0.0
    reset: bool = False
    retry_after: int = 1
    description: str = ""

    def concerns(self, method: str, fields: Fields) -> bool:
        return self.times > 0 and self.method == method and self.chat in (0, int(fields.get("chat_id") or 0))


class BotServer:
    """The server's whole state. ``sent`` and ``calls`` are what happened, ``faults`` what is to go wrong.

    ``most`` is how many updates are given at once, ``handed`` how many were, whatever became of them.
    ``lag`` is how many seconds pass between a message that was taken and the answer that says so.
    """

    def __init__(self) -> None:
        self.url = ""
        self.calls: list[Call] = []
        self.sent: list[Sent] = []
        self.faults: list[Fault] = []
        self.acknowledged: list[str] = []
        self.queries: set[str] = set()
        self.texts: dict[tuple[str, str], str] = {}
        self.commands: dict[str, list[dict[str, str]]] = {}
        self.webhook: dict[str, Any] = {}
        self.targets: list[str] = []
        self.delivered: list[tuple[object, int]] = []
        self.twice = False
        self.most = 100
        self.lag: Callable[[], float] = float
        self.handed = 0
        self.batch_order: Callable[[list[Any]], list[Any]] = list
        self._pending: list[tuple[int, Any]] = []
        self._next = 1000
        self._changed = asyncio.Condition()
        self._hooks: dict[object, asyncio.Queue[Any]] = {}
        self._posting: set[asyncio.Task[None]] = set()

    def add(self, update: Any) -> Any:
        """Puts an update in the queue, with its number where it is an object."""
        number = self._next
        self._next += 1
        if isinstance(update, dict):
            update = {"update_id": number, **update}
        if self.webhook:
            self._post(update)
        else:
            self._pending.append((number, update))
        return update

    async def wake(self) -> None:
        """Lets a waiting getUpdates see what was added."""
        async with self._changed:
            self._changed.notify_all()

    @property
    def waiting(self) -> int:
        """How many updates have not been acknowledged."""
        queued = sum(queue.qsize() for queue in self._hooks.values())
        return len(self._pending) + queued + self._underway

    _underway = 0

    def to(self, chat: int) -> list[Sent]:
        """The messages that ``chat`` got."""
        return [sent for sent in self.sent if sent.chat == chat]

    def now(self) -> float:
        return asyncio.get_running_loop().time()

    # Calls.

    async def handle(self, request: web.Request) -> web.StreamResponse:
        method = request.match_info["method"]
        fields: Fields = {**request.query, **await _fields(request)}
        if request.match_info["token"] != TOKEN:
            return self._error(method, fields, Refused(401, "Unauthorized"))
        do = getattr(self, f"_on_{method}", None)
        if do is None:
            return self._error(method, fields, Refused(404, "Not Found"))
        fault = next((fault for fault in self.faults if fault.concerns(method, fields)), None)
        try:
            if fault:
                fault.times -= 1
                await asyncio.sleep(fault.delay)
                if fault.status:
                    extra = {"retry_after": fault.retry_after} if fault.status == 429 else {}
                    raise Refused(fault.status, fault.description or f"Fault {fault.status}", **extra)
            result = await do(fields)
        except Refused as refused:
            return self._error(method, fields, refused)
        self.calls.append(Call(method, fields, self.now(), 200))
        if fault and fault.reset and request.transport:
            request.transport.abort()
        return web.json_response({"ok": True, "result": result})

    def _error(self, method: str, fields: Fields, refused: Refused) -> web.Response:
        self.calls.append(Call(method, fields, self.now(), refused.status))
        body: dict[str, Any] = {"ok": False, "error_code": refused.status, "description": refused.description}
        if refused.parameters:
            body["parameters"] = refused.parameters
        return web.json_response(body, status=refused.status)

    async def _on_getMe(self, fields: Fields) -> Any:
        return {"id": 4242, "is_bot": True, "first_name": "Digituki", "username": USERNAME}

    async def _on_getUpdates(self, fields: Fields) -> Any:
        if self.webhook:
            raise Refused(409, "Conflict: can't use getUpdates method while webhook is active")
        offset = int(fields.get("offset") or 0)
        limit, patience = int(fields.get("limit") or 100), float(fields.get("timeout") or 0)
        self._pending = [(number, update) for number, update in self._pending if number >= offset]
        async with self._changed:
            if not self._pending and patience:
                try:
                    async with asyncio.timeout(patience):
                        await self._changed.wait()
                except TimeoutError:
                    pass
        batch = [update for _, update in self._pending[: min(limit, self.most)]]
        self.handed += len(batch)
        return self.batch_order([*batch, *batch] if self.twice else batch)

    async def _on_sendMessage(self, fields: Fields) -> Any:
        sent = self._sent(fields, rules.text_of(fields), {})
        await asyncio.sleep(self.lag())
        return sent

    async def _on_sendVenue(self, fields: Fields) -> Any:
        if not all(fields.get(name) for name in ("latitude", "longitude", "title", "address")):
            raise Refused(400, "Bad Request: venue data is missing")
        return self._sent(
            fields, fields["title"], {k: fields[k] for k in ("latitude", "longitude", "address")}
        )

    def _sent(self, fields: Fields, text: str, venue: dict[str, str]) -> Any:
        if not fields.get("chat_id"):
            raise Refused(400, "Bad Request: chat_id is empty")
        chat, number = int(fields["chat_id"]), len(self.sent) + 1
        self.sent.append(Sent(number, chat, text, rules.markup_of(fields), self.now(), venue))
        kind = "private" if chat > 0 else "group"
        return {"message_id": number, "date": 1795000000, "chat": {"id": chat, "type": kind}, "text": text}

    async def _on_sendChatAction(self, fields: Fields) -> Any:
        return True

    async def _on_answerCallbackQuery(self, fields: Fields) -> Any:
        if fields.get("callback_query_id") not in self.queries:
            words = "Bad Request: query is too old and response timeout expired or query ID is invalid"
            raise Refused(400, words)
        self.acknowledged.append(fields["callback_query_id"])
        return True

    async def _on_setMyCommands(self, fields: Fields) -> Any:
        self.commands[fields.get("language_code", "")] = rules.commands_of(fields)
        return True

    async def _on_getMyCommands(self, fields: Fields) -> Any:
        return self.commands.get(fields.get("language_code", ""), [])

    async def _text(self, field_: str, fields: Fields, *, change: bool) -> Any:
        key = (field_, fields.get("language_code", ""))
        if change:
            rules.check_profile(field_, fields)
            self.texts[key] = fields.get(field_, "")
            return True
        return {field_: self.texts.get(key, self.texts.get((field_, ""), ""))}

    async def _on_setMyName(self, fields: Fields) -> Any:
        return await self._text("name", fields, change=True)

    async def _on_getMyName(self, fields: Fields) -> Any:
        return await self._text("name", fields, change=False)

    async def _on_setMyDescription(self, fields: Fields) -> Any:
        return await self._text("description", fields, change=True)

    async def _on_getMyDescription(self, fields: Fields) -> Any:
        return await self._text("description", fields, change=False)

    async def _on_setMyShortDescription(self, fields: Fields) -> Any:
        return await self._text("short_description", fields, change=True)

    async def _on_getMyShortDescription(self, fields: Fields) -> Any:
        return await self._text("short_description", fields, change=False)

    async def _on_getWebhookInfo(self, fields: Fields) -> Any:
        info = {"url": "", "has_custom_certificate": False, "pending_update_count": self.waiting}
        return {**info, **{k: v for k, v in self.webhook.items() if k != "secret_token"}}

    async def _on_deleteWebhook(self, fields: Fields) -> Any:
        if fields.get("drop_pending_updates", "false").lower() == "true":
            self._pending.clear()
        self.webhook = {}
        return True

    async def _on_setWebhook(self, fields: Fields) -> Any:
        if not fields.get("url", "").startswith(("https://", "http://127.0.0.1")):
            raise Refused(400, "Bad Request: bad webhook: An HTTPS URL must be provided for webhook")
        kept = {name: fields[name] for name in ("url", "secret_token") if name in fields}
        kept["allowed_updates"] = json.loads(fields.get("allowed_updates", "[]"))
        self.webhook = kept
        pending, self._pending = self._pending, []
        for _, update in pending:
            self._post(update)
        return True

    # The webhook.

    def _post(self, update: Any) -> None:
        """Each chat has a queue: its updates go out one after another."""
        chat = chat_of(update)
        if chat not in self._hooks:
            self._hooks[chat] = asyncio.Queue()
            task = asyncio.create_task(self._deliver(self._hooks[chat]))
            self._posting.add(task)
        self._hooks[chat].put_nowait(update)

    async def _deliver(self, queue: "asyncio.Queue[Any]") -> None:
        async with ClientSession(timeout=ClientTimeout(total=20)) as session:
            while True:
                update = await queue.get()
                self._underway += 1
                for _ in range(2 if self.twice else 1):
                    while not await self._delivered(session, update):
                        await asyncio.sleep(RETRY_SECONDS)
                self._underway -= 1

    async def _delivered(self, session: ClientSession, update: Any) -> bool:
        headers = {"X-Telegram-Bot-Api-Secret-Token": self.webhook.get("secret_token", "")}
        path = urlsplit(self.webhook.get("url", "")).path
        target = random.choice(self.targets) if self.targets else self.webhook.get("url", "")
        address = target.rstrip("/") + path if self.targets else target
        self.handed += 1
        body = update if isinstance(update, bytes) else json.dumps(update).encode()
        try:
            async with session.post(address, data=body, headers=headers) as response:
                self.delivered.append((update, response.status))
                return 200 <= response.status < 300
        except (ClientError, OSError, TimeoutError):
            return False

    async def close(self) -> None:
        for task in self._posting:
            task.cancel()
        await asyncio.gather(*self._posting, return_exceptions=True)


async def _fields(request: web.Request) -> Fields:
    """The parameters, as a form or as JSON; what is nested stays JSON, as in a form."""
    if request.content_type != "application/json":
        return {name: str(value) for name, value in (await request.post()).items()}
    given = await request.json()
    return {k: v if isinstance(v, str) else json.dumps(v, ensure_ascii=False) for k, v in given.items()}


def chat_of(update: Any) -> object:
    """Whose update it is: those of one chat are delivered in order."""
    try:
        part = update.get("message") or update.get("callback_query", {}).get("message")
        return part["chat"]["id"]
    except (AttributeError, KeyError, TypeError):
        return None


@asynccontextmanager
async def serving() -> AsyncIterator[BotServer]:
    """A Bot API server on a free port."""
    server = BotServer()
    app = web.Application(client_max_size=4 * 1024 * 1024)
    app.add_routes([web.route("*", "/bot{token}/{method}", server.handle)])
    runner = web.AppRunner(app, access_log=None, shutdown_timeout=0.1)
    await runner.setup()
    site = web.TCPSite(runner, "127.0.0.1", 0)
    await site.start()
    server.url = f"http://127.0.0.1:{runner.addresses[0][1]}"
    try:
        yield server
    finally:
        await server.close()
        await runner.cleanup()
