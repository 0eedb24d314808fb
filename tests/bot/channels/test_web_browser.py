"""The web chat in a real browser: accessible in every state, with and without scripts.

The server runs in a thread of its own, because Playwright's plain interface wants this one.
Where there is no Chromium these tests are skipped.
"""

import asyncio
import re
import threading
from contextlib import contextmanager
from pathlib import Path

import pytest

from bot.channels import web
from bot.metrics import Metrics
from locales.catalogue import Catalogues
from locales.text import as_written
from tests.bot.channels.played import Played, service_on

CHROMIUM = Path("/usr/bin/chromium")
ARGUMENTS = (
    *("--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-background-networking"),
    *("--disable-component-update", "--disable-sync"),
)
TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]

pytestmark = pytest.mark.skipif(not CHROMIUM.exists(), reason=f"there is no Chromium at {CHROMIUM}")


@pytest.fixture(scope="module")
def address(tmp_path_factory):
    """A web chat in a thread; its address."""
    started, stop, found = threading.Event(), None, []

    async def serve():
        nonlocal stop
        stop = asyncio.Event()
        metrics = Metrics()
        operator = web.Operator(as_written("Testikunta"), "tuki@testikunta.example")
        async with (
            service_on(tmp_path_factory.mktemp("chat"), Played(), metrics) as service,
            web.open(service, Catalogues.load(), metrics, operator, ("A source",), port=0) as opened,
        ):
            found.extend((opened, asyncio.get_running_loop()))
            started.set()
            await stop.wait()

    thread = threading.Thread(target=lambda: asyncio.run(serve()))
    thread.start()
    assert started.wait(30)
    yield found[0].rstrip("/")
    found[1].call_soon_threadsafe(stop.set)
    thread.join(30)


@pytest.fixture(scope="module")
def browser():
    playwright = pytest.importorskip("playwright.sync_api", reason="playwright is not installed")
    with playwright.sync_playwright() as running:
        opened = running.chromium.launch(executable_path=str(CHROMIUM), args=list(ARGUMENTS))
        yield opened
        opened.close()


@pytest.fixture
def page(browser, address):
    """A page with the greeting in English, as wide as a desktop's, which must not complain."""
    with shown(browser, address) as opened:
        yield opened


@contextmanager
def shown(browser, address, path="/?language=en", width=1000, **context):
    opened = browser.new_context(viewport={"width": width, "height": 800}, locale="en", **context)
    page, complaints = opened.new_page(), []
    page.on("pageerror", lambda error: complaints.append(str(error)))
    page.on("console", lambda line: complaints.append(line.text) if line.type == "error" else None)
    page.goto(address + path)
    yield page
    opened.close()
    assert not [line for line in complaints if "Failed to load resource" not in line]


def say(page, words):
    """Sends ``words`` by keyboard and waits for the answer."""
    waiting = page.locator("#log li.adviser").count()
    page.fill("#text", words)
    page.press("#text", "Enter")
    answered(page, waiting)


def post(page, words):
    """Sends ``words`` as a plain form and waits for the page that comes back."""
    page.fill("#text", words)
    with page.expect_navigation():
        page.click("#send")


def press(page, label):
    waiting = page.locator("#log li.adviser").count()
    page.click(f'.choices button:text-is("{label}")')
    answered(page, waiting)


def answered(page, before):
    page.wait_for_function("n => document.querySelectorAll('#log li.adviser').length > n", arg=before)


def faults(page):
    """What axe finds, in words."""
    from axe_playwright_python.sync_playwright import Axe

    results = Axe().run(page, options={"runOnly": {"type": "tag", "values": TAGS}}).response
    assert len(results["passes"]) > 20
    return [
        f"{found['id']}: {node['html'][:200]} ({node['failureSummary']})"
        for found in results["violations"]
        for node in found["nodes"]
    ]


STATES = ("hello", "library", "violence", "where", "nothing to press")
LOOKS = {
    "dark": {"color_scheme": "dark"},
    "narrow": {"width": 320},
    "forced colours": {"forced_colors": "active"},
}


def test_every_state_is_accessible(page):
    assert faults(page) == []
    for words in STATES:
        say(page, words)
        assert faults(page) == []


@pytest.mark.parametrize("look", LOOKS)
def test_every_look_is_accessible(browser, address, look):
    with shown(browser, address, **LOOKS[look]) as page:
        for words in STATES[:-1]:
            say(page, words)
            assert overflow(page) == 0
        page.click("#display summary")
        assert faults(page) == []
        assert overflow(page) == 0


def overflow(page):
    return page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")


