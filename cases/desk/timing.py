"""Starting and stopping the clocks of a case (时限起止): which limit, from when, until when, and when to look again.

A clock row freezes the limit, the office hours, the pack and the calendar it was computed from. What does not live
here: counting (rules), what moves a running clock (adjusting) and what happens when a rung is reached (sweeping).
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from functools import lru_cache

from sqlalchemy import Connection

from cases.desk.working import Working
from cases.engine import Outcome, owner_of
from cases.grammar import Clock, Form
from cases.ids import new_id
from cases.machines.clock_steps import Rung as RungForm
from cases.packs.schema import Pack, Rung
from cases.piece import Piece
from cases.ports import BEIJING
from cases.rules.calendar import Calendar, windows_of
from cases.rules.terms import GIVEN, Term, limit_for, rung_at, start_of, written
from cases.rules.visibility import told_due
from cases.store.dues import RunningClock, running_clocks
from cases.store.sheaf import CHANGED, Sheaf


@dataclass(frozen=True, slots=True)
class Timing:
    """What the clocks of one case are started and moved with: where rows go, the pack, the days, the moment, and how
    to get at the clocks that run already."""

    sheaf: Sheaf
    pack: Pack
    calendar: Calendar
    now: datetime
    running: Callable[[str], list[RunningClock]]

    def calendar_of(self, hours: str) -> Calendar:
        """The calendar with these office hours."""
        return with_hours(self.calendar, hours)


@lru_cache(maxsize=64)
def with_hours(calendar: Calendar, hours: str) -> Calendar:
    """The same days with other office hours; blank hours leave the calendar as it is."""
    return calendar.with_hours(windows_of(hours)) if hours else calendar


def running(connection: Connection, working: Working, case_id: str) -> list[RunningClock]:
    """The running clocks of a case as they stand after what this unit has written down so far."""
    sheaf = working.sheaf
    found = [] if case_id in working.fresh else running_clocks(connection, case_id)
    gone = {code for _, case, code in sheaf.updates.get("deadline_stop", ()) if case == case_id}
    found = [clock for clock in found if clock.code not in gone]
    stopped = {place for place, _ in sheaf.stops}
    for place, row in enumerate(sheaf.inserts.get("deadline", ())):
        if row["case_id"] == case_id and place not in stopped:
            found.append(RunningClock(**{name: row[name] for name in RunningClock.__slots__}))
    changed = {row[-3]: row[:-3] for row in sheaf.updates.get("deadline_move", ())}
    return [
        replace(clock, **dict(zip(CHANGED, changed[clock.id], strict=True))) if clock.id in changed else clock
        for clock in found
    ]


def start_clock(timing: Timing, piece: Piece, clock: Clock, form: Form | None = None) -> None:
    """Write the row of a clock that starts; one without a limit in the pack, or without its date, is not started."""
    hours = timing.pack.hours_of(owner_of(piece, clock))
    term = _given(timing, piece, clock, form) if clock.given else _counted(timing, piece, clock, hours)
    if term is None:
        piece.clocks = {c: d for c, d in piece.clocks.items() if c != clock.code}
    else:
        _write(timing, piece, clock, term, hours)


def _counted(timing: Timing, piece: Piece, clock: Clock, hours: str) -> Term | None:
    """The limit of the pack, from now or from the moment the case itself names."""
    limit = limit_for(timing.pack, piece, clock)
    if limit is None:
        return None
    since = piece.facts.get(clock.since) if clock.since else None
    start = datetime.fromisoformat(since) if since else start_of(limit, timing.calendar_of(hours), timing.now)
    return Term(limit.code, limit.amount, limit.unit, limit.rolls, start)


def _given(timing: Timing, piece: Piece, clock: Clock, form: Form | None) -> Term | None:
    """A last day set by hand, such as that of an order to rectify: in the form, or among the facts of the case."""
    found = getattr(form, clock.given or "", None) or piece.facts.get(clock.given or "")
    if not found:
        return None
    last = found if isinstance(found, date) else date.fromisoformat(found)
    days = (last - timing.now.astimezone(BEIJING).date()).days
    if days >= 1:
        return Term(GIVEN, days, "d", False, timing.now)
    # A day that has come or gone is not put off: the limit ends when that day does.
    eve = datetime.combine(last - timedelta(days=1), time(), BEIJING)
    return Term(GIVEN, 1, "d", False, eve)


def _write(timing: Timing, piece: Piece, clock: Clock, term: Term, hours: str) -> None:
    calendar = timing.calendar_of(hours)
    ends = term.ends(calendar)
    rungs = rungs_of(timing.pack, piece, clock.code)
    piece.clocks = {**piece.clocks, clock.code: ends.at.isoformat()}
    timing.sheaf.insert(
        "deadline",
        id=new_id(),
        case_id=piece.id,
        code=clock.code,
        limit_code=term.limit,
        amount=term.amount,
        unit=term.unit,
        rolls=term.rolls,
        extra=0,
        extensions=0,
        started_at=term.started,
        due_at=ends.at,
        next_at=next_look(rungs, 0, term, ends.at, calendar, lapses=clock.lapse is not None),
        rung=0,
        stopped_at=None,
        stood=written(()),
        stands_since=None,
        stands_until=None,
        ground="",
        provisional=ends.provisional,
        hours=hours,
        pack_id=piece.pack_id,
        calendar=calendar.version,
    )


def rungs_of(pack: Pack, piece: Piece, code: str) -> tuple[Rung, ...]:
    """The ladder of a clock of this case."""
    return pack.rungs(piece.case_type, code, piece.matter or "", piece.severity, piece.emergency)


def next_look(
    rungs: tuple[Rung, ...], n: int, term: Term, due_at: datetime, calendar: Calendar, *, lapses: bool
) -> datetime | None:
    """When a clock is looked at next: at its n-th rung, and where it takes a step of its own also when it runs out."""
    rung = rung_at(rungs, n, term, due_at, calendar)
    if lapses and (rung is None or due_at < rung):
        return due_at
    return rung


def time_step(timing: Timing, outcome: Outcome) -> None:
    """Stop and start the clocks a step stops and starts, and note the nearest due moment on the case."""
    piece, turns = outcome.piece, outcome.turns
    for clock in turns.stops:
        timing.sheaf.stop_clock(piece.id, clock.code, timing.now)
        piece.warned = piece.warned.replace(f"|{clock.code}|", "")
    for clock in turns.starts:
        start_clock(timing, piece, clock, outcome.form)
    if isinstance(outcome.form, RungForm):
        note_warned(piece, outcome.form.clock)
    note_next_due(piece)
    if not piece.is_open and piece.closed_at is None:
        piece.closed_at = timing.now
    elif piece.is_open:
        piece.closed_at = None


def note_next_due(piece: Piece) -> None:
    """The nearest due moment among the clocks that run; one that stands still has none, and reminds nobody."""
    moments = [datetime.fromisoformat(d) for d in piece.clocks.values() if d]
    piece.next_due = min(moments, default=None)
    piece.told_due = told_due(piece)
    if piece.warned:
        kept = (code for code in _warned(piece) if piece.clocks.get(code))
        piece.warned = "".join(f"|{code}|" for code in kept)


def note_warned(piece: Piece, code: str) -> None:
    """A clock of the case has reached its first rung."""
    if code not in _warned(piece):
        piece.warned += f"|{code}|"


def _warned(piece: Piece) -> list[str]:
    return [code for code in piece.warned.split("|") if code]
