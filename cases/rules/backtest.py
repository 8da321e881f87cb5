"""What another pack would have made of a recorded case (回测): its deadlines, their lights, and who would lead it.

Pure comparison: a clock as recorded against the same clock under the other pack, its start, stands and extensions kept
as moving the case there would keep them. What does not live here: which cases are replayed (desk, store), and whether a
case can go on at all (``fitting``).
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from cases.packs.schema import Pack
from cases.piece import Piece
from cases.rules.calendar import Calendar
from cases.rules.fitting import BEFORE_DISPATCH, lead_of
from cases.rules.lights import ended_at, light_of
from cases.rules.terms import GIVEN, Term, rebased, rung_at

DISPATCHED = frozenset({"dispatched", "signed_for", "return_asked", "return_ruling"})
"""States of a report that lies with its departments."""


@dataclass(frozen=True, slots=True)
class Recorded:
    """A clock as its row has it. ``hours`` are the office hours it is counted in."""

    case_id: str
    code: str
    term: Term
    due_at: datetime
    rung: int
    hours: str
    stopped_at: datetime | None


@dataclass(frozen=True, slots=True)
class Sight:
    """How a clock looks: its limit, its end, its light."""

    limit: str
    due_at: datetime
    light: str


@dataclass(frozen=True, slots=True)
class Trial:
    """The packs a case is looked at under: the one on record, the one on trial, and, where the comparison is with a
    folder instead of the record, that one as ``base``; and the moment of the lights."""

    recorded: Pack
    new: Pack
    now: datetime
    base: Pack | None = None

    @property
    def old(self) -> Pack:
        return self.base or self.recorded


@dataclass(frozen=True, slots=True)
class ClockChange:
    """A clock that would end, or look, different."""

    clock: str
    before: Sight
    after: Sight


@dataclass(frozen=True, slots=True)
class RouteChange:
    """A report that another department would lead; None where the pack names none."""

    before: str | None
    after: str | None


def clock_change(piece: Piece, clock: Recorded, calendar: Calendar, trial: Trial) -> ClockChange | None:
    """What the pack on trial changes about a clock; None when nothing."""
    look = _Look(piece, clock, calendar, trial.now)
    before = look.as_recorded(trial.recorded) if trial.base is None else look.under(trial.base)
    after = look.under(trial.new)
    same = (before.due_at, before.light) == (after.due_at, after.light)
    return None if same else ClockChange(clock.code, before, after)


def route_change(piece: Piece, trial: Trial) -> RouteChange | None:
    """Whether the pack on trial gives a report to another department than the one that has it, or would have got it.

    A lead somebody chose by hand against the old pack is not a change as long as both packs say the same.
    """
    if piece.assignee is not None or piece.state not in BEFORE_DISPATCH | DISPATCHED or not piece.matter:
        return None
    (old, _), (new, _) = lead_of(piece, trial.old), lead_of(piece, trial.new)
    recorded = piece.lead if piece.state in DISPATCHED else old
    return None if new in {old, recorded} else RouteChange(recorded, new)


@dataclass(frozen=True, slots=True)
class _Look:
    """One clock being looked at."""

    piece: Piece
    clock: Recorded
    calendar: Calendar
    now: datetime

    def as_recorded(self, pack: Pack) -> Sight:
        """The clock as it stands, under the ladder of its pack."""
        return self._seen(self.clock.term, self.clock.due_at, pack)

    def under(self, pack: Pack) -> Sight:
        """The clock under a pack; a term set by hand, and one the pack does not know, stay as they are."""
        piece, clock = self.piece, self.clock
        limit = pack.clock_limit(piece.case_type, clock.code, pack.matter(piece.matter or ""), piece.emergency)
        if limit is None or clock.term.limit == GIVEN:
            return self.as_recorded(pack)
        term = rebased(clock.term, limit)
        return self._seen(term, clock.due_at if term == clock.term else term.ends(self.calendar).at, pack)

    def _seen(self, term: Term, due_at: datetime, pack: Pack) -> Sight:
        clock = self.clock
        moment = ended_at(self.now, clock.stopped_at, term.stands_since)
        light = light_of(
            due_at,
            self.now,
            warned=clock.rung > 0 or (moment <= due_at and self._close(term, due_at, pack)),
            stopped_at=clock.stopped_at,
            stands_since=term.stands_since,
        )
        return Sight(term.limit, due_at, light)

    def _close(self, term: Term, due_at: datetime, pack: Pack) -> bool:
        """Whether the first rung of the pack's ladder is reached."""
        piece = self.piece
        if self.clock.stopped_at is not None or term.stands_since is not None:
            return False
        rungs = pack.rungs(piece.case_type, self.clock.code, piece.matter or "", piece.severity, piece.emergency)
        first = rung_at(rungs, 0, term, due_at, self.calendar)
        return first is not None and first <= self.now
