"""The one door (办理): open a case, take a step, take many. Nothing else in the house changes a state.

One unit is decided in memory and written as one sheaf: permission, guard, machine, swap with version check, history
entry, clocks, notices, carried steps - all of it or nothing. What does not live here: committing (the edge).
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Mapping, Sequence
from contextlib import nullcontext
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Connection

from cases.desk.carrying import load_relatives, relatives_needed
from cases.desk.deeds import Deeds, kin
from cases.desk.opening import Opened, Setting, birth_of, keep_apart, open_root
from cases.desk.timing import with_hours
from cases.desk.working import Working
from cases.engine import Engine
from cases.errors import Broken, ClockWrong, Malformed, NotAllowed, NotFound, Overtaken, Refusal
from cases.grammar import Actor, Birth, CaseType, Form, Founding, Question
from cases.machines import CASE_TYPES
from cases.machines.clue_forms import ClueReport
from cases.piece import Piece
from cases.registration import register
from cases.rules.calendar import Calendar
from cases.rules.folder import EMPTY, Folder
from cases.rules.visibility import may_see
from cases.rules.words import words_of
from cases.store.almanac import Almanac
from cases.store.database import held_together
from cases.store.folders import folders
from cases.store.pieces import Pieces
from cases.store.serials import next_numbers
from cases.store.sheaf import Writer
from cases.store.shelf import Shelf

LOG = logging.getLogger("huiyin.desk")

TOLERANCE = timedelta(seconds=5)
"""How far the clocks of two machines may be apart before a step is refused."""

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


@dataclass(frozen=True, slots=True)
class Beside:
    """What a caller writes into the same sheaf: after each taken step (an idempotency record, the next look at a
    clock), and once before everything is written."""

    each: Callable[[Working, Taken], None] | None = None
    last: Callable[[Working], None] | None = None


class Desk:
    """办事台. Shared by all threads of a process; holds no case."""

    def __init__(self, kind: str, shelf: Shelf, calendar: Calendar, *, alg: str = "sha256") -> None:
        self.pieces, self.writer = Pieces(kind), Writer(kind)
        self.shelf = shelf
        self.almanac = Almanac(calendar)
        self.alg, self.engines = alg, ENGINES
        self.deeds = Deeds(self)

    @property
    def calendar(self) -> Calendar:
        """The calendar in force, with the office hours of the office's own pack."""
        return self.almanac.calendar

    def calendar_of(self, hours: str) -> Calendar:
        """The calendar in force with these office hours."""
        return with_hours(self.calendar, hours)

    def open_clues(
        self, connection: Connection, pack_id: int, forms: Sequence[ClueReport], actor: Actor, now: datetime
    ) -> list[Opened | Refusal]:
        """Open a clue for each report, in one sheaf; a report that cannot be opened is answered with its refusal.

        Needs a real transaction: serial numbers are gap-free, so they are drawn together with the cases.
        """
        return self.open_many(connection, pack_id, "clue", forms, actor, now)

    def open_case(self, connection: Connection, pack_id: int, form: ClueReport, actor: Actor, now: datetime) -> Opened:
        """Open one clue; raises its refusal."""
        opened = self.open_clues(connection, pack_id, [form], actor, now)[0]
        if isinstance(opened, Refusal):
            raise opened
        return opened

    def open_many(
        self,
        connection: Connection,
        pack_id: int,
        case_type: str,
        forms: Sequence[Form],
        actor: Actor,
        now: datetime,
    ) -> list[Opened | Refusal]:
        """Open a case of its own for each form, in one sheaf; one that cannot be opened is answered with its refusal.

        ``code`` of an opened case is empty where the type keeps no reporter. Needs a real transaction.
        """
        self.almanac.look(connection)
        working = Working(now, self.alg, self.words(connection))
        setting = Setting(self.shelf.pack(connection, pack_id), pack_id, self.calendar)
        engine = self.engines[case_type]
        births = [birth_of(engine, Founding(form, actor, now, setting.pack)) for form in forms]
        organs = [_organ(birth) for birth in births if isinstance(birth, Birth)]
        numbers = next_numbers(connection, setting.pack, engine.case_type.number_mark, organs, now)
        found: list[Opened | Refusal] = []
        for form, birth in zip(forms, births, strict=True):
            if isinstance(birth, Refusal):
                found.append(birth)
                continue
            organ = _organ(birth)
            piece = open_root(working, engine, setting, birth, actor, numbers.propose(organ))
            numbers.take(organ)
            code = keep_apart(working, piece, form, actor)
            found.append(Opened(piece.id, piece.number, piece.state, piece.version, code))
        self.writer.write(connection, working.bind())
        numbers.save(connection)
        return found

    def take_step(
        self,
        connection: Connection,
        order: Order,
        actor: Actor,
        now: datetime,
        *,
        also: Beside | None = None,
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
        also: Beside | None = None,
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
        also: Beside | None,
    ) -> list[Taken | Refusal]:
        self.almanac.look(connection)
        working = Working(now, self.alg, self.words(connection))
        working.hold(self.pieces.many(connection, [order.case_id for order in orders]))
        asked = [(working.pieces[o.case_id].case_type, o.verb) for o in orders if o.case_id in working.pieces]
        need = relatives_needed(self.engines, asked)
        # Tasks of one clue may be answered, and reports join it, at the same moment: whoever looks from one case to
        # another holds the upper one until written.
        with held_together(connection) if need.parent or need.children or need.beside else nullcontext():
            load_relatives(self.pieces, connection, working, need)
            return self._decide(connection, working, orders, actor, also)

    def _decide(
        self,
        connection: Connection,
        working: Working,
        orders: Sequence[Order],
        actor: Actor,
        also: Beside | None,
    ) -> list[Taken | Refusal]:
        found: list[Taken | Refusal] = []
        folders = self.folders(connection, [*working.pieces.values()]) if len(orders) > 1 else {}
        for order in orders:
            piece = working.pieces.get(order.case_id)
            mark = working.mark(kin(piece) if piece else ())
            try:
                taken = self._one(connection, working, order, actor, folders)
                if also is not None and also.each is not None:
                    also.each(working, taken)
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
            if also is not None and also.last is not None:
                also.last(working)
            self.writer.write(connection, working.bind())
            working.do_later(connection)
        return found

    def _one(
        self, connection: Connection, working: Working, order: Order, actor: Actor, folders: Mapping[str, Folder]
    ) -> Taken:
        piece = working.pieces.get(order.case_id)
        if piece is None or not (_is_inside(actor) or may_see(actor, piece)):
            raise NotFound("没有这件案件")
        if order.version is not None and order.version != working.read_at.get(piece.id, piece.version):
            raise Overtaken("这件案件刚刚被别人办理过,请刷新后再办", version=piece.version)
        if piece.updated_at is not None and working.now < piece.updated_at - TOLERANCE:
            raise ClockWrong("服务器时间比本件上一步还早,请检查系统时钟后再办", last=piece.updated_at.isoformat())
        pack = self.shelf.pack(connection, piece.pack_id)
        question = Question(piece, actor, working.now, pack)
        engine = self.engines[piece.case_type]
        question.folder = folders.get(piece.id) or self.folder(connection, piece)
        question.other = self._named(connection, working, engine, piece, order)
        filled = order.filled
        outcome = engine.decide(order.verb, question, dict(filled) if isinstance(filled, Mapping) else filled)
        self.deeds.write_down(connection, working, outcome, question)
        return Taken(piece.id, piece.number, outcome.from_state, piece.state, piece.version, order.verb, piece)

    def words(self, connection: Connection) -> Callable[[Piece], str]:
        """What answers the words by which a case is found."""
        return lambda piece: words_of(piece, self.shelf.pack(connection, piece.pack_id))

    def folder(self, connection: Connection, piece: Piece) -> Folder | None:
        """What lies beside the case in tables of its own, where its type has such a folder."""
        return self.folders(connection, [piece]).get(piece.id)

    def folders(self, connection: Connection, pieces: Sequence[Piece]) -> dict[str, Folder]:
        """The folders of those of these cases whose type has one, by the case that looks at it."""
        keys = {one.id: key for one in pieces if (key := folder_key(self.engines[one.case_type].case_type, one))}
        found = folders(connection, keys.values()) if keys else {}
        return {case_id: found.get(key, EMPTY) for case_id, key in keys.items()}

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


def folder_key(case_type: CaseType, piece: Piece) -> str:
    """Whose folder the guards of a case look at: its own, its parent's, or nobody's ("")."""
    return {"own": piece.id, "parent": piece.parent_id or ""}.get(case_type.folder, "")


def _organ(birth: Birth) -> str:
    """Under which street or organ a case is numbered."""
    return str(birth.columns.get("street") or birth.columns.get("station") or "-")


def _is_inside(actor: Actor) -> bool:
    return actor.id.startswith("system:")


__all__ = ["ENGINES", "Beside", "Desk", "Malformed", "NotAllowed", "Opened", "Order", "Taken"]
