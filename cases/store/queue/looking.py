"""Looking for words in a queue (在清单中检索): few hits are sorted out one by one; of many, the list itself is walked
until a page is full.

Either way the page has exactly the rows and the order of the list without words, less those that have them not. What
does not live here: the index (finding).
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from functools import lru_cache, partial
from typing import Any

from sqlalchemy import Select, String, and_, bindparam, case, func, literal_column, select

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
"""So many of a few cases are looked at before the page is looked at again; then four times as many, and so on."""

AT_ONCE = 250
"""So many rows are looked at before it is asked whether those that have the words are enough."""

AT_MOST = 10_000
"""Of so many hits the newest are soon found."""

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


@dataclass(frozen=True, slots=True)
class Bundle:
    """Slices of which the same is wanted: they are looked through together, in one order."""

    slices: tuple[Slice, ...]
    wanted: Wanted


class Looking:
    """One question for words, asked of slices; ``among`` are the cases to look at, if those are few."""

    def __init__(self, inquiry: Inquiry, sought: Sought, among: list[str] | None = None) -> None:
        self.inquiry, self.sought, self.among = inquiry, sought, among
        self.connection = inquiry.connection
        self._hits: dict[Wanted, list[str] | None] = {}

    def rows(self, some: Iterable[Slice], walk: Walk) -> Rows:
        """The next rows of some slices that have the words, and perhaps more of them."""
        found: Rows = {}
        for bundle in self._bundles(some):
            found |= self._rows(bundle, walk) if self.among is None else self._sorted_out(bundle, self.among, walk)
        return found

    def tally(self, some: Iterable[Slice]) -> Tally:
        """How many rows have the words; at least so many, where a common word is looked for in a long list."""
        total = 0
        for bundle in self._bundles(some, scoped=self.among is None):
            if self.among is not None:
                few = sorted(having(self.connection, bundle.wanted, self.among))
            else:
                few = self._few(bundle, FEW)
            if few is not None:
                total += len(met(self.inquiry, bundle.slices, few, NEWEST))
            else:
                many = COUNTED + 1 - total
                trail = Trail(Walk(NEWEST, None, False, many))
                self._along(trail, bundle, many, FURTHEST)
                total += len(_first(trail.found, many))
                if not self._is_over(trail, many):
                    return Tally(min(total, COUNTED), more=True)
            if total > COUNTED:
                return Tally(COUNTED, more=True)
        return Tally(total)

    def _bundles(self, some: Iterable[Slice], *, scoped: bool = False) -> list[Bundle]:
        """The slices in which the words may be looked for; those of each scope by themselves, for the index to know."""
        found: dict[Wanted, list[Slice]] = {}
        for one in some:
            wanted = Wanted.of(one.face.branch, self.sought, self.inquiry.values["org"])
            found.setdefault(wanted if scoped else replace(wanted, scope=""), []).append(one)
        return [Bundle(tuple(slices), wanted) for wanted, slices in found.items() if wanted.ways]

    def _sorted_out(self, bundle: Bundle, among: Sequence[str], walk: Walk) -> Rows:
        """Those of a few cases that have the words."""
        few = sorted(having(self.connection, bundle.wanted, among))
        return sorted_out(self.inquiry, bundle.slices, few, walk)

    def _rows(self, bundle: Bundle, walk: Walk) -> Rows:
        """A common word is met with on the first rows of a list, and what the index has of it would be a long list
        itself; so a little way is walked before the index is asked."""
        trail = Trail(walk)
        self._along(trail, bundle, walk.many, FIRST_STRETCH)
        rare = len(trail.found) < COMMON
        if not rare:
            self._along(trail, bundle, walk.many, FURTHEST)
        if self._is_over(trail, walk.many):
            return _first(trail.found, walk.many)
        found: Rows = {}
        for each in self._bundles(bundle.slices, scoped=True):
            found |= self._by_index(each, walk, walked_before=not rare)
        return found

    def _by_index(self, bundle: Bundle, walk: Walk, *, walked_before: bool) -> Rows:
        """The next rows by what the index has; where that is much, by walking on, if that was not tried before."""
        few = self._few(bundle, AT_MOST if walk.sort == NEWEST else FEW)
        if few is not None:
            return sorted_out(self.inquiry, bundle.slices, few, walk)
        if not walked_before:
            trail = Trail(walk)
            self._along(trail, bundle, walk.many, FURTHEST)
            if self._is_over(trail, walk.many):
                return _first(trail.found, walk.many)
        condition = said(self.connection.dialect.name, bundle.wanted)
        return walked(self.inquiry, [one.also(condition) for one in bundle.slices], walk)

    def _few(self, bundle: Bundle, most: int) -> list[str] | None:
        """The hits, if they are no more than that; None where they are, or where the scope is narrower than any word
        for it."""
        wanted = bundle.wanted
        if not wanted.scope and not all(one.face.branch.area for one in bundle.slices):
            return None
        if wanted not in self._hits:
            self._hits[wanted] = hits(self.connection, wanted, most)
        return self._hits[wanted]

    def _along(self, trail: Trail, bundle: Bundle, many: int, furthest: int) -> None:
        """Go along the list until so many rows have the words, or so many were walked past, or it ends."""
        while trail.past < furthest and not self._is_over(trail, many):
            likely = trail.past * (many - len(trail.found)) // max(1, len(trail.found))
            stretch = replace(trail.ahead, many=min(STRETCH, max(FIRST_STRETCH, _rounded(likely))))
            question = partial(_stretch, bundle.slices, stretch.anywhere)
            rows = through(self.inquiry, stretch, question)
            trail.ended = len(rows) < stretch.many
            rows = stretch.ahead(rows)
            trail.past += len(rows)
            trail.ahead = trail.ahead if trail.ended else trail.ahead.onward(rows)
            self._look_at(trail, bundle.wanted, rows, many)

    def _look_at(self, trail: Trail, wanted: Wanted, rows: Rows, many: int) -> None:
        """Add those of the rows that have the words, until they are enough."""
        ids = list(rows)
        for start in range(0, len(ids), AT_ONCE):
            if len(trail.found) >= many:
                return
            some = ids[start : start + AT_ONCE]
            have = having(self.connection, wanted, some)
            trail.found |= {case_id: rows[case_id] for case_id in some if case_id in have}

    @staticmethod
    def _is_over(trail: Trail, many: int) -> bool:
        return trail.ended or len(trail.found) >= many


@lru_cache(maxsize=2_000)
def _stretch(some: tuple[Slice, ...], walk: Walk, zone: int) -> Select[Any] | None:
    """The question for a stretch of a list, put into words once."""
    return put(some, walk, zone)


def _first(rows: Rows, many: int) -> Rows:
    return dict(list(rows.items())[:many])


def _rounded(rows: int) -> int:
    """So many rows or more: a power of two or half as much again, as each limit is another question."""
    power = 1 << max(0, rows - 1).bit_length()
    return power * 3 // 4 if power * 3 // 4 >= rows else power


def sorted_out(inquiry: Inquiry, some: Sequence[Slice], few: Sequence[str], walk: Walk) -> Rows:
    """Those of a few cases that are in some slices and on the page: by age, the next are looked at first."""
    by_age = walk.sort == NEWEST
    left, found, many = walk.onwards(few) if by_age else list(few), dict[str, Place](), SORTED_OUT
    while left and len(found) < walk.many:
        stretch, left = (left[:many], left[many:]) if by_age else (left, [])
        found |= met(inquiry, some, stretch, walk.sort)
        many *= 4
    return walk.ahead(found)


def met(inquiry: Inquiry, some: Sequence[Slice], ids: Sequence[str], sort: str = DUE) -> Rows:
    """Those of these cases that are in one of the slices, with their places in a list of this order."""
    if not ids or not some:
        return {}
    kind, some = inquiry.connection.dialect.name, tuple(some)
    given = json.dumps(ids) if kind == "sqlite" else ids
    rows = inquiry.put(_meeting(some, kind, aged=sort == NEWEST), some=given)
    if sort == NEWEST:
        return dict.fromkeys(rows.scalars(), NOWHERE)
    return {row[0]: placed(row[1], _due_of(some[row[2]], row)) for row in rows}


def _due_of(one: Slice, row: Any) -> datetime | None:
    """The due moment a row is sorted by in its slice."""
    return None if one.due is None else row[3] if one.due is _case.next_due else row[4]


@lru_cache(maxsize=2_000)
def _meeting(some: tuple[Slice, ...], kind: str, *, aged: bool) -> Select[Any]:
    """The question which of ``some`` cases are among the rows; of a list that is not by age also in which slice, and
    what places them there."""
    which = case(*((and_(*one.conditions), literal_column(str(n))) for n, one in enumerate(some)))
    placing = [] if aged else [_case.is_open, which, _case.next_due, _case.told_due]
    question = select(_case.id, *placing)
    if kind != "sqlite":
        return question.where(among(kind, _case.id, "some"), which.is_not(None))
    # SQLite would rather read along what a condition names than look up the cases it was given.
    given = func.json_each(bindparam("some", type_=String())).table_valued("value")
    return question.where(_case.id.in_(select(given.c.value)), only(which.is_not(None)))
