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
    """The relatives a step may read or move."""

    parent: bool = False
    children: bool = False
    siblings: bool = False

    def __or__(self, other: Family) -> Family:
        return Family(self.parent or other.parent, self.children or other.children, self.siblings or other.siblings)


@cache
def _known(engines: tuple[tuple[str, Engine], ...], case_type: str, verb: str) -> Family:
    table = dict(engines)
    found = Family()
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
            found |= Family(bool(up), reads or down, beside)
    return found


def relatives_needed(engines: Mapping[str, Engine], asked: Iterable[tuple[str, str]]) -> Family:
    """The relatives these verbs of these case types need."""
    need, known = Family(), tuple(engines.items())
    for case_type, verb in asked:
        need |= _known(known, case_type, verb)
    return need


def load_relatives(pieces: Pieces, connection: Connection, working: Working, need: Family) -> None:
    """Load them: parents first and locked, then the children of every clue at hand, which is locked as well."""
    if need.children and pieces.kind != "sqlite":
        working.renew(
            pieces.many(connection, sorted(i for i, p in working.pieces.items() if p.duty is None), lock=True)
        )
    if need.parent:
        up = sorted({p.parent_id for p in working.pieces.values() if p.parent_id} - set(working.pieces))
        working.hold(pieces.many(connection, up, lock=True))
    if need.children or need.siblings:
        roots = [i for i, p in working.pieces.items() if p.duty is None]
        working.hold(pieces.many(connection, roots, by="parent_id"))
        for root in roots:
            working.pieces[root].children = working.pieces[root].children or []
    working.family()
