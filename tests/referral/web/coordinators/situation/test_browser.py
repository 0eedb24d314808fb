"""The situation picture in a real browser: a coordinator of Lapland finds, takes along and prints.

The server runs in a thread of its own, because Playwright's plain interface wants this one. Where there
is no Chromium these tests are skipped.
"""

import asyncio
import re
import threading
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager
from datetime import date, datetime
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook

from bot.channels import web
from bot.metrics import Metrics
from locales.catalogue import Catalogues
from locales.text import as_written
from referral.accounts.roles import Assignment, Role
from referral.hours import HELSINKI
from referral.migrations import upgrade
from referral.store import accounts, sessions
from referral.store.database import open_database
from referral.web.coordinators import room
from tests.bot.channels.played import Played, service_on
from tests.bot.channels.test_web_browser import ARGUMENTS, CHROMIUM, LOOKS, faults, overflow
from tests.referral.situation.year import releases
from tests.referral.web.coordinators.situation.stored import store
from tests.world import known

pytestmark = pytest.mark.skipif(not CHROMIUM.exists(), reason=f"there is no Chromium at {CHROMIUM}")

NOW = datetime(2027, 1, 8, 9, 30, tzinfo=HELSINKI)
PAGES = (
    "situation",
    "situation?period=2026-11&topic=kela",
    "situation?period=2026&topic=devices",
    "situation?period=2026-Q3&spoken=sv&topic=kela",
    "situation/supply?period=2026",
    "situation/export?period=2026&topic=devices",
    "situation/report?period=2026",
)


@asynccontextmanager
async def site(folder: Path) -> AsyncIterator[str]:
    """The site with two years of releases; whoever brings the cookie "lapland" or "country" is signed in."""

    def fill(connection: Any) -> None:
        for name, role, region in (("lapland", Role.REGIONAL, "19"), ("country", Role.NATIONAL, "")):
            id = accounts.add(connection, f"{name}@example.org")
            accounts.set_secrets(connection, id, "-", "A" * 32, 0)
            accounts.assign(connection, id, Assignment(role, region, date(2026, 1, 1)))
            sessions.begin(connection, name, id, f"form of {name}", int(NOW.timestamp()))

    world, metrics = known(), Metrics()
    async with open_database(f"sqlite:///{folder / 'site.sqlite3'}") as database:
        await upgrade(database)
        await database.write(fill)
        await store(database, releases())
        pages = room(database, world.current, world.catalog, world.atlas, lambda: NOW)
        operator = web.Operator(as_written("Testikunta"), "")
        async with (
            service_on(folder, Played(), metrics) as service,
            web.open(service, Catalogues.load(), metrics, operator, (), port=0, rooms=(pages,)) as opened,
        ):
            yield opened.rstrip("/")


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    started, found = threading.Event(), []

    async def serve() -> None:
        stop = asyncio.Event()
        async with site(tmp_path_factory.mktemp("situation")) as opened:
            found.extend((opened, asyncio.get_running_loop(), stop))
            started.set()
            await stop.wait()

    thread = threading.Thread(target=lambda: asyncio.run(serve()))
    thread.start()
    assert started.wait(60)
    yield found[0]
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
    browser: Any, address: str, who: str = "lapland", width: int = 1000, **context: Any
) -> Iterator[Any]:
    opened = browser.new_context(viewport={"width": width, "height": 800}, locale="en", **context)
    opened.add_cookies([{"name": "digituki-session", "value": who, "url": address}])
    page, complaints = opened.new_page(), []
    page.set_default_timeout(30_000)
    page.on("pageerror", lambda error: complaints.append(str(error)))
    page.on("console", lambda line: complaints.append(line.text) if line.type == "error" else None)
    yield page
    opened.close()
    assert complaints == []


