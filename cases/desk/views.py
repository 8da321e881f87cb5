"""How a case looks to whoever asks (案件视图): its columns, facts, actions, history and deadlines, each as far as the
asker may know them.

There are four standings: the office (the station, a mediation's committee, and those who supervise or audit), the
department a task was dispatched to, whoever reported, and, before the wall around a mediation, everybody outside. What
does not live here: the rules of the seal and of the wall (visibility, wall) and queries (store).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection

from cases.desk.clockrows import Dial, clock_rows
from cases.desk.desk import Desk
from cases.desk.showing import View, masked, shown_action
from cases.engine import owner_of
from cases.errors import NotFound, NotNow, Refusal
from cases.grammar import Actor, Question
from cases.packs.schema import Pack
from cases.piece import Piece
from cases.rules.area import OVERSIGHT_ROLES, oversees
from cases.rules.calendar import Calendar
from cases.rules.lights import worst
from cases.rules.visibility import (
    INNER_CLOCKS,
    INNER_STATES,
    POLICE,
    SEALED_CLOCKS,
    SEALED_STATES,
    behind_seal,
    facts_for,
    is_suit,
    may_see,
    next_due_for,
    public_state,
    state_for,
    suit_facts,
)
from cases.rules.wall import COURT, INSIDE, ORIGIN, PARTY, behind_wall, due_outside, facts_outside, shut_out, side_of
from cases.store.history import clock_marks, reporters_of
from cases.store.pieces import Pieces

OFFICE, DEPARTMENT, REPORTER, OUTSIDE = "office", "department", "reporter", "outside"
DESK_ROLES = frozenset({"operator", "station_head"})

TOLD_TO_REPORTER = frozenset(
    {"source", "external_id", "found_at", "building", "room", "lng", "lat", "description", "evidence", "secrecy"}
    | {"anonymous", "dissuasions", "asked_more", "decision", "channel", "answer", "satisfied", "dissatisfied"}
)
TOLD_TO_DEPARTMENT = ("found_at", "building", "room", "lng", "lat", "description", "evidence", "mediations")
"""What of the report a department needs: where, what, and that mediation took place; never who reported."""


@dataclass(frozen=True, slots=True)
class Reader:
    """Who looks (看件人): the actor and the kind of their organisation, on which the seal depends."""

    actor: Actor
    kind: str

    @property
    def at_desk(self) -> bool:
        """Whether they work at a station's desk."""
        return bool(self.actor.roles & DESK_ROLES)


def standing(piece: Piece, reader: Reader) -> str:
    """In which standing the reader, who may see the case, sees it."""
    actor = reader.actor
    if behind_wall(piece):
        return {INSIDE: OFFICE, COURT: DEPARTMENT, PARTY: REPORTER}.get(side_of(actor, piece) or "", OUTSIDE)
    if oversees(actor, piece.station) or (reader.at_desk and actor.org == piece.station):
        return OFFICE
    if is_suit(piece):
        return DEPARTMENT if actor.org is not None and actor.org == piece.assignee else REPORTER
    return DEPARTMENT if piece.assignee is not None else REPORTER


def find(connection: Connection, pieces: Pieces, case_id: str, reader: Reader) -> Piece:
    """The case; NotFound when there is none, and just the same when it is not the reader's to know of."""
    piece = pieces.one(connection, case_id)
    if piece is not None:
        with_reports(connection, pieces, [piece])
    if piece is None or not may_see(reader.actor, piece):
        raise NotFound("没有这件案件", case=case_id[:64])
    return piece


def with_reports(connection: Connection, pieces: Pieces, some: Sequence[Piece]) -> None:
    """Read the reports that mediations came from: by them the wall knows a station."""
    walled = [one for one in some if behind_wall(one) and one.parent is None and one.parent_id]
    if walled:
        found = {one.id: one for one in pieces.many(connection, [one.parent_id or "" for one in walled])}
        for one in walled:
            one.parent = found.get(one.parent_id or "")


def told(refusal: Refusal, reader: Reader) -> Refusal:
    """The refusal as the reader may hear it: the name of a state that is kept from them stays unsaid."""
    unsaid = frozenset[str]() if reader.kind == POLICE else SEALED_STATES
    if "reporter" in reader.actor.roles and not reader.at_desk:
        unsaid |= INNER_STATES
    hidden = isinstance(refusal, NotNow) and refusal.details.get("state") in unsaid
    return NotNow("当前状态不能办理这个动作") if hidden else refusal


