"""Somebody of a department with a link (部门手机): opens the task by it and takes its steps, as a browser does.

What does not live here: expectations, but that a link is issued where it is asked for.
"""

from __future__ import annotations

from typing import Any

from tests.api.world import World
from tests.builders import FIRE
from tests.console.browser import HOME, Browser, Page, read
from tests.console.phone.street import a_photo
from tests.people import WANG


def a_task(world: World, org: str = FIRE) -> str:
    """A task that lies on the shelf of a department without any system."""
    case_id = world.accepted()
    assert world.step(WANG, case_id, "dispatch", {"lead": org, "reason": "由其主办"}).status_code == 200
    world.counter.deliver()
    return world.task_of(case_id, org).id


def a_link(world: World, task: str, **wish: Any) -> dict[str, str]:
    """A fresh link from the operator."""
    made = world.post(WANG, f"/cases/{task}/links", wish)
    assert made.status_code == 201, made.text
    return made.json()


class Phone:
    """Somebody of the department with a link on a telephone."""

    def __init__(self, browser: Browser, link: dict[str, str], name: str = "孙承办") -> None:
        browser.world.client.forget()
        self.browser, self.at, self.name = browser, f"/d/{link['id']}", name
        self.code = link["code"]

    def open(self) -> Page:
        return read(self.browser.send(self.at, {"code": self.code}))

    def form(self, verb: str) -> Page:
        return read(self.browser.send(f"{self.at}/form", {"code": self.code, "_verb": verb}))

    def step(self, verb: str, page: Page | None = None, **said: Any) -> Page:
        """Fill in the form of a step and send it, with files as a browser does."""
        filled = (page or self.form(verb)).form(f"{self.at}/step")
        files: list[Any] = [
            ("_file.after_photo" if name == "after" else name, one)
            for name, one in said.items()
            if isinstance(one, tuple)
        ]
        words = {name: one for name, one in said.items() if not isinstance(one, tuple)}
        sent = {**filled, "_name": self.name, **words}
        head = {"Origin": HOME, "Sec-Fetch-Site": "same-origin"}
        nothing: Any = [("photos", ("", b"", "application/octet-stream"))]
        return read(self.browser.ask("POST", f"{self.at}/step", data=sent, files=files or nothing, headers=head))

    @staticmethod
    def offered(page: Page) -> list[str]:
        return [one.attrs["value"] for one in page.top.every("button", name="_verb")]


def photo(width: int = 64) -> tuple[str, bytes, str]:
    return ("IMG_7.jpg", a_photo(width), "image/jpeg")
