"""A scripted court at the other end of the wire: a real socket for the courier's webhooks, the API for its answers.

What does not live here: what the court answers (the script a story hands in) and expectations.
"""

from __future__ import annotations

import asyncio
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import Any

import httpx
import uvicorn

from api.identity import KeyWish
from api.receiver.bureau import Bureau
from api.receiver.client import Client, Patience
from api.receiver.court_script import CourtScript
from api.receiver.roster import Behaviour, Department, hook_address
from api.receiver.telephone import free_ports
from api.receiver.windows import application
from cases.clocks import SystemClock
from cases.store.accounts import SCOPES
from tests.api.world import BASE, World
from tests.workflows.rooms import a_room, send_all


class Wire:
    """What lies between the court and the API; ``answers_lost`` of the next answers to steps are swallowed."""

    def __init__(self, world: World) -> None:
        self._world = world
        self.answers_lost = 0
        self.keys: list[str] = []

    def __call__(self, request: httpx.Request) -> httpx.Response:
        told = {name: value for name, value in request.headers.items() if name not in {"host", "connection"}}
        path = request.url.raw_path.decode()
        answer = self._world.client.request(request.method, path, content=request.content, headers=told)
        if "/steps/" in path:
            self.keys.append(request.headers["idempotency-key"])
            if self.answers_lost:
                self.answers_lost -= 1
                raise httpx.ReadError("the line went dead after the step was taken")
        return httpx.Response(answer.status_code, content=answer.content, headers={"content-type": "application/json"})


class Courtroom:
    """The court receiver of a story, its key and its endpoint registered as a stranger would."""

    def __init__(self, world: World, org: str, script: CourtScript, home: Path, behaviour: Behaviour) -> None:
        self.world, self.wire = world, Wire(world)
        self.key = a_key(world, org, "court_clerk")
        (port,) = free_ports(1)
        told = Department(
            org=org,
            name="法院",
            kind="court",
            port=port,
            api_key=self.key,
            secret="",
            inbox=home / f"{port}.db",
            court=script,
            behaviour=behaviour,
        )
        body = {"url": hook_address(told), "networks": ["127.0.0.0/8"]}
        answer = world.ask(None, "PUT", "/endpoints/mine", json=body, headers=bearer(self.key))
        assert answer.status_code == 200, answer.text
        told = told.model_copy(update={"secret": answer.json()["secret"]})
        patience = Patience(tries=3, first=0.0)
        client = Client("http://huiyin.example", self.key, patience=patience, transport=httpx.MockTransport(self.wire))
        self.bureau = Bureau(told, client, SystemClock())
        self.port = port

    def deliver(self) -> None:
        """The courier's round: everything that is due now, over a real socket."""

        async def go() -> None:
            async with a_room(self.world.office) as room:
                await send_all(room)

        asyncio.run(go())

    def turns(self, most: int = 8) -> None:
        """Half-days of the court, until its clerk has nothing left to do."""
        for _ in range(most):
            due = self.bureau.plan()["next_at"]
            if due is None:
                return
            self.until(datetime.fromisoformat(due))
            self.bureau.tell(self.world.clock.now())
            self.bureau.round()
        raise AssertionError(f"the court goes on for ever: {self.bureau.plan()}")

    def until(self, moment: datetime) -> None:
        """The office's clock moves to a moment, if it lies ahead."""
        now = self.world.clock.now()
        self.world.clock.ahead(seconds=max(0.0, (moment - now).total_seconds()))


@contextmanager
def a_courtroom(
    world: World, org: str, script: CourtScript, home: Path, behaviour: Behaviour | None = None
) -> Iterator[Courtroom]:
    """An open courtroom; its windows listen on loopback until the block is left."""
    made = Courtroom(world, org, script, home, behaviour or Behaviour())
    app = application([made.bureau])
    config = uvicorn.Config(app, "127.0.0.1", made.port, log_level="warning", access_log=False, lifespan="off")
    server = uvicorn.Server(config)
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    while not server.started:
        assert thread.is_alive(), "the windows did not open"
        time.sleep(0.01)
    try:
        yield made
    finally:
        server.should_exit = True
        thread.join(10)
        made.bureau.close()
        made.bureau.inbox.close()


def a_key(world: World, org: str, role: str) -> str:
    """An API key for an organisation."""
    with world.office.database.writing() as connection:
        return world.house.identity.issue_key(connection, KeyWish(org, org, frozenset({role}), SCOPES))


def bearer(key: str) -> dict[str, str]:
    return {"Authorization": f"Bearer {key}"}


def funnel_of(world: World, key: str) -> dict[str, int]:
    """The funnel as the API tells it; stages nobody reached are left out."""
    answer = world.client.request("GET", BASE + "/funnel", headers=bearer(key))
    assert answer.status_code == 200, answer.text
    stages: list[dict[str, Any]] = answer.json()["stages"]
    return {one["stage"]: one["suits"] for one in stages if one["suits"]}
