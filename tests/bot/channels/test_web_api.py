"""POST /api/chat: what programs and the page's own script send, well or badly."""

import asyncio
import json
from pathlib import Path
from tempfile import TemporaryDirectory
from uuid import uuid4

import pytest
from aiohttp import ClientSession
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot.channels import web
from bot.channels.web.wire import MOST_TEXT, read_message
from bot.metrics import Metrics
from locales.catalogue import Catalogues
from locales.text import as_written
from referral.web.refusal import BadInput
from tests.bot.channels.played import Played, service_on

API = "/api/chat"


def turn(**fields):
    return {"conversation": "", "turn": str(uuid4()), "text": "", "choice": "", **fields}


async def test_a_conversation_goes_on_under_its_token(client, played):
    first = await (await client.post(API, json=turn(text="library", language="sv"))).json()
    assert first["language"] == "sv"
    assert first["conversation"]
    (reply,) = first["replies"]
    assert reply["text"] == "Place: Sodankylä.\n\nHere is help."
    assert reply["choices"][0] == {"key": "human", "label": "Talk to a person"}
    assert reply["offers"][0]["phone"] == "016 000 0000"
    assert reply["offers"][0]["why"] == ["It is the nearest.", "They say that they give digital support."]
    second = await (
        await client.post(API, json=turn(conversation=first["conversation"], choice="human"))
    ).json()
    assert second["conversation"] == first["conversation"]
    assert [heard.choice for heard in played.heard] == ["", "human"]
    assert played.heard[0].conversation == played.heard[1].conversation
    assert first["conversation"] not in played.heard[0].conversation


async def test_a_repeated_turn_gets_the_same_answer_and_is_heard_once(client, played):
    message = turn(text="hello", language="en")
    answers = [await (await client.post(API, json=message)).json() for _ in range(3)]
    assert answers[0] == answers[1] == answers[2]
    assert len(played.heard) == 1


async def test_a_link_choice_carries_its_address(client):
    answer = await (await client.post(API, json=turn(text="violence"))).json()
    assert answer["replies"][0]["choices"][0] == {
        "key": "exit",
        "label": "Leave this page at once",
        "url": "https://weather.example/",
    }
    assert answer["replies"][0]["urgent"] is True


async def test_a_shared_point_and_the_greeting_are_passed_on(client, played):
    await client.post(API, json=turn(choice="share_location", point=[67.4, 26.6], greeted=True))
    assert played.heard[0].point == (67.4, 26.6)
    assert played.heard[0].greeted


async def test_ten_thousand_characters_are_read_and_more_is_cut_kindly(client, played):
    response = await client.post(API, json=turn(text="x" * 30_000))
    assert response.status == 200
    assert len(played.heard[0].text) == MOST_TEXT


@pytest.mark.parametrize("text", ["😀" * 50, "\ud800", "\x00", " \n ", "<script>", "ÅÄÖ đŋŧž", "‮"])
async def test_strange_text_is_answered(client, text):
    response = await client.post(API, data=json.dumps(turn(text=text)).encode())
    assert response.status == 200
    assert (await response.json())["replies"]


