"""Who is told what changed (广播): one task looks for all who listen, and each gets what concerns the lines they see.

A listener's queue is bounded; who does not keep up is told to load the page again. Nothing of a case passes here but
its id. What does not live here: what somebody may know of a case (stream) and the query (store).
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import AsyncIterator, Callable, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass, field

from anyio.to_thread import run_sync
from sqlalchemy.exc import OperationalError

LOG = logging.getLogger("huiyin.console")
PAUSE = 2.0
"""Seconds between two looks."""

ROOM = 100
MOST_LISTENERS = 1_000


@dataclass(frozen=True, slots=True)
class Seen:
    """One look: the versions of the watched cases, and the cases opened since the last."""

    versions: Mapping[str, int] = field(default_factory=dict)
    opened: tuple[str, ...] = ()
    newest: str = ""


Look = Callable[[frozenset[str], str | None], Seen]
"""Looks at these cases, and at what was opened after this one; None: from now on."""


@dataclass(eq=False, slots=True)
class Listener:
    """Somebody who watches some lines. ``lost``: more happened than the queue holds."""

    ids: frozenset[str]
    queue: asyncio.Queue[tuple[str, str]]
    lost: bool = False

    def put(self, kind: str, case_id: str) -> None:
        """Tell of a case; what does not fit is lost, and that is remembered."""
        try:
            self.queue.put_nowait((kind, case_id))
        except asyncio.QueueFull:
            self.lost = True


class Broadcast:
    """One a process and event loop; it looks only while somebody listens."""

    def __init__(self, look: Look, pause: float = PAUSE) -> None:
        self._look, self._pause = look, pause
        self._listeners: set[Listener] = set()
        self._known: dict[str, int] = {}
        self._newest: str | None = None
        self._task: asyncio.Task[None] | None = None

    @property
    def full(self) -> bool:
        """Whether no more can listen."""
        return len(self._listeners) >= MOST_LISTENERS

    @asynccontextmanager
    async def listening(self, ids: frozenset[str]) -> AsyncIterator[Listener]:
        """Listen for these cases, and for new ones."""
        listener = Listener(ids, asyncio.Queue(ROOM))
        self._listeners.add(listener)
        if self._task is None or self._task.done():
            self._known, self._newest = {}, None
            self._task = asyncio.create_task(self._run())
        try:
            yield listener
        finally:
            self._listeners.discard(listener)
            if not self._listeners:
                self._task.cancel()
                self._task = None

    async def _run(self) -> None:
        while True:
            watched = frozenset[str]().union(*(one.ids for one in self._listeners))
            try:
                seen = await run_sync(self._look, watched, self._newest)
            except OperationalError:
                LOG.warning("the database did not answer; the console looks again")
            else:
                self._tell(seen)
            await asyncio.sleep(self._pause)

    def _tell(self, seen: Seen) -> None:
        changed = {one for one, version in seen.versions.items() if self._known.get(one, version) != version}
        self._known, self._newest = dict(seen.versions), seen.newest
        for listener in self._listeners:
            for case_id in changed & listener.ids:
                listener.put("row", case_id)
            for case_id in seen.opened:
                listener.put("more", case_id)
