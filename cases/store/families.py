"""Families of like suits (案件家族) and their members: rows read and written. No decision, no commit.

What is still to be done for a member is read from its own row, so a fan-out that was cut off goes on where it was.
What does not live here: what a step does (desk) and which suits are alike (suits).
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Select, and_, func, insert, literal_column, select, update
from sqlalchemy.exc import IntegrityError

from cases.errors import Conflict, NotFound
from cases.grammar import Actor
from cases.ids import new_id
from cases.store.sheaf import table
from cases.store.suits import lies_with

Row = dict[str, Any]

_family = table("suit_family").c
_member = table("family_member").c
_case = table("case_file").c

COUNTED: Sequence[str] = ("members", "stood", "followed", "refused", "left")
"""What is told of the members of a family in numbers."""

_here = and_(_member.left_at.is_(None), _member.refused == literal_column("''"))
TO_STAND = and_(_here, _member.stood_at.is_(None))
TO_FOLLOW = and_(_here, _member.stood_at.is_not(None), _member.followed_at.is_(None))
"""Literals, not parameters: only so can the database use the partial indexes."""


def add_family(connection: Connection, values: Row) -> Row:
    """Write a family down and answer its row; Conflict when the court has one of this name."""
    row = {"id": new_id(), "following": "", "decided_by": "", "decided_at": None, **values}
    try:
        with connection.begin_nested():
            connection.execute(insert(table("suit_family")).values(**row))
    except IntegrityError as error:
        raise Conflict("已有同名的同类案件组", fields={"name": "请换一个名称"}) from error
    return row


def family(connection: Connection, family_id: str, *, lock: bool = False) -> Row:
    """A family; NotFound when there is none. ``lock`` keeps others from deciding it until the transaction ends."""
    question = select(table("suit_family")).where(_family.id == family_id)
    row = connection.execute(question.with_for_update() if lock else question).mappings().first()
    if row is None:
        raise NotFound("没有这个同类案件组", case=family_id[:64])
    return dict(row)


def change_family(connection: Connection, family_id: str, changed: Row) -> None:
    """Write what changed on a family."""
    connection.execute(update(table("suit_family")).where(_family.id == family_id).values(**changed))


def families_seen(connection: Connection, actor: Actor, limit: int) -> list[Row]:
    """The newest families the actor may know of: of the court, of the association of the model case, of all."""
    question = (
        select(table("suit_family"), _case.number.label("model_number"), _case.station.label("association"))
        .select_from(_with_model())
        .where(lies_with(actor, _case.station, _family.court))
        .order_by(_family.id.desc())
        .limit(limit)
    )
    return [dict(row) for row in connection.execute(question).mappings()]


def family_seen(connection: Connection, family_id: str, actor: Actor) -> Row:
    """A family the actor may know of; NotFound alike for any other."""
    question = (
        select(table("suit_family"), _case.number.label("model_number"), _case.station.label("association"))
        .select_from(_with_model())
        .where(_family.id == family_id, lies_with(actor, _case.station, _family.court))
    )
    row = connection.execute(question).mappings().first()
    if row is None:
        raise NotFound("没有这个同类案件组", case=family_id[:64])
    return dict(row)


def _with_model() -> Any:
    return table("suit_family").join(table("case_file"), _case.id == _family.model_case)


def add_members(connection: Connection, family_id: str, case_ids: Sequence[str], by: str, now: datetime) -> None:
    """Let suits join a family; Conflict when one of them stands in another."""
    blank = {
        "family_id": family_id,
        "joined_at": now,
        "joined_by": by,
        "refused": "",
        "left_because": "",
        "left_by": "",
    }
    rows = [{"id": new_id(), "case_id": case_id, **blank} for case_id in case_ids]
    if not rows:
        return
    try:
        with connection.begin_nested():
            connection.execute(insert(table("family_member")), rows)
    except IntegrityError as error:
        raise Conflict("其中有的案件已在另一个同类案件组,请先退出") from error


def members_of(connection: Connection, family_id: str) -> list[Row]:
    """Everybody who ever stood in a family, in the order they joined, with number and state of the case."""
    question = (
        select(table("family_member"), _case.number, _case.state)
        .select_from(table("family_member").join(table("case_file"), _case.id == _member.case_id))
        .where(_member.family_id == family_id)
        .order_by(_member.id)
    )
    return [dict(row) for row in connection.execute(question).mappings()]


def counts_of(connection: Connection, family_ids: Sequence[str]) -> dict[str, dict[str, int]]:
    """How many members each family has, and how far they are."""
    here = _member.left_at.is_(None)
    question = (
        select(
            _member.family_id,
            func.count().filter(here).label("members"),
            func.count().filter(here, _member.stood_at.is_not(None)).label("stood"),
            func.count().filter(here, _member.followed_at.is_not(None)).label("followed"),
            func.count().filter(here, _member.refused != "").label("refused"),
            func.count().filter(_member.left_at.is_not(None)).label("left"),
        )
        .where(_member.family_id.in_(family_ids))
        .group_by(_member.family_id)
    )
    found = {one: dict.fromkeys(COUNTED, 0) for one in family_ids}
    for row in connection.execute(question).mappings():
        found[row["family_id"]] = {name: int(row[name]) for name in COUNTED}
    return found


def _to_stand() -> Select[Any]:
    return _PENDING.where(TO_STAND)


def _to_follow() -> Select[Any]:
    decided = select(_family.id).where(_family.decided_at.is_not(None))
    return _PENDING.where(TO_FOLLOW, _member.family_id.in_(decided))


_PENDING = select(_member.id, _member.case_id, _member.family_id, _member.stood_at).order_by(_member.id)


def anything_pending(connection: Connection, now: datetime) -> bool:  # noqa: ARG001 - every lane's question is alike
    """The question that wakes the family lane."""
    return any(connection.execute(question.limit(1)).first() for question in (_to_stand(), _to_follow()))


def pending(connection: Connection, many: int) -> list[Row]:
    """Members for whom a step is to be taken; on PostgreSQL locked, passing over those another worker holds."""
    found: list[Row] = []
    for question in (_to_stand(), _to_follow()):
        if len(found) < many:
            some = question.limit(many - len(found)).with_for_update(of=table("family_member"), skip_locked=True)
            found += [dict(row) for row in connection.execute(some).mappings()]
    return found


def pass_over(connection: Connection, family_id: str, why: str) -> None:
    """Members that did not wait when the model was decided are nobody's to lead along any more."""
    late = update(table("family_member")).where(_member.family_id == family_id, TO_STAND)
    connection.execute(late.values(refused=why))


def mark_members(connection: Connection, ids: Sequence[str], changed: Row) -> None:
    """Write the same of several members."""
    if ids:
        connection.execute(update(table("family_member")).where(_member.id.in_(ids)).values(**changed))


def forget_refusals(connection: Connection, family_id: str) -> None:
    """Take back that a step could not be taken, so that it is tried again."""
    change = update(table("family_member")).where(_member.family_id == family_id, _member.refused != "")
    connection.execute(change.values(refused=""))


def leave(connection: Connection, *, case_id: str, why: str, by: str, now: datetime) -> None:
    """A suit leaves the family it stands in, if it stands in one."""
    change = update(table("family_member")).where(_member.case_id == case_id, _member.left_at.is_(None))
    connection.execute(change.values(left_at=now, left_because=why, left_by=by))


def member(connection: Connection, family_id: str, case_id: str) -> Row:
    """The member of this case that stands in a family; NotFound when there is none."""
    question = select(table("family_member")).where(
        _member.family_id == family_id, _member.case_id == case_id, _member.left_at.is_(None)
    )
    row = connection.execute(question).mappings().first()
    if row is None:
        raise NotFound("这件案件不在这个同类案件组", case=case_id[:64])
    return dict(row)
