"""A demo department at its door and at work: what it takes in, how it misbehaves, what its log says, what it does."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import httpx
import pytest
from starlette.applications import Starlette

from api.receiver.bureau import Bureau
from api.receiver.clerk import OFFICERS
from api.receiver.client import Client, Patience
from api.receiver.roster import Behaviour
from api.receiver.signature import signed_headers
from api.receiver.windows import application
from cases.ports import BEIJING
from tests.api.receiver.roster import SECRET, a_case, a_department
from tests.fakes import FakeClock

REAL = FakeClock(datetime(2026, 11, 20, 9, 0, tzinfo=BEIJING))
SATURDAY = datetime(2026, 11, 21, 9, 0, tzinfo=BEIJING)
READ = datetime(2026, 11, 21, 9, 30, tzinfo=BEIJING)
MONDAY = datetime(2026, 11, 23, 9, 30, tzinfo=BEIJING)


class Visitor:
    """Whoever comes to the windows, without a socket between."""

    def __init__(self, app: Starlette) -> None:
        self.app = app

    def ask(self, method: str, path: str, **more: Any) -> httpx.Response:
        async def go() -> httpx.Response:
            transport = httpx.ASGITransport(self.app)
            async with httpx.AsyncClient(transport=transport, base_url="http://department") as client:
                return await client.request(method, path, **more)

        return asyncio.run(go())

    def get(self, path: str) -> httpx.Response:
        return self.ask("GET", path)

    def post(self, path: str, **more: Any) -> httpx.Response:
        return self.ask("POST", path, **more)


class Api:
    """The office as one department sees it: the cases it knows, the steps it was asked for."""

    def __init__(self) -> None:
        self.cases: dict[str, dict[str, Any]] = {}
        self.steps: list[tuple[str, str]] = []
        self.refuse: httpx.Response | None = None
        self.missing: httpx.Response | None = None

    def __call__(self, request: httpx.Request) -> httpx.Response:
        if self.missing is not None:
            return self.missing
        parts = request.url.path.split("/")
        case = self.cases[parts[4]]
        if request.method == "GET":
            return httpx.Response(200, json=case)
        if self.refuse is not None:
            return self.refuse
        verb = parts[6]
        self.steps.append((case["id"], verb))
        moves = {"sign_for": "signed_for", "verify": "verifying", "correct_on_spot": "corrected"}
        case["state"] = {**moves, "report_result": "concluded"}[verb]
        case["version"] += 1
        return httpx.Response(200, json={"taken": {}, "case": case})


class House:
    """A department behind its windows."""

    def __init__(self, folder: Path, **changed: Any) -> None:
        self.api = Api()
        client = Client("http://office", "hy_a_b", patience=Patience(tries=1), transport=httpx.MockTransport(self.api))
        self.bureau = Bureau(a_department(folder, **changed), client, REAL)
        self.http = Visitor(application([self.bureau]))

    def hook(self, message_id: str = "m1", event: str = "assignment.open", case: str = "0193", **changed: Any) -> int:
        body = self.body(event, case, **changed)
        headers = signed_headers(SECRET, message_id, int(REAL.now().timestamp()), body)
        return self.http.post("/D1/hook", content=body, headers=headers).status_code

    @staticmethod
    def body(event: str, case: str, **changed: Any) -> bytes:
        told = {"case_id": case, "number": "X-PQ01", "emergency": False, "next_due": None} | changed
        return json.dumps({"type": event, "timestamp": SATURDAY.isoformat(), "data": told}).encode()

    def log(self) -> dict[str, Any]:
        return self.http.get("/D1/log").json()

    def plan(self) -> dict[str, Any]:
        return self.http.get("/D1/plan").json()

    def tell(self, now: datetime) -> dict[str, Any]:
        return self.http.post("/D1/clock", json={"now": now.isoformat()}).json()

    def work_through(self, now: datetime) -> None:
        """What the clerk's thread does, once, without the thread."""
        self.tell(now)
        self.bureau.round()


@pytest.fixture
def house(tmp_path: Path) -> Iterator[House]:
    made = House(tmp_path)
    yield made
    made.bureau.close()


def test_a_verified_message_is_taken_in_once(house: House):
    assert [house.hook(), house.hook(), house.hook("m2", case="0194")] == [204, 204, 204]
    log = house.log()
    assert (log["received"], log["repeated"], log["attempts"], log["ids"]) == (2, 1, 3, ["m1", "m2"])


def test_a_stranger_is_turned_away(house: House):
    body = house.body("assignment.open", "0193")
    late = signed_headers(SECRET, "m1", int(REAL.now().timestamp()) - 400, body)
    assert house.http.post("/D1/hook", content=body).status_code == 401
    assert house.http.post("/D1/hook", content=body, headers=late).status_code == 401
    good = signed_headers(SECRET, "m1", int(REAL.now().timestamp()), body)
    assert house.http.post("/D1/hook", content=body + b" ", headers=good).status_code == 401
    assert (house.log()["received"], house.log()["turned_away"]) == (0, 3)


def test_another_body_under_the_same_id_is_refused(house: House):
    assert house.hook() == 204
    assert house.hook(case="0200") == 409
    assert house.log()["received"] == 1


@pytest.mark.parametrize("body", [b"no json", b"[]", b"{}", b'{"type":"assignment.open","timestamp":"x","data":{}}'])
def test_a_signed_message_nobody_can_read_leaves_nothing_behind(house: House, body: bytes):
    headers = signed_headers(SECRET, "m1", int(REAL.now().timestamp()), body)
    assert house.http.post("/D1/hook", content=body, headers=headers).status_code == 422
    assert house.log()["received"] == 0


