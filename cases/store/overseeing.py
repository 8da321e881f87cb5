"""What those who supervise ask of all cases at once (执法监督): overdue, returned, not filed, the load of mediation.

Numbers of cases, states, organisations and moments; never a summary, a fact, a payload or a paper, and of tasks sealed
by law nothing. What does not live here: who may ask (edge) and how it is shown.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Connection, Select, and_, case, func, not_, or_, select

from cases.rules.wall import MEDIATION
from cases.store.holdings import Period
from cases.store.sheaf import table

SHOWN = 200
"""Cases listed by number; the rest is only counted."""

NOT_FILED = {"declined": "clue", "no_violation": "assignment"}
"""States in which something reported came to no case of enforcement, and whose they are."""

RETURNS = ("ask_return", "uphold_return", "reject_return")
AGREED, FAILED, TERMINATED, DECLINED = "agreed", "failed", "terminated", "declined"
ENDED = {"performing": AGREED, "performed": AGREED, "failed": FAILED, "terminated": TERMINATED, "declined": DECLINED}
"""What a mediation has come to once it was in one of these states."""

_case = table("case_file").c
_entry = table("entry").c

Row = dict[str, Any]
Area = Collection[str] | None
"""The organisations whose files are counted; None for all."""


@dataclass(frozen=True, slots=True)
class Listed:
    """How many there are, how many of them lie with or come from whom, and the first of them by number."""

    total: int
    by: list[Row]
    items: list[Row]


def _of(area: Area) -> list[ColumnElement[bool]]:
    return [] if area is None else [_case.station.in_(sorted(area))]


def _unsealed() -> ColumnElement[bool]:
    return not_(and_(_case.sealed.is_(True), _case.assignee.is_not(None)))


def overdue(connection: Connection, now: datetime, area: Area) -> Listed:
    """Open cases past their nearest term, the longest first, by the organisation that holds them."""
    late = (_case.is_open.is_(True), _case.next_due < now, _unsealed(), *_of(area))
    by = (
        select(_case.holder.label("org"), func.count().label("cases"), func.min(_case.next_due).label("oldest"))
        .where(*late)
        .group_by(_case.holder)
        .order_by(func.count().desc(), _case.holder)
    )
    listed = select(
        _case.number,
        _case.case_type,
        _case.state,
        _case.holder.label("org"),
        _case.level,
        _case.next_due.label("due_at"),
    )
    return _listed(connection, by, listed.where(*late).order_by(_case.next_due, _case.id))


def returned(connection: Connection, period: Period, area: Area) -> Listed:
    """Tasks a department asked to give back: how often asked, upheld and rejected, by department."""
    asked, upheld, rejected = (func.sum(case((_entry.verb == verb, 1), else_=0)) for verb in RETURNS)
    moved = (_case.case_type == "assignment", _entry.verb.in_(RETURNS), _unsealed(), *_within(period), *_of(area))
    by = (
        _told(_case.assignee.label("org"), asked.label("asked"), upheld.label("upheld"), rejected.label("rejected"))
        .where(*moved)
        .group_by(_case.assignee)
        .order_by(asked.desc(), _case.assignee)
    )
    listed = _told(_case.number, _case.state, _case.assignee.label("org"), _entry.at.label("asked_at"))
    listed = listed.where(*moved, _entry.verb == RETURNS[0]).order_by(_entry.at.desc(), _case.id)
    total = select(func.count()).select_from(listed.order_by(None).subquery())
    return Listed(_count(connection, total), _rows(connection, by), _rows(connection, listed.limit(SHOWN)))


def not_filed(connection: Connection, period: Period, area: Area) -> Listed:
    """Reports that were declined, and tasks in which no violation was found, by who said so."""
    said = or_(*(and_(_case.case_type == kind, _entry.to_state == state) for state, kind in NOT_FILED.items()))
    org = func.coalesce(_case.assignee, _case.station)
    moved = (said, _entry.from_state != _entry.to_state, _unsealed(), *_within(period), *_of(area))
    by = (
        _told(org.label("org"), _entry.to_state.label("how"), func.count(_case.id.distinct()).label("cases"))
        .where(*moved)
        .group_by(org, _entry.to_state)
        .order_by(func.count(_case.id.distinct()).desc(), org, _entry.to_state)
    )
    listed = (
        _told(_case.number, _case.matter, _entry.to_state.label("how"), org.label("org"), _entry.at.label("said_at"))
        .where(*moved)
        .order_by(_entry.at.desc(), _case.id)
    )
    return _listed(connection, by, listed)


def mediation_load(connection: Connection, period: Period, now: datetime, area: Area) -> list[Row]:
    """What each committee carries now, how much of it is late, and what came of its mediations in the period."""
    late = func.sum(case((_case.next_due < now, 1), else_=0))
    open_now = (
        select(_case.station.label("org"), func.count().label("open"), late.label("overdue"))
        .where(_case.case_type == MEDIATION, _case.is_open.is_(True), *_of(area))
        .group_by(_case.station)
    )
    ended = (
        _told(_case.station.label("org"), _entry.to_state, _case.id)
        .where(_case.case_type == MEDIATION, _entry.to_state.in_(ENDED), *_within(period), *_of(area))
        .distinct()
    )
    found: dict[str, Row] = {}
    for row in _rows(connection, open_now):
        _line(found, row["org"]).update(open=row["open"], overdue=row["overdue"])
    counted: set[tuple[str, str]] = set()
    for row in connection.execute(ended):
        outcome = ENDED[row.to_state]
        if (row.id, outcome) not in counted:
            counted.add((row.id, outcome))
            _line(found, row.org)[outcome] += 1
    return [found[org] for org in sorted(found)]


def _line(found: dict[str, Row], org: str | None) -> Row:
    blank = {"org": org, "open": 0, "overdue": 0} | dict.fromkeys(ENDED.values(), 0)
    return found.setdefault(org or "", blank)


def _told(*columns: ColumnElement[Any]) -> Select[Any]:
    """A question about entries together with their cases."""
    return select(*columns).join_from(table("entry"), table("case_file"), _case.id == _entry.case_id)


def _within(period: Period) -> list[ColumnElement[bool]]:
    since = [] if period.since is None else [_entry.at >= period.since]
    return [*since, _entry.at < period.until]


def _listed(connection: Connection, by: Select[Any], listed: Select[Any]) -> Listed:
    """The counts by organisation, their sum, and the first cases."""
    counts = _rows(connection, by)
    return Listed(sum(int(row["cases"]) for row in counts), counts, _rows(connection, listed.limit(SHOWN)))


def _count(connection: Connection, question: Select[Any]) -> int:
    return int(connection.execute(question).scalar_one())


def _rows(connection: Connection, question: Select[Any]) -> list[Row]:
    return [dict(row) for row in connection.execute(question).mappings()]
