"""Which relatives a step needs loaded (随动案件): parent, children, siblings. Derived from the table, kept per verb.

What does not live here: carrying itself (desk).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

from cases.engine import Engine
from cases.grammar import read_effect


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


def family_of(engines: Mapping[str, Engine], case_type: str, verb: str) -> Family:
    """The relatives this verb of this case type needs."""
    return _known(tuple(engines.items()), case_type, verb)