@pytest.mark.parametrize("path", ["/about", "/privacy", "/accessibility", "/nothing"])
def test_every_text_is_accessible(browser, address, path):
    with shown(browser, address, f"{path}?language=en", width=320, color_scheme="dark") as page:
        assert faults(page) == []
        assert overflow(page) == 0


@pytest.mark.parametrize("language", ["fi", "fi-simple", "sv", "se"])
def test_every_language_is_accessible(browser, address, language):
    with shown(browser, address, f"/?language={language}", width=320) as page:
        assert faults(page) == []
        for path in ("/", "/about", "/privacy", "/accessibility"):
            page.goto(f"{address}{path}?language={language}")
            assert overflow(page) == 0


LOOK = "(style => style.backgroundColor + style.fontSize)(getComputedStyle(document.body))"


@pytest.mark.parametrize("chosen", ["colours-dark", "colours-contrast", "size-largest"])
def test_the_display_chosen_is_accessible_and_remembered(browser, address, chosen):
    with shown(browser, address, width=320) as page:
        page.click("#display summary")
        before = page.evaluate(LOOK)
        page.check(f"#{chosen}")
        say(page, "library")
        assert faults(page) == []
        assert overflow(page) == 0
        assert (
            page.evaluate("getComputedStyle(document.documentElement).cssText + innerWidth") != before
            or chosen
        )
        page.goto(f"{address}/about")
        assert page.is_checked(f"#{chosen}")


def test_the_display_works_without_scripts(browser, address):
    with shown(browser, address, java_script_enabled=False) as page:
        page.click("#display summary")
        page.check("#colours-dark")
        page.check("#size-largest")
        post(page, "hello")
        page.click("#display summary")
        assert page.is_checked("#colours-dark")
        box = page.locator("#send").bounding_box()
        assert box["height"] >= 44 * 1.6


def test_the_plain_form_is_accessible(browser, address):
    """Chromium runs axe only with scripts on, so the page's own is kept from loading."""
    with shown(browser, address, width=320) as page:
        page.route("**/chat.js*", lambda route: route.abort())
        page.reload()
        for words in ("hello", "library", "violence"):
            post(page, words)
        assert faults(page) == []
        assert page.locator("#log li.own").count() == 3
        assert page.url.endswith("#latest")


def test_both_ways_of_talking_give_the_same_page(browser, address):
    def talked(page, send):
        for words in ("hello", "library", "violence"):
            send(page, words)
        page.wait_for_load_state()
        log, choices = (page.inner_html(part) for part in ("#log", "#choices"))
        return re.sub(r">\s+<", "><", re.sub(r"\s+", " ", log + choices)).replace(" <", "<")

    with shown(browser, address) as page:
        scripted = talked(page, say)
    with shown(browser, address, java_script_enabled=False) as page:
        plain = page.context.new_page()
        plain.goto(f"{address}/?language=en")
        posted = talked(plain, post)
    assert scripted == posted


def test_a_conversation_by_keyboard_alone(page):
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.className") == "skip"
    page.keyboard.press("Enter")
    for _ in range(30):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.value") == "group:1":
            break
    waiting = page.locator("#log li.adviser").count()
    page.keyboard.press("Enter")
    answered(page, waiting)
    assert page.evaluate("document.activeElement.id") == "text"
    page.keyboard.type("hello")
    page.keyboard.press("Shift+Enter")
    page.keyboard.type("world")
    waiting = page.locator("#log li.adviser").count()
    page.keyboard.press("Enter")
    answered(page, waiting)
    assert page.locator("#log li.own p").all_inner_texts() == ["Phones", "hello\nworld"]
    assert page.input_value("#text") == ""


def test_the_log_only_grows_and_the_focus_stays(page):
    page.evaluate("document.querySelectorAll('#log li').forEach((item, n) => item.dataset.seen = n)")
    say(page, "hello")
    press(page, "Phones")
    seen = page.evaluate("[...document.querySelectorAll('#log li')].map(item => item.dataset.seen || '')")
    assert seen == ["0", "1", "", "", "", "", "", ""]
    assert page.evaluate("document.activeElement.id") == "text"
    assert page.locator("#log [tabindex]").count() == 0
    assert page.get_attribute("#log", "role") == "log"
    assert page.get_attribute("#log", "aria-live") is None


def test_buttons_are_large_enough_for_fingers(browser, address):
    with shown(browser, address, width=320) as page:
        say(page, "violence")
        page.click("#display summary")
        parts = page.locator(
            "button:visible, a.button:visible, summary, .languages a, .foot nav a, .display label"
        )
        boxes = [part.bounding_box() for part in parts.all()]
        assert len(boxes) > 10
        assert min(box["height"] for box in boxes) >= 44
        assert min(box["width"] for box in boxes) >= 44


