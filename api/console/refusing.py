"""How the console says no (错误页): what went wrong in a sentence, and what to do next.

Without a session the way leads to the login and back. What does not live here: the kinds of problems (api.problems)
and forms that are shown again with what was typed (acting).
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from urllib.parse import urlencode

from fastapi import Request
from fastapi.responses import RedirectResponse
from starlette.responses import Response

from api.console.frame import HEADERS, page, wants_part

ROOT = "/console"
NEXT: Mapping[str, str] = {
    "unauthenticated": "请登录后再办。填写的内容可用浏览器的“后退”找回。",
    "not_allowed": "请回到案件队列;如确需办理,请联系本站站长或系统管理员。",
    "not_found": "可能编号有误,也可能不在您的查看范围内。请回到案件队列查找。",
    "method_not_allowed": "请从案件队列重新进入。",
    "overtaken": "请刷新后看看最新情况,再决定是否办理。",
    "stale_version": "请刷新后看看最新情况,再决定是否办理。",
    "not_now": "请刷新后看看最新情况,再决定是否办理。",
    "still_needed": "请先补齐所缺的条件。",
    "malformed": "请返回上一页改正后再提交。",
    "too_large": "请减小文件或内容后再提交。",
    "rate_limited": "请稍等片刻再试。",
    "unavailable": "请稍等片刻再试;如一直如此,请联系系统管理员。",
}
OTHERWISE = "请返回上一页再试;如一直如此,请把下面的编号告诉系统管理员。"


class ErrorPages:
    """Says no on pages under /console."""

    def concern(self, path: str) -> bool:
        """Whether this address is one a person looks at."""
        return path == ROOT or path.startswith(ROOT + "/")

    def say(self, request: Request, body: Mapping[str, Any], headers: Mapping[str, str]) -> Response:
        """The problem as a page; who only wanted to look is led to the login, or to where to go first."""
        if "go" in body and request.method == "GET" and not wants_part(request):
            return RedirectResponse(body["go"], 303, {"Cache-Control": "no-store", **HEADERS})
        if body["code"] == "unauthenticated" and request.method == "GET" and not wants_part(request):
            return RedirectResponse(login_address(request), 303, {"Cache-Control": "no-store", **HEADERS})
        kept = {name: value for name, value in headers.items() if name.lower() == "retry-after"}
        next_step = NEXT.get(body["code"], OTHERWISE)
        answer = page(request, "problem.html", body["status"], problem=body, next_step=next_step)
        answer.headers.update(kept)
        return answer


def login_address(request: Request) -> str:
    """The login, and from there back to where the asker was going."""
    query = request.scope.get("query_string", b"").decode("latin-1")
    back = request.scope["path"] + (f"?{query}" if query else "")
    return f"{ROOT}/login?{urlencode({'next': back})}"


def way_back(given: str) -> str:
    """Where to go after the login: a page of this console, whatever was asked for."""
    inside = given == ROOT or given.startswith((ROOT + "/", ROOT + "?"))
    return given if inside and "\\" not in given and not any(ord(sign) < 32 for sign in given) else ROOT
