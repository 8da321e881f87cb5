"""The frame of every page (页面框架): one Jinja environment, its words, and the headers of a page.

A page loads nothing from elsewhere and holds no script or style of its own. What does not live here: what is on a page
(the modules named after pages) and who looks at it (entrance).
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from datetime import datetime
from functools import cache, partial
from hashlib import sha256
from pathlib import Path
from typing import Any

from fastapi import Request
from fastapi.responses import HTMLResponse
from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from api.console import moments
from api.console.english import ENGLISH
from api.console.places import here, places_for
from api.console.sentences import needed, spoken

HERE = Path(__file__).parent
STATIC = HERE / "static"
POLICY = (
    "default-src 'self'; base-uri 'none'; object-src 'none'; form-action 'self'; frame-ancestors 'none'; "
    "img-src 'self' data: blob:"
)
"""What a page may load: what this house serves; pictures also from the page itself (a picture chosen, not yet sent)."""

HEADERS: Mapping[str, str] = {
    "Content-Security-Policy": POLICY,
    # With "no-referrer" a browser names no origin when a form is sent, and the check for other people's pages fails.
    "Referrer-Policy": "same-origin",
    "Vary": "Cookie, Huiyin-Fragment",
}
LANG_COOKIE = "huiyin_lang"
CHINESE = re.compile("[\u4e00-\u9fff]")
FRAGMENT = "huiyin-fragment"
"""Sent by our own script: it wants a part of the page, not the whole."""


def lang_of(request: Request) -> str:
    """The language asked for: Chinese unless English was chosen."""
    return "en" if request.cookies.get(LANG_COOKIE) == "en" else "zh"


def wants_part(request: Request) -> bool:
    """Whether our own script asks for a part of the page."""
    return FRAGMENT in request.headers


def say(lang: str, text: str, **filled: object) -> str:
    """A text of the console in a language; the Chinese is its own key."""
    spoken = ENGLISH.get(text, text) if lang == "en" else text
    return spoken.format(**filled) if filled else spoken


def in_chinese(lang: str, text: str) -> str:
    """Text as it was written or named, marked as Chinese on an English page if it is; names stay what they are."""
    return Markup('<span lang="zh-CN">{}</span>').format(text) if lang == "en" and CHINESE.search(text) else text


@cache
def asset(name: str) -> str:
    """The address of a static file, which changes with its content."""
    return f"/static/{name}?v={sha256((STATIC / name).read_bytes()).hexdigest()[:12]}"


@cache
def environment() -> Environment:
    """The templates; everything is escaped, and a name that is missing is an error."""
    made = Environment(
        loader=FileSystemLoader(HERE / "templates"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    made.globals["asset"] = asset
    made.filters["short"] = moments.short
    return made


def speakers(lang: str, now: datetime) -> dict[str, Any]:
    """What a template speaks with: its words, and moments in its language."""
    words: dict[str, Callable[..., str]] = {
        "_": partial(say, lang),
        "zh": partial(in_chinese, lang),
        "spoken": partial(spoken, lang),
        "needed": partial(needed, lang),
        "full": partial(moments.full, lang=lang),
        "day": partial(moments.day, lang=lang),
        "away": partial(moments.distance, now=now, lang=lang),
    }
    return {**words, "lang": lang, "now": now}


def page(request: Request, name: str, status: int = 200, **shown: Any) -> HTMLResponse:
    """A page, or with ``name`` of a part that part; ``seat`` among what is shown is whoever looks at it."""
    lang, now = lang_of(request), request.app.state.house.office.clock.now()
    seat = shown.get("seat")
    places = places_for(seat.roles, seat.stands) if seat else []
    beside = {
        "request": request,
        "seat": None,
        "part": wants_part(request),
        "places": places,
        "here": here(request.url.path, places),
        **speakers(lang, now),
    }
    return HTMLResponse(environment().get_template(name).render({**beside, **shown}), status, dict(HEADERS))