def shown_state(piece: Piece, reader: Reader) -> str:
    """The state as the reader may know it."""
    if standing(piece, reader) == REPORTER:
        return public_state(piece)
    return state_for(piece, reader.kind)


class Views:
    """Shows cases. Shared by all threads."""

    def __init__(self, desk: Desk) -> None:
        self.desk = desk

    def one(
        self, connection: Connection, piece: Piece, reader: Reader, now: datetime, moved: Iterable[Piece] = ()
    ) -> View:
        """A single case with its forms and relatives; ``moved`` are pieces that are newer in memory than in the
        database."""
        return self.several(connection, [piece], reader, now, moved)[0]

    def several(
        self,
        connection: Connection,
        pieces: Sequence[Piece],
        reader: Reader,
        now: datetime,
        moved: Iterable[Piece] = (),
    ) -> list[View]:
        """Some cases, each as a single one is shown."""
        views = self.many(connection, pieces, reader, now, schemas=True)
        newer = {other.id: other for other in moved}
        for piece, view in zip(pieces, views, strict=True):
            view.update(self._relatives(connection, piece, reader, newer))
        return views

    def _relatives(self, connection: Connection, piece: Piece, reader: Reader, newer: Mapping[str, Piece]) -> View:
        """What of the report a department needs; for the office the cases under this one."""
        view: View = {}
        place = standing(piece, reader)
        if piece.assignee is not None and place != REPORTER and piece.parent_id:
            parent = newer.get(piece.parent_id) or self.desk.pieces.one(connection, piece.parent_id)
            report = parent.facts if parent and not behind_wall(parent) else {}
            view["report"] = {name: report[name] for name in TOLD_TO_DEPARTMENT if name in report}
        if piece.assignee is None and place == OFFICE:
            kept = {child.id: child for child in self.desk.pieces.many(connection, [piece.id], by="parent_id")}
            kept |= {other.id: other for other in newer.values() if other.parent_id == piece.id}
            shown = (child for _, child in sorted(kept.items()) if _may_know(child, reader))
            view["children"] = [_child(child, reader) for child in shown]
        return view

    def many(
        self,
        connection: Connection,
        pieces: Sequence[Piece],
        reader: Reader,
        now: datetime,
        *,
        schemas: bool,
        lines: bool = False,
    ) -> list[View]:
        """Cases of a list; their actions carry the forms only if asked to. ``lines`` leaves out what a line of a list
        does not say: who reported, and how much is left of other clocks than the nearest."""
        with_reports(connection, self.desk.pieces, pieces)
        marks = clock_marks(connection, [piece.id for piece in pieces])
        self.desk.almanac.look(connection)
        asked_for = [] if lines else [piece.id for piece in pieces if _knows_reporter(piece, reader)]
        known = reporters_of(connection, asked_for)
        beside = self.desk.folders(connection, pieces)
        found: list[View] = []
        for piece in pieces:
            pack = self.desk.shelf.pack(connection, piece.pack_id)
            view = self._columns(piece, reader, pack)
            dial = Dial(pack, now, self._calendars(piece, pack), unsaid_clocks(piece, reader), 1 if lines else None)
            shown = sees_clocks(piece, reader)
            view["clocks"] = list(clock_rows(piece, marks.get(piece.id, {}), dial)) if shown else []
            view["light"] = worst(clock["light"] for clock in view["clocks"])
            view["provisional"] = any(clock["provisional"] for clock in view["clocks"])
            view["facts"] = _facts(piece, reader, pack)
            if piece.id in known:
                view["reporter"] = masked(known[piece.id])
            question = Question(piece, reader.actor, now, pack, folder=beside.get(piece.id))
            actions = self.desk.engines[piece.case_type].actions(question)
            view["actions"] = [shown_action(action, schemas) for action in actions]
            found.append(view)
        return found

    def _calendars(self, piece: Piece, pack: Pack) -> Callable[[str], Calendar]:
        """The calendar of a clock: in the office hours of whoever it runs on."""
        known = self.desk.engines[piece.case_type].clocks

        def of(code: str) -> Calendar:
            owner = owner_of(piece, known[code]) if code in known else piece.holder
            return self.desk.calendar_of(pack.hours_of(owner))

        return of

    def _columns(self, piece: Piece, reader: Reader, pack: Pack) -> View:
        place = standing(piece, reader)
        inside = place not in {REPORTER, OUTSIDE}
        state = shown_state(piece, reader)
        community = pack.communities.get(piece.community or "")
        matter = pack.matter(piece.matter or "")
        return {
            "id": piece.id,
            "number": piece.number,
            "case_type": piece.case_type,
            "state": state,
            "state_label": self.desk.engines[piece.case_type].states[state].label,
            "version": piece.version,
            "parent_id": piece.parent_id,
            "station": piece.station,
            "assignee": piece.assignee,
            "duty": piece.duty,
            "lead": piece.lead,
            "holder": _holder(piece, place, state),
            "community": {"code": community.code, "name": community.name} if community else None,
            "matter": {"code": matter.code, "name": matter.name} if matter else None,
            "severity": piece.severity,
            "emergency": piece.emergency,
            "sealed": piece.sealed,
            "summary": piece.summary if place == OFFICE or not behind_wall(piece) else "",
            "found_on": piece.found_on,
            "opened_at": piece.opened_at,
            "updated_at": piece.updated_at,
            "closed_at": piece.closed_at,
            "next_due": _due(piece, reader, place),
            "level": piece.level if inside else 0,
        }


