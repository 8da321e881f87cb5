"""The loop: everybody acts, nothing is under way, and only then the time jumps; parked messages are sent again."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

import pytest

from api.demo import clockwork
from api.demo.cast import departments_of
from api.demo.clockwork import TICK, Clockwork, Players, Stalled
from api.receiver.client import Client
from api.receiver.telephone import Plans
from cases.desk.courier import settle_batch
from cases.store.endpoints import set_endpoint
from cases.store.notices import Fate, claim
from tests.api.demo.stage import Stage
from tests.api.world import World
from tests.builders import FIRE, STATION
from tests.cases.counter import Counter
from tests.people import LI


class Departments:
    """All departments as the conductor hears them: each task is answered half a day after it arrived."""

    def __init__(self, counter: Counter) -> None:
        self.counter = counter
        self.deaf = {FIRE}
        self.told: list[datetime] = []
        self.heard: dict[str, datetime] = {}

    def arrived(self, case_id: str) -> None:
        self.heard.setdefault(case_id, self.counter.now + timedelta(hours=12))

    def tell(self, now: datetime) -> Plans:
        self.told.append(now)
        for case_id, moment in list(self.heard.items()):
            piece = self.counter.piece(case_id)
            if moment <= now and piece.is_open and piece.case_type == "assignment":
                self.counter.conclude(piece)
        return self.plans()

    def plans(self) -> Plans:
        waiting = [moment for moment in self.heard.values() if moment > self.counter.now]
        return Plans(0, min(waiting, default=None), 0, ())

    busy = plans

    def accept(self, org: str) -> None:
        self.deaf.discard(org)


class Worker:
    """What the flows do, done when the conductor looks whether a process has died."""

    def __init__(self, counter: Counter, departments: Departments) -> None:
        self.counter, self.departments = counter, departments
        self.tries: dict[str, int] = {}

    def __call__(self) -> None:
        self.counter.route()
        self.counter.sweep()
        with self.counter.database.writing() as connection:
            claimed = claim(connection, self.counter.now, 100, 30)
        fates = [self._fate(notice) for notice in claimed]
        if fates:
            with self.counter.database.writing() as connection:
                settle_batch(self.counter.desk, connection, fates, self.counter.now)

    def _fate(self, notice: Any) -> Fate:
        now = self.counter.now
        if notice.recipient not in self.departments.deaf:
            if notice.event == "assignment.open":
                self.departments.arrived(notice.case_id)
            return Fate(notice, "delivered", "test", now)
        self.tries[notice.id] = self.tries.get(notice.id, 0) + 1
        if self.tries[notice.id] < 3:
            return Fate(notice, "retry", "test", now, next_at=now + timedelta(hours=1))
        return Fate(notice, "parked", "test", now)


class Clock:
    """The clock of the world, which may only go on."""

    def __init__(self, world: World) -> None:
        self.world = world
        self.jumps: list[datetime] = []

    def now(self) -> datetime:
        return self.world.clock.now()

    def jump_to(self, moment: datetime) -> None:
        self.jumps.append(moment)
        self.world.clock.jump(moment)


class House:
    """Everything one loop needs."""

    def __init__(self, world: World) -> None:
        self.stage = Stage(world)
        with world.office.database.writing() as connection:
            for one in departments_of(world.office.pack):
                set_endpoint(connection, one.code, "https://d.example/hook", (), "-", world.counter.now)
        self.departments = Departments(world.counter)
        self.worker = Worker(world.counter, self.departments)
        self.clock = Clock(world)
        self.shown: list[tuple[datetime, int]] = []
        heads: tuple[Client, ...] = (self.stage.client(LI),)
        players = Players({STATION: self.stage.operator}, self.stage.reporters, self.departments, heads)  # type: ignore[arg-type]
        self.loop = Clockwork(
            world.office,
            self.clock,  # type: ignore[arg-type]
            players,
            self.stage.diary,
            self.worker,
            lambda now, open_clues: self.shown.append((now, open_clues)),
        )


@pytest.fixture
def house(world: World) -> House:
    return House(world)


def test_a_report_is_played_to_its_archive_and_parked_messages_are_sent_again(house: House):
    line = house.stage.bring("1")
    house.loop.run()
    assert house.stage.state(line) == "archived"
    assert line.answer
    assert house.stage.diary.parked == 1
    tasks = house.stage.world.counter.tasks(line.case_id)
    assert {task.state for task in tasks} >= {"concluded"}
    assert house.shown[-1][1] == 0


def test_time_jumps_forward_to_whole_ticks_and_is_told_to_the_departments(house: House):
    house.stage.bring("1")
    house.loop.run()
    jumps = house.clock.jumps
    assert jumps == sorted(jumps)
    assert house.departments.told[1:] == jumps
    assert all(moment.minute % 5 == 0 and moment.second == moment.microsecond == 0 for moment in jumps)
    assert house.loop.jumps == len(jumps) > 5
    assert timedelta(minutes=5) == TICK


def test_an_empty_office_is_over_at_once(house: House):
    house.loop.run()
    assert house.clock.jumps == []


def test_a_dead_process_ends_the_play(house: House):
    def dead() -> None:
        raise OSError("worker ended")

    house.loop.check = dead
    with pytest.raises(OSError, match="worker ended"):
        house.loop.run()


def test_what_never_moves_is_said_and_not_jumped_over(house: House, monkeypatch: pytest.MonkeyPatch):
    """Nobody delivers: the notice stays due, and the clock stays where it is."""
    monkeypatch.setattr(clockwork, "STALL_SECONDS", 0.05)
    monkeypatch.setattr(clockwork, "BEAT_SECONDS", 0.01)
    house.stage.bring("1")
    house.loop.check = lambda: None
    with pytest.raises(Stalled, match="to be routed: 1"):
        house.loop.run()
    assert house.clock.jumps == []


def test_a_receiver_that_never_hears_is_given_up_after_some_replays(house: House, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(Departments, "accept", lambda self, org: None)
    line = house.stage.bring("1")
    house.loop.run()
    assert house.stage.state(line) != "archived"
    assert house.stage.diary.parked == clockwork.MOST_REPLAYS
