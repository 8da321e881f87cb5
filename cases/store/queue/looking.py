"""Looking for words in a queue (在清单中检索): few hits are sorted out one by one; of many, the list itself is walked
until a page is full.

Either way the page has exactly the rows and the order of the list without words, less those that have them not. What
does not live here: the index (finding).
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from functools import lru_cache, partial
from typing import Any

from sqlalchemy import Select, String, bindparam, func, select

from cases.rules.saved_views import DUE, NEWEST
from cases.rules.words import Sought
from cases.store.among import among
from cases.store.queue.asked import COUNTED, FEW, NOWHERE, Place, Tally
from cases.store.queue.filters import Slice
from cases.store.queue.finding import Wanted, having, hits, said
from cases.store.queue.posing import Inquiry
from cases.store.queue.steering import only
from cases.store.queue.walking import Rows, Walk, placed, put, through, walked
from cases.store.sheaf import table

FURTHEST = 20_000
"""Rows of a list that are walked past before the index is asked for all it has."""

FIRST_STRETCH, STRETCH = 100, 2_000
"""Rows that are looked at before the index is asked anything; and rows of a later stretch, at most."""

SORTED_OUT = 100
"""So many of a few cases are looked at before the page is looked at again; then twice as many, and so on."""

COMMON = 4
"""So many of the first rows have a word of which there are too many to be counted out."""

_case = table("case_file").c


@dataclass(slots=True)
class Trail:
    """How far a walk has come: the rows that have the words, the rows walked past, where it goes on, and whether the
    list has come to its end."""

    ahead: Walk
    found: Rows = field(default_factory=dict[str, Place])
    past: int = 0
    ended: bool = False


class Looking:
    """One question for words, asked of slice after slice; ``among`` are the cases to look at, if those are few."""

    def __init__(self, inquiry: Inquiry, sought: Sought, among: list[str] | None = None) -> None:
        self.inquiry, self.sought, self.among = inquiry, sought, among
        self.connection = inquiry.connection
        self._hits: dict[Wanted, list[str] | None] = {}

    def rows(self, some: Iterable[Slice], walk: Walk) -> Rows:
        """The next rows of some slices that have the words."""
        found: Rows = {}
        for one in some:
            found |= self._rows(one, walk)
        return found

    def _rows(self, one: Slice, walk: Walk) -> Rows:
        """A common word is met with on the first rows of a list, and what the index has of it would be a long list
        itself; so a little way is walked before the index is asked."""
        wanted = Wanted.of(one.face.branch, self.sought)
        if not wanted.ways:
            return {}
        trail = Trail(walk)
        if self.among is None:
            self._along(trail, one, wanted, walk.many, FIRST_STRETCH)
        if self._is_over(trail, walk.many):
            return _first(trail.found, walk.many)
        rare = len(trail.found) < COMMON
        few = self._few(one, wanted) if rare else None
        if few is not None:
            return sorted_out(self.inquiry, [one], few, walk)
        self._along(trail, one, wanted, walk.many, FURTHEST)
        if self._is_over(trail, walk.many):
            return _first(trail.found, walk.many)
        few = None if rare else self._few(one, wanted)
        if few is not None:
            return sorted_out(self.inquiry, [one], few, walk)
        return walked(self.inquiry, [one.also(said(self.connection.dialect.name, wanted))], walk)

    def tally(self, each: Iterable[Slice]) -> Tally:
        """How many rows have the words; at least so many, where a common word is looked for in a long list."""
        total = 0
        for one in each:
            wanted = Wanted.of(one.face.branch, self.sought)
            few = self._few(one, wanted) if wanted.ways else []
            if few is not None:
                total += len(met(self.inquiry, one, few, NEWEST))
            else:
                many = COUNTED + 1 - total
                trail = Trail(Walk(NEWEST, None, False, many))
                self._along(trail, one, wanted, many, FURTHEST)
                total += len(_first(trail.found, many))
                if not self._is_over(trail, many):
                    return Tally(min(total, COUNTED), more=True)
            if total > COUNTED:
                return Tally(COUNTED, more=True)
        return Tally(total)

    def _few(self, one: Slice, wanted: Wanted) -> list[str] | None:
        """The hits, if they are few; None where they are many, or where the scope is narrower than any word for it."""
        if self.among is not None:
            return sorted(having(self.connection, wanted, self.among))
        if not wanted.scope and not one.face.branch.area:
            return None
        if wanted not in self._hits:
            self._hits[wanted] = hits(self.connection, wanted, FEW)
        return self._hits[wanted]

    def _along(self, trail: Trail, one: Slice, wanted: Wanted, many: int, furthest: int) -> None:
        """Go along the list until so many rows have the words, or so many were walked past, or it ends."""
        while trail.past < furthest and not self._is_over(trail, many):
            likely = trail.past * (many - len(trail.found)) // max(1, len(trail.found))
            stretch = replace(trail.ahead, many=min(STRETCH, max(FIRST_STRETCH, _rounded(likely))))
            question = partial(_stretch, one, stretch.anywhere)
            rows = through(self.inquiry, stretch, question)
            some = having(self.connection, wanted, list(rows))
            trail.found |= {case_id: place for case_id, place in rows.items() if case_id in some}
            trail.past += len(rows)
            trail.ended = len(rows) < stretch.many
            trail.ahead = trail.ahead if trail.ended else trail.ahead.onward(rows)

    @staticmethod
    def _is_over(trail: Trail, many: int) -> bool:
        return trail.ended or len(trail.found) >= many


@lru_cache(maxsize=2_000)
def _stretch(one: Slice, walk: Walk, zone: int) -> Select[Any] | None:
    """The question for a stretch of a list, put into words once."""
    return put([one], walk, zone)


def _first(rows: Rows, many: int) -> Rows:
    return dict(list(rows.items())[:many])


def _rounded(rows: int) -> int:
    """So many rows or more: the next power of two, as each limit is another question."""
    return 1 << max(0, rows - 1).bit_length()


def sorted_out(inquiry: Inquiry, some: Sequence[Slice], few: Sequence[str], walk: Walk) -> Rows:
    """Those of a few cases that are in some slices and on the page: by age, the next are looked at first."""
    by_age = walk.sort == NEWEST
    left, found, many = walk.onwards(few) if by_age else list(few), dict[str, Place](), SORTED_OUT
    while left and len(found) < walk.many:
        stretch, left = (left[:many], left[many:]) if by_age else (left, [])
        for one in some:
            found |= met(inquiry, one, stretch, walk.sort)
        many *= 2
    return walk.ahead(found)


def met(inquiry: Inquiry, one: Slice, ids: Sequence[str], sort: str = DUE) -> Rows:
    """Those of these cases that are in the slice, with their places in a list of this order."""
    if not ids:
        return {}
    kind = inquiry.connection.dialect.name
    rows = inquiry.put(_meeting(one, kind, aged=sort == NEWEST), some=json.dumps(ids) if kind == "sqlite" else ids)
    if sort == NEWEST:
        return dict.fromkeys(rows.scalars(), NOWHERE)
    return {row[0]: placed(row[1], row[2] if one.due is not None else None) for row in rows}


@lru_cache(maxsize=2_000)
def _meeting(one: Slice, kind: str, *, aged: bool) -> Select[Any]:
    """The question which of ``some`` cases are among the rows; of a list that is not by age also what places them."""
    placing = [] if aged else [_case.is_open] if one.due is None else [_case.is_open, one.due]
    if kind != "sqlite":
        return select(_case.id, *placing).where(among(kind, _case.id, "some"), *one.conditions)
    # SQLite would rather read along what a condition names than look up the cases it was given.
    given = func.json_each(bindparam("some", type_=String())).table_valued("value")
    return select(_case.id, *placing).where(_case.id.in_(select(given.c.value)), only(*one.conditions))
