"""How the API says no (问题说明): one table from kind to status and title, and the handlers that use it.

Whatever goes wrong, the answer is application/problem+json with a Chinese title. What does not live here: deciding
(cases) and the last net for what nobody foresaw (gatehouse).
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Protocol

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from sqlalchemy.exc import OperationalError
from sqlalchemy.exc import TimeoutError as PoolTimeout
from starlette.exceptions import HTTPException
from starlette.responses import Response

from api.shapes import encode
from cases.errors import Malformed, Overtaken, Refusal, StillNeeded
from cases.faults import fields_of

MEDIA_TYPE = "application/problem+json"

TABLE: Mapping[str, tuple[int, str]] = {
    # what the domain refuses
    "refused": (409, "办不了"),
    "not_found": (404, "没有这件"),
    "not_allowed": (403, "无权办理"),
    "not_now": (409, "当前状态不能办理"),
    "still_needed": (409, "还缺条件"),
    "overtaken": (409, "别人先办了"),
    "malformed": (422, "填写有误"),
    "unknown_verb": (404, "没有这个动作"),
    "pack_broken": (500, "地区包有误"),
    "no_competence": (409, "无法确定主办"),
    "conflict": (409, "相互矛盾"),
    "link_shut": (410, "链接已失效"),
    "unsafe": (422, "不安全"),
    "clock_wrong": (503, "服务器时间有误"),
    "broken": (500, "系统出错"),
    "idempotency_mismatch": (422, "幂等键已用于另一请求"),
    "too_large": (413, "内容过大"),
    "unsupported_media": (415, "不接受这种内容"),
    # what the edge refuses
    "unauthenticated": (401, "请先登录"),
    "precondition_required": (428, "需要版本号"),
    "stale_version": (412, "版本已过时"),
    "rate_limited": (429, "请求过于频繁"),
    "method_not_allowed": (405, "不支持这种请求方法"),
    "bad_request": (400, "请求无法读取"),
    "unavailable": (503, "暂时无法办理"),
    "internal": (500, "系统内部错误"),
}
"""Status and title of every kind of problem."""

FROM_STATUS: Mapping[int, str] = {
    404: "not_found",
    405: "method_not_allowed",
    413: "too_large",
    415: "unsupported_media",
}


class AtTheEdge(HTTPException):
    """A request the edge itself refuses, before the domain is asked. Web frameworks let it through as it is."""

    def __init__(self, code: str, sentence: str, headers: Mapping[str, str] | None = None, **details: Any) -> None:
        super().__init__(TABLE[code][0], sentence, dict(headers or {}))
        self.code = code
        self.details = details


def problem(code: str, sentence: str, trace_id: str = "", **details: Any) -> dict[str, Any]:
    """The body of a problem."""
    status, title = TABLE[code]
    body = {"type": f"urn:huiyin:problem:{code}", "title": title, "status": status, "code": code, "detail": sentence}
    return {**body, **details, **({"trace_id": trace_id} if trace_id else {})}


def code_of(refusal: Refusal) -> str:
    """The code of a refusal; an asker who named a version is told that it is stale, not that somebody was faster."""
    if isinstance(refusal, Overtaken) and "version" in refusal.details:
        return "stale_version"
    return refusal.kind


def problem_of(refusal: Refusal, trace_id: str = "") -> dict[str, Any]:
    """The problem a refusal of the domain becomes."""
    details: dict[str, Any] = {}
    if isinstance(refusal, StillNeeded):
        details["missing"] = list(refusal.missing)
    if isinstance(refusal, Malformed):
        details["fields"] = refusal.fields
    return problem(code_of(refusal), refusal.sentence, trace_id, **details)


class Pages(Protocol):
    """Who says no on a page, to a person, where a machine would get problem+json."""

    def concern(self, path: str) -> bool:
        """Whether this address is one a person looks at."""
        ...

    def say(self, request: Request, body: Mapping[str, Any], headers: Mapping[str, str]) -> Response:
        """The problem as a page."""
        ...


def reply(request: Request, body: Mapping[str, Any], headers: Mapping[str, str] | None = None) -> Response:
    """A problem as a response: a page where the app has pages at that address, else problem+json."""
    pages: Pages | None = getattr(request.app.state, "pages", None)
    if pages is not None and pages.concern(request.scope["path"]):
        return pages.say(request, body, headers or {})
    return Response(encode(body), int(body["status"]), dict(headers or {}), MEDIA_TYPE)


def trace_of(request: Request) -> str:
    """The id under which the log knows this request."""
    return str(request.scope.get("trace_id", ""))


def _refused(request: Request, error: Exception) -> Response:
    """A refusal of the domain. It runs in a thread, because some refusals are written down for the auditor."""
    if not isinstance(error, Refusal):
        raise error
    request.app.state.house.note_refused(request, error)
    return reply(request, problem_of(error, trace_of(request)))


async def _unreadable(request: Request, error: Exception) -> Response:
    """Parameters or a body that do not fit."""
    findings = error.errors() if isinstance(error, RequestValidationError) else []
    if any(finding["type"] == "json_invalid" for finding in findings):
        return reply(request, problem("bad_request", "请求内容不是有效的 JSON", trace_of(request)))
    return reply(
        request, problem("malformed", "填写的内容不完整或不正确", trace_of(request), fields=fields_of(findings, skip=1))
    )


async def _by_status(request: Request, error: Exception) -> Response:
    """What the web framework itself refuses: unknown routes, methods, unreadable bodies."""
    if isinstance(error, AtTheEdge):
        body = problem(error.code, error.detail, trace_of(request), **error.details)
        return reply(request, body, error.headers)
    status = error.status_code if isinstance(error, HTTPException) else 500
    code = FROM_STATUS.get(status, "bad_request" if status < 500 else "internal")
    headers = error.headers if isinstance(error, HTTPException) else None
    sentence = {"not_found": "没有这个地址", "method_not_allowed": "这个地址不支持这种请求方法"}.get(
        code, TABLE[code][1]
    )
    return reply(request, problem(code, sentence, trace_of(request)), headers)


async def _no_database(request: Request, error: Exception) -> Response:  # noqa: ARG001 - handlers are called alike
    """The database cannot be reached or is too busy."""
    return reply(
        request, problem("unavailable", "数据库暂时无法使用,请稍后再试", trace_of(request)), {"Retry-After": "5"}
    )


def install(app: FastAPI, driver_error: type[Exception]) -> None:
    """Register the handlers; ``driver_error`` is what the database driver raises when it does not get through."""
    app.add_exception_handler(Refusal, _refused)
    app.add_exception_handler(RequestValidationError, _unreadable)
    app.add_exception_handler(HTTPException, _by_status)
    app.add_exception_handler(OperationalError, _no_database)
    app.add_exception_handler(driver_error, _no_database)
    app.add_exception_handler(PoolTimeout, _no_database)
