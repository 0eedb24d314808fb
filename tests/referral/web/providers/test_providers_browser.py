"""Joining and the private page in a real browser: accessible at every step, by keyboard, without scripts."""

from collections.abc import Iterator
from time import monotonic
from typing import Any

import pytest

from referral.web import providers, public
from tests.referral.web.browsing import LOOKS, faults, press_tab_until, shown, too_wide
from tests.referral.web.site import current, in_thread, public_of


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    pages = public_of(current())
    with in_thread(
        tmp_path_factory.mktemp("join"),
        lambda database: (public.room(pages), providers.room(pages, database, monotonic)),
    ) as opened:
        yield opened


def fill(page: Any, name: str) -> None:
    """What the form needs at least."""
    page.fill("#organisation", name)
    page.check("#needs")
    page.check("#forms")
    page.fill("#municipality", "Kemi")
    page.fill("#hours", "ma–pe 9–15, la suljettu")
    page.fill("#phone", "016 123 456")


def press(page: Any, step: str) -> None:
    with page.expect_navigation():
        page.click(f'button[value="{step}"]')


@pytest.mark.parametrize("look", LOOKS)
def test_every_step_is_accessible(browser: Any, address: str, look: str) -> None:
    looked_at = faults if look == "desktop" else too_wide
    with shown(browser, f"{address}/fi/liity", **LOOKS[look]) as page:
        assert looked_at(page) == []
        page.fill("#hours", "joskus")
        press(page, "preview")
        assert page.locator("#faults li").count() == 6
        assert faults(page) == []
        fill(page, f"Kokeilu {look}")
        press(page, "preview")
        assert looked_at(page) == []
        press(page, "send")
        assert "/provider/" in page.url
        assert faults(page) == []
        own = page.url.partition("?")[0]
        page.goto(f"{own}/edit?language=sv")
        assert page.input_value("#organisation") == f"Kokeilu {look}"
        assert looked_at(page) == []
        page.goto(own[:-1] + ("0" if own[-1] != "0" else "1"))
        assert looked_at(page) == []


def test_no_language_runs_out_of_the_window(browser: Any, address: str) -> None:
    with shown(browser, f"{address}/se/searvva", width=320) as page:
        for path in ("/se/searvva", "/fi-simple/liity", "/sv/ga-med", "/en/join"):
            page.goto(address + path)
            assert too_wide(page) == []


def test_faults_lead_to_their_fields_by_keyboard(browser: Any, address: str) -> None:
    with shown(browser, f"{address}/en/join") as page:
        press_tab_until(page, "it.id === 'organisation'")
        page.keyboard.type("Testers")
        with page.expect_navigation():
            page.keyboard.press("Enter")
        assert page.title().startswith("Error: ")
        press_tab_until(page, "it.getAttribute('href') === '#municipality'")
        page.keyboard.press("Enter")
        assert page.evaluate("document.activeElement.id") == "municipality"
        page.keyboard.type("Kemi")
        assert page.input_value("#organisation") == "Testers"


def test_one_can_join_without_scripts(browser: Any, address: str) -> None:
    with shown(browser, f"{address}/sv/ga-med", java_script_enabled=False) as page:
        fill(page, "Utan skript rf")
        page.click('details:has(input[value="kela"]) summary')
        page.check("#needs-kela")
        page.click('button[value="preview"]')
        assert page.locator(".card").count() == 1
        page.click('button[value="edit"]')
        assert page.input_value("#organisation") == "Utan skript rf"
        page.click('button[value="preview"]')
        page.click('button[value="send"]')
        assert page.inner_text(".keep .address") == page.url.partition("?")[0]


def test_the_trap_is_out_of_the_way(browser: Any, address: str) -> None:
    with shown(browser, f"{address}/en/join") as page:
        trap = page.locator('[aria-hidden="true"] input')
        assert trap.count() == 1
        assert trap.get_attribute("tabindex") == "-1"
        box = trap.bounding_box()
        assert (
            box is None
            or box["width"] * box["height"] == 0
            or not page.evaluate(
                "it => { const box = it.getBoundingClientRect();"
                " return document.elementFromPoint(box.x, box.y) === it }",
                trap.element_handle(),
            )
        )


def test_targets_are_large_enough_for_fingers(browser: Any, address: str) -> None:
    with shown(browser, f"{address}/en/join", width=320) as page:
        parts = page.locator(
            "main button:visible, main summary:visible, main .field input:visible, main .tick:visible"
        )
        boxes = [box for part in parts.all() if (box := part.bounding_box()) and box["width"] > 1]
        assert len(boxes) > 30
        assert min(box["height"] for box in boxes) >= 44


@pytest.mark.parametrize("look", LOOKS)
def test_a_course_is_told_with_the_browsers_own_inputs(browser: Any, address: str, look: str) -> None:
    looked_at = faults if look == "desktop" else too_wide
    with shown(browser, f"{address}/fi/liity", **LOOKS[look]) as page:
        fill(page, f"Kurssi {look}")
        page.click("#course ~ details > summary")
        page.fill("#starts", "2030-12-03")
        page.fill("#starts_time", "13:00")
        assert looked_at(page) == []
        press(page, "preview")
        assert page.locator("#faults li").count() == 1
        assert page.input_value("#starts_time") == "13:00"
        assert faults(page) == []
        page.fill("#ends_time", "15:00")
        press(page, "preview")
        assert "3.12.2030 klo 13–15" in page.content()
        assert looked_at(page) == []
