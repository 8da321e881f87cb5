"""A week of a committee (一周安排): its meetings within a span, and who leads which of its cases; rows read.

What does not live here: who may look at whose week (desk), and a calendar as text (the edge).
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from sqlalchemy import Connection, or_, select

from cases.rules.booking import Span
from cases.store.sheaf import table

Row = dict[str, Any]
MOST = 400
"""Meetings shown at most: a week of a large committee."""


def mediator_of(connection: Connection, account_id: str) -> Row | None:
    """The mediator of the register whose account this is, or None."""
    kept = table("mediator")
    question = select(kept).where(kept.c.account_id == account_id).order_by(kept.c.id)
    row = connection.execute(question).mappings().first()
    return dict(row) if row else None


def meetings_within(
    connection: Connection, span: Span, *, committee: str = "", mediator_id: str = "", also: str = ""
) -> list[Row]:
    """The meetings that meet a span, in order: of the cases a committee keeps, narrowed to one mediator; ``also`` is a
    mediator whose meetings elsewhere belong to them too. With case number, matter and room."""
    kept, who, file, places = table("meeting"), table("attendance"), table("case_file"), table("room")
    question = (
        select(kept, file.c.number, file.c.station, file.c.matter, file.c.community)
        .add_columns(places.c.name.label("room_name"), places.c.address.label("room_address"))
        .join(file, file.c.id == kept.c.case_id)
        .join(places, places.c.id == kept.c.room_id, isouter=True)
        .where(kept.c.starts < span.ends, kept.c.ends > span.starts)
        .order_by(kept.c.starts, kept.c.id)
        .limit(MOST)
    )
    invited = select(who.c.meeting_id).where(who.c.mediator_id == (mediator_id or also), who.c.released_at.is_(None))
    if mediator_id:
        question = question.where(kept.c.id.in_(invited))
    elif also:
        question = question.where(or_(file.c.station == committee, kept.c.id.in_(invited)))
    else:
        question = question.where(file.c.station == committee)
    return [dict(row) for row in connection.execute(question).mappings()]


def leaders_of(connection: Connection, case_ids: Iterable[str]) -> dict[str, Row]:
    """Who mediates each of these cases now: the mediator's id and name, by case."""
    kept, register = table("appointment"), table("mediator")
    question = (
        select(kept.c.case_id, register.c.id, register.c.name)
        .join(register, register.c.id == kept.c.mediator_id)
        .where(kept.c.case_id.in_(sorted(set(case_ids))), kept.c.ended_at.is_(None))
    )
    return {row["case_id"]: {"id": row["id"], "name": row["name"]} for row in connection.execute(question).mappings()}
