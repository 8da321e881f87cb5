"""The working set (办理台面): the cases one unit touches, held once each, their outcomes written down as they fall.

Steps of one batch may share a parent; each case is loaded once, moved in memory, and swapped once from the version it
was read with. A refused step leaves no trace. What does not live here: what a step is (engine) and SQL (store).
"""

from __future__ import annotations

import copy
import os
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field, fields
from datetime import datetime
from typing import Any

from sqlalchemy import Connection

from cases.engine import Outcome
from cases.grammar import Actor
from cases.journal.chain import SALT_BYTES, link
from cases.piece import Piece
from cases.rules.words import said_in
from cases.store.pieces import row_of
from cases.store.sheaf import Sheaf

_FIELDS = tuple(f.name for f in fields(Piece))


@dataclass(slots=True)
class Mark:
    """How far the rows had grown before a step, to be able to take the step back."""

    inserts: dict[str, int]
    updates: dict[str, int]
    stops: int
    pieces: list[tuple[Piece, Piece]]
    fresh: frozenset[str]
    holders: dict[str, str | None]
    later: int


@dataclass(slots=True)
class Working:
    """The cases and rows of one unit of work. ``read_at`` maps each loaded case to the version it was read with,
    ``said`` to what its words came from; ``words`` answers the words of a case."""

    now: datetime
    alg: str
    words: Callable[[Piece], str]
    pieces: dict[str, Piece] = field(default_factory=dict)
    read_at: dict[str, int] = field(default_factory=dict)
    fresh: dict[str, Piece] = field(default_factory=dict)
    holders: dict[str, str | None] = field(default_factory=dict)
    said: dict[str, tuple[Any, ...]] = field(default_factory=dict)
    sheaf: Sheaf = field(default_factory=Sheaf)
    later: list[Callable[[Connection], None]] = field(default_factory=list)
    """What is written beside the cases once their own rows stand, in the same transaction."""

    def do_later(self, connection: Connection) -> None:
        """Write what had to wait for the cases' own rows."""
        for deed in self.later:
            deed(connection)
        self.later.clear()

    def hold(self, pieces: Iterable[Piece]) -> None:
        """Take loaded cases in; one that is already here stays as it stands."""
        for piece in pieces:
            if piece.id not in self.pieces:
                self._take_in(piece)

    def renew(self, pieces: Iterable[Piece]) -> None:
        """Take cases in as they stand now, over what was loaded before."""
        for piece in pieces:
            self._take_in(piece)

    def _take_in(self, piece: Piece) -> None:
        self.pieces[piece.id] = piece
        self.read_at[piece.id] = piece.version
        self.holders[piece.id] = piece.holder
        self.said[piece.id] = said_in(piece)

    def family(self) -> None:
        """Tie loaded children to loaded parents, in the order of their numbers: rows come in no order."""
        for piece in sorted(self.pieces.values(), key=lambda piece: piece.number):
            parent = self.pieces.get(piece.parent_id or "")
            if parent is not None:
                piece.parent = parent
                if parent.children is None:
                    parent.children = []
                if all(c.id != piece.id for c in parent.children):
                    parent.children.append(piece)

    def mark(self, touched: Iterable[Piece]) -> Mark:
        """Remember how things stand."""
        return Mark(
            {name: len(rows) for name, rows in self.sheaf.inserts.items()},
            {name: len(rows) for name, rows in self.sheaf.updates.items()},
            len(self.sheaf.stops),
            [(piece, copy.copy(piece)) for piece in touched],
            frozenset(self.fresh),
            dict(self.holders),
            len(self.later),
        )

    def back_to(self, mark: Mark) -> None:
        """Undo everything since the mark."""
        for rows, kept in ((self.sheaf.inserts, mark.inserts), (self.sheaf.updates, mark.updates)):
            for name in list(rows):
                del rows[name][kept.get(name, 0) :]
        self.fresh = {i: p for i, p in self.fresh.items() if i in mark.fresh}
        self.holders = dict(mark.holders)
        del self.sheaf.stops[mark.stops :]
        del self.later[mark.later :]
        for piece, before in mark.pieces:
            for name in _FIELDS:
                setattr(piece, name, getattr(before, name))
            if piece.children is not None:
                piece.children = [c for c in piece.children if c.id in self.pieces or c.id in self.fresh]

    def open(self, piece: Piece, actor: Actor, role: str, payload: dict[str, Any]) -> None:
        """Write down a new case with its first entry."""
        self.fresh[piece.id] = piece
        self._enter(piece, actor, role, "open", "", payload)

    def write_down(self, outcome: Outcome, actor: Actor, payload: dict[str, Any]) -> None:
        """Write the entry of a decided step; history is written from the outcome, never read back from the row."""
        self._enter(outcome.piece, actor, outcome.role.code, outcome.step.does, outcome.from_state, payload)
        self.hold_by(outcome.piece)

    def hold_by(self, piece: Piece) -> None:
        """Write down in whose hands the case now is, if that has changed; called once for each entry."""
        if piece.id in self.holders and self.holders[piece.id] == piece.holder:
            return
        self.holders[piece.id] = piece.holder
        self.sheaf.insert("holding", case_id=piece.id, seq=piece.version, holder=piece.holder, at=self.now)

    def _enter(
        self, piece: Piece, actor: Actor, role: str, verb: str, from_state: str, payload: dict[str, Any]
    ) -> None:
        one = link(
            case_id=piece.id,
            seq=piece.version + 1,
            prev_hash=piece.head_hash,
            at=self.now,
            actor=actor.id,
            org=actor.org or "",
            role=role,
            verb=verb,
            from_state=from_state,
            to_state=piece.state,
            payload=payload,
            salt=os.urandom(SALT_BYTES),
            alg=self.alg,
        )
        piece.version, piece.head_hash, piece.updated_at = one.seq, one.hash, self.now
        self.sheaf.insert(
            "entry",
            case_id=piece.id,
            seq=one.seq,
            at=self.now,
            actor=actor.id,
            actor_org=actor.org or "",
            role=role,
            verb=verb,
            from_state=from_state,
            to_state=piece.state,
            alg=one.alg,
            prev_hash=one.prev,
            digest=one.digest,
            hash=one.hash,
            record=one.record,
        )
        self.sheaf.insert("entry_payload", case_id=piece.id, seq=one.seq, salt=one.salt, body=one.body)

    def bind(self) -> Sheaf:
        """The sheaf with every new and every moved case in it."""
        for piece in self.fresh.values():
            self.sheaf.insert("case_file", **row_of(piece))
            self.sheaf.insert("case_words", case_id=piece.id, words=self.words(piece))
        for case_id, version in self.read_at.items():
            piece = self.pieces[case_id]
            if piece.version != version:
                self.sheaf.swap(row_of(piece), case_id, version)
                if self.said[case_id] != said_in(piece):
                    self.sheaf.update("words_change", self.words(piece), case_id)
        self.sheaf.finish()
        return self.sheaf