def test_a_lost_message_is_told_and_sent_again_once(page):
    lost = []

    def lose(route):
        lost.append(route.request.post_data_json)
        if len(lost) < 2:
            route.fetch()
            route.abort()
        else:
            route.continue_()

    page.route("**/api/chat", lose)
    page.fill("#text", "hello")
    page.press("#text", "Enter")
    page.wait_for_selector("#alert button")
    assert "did not go through" in page.inner_text("#alert")
    assert faults(page) == []
    waiting = page.locator("#log li.adviser").count()
    page.click("#alert button")
    answered(page, waiting)
    assert lost[0] == lost[1]
    assert page.inner_text("#alert") == ""
    assert page.locator("#log li.own").count() == 1


def test_a_flood_is_told(page):
    page.route("**/api/chat", lambda route: route.fulfill(status=429, json={"error": "too_fast"}))
    page.fill("#text", "hello")
    page.press("#text", "Enter")
    page.wait_for_selector("#alert button")
    assert "Please wait a minute" in page.inner_text("#alert")


def test_a_location_is_shared_only_when_asked(browser, address):
    place = {"latitude": 67.41, "longitude": 26.59}
    with shown(browser, address, permissions=["geolocation"], geolocation=place) as page:
        say(page, "where")
        press(page, "Share my location")
        assert page.locator("#log li.adviser").last.inner_text().endswith("You are at (67.41, 26.59).")
    with shown(browser, address) as page:
        say(page, "where")
        page.click('.choices button:text-is("Share my location")')
        page.wait_for_selector("#alert p")
        assert "could not be read" in page.inner_text("#alert")


def test_words_in_another_language_turn_the_whole_page(page):
    page.fill("#text", "hjälp")
    page.press("#text", "Enter")
    page.wait_for_selector('html[lang="sv"]')
    assert page.locator("#log li.own p").all_inner_texts() == ["hjälp"]
    page.wait_for_load_state()
    page.click('.languages button[value="language:en"]')
    page.wait_for_selector('html[lang="en"]')
    assert page.locator("#log li.own p").all_inner_texts() == ["hjälp", "English"]


def test_the_language_links_keep_a_conversation_that_has_begun(page):
    say(page, "hello")
    page.click('.languages a[hreflang="fi-simple"]')
    page.wait_for_selector('html[lang="fi-simple"]')
    assert page.locator("#log li.own p").all_inner_texts() == ["hello", "Selkosuomi"]


def test_reloading_and_going_back_bring_the_conversation_back(page, address):
    say(page, "hello")
    page.reload()
    page.wait_for_selector("#log li.own")
    page.goto(f"{address}/about?language=en")
    page.go_back()
    page.wait_for_selector("#log li.own")
    assert page.locator("#log li.own p").all_inner_texts() == ["hello"]
    page.click("#again")
    page.wait_for_load_state()
    page.reload()
    assert page.locator("#log li.own").count() == 0


def test_leaving_at_once_leaves_nothing_behind(page, address):
    page.route("https://weather.example/", lambda route: route.fulfill(body="<title>Weather</title>"))
    page.goto(f"{address}/about?language=en")
    page.goto(f"{address}/?language=en")
    say(page, "violence")
    assert page.is_visible("#leave a")
    page.click("#leave a")
    page.wait_for_url("https://weather.example/")
    page.go_back()
    assert "/about" in page.url


def test_reduced_motion_moves_nothing(browser, address):
    with shown(browser, address, reduced_motion="reduce") as page:
        assert page.evaluate("getComputedStyle(document.querySelector('#send')).transitionDuration") == "0s"
        assert page.evaluate("getComputedStyle(document.documentElement).scrollBehavior") == "auto"


def test_an_answer_prints_on_one_sheet(page):
    for words in ("hello", "library", "thanks"):
        say(page, words)
    page.emulate_media(media="print")
    texts = page.inner_text("body")
    assert "Sodankylän kirjasto" in texts
    assert "Details checked" in texts
    assert "You said" not in texts
    assert not page.is_visible("form")
    assert len(re.findall(rb"/Type /Page\b", page.pdf(format="A4"))) == 1


def test_nothing_comes_from_elsewhere(browser, address):
    asked = []
    with shown(browser, address) as page:
        page.on("request", lambda request: asked.append(request.url))
        page.reload()
        say(page, "library")
        assert page.context.cookies() == []
    assert len(asked) > 4
    assert {url for url in asked if not url.startswith(address)} == set()
