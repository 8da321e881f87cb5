"""Walking along the slices of a queue (逐页取件): each in the order of its own index, all together from a mark, forward
or back, as far as is wanted.

What does not live here: which slices there are (filters), and what a page is (paging).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Integer,
    Select,
    bindparam,
    cast,
    literal_column,
    not_,
    null,
    select,
    tuple_,
    union_all,
)

from cases.models import Instant
from cases.rules.saved_views import NEWEST
from cases.store.queue.asked import CLOSED, DATED, UNDATED, Mark, Place
from cases.store.queue.faces import OPEN, Face
from cases.store.queue.filters import Slice
from cases.store.queue.posing import Inquiry
from cases.store.queue.steering import gathered, no_more_than
from cases.store.sheaf import table

_case = table("case_file").c

Rows = dict[str, Place]
"""Cases in the order they were come by, with their places in a list by due moment."""

Key = tuple[int, datetime, str]
_NEVER = datetime.max.replace(tzinfo=UTC)
_ENDED: ColumnElement[bool] = literal_column("(case_file.is_open = false)")
_NO_DUE = cast(null(), Instant()).label("due")


@dataclass(frozen=True, slots=True)
class Walk:
    """One walk along a slice: the order, where it begins, in which direction, and for how many rows."""

    sort: str
    mark: Mark | None
    backwards: bool
    many: int

    def key(self, case_id: str, place: Place) -> Key:
        """Where a row stands among those that lie ahead: by its place, then by id."""
        if self.sort == NEWEST:
            return UNDATED, _NEVER, case_id
        return place.zone, place.due or _NEVER, case_id

    @property
    def falling(self) -> bool:
        """Whether keys fall along the walk."""
        return self.backwards != (self.sort == NEWEST)

    def ahead(self, rows: Rows) -> Rows:
        """Those of the rows that lie beyond the mark, in order, no more than are wanted."""
        if self.sort == NEWEST:
            return self._ahead_by_age(rows)
        here = self.key(self.mark.case_id, self.mark.place) if self.mark else None
        keys = sorted((self.key(case_id, place) for case_id, place in rows.items()), reverse=self.falling)
        beyond = [key for key in keys if here is None or (key < here if self.falling else key > here)]
        return {case_id: rows[case_id] for _, _, case_id in beyond[: self.many]}

    def _ahead_by_age(self, rows: Rows) -> Rows:
        return {case_id: rows[case_id] for case_id in self.onwards(rows)[: self.many]}

    def onwards(self, ids: Iterable[str]) -> list[str]:
        """Those of the cases that lie beyond the mark of a walk by age, in its order."""
        here = self.mark.case_id if self.mark else None
        beyond = (one for one in ids if here is None or (one < here if self.falling else one > here))
        return sorted(beyond, reverse=self.falling)

    @property
    def here(self) -> dict[str, Any]:
        """The mark, as a question is given it."""
        return {} if self.mark is None else {"mark_id": self.mark.case_id, "mark_due": self.mark.place.due}

    @property
    def anywhere(self) -> Walk:
        """The walk without where exactly its mark stands: what its question depends on."""
        mark = self.mark
        return self if mark is None else replace(self, mark=replace(mark, case_id="", place=Place(mark.place.zone)))

    def onward(self, rows: Rows) -> Walk:
        """The walk that goes on behind these rows."""
        case_id, place = list(rows.items())[-1]
        return replace(self, mark=Mark(case_id, self.sort, place, self.backwards))


def walked(inquiry: Inquiry, some: Sequence[Slice], walk: Walk) -> Rows:
    """The next rows of some slices: of all of them together as many as are wanted, and perhaps more."""
    return through(inquiry, walk, lambda zone: put(some, walk, zone))


def through(inquiry: Inquiry, walk: Walk, question: Callable[[int], Select[Any] | None]) -> Rows:
    """The rows of a walk, by one question to the database for each part of the list that is reached."""
    zones = [UNDATED] if walk.sort == NEWEST else list(range(DATED, CLOSED + 1))
    found: Rows = {}
    for zone in reversed(zones) if walk.backwards else zones:
        if len(found) < walk.many and not _is_behind(walk, zone):
            asked = question(zone)
            if asked is not None:
                rows = inquiry.put(asked, **walk.here)
                found.update((row[0], Place(row[1], row[2])) for row in rows)
    return found


def _is_behind(walk: Walk, zone: int) -> bool:
    """Whether a whole part of the list lies behind the mark."""
    if walk.mark is None:
        return False
    here = walk.mark.place.zone
    return zone > here if walk.backwards else zone < here


def put(some: Sequence[Slice], walk: Walk, zone: int) -> Select[Any] | None:
    """The question for one part of the list, of all slices at once, each in its own order and up to its own limit; None
    where there can be no rows. Of the mark it says only in which part it stands; where, ``Walk.here`` says."""
    by_age = walk.sort == NEWEST
    questions = [q for one in some if (q := _by_age(one, walk) if by_age else _by_due(one, walk, zone)) is not None]
    if len(questions) < 2:
        return questions[0] if questions else None
    parts = (question.subquery() for question in questions)
    every = union_all(*(select(part.c.id, part.c.zone, part.c.due) for part in parts)).subquery()
    keys = [every.c.due, every.c.id] if zone == DATED and not by_age else [every.c.id]
    order = [key.desc() for key in keys] if walk.falling else keys
    return select(every).order_by(*order).limit(no_more_than(walk.many))


_MARK_ID, _MARK_DUE = bindparam("mark_id"), bindparam("mark_due", type_=Instant())


def _by_age(one: Slice, walk: Walk) -> Select[Any]:
    beyond: list[ColumnElement[bool]] = []
    if walk.mark is not None:
        beyond = [_case.id > _MARK_ID if walk.backwards else _case.id < _MARK_ID]
    key: Any = gathered(_case.id) if one.gathered else _case.id
    order = key.asc() if walk.backwards else key.desc()
    return (
        select(_case.id, _zone(UNDATED), _NO_DUE)
        .where(*one.conditions, *beyond)
        .order_by(order)
        .limit(no_more_than(walk.many))
    )


def placed(is_open: bool, due: datetime | None) -> Place:
    """Where a row stands in a list by due moment."""
    if not is_open:
        return Place(CLOSED)
    return Place(UNDATED) if due is None else Place(DATED, due)


def _zone(zone: int) -> ColumnElement[int]:
    return literal_column(str(zone), Integer()).label("zone")


def _by_due(one: Slice, walk: Walk, zone: int) -> Select[Any] | None:
    """The rows of one part of the list, each of which lies in one piece in an index; None where there can be none."""
    dated, closed = zone == DATED, zone == CLOSED
    if (closed and one.open_only) or (not closed and one.ended_only):
        return None
    if (dated and one.due is None) or (not dated and one.dated_only):
        return None
    due: Any = one.due
    beyond = _of_zone(zone, one.face)
    mark = walk.mark
    if mark is not None and mark.place.zone == zone:
        here: Any = tuple_(due, _case.id) if dated else _case.id
        there: Any = tuple_(_MARK_DUE, _MARK_ID) if dated else _MARK_ID
        beyond.append(here < there if walk.backwards else here > there)
    keys: list[Any] = [_case.id] if zone == CLOSED or due is None else [due, _case.id]
    order = [key.desc() for key in keys] if walk.backwards else keys
    columns = (_case.id, _zone(zone), due.label("due") if due is not None and dated else _NO_DUE)
    return select(*columns).where(*one.conditions, *beyond).order_by(*order).limit(no_more_than(walk.many))


def _of_zone(zone: int, face: Face) -> list[ColumnElement[bool]]:
    due = face.due
    if zone == CLOSED:
        # What a station knows of a mediation is in an index of its own; SQLite is not to take that of all that ended.
        return [_ENDED] if face.why == "station" else [not_(OPEN)]
    if due is None:
        return [OPEN]
    return [OPEN, due.is_not(None) if zone == DATED else due.is_(None)]
