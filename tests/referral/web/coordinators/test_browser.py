"""A new coordinator of Lapland in a real browser: from the invitation to the first accepted submission.

The server runs in a thread of its own, because Playwright's plain interface wants this one. Where there
is no Chromium these tests are skipped.
"""

import asyncio
import re
import subprocess
import sys
import threading
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from pyotp import TOTP

from bot.channels import web
from bot.metrics import Metrics
from knowledge.load import load_atlas, load_catalog
from locales.catalogue import Catalogues
from locales.text import as_written
from referral.accounts.roles import Assignment, Role
from referral.directory.current import Current
from referral.directory.starter import load_directory
from referral.hours import HELSINKI
from referral.migrations import upgrade
from referral.store import accounts, left_out, offers, practices, sessions, sources
from referral.store.database import open_database
from referral.store.practices import Practice
from referral.store.submissions import save_submission
from referral.store.watch import watched
from referral.web.coordinators import room
from referral.web.coordinators.hashing import Hashing
from tests.bot.channels.played import Played, service_on
from tests.bot.channels.test_web_browser import ARGUMENTS, CHROMIUM, LOOKS, faults, overflow
from tests.referral.web.coordinators.conftest import QUICK
from tests.referral.web.coordinators.things import nearly_taken, offer, submission

pytestmark = pytest.mark.skipif(not CHROMIUM.exists(), reason=f"there is no Chromium at {CHROMIUM}")

PASSWORD = "kolme hyvää poroa metsässä"
LOOKER = "looker@example.org"


def moment() -> datetime:
    return datetime.now(UTC).astimezone(HELSINKI)


@pytest.fixture(scope="module")
def url(tmp_path_factory) -> str:
    return f"sqlite:///{tmp_path_factory.mktemp('site') / 'site.sqlite3'}"


@asynccontextmanager
async def site(folder: Path, url: str) -> AsyncIterator[str]:
    """The whole site over a real database, with something in it to decide and to check."""
    catalog, atlas, metrics = load_catalog(), load_atlas(), Metrics()
    current = Current.of(load_directory(catalog, atlas))
    today = moment().date()

    def fill(connection: Any) -> None:
        sources.note(connection, "ptv", "ptv", today)
        offers.put(connection, [offer("19", "ptv-old-place"), offer("19", "kirkanta-old")], "ptv", today)
        near = [nearly_taken("19", f"r{number}") for number in range(30)]
        left_out.keep(connection, "ptv", near, {}, today)
        save_submission(connection, submission("19"), "19", today)
        save_submission(connection, submission("04", "Porin talkoot ry"), "04", today)
        save_submission(connection, submission("19", "Toinen <b>yhdistys</b> ry"), "19", today)
        id = accounts.add(connection, LOOKER)
        accounts.set_secrets(connection, id, QUICK.hash(PASSWORD), "A" * 32, 0)
        accounts.assign(connection, id, Assignment(Role.NATIONAL, "", today))
        sessions.begin(connection, "looking", id, "form", int(moment().timestamp()))
        post = Practice(
            "19", "home", "Kotikäynnit <i>kylissä</i>", "Rivi yksi.\n\nRivi kaksi.", "fi", id, today
        )
        practices.share(connection, post)

    async with open_database(url) as database:
        await upgrade(database)
        await database.write(fill)
        pages = room(database, current, catalog, atlas, moment, Hashing(QUICK))
        operator = web.Operator(as_written("Testikunta"), "")
        async with (
            watched(database, url, current, atlas, lambda: moment().date()),
            service_on(folder, Played(), metrics) as service,
            web.open(service, Catalogues.load(), metrics, operator, (), port=0, rooms=(pages,)) as opened,
        ):
            yield opened


