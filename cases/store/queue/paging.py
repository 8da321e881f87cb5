"""Pages of a queue (分页): the slices of the rows in sight are walked each along its own index, and merged.

A page holds its place by the key of the row it ended with, so rows that come, go or move elsewhere neither shift nor
repeat it. What does not live here: what the rows are (faces, filters), the walk itself (walking) and looking for words
(looking).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from functools import lru_cache
from typing import Any

from sqlalchemy import Connection, Select, bindparam, func, select, union_all

from cases.grammar import Actor
from cases.models import Instant
from cases.piece import Piece
from cases.rules.saved_views import NEWEST, SAVED_VIEWS
from cases.rules.words import sought
from cases.store.pieces import Pieces
from cases.store.queue.asked import ALL, COUNTED, MOST, Asked, Mark, Page, Tally, read_mark, write_mark
from cases.store.queue.filters import Slice, midnight_of, slices
from cases.store.queue.looking import Looking, met
from cases.store.queue.narrowing import few_of
from cases.store.queue.walking import Rows, Walk, put, through, walked
from cases.store.sheaf import table

_rows = table("case_file")
_case = _rows.c


def page(connection: Connection, actor: Actor, kind: str, asked: Asked, now: datetime) -> Page:
    """One page of the cases the actor may see. ``kind`` is the kind of the actor's organisation: the seal depends on
    it. Malformed for a view, an order, a light or a mark there is not."""
    sort = asked.order
    mark = read_mark(asked.cursor, sort) if asked.cursor else None
    limit = max(1, min(asked.limit, MOST))
    walk = Walk(sort, mark, bool(mark and mark.backwards), limit + 1)
    if not asked.narrowed:
        asker = (replace(actor, id="", name=""), kind, replace(asked, cursor=None, limit=0))
        found = through(connection, walk, lambda zone: _put(*asker, walk.anywhere, zone), _moments(now))
        return _page(connection, found, walk, limit)
    few = few_of(connection, asked)
    some = list(slices(actor, kind, asked, now, apart=few is None))
    if asked.search:
        found = Looking(connection, sought(asked.search), few).rows(some, walk)
    elif few is not None:
        found = {case_id: place for one in some for case_id, place in walk.ahead(met(connection, one, few)).items()}
    else:
        found = walked(connection, some, walk)
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
        anybody = replace(actor, id="", name="")
        return {view: _counted(connection, _counting(anybody, kind, view), now) for view in views}
    few = few_of(connection, base.of_view(ALL, NEWEST))
    look = Looking(connection, sought(base.search), few) if base.search else None
    found: dict[str, Tally] = {}
    for view in views:
        some = list(slices(actor, kind, base.of_view(view, NEWEST), now, apart=few is None))
        if look is None and few is not None:
            found[view] = _capped(sum(len(met(connection, one, few)) for one in some))
        else:
            found[view] = look.tally(some) if look else _counted(connection, _how_many(some), now)
    return found


_NOW = bindparam("now", type_=Instant())


def _moments(now: datetime) -> dict[str, datetime]:
    return {"now": now, "midnight": midnight_of(now)}


# The same people ask for the same views all day, so their questions are put into words once.


@lru_cache(maxsize=500)
def _put(actor: Actor, kind: str, asked: Asked, walk: Walk, zone: int) -> Select[Any] | None:
    """The question for a part of a view."""
    return put(list(slices(actor, kind, asked, _NOW)), walk, zone)


@lru_cache(maxsize=500)
def _counting(actor: Actor, kind: str, view: str) -> Select[Any] | None:
    """The question how many cases a view holds."""
    return _how_many(list(slices(actor, kind, Asked(view=view, sort=NEWEST), _NOW)))


def _how_many(some: Sequence[Slice]) -> Select[Any] | None:
    """How many rows there are in some slices, counted no further than ``COUNTED``; None where there can be none."""
    if not some:
        return None
    parts = (select(_rows.c.id).where(*one.conditions).limit(COUNTED + 1).subquery() for one in some)
    every = union_all(*(select(part.c.id) for part in parts)).limit(COUNTED + 1).subquery()
    return select(func.count()).select_from(every)


def _counted(connection: Connection, question: Select[Any] | None, now: datetime) -> Tally:
    return Tally(0) if question is None else _capped(connection.execute(question, _moments(now)).scalar_one())


def _capped(total: int) -> Tally:
    return Tally(min(total, COUNTED), more=total > COUNTED)
