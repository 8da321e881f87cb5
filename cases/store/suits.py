"""Batches of suits (批次) and the suits in them: rows read and written. No decision, no commit.

What does not live here: families (families), how far suits have come (funnel), and the cases themselves (pieces).
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from sqlalchemy import ColumnElement, Connection, and_, false, func, insert, or_, select, true, update
from sqlalchemy.exc import IntegrityError

from cases.errors import NotFound, Overtaken
from cases.grammar import EVERYWHERE, Actor
from cases.ids import new_id
from cases.rules.area import OVERSIGHT_ROLES
from cases.rules.screening import Result
from cases.rules.wall import COURT_ROLES
from cases.store.sheaf import FASTER, table

Row = dict[str, Any]
DESK = frozenset({"operator", "station_head", "archivist"})
"""Who works at the association that received the suits."""

_batch = table("suit_batch").c
_suit = table("suit").c
_case = table("case_file").c


def lies_with(actor: Actor, association: ColumnElement[Any], court: ColumnElement[Any]) -> ColumnElement[bool]:
    """Whose batches and suits an actor knows of as a whole: those of the own association, those before the own court,
    and those of their area for whoever supervises."""
    if actor.roles & OVERSIGHT_ROLES and actor.area == EVERYWHERE:
        return true()
    if actor.org is None:
        return false()
    own = [association == actor.org] if actor.roles & DESK else []
    own += [association.in_(sorted(actor.area))] if actor.roles & OVERSIGHT_ROLES else []
    before = [court == actor.org] if actor.roles & COURT_ROLES else []
    return or_(*own, *before) if own or before else false()


def batch_of(connection: Connection, association: str, number: str) -> Row | None:
    """The batch of this number at an association, or None."""
    question = select(table("suit_batch")).where(_batch.association == association, _batch.number == number)
    return _first(connection, question)


def open_batch(connection: Connection, values: Row) -> Row:
    """Open a batch and answer its row; Overtaken when somebody opened it a moment ago."""
    row = {"id": new_id(), "closed_by": "", "suits": 0, "total_fen": 0, "digest": "", **values}
    try:
        with connection.begin_nested():
            connection.execute(insert(table("suit_batch")).values(**row))
    except IntegrityError as error:
        raise Overtaken(FASTER) from error
    return {**dict.fromkeys(column.name for column in _batch), **row}


def batches_numbered(connection: Connection, number: str) -> list[str]:
    """The batches of this number, of whatever association."""
    return list(connection.execute(select(_batch.id).where(_batch.number == number)).scalars())


def batch_seen(connection: Connection, batch_id: str, actor: Actor) -> Row:
    """A batch the actor may know of; NotFound alike for any other. A court learns of a batch when it is submitted."""
    known = lies_with(actor, _batch.association, _batch.court)
    question = select(table("suit_batch")).where(_batch.id == batch_id, known, _told(actor))
    row = _first(connection, question)
    if row is None:
        raise NotFound("没有这个批次", case=batch_id[:64])
    return row


def batches_seen(connection: Connection, actor: Actor, limit: int) -> list[Row]:
    """The newest batches the actor may know of."""
    known = lies_with(actor, _batch.association, _batch.court)
    question = select(table("suit_batch")).where(known, _told(actor)).order_by(_batch.id.desc()).limit(limit)
    return [dict(row) for row in connection.execute(question).mappings()]


def _told(actor: Actor) -> ColumnElement[bool]:
    here = actor.roles & (DESK | OVERSIGHT_ROLES)
    return true() if here else _batch.submitted_at.is_not(None)


def batch(connection: Connection, batch_id: str, *, lock: bool = False) -> Row:
    """A batch; NotFound when there is none. ``lock`` keeps others from closing it until the transaction ends."""
    question = select(table("suit_batch")).where(_batch.id == batch_id)
    row = _first(connection, question.with_for_update() if lock else question)
    if row is None:
        raise NotFound("没有这个批次", case=batch_id[:64])
    return row


def change_batch(connection: Connection, batch_id: str, changed: Row) -> None:
    """Write what changed on a batch."""
    connection.execute(update(table("suit_batch")).where(_batch.id == batch_id).values(**changed))


def add_suits(connection: Connection, rows: Sequence[Row]) -> None:
    """Write suits down."""
    if rows:
        connection.execute(insert(table("suit")), list(rows))


def change_suit(connection: Connection, case_id: str, changed: Row) -> None:
    """Write what changed on a suit."""
    connection.execute(update(table("suit")).where(_suit.case_id == case_id).values(**changed))


def suits_of(connection: Connection, batch_id: str, states: Iterable[str] | None = None) -> list[Row]:
    """The suits of a batch with number and state of their cases, as they stood in the file; only in these states."""
    rows = table("suit").join(table("case_file"), _case.id == _suit.case_id)
    question = select(table("suit"), _case.number, _case.state).select_from(rows).where(_suit.batch_id == batch_id)
    if states is not None:
        question = question.where(_case.state.in_(sorted(states)))
    return [dict(row) for row in connection.execute(question.order_by(_suit.row, _suit.case_id)).mappings()]


def to_submit(
    connection: Connection, batch_id: str, states: Iterable[str], many: int, after: int = 0
) -> list[tuple[str, int]]:
    """Cases of the manifest behind a line that are not with the court yet, with their place in it, in order."""
    rows = table("suit").join(table("case_file"), _case.id == _suit.case_id)
    question = (
        select(_suit.case_id, _suit.line)
        .select_from(rows)
        .where(_suit.batch_id == batch_id, _suit.line > after, _case.state.in_(sorted(states)))
        .order_by(_suit.line)
        .limit(many)
    )
    return [(row.case_id, int(row.line)) for row in connection.execute(question)]


def counts_of(connection: Connection, batch_ids: Sequence[str]) -> dict[str, dict[str, int]]:
    """How many suits of each batch passed, are to be repaired, were rejected, as the screening stands now."""
    question = (
        select(_suit.batch_id, _suit.result, func.count())
        .where(_suit.batch_id.in_(batch_ids))
        .group_by(_suit.batch_id, _suit.result)
    )
    found = {one: dict.fromkeys(map(str, Result), 0) for one in batch_ids}
    for batch_id, result, many in connection.execute(question):
        found[batch_id][result] = int(many)
    return found


def suits(connection: Connection, case_ids: Iterable[str]) -> dict[str, Row]:
    """The suits of these cases, by case."""
    question = select(table("suit")).where(_suit.case_id.in_(sorted(set(case_ids))))
    return {row["case_id"]: dict(row) for row in connection.execute(question).mappings()}


def names_of(connection: Connection, case_ids: Sequence[str]) -> dict[str, dict[str, str]]:
    """The first party of each side of these cases by name, for the manifest alone."""
    party = table("party").c
    question = select(party.case_id, party.side, party.name).where(party.case_id.in_(case_ids))
    found: dict[str, dict[str, str]] = {}
    for row in connection.execute(question.order_by(party.case_id, party.ordinal)):
        found.setdefault(row.case_id, {}).setdefault(row.side, row.name)
    return found


def like(connection: Connection, court: str, kind: tuple[str, str], states: Iterable[str], but: str) -> list[str]:
    """Suits of one firm, in one community unless it is "", before a court in these states that stand in no family."""
    firm, community = kind
    member = table("family_member").c
    taken = select(member.case_id).where(member.left_at.is_(None))
    conditions = [_suit.firm == firm, _case.assignee == court, _case.state.in_(sorted(states)), _case.id != but]
    if community:
        conditions.append(_suit.community == community)
    rows = table("suit").join(table("case_file"), _case.id == _suit.case_id)
    question = select(_case.id).select_from(rows).where(and_(*conditions), _case.id.not_in(taken)).order_by(_case.id)
    return list(connection.execute(question).scalars())


def _first(connection: Connection, question: Any) -> Row | None:
    row = connection.execute(question).mappings().first()
    return dict(row) if row else None
