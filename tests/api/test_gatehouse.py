"""What every request and every answer passes: sizes, signs, headers, and the last net."""

from __future__ import annotations

import logging
from collections.abc import AsyncIterator
from functools import partial
from typing import Any

import pytest
from httpx import ASGITransport, AsyncClient
from sqlalchemy.exc import OperationalError

from api.gatehouse import Gatehouse
from api.problems import TABLE, problem_of
from cases import errors
from cases.store.attachments import TooLarge, UnknownKind
from cases.store.idempotency import OtherRequest
from tests.api.world import Client, World, a_report
from tests.people import MA, WANG

LIMIT = 1_000_000
SECRET = "张三丰13800001111"


async def stream(total: int) -> AsyncIterator[bytes]:
    """A body that does not say how long it is."""
    for _ in range(0, total, 50_000):
        yield b" " * 50_000


def is_problem(answer: Any, status: int, code: str) -> None:
    assert (answer.status_code, answer.json()["code"]) == (status, code), answer.text
    assert answer.headers["content-type"] == "application/problem+json"
    body = answer.json()
    assert body["trace_id"] == answer.headers["x-trace-id"]
    assert body["title"] == TABLE[code][1]
    assert body["status"] == status


def test_a_body_that_says_it_is_too_long_is_not_read(shared: World):
    for path in ("/login", "/cases", "/public/reports", "/steps"):
        is_problem(shared.ask(WANG, "POST", path, content=b" " * (LIMIT + 1)), 413, "too_large")


def test_a_body_that_does_not_say_is_counted(shared: World):
    for path in ("/login", "/cases", "/public/reports", "/steps"):
        answer = shared.ask(WANG, "POST", path, content=stream(LIMIT * 2), headers={"Content-Type": "application/json"})
        is_problem(answer, 413, "too_large")


def test_uploads_have_a_limit_of_their_own(world: World):
    case_id = world.report()["id"]
    big = b"\x89PNG\r\n\x1a\n" + b"0" * (LIMIT * 2)
    path = f"/cases/{case_id}/attachments"
    assert world.ask(WANG, "POST", path, files={"file": ("a.png", big)}).status_code == 201
    object.__setattr__(world.house.folder, "limit", LIMIT)
    is_problem(world.ask(WANG, "POST", path, files={"file": ("a.png", big)}), 413, "too_large")
    huge = {"Content-Length": str(10**9), "Content-Type": "multipart/form-data; boundary=x"}
    is_problem(world.ask(WANG, "POST", path, headers=huge, content=stream(10)), 413, "too_large")


@pytest.mark.parametrize("length", ["x", "-1", "1e3", "9" * 19, " "])
def test_a_length_that_is_none_is_refused(shared: World, length: str):
    answer = shared.ask(None, "POST", "/login", content=stream(10), headers={"Content-Length": length})
    is_problem(answer, 400, "bad_request")


@pytest.mark.parametrize(
    ("method", "path", "status", "code"),
    [
        ("GET", "/nothing", 404, "not_found"),
        ("POST", "/matters", 405, "method_not_allowed"),
        ("DELETE", "/cases", 405, "method_not_allowed"),
        ("GET", "/cases/%00", 422, "malformed"),
        ("GET", "/cases?text=%00", 422, "malformed"),
        ("GET", "/matters?code=a%00b", 422, "malformed"),
    ],
)
def test_what_no_route_takes_is_a_problem_too(shared: World, method: str, path: str, status: int, code: str):
    is_problem(shared.ask(WANG, method, path), status, code)
    assert shared.client.request("GET", "/").status_code == 404


@pytest.mark.parametrize(
    ("body", "status", "code"),
    [
        (b"", 422, "malformed"),
        (b"{", 400, "bad_request"),
        (b"nonsense", 400, "bad_request"),
        (b"\xff\xfe{}", 400, "bad_request"),
        (b'{"login": "\xc3\x28"}', 400, "bad_request"),
        (b'{"login": NaN}', 400, "bad_request"),
        (b'{"login": 1e999999, "password": "x"}', 422, "malformed"),
        (b'{"login": ' + b"9" * 5000 + b"}", 400, "bad_request"),
        (b'{"login": "a", "login": "b", "password": "x"}', 400, "bad_request"),
        (b'{"a":' * 50 + b"1" + b"}" * 50, 400, "bad_request"),
        (b"[" * 200_000, 400, "bad_request"),
        (b'{"login": "\\u0000", "password": "x"}', 422, "malformed"),
        (b'{"login": "\\ud800", "password": "x"}', 422, "malformed"),
        (b'{"\\ud800": "a"}', 422, "malformed"),
        (b"[]", 422, "malformed"),
        (b"null", 422, "malformed"),
        (b'"text"', 422, "malformed"),
        (b"7", 422, "malformed"),
    ],
)
def test_bodies_nobody_should_send(shared: World, body: bytes, status: int, code: str):
    for path in ("/login", "/cases", "/public/reports"):
        answer = shared.ask(MA, "POST", path, content=body, headers={"Content-Type": "application/json"})
        is_problem(answer, status, code)