@pytest.fixture(scope="module")
def address(tmp_path_factory, url) -> Iterator[str]:
    started, found = threading.Event(), []

    async def serve() -> None:
        stop = asyncio.Event()
        async with site(tmp_path_factory.mktemp("chat"), url) as opened:
            found.extend((opened, asyncio.get_running_loop(), stop))
            started.set()
            await stop.wait()

    thread = threading.Thread(target=lambda: asyncio.run(serve()))
    thread.start()
    assert started.wait(60)
    yield found[0].rstrip("/")
    found[1].call_soon_threadsafe(found[2].set)
    thread.join(30)


@pytest.fixture(scope="module")
def browser() -> Iterator[Any]:
    playwright = pytest.importorskip("playwright.sync_api", reason="playwright is not installed")
    with playwright.sync_playwright() as running:
        opened = running.chromium.launch(executable_path=str(CHROMIUM), args=list(ARGUMENTS))
        yield opened
        opened.close()


@contextmanager
def shown(
    browser: Any, address: str, *, signed_in: bool = True, width: int = 1000, **context: Any
) -> Iterator[Any]:
    opened = browser.new_context(viewport={"width": width, "height": 800}, locale="en", **context)
    if signed_in:
        opened.add_cookies([{"name": "digituki-session", "value": "looking", "url": address}])
    page, complaints = opened.new_page(), []
    page.on("pageerror", lambda error: complaints.append(str(error)))
    page.on("console", lambda line: complaints.append(line.text) if line.type == "error" else None)
    yield page
    opened.close()
    assert not [line for line in complaints if "Failed to load resource" not in line]


def invited(url: str, address: str, email: str) -> str:
    """The link that the command prints."""
    command = [sys.executable, "-m", "bot", "coordinators", "invite", "--region", "Lappi", "--email", email]
    environment = {"DIGITUKI_DATABASE_URL": url, "PATH": ""}
    run = subprocess.run(
        [*command, "--address", address], env=environment, capture_output=True, text=True, check=True
    )
    return run.stdout.splitlines()[0]


def code(secret: str, steps: int = 0) -> str:
    return TOTP(secret).at(int((moment() + timedelta(seconds=30 * steps)).timestamp()))


@pytest.mark.parametrize("scripts", [True, False], ids=["with scripts", "without scripts"])
def test_a_new_coordinator_of_lapland(browser, address, url, scripts):
    email = f"uusi{int(scripts)}@example.org"
    link = invited(url, address, email)
    with shown(browser, address, signed_in=False, java_script_enabled=scripts) as page:
        page.goto(link)
        secret = page.inner_text("code.secret").replace(" ", "")
        assert page.input_value("#email") == email
        page.fill("#password", PASSWORD)
        page.fill("#again", PASSWORD)
        page.fill("#code", "000000")
        page.click("button.main")
        assert "not the one that the app should show" in page.inner_text("#fault")
        assert page.inner_text("code.secret").replace(" ", "") == secret
        page.fill("#password", PASSWORD)
        page.fill("#again", PASSWORD)
        page.fill("#code", code(secret))
        page.click("button.main")
        codes = page.locator(".codes li").all_inner_texts()
        assert len(codes) == 10
        page.click("text=I have saved them")
        assert page.url.endswith("/coordinators/situation")
        accept(page, "Rovaniemen digitalkoot ry" if scripts else "Toinen <b>yhdistys</b> ry")
        page.click("text=Sign out")
        sign_in(page, email, code(secret, 1))
        assert page.url.endswith("/coordinators/situation")
        page.click("text=Sign out")
        sign_in(page, email, codes[0].lower().replace("-", " "))
        assert page.url.endswith("/coordinators/situation")
        page.goto(link)
        assert "has been used" in page.inner_text("main")


