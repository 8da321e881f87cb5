"""Sweeping due clocks (时限巡查): warn, mark overdue, supervise, escalate, go on, take a step; each rung once.

A rung that was missed during an outage fires later, in order, with its true due time; a stand that ended meanwhile ends
when it was due to end. What does not live here: the ladder (packs) and how often the sweep runs (the deadline flow).
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import UTC, datetime

from sqlalchemy import Connection

from cases.desk.desk import Beside, Desk, Order, Taken
from cases.desk.digesting import coalesce
from cases.desk.timing import rungs_of
from cases.desk.working import Working
from cases.engine import owner_of
from cases.errors import NotNow
from cases.machines.clock_steps import GoOn
from cases.machines.clock_steps import Rung as RungForm
from cases.machines.roles import TIMEKEEPER, inside
from cases.packs.schema import Rung
from cases.piece import Piece
from cases.rules.terms import WAIT, rung_at
from cases.store.dues import RunningClock, due_clocks
from cases.store.sheaf import Sheaf

RESUME = "resume_clock"


@dataclass(slots=True)
class Swept:
    """What a batch came to: numbers of the cases by deed (warn, overdue, supervise, escalate, lapse verbs)."""

    deeds: dict[str, list[str]] = field(default_factory=dict)
    clocks: int = 0

    def add(self, other: Swept) -> None:
        """Count another batch in."""
        self.clocks += other.clocks
        for deed, numbers in other.deeds.items():
            self.deeds.setdefault(deed, []).extend(numbers)


@dataclass(frozen=True, slots=True)
class _Move:
    """A clock moves on to a rung, to be looked at again at a moment, if at all; unless it was moved meanwhile, by the
    step of another case in this very batch."""

    clock: RunningClock
    rung: int
    next_at: datetime | None

    def write(self, sheaf: Sheaf) -> None:
        was = self.clock
        sheaf.update("deadline_rung", self.rung, self.next_at, was.id, was.rung, was.next_at)


def sweep_batch(desk: Desk, connection: Connection, now: datetime, many: int) -> Swept:
    """Fire the next rung of up to ``many`` due clocks in one transaction; ``clocks`` is 0 when none is due.

    A case with two due clocks has only the earlier one fired in a batch; the other follows in the next.
    """
    clocks: dict[str, RunningClock] = {}
    for clock in due_clocks(connection, now, many):
        clocks.setdefault(clock.case_id, clock)
    pieces = {p.id: p for p in desk.pieces.many(connection, clocks)}
    return _Sweep(desk, connection, now, pieces).run(clocks)


class _Sweep:
    """One batch of due clocks, one a case."""

    def __init__(self, desk: Desk, connection: Connection, now: datetime, pieces: dict[str, Piece]) -> None:
        self.desk, self.connection, self.now, self.pieces = desk, connection, now, pieces
        self.tried: set[str] = set()

    def run(self, clocks: dict[str, RunningClock]) -> Swept:
        swept = Swept(clocks=len(clocks))
        own = [order for clock in clocks.values() if (order := self._own_step(clock)) is not None]
        self.tried = {order.case_id for order in own}
        done = self.desk.take_steps(self.connection, own, inside(TIMEKEEPER), self.now)
        left = dict(clocks)
        for order, taken in zip(own, done, strict=True):
            if isinstance(taken, Taken):
                swept.deeds.setdefault(order.verb, []).append(taken.number)
                left.pop(order.case_id)
        self._climb(left, swept)
        return swept

    def _own_step(self, clock: RunningClock) -> Order | None:
        """The step a clock takes itself: to go on when its stand is over, or what it does when it has run out."""
        if clock.stands_since is not None:
            over = clock.stands_until is not None and clock.stands_until <= self.now
            return Order(clock.case_id, RESUME, GoOn(clock=clock.code, at=clock.stands_until)) if over else None
        verb = self._lapse(clock)
        if not verb or clock.due_at > self.now:
            return None
        # First every reminder up to the end, also those an outage held up; then the step.
        rung = self._reached(self._rungs(clock), clock, clock.rung)
        return None if rung is not None and rung <= clock.due_at else Order(clock.case_id, verb)

    def _lapse(self, clock: RunningClock) -> str | None:
        return self.desk.engines[self.pieces[clock.case_id].case_type].lapses.get(clock.code)

    def _climb(self, clocks: dict[str, RunningClock], swept: Swept) -> None:
        orders: list[Order] = []
        moves: dict[str, _Move] = {}
        for clock in clocks.values():
            rungs = self._rungs(clock)
            rung, at = clock.rung, self._reached(rungs, clock, clock.rung)
            # A clock that takes a step of its own is also looked at between its rungs.
            if at is not None and at <= self.now and clock.stands_since is None:
                orders.append(Order(clock.case_id, rungs[rung].deed, self._form(clock, rungs[rung], at)))
                rung += 1
            moves[clock.case_id] = _Move(clock, rung, self._look_again(clock, self._reached(rungs, clock, rung)))
        still = set(moves) - {order.case_id for order in orders}

        def move(working: Working, taken: Taken) -> None:
            moves[taken.case_id].write(working.sheaf)

        beside = Beside(each=move, last=coalesce)
        results = self.desk.take_steps(self.connection, orders, inside(TIMEKEEPER), self.now, also=beside)
        for order, taken in zip(orders, results, strict=True):
            if isinstance(taken, Taken):
                swept.deeds.setdefault(order.verb, []).append(taken.number)
                continue
            still.add(order.case_id)
            if not isinstance(taken, NotNow):
                # Whatever stood in the way, the rung is not lost: it is tried again.
                clock = clocks[order.case_id]
                moves[order.case_id] = _Move(clock, clock.rung, self.now + WAIT)
        self._pass_over([moves[case_id] for case_id in still])

    def _form(self, clock: RunningClock, rung: Rung, at: datetime) -> RungForm:
        piece = self.pieces[clock.case_id]
        row = self.desk.engines[piece.case_type].clocks[clock.code]
        return RungForm(
            clock=clock.code,
            n=rung.n,
            level=rung.level,
            due_at=clock.due_at,
            reached_at=at.astimezone(UTC),
            tell=rung.tell,
            owner=owner_of(piece, row) or "",
            issuer=rung.issuer,
        )

    def _rungs(self, clock: RunningClock) -> tuple[Rung, ...]:
        pack = self.desk.shelf.pack(self.connection, clock.pack_id)
        return rungs_of(pack, self.pieces[clock.case_id], clock.code)

    def _reached(self, rungs: tuple[Rung, ...], clock: RunningClock, n: int) -> datetime | None:
        if n >= len(rungs):
            return None
        calendar = self.desk.calendar_of(clock.hours)
        return rung_at(rungs, n, clock.term, clock.due_at, calendar)

    def _look_again(self, clock: RunningClock, following: datetime | None) -> datetime | None:
        """A clock that takes a step of its own is looked at when it runs out, even if no rung falls there, and again
        every day while its step is refused; so is one whose stand could not be ended."""
        if clock.stands_since is not None:
            return self.now + WAIT if clock.case_id in self.tried else clock.stands_until
        if not self._lapse(clock):
            return following
        again = self.now + WAIT if clock.case_id in self.tried else max(clock.due_at, self.now)
        return again if following is None else min(following, again)

    def _pass_over(self, moves: list[_Move]) -> None:
        """Clocks that have no rung left, or whose case takes no reminder now, move on without one."""
        if not moves:
            return
        sheaf = Sheaf()
        for move in moves:
            move.write(sheaf)
        self.desk.writer.write(self.connection, sheaf)


__all__ = ["Swept", "sweep_batch"]
