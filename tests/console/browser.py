"""A browser without scripts (浏览器): follows links, fills in forms, keeps cookies, and reads a page by its elements.

What does not live here: expectations, and a real browser (``tests.stories.test_console_day``).
"""

from __future__ import annotations

from dataclasses import dataclass, field
from html.parser import HTMLParser
from typing import Any
from urllib.parse import urlencode

from httpx import Response

from tests.api.world import World
from tests.people import Someone

HOME = "http://huiyin.example"
VOID = {"area", "base", "br", "col", "hr", "img", "input", "link", "meta", "source", "track", "wbr"}


@dataclass
class Node:
    """An element: its tag, attributes, children, and the text in it."""

    tag: str
    attrs: dict[str, str]
    children: list[Node | str] = field(default_factory=list)

    @property
    def text(self) -> str:
        parts = (one if isinstance(one, str) else one.text for one in self.children)
        return " ".join(" ".join(parts).split())

    def every(self, tag: str, **attrs: str) -> list[Node]:
        """All elements of a tag below with these attributes; ``class_`` is one of its classes."""
        found: list[Node] = []
        for child in self.children:
            if isinstance(child, Node):
                if child.tag == tag and child.has(attrs):
                    found.append(child)
                found += child.every(tag, **attrs)
        return found

    def one(self, tag: str, **attrs: str) -> Node:
        (found,) = self.every(tag, **attrs)
        return found

    def has(self, attrs: dict[str, str]) -> bool:
        own = self.attrs
        return all(
            value in own.get("class", "").split() if name == "class_" else own.get(name.rstrip("_")) == value
            for name, value in attrs.items()
        )


class _Reader(HTMLParser):
    """Reads a page into nodes; a page whose elements do not close in order is a failure."""

    def __init__(self) -> None:
        super().__init__()
        self.top = Node("", {})
        self.open = [self.top]

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        node = Node(tag, {name: value or "" for name, value in attrs})
        assert len({name for name, _ in attrs}) == len(attrs), f"<{tag}> has an attribute twice"
        self.open[-1].children.append(node)
        if tag not in VOID:
            self.open.append(node)

    def handle_endtag(self, tag: str) -> None:
        assert self.open[-1].tag == tag, f"</{tag}> closes <{self.open[-1].tag}>"
        self.open.pop()

    def handle_data(self, data: str) -> None:
        self.open[-1].children.append(data)


@dataclass
class Page:
    """An answer: status, headers, and what is on it."""

    answer: Response
    top: Node

    @property
    def status(self) -> int:
        return self.answer.status_code

    @property
    def text(self) -> str:
        return self.top.text

    def form(self, action: str) -> dict[str, str]:
        """What a form to this address would send if nothing were typed."""
        form = next(one for one in self.top.every("form") if one.attrs.get("action", "").startswith(action))
        sent: dict[str, str] = {}
        for one in form.every("input"):
            ticked = one.attrs.get("type") not in {"checkbox", "radio", "file", "submit"} or "checked" in one.attrs
            if one.attrs.get("name") and ticked:
                sent[one.attrs["name"]] = one.attrs.get("value", "on")
        for one in form.every("textarea"):
            sent[one.attrs["name"]] = one.text
        for one in form.every("select"):
            chosen = [option for option in one.every("option") if "selected" in option.attrs] or one.every("option")[:1]
            if "multiple" not in one.attrs:
                sent[one.attrs["name"]] = chosen[0].attrs.get("value", chosen[0].text)
        return sent


def read(answer: Response) -> Page:
    reader = _Reader()
    reader.feed(answer.text)
    assert reader.open == [reader.top], "an element is left open"
    return Page(answer, reader.top)


class Browser:
    """Somebody's browser."""

    def __init__(self, world: World) -> None:
        self.world = world

    def enter(self, who: Someone) -> Browser:
        """Come in as one of the cast, whose session is open."""
        self.world.client.forget()
        self.world.client.keep("huiyin_session", who.token)
        return self

    def look(self, path: str, **headers: str) -> Page:
        return read(self.ask("GET", path, headers=headers))

    def ask(self, method: str, path: str, **more: Any) -> Response:
        return self.world.client.request(method, path, **more)

    def send(self, path: str, filled: dict[str, Any], **headers: str) -> Response:
        """Send a form as a browser does from one of our pages."""
        head = {"Origin": HOME, "Sec-Fetch-Site": "same-origin", "Content-Type": "application/x-www-form-urlencoded"}
        return self.ask("POST", path, content=urlencode(filled, doseq=True), headers={**head, **headers})
