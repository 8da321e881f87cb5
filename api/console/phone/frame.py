"""What the pages of the public have in common (公众页面框架): a page, a token for a form, the language, the way home.

What does not live here: what is on a page, and the frame of the console, which this one stands on.
"""

from __future__ import annotations

import re
import secrets
from typing import Any

from fastapi import Request
from fastapi.responses import HTMLResponse, RedirectResponse
from starlette.datastructures import FormData
from starlette.responses import Response

from api.console.entrance import text_of
from api.console.frame import LANG_COOKIE, page
from api.deps import is_secure

YEAR = 365 * 24 * 3600
ROOTS = ("/r", "/f", "/d", "/consent", "/party", "/board", "/help", "/language")
"""The first parts of the addresses of these pages."""

_TOKEN = re.compile(r"[A-Za-z0-9_-]{24,100}")
ONCE = "_once"


def concerns(path: str) -> bool:
    """Whether an address is one of these pages."""
    return any(path == root or path.startswith(root + "/") for root in ROOTS)


def show(request: Request, name: str, status: int = 200, **shown: Any) -> HTMLResponse:
    """A page of the public. Each carries a fresh token for the form on it; ``switch`` is where the other language is
    found, "" where the page could not be shown again."""
    beside = {"once": secrets.token_urlsafe(24), "switch": request.scope["path"], "said": ""}
    return page(request, name, status, **{**beside, **shown})


def token_of(filled: FormData) -> str:
    """The token a form came with; a new one where it has none, so that it stands for itself alone."""
    given = text_of(filled, ONCE)
    return given if _TOKEN.fullmatch(given) else secrets.token_urlsafe(24)


def speak(request: Request, to: str, back: str) -> Response:
    """Remember the language and go back to one of these pages."""
    inside = concerns(back.partition("?")[0]) and "\\" not in back and all(ord(sign) > 32 for sign in back)
    answer = RedirectResponse(back if inside and not back.startswith("/language") else "/r", 303)
    secure = is_secure(request)
    answer.set_cookie(
        LANG_COOKIE, "en" if to == "en" else "zh", max_age=YEAR, httponly=True, samesite="lax", secure=secure
    )
    return answer
