"""Who mediates a case (选定调解员), what they carry, and what they had to do with it before: rows read and written.

What does not live here: ranking (rules) and appointing as a use case (desk).
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Connection, case, func, insert, select, update
from sqlalchemy.exc import IntegrityError

from cases.errors import Conflict
from cases.ids import new_id
from cases.rules.wall import WALLED
from cases.store.sheaf import table

Row = dict[str, Any]
YEAR = timedelta(days=365)


@dataclass(frozen=True, slots=True)
class Load:
    """What a mediator carries: open cases, their severities together, and the cases of the past year."""

    open_cases: int = 0
    open_weight: int = 0
    year_cases: int = 0


def loads(connection: Connection, now: datetime) -> dict[str, Load]:
    """The load of every mediator who carries or carried anything this year."""
    kept, file = table("appointment"), table("case_file")
    heavy = case((file.c.severity < 1, 1), else_=file.c.severity)
    current = (
        select(kept.c.mediator_id, func.count(), func.sum(heavy))
        .join(file, file.c.id == kept.c.case_id)
        .where(kept.c.ended_at.is_(None), file.c.is_open.is_(True))
        .group_by(kept.c.mediator_id)
    )
    past = (
        select(kept.c.mediator_id, func.count())
        .where(kept.c.appointed_at > now - YEAR, kept.c.ended_because != "objection")
        .group_by(kept.c.mediator_id)
    )
    year: dict[str, int] = {row[0]: row[1] for row in connection.execute(past)}
    running = {who: (many, int(weight)) for who, many, weight in connection.execute(current)}
    return {who: Load(*running.get(who, (0, 0)), year.get(who, 0)) for who in {*year, *running}}


def current_appointment(connection: Connection, case_id: str) -> Row | None:
    """Who mediates the case now, or None."""
    kept = table("appointment")
    question = select(kept).where(kept.c.case_id == case_id, kept.c.ended_at.is_(None))
    row = connection.execute(question).mappings().first()
    return dict(row) if row else None


def appointments_of(connection: Connection, case_id: str) -> list[Row]:
    """Everybody who was ever appointed in a case, in order, with their names and what they disclosed."""
    kept, register, disclosed = table("appointment"), table("mediator"), table("disclosure")
    question = (
        select(kept, register.c.name, disclosed.c.statement, disclosed.c.tied)
        .join(register, register.c.id == kept.c.mediator_id)
        .join(disclosed, disclosed.c.id == kept.c.disclosure_id)
        .where(kept.c.case_id == case_id)
        .order_by(kept.c.appointed_at, kept.c.id)
    )
    return [dict(row) for row in connection.execute(question).mappings()]


def disclose(connection: Connection, case_id: str, mediator_id: str, said: tuple[bool, str], now: datetime) -> str:
    """Write what a mediator disclosed (whether tied, and the statement) and answer the id."""
    tied, statement = said
    made = new_id()
    row = {"id": made, "case_id": case_id, "mediator_id": mediator_id, "tied": tied, "statement": statement}
    connection.execute(insert(table("disclosure")).values(**row, declared_at=now))
    return made


def disclosures_of(connection: Connection, case_id: str) -> list[Row]:
    """Every disclosure made in a case, in order."""
    kept = table("disclosure")
    question = select(kept).where(kept.c.case_id == case_id).order_by(kept.c.declared_at, kept.c.id)
    return [dict(row) for row in connection.execute(question).mappings()]


def add_appointment(connection: Connection, row: Row) -> Row:
    """Write an appointment; Conflict when the case has a mediator, be it since a moment ago."""
    made = {"id": new_id(), "ended_because": "", "ended_note": "", **row}
    try:
        with connection.begin_nested():
            connection.execute(insert(table("appointment")).values(**made))
    except IntegrityError as error:
        raise Conflict("这件纠纷已经选定调解员,更换须先说明原因") from error
    return made


def end_appointment(connection: Connection, appointment_id: str, why: Row, now: datetime) -> bool:
    """End an appointment that still stands; False when somebody was faster."""
    kept = table("appointment")
    change = update(kept).where(kept.c.id == appointment_id, kept.c.ended_at.is_(None))
    return bool(connection.execute(change.values(ended_at=now, **why)).rowcount)


def hands_in(connection: Connection, case_ids: Iterable[str]) -> frozenset[str]:
    """Everybody who ever did anything in these cases or the tasks under them; mediations are not such tasks."""
    file, entry = table("case_file"), table("entry")
    wanted = sorted(set(case_ids))
    under = file.c.parent_id.in_(wanted) & file.c.case_type.not_in(sorted(WALLED))
    family = select(file.c.id).where(file.c.id.in_(wanted) | under)
    rows = connection.execute(select(entry.c.actor).where(entry.c.case_id.in_(family)).distinct())
    return frozenset(row.actor for row in rows)
