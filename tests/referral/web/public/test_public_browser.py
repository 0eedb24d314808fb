"""The public pages in a real browser: accessible in every look and language, by keyboard, without scripts."""

import json
from typing import Any

import pytest

from tests.referral.web.browsing import LOOKS, faults, press_tab_until, shown, too_wide

PAGES = {
    "start": "/fi/apua",
    "town": "/fi/apua/rovaniemi",
    "urgent": "/sv/hjalp/kemi/bedrageri",
    "narrowed": "/en/help/rovaniemi/bank-codes?form=remote&open=now",
    "nobody": "/fi/apua/savukoski?open=now&service=ar&form=training",
    "all of Finland": "/se/veahkki/bankodovddaldagat",
    "helper": "/fi/auttaja/lapin-klikkaajat-ry",
    "sources": "/en/sources",
    "missing": "/fi/apua/xyzzy",
}


TELLING = ("urgent", "helper")
"""The pages that hold everything whose colours and sizes a look changes."""
ALIKE = ("narrowed", "nobody", "missing")
"""Pages that are made of the parts of others."""


def test_every_page_is_accessible(browser: Any, address: str) -> None:
    with shown(browser, address + PAGES["start"]) as page:
        for name, path in PAGES.items():
            page.goto(address + path)
            assert (too_wide(page) if name in ALIKE else faults(page)) == [], path


@pytest.mark.parametrize("look", sorted(LOOKS.keys() - {"desktop"}))
def test_every_look_is_accessible(browser: Any, address: str, look: str) -> None:
    with shown(browser, address + PAGES["start"], **LOOKS[look]) as page:
        for name, path in PAGES.items():
            page.goto(address + path)
            assert (faults(page) if name in TELLING else too_wide(page)) == [], path


def test_no_language_runs_out_of_the_window(browser: Any, address: str) -> None:
    with shown(browser, f"{address}/se/veahkki/anar", width=320) as page:
        assert faults(page) == []
        for path in ("/fi-simple/apua/rovaniemi", "/sv/hjalp/vasa/bankkoder", "/en/help", "/se/veahkki"):
            page.goto(address + path)
            assert too_wide(page) == [], path


@pytest.mark.parametrize("chosen", ["colours-contrast", "size-largest"])
def test_a_chosen_display_is_accessible(browser: Any, address: str, chosen: str) -> None:
    with shown(browser, address + PAGES["town"], width=320) as page:
        page.click("#display summary")
        page.check(f"#{chosen}")
        page.goto(address + PAGES["town"])
        assert page.is_checked(f"#{chosen}")
        assert faults(page) == []


def test_a_helper_is_found_by_keyboard_alone(browser: Any, address: str) -> None:
    with shown(browser, f"{address}/en/help") as page:
        page.keyboard.press("Tab")
        assert page.evaluate("document.activeElement.className") == "skip"
        page.keyboard.press("Enter")
        press_tab_until(page, "it.id === 'where'")
        page.keyboard.type("Rovaniemi")
        page.keyboard.press("Tab")
        page.keyboard.type("bank codes")
        with page.expect_navigation():
            page.keyboard.press("Enter")
        assert page.url.endswith("/en/help/rovaniemi/bank-codes")
        press_tab_until(page, "it.tagName === 'SUMMARY'")
        page.keyboard.press("Enter")
        press_tab_until(page, "it.id === 'open'")
        page.keyboard.press("Space")
        with page.expect_navigation():
            page.keyboard.press("Enter")
        assert page.url.endswith("open=now")
        assert page.locator(".card").count() >= 1
        press_tab_until(page, "it.href === 'tel:016000000'")


def test_everything_works_without_scripts(browser: Any, address: str) -> None:
    with shown(browser, f"{address}/fi/apua", java_script_enabled=False) as page:
        page.fill("#where", "Uusikylä")
        page.fill("#what", "pankkitunnukset")
        page.click(".search button")
        assert page.locator(".asked a").count() > 1
        page.locator(".asked a").first.click()
        assert page.url.endswith("/pankkitunnukset")
        page.click(".narrow summary")
        page.select_option("#form", "remote")
        page.click(".narrow button")
        assert "form=remote" in page.url
        assert page.locator(".card").count() > 1
        page.click(".talk-box a")
        assert page.locator("button[value^='open:m-']").count() == 1


def test_data_for_machines_is_no_script(browser: Any, address: str) -> None:
    """The policy lets no inline script run; a block of data is none, and stays readable."""
    with shown(browser, address + PAGES["town"]) as page:
        data = json.loads(page.inner_text('script[type="application/ld+json"]'))
        assert len(data["itemListElement"]) == page.locator(".card").count()


def test_only_links_lead_elsewhere(browser: Any, address: str) -> None:
    asked: list[str] = []
    with shown(browser, address + PAGES["start"]) as page:
        page.on("request", lambda request: asked.append(request.url))
        page.goto(address + PAGES["town"])
        assert page.context.cookies() == []
    assert len(asked) > 4
    assert [url for url in asked if not url.startswith(address)] == []


def test_targets_are_large_enough_for_fingers(browser: Any, address: str) -> None:
    with shown(browser, address + PAGES["start"], width=320) as page:
        parts = page.locator("main .towns a, main button, main .button, main input, main summary")
        seen = [part for part in parts.all()[:80] if part.is_visible()]  # A list may be folded.
        boxes = [box for part in seen if (box := part.bounding_box())]
        assert len(boxes) > 50
        assert min(box["height"] for box in boxes) >= 44


def test_a_page_prints_its_helpers(browser: Any, address: str) -> None:
    with shown(browser, address + PAGES["town"]) as page:
        page.emulate_media(media="print")
        assert page.is_visible("text=Klikkaajien neuvontapiste")
        assert page.is_visible(f"text=23.11.2026. Sivu: {address}/fi/apua/rovaniemi")
        for hidden in ("form", ".picture", ".towns", "nav", ".talk-box"):
            assert not page.is_visible(hidden), hidden
