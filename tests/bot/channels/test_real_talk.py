"""One real request on every way in: the browser's script, the plain form and the terminal."""

import io
import re
from contextlib import asynccontextmanager
from uuid import uuid4

from aiohttp import ClientSession, FormData

from bot.channels import terminal, web
from bot.dialogue import step
from bot.metrics import Metrics
from bot.render import renderer
from bot.service import Service
from referral.migrations import upgrade
from referral.store.database import open_database
from tests.world import MONDAY, OPERATOR, known

REQUEST = "äitini ei pääse Kelaan pankkitunnuksilla, hän asuu Sodankylässä"


@asynccontextmanager
async def real(folder):
    """A client of the whole service, as the command line builds it."""
    metrics, render = Metrics(), renderer(known().atlas, known().catalogues)
    async with open_database(f"sqlite:///{folder / 'real.sqlite3'}") as database:
        await upgrade(database)
        service = Service(database, step, render, known().world(OPERATOR), lambda: MONDAY, metrics)
        sources = tuple(line.text for line in known().atlas.attributions)
        operator = web.Operator(OPERATOR)
        async with (
            web.open(service, known().catalogues, metrics, operator, sources, port=0) as address,
            ClientSession(address, headers={"Accept-Language": "fi"}) as client,
        ):
            yield client


async def test_the_script_is_answered_at_once(tmp_path):
    async with real(tmp_path) as client:
        message = {"conversation": "", "turn": str(uuid4()), "text": REQUEST, "choice": "", "greeted": True}
        answer = await (await client.post("/api/chat", json=message)).json()
    assert answer["language"] == "fi"
    offers = [offer for reply in answer["replies"] for offer in reply["offers"]]
    assert 1 <= len(offers) <= 3
    assert any("Kela" in offer["name"] for offer in offers)
    assert all(offer["checked"] for offer in offers)


async def test_the_form_is_answered_at_once(tmp_path):
    async with real(tmp_path) as client:
        page = await (await client.get("/")).text()
        fields = dict(re.findall(r'type="hidden" name="(\w+)" value="([^"]*)"', page))
        form = FormData({**fields, "text": REQUEST}, default_to_multipart=True)
        page = await (await client.post("/", data=form)).text()
    assert REQUEST in page
    assert "Sodankylä" in page
    shown = page.partition("<template")[0]
    assert 1 <= shown.count('<article class="card">') <= 3


def test_the_terminal_is_answered_at_once():
    out, render = io.StringIO(), renderer(known().atlas, known().catalogues)
    lines = io.StringIO(f"{REQUEST}\nlopeta\n")
    terminal.talk(step, render, known().world(OPERATOR), lambda: MONDAY, "fi", lines, out)
    answer = out.getvalue().partition("lopettaa keskustelun")[2]
    assert "Kelan asiakaspalvelu\n" in answer
    assert "Sodankylä" in answer
    assert answer.endswith("Näkemiin. Tästä keskustelusta ei jäänyt mitään talteen.\n")


async def test_the_about_page_names_every_source(tmp_path):
    async with real(tmp_path) as client:
        page = await (await client.get("/about?language=en")).text()
    assert known().atlas.attributions
    first = known().atlas.attributions[0].text
    assert first.partition(" ")[0] in page
