"""The app really running (上台): served on loopback by a thread, and a real Chromium that looks at it.

What does not live here: stories. The browser is the machine's own; nothing is downloaded.
"""

from __future__ import annotations

import shutil
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
import uvicorn
from anyio.from_thread import BlockingPortal
from fastapi import FastAPI
from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Page, sync_playwright

from cases.office import Office
from tests import databases
from tests.api.chambers import Chambers
from tests.api.world import World
from tests.office import prepared_office
from tests.people import PASSWORD, Someone

NAMES = ("chromium", "chromium-browser", "google-chrome")
FLAGS = (
    "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
    "--disable-component-update", "--disable-sync",
)  # fmt: skip
PATIENCE = 20.0
SAYS_NO = "Failed to load resource"
"""What the browser notes of an answer of 4xx; the page deals with it."""


@contextmanager
def served(app: FastAPI) -> Iterator[str]:
    """The app on a free port of loopback; its address."""
    config = uvicorn.Config(app, port=0, log_level="warning", lifespan="off", timeout_graceful_shutdown=1)
    server = uvicorn.Server(config)
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    until = time.monotonic() + PATIENCE
    while not server.started and time.monotonic() < until:
        time.sleep(0.02)
    assert server.started
    yield f"http://localhost:{server.servers[0].sockets[0].getsockname()[1]}"
    server.should_exit = True
    thread.join(PATIENCE)
    assert not thread.is_alive()


@contextmanager
def lasting_office(home: Path) -> Iterator[Office]:
    """A furnished office on SQLite, which lasts for a whole module."""
    office = prepared_office(databases.fresh_database("sqlite", home), home)
    yield office
    office.close()


@contextmanager
def lasting_world(home: Path, portal: BlockingPortal) -> Iterator[World]:
    """An office which the browser and the API's callers share."""
    with lasting_office(home) as office:
        made = World(office, portal, shared=True)
        yield made
        made.client.close()


@contextmanager
def lasting_chambers(home: Path, portal: BlockingPortal) -> Iterator[Chambers]:
    """A committee at work, which the browser and the API's callers share."""
    with lasting_office(home) as office:
        made = Chambers(office, portal)
        yield made
        made.client.close()


@contextmanager
def chromium() -> Iterator[Browser]:
    """The machine's Chromium; without one the test is skipped, in capitals."""
    found = next((path for name in NAMES if (path := shutil.which(name))), None)
    if found is None:
        pytest.skip("NO CHROMIUM ON THIS MACHINE: THE CONSOLE WAS NOT LOOKED AT BY A BROWSER")
    with sync_playwright() as play:
        browser = play.chromium.launch(executable_path=found, args=list(FLAGS))
        yield browser
        browser.close()


class Stage:
    """The app and the browser together; ``errors`` is what the browser complained of."""

    def __init__(self, address: str, browser: Browser) -> None:
        self.address, self.browser = address, browser
        self.errors: list[str] = []

    @contextmanager
    def window(self, **options: Any) -> Iterator[Page]:
        """A window of somebody's own."""
        context: BrowserContext = self.browser.new_context(base_url=self.address, locale="zh-CN", **options)
        context.set_default_timeout(PATIENCE * 1000)
        page = context.new_page()
        page.on("console", self._note)
        page.on("pageerror", lambda error: self.errors.append(str(error)))
        yield page
        context.close()

    def _note(self, message: ConsoleMessage) -> None:
        if message.type == "error" and SAYS_NO not in message.text:
            self.errors.append(message.text)

    def enter(self, page: Page, who: Someone) -> None:
        """Log in by the form."""
        page.goto("/console/login")
        page.fill("#login", who.login)
        page.fill("#password", PASSWORD)
        page.keyboard.press("Enter")
        page.wait_for_url(f"{self.address}/console")
