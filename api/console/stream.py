"""Live lines (实时更新) at ``/console/stream``: server-sent events with the lines that changed, for whoever listens.

A line is drawn from the same view as the queue's, so nobody is told of more than they may see. A page that stays open
does not keep a session alive. What does not live here: looking for changes (broadcast).
"""

from __future__ import annotations

import asyncio
import json
import re
from collections.abc import AsyncIterator
from dataclasses import replace
from typing import Annotated

from anyio.to_thread import run_sync
from fastapi import APIRouter, Query, Request
from fastapi.responses import StreamingResponse
from starlette.responses import Response

from api.console.broadcast import Broadcast, Listener, Look, Seen
from api.console.entrance import Seat, SeatOf
from api.console.frame import environment, speakers
from api.console.labels import Labels
from api.console.rows import line_of, row_of
from api.deps import COOKIE
from api.house import House
from api.problems import AtTheEdge
from cases.errors import Malformed
from cases.store.watching import ids_after, newest_id, versions_of

router = APIRouter()
MOST_LINES = 200
MOST_NEW = 50
BREATH = 20.0
"""Seconds after which a silent stream says that it is alive, and the session is looked at again."""

_ID = re.compile(r"[0-9a-f]{32}")
HEADERS = {"Cache-Control": "no-store", "X-Accel-Buffering": "no"}


def looker(house: House) -> Look:
    """How the broadcast of a house looks."""

    def look(ids: frozenset[str], last: str | None) -> Seen:
        with house.office.database.reading() as connection:
            versions = versions_of(connection, ids)
            if last is None:
                return Seen(versions, (), newest_id(connection))
            opened = tuple(ids_after(connection, last, MOST_NEW))
        return Seen(versions, opened, opened[-1] if opened else last)

    return look


def broadcast_of(request: Request) -> Broadcast:
    """The broadcast of the house, on the loop that serves it."""
    state, loop = request.app.state, asyncio.get_running_loop()
    kept = getattr(state, "broadcast", None)
    if kept is None or kept[:2] != (state.house, loop):
        kept = state.broadcast = (state.house, loop, Broadcast(looker(state.house)))
    return kept[2]


@router.get("/stream")
async def stream(
    request: Request,
    seat: SeatOf,
    ids: Annotated[str, Query(max_length=33 * MOST_LINES)] = "",
    ticks: Annotated[str, Query(max_length=1)] = "",
) -> Response:
    """The events of these lines until the session ends or the page is left."""
    watched = frozenset(one for one in ids.split(",") if one)
    if len(watched) > MOST_LINES or not all(map(_ID.fullmatch, watched)):
        raise Malformed("案件标识不正确")
    broadcast = broadcast_of(request)
    if broadcast.full:
        raise AtTheEdge("rate_limited", "实时更新的人太多,请稍后刷新", {"Retry-After": "60"})
    told = events(broadcast, watched, Drawer(seat, bool(ticks)), request.cookies[COOKIE])
    return StreamingResponse(told, headers=HEADERS, media_type="text/event-stream")


class Drawer:
    """Draws what a listener is told."""

    def __init__(self, seat: Seat, ticks: bool) -> None:
        self.seat, self.ticks = seat, ticks
        self.labels = Labels(seat.house.office, seat.lang)

    def event(self, kind: str, case_id: str) -> str:
        """The event of a case as the listener may know it; a line that went out of sight is drawn as nothing, and a
        new case out of sight is no event."""
        house, reader = self.seat.house, self.seat.reader
        now = house.office.clock.now()
        with house.office.database.reading() as connection:
            piece = house.office.desk.pieces.one(connection, case_id)
            seen = piece is not None and house.may_know(connection, piece, reader)
            if kind == "more":
                return _event("more", {}) if seen else ""
            if piece is None or not seen:
                return _event("row", {"id": case_id, "html": ""})
            view = house.views.many(connection, [piece], reader, now, schemas=False)[0]
        macro = environment().get_template("row.html").make_module(speakers(self.seat.lang, now))
        line = line_of(row_of(view, self.labels), self.labels, now)
        html = macro.case_row(line, self.ticks)  # type: ignore[attr-defined]
        return _event("row", {"id": case_id, "html": str(html)})

    def is_in(self, session: str) -> bool:
        """Whether the session still stands; looking does not prolong it. What is drawn from now on is drawn for whoever
        it belongs to now: other roles or another organisation count at once."""
        try:
            caller = self.seat.house.identity.caller(session, touch=False)
        except AtTheEdge:
            return False
        if caller != self.seat.caller:
            self.seat = replace(self.seat, caller=caller)
        return True


async def events(broadcast: Broadcast, ids: frozenset[str], drawer: Drawer, session: str) -> AsyncIterator[str]:
    """What a listener is told; the session is looked at before anything is drawn."""
    async with broadcast.listening(ids) as listener:
        yield "retry: 10000\n\n"
        while True:
            told = await _next(listener)
            if not await run_sync(drawer.is_in, session):
                yield _event("over", {})
                return
            if listener.lost:
                listener.lost = False
                yield _event("stale", {})
            yield await run_sync(drawer.event, *told) if told else ": alive\n\n"


async def _next(listener: Listener) -> tuple[str, str] | None:
    """What happened within a breath, if anything did."""
    try:
        return await asyncio.wait_for(listener.queue.get(), BREATH)
    except TimeoutError:
        return None


def _event(kind: str, content: dict[str, str]) -> str:
    return f"event: {kind}\ndata: {json.dumps(content, ensure_ascii=False)}\n\n"
