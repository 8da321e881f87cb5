"""The diary (工作日志) of a demonstration: one line a report, what became of it, as those who play it experience it.

Nothing here is read from the office's own flags: an answer counts when its reporter read it by query code. What does
not live here: taking any step.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from typing import Literal

Outcome = Literal["rejected", "declined", "needs_more", "redirected", "merged", "accepted"]
OUTCOMES: tuple[Outcome, ...] = ("rejected", "declined", "needs_more", "redirected", "merged", "accepted")


@dataclass(slots=True)
class Line:
    """One report. ``outcome`` is empty until the operator has decided; ``org`` is the reporting organisation."""

    row: int
    external_id: str
    receipt: str = ""
    code: str = ""
    case_id: str = ""
    org: str = ""
    outcome: Outcome | None = None
    reason: str = ""
    lead: str = ""
    assist: tuple[str, ...] = ()
    answer: str = ""
    ended: bool = False
    dispatched: bool = False
    reacts_at: datetime | None = None
    reactions: int = 0


@dataclass(slots=True)
class Diary:
    """All lines, and what happened to the messages."""

    lines: list[Line] = field(default_factory=list)
    parked: int = 0
    by_case: dict[str, Line] = field(default_factory=dict)

    def write(self, line: Line) -> None:
        """Add a line."""
        self.lines.append(line)
        if line.case_id:
            self.by_case[line.case_id] = line

    def count(self, outcome: Outcome) -> int:
        """How many reports came to an outcome."""
        return sum(line.outcome == outcome for line in self.lines)

    @property
    def undecided(self) -> list[Line]:
        """Reports nobody has decided about."""
        return [line for line in self.lines if line.outcome is None]
