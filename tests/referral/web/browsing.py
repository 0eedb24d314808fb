"""A real browser for the pages: what axe finds, what runs out of the window, what a keyboard reaches."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

CHROMIUM = Path("/usr/bin/chromium")
ARGUMENTS = (
    *("--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-background-networking"),
    *("--disable-component-update", "--disable-sync"),
)
TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
LOOKS: dict[str, dict[str, Any]] = {
    "desktop": {"width": 1000},
    "narrow": {"width": 320},
    "dark": {"width": 700, "color_scheme": "dark"},
    "forced colours": {"width": 700, "forced_colors": "active"},
}
EXPECTED = ("Failed to load resource",)
"""What the console says of an answer with an error's status; everything else fails the test."""


@contextmanager
def shown(browser: Any, address: str, width: int = 1000, **context: Any) -> Iterator[Any]:
    """A page at ``address``, which must not complain: a policy that stops something of ours is a complaint."""
    opened = browser.new_context(viewport={"width": width, "height": 800}, locale="en", **context)
    page, complaints = opened.new_page(), []
    page.on("pageerror", lambda error: complaints.append(str(error)))
    page.on("console", lambda line: complaints.append(line.text) if line.type == "error" else None)
    page.goto(address)
    yield page
    opened.close()
    assert not [line for line in complaints if not line.startswith(EXPECTED)]


def faults(page: Any) -> list[str]:
    """What axe finds, and whether something runs out of the window."""
    from axe_playwright_python.sync_playwright import Axe

    results = Axe().run(page, options={"runOnly": {"type": "tag", "values": TAGS}}).response
    assert len(results["passes"]) > 20
    found = [
        f"{one['id']}: {node['html'][:200]} ({node['failureSummary']})"
        for one in results["violations"]
        for node in one["nodes"]
    ]
    return [*found, *too_wide(page)]


def too_wide(page: Any) -> list[str]:
    """By how much the page runs out of the window; nothing where it does not."""
    over = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
    return [f"{over} px too wide"] if over else []


def press_tab_until(page: Any, is_reached: str, most: int = 200) -> None:
    """Presses the tabulator until the JavaScript expression about ``it``, the focused element, holds."""
    for _ in range(most):
        page.keyboard.press("Tab")
        if page.evaluate(f"(it => {is_reached})(document.activeElement)"):
            return
    raise AssertionError(f"not reached by keyboard: {is_reached}")
