"""Every flow and how it runs (流程清单): four lanes drained by a warm process, and the nightly flow on a schedule.

The process looks for work by cheap questions and calls a lane's flow when there is some; nothing runs when nothing
waits. An error in one lane is logged and tried again after a growing pause; the others go on. What does not live here:
what a flow does.
"""

from __future__ import annotations

import asyncio
import logging
import tempfile
import threading
import time
from collections.abc import Awaitable, Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import prefect
from prefect.runner import Runner
from prefect.schedules import Cron
from prefect.settings import PREFECT_API_URL, temporary_settings

from cases.clocks import ALARM_SECONDS, database_drift
from cases.office import Office, open_office
from cases.settings import Settings
from workflows import deadlines, delivery, families, nightly, routing, server
from workflows.gates.health import wait_for
from workflows.gates.messages import Messages
from workflows.gates.webhook import Webhooks
from workflows.postroom import PostRoom, check_lease
from workflows.room import Question, Room, working_in

LOG = logging.getLogger("huiyin.worker")

LONGEST_BACK_OFF = 30.0
DRIFT_EVERY = 3600.0
ZONE = "Asia/Shanghai"


@dataclass(slots=True)
class Lane:
    """One lane: its question, its flow, and how it is doing. One run at a time, but for one that only waits for its
    last answers."""

    name: str
    question: Question
    flow: Callable[[], Awaitable[Any]]
    runs: set[asyncio.Task[None]] = field(default_factory=set)
    failures: int = 0
    not_before: float = 0.0

    def may_start(self, room: Room) -> bool:
        """Whether a run could begin now."""
        going = [run for run in self.runs if not run.done()]
        free = not going or (self.name in room.handed_over and len(going) < 2)
        return free and time.monotonic() >= self.not_before

    def start(self, room: Room) -> None:
        """Begin a run."""
        room.handed_over.discard(self.name)
        run = asyncio.create_task(self._run(room), name=self.name)
        self.runs.add(run)
        run.add_done_callback(self.runs.discard)

    async def _run(self, room: Room) -> None:
        try:
            await self._call_flow(room)
        except Exception:
            self.failures += 1
            pause = min(LONGEST_BACK_OFF, 2.0**self.failures)
            self.not_before = time.monotonic() + pause
            LOG.exception("lane %s failed; trying again in %.0f s", self.name, pause)
        else:
            self.failures = 0

    async def _call_flow(self, room: Room) -> None:
        """Runs begin one after the other: two beginning together trip over each other in a server on SQLite, and
        Prefect then waits for seconds."""
        with prefect.tags("huiyin", self.name):
            async with room.beginning:
                room.begun.clear()
                run = asyncio.ensure_future(self.flow())
                begun = asyncio.create_task(room.begun.wait())
                await asyncio.wait({run, begun}, return_when=asyncio.FIRST_COMPLETED)
                begun.cancel()
            await run


def lanes() -> list[Lane]:
    """The lanes of the house."""
    return [
        Lane(routing.NAME, routing.something_to_route, routing.route),
        Lane(delivery.NAME, delivery.something_to_deliver, delivery.deliver),
        Lane(deadlines.NAME, deadlines.anything_due, deadlines.sweep),
        Lane(families.NAME, families.anything_pending, families.lead),
    ]


async def work(settings: Settings, stop: asyncio.Event, *, scheduled: bool = True) -> None:
    """Work until ``stop`` is set: look for work, run the lanes, serve what is scheduled.

    Waits for the Prefect server first. Raises ValueError when the lease is shorter than a try may take, PackBroken
    when the installation was not prepared.
    """
    check_lease(settings)
    with temporary_settings({PREFECT_API_URL: settings.prefect_url}):
        if not await _prefect_is_up(settings, stop):
            return
        office = open_office(settings)
        schedule = Schedule(settings) if scheduled else None
        try:
            async with (
                Webhooks(settings.connect_seconds, settings.answer_seconds, settings.approved_networks) as webhooks,
                Messages(settings) as messages,
            ):
                room = Room(office, PostRoom(office, webhooks, messages), stop)
                with working_in(room):
                    await _keep_lanes(room, lanes(), stop)
        finally:
            if schedule is not None:
                await schedule.end()
            office.close()


