"""What the pack says (规定), as the judge reads it: limits, ladders, grounds, and whom a rung speaks to.

Only the rows of the pack are read, none of its lookups. What does not live here: counting (``days``).
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cached_property

from cases.packs.rows import Ground, Limit, Rung
from cases.packs.schema import Pack


@dataclass(frozen=True, slots=True)
class Standing:
    """What the limits and ladders of a case depend on."""

    pack_id: int
    case_type: str
    matter: str
    severity: int
    emergency: bool


def breadth(pattern: str) -> int:
    """How narrow a pattern of matters is: a whole code is narrowest, ``*`` widest."""
    return 99 if "*" not in pattern else len(pattern)


def covers(pattern: str, matter: str) -> bool:
    return pattern == matter or (pattern.endswith("*") and matter.startswith(pattern[:-1]))


class Law:
    """One published version of the pack."""

    def __init__(self, pack: Pack) -> None:
        self.pack = pack
        self._limits: dict[tuple[Standing, str], Limit | None] = {}
        self._ladders: dict[tuple[Standing, str], tuple[Rung, ...]] = {}

    def limit(self, standing: Standing, clock: str) -> Limit | None:
        """The limit of a clock: the narrowest row by matter, then by urgency, then by the order of the classes."""
        key = (standing, clock)
        if key not in self._limits:
            self._limits[key] = self._find_limit(standing, clock)
        return self._limits[key]

    def _find_limit(self, standing: Standing, clock: str) -> Limit | None:
        matter = self.pack.matters.get(standing.matter)
        classes = list(matter.limits) if matter else []
        urgency = "yes" if standing.emergency else "no"
        rows = [
            row for row in self.pack.clocks
            if (row.case_type, row.clock) == (standing.case_type, clock) and row.emergency in ("*", urgency)
            and (row.limits_class == "*" or row.limits_class in classes) and covers(row.matter, standing.matter)
        ]  # fmt: skip
        if not rows:
            return None
        order = [*classes, "*"]
        best = min(rows, key=lambda r: (-breadth(r.matter), r.emergency == "*", order.index(r.limits_class)))
        return self.pack.limits[best.limit]

    def ladder(self, standing: Standing, clock: str) -> tuple[Rung, ...]:
        """The rungs of a clock, in order: those of the narrowest ladder alone; none where it is quiet."""
        key = (standing, clock)
        if key not in self._ladders:
            self._ladders[key] = self._find_ladder(standing, clock)
        return self._ladders[key]

    def _find_ladder(self, standing: Standing, clock: str) -> tuple[Rung, ...]:
        urgency = "yes" if standing.emergency else "no"
        rows = [
            rung for rung in self.pack.ladder
            if rung.case_type in ("*", standing.case_type) and rung.clock in ("*", clock)
            and covers(rung.matter, standing.matter) and rung.severity in ("*", str(standing.severity))
            and rung.emergency in ("*", urgency)
        ]  # fmt: skip
        if not rows:
            return ()
        heads = {(r.clock == "*", r.case_type == "*", -breadth(r.matter), r.severity == "*", r.emergency == "*")
                 for r in rows}  # fmt: skip
        narrowest = min(heads)
        chosen = [
            r for r in rows
            if (r.clock == "*", r.case_type == "*", -breadth(r.matter), r.severity == "*", r.emergency == "*")
            == narrowest and r.deed != "quiet"
        ]  # fmt: skip
        return tuple(sorted(chosen, key=lambda r: r.n))

    def ground(self, code: str, family: str) -> Ground | None:
        return next((g for g in self.pack.grounds if (g.code, g.family) == (code, family)), None)

    def hours(self, holder: str | None) -> str:
        """The office hours of whoever holds a case, or the pack's."""
        found = self.pack.organisations.get(holder or "")
        return (found.hours if found and found.hours else ";".join(self.pack.working_hours)).replace(";", ",")

    @cached_property
    def named(self) -> dict[str, str]:
        """The district and the leading group."""
        kinds = {o.kind: o.code for o in reversed(self.pack.organisations.values())}
        duties = {duty: o.code for o in reversed(self.pack.organisations.values()) for duty in o.duties}
        return {name: kinds.get(name) or duties[name] for name in ("district", "leading_group")}


def span(text: str) -> tuple[int, str]:
    """A written offset such as "5wd"."""
    amount, unit = re.fullmatch(r"([0-9]+)([a-z_]+)", text).groups()  # type: ignore[union-attr]
    return int(amount), unit
