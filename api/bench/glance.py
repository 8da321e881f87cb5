"""``glance``: how soon the lines of the queue are on the screen, in a real browser on a computer four times slower.

Needs Chromium on this machine and the development environment (Playwright); where one is missing it says so and
measures nothing. What does not live here: what the server's part of that is (pages).
"""

from __future__ import annotations

import importlib
import importlib.util
import shutil
from typing import Any

from rich.console import Console

from api.bench.beside import server
from api.bench.console import everybody, reached
from api.bench.figure import Figure, figure
from api.bench.pages import session_of
from api.deps import COOKIE
from api.house import House
from cases.office import Office

NAMES = ("chromium", "chromium-browser", "google-chrome")
FLAGS = ("--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking")
SLOWER, LOADS = 4, 7
LINE = "#list tbody tr"
LOOKED_AT = "() => ({at: performance.now(), files: performance.getEntriesByType('resource').length + 1})"


def measured(kind: str, office: Office) -> list[Figure]:
    """Milliseconds from the click to the lines, with nothing kept from before; base is the same at full speed."""
    browser = next((path for name in NAMES if (path := shutil.which(name))), None)
    if browser is None or importlib.util.find_spec("playwright") is None:
        Console(stderr=True).print("glance: 没有 Chromium 或没有开发环境(make setup),没有测量")
        return []
    cookie = session_of(House.of(office), next(everybody(office)))
    with (
        importlib.import_module("playwright.sync_api").sync_playwright() as playing,
        playing.chromium.launch(executable_path=browser, args=list(FLAGS)) as chromium,
        server(office) as (port, _),
    ):
        address = f"http://localhost:{port}/console?view=all"
        slow = [_glance(chromium, address, cookie, SLOWER) for _ in range(LOADS)]
        quick = [_glance(chromium, address, cookie, 1) for _ in range(LOADS)]
    ours, base = (reached([at for at, _ in some[1:]], 50) for some in (slow, quick))
    return [
        figure("lines on the screen", kind, ours, base, "<= 1200", "ms"),
        figure("requests of the first load", kind, slow[-1][1], 0, "<= 5", "requests"),
    ]


def _glance(chromium: Any, address: str, cookie: str, slower: int) -> tuple[float, int]:
    context = chromium.new_context()
    context.add_cookies([{"name": COOKIE, "value": cookie, "url": address}])
    page = context.new_page()
    context.new_cdp_session(page).send("Emulation.setCPUThrottlingRate", {"rate": slower})
    page.goto(address, wait_until="commit")
    page.wait_for_selector(LINE)
    looked = page.evaluate(LOOKED_AT)
    context.close()
    return looked["at"], looked["files"]