async def _prefect_is_up(settings: Settings, stop: asyncio.Event) -> bool:
    while not stop.is_set():
        if await wait_for(server.health_url(settings), 5.0):
            return True
        LOG.info("waiting for the Prefect server at %s", server.page_url(settings))
    return False


async def _keep_lanes(room: Room, every: list[Lane], stop: asyncio.Event) -> None:
    look_at_clock = time.monotonic()
    while not stop.is_set():
        for lane in every:
            if lane.may_start(room) and await _is_needed(lane, room):
                lane.start(room)
        if time.monotonic() >= look_at_clock:
            look_at_clock = time.monotonic() + DRIFT_EVERY
            await _compare_clocks(room.office)
        await _sleep(room.office.settings.poll_seconds, stop)
    for lane in every:
        await asyncio.gather(*lane.runs, return_exceptions=True)


async def _is_needed(lane: Lane, room: Room) -> bool:
    try:
        return await room.asks(lane.question)
    except Exception:
        lane.failures += 1
        lane.not_before = time.monotonic() + min(LONGEST_BACK_OFF, 2.0**lane.failures)
        LOG.exception("the question of lane %s could not be put", lane.name)
        return False


async def _compare_clocks(office: Office) -> None:
    try:
        apart = await asyncio.to_thread(database_drift, office.database)
    except Exception:
        LOG.exception("the clocks could not be compared")
        return
    if abs(apart) > ALARM_SECONDS:
        LOG.error("this machine's clock and the database's are %.1f s apart", apart)


async def _sleep(seconds: float, stop: asyncio.Event) -> None:
    try:
        await asyncio.wait_for(stop.wait(), seconds)
    except TimeoutError:
        return


@contextmanager
def _own_temporary_folder(folder: Path) -> Iterator[None]:
    """Prefect's runner keeps its files under one name in the machine's temporary folder, which belongs to whichever
    user came first; here it makes them in the installation's own."""
    folder.mkdir(parents=True, exist_ok=True)
    before = tempfile.tempdir
    tempfile.tempdir = str(folder.absolute())
    try:
        yield
    finally:
        tempfile.tempdir = before


class Schedule:
    """The nightly flow as a deployment of this process. Prefect's runner wants signal handlers where it is the main
    thread, so it gets a thread and a loop of its own; each scheduled run is a process of its own."""

    def __init__(self, settings: Settings) -> None:
        self._settings = settings
        self._end = threading.Event()
        self._thread = threading.Thread(target=self._live, name="schedule", daemon=True)
        self._thread.start()

    async def end(self) -> None:
        """Stop serving; a run under way is ended with it and is taken up by the next schedule."""
        self._end.set()
        await asyncio.to_thread(self._thread.join, 30.0)

    def _live(self) -> None:
        with temporary_settings({PREFECT_API_URL: self._settings.prefect_url}):
            while not self._end.is_set():
                try:
                    asyncio.run(self._serve())
                except Exception:
                    LOG.exception("the schedule could not be served; trying again in %.0f s", LONGEST_BACK_OFF)
                    self._end.wait(LONGEST_BACK_OFF)

    async def _serve(self) -> None:
        with _own_temporary_folder(self._settings.home / "prefect" / "runs"):
            runner = Runner(name="huiyin", pause_on_shutdown=False, query_seconds=2)
        cron = Cron(self._settings.nightly, timezone=ZONE)
        await runner.aadd_flow(nightly.nightly, name=nightly.NAME, schedules=[cron], tags=["huiyin", nightly.NAME])
        serving = asyncio.create_task(runner.start())
        ended = asyncio.create_task(asyncio.to_thread(self._end.wait))
        await asyncio.wait({serving, ended}, return_when=asyncio.FIRST_COMPLETED)
        if not serving.done():
            await runner.astop()
        await serving
