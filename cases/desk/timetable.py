"""The clocks of a case as they are shown (时限表): when each ends, how it stands, who holds it, and why it ends then.

How much of that is told depends on who asks: behind the seal nothing of what moved a clock, to a reporter nobody's name
and no document, to those who supervise a mediation its course but nothing that was written there. What does not live
here: the rules of the seal (visibility) and of the wall, the sentences (provenance), the clocks in a list (clockrows),
and queries (store).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection

from cases.desk.clockrows import clock_name
from cases.desk.desk import Desk
from cases.desk.holding import Keeper, holder_at, holder_of
from cases.desk.tales import actor_names
from cases.desk.views import DEPARTMENT, OFFICE, REPORTER, Reader, View, sees_clocks, standing, unsaid_clocks
from cases.engine import owner_of
from cases.packs.schema import Limit, Pack
from cases.piece import Piece
from cases.rules.calendar import Calendar
from cases.rules.counting import due, span_of
from cases.rules.counting_rules import base_rules, ruling
from cases.rules.lights import light_of
from cases.rules.provenance import (
    GIVEN_NAME,
    Moved,
    Stood,
    day_lines,
    move_lines,
    source_lines,
    spoken_change,
    spoken_moment,
    stand_lines,
    version_line,
)
from cases.rules.remaining import Run, standing_of
from cases.rules.terms import Term, read
from cases.rules.visibility import changes_sealed
from cases.rules.wall import behind_wall
from cases.store.history import changes_of, deadlines_of
from cases.store.holdings import Held, held_of

KEPT = (
    "code", "limit_code", "amount", "unit", "started_at", "due_at", "stopped_at", "provisional", "rung", "extra",
    "extensions", "hours", "calendar",
)  # fmt: skip
SOURCE = ("law", "article", "start_event", "basis", "confidence")


@dataclass(frozen=True, slots=True)
class _Rights:
    """How much of what moved a clock is told: by whom and in whose hands; on which paper and why; why it was extended,
    which whoever reported is told in any case, but no party of a mediation what was said there."""

    names: bool
    papers: bool
    extensions: bool

    @classmethod
    def of(cls, piece: Piece, reader: Reader) -> _Rights:
        place = standing(piece, reader)
        return cls(place != REPORTER, place in {OFFICE, DEPARTMENT}, not behind_wall(piece))


@dataclass(frozen=True, slots=True)
class _Telling:
    """What one deadline is told with: its row, pack and calendar, the moment, and what may be said of its moves."""

    row: dict[str, Any]
    pack: Pack
    calendar: Calendar
    now: datetime
    moves: tuple[Moved, ...]
    sealed: bool
    may: _Rights

    @property
    def limit(self) -> Limit | None:
        return self.pack.limit(self.row["limit_code"])

    @property
    def term(self) -> Term:
        row = self.row
        return Term(
            row["limit_code"], row["amount"], row["unit"], row["rolls"], row["started_at"], row["extra"],
            row["extensions"], read(row["stood"]), row["stands_since"],
        )  # fmt: skip

    @property
    def run(self) -> Run:
        row = self.row
        return Run(
            row["unit"], row["started_at"], row["due_at"], row["stopped_at"], row["stands_since"], self.term.stood
        )

    @property
    def was_moved(self) -> bool:
        row = self.row
        return bool(self.moves or row["extra"] or self.term.stood or row["stands_since"])


class Timetable:
    """Tells by when what is due, and why. Shared by all threads."""

    def __init__(self, desk: Desk) -> None:
        self.desk = desk

    def deadlines(self, connection: Connection, piece: Piece, reader: Reader, now: datetime) -> list[View]:
        """Every clock of the case the reader may know of, in the order they were started."""
        if not sees_clocks(piece, reader):
            return []
        self.desk.almanac.look(connection)
        hidden, may = unsaid_clocks(piece, reader), _Rights.of(piece, reader)
        rows = [row for row in deadlines_of(connection, piece.id) if row["code"] not in hidden]
        changes = changes_of(connection, piece.id)
        held = held_of(connection, piece.id) if may.names else []
        actors = {line["actor"] for lines in changes.values() for line in lines}
        names = actor_names(connection, self.desk.engines[piece.case_type], actors) if may.names else {}
        found: list[View] = []
        for row in rows:
            lines = changes.get(row["id"], [])
            telling = _Telling(
                row,
                self.desk.shelf.pack(connection, row["pack_id"]),
                self.desk.calendar_of(row["hours"]),
                now,
                tuple(self._moved(connection, row, line, names, may) for line in lines),
                changes_sealed(piece, reader.kind, [line["actor"] for line in lines]),
                may,
            )
            view = _shown(telling)
            view["holder"] = self._holder(connection, piece, row, held) if may.names else None
            found.append(view)
        return found

    def _moved(
        self, connection: Connection, row: dict[str, Any], line: dict[str, Any], names: dict[str, str], may: _Rights
    ) -> Moved:
        pack = self.desk.shelf.pack(connection, line["pack_id"])
        reason = may.papers or (may.extensions and line["kind"] == "extend")
        return Moved(
            line["kind"], line["at"], names.get(line["actor"], line["actor"] if may.names else ""),
            line["due_before"], line["due_after"], _ground_name(pack, row["limit_code"], line["ground"]),
            line["document"] if may.papers else "", line["reason"] if reason else "",
            spoken_change(line["amount"], line["unit"]), _version(pack), line["calendar"],
        )  # fmt: skip

    def _holder(
        self, connection: Connection, piece: Piece, row: dict[str, Any], held: Sequence[Held]
    ) -> dict[str, str] | None:
        """Whom the clock runs on: the one it is said to run on, else in whose hands the case is, or was when the clock
        was stopped."""
        pack = self.desk.shelf.pack(connection, piece.pack_id)
        engine = self.desk.engines[piece.case_type]
        clock = engine.clocks.get(row["code"])
        if clock is not None and clock.runs_on:
            keeper = Keeper(owner_of(piece, clock), clock.runs_on)
        elif row["stopped_at"] is None:
            keeper = Keeper(piece.holder, engine.states[piece.state].holder)
        else:
            keeper = holder_at(held, row["stopped_at"], engine)
        return holder_of(keeper, pack)


def _shown(telling: _Telling) -> View:
    row, limit = telling.row, telling.limit
    view: View = {name: row[name] for name in KEPT}
    view |= {name: getattr(limit, name) if limit else "" for name in SOURCE}
    view["name"] = clock_name(telling.pack, row["code"])
    view["limit_name"] = limit.name if limit else GIVEN_NAME
    view["light"] = light_of(
        row["due_at"],
        telling.now,
        warned=row["rung"] > 0,
        stopped_at=row["stopped_at"],
        stands_since=row["stands_since"],
    )
    standing_now = standing_of(telling.run, telling.now, telling.calendar)
    view |= {"left": standing_now.left, "used": standing_now.used, "kept": standing_now.kept}
    view["words"] = ",".join(filter(None, (standing_now.words, standing_now.spent)))
    view["pack"] = {"name": telling.pack.name, "version": telling.pack.version}
    stands = [] if telling.sealed else _stands(telling)
    view["stands"] = next((_stand_view(one) for one in stands if one.ends is None), None)
    view["changes"] = [] if telling.sealed else [_move_view(move, telling.may) for move in telling.moves]
    view["why"] = _why(telling, stands)
    if telling.sealed:
        # How often and how far a sealed clock was moved, and how much of its time counted, would tell what was done.
        view |= {"extra": 0, "extensions": 0}
        if telling.was_moved:
            view |= {"used": None, "words": standing_now.words}
    return view


def _why(telling: _Telling, stands: Sequence[Stood]) -> list[str]:
    row, source = telling.row, source_lines(telling.limit)
    versions = version_line(_version(telling.pack), row["calendar"])
    if telling.sealed and telling.was_moved:
        return [*source, f"期限届满:{spoken_moment(row['due_at'])}", versions]
    limit, term = telling.limit, telling.term
    rule = ruling(limit.law if limit else "", span_of(term.amount, term.unit, term.rolls), base_rules())
    counted = due(term.started, term.span, telling.calendar, explain=True, rule=rule, pauses=term.stood)
    days = day_lines(counted, row["extra"], row["due_at"], row["calendar"])
    return [*source, *days, *stand_lines(stands), *move_lines(telling.moves), versions]


def _stands(telling: _Telling) -> list[Stood]:
    """Every stand of the clock, each with the move that began it."""
    row, began = telling.row, {move.at: move for move in telling.moves if move.kind == "pause"}
    found = [Stood(p.begins, p.ends, None, p.reason, began.get(p.begins)) for p in telling.term.stood]
    if row["stands_since"] is not None:
        ground = _ground_name(telling.pack, row["limit_code"], row["ground"])
        found.append(Stood(row["stands_since"], None, row["stands_until"], ground, began.get(row["stands_since"])))
    return found


def _stand_view(stand: Stood) -> View:
    began = stand.began
    return {
        "since": stand.begins,
        "until": stand.longest,
        "ground": stand.ground,
        "document": began.document if began else "",
        "by": began.by if began else "",
    }


def _move_view(move: Moved, may: _Rights) -> View:
    view: View = {
        "kind": move.kind,
        "at": move.at,
        "ground": move.ground,
        "reason": move.reason,
        "extended": move.spoken,
        "due_before": move.before,
        "due_after": move.after,
    }
    if may.names:
        view |= {"by": move.by, "document": move.document, "pack": move.pack, "calendar": move.calendar}
    return view


def _ground_name(pack: Pack, limit_code: str, ground: str) -> str:
    limit = pack.limit(limit_code)
    found = pack.ground(ground, limit.family) if limit and ground else None
    return found.name if found else ground


def _version(pack: Pack) -> str:
    return f"{pack.name} {pack.version}"
