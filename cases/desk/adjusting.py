"""What moves a running clock (时限变动): a stand and its end, an extension, another limit, another calendar.

Each move is a row of its own with who, on what ground, by whose leave, and the due moment before and after; elapsed and
stood time are never lost. What does not live here: starting and stopping (timing), and whether it may be (rules).
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from cases.desk.timing import Timing, next_look, note_next_due, note_warned, rungs_of
from cases.engine import Engine, Outcome
from cases.errors import NotNow, StillNeeded
from cases.grammar import Clock
from cases.ids import new_id
from cases.piece import Piece
from cases.rules.terms import GIVEN, Term, extended, limit_for, longest_stand, rebased
from cases.store.dues import RunningClock


@dataclass(frozen=True, slots=True)
class Move:
    """One move of one clock: what kind, what is written down about it."""

    kind: str
    actor: str
    ground: str = ""
    document: str = ""
    reason: str = ""
    amount: int = 0
    stands_until: datetime | None = None


@dataclass(frozen=True, slots=True)
class Adjusting:
    """The clocks of one case being moved. ``carrier`` is the case whose step carried this one along, if one did."""

    timing: Timing
    engine: Engine
    piece: Piece
    actor: str
    carrier: Piece | None = None

    def by_turn(self, outcome: Outcome) -> None:
        """What the step's change of state means: clocks that stand still or go on, limits that follow the matter."""
        turns = outcome.turns
        for clock in turns.stands:
            self._of(clock.code, lambda row, c=clock: self.pause(row, Move("pause", self.actor, c.ground)))
        for clock in turns.goes_on:
            self._of(clock.code, self._go_on_after_waiting)
        if outcome.reclassed:
            started = {clock.code for clock in turns.starts}
            others = {row.code for row in self._rows()} - started
            self.follow(others, Move("rebase", self.actor, reason="事项或紧急程度变更"))
        note_next_due(self.piece)

    def by_effect(self, deed: str, outcome: Outcome) -> None:
        """What an effect ``clock:DEED`` asks for, with the form of the step."""
        form = outcome.form
        if deed == "pause":
            self._named(form.clock, lambda row: self._pause_as_asked(row, form))  # type: ignore[attr-defined]
        elif deed == "resume":
            self._named(form.clock, lambda row: self._resume_as_asked(row, form.at or self.timing.now))  # type: ignore[attr-defined]
        elif deed == "extend":
            self._named(form.clock, lambda row: self._extend(row, form))  # type: ignore[attr-defined]
        elif deed == "recount":
            self.recount()
        else:
            self.follow(None, Move("rebase", self.actor, reason=form.reason))  # type: ignore[attr-defined]
        note_next_due(self.piece)

    # --- the moves

    def pause(self, row: RunningClock, move: Move) -> None:
        """The clock stands still from now on; one that stands already stays as it is."""
        if row.stands_since is None:
            self._put(row, row.term.stand(self.timing.now), move)

    def resume(self, row: RunningClock, at: datetime, move: Move) -> None:
        """The clock goes on; the stand is over at ``at``, which is not later than now nor than it was to be over."""
        if row.stands_since is not None:
            over = min(at, self.timing.now, row.stands_until or self.timing.now)
            self._put(row, row.term.go_on(over, self._ground_name(row)), move)

    def follow(self, codes: set[str] | None, move: Move) -> None:
        """Running clocks take the limit that the case's pack, matter and urgency now give them."""
        pack = self.timing.pack
        for row in self._rows():
            limit = limit_for(pack, self.piece, self.engine.clocks[row.code])
            if limit is None or row.limit_code == GIVEN or (codes is not None and row.code not in codes):
                continue
            term = rebased(row.term, limit)
            if term != row.term or row.pack_id != self.piece.pack_id:
                self._put(row, term, move)

    def recount(self) -> None:
        """Running clocks are counted again with the calendar of now; one whose end stays only loses its mark."""
        for row in self._rows():
            calendar = self.timing.calendar_of(row.hours)
            ends = row.term.ends(calendar)
            if ends.at != row.due_at:
                self._put(row, row.term, Move("recount", self.actor))
            elif row.provisional:
                settled = row.under(row.term, provisional=ends.provisional, calendar=calendar.version)
                settled.write(self.timing.sheaf)

    # --- inside

    def _pause_as_asked(self, row: RunningClock, form: Any) -> None:
        calendar, now = self.timing.calendar_of(row.hours), self.timing.now
        if row.stands_since is not None:
            raise NotNow("该时限已经停表")
        if row.due_at <= now:
            raise StillNeeded(("该时限已经届满,不能停表",))
        ground = self._ground(row, form.ground)
        longest = longest_stand(now, ground.cap, calendar)
        until = form.until or longest
        if not now < until <= longest:
            raise StillNeeded((f"停表期限须在现在之后,最长到{longest:%Y-%m-%d %H:%M}",))
        self.pause(row, Move("pause", self.actor, form.ground, form.document, form.reason, stands_until=until))

    def _resume_as_asked(self, row: RunningClock, at: datetime) -> None:
        """The stand somebody asked for is over. A clock that also waits for the case to come back from where it stands
        goes on standing; a stand of this case's own does not end with another case's."""
        clock = self.engine.clocks[row.code]
        waits = self.piece.state in clock.stands
        if waits and row.stands_until is None:
            raise NotNow("该时限因案件所处环节停表,离开该环节时自动恢复")
        if self.carrier is not None and row.stands_since != self._stood_since(self.carrier, row.code):
            raise StillNeeded(("该时限另有停表事由",))
        if waits:
            self._put(replace(row, stands_until=None), row.term, Move("resume", self.actor, clock.ground))
        else:
            self.resume(row, at, Move("resume", self.actor))

    def _go_on_after_waiting(self, row: RunningClock) -> None:
        """The case is back from where its clock stands; one that stands because somebody asked goes on standing."""
        if row.stands_until is None:
            self.resume(row, self.timing.now, Move("resume", self.actor))

    def _stood_since(self, carrier: Piece, code: str) -> datetime | None:
        """Since when the carrier's clock of this name stood before it went on just now."""
        rows = [row for row in self.timing.running(carrier.id) if row.code == code and row.term.stood]
        return rows[0].term.stood[-1].begins if rows else None

    def _ground(self, row: RunningClock, code: str) -> Any:
        limit = self.timing.pack.limit(row.limit_code)
        ground = self.timing.pack.ground(code, limit.family) if limit and limit.family else None
        if ground is None or ground.effect != "pause":
            raise StillNeeded(("该时限不因这一事由停表",))
        return ground

    def _ground_name(self, row: RunningClock) -> str:
        limit = self.timing.pack.limit(row.limit_code)
        ground = self.timing.pack.ground(row.ground, limit.family) if limit else None
        return ground.name if ground else row.ground

    def _extend(self, row: RunningClock, form: Any) -> None:
        limit = self.timing.pack.limit(row.limit_code)
        term = extended(row.term, form.amount, limit.extend if limit else "no")
        self._put(row, term, Move("extend", self.actor, reason=form.reason, document=form.document, amount=form.amount))

    def _put(self, row: RunningClock, term: Term, move: Move) -> None:
        """Write the clock as it now stands, and the row that says what moved it."""
        timing, piece = self.timing, self.piece
        calendar = timing.calendar_of(row.hours)
        ends = term.ends(calendar)
        still = term.stands_since is not None
        rungs = rungs_of(timing.pack, piece, row.code)
        clock: Clock = self.engine.clocks[row.code]
        until = (move.stands_until or row.stands_until) if still else None
        look = until if still else next_look(rungs, row.rung, term, ends.at, calendar, lapses=clock.lapse is not None)
        ground = (move.ground or row.ground) if still else ""
        moved = row.under(
            term, due_at=ends.at, next_at=look, stands_until=until, ground=ground, provisional=ends.provisional,
            pack_id=piece.pack_id, calendar=calendar.version,
        )  # fmt: skip
        moved.write(timing.sheaf)
        piece.clocks = {**piece.clocks, row.code: "" if still else ends.at.isoformat()}
        if row.rung:
            note_warned(piece, row.code)
        timing.sheaf.insert("deadline_change", **self._line(row, moved, move))

    def _line(self, row: RunningClock, moved: RunningClock, move: Move) -> dict[str, Any]:
        return {
            "id": new_id(),
            "deadline_id": row.id,
            "case_id": row.case_id,
            "at": self.timing.now,
            "kind": move.kind,
            "actor": move.actor,
            "ground": move.ground,
            "document": move.document,
            "reason": move.reason,
            "amount": move.amount,
            "unit": moved.unit,
            "due_before": row.due_at,
            "due_after": moved.due_at,
            "pack_id": moved.pack_id,
            "calendar": moved.calendar,
        }

    def _rows(self) -> list[RunningClock]:
        return self.timing.running(self.piece.id)

    def _of(self, code: str, do: Callable[[RunningClock], None]) -> None:
        for row in self._rows():
            if row.code == code:
                do(row)

    def _named(self, code: str, do: Callable[[RunningClock], None]) -> None:
        rows = [row for row in self._rows() if row.code == code]
        if not rows:
            raise NotNow("没有正在运行的这个时限", clock=code)
        do(rows[0])
