"""The API as its callers know it: one app over a furnished office, and everybody of the cast at its counter.

The office's clock moves cases on; the real clock, on which sessions run, stands still unless told. What does not live
here: expectations.
"""

from __future__ import annotations

from functools import partial
from typing import Any

from anyio.from_thread import BlockingPortal
from fastapi import FastAPI
from fastapi.routing import APIRoute, iter_route_contexts
from httpx import ASGITransport, AsyncClient, Response

from api.app import create_app
from api.house import House
from api.throttle import TAILS_SECONDS, TAILS_WRONG, Guesses, Throttle, Throttles
from cases.office import Office
from cases.piece import Piece
from tests.builders import POLICE, a_clue
from tests.cases.counter import Counter
from tests.fakes import FakeClock
from tests.people import MA, QIAN, WANG, Someone

BASE = "/api/v1"
CANARY = "涉案人王某已拘留十日并罚款伍佰元"
"""A result of the police that must never be read by anybody else."""


_APPS: dict[tuple[str, bool], FastAPI] = {}


def app_of(house: House, shared: bool) -> FastAPI:
    """The app of this house. Making one takes a while, so it moves from house to house; a shared house, which stands
    beside others, has its own."""
    key = (house.office.database.kind, shared)
    app = _APPS[key] = _APPS.get(key) or create_app(house)
    app.state.house = house
    return app


class Moments:
    """Seconds for throttles, moved by hand."""

    def __init__(self) -> None:
        self.seconds = 0.0

    def __call__(self) -> float:
        return self.seconds


class Client:
    """Plain calls into an ASGI app, on a loop of its own; an exception of the app is the test's."""

    def __init__(self, app: FastAPI, portal: BlockingPortal, address: str = "198.51.100.7") -> None:
        self._portal = portal
        transport = ASGITransport(app, client=(address, 40000))
        self._client = AsyncClient(transport=transport, base_url="http://huiyin.example")

    def request(self, method: str, path: str, **more: Any) -> Response:
        return self._portal.call(partial(self._client.request, method, path, **more))

    def forget(self) -> None:
        """Forget the cookies, so that a request carries only what the test gives it."""
        self._client.cookies.clear()

    def keep(self, name: str, value: str) -> None:
        """Keep a cookie, as a browser does."""
        self._client.cookies.set(name, value)

    def close(self) -> None:
        self._portal.call(self._client.aclose)


class World:
    """Everything a test of the API needs."""

    def __init__(self, office: Office, portal: BlockingPortal, *, shared: bool = False) -> None:
        self.office = office
        self.real = FakeClock()
        self.moments = Moments()
        public, reports, logins, refusals = (Throttle(10_000, 60, self.moments) for _ in range(4))
        tails = Throttle(TAILS_WRONG, TAILS_SECONDS, self.moments)
        self.throttles = Throttles(public, reports, logins, Guesses(self.moments), refusals, tails=tails)
        self.house = House.of(office, self.real, self.throttles)
        self.app = app_of(self.house, shared)
        self.portal = portal
        self.client = Client(self.app, portal)
        self.counter = Counter(office)
        assert isinstance(office.clock, FakeClock)
        self.clock = self.counter.clock = office.clock

    # --- asking

    def elsewhere(self, address: str = "203.0.113.9") -> Client:
        """The same house, called from another address; whoever asks for it closes it."""
        return Client(self.app, self.portal, address)

    def ask(self, who: Someone | None, method: str, path: str, **more: Any) -> Response:
        headers = {**(who.headers if who else {}), **more.pop("headers", {})}
        return self.client.request(method, BASE + path, headers=headers, **more)

    def get(self, who: Someone | None, path: str, **more: Any) -> Response:
        return self.ask(who, "GET", path, **more)

    def post(self, who: Someone | None, path: str, body: Any = None, **more: Any) -> Response:
        return self.ask(who, "POST", path, json={} if body is None else body, **more)

    def step(
        self, who: Someone | None, case_id: str, verb: str, body: Any = None, version: str = "*", **headers: str
    ) -> Response:
        return self.post(who, f"/cases/{case_id}/steps/{verb}", body, headers={"If-Match": version, **headers})

    def routes(self) -> list[tuple[str, str]]:
        """Every described route of the API: method and full path."""
        found: list[tuple[str, str]] = []
        for context in iter_route_contexts(self.app.routes):
            path, methods = context.path or "", context.methods or set()
            if isinstance(context.original_route, APIRoute) and path.startswith(BASE) and "openapi" not in path:
                found += [(method, path) for method in methods]
        return sorted(found)

    # --- making

    def report(self, who: Someone = MA, **changed: Any) -> dict[str, Any]:
        """A clue opened over the API; by the property firm unless said otherwise."""
        answer = self.post(who, "/cases", a_report(**changed))
        assert answer.status_code == 201, answer.text
        return answer.json()

    def accepted(self, **changed: Any) -> str:
        case_id = self.report(**changed)["id"]
        assert self.step(WANG, case_id, "accept").status_code == 200
        return case_id

    def task_of(self, case_id: str, org: str) -> Piece:
        return next(task for task in self.counter.tasks(case_id) if task.assignee == org)

    def sealed_result(self) -> tuple[str, str]:
        """A sealed matter the police have dealt with, with the canary in their result; clue and task."""
        case_id = self.accepted(matter="GA01", description="楼上扔下酒瓶")
        dispatch = {"lead": POLICE, "reason": "公安主办"}
        assert self.step(WANG, case_id, "dispatch", dispatch).status_code == 200
        self.counter.deliver()
        task = self.task_of(case_id, POLICE)
        walk: list[tuple[str, dict[str, Any]]] = [
            ("sign_for", {"receiver": "钱"}),
            ("verify", {"officers": ["甲", "乙"]}),
            ("interview", {"object": CANARY, "text": CANARY}),
            ("report_result", {"measure": CANARY, "text": CANARY, "after_photo": CANARY}),
        ]
        for verb, body in walk:
            answer = self.step(QIAN, task.id, verb, body)
            assert answer.status_code == 200, answer.text
        return case_id, task.id


def a_report(**changed: Any) -> dict[str, Any]:
    """A report as it is sent: like ``a_clue`` but without who reports it."""
    body = a_clue().model_dump(mode="json", exclude={"reporter_org", "source"})
    return {name: value for name, value in {**body, **changed}.items() if value is not None}


def a_public_report(**changed: Any) -> dict[str, Any]:
    """A report of somebody without an account."""
    return {name: value for name, value in a_report(**changed).items() if name != "external_id"}
