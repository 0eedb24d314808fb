"""What stands between the network and the pages: headers, origins, pace, patience, faults."""

import asyncio
import json
from contextlib import suppress
from urllib.parse import urlsplit
from uuid import uuid4

import pytest
import structlog
from aiohttp import ClientSession

from bot.channels.web.app import BODY_PATIENCE, application
from bot.channels.web.connection import HEADER_PATIENCE
from bot.channels.web.site import Site
from bot.service import Service
from referral.store.database import StoreUnavailable
from referral.web.guard import HEADERS
from referral.web.pace import MOST_ADDRESSES, Pace
from referral.web.shell import Shell

PATHS = {
    ("GET", "/"): 200,
    ("GET", "/?language=sv"): 200,
    ("POST", "/"): 400,
    ("POST", "/api/chat"): 400,
    ("GET", "/about"): 200,
    ("GET", "/privacy"): 200,
    ("GET", "/accessibility"): 200,
    ("GET", "/static/page.css"): 200,
    ("GET", "/static/nothing.css"): 404,
    ("GET", "/static/..%2fapp.py"): 404,
    ("GET", "/healthz"): 200,
    ("GET", "/readyz"): 200,
    ("GET", "/metrics"): 200,
    ("GET", "/nothing"): 404,
    ("GET", "/api/nothing"): 404,
    ("DELETE", "/"): 405,
    ("PUT", "/api/chat"): 405,
    ("OPTIONS", "/about"): 405,
    ("HEAD", "/"): 200,
}


def routes(service, catalogues, metrics):
    site = Site(service, metrics, Shell(catalogues, None, (), {}, 1.0))
    return {route.resource.canonical for route in application(site, None).router.routes()}


def test_the_table_covers_every_route(service, catalogues, metrics):
    found = routes(service, catalogues, metrics)
    asked = {path.partition("?")[0] for _, path in PATHS}
    assert len(found) > 8
    assert {path.replace("{name}", "page.css") for path in found} <= asked


@pytest.mark.parametrize(("method", "path"), PATHS, ids=[" ".join(key) for key in PATHS])
async def test_every_answer_carries_the_security_headers(client, method, path):
    response = await client.request(method, path, data=b"{bad" if method == "POST" else None)
    assert response.status == PATHS[method, path]
    for name, value in HEADERS.items():
        assert response.headers[name] == value
    assert response.headers["Content-Security-Policy"].startswith("default-src 'none'")
    assert "frame-ancestors 'none'" in response.headers["Content-Security-Policy"]
    assert "Server" not in response.headers
    kept = "public" if path == "/static/page.css" else "no-store"
    assert kept in response.headers["Cache-Control"]
    assert "Set-Cookie" not in response.headers


RAW = {
    "not http": b"\x16\x03\x01\x02\x00secret\r\n\r\n",
    "no such version": b"GET /secret HTTP/9.9\r\n\r\n",
    "bad header": b"GET / HTTP/1.1\r\nsecret header\r\n\r\n",
    "long line": b"GET /secret" + b"a" * 20_000 + b" HTTP/1.1\r\n\r\n",
    "two lengths": b"POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\nab",
}


@pytest.mark.parametrize("sent", RAW.values(), ids=RAW)
async def test_what_is_not_http_is_refused_alike_and_leaves_no_trace(opened, sent, caplog):
    with structlog.testing.capture_logs() as lines:
        async with opened() as address:
            answer = await exchanged(address, sent)
    head = answer.partition(b"\r\n\r\n")[0].decode().lower()
    assert head.startswith(("http/1.1 400", "http/1.0 400"))
    assert "default-src 'none'" in head
    assert "nosniff" in head
    assert "server:" not in head
    assert b"secret" not in answer
    logged = json.dumps(lines) + caplog.text
    assert "unreadable request" in logged
    assert "secret" not in logged
    assert "127.0.0.1" not in logged


async def exchanged(address, sent):
    reader, writer = await asyncio.open_connection("127.0.0.1", urlsplit(address).port)
    writer.write(sent)
    answer = await reader.read()
    writer.close()
    with suppress(ConnectionError):
        await writer.wait_closed()
    return answer


ORIGINS = [
    ({}, 200),
    ({"Origin": "{own}"}, 200),
    ({"Sec-Fetch-Site": "same-origin", "Origin": "null"}, 200),
    ({"Sec-Fetch-Site": "cross-site", "Origin": "{own}"}, 403),
    ({"Sec-Fetch-Site": "same-site"}, 403),
    ({"Origin": "https://evil.example"}, 403),
    ({"Origin": "http://127.0.0.1.evil.example"}, 403),
    ({"Origin": "null"}, 403),
    ({"Origin": ""}, 403),
]


@pytest.mark.parametrize(("headers", "status"), ORIGINS, ids=[str(headers) for headers, _ in ORIGINS])
@pytest.mark.parametrize("path", ["/", "/api/chat"])
async def test_another_site_cannot_send_messages(opened, played, headers, status, path):
    async with opened() as address, ClientSession() as client:
        own = address.rstrip("/")
        sent = {name: value.format(own=own) for name, value in headers.items()}
        fields = {"turn": str(uuid4()), "text": "hello"}
        body = {"json": fields} if path == "/api/chat" else {"data": fields}
        response = await client.post(own + path, headers=sent, **body)
    assert response.status == status
    assert len([heard for heard in played.heard if heard.text]) == (status == 200)


