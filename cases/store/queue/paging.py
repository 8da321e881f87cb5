"""Pages of a queue (分页): each slice of the rows in sight is walked along its own index, and the slices are merged.

A page holds its place by the key of the row it ended with, so rows that come, go or move elsewhere neither shift nor
repeat it. What does not live here: what the rows are (faces, filters) and finding words (finding).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import ColumnElement, Connection, func, literal, select, tuple_

from cases.grammar import Actor
from cases.models import Instant
from cases.rules.saved_views import DUE, NEWEST, SAVED_VIEWS
from cases.store.pieces import Pieces
from cases.store.queue.asked import COUNTED, MOST, Asked, Mark, Page, read_mark, write_mark
from cases.store.queue.faces import faces
from cases.store.queue.filters import Slice, slices
from cases.store.sheaf import table

_rows = table("case_file")
_case = _rows.c

Key = tuple[bool, datetime, str]
_NEVER = datetime.max.replace(tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class _Walk:
    """One walk along a slice: the order, where it begins, in which direction, and for how many rows."""

    sort: str
    mark: Mark | None
    backwards: bool
    many: int


def page(connection: Connection, actor: Actor, kind: str, asked: Asked, now: datetime) -> Page:
    """One page of the cases the actor may see. ``kind`` is the kind of the actor's organisation: the seal depends on
    it. Malformed for a view, an order or a mark there is not."""
    sort = asked.order
    mark = read_mark(asked.cursor, sort) if asked.cursor else None
    limit = max(1, min(asked.limit, MOST))
    walk = _Walk(sort, mark, bool(mark and mark.backwards), limit + 1)
    found: dict[str, datetime | None] = {}
    for one in slices(faces(actor, kind), actor, asked, now):
        found.update(_walked(connection, one, walk))
    ids = sorted(found, key=lambda case_id: _key(found[case_id], case_id, sort), reverse=walk.backwards)
    if sort == NEWEST:
        ids.reverse()
    more = len(ids) > limit
    ids = ids[:limit]
    if walk.backwards:
        ids.reverse()
    pieces = {piece.id: piece for piece in Pieces(connection.dialect.name).many(connection, ids)}
    last, first = (more, mark is not None) if not walk.backwards else (True, more)
    return Page(
        [pieces[case_id] for case_id in ids],
        write_mark(Mark(ids[-1], sort, found[ids[-1]])) if ids and last else None,
        write_mark(Mark(ids[0], sort, found[ids[0]], backwards=True)) if ids and first else None,
    )


def listed(
    connection: Connection, actor: Actor, kind: str, asked: Asked, now: datetime
) -> tuple[list[Any], str | None]:
    """A page as its cases and the mark of the next one."""
    found = page(connection, actor, kind, asked, now)
    return found.pieces, found.next


def counts(
    connection: Connection,
    actor: Actor,
    kind: str,
    now: datetime,
    asked: Asked | None = None,
    views: Iterable[str] = tuple(SAVED_VIEWS),
) -> Mapping[str, int]:
    """How many cases each saved view holds for the actor under the filters of ``asked``; counted no further than
    ``COUNTED + 1``."""
    seen = faces(actor, kind)
    base = asked or Asked()
    found: dict[str, int] = {}
    for view in views:
        each = slices(seen, actor, base.of_view(view), now)
        found[view] = _count(connection, each)
    return found


def _count(connection: Connection, each: Iterable[Slice]) -> int:
    total = 0
    for one in each:
        some = select(literal(1)).select_from(_rows).where(*one.conditions).limit(COUNTED + 1 - total).subquery()
        total += connection.execute(select(func.count()).select_from(some)).scalar_one()
        if total > COUNTED:
            break
    return total


def _key(due: datetime | None, case_id: str, sort: str) -> Key:
    """Where a row stands: by its due moment, none last, then by id."""
    known = due if sort == DUE else None
    return known is None, known or _NEVER, case_id


def _walked(connection: Connection, one: Slice, walk: _Walk) -> dict[str, datetime | None]:
    """The next rows of a slice, with the due moments they are sorted by."""
    if walk.sort == NEWEST:
        beyond = []
        if walk.mark is not None:
            beyond = [_case.id > walk.mark.case_id if walk.backwards else _case.id < walk.mark.case_id]
        order = _case.id.asc() if walk.backwards else _case.id.desc()
        question = select(_case.id).where(*one.conditions, *beyond).order_by(order).limit(walk.many)
        return dict.fromkeys(connection.execute(question).scalars())
    found: dict[str, datetime | None] = {}
    for dated in (False, True) if walk.backwards else (True, False):
        if len(found) < walk.many:
            found.update(_by_due(connection, one, walk, walk.many - len(found), dated=dated))
    return found


def _by_due(
    connection: Connection, one: Slice, walk: _Walk, many: int, *, dated: bool
) -> Sequence[tuple[str, datetime | None]]:
    """The rows that have a due moment, or those that have none: each of the two lies in one piece in the index."""
    mark, case_id = walk.mark, literal(walk.mark.case_id if walk.mark else "")
    due: Any = one.due
    if (due is None and dated) or (mark is not None and _is_behind(mark, dated=dated, backwards=walk.backwards)):
        return ()
    beyond: list[ColumnElement[bool]] = [] if due is None else [due.is_not(None) if dated else due.is_(None)]
    if mark is not None and (mark.due is not None) == dated:
        here: Any = tuple_(due, _case.id) if dated else _case.id
        there: Any = tuple_(literal(mark.due, Instant()), case_id) if dated else case_id
        beyond.append(here < there if walk.backwards else here > there)
    keys: list[Any] = [due, _case.id] if dated else [_case.id]
    order = [key.desc() for key in keys] if walk.backwards else keys
    rows = connection.execute(select(*keys).where(*one.conditions, *beyond).order_by(*order).limit(many))
    return [(row[-1], row[0] if dated else None) for row in rows]


def _is_behind(mark: Mark, *, dated: bool, backwards: bool) -> bool:
    """Whether all rows with (or all without) a due moment lie behind the mark: those without come last."""
    if (mark.due is not None) == dated:
        return False
    return dated != backwards