def test_failures_pass_and_the_message_arrives(tmp_path: Path):
    house = House(tmp_path, behaviour=Behaviour(fails=1.0))
    statuses = [house.hook("m1") for _ in range(3)]
    assert statuses[0] == 500
    assert statuses[-1] == 204
    assert house.log()["received"] == 1


def test_a_held_back_answer_was_taken_in_before(tmp_path: Path):
    house = House(tmp_path, behaviour=Behaviour(hangs=1.0, hang_seconds=0.3))
    assert house.hook() == 204
    assert house.hook() == 204
    assert (house.log()["received"], house.log()["repeated"]) == (1, 1)


def test_the_deaf_hear_when_told_to(tmp_path: Path):
    house = House(tmp_path, behaviour=Behaviour(deaf=True))
    assert house.hook() == 503
    assert house.log()["received"] == 0
    assert house.http.post("/D1/control?accept=on").json() == {"accepting": True}
    assert house.hook() == 204
    assert house.http.post("/D1/control?accept=off").json() == {"accepting": False}
    assert house.hook("m2") == 503


def test_a_task_is_read_within_half_an_hour_and_put_off_to_its_turn(house: House):
    house.api.cases["0193"] = a_case()
    house.tell(SATURDAY)
    house.hook()
    plan = house.plan()
    assert (plan["in_flight"], plan["done"], plan["stuck"]) == (0, 0, [])
    assert datetime.fromisoformat(plan["next_at"]) == READ
    assert house.tell(READ)["in_flight"] == 1
    house.work_through(READ)
    assert datetime.fromisoformat(house.plan()["next_at"]) == MONDAY
    assert house.api.steps == []


def test_an_emergency_is_begun_when_it_is_read(house: House):
    house.api.cases["0193"] = a_case(emergency=True)
    house.hook()
    house.work_through(READ)
    assert house.api.steps == [("0193", "sign_for")]


def test_messages_that_are_no_task_are_only_kept(house: House):
    house.hook(event="assignment.warn")
    house.hook("m2", event="clue.escalate")
    assert house.log()["received"] == 2
    assert house.plan()["next_at"] is None


def test_a_task_is_worked_through_turn_by_turn(house: House):
    house.api.cases["0193"] = a_case()
    house.hook()
    now = READ
    for _ in range(7):
        house.work_through(now)
        following = house.plan()["next_at"]
        if following is None:
            break
        now = datetime.fromisoformat(following)
    assert [verb for _, verb in house.api.steps] == ["sign_for", "verify", "correct_on_spot", "report_result"]
    plan = house.plan()
    assert (plan["in_flight"], plan["done"], plan["next_at"]) == (0, 1, None)
    assert now - SATURDAY < timedelta(days=5)


def test_nothing_is_done_before_its_time(house: House):
    house.api.cases["0193"] = a_case()
    house.hook()
    house.work_through(SATURDAY + timedelta(minutes=29))
    assert house.plan()["in_flight"] == 0
    assert house.api.steps == []


def test_a_task_being_ruled_on_rests_until_the_ruling(house: House):
    house.api.cases["0193"] = a_case("return_ruling")
    house.hook()
    house.work_through(MONDAY)
    plan = house.plan()
    assert (plan["in_flight"], plan["next_at"], plan["done"]) == (0, None, 0)
    house.hook("m2", event="assignment.reject_return")
    assert house.plan()["next_at"] is not None


def test_a_task_taken_back_is_done(house: House):
    house.api.cases["0193"] = a_case("returned")
    house.hook()
    house.work_through(MONDAY)
    assert house.plan()["done"] == 1


def test_refusals_put_a_task_off_and_in_the_end_aside(house: House):
    house.api.cases["0193"] = a_case()
    house.api.refuse = httpx.Response(409, json={"code": "not_now", "detail": "现在不行"})
    house.hook()
    house.work_through(READ)
    now = MONDAY
    for n in range(OFFICERS.refusals):
        assert house.plan()["stuck"] == [], n
        house.work_through(now)
        now += timedelta(days=1)
    plan = house.plan()
    assert (plan["next_at"], plan["in_flight"], plan["done"]) == (None, 0, 0)
    assert "现在不行" in plan["stuck"][0]


def test_an_office_that_cannot_be_reached_leaves_the_task_due(house: House):
    house.api.cases["0193"] = a_case()
    house.api.refuse = httpx.Response(503)
    house.hook()
    house.work_through(READ)
    house.work_through(MONDAY)
    assert house.plan()["in_flight"] == 1
    house.api.refuse = None
    house.work_through(MONDAY)
    assert house.plan()["in_flight"] == 0


def test_several_departments_share_a_process(tmp_path: Path):
    client = Client("http://office", transport=httpx.MockTransport(Api()))
    bureaus = [Bureau(a_department(org=f"D{n}", inbox=tmp_path / f"{n}.db"), client, REAL) for n in (1, 2)]
    http = Visitor(application(bureaus))
    assert http.get("/health").json()["departments"] == ["D1", "D2"]
    body = House.body("assignment.open", "0193")
    headers = signed_headers(SECRET, "m1", int(REAL.now().timestamp()), body)
    assert http.post("/D2/hook", content=body, headers=headers).status_code == 204
    assert [http.get(f"/{org}/log").json()["received"] for org in ("D1", "D2")] == [0, 1]
