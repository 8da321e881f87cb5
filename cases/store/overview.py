"""What an area has at hand and how its departments do (全区概况): counts by community, station, department and matter.

Reports and the tasks of departments only: of what is behind the wall and of tasks sealed by law nothing is counted.
What does not live here: who may ask (edge) and what a share of few may say (rules).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Connection, Select, and_, case, func, literal_column, not_, or_, select

from cases.store.holdings import Period
from cases.store.sheaf import table

Area = Collection[str] | None
"""The stations that are counted; None for all."""

SIGN_FOR, HANDLING = "sign_for", "handling"
MATTERS = 10

_case = table("case_file").c
_deadline = table("deadline").c

# Literals, not parameters: only so can the database use the partial indexes.
_open = literal_column("case_file.is_open")
_report = _case.case_type == literal_column("'clue'")
_task = and_(_case.case_type == literal_column("'assignment'"), not_(_case.sealed), _case.assignee.is_not(None))


@dataclass(slots=True)
class Place:
    """The reports of a community at a station: open now, overdue now, registered in the period."""

    community: str | None
    station: str | None
    open: int = 0
    overdue: int = 0
    came: int = 0


@dataclass(slots=True)
class Office:
    """The tasks of a department: given in the period, given back of them, limits to sign for and to handle that have
    ended and how many of those were kept; open and overdue now; how long those concluded in the period took."""

    org: str
    given: int = 0
    returned: int = 0
    signed: int = 0
    to_sign: int = 0
    handled: int = 0
    to_handle: int = 0
    open: int = 0
    overdue: int = 0
    seconds: tuple[float, ...] = ()


def places(connection: Connection, area: Area, period: Period, now: datetime) -> list[Place]:
    """Reports by community and station."""
    found: dict[tuple[str | None, str | None], Place] = {}
    keys = (_case.community, _case.station)
    late = func.sum(case((_case.next_due < now, 1), else_=0))
    open_now = select(*keys, func.count(), late).where(_report, _open, *_of(area)).group_by(*keys)
    for community, station, many, overdue in connection.execute(open_now):
        place = found.setdefault((community, station), Place(community, station))
        place.open, place.overdue = many, overdue
    came = select(*keys, func.count()).where(_report, *_within(_case.opened_at, period), *_of(area)).group_by(*keys)
    for community, station, many in connection.execute(came):
        found.setdefault((community, station), Place(community, station)).came = many
    return sorted(found.values(), key=lambda one: (one.community or "~", one.station or "~"))


def offices(connection: Connection, area: Area, period: Period, now: datetime) -> list[Office]:
    """Tasks by department."""
    found: dict[str, Office] = {}

    def of(org: str) -> Office:
        return found.setdefault(org, Office(org))

    given = (_task, *_within(_case.opened_at, period), *_of(area))
    back = func.sum(case((_case.state == "returned", 1), else_=0))
    for org, many, returned in connection.execute(_by_org(func.count(), back).where(*given)):
        of(org).given, of(org).returned = many, returned
    for org, code, kept, ended in connection.execute(_limits(now).where(*given)):
        if code == SIGN_FOR:
            of(org).signed, of(org).to_sign = kept, ended
        else:
            of(org).handled, of(org).to_handle = kept, ended
    late = func.sum(case((_case.next_due < now, 1), else_=0))
    for org, many, overdue in connection.execute(_by_org(func.count(), late).where(_task, _open, *_of(area))):
        of(org).open, of(org).overdue = many, overdue
    took: dict[str, list[float]] = defaultdict(list)
    done = select(_case.assignee, _case.opened_at, _case.closed_at).where(
        _task, _case.state == "concluded", *_within(_case.closed_at, period), *_of(area)
    )
    for org, opened, closed in connection.execute(done):
        took[org].append((closed - opened).total_seconds())
    for org, seconds in took.items():
        of(org).seconds = tuple(seconds)
    return [found[org] for org in sorted(found)]


def matters(connection: Connection, area: Area, period: Period) -> list[tuple[str | None, int]]:
    """What the reports of the period are about, the most frequent first."""
    many = func.count()
    question = (
        select(_case.matter, many)
        .where(_report, *_within(_case.opened_at, period), *_of(area))
        .group_by(_case.matter)
        .order_by(many.desc(), _case.matter)
        .limit(MATTERS)
    )
    return [(matter, count) for matter, count in connection.execute(question)]


def _by_org(*columns: Any) -> Select[Any]:
    return select(_case.assignee, *columns).group_by(_case.assignee)


def _limits(now: datetime) -> Select[Any]:
    """Limits that have ended, and how many of them were kept: one that runs or stands still has not ended. What was
    given back was not handled, in time or late."""
    kept = and_(_deadline.stopped_at.is_not(None), _deadline.stopped_at <= _deadline.due_at)
    run_out = and_(_deadline.stopped_at.is_(None), _deadline.stands_since.is_(None), _deadline.due_at < now)
    ended = or_(_deadline.stopped_at.is_not(None), run_out)
    counts = (func.sum(case((kept, 1), else_=0)), func.sum(case((ended, 1), else_=0)))
    meant = or_(_deadline.code == SIGN_FOR, and_(_deadline.code == HANDLING, _case.state != "returned"))
    return (
        select(_case.assignee, _deadline.code, *counts)
        .join_from(table("case_file"), table("deadline"), _deadline.case_id == _case.id)
        .where(meant)
        .group_by(_case.assignee, _deadline.code)
    )


def _within(column: Any, period: Period) -> list[ColumnElement[bool]]:
    since = [] if period.since is None else [column >= period.since]
    return [*since, column < period.until]


def _of(area: Area) -> list[ColumnElement[bool]]:
    return [] if area is None else [_case.station.in_(sorted(area))]