GOOD = {"turn": "5f0c3f0e-3b1a-4d53-9a52-0c8a9f3f8a11"}
BAD = [
    (b"", "bad_json"),
    (b"{bad", "bad_json"),
    (b"\xff\xfe\x00", "bad_json"),
    (b'{"turn": NaN}', "bad_json"),
    (b'{"turn": ' + b"9" * 5000 + b"}", "bad_json"),
    (b"[" * 20_000, "too_deep"),
    (b'{"a":' * 8_000, "too_deep"),
    (b"[]", "not_an_object"),
    (b"null", "not_an_object"),
    (b'"hello"', "not_an_object"),
    (b"{}", "no_turn"),
    (b'{"turn": ""}', "no_turn"),
    (b'{"turn": 1}', "bad_turn"),
    (b'{"turn": null}', "bad_turn"),
    (b'{"turn": "a b"}', "bad_turn"),
    (json.dumps({"turn": "a" * 101}).encode(), "bad_turn"),
    (json.dumps({**GOOD, "text": 5}).encode(), "bad_text"),
    (json.dumps({**GOOD, "text": ["x"]}).encode(), "bad_text"),
    (json.dumps({**GOOD, "text": None}).encode(), "bad_text"),
    (json.dumps({**GOOD, "choice": {}}).encode(), "bad_choice"),
    (json.dumps({**GOOD, "choice": "need:kela; DROP"}).encode(), "bad_choice"),
    (json.dumps({**GOOD, "choice": "a" * 61}).encode(), "bad_choice"),
    (json.dumps({**GOOD, "conversation": 7}).encode(), "bad_conversation"),
    (json.dumps({**GOOD, "conversation": "../etc"}).encode(), "bad_conversation"),
    (json.dumps({**GOOD, "language": 1}).encode(), "bad_language"),
    (json.dumps({**GOOD, "greeted": "yes"}).encode(), "bad_greeted"),
    (json.dumps({**GOOD, "point": "60,25"}).encode(), "bad_point"),
    (json.dumps({**GOOD, "point": [60]}).encode(), "bad_point"),
    (json.dumps({**GOOD, "point": [91, 0]}).encode(), "bad_point"),
    (json.dumps({**GOOD, "point": [True, False]}).encode(), "bad_point"),
    (b'{"turn": "x", "point": [1e999, 1]}', "bad_point"),
    (b'{"turn": "x", "point": [' + b"9" * 400 + b", 1]}", "bad_point"),
]


@pytest.mark.parametrize(("body", "code"), BAD, ids=[f"{n}-{code}" for n, (_, code) in enumerate(BAD)])
async def test_bad_input_is_refused_with_a_code_and_a_sentence(client, played, body, code):
    response = await client.post(API, data=body)
    assert response.status == 400
    answer = await response.json()
    assert answer["error"] == code
    assert answer["message"].endswith(".")
    assert not played.heard


async def test_a_body_over_the_limit_is_refused(client):
    limit = 64 * 1024
    message = turn(text="")
    padding = limit - len(json.dumps({**message, "pad": ""}))
    exactly = json.dumps({**message, "pad": "x" * padding}).encode()
    assert len(exactly) == limit
    assert (await client.post(API, data=exactly)).status == 200
    response = await client.post(API, data=exactly + b" ")
    assert response.status == 413
    assert (await response.json())["error"] == "too_large"


async def test_other_methods_and_addresses_are_refused_in_json(client):
    assert (await (await client.get(API)).json())["error"] == "not_allowed"
    assert (await (await client.post("/api/other", json={})).json())["error"] == "not_found"


WORDS = st.text(max_size=40) | st.binary(max_size=40).map(lambda raw: raw.decode("utf-8", "surrogateescape"))
VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | WORDS,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(WORDS, inner, max_size=3),
    max_leaves=6,
)
KEYS = st.sampled_from(["conversation", "turn", "text", "choice", "point", "language", "greeted", "other"])
LIKELY = st.sampled_from(["boom", "library", "delete", "language:se", "a-token", GOOD["turn"], "fi@simple"])
BODIES = st.binary(max_size=200) | st.dictionaries(KEYS, LIKELY | VALUES, max_size=7).map(
    lambda fields: json.dumps(fields).encode()
)


@settings(suppress_health_check=[HealthCheck.too_slow])
@given(BODIES)
def test_any_body_is_read_or_refused(body):
    try:
        message = read_message(body)
    except BadInput:
        return
    assert message.turn
    message.text.encode()


@settings(max_examples=8, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(BODIES, min_size=40, max_size=80))
def test_no_body_brings_the_server_down(bodies):
    async def send_all():
        with TemporaryDirectory() as folder:
            metrics = Metrics()
            async with (
                service_on(Path(folder), Played(), metrics) as service,
                web.open(
                    service, Catalogues.load(), metrics, web.Operator(as_written("Testi")), (), port=0
                ) as address,
                ClientSession(address) as client,
            ):
                return [(await client.post(API, data=body)).status for body in bodies]

    assert set(asyncio.run(send_all())) <= {200, 400}
