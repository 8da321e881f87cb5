"""The client: when it tries again, when it reads again, and when it gives up."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

import httpx
import pytest

from api.receiver.client import Client, Patience, Problem, Ticket, Unreachable, offers

CASE = {"id": "c1", "version": 3, "actions": [{"verb": "sign_for"}]}
Answers = Callable[[httpx.Request], httpx.Response]


def a_problem(status: int, code: str, **more: Any) -> httpx.Response:
    return httpx.Response(status, json={"code": code, "title": "标题", "detail": "说明", "status": status} | more)


class Server:
    """The other side: answers one after the other, the last for ever; keeps what it was asked."""

    def __init__(self, *answers: httpx.Response | Exception) -> None:
        self.answers = list(answers)
        self.asked: list[httpx.Request] = []
        self.slept: list[float] = []

    def __call__(self, request: httpx.Request) -> httpx.Response:
        self.asked.append(request)
        answer = self.answers.pop(0) if len(self.answers) > 1 else self.answers[0]
        if isinstance(answer, Exception):
            raise answer
        return answer

    def client(self, token: str | None = "hy_a_b") -> Client:
        patience = Patience(tries=4, first=0.2, longest=5)
        return Client(
            "http://office", token, patience=patience, transport=httpx.MockTransport(self), sleep=self.slept.append
        )

    def header(self, name: str) -> list[str]:
        return [request.headers.get(name, "") for request in self.asked]


TAKEN = {"taken": {"verb": "sign_for", "state": "signed_for", "version": 4}, "case": {}}


def test_a_step_names_its_version_and_carries_a_key():
    server = Server(httpx.Response(200, json=TAKEN))
    with server.client() as client:
        assert client.take(CASE, "sign_for", {"receiver": "甲"}) == TAKEN
    (request,) = server.asked
    assert (request.method, request.url.path) == ("POST", "/api/v1/cases/c1/steps/sign_for")
    assert request.headers["If-Match"] == '"3"'
    assert request.headers["Authorization"] == "Bearer hy_a_b"
    assert len(request.headers["Idempotency-Key"]) > 30
    assert json.loads(request.content) == {"receiver": "甲"}


@pytest.mark.parametrize("trouble", [httpx.Response(500), httpx.Response(503), httpx.ConnectError("refused")])
def test_trouble_is_waited_out_with_the_same_key(trouble: httpx.Response | Exception):
    server = Server(trouble, httpx.ReadTimeout("slow"), httpx.Response(200, json=TAKEN))
    server.client().take(CASE, "sign_for")
    assert len(set(server.header("Idempotency-Key"))) == 1
    assert server.slept == [0.2, 0.4]


def test_patience_ends():
    server = Server(httpx.ConnectError("refused"))
    with pytest.raises(Unreachable, match="refused"):
        server.client().take(CASE, "sign_for")
    assert len(server.asked) == 4


def test_retry_after_is_heard_within_reason():
    server = Server(
        httpx.Response(429, headers={"retry-after": "2"}, json={"code": "rate_limited"}),
        httpx.Response(429, headers={"retry-after": "86400"}, json={"code": "rate_limited"}),
        httpx.Response(503, headers={"retry-after": "Fri, 20 Nov 2026 09:00:00 GMT"}),
        httpx.Response(200, json=CASE),
    )
    assert server.client().case("c1") == CASE
    assert server.slept == [2.0, 5.0, 0.8]


@pytest.mark.parametrize(("status", "code"), [(412, "stale_version"), (409, "overtaken")])
def test_a_case_that_moved_on_is_read_again_and_the_step_taken_with_a_new_key(status: int, code: str):
    moved = CASE | {"version": 5}
    server = Server(a_problem(status, code), httpx.Response(200, json=moved), httpx.Response(200, json=TAKEN))
    server.client().take(CASE, "sign_for")
    assert [request.method for request in server.asked] == ["POST", "GET", "POST"]
    assert server.header("If-Match") == ['"3"', "", '"5"']
    keys = server.header("Idempotency-Key")
    assert keys[0] != keys[2]


def test_a_step_no_longer_offered_is_not_forced():
    gone = CASE | {"version": 5, "actions": []}
    server = Server(a_problem(412, "stale_version"), httpx.Response(200, json=gone))
    with pytest.raises(Problem) as caught:
        server.client().take(CASE, "sign_for")
    assert caught.value.code == "stale_version"
    assert len(server.asked) == 2


def test_a_case_that_always_moves_on_ends_patience():
    answers: list[httpx.Response | Exception] = []
    for version in range(4, 9):
        answers += [a_problem(412, "stale_version"), httpx.Response(200, json=CASE | {"version": version})]
    with pytest.raises(Unreachable):
        Server(*answers).client().take(CASE, "sign_for")


def test_a_refusal_is_told_and_not_repeated():
    server = Server(a_problem(409, "still_needed", missing=["还需:劝阻记录"], fields={"a": "b"}))
    with pytest.raises(Problem) as caught:
        server.client().take(CASE, "accept")
    problem = caught.value
    assert (problem.status, problem.code, problem.title) == (409, "still_needed", "说明")
    assert problem.missing == ("还需:劝阻记录",)
    assert problem.fields == {"a": "b"}
    assert len(server.asked) == 1
    assert server.slept == []


def test_what_may_not_be_repeated_is_sent_once():
    server = Server(httpx.Response(502))
    with pytest.raises(Unreachable):
        server.client().ask("POST", "/deliveries/replay", {"recipient": None})
    assert len(server.asked) == 1


def test_an_answer_that_is_no_json_is_still_a_problem():
    with pytest.raises(Problem) as caught:
        Server(httpx.Response(404, text="<html>nginx</html>")).client().case("c1")
    assert caught.value.status == 404


def test_pages_are_followed_to_the_end():
    server = Server(
        httpx.Response(200, json={"items": [{"id": "1"}, {"id": "2"}], "next": "m1"}),
        httpx.Response(200, json={"items": [{"id": "3"}], "next": None}),
    )
    found = list(server.client().cases(type="clue", state=None))
    assert [case["id"] for case in found] == ["1", "2", "3"]
    assert dict(server.asked[0].url.params) == {"limit": "200", "type": "clue"}
    assert server.asked[1].url.params["cursor"] == "m1"


def test_a_session_that_ran_out_is_begun_again():
    server = Server(
        httpx.Response(200, json={"token": "hs_1"}),
        a_problem(401, "unauthenticated"),
        httpx.Response(200, json={"token": "hs_2"}),
        httpx.Response(200, json=CASE),
    )
    client = server.client(token=None)
    client.login("jt.jc.operator", "secret")
    assert client.case("c1") == CASE
    assert server.header("Authorization") == ["", "Bearer hs_1", "", "Bearer hs_2"]


def test_a_key_that_is_refused_is_a_problem():
    with pytest.raises(Problem):
        Server(a_problem(401, "unauthenticated")).client().case("c1")


def test_a_reporter_shows_the_code_in_a_header_and_never_in_the_address():
    server = Server(httpx.Response(200, json={"state": "confirming"}))
    client, ticket = server.client(token=None), Ticket("X-1", "ABCD", "10.0.0.7")
    client.public_report(ticket)
    client.public_step(ticket, "confirm", {"satisfied": 5})
    assert server.header("Huiyin-Query-Code") == ["ABCD", "ABCD"]
    assert server.header("X-Forwarded-For") == ["10.0.0.7", "10.0.0.7"]
    assert not any("ABCD" in str(request.url) for request in server.asked)
    assert server.asked[1].url.path == "/api/v1/public/reports/X-1/steps/confirm"


def test_odd_names_cannot_leave_their_place_in_the_address():
    server = Server(httpx.Response(200, json={}))
    server.client(None).public_report(Ticket("../../cases?x=#", "A"))
    assert server.asked[0].url.raw_path == b"/api/v1/public/reports/..%2F..%2Fcases%3Fx%3D%23"


def test_whether_it_is_there_is_asked_without_patience():
    server = Server(httpx.ConnectError("refused"), httpx.Response(200, json={}))
    client = server.client(None)
    assert not client.alive()
    assert client.alive()
    assert server.slept == []


def test_what_a_case_offers():
    assert offers(CASE, "sign_for")
    assert not offers(CASE, "verify")
    assert not offers({"id": "x"}, "verify")
