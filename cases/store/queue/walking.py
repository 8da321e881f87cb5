"""Walking along a slice of a queue (逐页取件): in the order of its own index, from a mark, forward or back.

What does not live here: which slices there are (filters), and what a page is (paging).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import Any, cast

from sqlalchemy import ColumnElement, Connection, literal, select, tuple_

from cases.models import Instant
from cases.rules.saved_views import DUE, NEWEST
from cases.store.queue.asked import Mark
from cases.store.queue.filters import Slice
from cases.store.sheaf import table

_case = table("case_file").c

Rows = dict[str, datetime | None]
"""Cases in the order they were come by, with the due moments they are sorted by."""

Key = tuple[bool, datetime, str]
_NEVER = datetime.max.replace(tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Walk:
    """One walk along a slice: the order, where it begins, in which direction, and for how many rows."""

    sort: str
    mark: Mark | None
    backwards: bool
    many: int

    def key(self, case_id: str, due: datetime | None) -> Key:
        """Where a row stands among those that lie ahead: by its due moment, none last, then by id."""
        known = due if self.sort == DUE else None
        return known is None, known or _NEVER, case_id

    @property
    def falling(self) -> bool:
        """Whether keys fall along the walk."""
        return self.backwards != (self.sort == NEWEST)

    def ahead(self, rows: Rows) -> Rows:
        """Those of the rows that lie beyond the mark, in order, no more than are wanted."""
        here = self.key(self.mark.case_id, self.mark.due) if self.mark else None
        keys = sorted((self.key(case_id, due) for case_id, due in rows.items()), reverse=self.falling)
        beyond = [key for key in keys if here is None or (key < here if self.falling else key > here)]
        return {case_id: rows[case_id] for _, _, case_id in beyond[: self.many]}

    def onward(self, rows: Rows) -> Walk:
        """The walk that goes on behind these rows."""
        case_id, due = list(rows.items())[-1]
        return replace(self, mark=Mark(case_id, self.sort, due, self.backwards))


def walked(connection: Connection, one: Slice, walk: Walk) -> Rows:
    """The next rows of a slice, with the due moments they are sorted by."""
    if walk.sort == NEWEST:
        beyond = []
        if walk.mark is not None:
            beyond = [_case.id > walk.mark.case_id if walk.backwards else _case.id < walk.mark.case_id]
        order = _case.id.asc() if walk.backwards else _case.id.desc()
        question = select(_case.id).where(*one.conditions, *beyond).order_by(order).limit(walk.many)
        return dict.fromkeys(connection.execute(question).scalars())
    found: Rows = {}
    for dated in (False, True) if walk.backwards else (True, False):
        if len(found) < walk.many:
            found.update(_by_due(connection, one, walk, walk.many - len(found), dated=dated))
    return found


def _by_due(
    connection: Connection, one: Slice, walk: Walk, many: int, *, dated: bool
) -> Sequence[tuple[str, datetime | None]]:
    """The rows that have a due moment, or those that have none: each of the two lies in one piece in the index."""
    mark, case_id = walk.mark, literal(walk.mark.case_id if walk.mark else "")
    due, known = cast("ColumnElement[Any]", one.due), one.due is not None
    if (dated and not known) or (mark is not None and _is_behind(mark, dated=dated, backwards=walk.backwards)):
        return ()
    beyond: list[ColumnElement[bool]] = [due.is_not(None) if dated else due.is_(None)] if known else []
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
