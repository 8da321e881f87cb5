"""The HTTP side of the demo departments: the door for webhooks, and four windows for whoever conducts.

What does not live here: what becomes of a message or a task (``bureau``).
"""

from __future__ import annotations

import asyncio
from datetime import datetime

from starlette.applications import Starlette
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Mount, Route

from api.receiver.bureau import Bureau

HANGS_UP_SECONDS = 0.25


class Windows:
    """The HTTP side of one department: the door for webhooks, and four windows for whoever conducts."""

    def __init__(self, bureau: Bureau) -> None:
        self._bureau = bureau

    @property
    def mount(self) -> Mount:
        """The routes under the department's own code."""
        return Mount(
            f"/{self._bureau.department.org}",
            routes=[
                Route("/hook", self.hook, methods=["POST"]),
                Route("/log", self.log, methods=["GET"]),
                Route("/plan", self.plan, methods=["GET"]),
                Route("/clock", self.clock, methods=["POST"]),
                Route("/control", self.control, methods=["POST"]),
            ],
        )

    async def hook(self, request: Request) -> Response:
        """A webhook. 204 is answered only after the commit; a held-back answer ends when the sender hangs up."""
        body = await request.body()
        status, mood = await run_in_threadpool(self._bureau.knock, dict(request.headers), body)
        if mood == "hang":
            seconds = self._bureau.department.behaviour.hang_seconds
            while seconds > 0 and not await request.is_disconnected():
                await asyncio.sleep(HANGS_UP_SECONDS)
                seconds -= HANGS_UP_SECONDS
        return Response(status_code=status)

    async def log(self, _request: Request) -> Response:
        """The truth about deliveries, counted here."""
        tally = await run_in_threadpool(self._bureau.inbox.tally)
        return JSONResponse(
            {
                "received": tally.received,
                "repeated": tally.repeated,
                "attempts": tally.attempts,
                "turned_away": tally.turned_away,
                "ids": list(tally.ids),
            }
        )

    async def plan(self, _request: Request) -> Response:
        """What is under way."""
        return JSONResponse(await run_in_threadpool(self._bureau.plan))

    async def clock(self, request: Request) -> Response:
        """The conductor tells the time; answers the plan as it stands then."""
        told = datetime.fromisoformat((await request.json())["now"])
        self._bureau.tell(told)
        return JSONResponse(await run_in_threadpool(self._bureau.plan))

    async def control(self, request: Request) -> Response:
        """Begin or stop taking messages in."""
        self._bureau.accepting = request.query_params.get("accept", "on") == "on"
        return JSONResponse({"accepting": self._bureau.accepting})


def application(bureaus: list[Bureau]) -> Starlette:
    """The web application of the departments that share a process."""

    async def health(_request: Request) -> Response:
        return JSONResponse({"status": "ok", "departments": [b.department.org for b in bureaus]})

    return Starlette(routes=[Route("/health", health), *(Windows(bureau).mount for bureau in bureaus)])
