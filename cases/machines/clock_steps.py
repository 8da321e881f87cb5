"""What is done to the clocks of any case (时限动作): reminders and the ladder, stands, extensions, another pack.

The same rows for every case type. When a rung is due, on which grounds a clock stands still and how far it may be
extended is data of the pack. What does not live here: moving the clock itself (desk), the arithmetic (rules).
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from pydantic import Field

from cases.grammar import STAY, Form, Guard, Question, Role, Step
from cases.machines.moments import TEXT, Moment
from cases.machines.roles import STATION_HEAD, SUPERVISOR, TIMEKEEPER
from cases.machines.supervision_forms import SupervisionOrder
from cases.rules.standing import clock_runs, clock_stands, not_ones_own, somebody_holds_it


class Rung(Form):
    """One rung of the ladder (督办阶梯) being fired: which clock, when it was reached, whom to tell."""

    clock: str = Field(title="时限")
    n: int = Field(title="级次")
    level: int = Field(title="等级", ge=0, le=4)
    due_at: datetime = Field(title="应办时间")
    reached_at: datetime = Field(title="到点时间")
    tell: tuple[str, ...] = Field(title="告知")
    owner: str = Field(default="", title="时限责任单位")
    issuer: str = Field(default="", title="签发人")


class Stand(Form):
    """停表: on which ground of the pack the clock stands still, with the document that shows it."""

    clock: str = Field(title="时限")
    ground: str = Field(title="停表事由")
    document: str = Field(title="证明文书", min_length=2, max_length=400)
    until: Moment | None = Field(default=None, title="停至")
    reason: str = Field(default="", title="说明", max_length=TEXT)


class GoOn(Form):
    """恢复计时: the reason is gone; ``at`` is for the timekeeper, who may come late."""

    clock: str = Field(title="时限")
    at: Moment | None = Field(default=None, title="恢复时间")


class Extension(Form):
    """延期: by how many of the limit's own units, why, with what proof (文书目录:延期审批)."""

    clock: str = Field(title="时限")
    amount: int = Field(title="延长数(按该时限的单位)", ge=1, le=3650)
    reason: str = Field(title="理由", min_length=2, max_length=TEXT)
    document: str = Field(default="", title="证明材料", max_length=400)


class Rebase(Form):
    """转用新版地区包: why the case goes on under the newest pack."""

    reason: str = Field(title="理由", min_length=2, max_length=TEXT)


class Recount(Form):
    """重算暂算时限: the calendar that is now known, and whom to tell."""

    calendar: str = Field(title="日历版本")
    changes: tuple[str, ...] = Field(title="变化", max_length=50)
    tell: tuple[str, ...] = Field(default=("holder",), title="告知")


VERBS: Mapping[str, tuple[str, str]] = {
    "warn": ("提醒", "Warn"),
    "overdue": ("标记超期", "Mark overdue"),
    "supervise": ("督办", "Supervise"),
    "order_supervision": ("签发督办单", "Issue a supervision order"),
    "escalate": ("升级", "Escalate"),
    "recount": ("重算时限", "Recount the deadlines"),
}

UNSUPERVISED_VERBS = {code: words for code, words in VERBS.items() if code not in {"supervise", "order_supervision"}}
"""The words of a case type that is not supervised itself."""

STANDING_VERBS: Mapping[str, tuple[str, str]] = {
    "pause_clock": ("停表", "Let the clock stand"),
    "resume_clock": ("恢复计时", "Let the clock go on"),
    "extend_clock": ("延长时限", "Extend the deadline"),
    "rebase": ("转用新版地区包", "Move to the newest pack"),
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


def extended(q: Question) -> dict[str, Any]:
    """How often each clock was extended, and the latest reason, which the reporter is told unless it is sealed."""
    times = dict(q.piece.facts.get("extended", {}))
    times[q.form.clock] = int(times.get(q.form.clock, 0)) + 1
    return {"extended": times, "delay": "" if q.piece.sealed else q.form.reason}


def clock_steps(timed: tuple[str, ...], *, supervised: bool = True, resting: tuple[str, ...] = ()) -> tuple[Step, ...]:
    """The timekeeper's rows for the states in which a clock may run; an order of supervision is not supervised itself.

    ``resting`` are ends in which a clock runs that reminds nobody: it is counted again like any other.
    """
    # fmt: off
    rows = (
        Step(TIMEKEEPER, "warn",     timed, STAY, Rung, (), ("tell:named",), warned),
        Step(TIMEKEEPER, "overdue",  timed, STAY, Rung, (), ("tell:named",), overdue),
        Step(TIMEKEEPER, "escalate", timed, STAY, Rung, (), ("tell:named",), raised),
        Step(TIMEKEEPER, "recount",  (*timed, *resting), STAY, Recount, (), ("clock:recount", "tell:named")),
    )
    orders = (
        Step(TIMEKEEPER, "supervise", timed, STAY, Rung, (), ("open:supervision", "tell:named"), raised),
        Step((SUPERVISOR, STATION_HEAD), "order_supervision", timed, STAY, SupervisionOrder, (somebody_holds_it, not_ones_own), ("open:supervision",), raised),
    )
    # fmt: on
    return (*rows, *orders) if supervised else rows


def standing_steps(
    timed: tuple[str, ...],
    approvers: tuple[Role, ...],
    *,
    needs: tuple[Guard, ...] = (),
    also: tuple[str, ...] = (),
    extending: bool = True,
) -> tuple[Step, ...]:
    """The rows by which a clock stands still, goes on, is extended, and the case moves to the newest pack.

    ``also`` names the case that is carried along ("parent?"), whose clock of the same name moves with this one.
    """

    def carried(verb: str) -> tuple[str, ...]:
        return tuple(f"{kin}:{verb}" for kin in also)

    # fmt: off
    rows = (
        Step(approvers,               "pause_clock",  timed, STAY, Stand,  (*needs, clock_runs),   ("clock:pause", *carried("pause_clock"))),
        Step((*approvers, TIMEKEEPER), "resume_clock", timed, STAY, GoOn,  (*needs, clock_stands), ("clock:resume", *carried("resume_clock"))),
        Step(STATION_HEAD,            "rebase",       timed, STAY, Rebase, (),                       ("clock:rebase",)),
    )
    # fmt: on
    if not extending:
        return rows
    longer = Step(
        approvers,
        "extend_clock",
        timed,
        STAY,
        Extension,
        (*needs, clock_runs),
        ("clock:extend", "tell:reporter"),
        extended,
    )
    return (*rows, longer)
