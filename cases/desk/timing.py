"""Starting and stopping the clocks of a case (时限起止): which limit, from when, until when, and when to look again.

A clock row freezes the limit, the pack and the calendar it was computed from. What does not live here: counting
(rules) and what happens when a rung is reached (sweeping).
"""

from __future__ import annotations

import json
from datetime import date, datetime, time

from cases.engine import Outcome
from cases.grammar import Clock
from cases.ids import new_id
from cases.packs.schema import Limit, Pack, Rung
from cases.piece import Piece
from cases.ports import BEIJING
from cases.rules.calendar import Calendar
from cases.rules.counting import due, later
from cases.rules.spans import parse_rule, span_of
from cases.rules.worktime import WORKING_UNITS, moment_at_share, sla_start
from cases.store.sheaf import Sheaf

DAY_ENDS = time(23, 59, 59)


def start_clock(sheaf: Sheaf, piece: Piece, clock: Clock, pack: Pack, calendar: Calendar, now: datetime) -> None:
    """Write the row of a clock that starts now; a clock the pack gives no limit is not started."""
    limit = pack.clock_limit(piece.case_type, clock.code, pack.matter(piece.matter or ""), piece.emergency)
    if limit is None:
        piece.clocks = {c: d for c, d in piece.clocks.items() if c != clock.code}
        return
    start = _start(limit, calendar, now)
    span = span_of(limit.amount, limit.unit, limit.rolls)
    counted = due(start, span, calendar)
    _write(
        sheaf,
        piece,
        clock,
        pack,
        calendar,
        Running(limit.code, limit.amount, limit.unit, start, counted.at, counted.provisional),
    )


def start_given(
    sheaf: Sheaf, piece: Piece, clock: Clock, pack: Pack, calendar: Calendar, span: tuple[datetime, date]
) -> None:
    """Write the row of a clock whose last day was set by hand, such as the term of an order to rectify."""
    now, last = span
    end = datetime.combine(last, DAY_ENDS, BEIJING)
    days = (last - now.astimezone(BEIJING).date()).days
    running = Running("given", days, "d", now, end, not calendar.knows(last))
    _write(sheaf, piece, clock, pack, calendar, running)


class Running:
    """A clock about to run: its limit, start and end."""

    __slots__ = ("amount", "due_at", "limit", "provisional", "started", "unit")

    def __init__(
        self, limit: str, amount: int, unit: str, started: datetime, due_at: datetime, provisional: bool
    ) -> None:
        self.limit, self.amount, self.unit = limit, amount, unit
        self.started, self.due_at, self.provisional = started, due_at, provisional


def _start(limit: Limit, calendar: Calendar, now: datetime) -> datetime:
    """A service limit starts in office hours (CR11); a statutory one starts at receipt."""
    return sla_start(now, calendar) if not limit.law and limit.unit in WORKING_UNITS else now


def _write(sheaf: Sheaf, piece: Piece, clock: Clock, pack: Pack, calendar: Calendar, run: Running) -> None:
    rungs = pack.rungs(clock.code, piece.emergency)
    first = rung_at(rungs, 0, run.started, run.due_at, run.unit, calendar) if rungs else None
    if clock.lapse and (first is None or run.due_at < first):
        first = run.due_at
    piece.clocks = {**piece.clocks, clock.code: run.due_at.isoformat()}
    sheaf.insert(
        "deadline",
        id=new_id(),
        case_id=piece.id,
        code=clock.code,
        limit_code=run.limit,
        amount=run.amount,
        unit=run.unit,
        started_at=run.started,
        due_at=run.due_at,
        next_at=first,
        rung=0,
        stopped_at=None,
        provisional=run.provisional,
        basis=json.dumps({"limit": run.limit}, ensure_ascii=False),
        pack_id=piece.pack_id,
        calendar=calendar.version,
    )


def rung_at(
    rungs: tuple[Rung, ...], n: int, started: datetime, due_at: datetime, unit: str, calendar: Calendar
) -> datetime | None:
    """When the n-th rung (from 0) of a ladder is reached; None past the last."""
    if n >= len(rungs):
        return None
    at = rungs[n].at
    if at.endswith("%"):
        return moment_at_share(started, due_at, int(at[:-1]) / 100, unit, calendar)
    _, _, offset = at.partition("+")
    return later(due_at, parse_rule(offset), calendar) if offset else due_at


def time_step(sheaf: Sheaf, outcome: Outcome, pack: Pack, calendar: Calendar, now: datetime) -> None:
    """Stop and start the clocks a step stops and starts, and note the nearest due moment on the case."""
    piece = outcome.piece
    for clock in outcome.stops:
        sheaf.stop_clock(piece.id, clock.code, now)
    for clock in outcome.starts:
        if clock.given:
            start_given(sheaf, piece, clock, pack, calendar, (now, getattr(outcome.form, clock.given)))
        else:
            start_clock(sheaf, piece, clock, pack, calendar, now)
    note_next_due(piece)
    if not piece.is_open and piece.closed_at is None:
        piece.closed_at = now
    elif piece.is_open:
        piece.closed_at = None


def note_next_due(piece: Piece) -> None:
    """The nearest due moment among the running clocks."""
    moments = [datetime.fromisoformat(d) for d in piece.clocks.values() if d]
    piece.next_due = min(moments, default=None)
