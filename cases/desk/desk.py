"""The one door (办理): open a case, take a step, take many. Nothing else in the house changes a state.

One unit is decided in memory and written as one sheaf: permission, guard, machine, swap with version check, history
entry, clocks, notices, carried steps - all of it or nothing. What does not live here: committing (the edge).
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterable, Mapping, Sequence
from contextlib import nullcontext
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection

from cases.desk.carrying import load_relatives, relatives_needed
from cases.desk.erasing import erase
from cases.desk.opening import Opened, Setting, new_assignment, new_clue, plain_payload, record_dissuasion
from cases.desk.telling import tell
from cases.desk.timing import time_step
from cases.desk.working import Working
from cases.engine import Engine, Outcome
from cases.errors import Broken, Malformed, NotAllowed, NotFound, NotNow, Overtaken, Refusal, StillNeeded
from cases.grammar import Actor, Effect, Form, Question
from cases.machines import CASE_TYPES
from cases.machines.assignment_forms import Task
from cases.machines.clue_forms import ClueReport, Dissuasion
from cases.machines.roles import CARRIED, inside
from cases.packs.schema import Pack
from cases.piece import Piece
from cases.registration import register
from cases.rules.calendar import Calendar
from cases.rules.visibility import may_see
from cases.store.almanac import Almanac
from cases.store.database import held_together
from cases.store.pieces import Pieces
from cases.store.serials import next_numbers
from cases.store.sheaf import Writer
from cases.store.shelf import Shelf

LOG = logging.getLogger("huiyin.desk")

ENGINES: Mapping[str, Engine] = register(CASE_TYPES)


@dataclass(frozen=True, slots=True)
class Order:
    """One step of a batch: which case, which verb, what was filled in, and the version the asker saw, if any."""

    case_id: str
    verb: str
    filled: Mapping[str, Any] | Form | None = None
    version: int | None = None


@dataclass(frozen=True, slots=True)
class Taken:
    """A step that was taken."""

    case_id: str
    number: str
    from_state: str
    state: str
    version: int
    verb: str
    piece: Piece


class Desk:
    """办事台. Shared by all threads of a process; holds no case."""

    def __init__(self, kind: str, shelf: Shelf, calendar: Calendar, *, alg: str = "sha256") -> None:
        self.pieces, self.writer = Pieces(kind), Writer(kind)
        self.shelf = shelf
        self.almanac = Almanac(calendar)
        self.alg, self.engines = alg, ENGINES

    @property
    def calendar(self) -> Calendar:
        """The calendar in force, with the office hours of the office's own pack."""
        return self.almanac.calendar

    def open_clues(
        self, connection: Connection, pack_id: int, forms: Sequence[ClueReport], actor: Actor, now: datetime
    ) -> list[Opened | Refusal]:
        """Open a clue for each report, in one sheaf; a report that cannot be opened is answered with its refusal.

        Needs a real transaction: serial numbers are gap-free, so they are drawn together with the cases.
        """
        self.almanac.look(connection)
        working = Working(now, self.alg)
        setting = Setting(self.shelf.pack(connection, pack_id), pack_id, self.calendar)
        engine = self.engines["clue"]
        numbers = next_numbers(connection, setting.pack, engine.case_type.number_mark, forms, now)
        found: list[Opened | Refusal] = []
        for form in forms:
            mark = working.mark(())
            try:
                found.append(new_clue(working, engine, setting, form, actor, numbers.propose(form)))
                numbers.take(form)
            except Refusal as refusal:
                working.back_to(mark)
                found.append(refusal)
        self.writer.write(connection, working.bind())
        numbers.save(connection)
        return found

    def open_case(self, connection: Connection, pack_id: int, form: ClueReport, actor: Actor, now: datetime) -> Opened:
        """Open one clue; raises its refusal."""
        opened = self.open_clues(connection, pack_id, [form], actor, now)[0]
        if isinstance(opened, Refusal):
            raise opened
        return opened

    def take_step(
        self,
        connection: Connection,
        order: Order,
        actor: Actor,
        now: datetime,
        *,
        also: Callable[[Working, Taken], None] | None = None,
    ) -> Taken:
        """Take one step; raises NotFound, NotAllowed, NotNow, StillNeeded, Malformed, UnknownVerb or Overtaken.

        ``also`` may add rows to the same sheaf (an idempotency record, an attempt).
        """
        taken = self._take(connection, [order], actor, now, also)[0]
        if isinstance(taken, Refusal):
            raise taken
        return taken

    def take_steps(
        self,
        connection: Connection,
        orders: Sequence[Order],
        actor: Actor,
        now: datetime,
        *,
        also: Callable[[Working, Taken], None] | None = None,
    ) -> list[Taken | Refusal]:
        """Take a batch in one sheaf. A refused order is answered with its refusal and the others go on; Overtaken is
        raised for the whole batch, which then has changed nothing."""
        return self._take(connection, orders, actor, now, also) if orders else []

    def _take(
        self,
        connection: Connection,
        orders: Sequence[Order],
        actor: Actor,
        now: datetime,
        also: Callable[[Working, Taken], None] | None,
    ) -> list[Taken | Refusal]:
        self.almanac.look(connection)
        working = Working(now, self.alg)
        working.hold(self.pieces.many(connection, [order.case_id for order in orders]))
        asked = [(working.pieces[o.case_id].case_type, o.verb) for o in orders if o.case_id in working.pieces]
        need = relatives_needed(self.engines, asked)
        # Tasks of one clue may be answered, and reports join it, at the same moment: whoever looks from one case to
        # another holds the upper one until written.
        with held_together(connection) if need.parent or need.children else nullcontext():
            load_relatives(self.pieces, connection, working, need)
            return self._decide(connection, working, orders, actor, also)

    def _decide(
        self,
        connection: Connection,
        working: Working,
        orders: Sequence[Order],
        actor: Actor,
        also: Callable[[Working, Taken], None] | None,
    ) -> list[Taken | Refusal]:
        found: list[Taken | Refusal] = []
        for order in orders:
            piece = working.pieces.get(order.case_id)
            mark = working.mark(_kin(piece) if piece else ())
            try:
                taken = self._one(connection, working, order, actor)
                if also is not None:
                    also(working, taken)
                found.append(taken)
            except Refusal as refusal:
                working.back_to(mark)
                found.append(refusal)
            except Exception:
                if len(orders) == 1:
                    raise
                # One broken case must not hold up the batch it happens to be in; it is logged, and answered as broken.
                LOG.exception("case %s could not be decided in a batch", order.case_id)
                working.back_to(mark)
                found.append(Broken("系统办理这件案件时出错,已记录,请联系管理员", case_id=order.case_id))
        if any(isinstance(one, Taken) for one in found):
            self.writer.write(connection, working.bind())
        return found

    def _one(self, connection: Connection, working: Working, order: Order, actor: Actor) -> Taken:
        piece = working.pieces.get(order.case_id)
        if piece is None or not (_is_inside(actor) or may_see(actor, piece)):
            raise NotFound("没有这件案件")
        if order.version is not None and order.version != working.read_at.get(piece.id, piece.version):
            raise Overtaken("这件案件刚刚被别人办理过,请刷新后再办", version=piece.version)
        pack = self.shelf.pack(connection, piece.pack_id)
        question = Question(piece, actor, working.now, pack)
        engine = self.engines[piece.case_type]
        question.other = self._named(connection, working, engine, piece, order)
        filled = order.filled
        outcome = engine.decide(order.verb, question, dict(filled) if isinstance(filled, Mapping) else filled)
        self._write_down(connection, working, outcome, actor)
        return Taken(piece.id, piece.number, outcome.from_state, piece.state, piece.version, order.verb, piece)

    def _named(
        self, connection: Connection, working: Working, engine: Engine, piece: Piece, order: Order
    ) -> Piece | None:
        """The other case a form names, by id or number; it must be one the asker's station holds."""
        rows = engine.by_verb.get(order.verb, {}).get(piece.state)
        name = rows[0].form.names_case if rows else None
        if name is None or order.filled is None:
            return None
        filled = order.filled
        wanted = str(filled.get(name, "") if isinstance(filled, Mapping) else getattr(filled, name, ""))
        found = self.pieces.many(connection, [wanted], lock=True)
        found = found or self.pieces.many(connection, [wanted], by="number", lock=True)
        if not found or found[0].station != piece.station:
            raise NotFound("没有这件主案")
        working.hold(found)
        return working.pieces[found[0].id]

    def _write_down(self, connection: Connection, working: Working, outcome: Outcome, actor: Actor) -> None:
        piece = outcome.piece
        pack = self.shelf.pack(connection, piece.pack_id)
        working.write_down(outcome, actor, plain_payload(outcome.form.model_dump(mode="json")))
        time_step(working.sheaf, outcome, pack, self.calendar, working.now)
        self._record(working, outcome, actor)
        for effect in outcome.effects:
            self._bring_about(connection, working, outcome, effect, actor)

    def _record(self, working: Working, outcome: Outcome, actor: Actor) -> None:
        """Dissuasions have a table of their own, whichever form they came with."""
        form = outcome.form
        record = form if isinstance(form, Dissuasion) else getattr(form, "dissuasion", None)
        if isinstance(record, Dissuasion):
            record_dissuasion(working, outcome.piece, record, actor)

    def _bring_about(
        self, connection: Connection, working: Working, outcome: Outcome, effect: Effect, actor: Actor
    ) -> None:
        piece = outcome.piece
        pack = self.shelf.pack(connection, piece.pack_id)
        if effect.kind == "tell":
            tell(working.sheaf, effect, outcome, pack, working.now)
        elif effect.kind == "open":
            self._open_tasks(working, outcome, pack, actor)
        elif effect.kind == "erase":
            erase(working.sheaf, effect, outcome, working.now)
        else:
            for relative in _relatives(effect, piece):
                self._carry(connection, working, relative, piece, effect)

    def _carry(self, connection: Connection, working: Working, piece: Piece, carrier: Piece, effect: Effect) -> None:
        """Take a step that another case's step carries along."""
        engine = self.engines[piece.case_type]
        actor = inside(CARRIED)
        question = Question(piece, actor, working.now, self.shelf.pack(connection, piece.pack_id), carrier=carrier)
        try:
            outcome = engine.decide(effect.arg, question, None)
        except (NotNow, StillNeeded):
            if effect.optional:
                return
            raise
        self._write_down(connection, working, outcome, actor)

    def _open_tasks(self, working: Working, outcome: Outcome, pack: Pack, actor: Actor) -> None:
        """Open a task for the lead, even one that assisted so far, and for each other department that has none open."""
        parent, form = outcome.piece, outcome.form
        setting = Setting(pack, parent.pack_id, self.calendar)
        turn = int(parent.facts.get("rework", 0))
        busy = {(c.assignee, c.duty) for c in parent.children or () if c.is_open or _assisted(c, turn)}
        final = bool(parent.facts.get("excluded"))
        wanted = [(form.lead, "lead"), *((code, "assist") for code in form.assists)]  # type: ignore[attr-defined]
        for code, duty in wanted:
            if not {(code, duty), (code, "lead")} & busy:
                busy.add((code, duty))
                task = Task(
                    org=code,
                    duty=duty,  # type: ignore[arg-type]
                    reason=form.reason,  # type: ignore[attr-defined]
                    final=final and duty == "lead",
                    round=turn,
                )
                new_assignment(working, self.engines["assignment"], setting, parent, task, actor)


def _assisted(task: Piece, turn: int) -> bool:
    """An assisting department that answered or returned its task in this round is not asked again."""
    return task.duty == "assist" and int(task.facts.get("round", 0)) == turn


def _relatives(effect: Effect, piece: Piece) -> list[Piece]:
    """The cases an effect carries along."""
    if effect.kind == "parent":
        return [piece.parent] if piece.parent is not None else []
    tasks = effect.kind == "children"
    return [c for c in piece.children or () if (c.duty is not None) == tasks]


def _kin(piece: Piece) -> Iterable[Piece]:
    """The cases a step of this one may touch: itself, its parent, their children."""
    kin = [piece, *(piece.children or ())]
    if piece.parent is not None:
        kin += [piece.parent, *(piece.parent.children or ())]
    return {p.id: p for p in kin}.values()


def _is_inside(actor: Actor) -> bool:
    return actor.id.startswith("system:")


__all__ = ["ENGINES", "Desk", "Malformed", "NotAllowed", "Opened", "Order", "Taken"]
