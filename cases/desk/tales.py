"""The history of a case as it is told (经过): to the office, a department, the reporter.

What does not live here: the rules of the seal (visibility), queries (store), the case itself (views), its clocks
(timetable).
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator

from sqlalchemy import Connection

from cases.desk.deeds import BY_LINK
from cases.desk.desk import Desk
from cases.desk.task_links import LINK
from cases.desk.views import OUTSIDE, REPORTER, Reader, View, standing
from cases.engine import Engine
from cases.packs.schema import Pack
from cases.piece import Piece
from cases.rules.visibility import INNER_STATES, entry_for
from cases.rules.wall import line_outside, side_of
from cases.store.accounts import names_of
from cases.store.history import entries_of, milestones_of

OPENED = "登记"
SYSTEM = "system:"


def actor_names(connection: Connection, engine: Engine, actors: Iterable[str]) -> dict[str, str]:
    """The names of accounts among these actors, and of the hands of the system."""
    wanted = {actor for actor in actors if actor}
    roles = {role for step in engine.case_type.steps for role in step.roles if role.inside}
    system = {f"{SYSTEM}{role.code}": role.label for role in roles}
    return {**system, **names_of(connection, wanted - set(system))}


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
        names = actor_names(connection, self.desk.engines[piece.case_type], [line["actor"] for line in lines])
        return [
            {
                **line,
                "actor_name": names.get(line["actor"], "") or _by_link(line),
                "label": self._label(piece, line["verb"], pack),
            }
            for line in lines
        ]

    def _label(self, piece: Piece, verb: str, pack: Pack) -> str:
        if verb in {"sealed", "walled"}:
            return pack.words(verb)
        return OPENED if verb == "open" else self.desk.engines[piece.case_type].label(verb)

    def milestones(
        self, connection: Connection, piece: Piece, lang: str = "zh", unsaid: Collection[str] = ()
    ) -> list[View]:
        """The steps of a report in plain words, as its reporter sees them; what happens inside leaves no step, nor does
        a state that is ``unsaid`` to whoever asks."""
        pack = self.desk.shelf.pack(connection, piece.pack_id)
        told: list[View] = []
        last = ""
        for at, state in milestones_of(connection, piece.id):
            shown = "dispatched" if state in INNER_STATES else state
            if shown != last and shown not in unsaid:
                told.append({"at": at, "words": pack.words(f"{piece.case_type}.{shown}", lang)})
            last = shown
        return told


def _by_link(line: View) -> str:
    """Whoever acted by a link is called as they called themselves."""
    named = (line["payload"] or {}).get(BY_LINK, "") if line["actor"].startswith(LINK) else ""
    return f"{named}(凭链接)" if named else ""


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
