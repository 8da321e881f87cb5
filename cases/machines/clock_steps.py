"""What the timekeeper does to any case (时限提醒): warn, mark overdue, escalate. The same rows for every case type.

When a rung is due is data of the pack (the ladder); whom it tells comes with the form.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from pydantic import Field

from cases.grammar import STAY, Form, Question, Step
from cases.machines.roles import TIMEKEEPER


class Rung(Form):
    """One rung of the ladder (督办阶梯) being fired: which clock, when it was due, whom to tell."""

    clock: str = Field(title="时限")
    n: int = Field(title="级次")
    level: int = Field(title="等级", ge=0, le=4)
    due_at: datetime = Field(title="应办时间")
    tell: tuple[str, ...] = Field(title="告知")


VERBS: Mapping[str, tuple[str, str]] = {
    "warn": ("提醒", "Warn"),
    "overdue": ("标记超期", "Mark overdue"),
    "escalate": ("升级", "Escalate"),
}


def warned(q: Question) -> dict[str, Any]:
    """A reminder to a reporter is a try to reach them."""
    if q.piece.state == "confirming":
        return {"contact_tries": int(q.piece.facts.get("contact_tries", 0)) + 1, "contacted_at": q.now.isoformat()}
    return {}


def raised(q: Question) -> dict[str, Any]:
    """The level only rises."""
    return {"level": max(q.piece.level, q.form.level)}


def overdue(q: Question) -> dict[str, Any]:
    """The clock that ran over is remembered on the case."""
    late = list(q.piece.facts.get("overdue", []))
    return {**raised(q), "overdue": late if q.form.clock in late else [*late, q.form.clock]}


def clock_steps(timed: tuple[str, ...]) -> tuple[Step, ...]:
    """The timekeeper's rows for the states in which a clock may run."""
    # fmt: off
    return (
        Step(TIMEKEEPER, "warn",     timed, STAY, Rung, (), ("tell:named",), warned),
        Step(TIMEKEEPER, "overdue",  timed, STAY, Rung, (), ("tell:named",), overdue),
        Step(TIMEKEEPER, "escalate", timed, STAY, Rung, (), ("tell:named",), raised),
    )
    # fmt: on
