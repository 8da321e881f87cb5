"""Looking for words in a queue (在清单中检索): few hits are sorted out one by one; of many, the list itself is walked
until a page is full.

Either way the page has exactly the rows and the order of the list without words, less those that have them not. What
does not live here: the index (finding).
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from dataclasses import replace
from functools import lru_cache
from typing import Any

from sqlalchemy import Select, String, bindparam, func, select

from cases.rules.saved_views import DUE, NEWEST
from cases.rules.words import Sought
from cases.store.among import among
from cases.store.queue.asked import COUNTED, FEW, NOWHERE, Tally
from cases.store.queue.filters import Slice
from cases.store.queue.finding import Wanted, having, hits, said
from cases.store.queue.posing import Inquiry
from cases.store.queue.steering import only
from cases.store.queue.walking import Rows, Walk, placed, walked
from cases.store.sheaf import table

FURTHEST = 20_000
"""Rows of a list that are walked past before the index is asked for all it has."""

FIRST_STRETCH, STRETCH = 400, 2_000

_case = table("case_file").c


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
        wanted = Wanted.of(one.face.branch, self.sought)
        if not wanted.ways:
            return {}
        few = self._few(one, wanted)
        if few is not None:
            return walk.ahead(met(self.inquiry, one, few, walk.sort))
        found, walked_past = self._along(one, wanted, walk)
        if walked_past < FURTHEST or len(found) >= walk.many:
            return found
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
                found, walked_past = self._along(one, wanted, Walk(NEWEST, None, False, COUNTED + 1 - total))
                total += len(found)
                if walked_past >= FURTHEST:
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

    def _along(self, one: Slice, wanted: Wanted, walk: Walk) -> tuple[Rows, int]:
        """Rows along the walk that have the words, and how many rows were walked past."""
        found: Rows = {}
        past, stretch = 0, replace(walk, many=FIRST_STRETCH)
        while past < FURTHEST:
            rows = walked(self.inquiry, [one], stretch)
            some = having(self.connection, wanted, list(rows))
            found |= {case_id: place for case_id, place in rows.items() if case_id in some}
            if len(found) >= walk.many or len(rows) < stretch.many:
                return dict(list(found.items())[: walk.many]), past
            past += len(rows)
            likely = past * (walk.many - len(found)) // max(1, len(found))
            stretch = replace(stretch.onward(rows), many=min(STRETCH, max(FIRST_STRETCH, likely)))
        return found, past


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
