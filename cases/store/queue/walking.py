"""Walking along a slice of a queue (逐页取件): in the order of its own index, from a mark, forward or back.

What does not live here: which slices there are (filters), and what a page is (paging).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import Any
from typing import cast as said_to_be

from sqlalchemy import ColumnElement, Connection, Select, cast, literal, null, select, tuple_, union_all

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
_NO_DUE = cast(null(), Instant()).label("due")


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


def walked(connection: Connection, some: Sequence[Slice], walk: Walk) -> Rows:
    """The next rows of some slices, with the due moments they are sorted by: of all of them together as many as are
    wanted, and perhaps more. One question to the database, two where rows with and without a due moment are wanted."""
    if walk.sort == NEWEST:
        return _asked(connection, [_by_age(one, walk) for one in some])
    found: Rows = {}
    for dated in (False, True) if walk.backwards else (True, False):
        if len(found) < walk.many:
            found.update(_asked(connection, [q for one in some if (q := _by_due(one, walk, dated=dated)) is not None]))
    return found


def _asked(connection: Connection, questions: Sequence[Select[Any]]) -> Rows:
    """The answers to all questions, asked at once; each keeps its own order and limit."""
    if not questions:
        return {}
    if len(questions) == 1:
        return dict(connection.execute(questions[0]).tuples().all())
    parts = (question.subquery() for question in questions)
    every = union_all(*(select(part.c.id, part.c.due) for part in parts))
    return dict(connection.execute(every).tuples().all())


def _by_age(one: Slice, walk: Walk) -> Select[Any]:
    beyond: list[ColumnElement[bool]] = []
    if walk.mark is not None:
        beyond = [_case.id > walk.mark.case_id if walk.backwards else _case.id < walk.mark.case_id]
    order = _case.id.asc() if walk.backwards else _case.id.desc()
    return select(_case.id, _NO_DUE).where(*one.conditions, *beyond).order_by(order).limit(walk.many)


def _by_due(one: Slice, walk: Walk, *, dated: bool) -> Select[Any] | None:
    """The rows that have a due moment, or those that have none: each of the two lies in one piece in the index. None
    where there can be no such row ahead."""
    mark, case_id = walk.mark, literal(walk.mark.case_id if walk.mark else "")
    due, known = said_to_be("ColumnElement[Any]", one.due), one.due is not None
    if (dated and not known) or (mark is not None and _is_behind(mark, dated=dated, backwards=walk.backwards)):
        return None
    beyond: list[ColumnElement[bool]] = [due.is_not(None) if dated else due.is_(None)] if known else []
    if mark is not None and (mark.due is not None) == dated:
        here: Any = tuple_(due, _case.id) if dated else _case.id
        there: Any = tuple_(literal(mark.due, Instant()), case_id) if dated else case_id
        beyond.append(here < there if walk.backwards else here > there)
    keys: list[Any] = [due, _case.id] if dated else [_case.id]
    order = [key.desc() for key in keys] if walk.backwards else keys
    column = due.label("due") if dated else _NO_DUE
    return select(_case.id, column).where(*one.conditions, *beyond).order_by(*order).limit(walk.many)


def _is_behind(mark: Mark, *, dated: bool, backwards: bool) -> bool:
    """Whether all rows with (or all without) a due moment lie behind the mark: those without come last."""
    if (mark.due is not None) == dated:
        return False
    return dated != backwards
