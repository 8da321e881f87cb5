"""The gatehouse (门房): what every request and every answer passes, whatever the route.

A trace id, limits on the size of bodies (declared or streamed), signs no database can store, security headers, and the
last net: an exception nobody foresaw becomes a 500 problem, logged by type and place but never with its text, which may
hold personal data. What does not live here: who may come in (deps, identity).
"""

from __future__ import annotations

import logging
import re
import secrets
import traceback
from typing import Any

from starlette.requests import Request
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from api.problems import MEDIA_TYPE, AtTheEdge, Pages, problem
from api.shapes import encode

LOG = logging.getLogger("huiyin.api")

SECURITY = {
    b"x-content-type-options": b"nosniff",
    b"referrer-policy": b"no-referrer",
    b"x-frame-options": b"DENY",
    b"cache-control": b"no-store",
}
POLICY = b"default-src 'none'; frame-ancestors 'none'"
MULTIPART_ROOM = 64_000
"""Bytes a multipart body may have beyond its file."""

_SECRET_IN_QUERY = re.compile(rb"(^|&)(code|key)=[^&]*")
_UPLOAD = re.compile(r"/api/v1/cases/[^/]+/attachments/?|/console/(register|cases/[^/]+/(steps/[^/]+|files))")
_PHOTOS = re.compile(r"/r/[^/]+|/f/step|/d/[^/]+/step")


class Gatehouse:
    """ASGI middleware around the whole app; ``body_bytes`` and ``upload_bytes`` are the largest bodies taken, ``pages``
    says no where a person looks."""

    def __init__(self, app: ASGIApp, body_bytes: int, upload_bytes: int, pages: Pages | None = None) -> None:
        self.app = app
        self.pages = pages
        self.body_bytes = body_bytes
        self.upload_bytes = upload_bytes

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass a request in and its answer out."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        visit = Visit(scope, receive, send, self._limit(scope), self.pages)
        refusal = visit.refusal()
        if refusal is not None:
            await visit.say(*refusal)
            return
        try:
            await self.app(visit.inner(), visit.receive, visit.send)
        except Exception as error:
            visit.log(error)
            if visit.answered:
                raise
            await visit.say("internal", "系统内部错误,已记录,请稍后再试")

    def _limit(self, scope: Scope) -> int:
        path = scope["path"]
        upload = scope["method"] == "POST" and (_UPLOAD.fullmatch(path) or _PHOTOS.fullmatch(path))
        return self.upload_bytes + MULTIPART_ROOM if upload else self.body_bytes


class Visit:
    """One request on its way through the gate."""

    def __init__(self, scope: Scope, receive: Receive, send: Send, limit: int, pages: Pages | None) -> None:
        self.scope = scope
        self.pages = pages
        self.trace_id = secrets.token_hex(8)
        self.limit = limit
        self.answered = False
        self._receive, self._send = receive, send
        self._taken = 0

    def inner(self) -> Scope:
        """The scope the app sees. The server's own, which its access log prints, loses the secrets of the query."""
        inner = {**self.scope, "trace_id": self.trace_id}
        self.scope["query_string"] = _SECRET_IN_QUERY.sub(rb"\1\2=-", self.scope.get("query_string", b""))
        return inner

    def refusal(self) -> tuple[str, str] | None:
        """What is wrong with the request before anybody reads it."""
        if b"%00" in self.scope.get("query_string", b"") or "\x00" in self.scope["path"]:
            return "malformed", "请求地址含有不能使用的字符"
        sizes = [value for name, value in self.scope["headers"] if name == b"content-length"]
        if any(not size.isdigit() or len(size) > 18 for size in sizes) or len(set(sizes)) > 1:
            return "bad_request", "请求的长度写法不正确"
        if sizes and int(sizes[0]) > self.limit:
            return "too_large", f"请求内容超过 {self.limit} 字节"
        return None

    async def receive(self) -> Message:
        """The next part of the body, counted: a body without a declared length is limited as well."""
        message = await self._receive()
        if message["type"] == "http.request":
            self._taken += len(message.get("body", b""))
            if self._taken > self.limit:
                raise AtTheEdge("too_large", f"请求内容超过 {self.limit} 字节")
        return message

    async def send(self, message: Message) -> None:
        """The answer with its security headers."""
        if message["type"] == "http.response.start":
            self.answered = True
            message = {**message, "headers": self._headers(list(message.get("headers", [])))}
        await self._send(message)

    def _headers(self, headers: list[tuple[bytes, bytes]]) -> list[tuple[bytes, bytes]]:
        present = {name.lower() for name, _ in headers}
        wanted = {**SECURITY, b"content-security-policy": POLICY, b"x-trace-id": self.trace_id.encode()}
        return headers + [(name, value) for name, value in wanted.items() if name not in present]

    async def say(self, code: str, sentence: str) -> None:
        """Answer with a problem."""
        body: dict[str, Any] = problem(code, sentence, self.trace_id)
        if self.pages is not None and self.pages.concern(self.scope["path"]):
            page = self.pages.say(Request(self.scope), body, {})
            await self.send({"type": "http.response.start", "status": page.status_code, "headers": page.raw_headers})
            await self.send({"type": "http.response.body", "body": page.body})
            return
        content = encode(body)
        headers = [(b"content-type", MEDIA_TYPE.encode()), (b"content-length", str(len(content)).encode())]
        await self.send({"type": "http.response.start", "status": body["status"], "headers": headers})
        await self.send({"type": "http.response.body", "body": content})

    def log(self, error: Exception) -> None:
        """Note what failed and where; never the text of the error nor the contents of the request."""
        frames = traceback.extract_tb(error.__traceback__)[-12:]
        places = " < ".join(
            f"{frame.filename.rsplit('/', 1)[-1]}:{frame.lineno} {frame.name}" for frame in frames[::-1]
        )
        LOG.error(
            "trace=%s method=%s error=%s at %s", self.trace_id, self.scope["method"], type(error).__name__, places
        )
