"""Which relatives a step needs loaded (随动案件): parent, children, siblings. Derived from the table, kept per verb.

What does not live here: carrying itself (desk), reading (store).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache

from sqlalchemy import Connection

from cases.desk.working import Working
from cases.engine import Engine
from cases.grammar import read_effect
from cases.store.pieces import Pieces


@dataclass(frozen=True, slots=True)
class Family:
    """The relatives a step may read or move; ``uppers`` are the case types whose children are read or moved;
    ``beside`` says that rows beside the case are written after its own."""

    parent: bool = False
    children: bool = False
    siblings: bool = False
    uppers: frozenset[str] = frozenset()
    beside: bool = False

    def __or__(self, other: Family) -> Family:
        return Family(
            self.parent or other.parent,
            self.children or other.children,
            self.siblings or other.siblings,
            self.uppers | other.uppers,
            self.beside or other.beside,
        )


@cache
def _known(engines: tuple[tuple[str, Engine], ...], case_type: str, verb: str) -> Family:
    table = dict(engines)
    found = Family(uppers=frozenset(code for code, engine in engines if engine.looks_down))
    for rows in table[case_type].by_verb.get(verb, {}).values():
        for step in rows:
            reads = any(getattr(g, "reads_children", False) for g in step.needs)
            effects = [read_effect(name) for name in step.then]
            down = any(e.kind in {"open", "children", "followers"} for e in effects)
            up = [e.arg for e in effects if e.kind == "parent"]
            beside = any(
                getattr(g, "reads_children", False)
                for other in table.values()
                for above in up
                for others in other.by_verb.get(above, {}).values()
                for s in others
                for g in s.needs
            )
            after = any(e.kind == "release" for e in effects)
            found |= Family(bool(up), reads or down, beside, beside=after)
    return found


def relatives_needed(engines: Mapping[str, Engine], asked: Iterable[tuple[str, str]]) -> Family:
    """The relatives these verbs of these case types need."""
    need, known = Family(), tuple(engines.items())
    for case_type, verb in asked:
        need |= _known(known, case_type, verb)
    return need


def _roots(working: Working, need: Family) -> list[str]:
    """The cases at hand under which others lie that may be read or moved."""
    return [i for i, piece in working.pieces.items() if piece.case_type in need.uppers]


def load_relatives(pieces: Pieces, connection: Connection, working: Working, need: Family) -> None:
    """Load them: parents first and locked, then the children of every clue at hand, which is locked as well."""
    if need.children and pieces.kind != "sqlite":
        working.renew(pieces.many(connection, sorted(_roots(working, need)), lock=True))
    if need.parent:
        up = sorted({p.parent_id for p in working.pieces.values() if p.parent_id} - set(working.pieces))
        working.hold(pieces.many(connection, up, lock=True))
    if need.children or need.siblings:
        roots = _roots(working, need)
        working.hold(pieces.many(connection, roots, by="parent_id"))
        for root in roots:
            working.pieces[root].children = working.pieces[root].children or []
    working.family()
