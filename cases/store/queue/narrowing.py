"""Filters that leave few cases (少数件): what a question names by its place, its department, its day or its
holder is looked up first, and if that is little, each is looked at by itself.

A list is walked in its order; where a filter leaves a handful of a hundred thousand rows, the walk would be long, and
the handful is found at once. What does not live here: walking (paging), and words (finding).
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache
from typing import Any

from sqlalchemy import ColumnElement, Select, bindparam, select, union_all

from cases.store.queue.asked import FEW, NOBODY, Asked
from cases.store.queue.faces import OPEN
from cases.store.queue.filters import of_department, on_days, runs
from cases.store.queue.posing import Inquiry
from cases.store.queue.steering import no_more_than
from cases.store.sheaf import table

_case = table("case_file").c

Condition = tuple[ColumnElement[bool], ...]


def few_of(inquiry: Inquiry) -> list[str] | None:
    """The cases that the narrowest filter leaves, if those are few; None where there is no such filter or it leaves
    many."""
    for question in _firsts(inquiry.form):
        found = list(inquiry.put(question).scalars())
        if len(found) <= FEW:
            return found
    return None


@lru_cache(maxsize=200)
def _firsts(form: Asked) -> tuple[Select[Any], ...]:
    """The questions for the first cases that each filter leaves, of a question with blanks."""
    return tuple(_first(form, ways) for ways in _narrow(form))


def _narrow(asked: Asked) -> Iterator[tuple[Condition, ...]]:
    """The filters that have an index of their own, the narrowest first, each as the ways in which a case meets it."""
    if asked.parent:
        yield ((_case.parent_id == bindparam("parent"),),)
    if asked.community:
        place = (_case.community == bindparam("community"),)
        yield ((*place, _case.matter == bindparam("matter")) if asked.matter else place,)
    elif asked.matter:
        yield ((_case.matter == bindparam("matter"),),)
    if asked.department:
        yield tuple(of_department(asked.department))
    for condition in on_days(asked):
        yield ((condition,),)
    if asked.saved.clock:
        yield ((runs(asked.saved.clock),),)
    if asked.holder and asked.holder != NOBODY:
        yield ((_case.holder == bindparam("holder"),),)


def _first(asked: Asked, ways: tuple[Condition, ...]) -> Select[Any]:
    """One more than a few of them; which of many does not matter."""
    still = (OPEN,) if asked.open_only else ()
    parts = [select(_case.id).where(*way, *still).limit(no_more_than(FEW + 1)) for way in ways]
    if len(parts) == 1:
        return parts[0]
    return select(union_all(*(select(part.subquery().c.id) for part in parts)).subquery().c.id)