@pytest.mark.parametrize("scripts", [True, False], ids=["with scripts", "without scripts"])
def test_a_coordinator_finds_takes_along_and_prints(
    browser: Any, address: str, scripts: bool, tmp_path: Path
) -> None:
    with shown(browser, address, java_script_enabled=scripts) as page:
        page.goto(f"{address}/coordinators/situation?language=en")
        page.select_option("#pick-period", "2026")
        page.click('button:text-is("Show")')
        assert "Lapland, 2026" in page.title()

        page.click('.tabs a:text-is("Demand against supply")')
        assert "Worst served: Utsjoki" in page.inner_text("main")
        assert page.locator("table.places tbody tr th").first.inner_text() == "Utsjoki"
        assert page.locator("table.places tbody tr").first.get_by_text("Invite helpers").count() == 1

        page.click('main a:text-is("Export this list")')
        assert page.is_checked('input[value="supply"]')
        with page.expect_download() as taken:
            page.click('main button:text-is("Export")')
        taken.value.save_as(tmp_path / "supply.xlsx")
        book = load_workbook(tmp_path / "supply.xlsx")
        assert book["Demand against supply"]["B2"].value == "Utsjoki"

        page.click('.tabs a:text-is("Report")')
        assert "period=2026" in page.url
        page.fill("#body", "Utsjoki needs help at home.\n\nA bus will come in spring.")
        page.click('button:text-is("Save the findings")')
        assert "Saved on 8 January 2027" in page.inner_text("main")

        page.emulate_media(media="print")
        printed = page.inner_text("body")
        assert "Utsjoki needs help at home." in printed
        assert "Sign out" not in printed
        assert "Choose what is shown" not in printed
        assert page.locator("textarea").is_hidden()

        page.goto(f"{address}/coordinators/audit")
        assert "digituki-supply-2027-01-08-19-generic_help.xlsx" in page.inner_text("main")


def test_the_report_prints_on_pages(browser: Any, address: str) -> None:
    with shown(browser, address) as page:
        page.goto(f"{address}/coordinators/situation/report?period=2026&language=fi")
        paper = page.pdf(format="A4")
        assert len(re.findall(rb"/Type\s*/Page\b(?!s)", paper)) in range(2, 9)


def test_a_row_can_be_followed_by_keyboard(browser: Any, address: str) -> None:
    with shown(browser, address) as page:
        page.goto(f"{address}/coordinators/situation?period=2026&language=en")
        page.focus('table.ranked a:text-is("Phone, computer and internet")')
        page.keyboard.press("Enter")
        page.wait_for_url("**topic=devices**")
        page.focus('a:text-is("Remove: Phone, computer and internet")')
        page.keyboard.press("Enter")
        page.wait_for_url(lambda url: "topic" not in url)


@pytest.mark.parametrize("path", PAGES)
def test_every_page_is_accessible(browser: Any, address: str, path: str) -> None:
    with shown(browser, address) as page:
        page.goto(f"{address}/coordinators/{path}")
        assert page.locator(".tabs").count() == 1
        assert faults(page) == []


def test_the_picture_of_the_country_is_accessible_in_swedish(browser: Any, address: str) -> None:
    with shown(browser, address, "country") as page:
        page.goto(f"{address}/coordinators/situation?language=sv")
        assert "Lägesbild: Hela landet" in page.title()
        assert faults(page) == []


@pytest.mark.parametrize("look", LOOKS)
def test_every_look_is_accessible(browser: Any, address: str, look: str) -> None:
    with shown(browser, address, **LOOKS[look]) as page:
        page.goto(f"{address}/coordinators/{PAGES[2]}")
        assert faults(page) == []
        for path in PAGES:
            page.goto(f"{address}/coordinators/{path}")
            assert overflow(page) == 0, path


def test_charts_are_pictures_with_names(browser: Any, address: str) -> None:
    with shown(browser, address, "country") as page:
        page.goto(f"{address}/coordinators/situation?language=en")
        names = [one.get_attribute("aria-labelledby") for one in page.locator('svg[role="img"]').all()]
        assert names == ["course-title", "map-title"]
        for name in names:
            assert page.locator(f"#{name}").text_content()
        wide = page.locator("svg.line").bounding_box()["width"]
        page.set_viewport_size({"width": 320, "height": 800})
        assert page.locator("svg.line").bounding_box()["width"] < wide
        size = "one => parseFloat(getComputedStyle(one).fontSize)"
        assert page.eval_on_selector("svg.line text", size) >= 13