async def test_a_flood_is_slowed_down_and_nobody_else(client):
    flood, other = {"X-Forwarded-For": "203.0.113.5"}, {"X-Forwarded-For": "spoofed, 203.0.113.6"}
    statuses = [(await client.post("/api/chat", data=b"{}", headers=flood)).status for _ in range(130)]
    assert statuses[:120] == [400] * 120
    assert 429 in statuses[120:]
    assert (await client.post("/api/chat", data=b"{}", headers=other)).status == 400
    assert (await client.post("/api/chat", data=b"{}")).status == 400


def test_the_pace_recovers_with_time():
    now = [0.0]
    pace = Pace(lambda: now[0], burst=2, rate=1)
    assert [pace.allows("a") for _ in range(3)] == [True, True, False]
    now[0] = 1.0
    assert [pace.allows("a") for _ in range(2)] == [True, False]


def test_the_pace_forgets_addresses_rather_than_fill_the_memory():
    pace = Pace(lambda: 0.0)
    for number in range(3 * MOST_ADDRESSES):
        assert pace.allows(str(number))
    assert len(pace._buckets) <= MOST_ADDRESSES


async def test_slow_headers_are_closed_while_others_are_served(opened):
    assert HEADER_PATIENCE <= 15
    async with opened(header_patience=0.5) as address, ClientSession(address) as client:
        port = urlsplit(address).port
        slow = [await asyncio.open_connection("127.0.0.1", port) for _ in range(200)]
        for _, writer in slow:
            writer.write(b"GET / HTTP/1.1\r\nHost: x\r\nX-Slow: ")
        dripping = asyncio.gather(drip([writer for _, writer in slow]))
        served = [(await client.get("/healthz")).status for _ in range(20)]
        ends = await asyncio.gather(*(end_of(reader) for reader, _ in slow))
        dripping.cancel()
        with suppress(asyncio.CancelledError):
            await dripping
        served.append((await client.get("/healthz")).status)
        for _, writer in slow:
            writer.close()
    assert set(served) == {200}
    assert len(ends) == 200


async def drip(writers):
    """Keeps the headers coming, a byte at a time: what is slow is not idle."""
    while True:
        await asyncio.sleep(0.05)
        for writer in writers:
            with suppress(ConnectionError):
                writer.write(b"x")


async def end_of(reader):
    """Waits until the server has closed the connection."""
    with suppress(ConnectionError):
        while await reader.read(1000):
            pass


async def test_an_idle_connection_is_closed(opened):
    async with opened(header_patience=1.0) as address:
        assert b"200 OK" in await exchanged(address, b"GET /healthz HTTP/1.1\r\nHost: x\r\n\r\n")
        assert await exchanged(address, b"") == b""


async def test_a_slow_body_is_refused_and_closed(opened):
    assert BODY_PATIENCE <= 60
    begun = b"POST /api/chat HTTP/1.1\r\nHost: x\r\nContent-Length: 100\r\n\r\n{"
    async with opened(body_patience=0.3) as address:
        answer = await exchanged(address, begun)
    assert answer.startswith(b"HTTP/1.1 408")
    assert b"too_slow" in answer


async def test_more_connections_than_there_is_room_for_are_closed(opened, monkeypatch):
    monkeypatch.setattr("bot.channels.web.app.connections", few)
    async with opened() as address:
        port = urlsplit(address).port
        first = await asyncio.open_connection("127.0.0.1", port)
        second = await asyncio.open_connection("127.0.0.1", port)
        await end_of(second[0])
        first[1].write(b"GET /healthz HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n")
        assert b"alive" in await first[0].read()
        for _, writer in (first, second):
            writer.close()


def few(server, header_patience):
    from bot.channels.web.connection import connections

    return connections(server, header_patience, most=1)


class BrokenService(Service):
    """A service whose store is gone, or which has a fault of its own."""

    def __init__(self, error):
        self.error = error

    async def new_conversation(self, turn):
        raise self.error

    async def ready(self):
        raise self.error

    def greet(self, channel, language_hint=""):
        raise self.error


@pytest.mark.parametrize(
    ("error", "status", "code"),
    [
        (StoreUnavailable("OperationalError"), 503, "store_unavailable"),
        (RuntimeError("quotes a secret"), 500, "fault"),
    ],
)
async def test_a_fault_is_a_kind_sentence_and_a_line_without_words(opened, caplog, error, status, code):
    with structlog.testing.capture_logs() as lines:
        async with opened(service=BrokenService(error)) as address, ClientSession(address) as client:
            answer = await client.post("/api/chat", json={"turn": str(uuid4()), "text": "secret"})
            page = await client.get("/?language=en")
            assert (answer.status, page.status) == (status, status)
            assert (await answer.json())["error"] == code
            assert "Please try again in a minute." in await page.text()
            assert (await client.get("/readyz")).status == status
            assert (await client.get("/healthz")).status == 200
    assert "secret" not in json.dumps(lines) + caplog.text


async def test_metrics_count_turns(client):
    await client.post("/api/chat", json={"turn": str(uuid4()), "text": "hello"})
    page = await (await client.get("/metrics")).text()
    assert 'digituki_turns_total{channel="web",outcome="answered"} 1.0' in page


async def test_nothing_is_logged_of_a_conversation(client, caplog):
    with structlog.testing.capture_logs() as lines:
        await client.post("/api/chat", json={"turn": str(uuid4()), "text": "canary-word"})
        await client.post("/", data={"turn": str(uuid4()), "text": "canary-word"})
        await client.get("/nothing?canary-word")
    assert "canary-word" not in json.dumps(lines) + caplog.text
