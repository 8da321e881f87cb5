"""The history and the deadlines of a case as they are told (经过与时限): to the office, a department, the reporter.

What does not live here: the rules of the seal (visibility), queries (store), and the case itself (views).
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from typing import Any

from sqlalchemy import Connection

from cases.desk.desk import Desk
from cases.desk.views import OUTSIDE, REPORTER, Reader, View, standing
from cases.packs.schema import Pack
from cases.piece import Piece
from cases.rules.calendar import hours_of
from cases.rules.counting import due, explain_lines, span_of
from cases.rules.counting_rules import base_rules, ruling
from cases.rules.lights import light_of
from cases.rules.visibility import INNER_CLOCKS, INNER_STATES, SEALED_CLOCKS, behind_seal, entry_for
from cases.rules.wall import ORIGIN, behind_wall, line_outside, side_of
from cases.store.accounts import names_of
from cases.store.history import deadlines_of, entries_of, milestones_of

OPENED = "登记"
SYSTEM = "system:"


class Tales:
    """Tells what happened and by when it is due. Shared by all threads."""

    def __init__(self, desk: Desk) -> None:
        self.desk = desk

    def entries(self, connection: Connection, piece: Piece, reader: Reader) -> list[View]:
        """The history, line by line, in order."""
        pack = self.desk.shelf.pack(connection, piece.pack_id)
        lines = entries_of(connection, piece.id)
        place = standing(piece, reader)
        if place == OUTSIDE:
            side = side_of(reader.actor, piece)
            lines = [told for line in lines if (told := line_outside(line, side, pack)) is not None]
        elif place == REPORTER:
            lines = list(_outside(lines, reader))
        else:
            lines = [entry_for(line, piece, reader.kind, pack) for line in lines]
        names = names_of(connection, (line["actor"] for line in lines if line["actor"]))
        roles = {f"{SYSTEM}{code}": label for code, label in self._inside_roles(piece).items()}
        return [
            {
                **line,
                "actor_name": names.get(line["actor"]) or roles.get(line["actor"], ""),
                "label": self._label(piece, line["verb"], pack),
            }
            for line in lines
        ]

    def _inside_roles(self, piece: Piece) -> dict[str, str]:
        steps = self.desk.engines[piece.case_type].case_type.steps
        return {role.code: role.label for step in steps for role in step.roles if role.inside}

    def _label(self, piece: Piece, verb: str, pack: Pack) -> str:
        if verb in {"sealed", "walled"}:
            return pack.words(verb)
        return OPENED if verb == "open" else self.desk.engines[piece.case_type].label(verb)

    def deadlines(self, connection: Connection, piece: Piece, reader: Reader, now: datetime) -> list[View]:
        """The clocks, each with its legal source and why it ends when it ends."""
        if behind_wall(piece) and side_of(reader.actor, piece) == ORIGIN:
            return []
        hidden = SEALED_CLOCKS if behind_seal(piece, reader.kind) else frozenset[str]()
        if standing(piece, reader) == REPORTER:
            hidden = INNER_CLOCKS
        self.desk.almanac.look(connection)
        rows = [row for row in deadlines_of(connection, piece.id) if row["code"] not in hidden]
        return [self._deadline(connection, row, now) for row in rows]

    def _deadline(self, connection: Connection, row: dict[str, Any], now: datetime) -> View:
        pack = self.desk.shelf.pack(connection, row["pack_id"])
        limit = pack.limit(row["limit_code"])
        kept = ("code", "limit_code", "amount", "unit", "started_at", "due_at", "stopped_at", "provisional", "rung")
        view: View = {name: row[name] for name in kept}
        for name in ("law", "article", "basis", "confidence"):
            view[name] = getattr(limit, name) if limit else ""
        view["limit_name"] = limit.name if limit else ""
        view["light"] = light_of(row["due_at"], now, warned=row["rung"] > 0, stopped_at=row["stopped_at"])
        view["why"] = []
        if limit is not None:
            span = span_of(row["amount"], row["unit"], limit.rolls)
            calendar = self.desk.calendar.with_hours(hours_of(pack.working_hours))
            rule = ruling(limit.law, span, base_rules())
            view["why"] = explain_lines(due(row["started_at"], span, calendar, explain=True, rule=rule))
        return view

    def milestones(self, connection: Connection, piece: Piece) -> list[View]:
        """The steps of a report in plain words, as its reporter sees them; what happens inside leaves no step."""
        pack = self.desk.shelf.pack(connection, piece.pack_id)
        told: list[View] = []
        last = ""
        for at, state in milestones_of(connection, piece.id):
            shown = "dispatched" if state in INNER_STATES else state
            if shown != last:
                told.append({"at": at, "words": pack.words(f"{piece.case_type}.{shown}")})
            last = shown
        return told


def _outside(lines: list[View], reader: Reader) -> Iterator[View]:
    """The lines a reporter gets: those that changed what they see, and their own; others' words are left out."""
    actor = reader.actor
    for line in lines:
        before, after = _public(line["from_state"]), _public(line["to_state"])
        mine = line["actor"] == actor.id or (bool(actor.org) and line["actor_org"] == actor.org)
        if before == after and not mine:
            continue
        yield {
            **line,
            "actor": line["actor"] if mine else "",
            "actor_org": line["actor_org"] if mine else "",
            "from_state": before,
            "to_state": after,
            "payload": line["payload"] if mine else {},
        }


def _public(state: str) -> str:
    return "dispatched" if state in INNER_STATES else state