@pytest.mark.parametrize(
    "kind", ["text/plain", "application/xml", "multipart/form-data; boundary=x", "application/jsonp", "x"]
)
def test_other_kinds_of_content_are_refused(shared: World, kind: str):
    for path in ("/login", "/cases", "/public/reports", "/steps"):
        answer = shared.ask(MA, "POST", path, content=b"{}", headers={"Content-Type": kind})
        is_problem(answer, 415, "unsupported_media")


def test_every_answer_carries_the_security_headers(shared: World):
    for answer in (shared.get(None, "/health"), shared.get(WANG, "/cases/none"), shared.get(None, "/nothing")):
        assert answer.headers["x-content-type-options"] == "nosniff"
        assert answer.headers["content-security-policy"] == "default-src 'none'; frame-ancestors 'none'"
        assert answer.headers["cache-control"] == "no-store"
        assert "server" not in answer.headers
    docs = shared.client.request("GET", "/docs")
    assert docs.status_code == 200
    assert "script" not in docs.text.replace("description", "")
    assert docs.headers["content-security-policy"].startswith("default-src 'none'; frame-ancestors 'none'; style-src")
    assert "/cases/{case_id}/steps/{verb}" in docs.text
    assert "assignment.open" in docs.text


def test_an_unforeseen_error_tells_nothing_and_is_logged_without_personal_words(
    world: World, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
):
    def fail(*_: Any) -> None:
        raise RuntimeError(f"cannot store {SECRET}")

    monkeypatch.setattr(world.office.desk.writer, "write", fail)
    with caplog.at_level(logging.DEBUG):
        answer = world.post(MA, "/cases", a_report(description=SECRET))
    is_problem(answer, 500, "internal")
    assert not any(said in answer.text for said in (SECRET, "RuntimeError"))
    assert answer.json()["trace_id"] in caplog.text, "the log knows the request"
    assert ("RuntimeError" in caplog.text and "opening" in caplog.text) or "desk.py" in caplog.text
    assert SECRET not in caplog.text


def test_an_error_after_the_answer_began_is_not_answered_twice(world: World):
    async def half(_scope: Any, _receive: Any, send: Any) -> None:
        await send({"type": "http.response.start", "status": 200, "headers": []})
        raise RuntimeError("late")

    app: Any = Gatehouse(half, LIMIT, LIMIT)
    client = Client(app, world.portal)
    with pytest.raises(RuntimeError, match="late"):
        client.request("GET", "/")
    client.close()


def test_a_database_out_of_reach_is_unavailable_not_broken(world: World, monkeypatch: pytest.MonkeyPatch):
    driver = world.office.database.engine.dialect.loaded_dbapi
    for error in (OperationalError("", {}, Exception(SECRET)), driver.OperationalError(SECRET)):
        monkeypatch.setattr(type(world.office.database), "reading", partial(_raise, error))
        answer = world.get(None, "/health")
        is_problem(answer, 503, "unavailable")
        assert SECRET not in answer.text
        assert answer.headers["retry-after"] == "5"


def _raise(error: Exception, *_: Any) -> None:
    raise error


def test_the_servers_access_log_does_not_see_query_codes(world: World):
    """The server prints the scope it made; the app works on its own copy."""
    seen: list[bytes] = []

    async def app(scope: Any, _receive: Any, send: Any) -> None:
        seen.append(scope["query_string"])
        await send({"type": "http.response.start", "status": 204, "headers": []})
        await send({"type": "http.response.body", "body": b""})

    scope = {"type": "http", "method": "GET", "path": "/x", "headers": [], "query_string": b"a=1&code=SECRET&b=2"}

    async def receive() -> Any:
        return {"type": "http.disconnect"}

    async def send(_message: Any) -> None:
        return

    gatehouse: Any = Gatehouse(app, LIMIT, LIMIT)
    world.portal.call(gatehouse, scope, receive, send)
    assert seen == [b"a=1&code=SECRET&b=2"]
    assert scope["query_string"] == b"a=1&code=-&b=2"


def test_every_kind_of_refusal_has_a_status_and_a_chinese_title():
    kinds = [one for one in vars(errors).values() if isinstance(one, type) and issubclass(one, errors.Refusal)]
    kinds += [OtherRequest, TooLarge, UnknownKind]
    assert len(kinds) > 10
    for kind in kinds:
        body = problem_of(kind(("还需",) if kind is errors.StillNeeded else "不行"))  # type: ignore[arg-type]
        assert 400 <= body["status"] < 600
        assert not body["title"].isascii()
        assert body["status"] < 500 or kind in {errors.PackBroken, errors.Broken, errors.ClockWrong}, (
            "only faults of ours"
        )


def test_the_api_is_found_behind_a_proxy_that_adds_a_prefix(shared: World):
    """Uvicorn's ``--root-path`` puts the prefix before the path as well."""

    async def ask(path: str) -> int:
        transport = ASGITransport(shared.app, root_path="/city")
        async with AsyncClient(transport=transport, base_url="http://huiyin.example") as client:
            return (await client.get(path)).status_code

    assert shared.portal.call(ask, "/city/api/v1/matters") == 200
    assert shared.portal.call(ask, "/city/api/v1/nothing") == 404
