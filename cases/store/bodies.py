"""Hired bodies (受聘机构): contracts, complaints, and the cases an appraisal counts. No money is read anywhere here.

What does not live here: the figures (rules).
"""

from __future__ import annotations

import json
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import Connection, exists, func, insert, or_, select, update
from sqlalchemy.exc import IntegrityError

from cases.errors import Conflict, NotFound
from cases.ids import new_id
from cases.ports import BEIJING
from cases.rules.appraisal import OWN_CLOCKS, Tried
from cases.rules.wall import MEDIATION
from cases.store.sheaf import table

Row = dict[str, Any]


def add_contract(connection: Connection, values: Row, now: datetime) -> Row:
    """Keep a contract and answer its row; Conflict when its number is taken."""
    row = {"id": new_id(), **values, "noted_at": now}
    try:
        with connection.begin_nested():
            connection.execute(insert(table("body_contract")).values(**row))
    except IntegrityError as error:
        raise Conflict("这个合同编号已经登记过,或没有这个调解委员会") from error
    return row


def contracts(connection: Connection, org: str | None, year: int) -> list[Row]:
    """The contracts in force on some day of a year, of one committee or of all."""
    kept = table("body_contract")
    question = select(kept).where(kept.c.starts_on <= date(year, 12, 31), kept.c.ends_on >= date(year, 1, 1))
    if org is not None:
        question = question.where(kept.c.org == org)
    return [dict(row) for row in connection.execute(question.order_by(kept.c.org, kept.c.starts_on)).mappings()]


def within(contract: Row, year: int) -> tuple[datetime, datetime]:
    """From when to when a contract counts in a year: moments in local time, the second exclusive."""
    first = max(contract["starts_on"], date(year, 1, 1))
    after = min(contract["ends_on"], date(year, 12, 31)) + timedelta(days=1)
    return _midnight(first), _midnight(after)


def _midnight(day: date) -> datetime:
    return datetime(day.year, day.month, day.day, tzinfo=BEIJING)


def tried(connection: Connection, org: str, span: tuple[datetime, datetime], now: datetime) -> list[Tried]:
    """The mediations a committee took on within a span, as an appraisal sees them."""
    file, clock = table("case_file"), table("deadline")
    late = exists().where(
        clock.c.case_id == file.c.id,
        clock.c.code.in_(sorted(OWN_CLOCKS)),
        or_(clock.c.stopped_at > clock.c.due_at, clock.c.stopped_at.is_(None) & (clock.c.due_at < now)),
    )
    question = (
        select(file.c.facts, late.label("late"))
        .where(file.c.case_type == MEDIATION, file.c.station == org)
        .where(file.c.opened_at >= span[0], file.c.opened_at < span[1])
        .order_by(file.c.id)
    )
    return [_tried(row.facts, bool(row.late)) for row in connection.execute(question)]


def _tried(facts: str, late: bool) -> Tried:
    known = json.loads(facts)
    return Tried(not late, known.get("outcome"), known.get("performed"))


def add_complaint(connection: Connection, org: str, case_id: str | None, about: str, now: datetime) -> str:
    """Note a complaint against a body and answer its id."""
    made = new_id()
    row = {"id": made, "org": org, "case_id": case_id, "received_at": now, "about": about}
    connection.execute(insert(table("body_complaint")).values(**row))
    return made


def complained_of(connection: Connection, complaint_id: str) -> str | None:
    """Whom a complaint is against; None when there is none of this id."""
    kept = table("body_complaint").c
    return connection.execute(select(kept.org).where(kept.id == complaint_id)).scalar()


def decide_complaint(connection: Connection, complaint_id: str, upheld: bool, now: datetime) -> None:
    """Say whether a complaint was upheld; NotFound when there is none of this id."""
    kept = table("body_complaint")
    change = update(kept).where(kept.c.id == complaint_id).values(upheld=upheld, decided_at=now)
    if not connection.execute(change).rowcount:
        raise NotFound("没有这件投诉")


def upheld(connection: Connection, org: str, span: tuple[datetime, datetime]) -> int:
    """How many complaints received within a span were upheld."""
    kept = table("body_complaint")
    question = select(func.count()).where(
        kept.c.org == org, kept.c.upheld.is_(True), kept.c.received_at >= span[0], kept.c.received_at < span[1]
    )
    return int(connection.execute(question).scalar_one())
