"""The clockwork (走时): lets everybody act, waits until nothing is under way, and only then lets the time jump.

Nothing is skipped: the retry schedule, the limits and the people's habits are the real ones, only the waiting between
them is left out. What does not live here: what anybody does when it is their turn.
"""

from __future__ import annotations

import logging
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Protocol

from api.demo.diary import Diary
from api.demo.reporters import Reporters
from api.receiver.client import Client
from api.receiver.telephone import Plans, Telephone
from cases.clocks import SimulatedClock
from cases.office import Office
from cases.store.stillness import Stillness, busy_desks, given_up, stillness

log = logging.getLogger(__name__)

BEAT_SECONDS = 0.1
STALL_SECONDS = 180.0
"""Real seconds without any change after which something is broken, not slow."""

TICK = timedelta(minutes=5)
"""Jumps land on whole ticks, so that what falls due within one is done together."""

HORIZON = timedelta(days=200)
MOST_REPLAYS = 5


class Stalled(Exception):
    """Something is under way for ever; the message says what."""


class Desk(Protocol):
    """Somebody with cases on the desk: an operator of a station, a supervisor of an issuing office."""

    def work(self) -> int: ...

    def answered(self) -> list[str]: ...


@dataclass(frozen=True)
class Players:
    """Everybody who acts by themselves when it is their turn. ``heads`` may have parked messages sent again."""

    operators: Mapping[str, Desk]
    reporters: Reporters
    telephone: Telephone
    heads: tuple[Client, ...]


@dataclass
class Clockwork:
    """The loop. ``check`` raises when a process has died, ``show`` is told the time and how many clues are open."""

    office: Office
    clock: SimulatedClock
    players: Players
    diary: Diary
    check: Callable[[], None]
    show: Callable[[datetime, int], None]
    jumps: int = 0
    _polled: int = -1
    _heard: int = -1
    _replays: dict[str, int] = field(default_factory=dict)
    _signs: tuple[object, ...] = ()
    _changed_at: float = 0.0

    def run(self) -> None:
        """Play until nothing will ever become due. Raises Stalled, or whatever ``check`` raises."""
        began = self.clock.now()
        plans = self.players.telephone.tell(began)
        self._changed_at = time.monotonic()
        while True:
            self.check()
            now = self.clock.now()
            state = self._state(now)
            self.show(now, state.open_clues)
            if self._play(state, now):
                continue
            if not state.still or plans.in_flight:
                self._watch(state, plans)
                time.sleep(BEAT_SECONDS)
                plans = self.players.telephone.busy()
                continue
            if state.tries != self._heard:
                self._heard, plans = state.tries, self.players.telephone.plans()
            if plans.in_flight or self._state(now) != state:
                continue
            if self._unpark():
                continue
            moment = self._next(state, plans)
            if moment is None or moment > began + HORIZON:
                return
            plans = self._jump(max(moment, now))

    def _state(self, now: datetime) -> Stillness:
        with self.office.database.reading() as connection:
            return stillness(connection, now)

    def _play(self, state: Stillness, now: datetime) -> bool:
        """Whether anybody did something."""
        done = 0
        if state.entries != self._polled:
            self._polled = state.entries
            with self.office.database.reading() as connection:
                desks = busy_desks(connection)
            for station in desks:
                operator = self.players.operators.get(station)
                if operator is not None:
                    done += operator.work()
                    self.players.reporters.hear(operator.answered(), now)
        return bool(done + self.players.reporters.work(now))

    def _watch(self, state: Stillness, plans: Plans) -> None:
        """Raise when nothing has changed for too long."""
        signs = (state.waiting_now, state.sending, state.routing, state.due_now, state.entries, plans.in_flight)
        if signs != self._signs:
            self._signs, self._changed_at = signs, time.monotonic()
        elif time.monotonic() - self._changed_at > STALL_SECONDS:
            names = ("due notices", "being sent", "to be routed", "due clocks", "entries", "tasks in flight")
            raise Stalled(", ".join(f"{name}: {sign}" for name, sign in zip(names, signs, strict=True)))

    def _unpark(self) -> bool:
        """A receiver for whom everything is parked takes messages in again, and they are sent again; answers whether
        any were."""
        with self.office.database.reading() as connection:
            parked = given_up(connection)
        sent = 0
        for recipient in parked:
            self._replays[recipient] = self._replays.get(recipient, 0) + 1
            if self._replays[recipient] > MOST_REPLAYS:
                continue
            self.players.telephone.accept(recipient)
            for head in self.players.heads:
                sent += int(head.ask("POST", "/deliveries/replay", {"recipient": recipient})["replayed"])
        self.diary.parked += sent
        return sent > 0

    def _next(self, state: Stillness, plans: Plans) -> datetime | None:
        moments = (state.next_at, plans.next_at, self.players.reporters.next_at)
        return min((moment for moment in moments if moment is not None), default=None)

    def _jump(self, moment: datetime) -> Plans:
        """Let the time jump to the first whole tick not before the moment."""
        passed = moment.astimezone(UTC) - datetime.min.replace(tzinfo=UTC)
        target = moment + (-passed % TICK)
        log.info("jump %d to %s", self.jumps, target.isoformat())
        self.clock.jump_to(target)
        self.jumps += 1
        self._changed_at = time.monotonic()
        return self.players.telephone.tell(target)
