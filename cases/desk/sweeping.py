"""Sweeping due clocks (时限巡查): warn, mark overdue, escalate, let the clock take its step; each rung once.

A rung that was missed during an outage fires later, in order, with its true due time. What does not live here: the
ladder (packs) and how often the sweep runs (the deadline flow).
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime, timedelta

from sqlalchemy import Connection

from cases.desk.desk import Desk, Order, Taken
from cases.desk.timing import rung_at
from cases.desk.working import Working
from cases.machines.clock_steps import Rung as RungForm
from cases.machines.roles import TIMEKEEPER, inside
from cases.packs.schema import Rung
from cases.piece import Piece
from cases.store.dues import DueClock, due_clocks
from cases.store.sheaf import Sheaf


@dataclass(slots=True)
class Swept:
    """What a batch came to: numbers of the cases by deed (warn, overdue, escalate, lapse verbs)."""

    deeds: dict[str, list[str]] = field(default_factory=dict)
    clocks: int = 0

    def add(self, other: Swept) -> None:
        """Count another batch in."""
        self.clocks += other.clocks
        for deed, numbers in other.deeds.items():
            self.deeds.setdefault(deed, []).extend(numbers)


@dataclass(frozen=True, slots=True)
class _Move:
    """A clock moves on to a rung, to be looked at again at a moment, if at all."""

    clock: DueClock
    rung: int
    next_at: datetime | None

    def write(self, sheaf: Sheaf) -> None:
        sheaf.update("deadline_move", self.rung, self.next_at, self.clock.id, self.clock.rung)


def sweep_batch(desk: Desk, connection: Connection, now: datetime, many: int) -> Swept:
    """Fire the next rung of up to ``many`` due clocks in one transaction; ``clocks`` is 0 when none is due.

    A case with two due clocks has only the earlier one fired in a batch; the other follows in the next.
    """
    clocks: dict[str, DueClock] = {}
    for clock in due_clocks(connection, now, many):
        clocks.setdefault(clock.case_id, clock)
    pieces = {p.id: p for p in desk.pieces.many(connection, clocks)}
    swept = Swept(clocks=len(clocks))
    lapsing = [o for c in clocks.values() if (o := _lapse(desk, pieces[c.case_id], c, now)) is not None]
    done = desk.take_steps(connection, lapsing, inside(TIMEKEEPER), now)
    left = dict(clocks)
    for order, taken in zip(lapsing, done, strict=True):
        if isinstance(taken, Taken):
            swept.deeds.setdefault(order.verb, []).append(taken.number)
            left.pop(order.case_id)
    _climb(desk, connection, left, pieces, now, swept)
    return swept


def _lapse(desk: Desk, piece: Piece, clock: DueClock, now: datetime) -> Order | None:
    """The step a clock takes itself when it has run out."""
    verb = desk.engines[piece.case_type].lapses.get(clock.code)
    return Order(piece.id, verb) if verb and clock.due_at <= now else None


def _climb(
    desk: Desk,
    connection: Connection,
    clocks: dict[str, DueClock],
    pieces: dict[str, Piece],
    now: datetime,
    swept: Swept,
) -> None:
    orders: list[Order] = []
    moves: dict[str, _Move] = {}
    for clock in clocks.values():
        piece = pieces[clock.case_id]
        pack = desk.shelf.pack(connection, clock.pack_id)
        rungs = pack.rungs(clock.code, piece.emergency)
        rung = clock.rung
        # A clock that takes a step of its own is also looked at between its rungs.
        if (at := _when(desk, rungs, clock, rung)) is not None and at <= now:
            orders.append(Order(piece.id, rungs[rung].deed, _form(clock, rungs[rung])))
            rung += 1
        following = _when(desk, rungs, clock, rung)
        moves[piece.id] = _Move(clock, rung, _with_lapse(desk, piece, clock, following, now))
    still = set(moves) - {order.case_id for order in orders}

    def move(working: Working, taken: Taken) -> None:
        moves[taken.case_id].write(working.sheaf)

    results = desk.take_steps(connection, orders, inside(TIMEKEEPER), now, also=move)
    for order, taken in zip(orders, results, strict=True):
        if isinstance(taken, Taken):
            swept.deeds.setdefault(order.verb, []).append(taken.number)
        else:
            still.add(order.case_id)
    _pass_over(desk, connection, [moves[case_id] for case_id in still])


def _when(desk: Desk, rungs: tuple[Rung, ...], clock: DueClock, n: int) -> datetime | None:
    return rung_at(rungs, n, clock.started_at, clock.due_at, clock.unit, desk.calendar)


def _with_lapse(
    desk: Desk, piece: Piece, clock: DueClock, following: datetime | None, now: datetime
) -> datetime | None:
    """A clock that takes a step of its own is looked at when it runs out, even if no rung falls there, and again every
    day while its step is refused."""
    if clock.code not in desk.engines[piece.case_type].lapses:
        return following
    again = now + timedelta(days=1) if clock.due_at <= now else clock.due_at
    return again if following is None else min(following, again)


def _form(clock: DueClock, rung: Rung) -> RungForm:
    return RungForm(clock=clock.code, n=rung.n, level=rung.level, due_at=clock.due_at, tell=rung.tell)


def _pass_over(desk: Desk, connection: Connection, moves: list[_Move]) -> None:
    """Clocks that have no rung left, or whose case takes no reminder now, move on without one."""
    if not moves:
        return
    sheaf = Sheaf()
    for move in moves:
        move.write(sheaf)
    desk.writer.write(connection, sheaf)


__all__ = ["Swept", "sweep_batch"]
