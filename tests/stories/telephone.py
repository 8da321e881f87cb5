"""A telephone in a hand (手机): its size, and whether a page fits it and everybody who holds one.

What does not live here: stories, the browser (onstage).
"""

from __future__ import annotations

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

TELEPHONE = {"viewport": {"width": 390, "height": 844}, "device_scale_factor": 2, "has_touch": True}
SMALLEST = 44
SHUT_OUT = {"serious", "critical"}
TOUCHED = (
    "main a, main button, main summary, main .chip, header a, footer a, "
    "main input:not([type=hidden]):not([type=radio]):not([type=checkbox])"
)
TOO_SMALL = """([touched, least]) => [...document.querySelectorAll(touched)]
  .filter((one) => one.offsetParent && !one.closest("td") && one.getBoundingClientRect().height < least)
  .map((one) => one.outerHTML.slice(0, 120))"""


def fit(page: Page) -> None:
    """The page fits a telephone, fingers hit what is on it, and nobody is shut out."""
    for one in page.query_selector_all("details"):
        one.evaluate("one => one.open = true")
    assert page.evaluate("document.documentElement.scrollWidth - innerWidth") <= 0, page.url
    assert page.evaluate(TOO_SMALL, [TOUCHED, SMALLEST]) == [], page.url
    found = Axe().run(page).response["violations"]
    grave = [f"{one['id']}: {one['nodes'][0]['html'][:120]}" for one in found if one["impact"] in SHUT_OUT]
    assert grave == [], page.url
