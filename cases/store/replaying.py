"""Recorded cases in batches (回放): those opened under some versions of a pack, by id, so that memory stays small.

What does not live here: what is made of them (desk).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from sqlalchemy import ColumnElement, Connection, and_, func, or_, select

from cases.piece import Piece
from cases.rules.backtest import Recorded
from cases.rules.terms import Term, read
from cases.store.pieces import piece_of
from cases.store.sheaf import table

BATCH = 500


@dataclass(frozen=True, slots=True)
class Chosen:
    """Which cases: opened under these versions; the open ones, those closed ``since`` a moment, if one is given; of one
    station, if one is named; none older than the case ``first``, if one is named."""

    pack_ids: tuple[int, ...]
    since: datetime | None = None
    station: str | None = None
    first: str = ""


def _condition(chosen: Chosen) -> ColumnElement[bool]:
    case = table("case_file").c
    alive = case.is_open.is_(True)
    if chosen.since is not None:
        alive = or_(alive, case.closed_at >= chosen.since)
    found = and_(case.pack_id.in_(chosen.pack_ids), alive)
    if chosen.first:
        found = and_(found, case.id >= chosen.first)
    return found if chosen.station is None else and_(found, case.station == chosen.station)


def newest_of(connection: Connection, chosen: Chosen, many: int) -> Chosen:
    """Of these cases only so many, the newest; ids are made in the order of time."""
    case = table("case_file").c
    question = select(case.id).where(_condition(chosen)).order_by(case.id.desc()).offset(many - 1).limit(1)
    first = connection.execute(question).scalar()
    return chosen if first is None else replace(chosen, first=first)


def how_many(connection: Connection, chosen: Chosen) -> int:
    """How many cases that is."""
    return int(connection.execute(select(func.count()).where(_condition(chosen))).scalar_one())


def batches(connection: Connection, chosen: Chosen, many: int = BATCH) -> Iterator[list[Piece]]:
    """The cases in the order of their ids, so many at once."""
    case = table("case_file")
    after = ""
    while True:
        question = select(case).where(_condition(chosen), case.c.id > after).order_by(case.c.id).limit(many)
        pieces = [piece_of(tuple(row)) for row in connection.execute(question)]
        if not pieces:
            return
        yield pieces
        after = pieces[-1].id


def recorded_clocks(connection: Connection, pieces: Sequence[Piece]) -> dict[str, list[Recorded]]:
    """The clocks of these cases: of an open case those that run or stand still, of a closed one all it had."""
    deadline, case = table("deadline").c, table("case_file")
    question = (
        select(*table("deadline").c)
        .join(case, case.c.id == deadline.case_id)
        .where(deadline.case_id.in_([piece.id for piece in pieces]))
        .where(or_(deadline.stopped_at.is_(None), case.c.is_open.is_(False)))
        .order_by(deadline.case_id, deadline.started_at, deadline.id)
    )
    found: dict[str, list[Recorded]] = {}
    for row in connection.execute(question):
        term = Term(
            row.limit_code, row.amount, row.unit, row.rolls, row.started_at, row.extra, row.extensions,
            read(row.stood), row.stands_since,
        )  # fmt: skip
        clock = Recorded(row.case_id, row.code, term, row.due_at, row.rung, row.hours, row.stopped_at)
        found.setdefault(row.case_id, []).append(clock)
    return found
