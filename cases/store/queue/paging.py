"""Pages of a queue (分页): the slices of the rows in sight are walked each along its own index, and merged.

A page holds its place by the key of the row it ended with, so rows that come, go or move elsewhere neither shift nor
repeat it. What does not live here: what the rows are (faces, filters), the walk itself (walking) and looking for words
(looking).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from functools import lru_cache
from typing import Any

from sqlalchemy import Connection, Select, func, literal_column, select, union_all

from cases.grammar import Actor
from cases.piece import Piece
from cases.rules.saved_views import NEWEST, SAVED_VIEWS
from cases.rules.words import sought
from cases.store.pieces import Pieces
from cases.store.queue.asked import ALL, COUNTED, MOST, Asked, Mark, Page, Tally, read_mark, write_mark
from cases.store.queue.filters import Slice
from cases.store.queue.looking import Looking, met, sorted_out
from cases.store.queue.narrowing import few_of
from cases.store.queue.posing import Inquiry, cut
from cases.store.queue.steering import no_more_than
from cases.store.queue.walking import Rows, Walk, put, through
from cases.store.sheaf import table

MOST_PARTS = 60
"""Of more parts a question takes longer to be thought over than what several keep takes to be sorted."""

_rows = table("case_file")
_case = _rows.c


def page(connection: Connection, actor: Actor, kind: str, asked: Asked, now: datetime) -> Page:
    """One page of the cases the actor may see. ``kind`` is the kind of the actor's organisation: the seal depends on
    it. Malformed for a view, an order, a light or a mark there is not."""
    sort = asked.order
    mark = read_mark(asked.cursor, sort) if asked.cursor else None
    limit = max(1, min(asked.limit, MOST))
    walk = Walk(sort, mark, bool(mark and mark.backwards), limit + 1)
    inquiry = Inquiry.of(connection, actor, kind, asked, now)
    few = few_of(inquiry) if asked.narrowed else None
    if asked.search:
        found = Looking(inquiry, sought(asked.search), few).rows(inquiry.slices(apart=few is None), walk)
    elif few is not None:
        found = sorted_out(inquiry, inquiry.slices(apart=False), few, walk)
    else:
        asker = inquiry.asker, kind, inquiry.form, walk.anywhere
        found = through(inquiry, walk, lambda zone: _put(*asker, zone))
    return _page(connection, found, walk, limit)


def _page(connection: Connection, found: Rows, walk: Walk, limit: int) -> Page:
    keys = sorted((walk.key(case_id, place) for case_id, place in found.items()), reverse=walk.falling)
    ids = [case_id for _, _, case_id in keys[:limit]]
    more, began = len(keys) > limit, walk.mark is not None
    if walk.backwards:
        ids.reverse()
    following, preceding = (True, more) if walk.backwards else (more, began)
    pieces = {piece.id: piece for piece in Pieces(connection.dialect.name).many(connection, ids)}
    return Page(
        [pieces[case_id] for case_id in ids],
        write_mark(Mark(ids[-1], walk.sort, found[ids[-1]])) if ids and following else None,
        write_mark(Mark(ids[0], walk.sort, found[ids[0]], backwards=True)) if ids and preceding else None,
    )


def listed(
    connection: Connection, actor: Actor, kind: str, asked: Asked, now: datetime
) -> tuple[list[Piece], str | None]:
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
) -> Mapping[str, Tally]:
    """How many cases each saved view holds for the actor under the filters of ``asked``, counted no further than
    ``COUNTED``."""
    base = asked or Asked()
    if not base.narrowed:
        named = tuple(views)
        inquiry = Inquiry.of(connection, actor, kind, base, now)
        row = inquiry.put(_counting(inquiry.asker, kind, named)).one() if named else ()
        return {view: _capped(total) for view, total in zip(named, row, strict=True)}
    whole = Inquiry.of(connection, actor, kind, base.of_view(ALL, NEWEST), now)
    few = few_of(whole)
    look = Looking(whole, sought(base.search), few) if base.search else None
    found: dict[str, Tally] = {}
    for view in views:
        inquiry = Inquiry.of(connection, actor, kind, base.of_view(view, NEWEST), now)
        some = inquiry.slices(apart=few is None)
        if look is None and few is not None:
            found[view] = _capped(len(met(inquiry, some, few, NEWEST)))
        else:
            found[view] = look.tally(some) if look else _counted(inquiry, _how_many(some))
    return found


# The same people ask for the same views all day, so their questions are put into words once.


@lru_cache(maxsize=500)
def _put(asker: Actor, kind: str, form: Asked, walk: Walk, zone: int) -> Select[Any] | None:
    """The question for a part of a list; an area is asked keeper by keeper where that does not make it too long."""
    some = cut(asker, kind, form, apart=True, by_keeper=True)
    return put(some if len(some) <= MOST_PARTS else cut(asker, kind, form, apart=True), walk, zone)


@lru_cache(maxsize=500)
def _counting(asker: Actor, kind: str, views: tuple[str, ...]) -> Select[Any]:
    """The question how many cases each of some views holds, all of them at once."""
    some = [_how_many(cut(asker, kind, Asked(view=view, sort=NEWEST, limit=0), apart=True)) for view in views]
    return select(*(literal_column("0") if one is None else one.scalar_subquery() for one in some))


def _how_many(some: Sequence[Slice]) -> Select[Any] | None:
    """How many rows there are in some slices, counted no further than ``COUNTED``; None where there can be none."""
    if not some:
        return None
    parts = (select(_rows.c.id).where(*one.conditions).limit(no_more_than(COUNTED + 1)).subquery() for one in some)
    every = union_all(*(select(part.c.id) for part in parts)).limit(no_more_than(COUNTED + 1)).subquery()
    return select(func.count()).select_from(every)


def _counted(inquiry: Inquiry, question: Select[Any] | None) -> Tally:
    return Tally(0) if question is None else _capped(inquiry.put(question).scalar_one())


def _capped(total: int) -> Tally:
    return Tally(min(total, COUNTED), more=total > COUNTED)
