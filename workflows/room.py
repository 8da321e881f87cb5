"""What a flow works with (流程间): the open office, the post room, and when to stop; the same for every lane.

A flow takes no parameters; it finds its room here. What does not live here: any flow, any socket.
"""

from __future__ import annotations

import asyncio
import time
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from datetime import datetime
from typing import TypeVar

from sqlalchemy import Connection

from cases.office import Office
from cases.ports import BEIJING
from workflows.postroom import PostRoom

Answer = TypeVar("Answer")
Question = Callable[[Connection, datetime], bool]
Work = Callable[[Connection, datetime], Answer]

_ROOM: ContextVar[Room] = ContextVar("room")


class Window:
    """How long one flow run goes on: until its time is up, nothing has come for a while, or the house closes."""

    def __init__(self, seconds: float, linger: float, closing: asyncio.Event) -> None:
        self._until = time.monotonic() + seconds
        self._linger = linger
        self._closing = closing
        self._worked_at = time.monotonic()

    def is_open(self) -> bool:
        """Whether the run should look for more."""
        now = time.monotonic()
        return not self._closing.is_set() and now < self._until and now - self._worked_at <= self._linger

    def worked(self) -> None:
        """There was something to do just now."""
        self._worked_at = time.monotonic()


@dataclass
class Room:
    """``handed_over`` holds the lanes whose run has stopped looking for work and only waits for its last answers; the
    next run of such a lane may begin. ``begun`` is set when a run has got as far as looking for work;
    ``beginning`` lets runs begin one after the other."""

    office: Office
    post: PostRoom
    closing: asyncio.Event = field(default_factory=asyncio.Event)
    handed_over: set[str] = field(default_factory=set)
    begun: asyncio.Event = field(default_factory=asyncio.Event)
    beginning: asyncio.Lock = field(default_factory=asyncio.Lock)

    def window(self) -> Window:
        """The window of a run that begins now."""
        self.begun.set()
        settings = self.office.settings
        return Window(settings.window_seconds, settings.linger_seconds, self.closing)

    async def asks(self, question: Question) -> bool:
        """Put a cheap question to the database."""
        return await asyncio.to_thread(self._asks, question)

    def _asks(self, question: Question) -> bool:
        with self.office.database.reading() as connection:
            return question(connection, self.office.clock.now())

    async def does(self, work: Work[Answer]) -> Answer:
        """Do one piece of work in one transaction, in a thread."""
        return await asyncio.to_thread(self._does, work)

    def _does(self, work: Work[Answer]) -> Answer:
        now = self.office.clock.now()
        with self.office.database.writing() as connection:
            return work(connection, now)

    async def pause(self) -> None:
        """The pause between two looks."""
        await asyncio.sleep(self.office.settings.poll_seconds)

    async def while_there_is(self, question: Question) -> AsyncIterator[Window]:
        """Once for each time the question is answered yes, until the window closes."""
        window = self.window()
        while window.is_open():
            if await self.asks(question):
                yield window
            else:
                await self.pause()

    def run_name(self, lane: str) -> str:
        """The name a run shows: the lane and the office's time."""
        return f"{lane} {self.office.clock.now().astimezone(BEIJING):%Y-%m-%d %H:%M:%S}"


def here() -> Room:
    """The room this flow works in; LookupError outside one."""
    return _ROOM.get()


@contextmanager
def working_in(room: Room) -> Iterator[Room]:
    """Everything called inside finds this room."""
    token = _ROOM.set(room)
    try:
        yield room
    finally:
        _ROOM.reset(token)