def accept(page: Any, name: str) -> None:
    """Looks at what waits, accepts one submission and finds it in the directory."""
    page.click("nav >> text=Directory")
    table = page.inner_text("table")
    assert name in table
    assert "Porin talkoot ry" not in table
    page.click(f'a:text-is("{name}")')
    assert "Neuvomme puhelimen käytössä." in page.inner_text(".card")
    assert page.inner_text(".card h3") == name
    page.click("button.main")
    assert "Accepted" in page.inner_text(".done >> nth=0")
    page.click("text=Look at it in the directory")
    assert page.inner_text("h1") == name
    page.click("text=Make a link")
    assert re.search(r"/provider/[\w-]+\.[0-9a-f]{32}$", page.inner_text(".made code"))
    for _ in range(40):  # Every process sees it within five seconds.
        page.goto(
            page.url.partition("/coordinators")[0] + "/coordinators/directory/offers?show=all&q=" + name[:6]
        )
        if page.locator("tbody tr", has_text=name).count():
            break
        page.wait_for_timeout(250)
    assert name in page.inner_text("tbody")


def sign_in(page: Any, email: str, typed: str) -> None:
    page.fill("#email", email)
    page.fill("#password", PASSWORD)
    page.fill("#code", typed)
    page.press("#code", "Enter")


PAGES = (
    "sign-in",
    "account",
    "audit",
    "directory",
    "directory/offers",
    "directory/offers/ptv-old-place",
    "directory/twins",
    "directory/imports",
    "directory/left-out",
    "directory/twins?of=ptv-old-place",
    "practices",
    "practices/new",
)


def every_page(page: Any, address: str) -> Iterator[str]:
    """Opens each page, and those that are behind them."""
    for path in PAGES:
        page.goto(f"{address}/coordinators/{path}")
        yield path
    page.goto(f"{address}/coordinators/practices")
    page.click(".post a")
    yield "practices/one"
    page.goto(f"{address}/coordinators/directory")
    page.click("text=Porin talkoot ry")
    yield "submission"
    page.click("text=Put something right first")
    yield "change"
    page.fill("#organisation", "")
    page.fill("#hours", "whenever")
    page.click("button.main")
    assert page.locator(".wrong").count() == 2
    yield "change, with faults"


def test_every_page_is_accessible(browser, address, url):
    with shown(browser, address) as page:
        for path in every_page(page, address):
            assert faults(page) == [], path
            assert page.locator("h1").count() == 1, path
    with shown(browser, address, signed_in=False) as page:
        page.goto(invited(url, address, "vasta@example.org"))
        assert faults(page) == []
        page.fill("#password", "short")
        assert page.evaluate("!document.querySelector('#password').checkValidity()")
        page.goto(f"{address}/coordinators/audit")
        assert "sign-in?next=" in page.url
        sign_in(page, "nobody@example.org", "123456")
        assert page.locator("#fault").count() == 1
        assert faults(page) == []


def test_nothing_sticks_out_of_a_narrow_window(browser, address):
    with shown(browser, address, **LOOKS["narrow"]) as page:
        for path in every_page(page, address):
            assert overflow(page) == 0, path


@pytest.mark.parametrize("look", ["dark", "forced colours"])
def test_every_look_is_accessible(browser, address, look):
    """Those pages that have every kind of box between them."""
    with shown(browser, address, **LOOKS[look]) as page:
        for path in (
            "sign-in",
            "account",
            "directory/offers/ptv-old-place?done=checked",
            "practices?of=04",
            "directory/left-out",
        ):
            page.goto(f"{address}/coordinators/{path}")
            assert faults(page) == [], path


@pytest.mark.parametrize(
    ("language", "title"), [("fi", "Odottaa päätöstäsi"), ("sv", "Väntar på ditt beslut")]
)
def test_the_site_speaks_the_language_of_the_account(browser, address, language, title):
    with shown(browser, address) as page:
        page.goto(f"{address}/coordinators/directory?language={language}")
        assert page.inner_text("h1") == title
        page.goto(f"{address}/coordinators/directory")
        assert page.inner_text("h1") == title
        assert page.get_attribute("html", "lang") == language
        page.goto(f"{address}/coordinators/directory?language=en")
        assert page.inner_text("h1") == "Waiting for your decision"