def _holder(piece: Piece, place: str, state: str) -> str | None:
    if place == OUTSIDE:
        return piece.station if piece.is_open else None
    return piece.holder if place != REPORTER or state == piece.state else piece.lead


def _due(piece: Piece, reader: Reader, place: str) -> datetime | None:
    if place == OUTSIDE:
        return due_outside(piece, side_of(reader.actor, piece))
    return _reporters_due(piece) if place == REPORTER else next_due_for(piece, reader.kind)


def _reporters_due(piece: Piece) -> datetime | None:
    due = (datetime.fromisoformat(d) for c, d in piece.clocks.items() if d and c not in INNER_CLOCKS)
    return min(due, default=None)


def held_for_reporter(piece: Piece) -> tuple[str | None, datetime | None]:
    """In whose hands a report is and when something is due next, as whoever made it may know it."""
    return _holder(piece, REPORTER, public_state(piece)), _reporters_due(piece) if piece.is_open else None


def sees_clocks(piece: Piece, reader: Reader) -> bool:
    """Whether the reader gets to know of any clock: the station a mediation came from does not."""
    return not (behind_wall(piece) and side_of(reader.actor, piece) == ORIGIN)


def unsaid_clocks(piece: Piece, reader: Reader) -> frozenset[str]:
    """The clocks of the case of which the reader does not get to know."""
    if standing(piece, reader) == REPORTER:
        return INNER_CLOCKS
    return SEALED_CLOCKS if behind_seal(piece, reader.kind) else frozenset()


def _facts(piece: Piece, reader: Reader, pack: Pack) -> View:
    if behind_wall(piece):
        inside = standing(piece, reader) in {OFFICE, DEPARTMENT}
        return dict(piece.facts) if inside else facts_outside(piece)
    place = standing(piece, reader)
    if is_suit(piece) and place != OFFICE:
        return suit_facts(piece, plaintiff=place == REPORTER)
    if place == REPORTER:
        return {name: value for name, value in piece.facts.items() if name in TOLD_TO_REPORTER}
    return facts_for(piece, reader.kind, pack)


def _may_know(child: Piece, reader: Reader) -> bool:
    """A mediator does not learn what became of the danger they reported: enforcement is behind the wall."""
    return behind_wall(child) or not shut_out(reader.actor)


def _child(child: Piece, reader: Reader) -> View:
    state = state_for(child, reader.kind)
    return {"id": child.id, "number": child.number, "assignee": child.assignee, "duty": child.duty, "state": state}


def _knows_reporter(piece: Piece, reader: Reader) -> bool:
    """The desk that talks to the reporter, and the reporter; no department, no auditor."""
    if piece.assignee is not None or reader.actor.roles & OVERSIGHT_ROLES:
        return False
    return standing(piece, reader) in {OFFICE, REPORTER}
