"""Filters that leave few cases (少数件): what a question names by its place, its matter, its department, its kind, its
day or its holder is looked up first, and if that is little, each is looked at by itself.

A list is walked in its order; where a filter leaves a handful of a hundred thousand rows, the walk would be long, and
the handful is found at once. What does not live here: walking (paging), and words (finding).
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache
from typing import Any

from sqlalchemy import ColumnElement, Select, bindparam, not_, select, union_all

from cases.store.queue.asked import FEW, NOBODY, Asked
from cases.store.queue.faces import OPEN
from cases.store.queue.filters import on_days, runs
from cases.store.queue.parts import of_department
from cases.store.queue.posing import Inquiry
from cases.store.queue.steering import no_more_than
from cases.store.queues import OWN, own
from cases.store.sheaf import table

_case = table("case_file").c

Condition = tuple[ColumnElement[bool], ...]


def few_of(inquiry: Inquiry) -> list[str] | None:
    """The cases that the narrowest filter leaves, if those are few; None where there is no such filter or it leaves
    many."""
    for question in left(inquiry.form):
        if inquiry.put(beyond(question)).first() is None:
            return list(inquiry.put(question).scalars())
    return None


@lru_cache(maxsize=1_000)
def left(form: Asked) -> tuple[Select[Any], ...]:
    """The questions for the cases that each filter leaves, of a question with blanks."""
    return tuple(_those(form, ways) for ways in _narrow(form))


@lru_cache(maxsize=1_000)
def beyond(question: Select[Any]) -> Select[Any]:
    """The question for one case more than a few: of many that one is fetched and no other."""
    return question.offset(no_more_than(FEW)).limit(no_more_than(1))


def _narrow(asked: Asked) -> Iterator[tuple[Condition, ...]]:
    """The filters that have an index of their own, the narrowest first, each as the ways in which a case meets it."""
    if asked.parent:
        yield ((_case.parent_id == bindparam("parent"),),)
    about = tuple(_about(asked))
    if about:
        yield (about,)
    if asked.department:
        yield tuple(of_department(asked.department))
    if asked.case_type:
        ours, lives = _case.case_type == asked.case_type, (OPEN,) if asked.open_only else (OPEN, not_(OPEN))
        yield tuple((life, ours) for life in lives)
    for condition in on_days(asked):
        yield ((condition,),)
    if asked.saved.clock:
        yield ((runs(asked.saved.clock),),)
    if asked.saved.mine or asked.holder not in {None, "", NOBODY}:
        yield (tuple(_in_hands(asked)),)


def _in_hands(asked: Asked) -> Iterator[ColumnElement[bool]]:
    """Who is to hold the cases."""
    if asked.holder:
        yield _case.holder == bindparam("holder")
    if asked.saved.mine:
        yield own(_case.holder, OWN)


def _about(asked: Asked) -> Iterator[ColumnElement[bool]]:
    """What is asked for of place and matter: together they have an index."""
    if asked.community:
        yield _case.community == bindparam("community")
    if asked.matter:
        yield _case.matter == bindparam("matter")


def _those(asked: Asked, ways: tuple[Condition, ...]) -> Select[Any]:
    """The cases that are met in any of some ways; of open ones, where there are several ways, of each way no more than
    one beyond a few, which is as good as all."""
    still = (OPEN,) if asked.open_only else ()
    parts = [select(_case.id).where(*way, *still) for way in ways]
    if len(parts) == 1:
        return parts[0]
    if still:
        # In their order, so that SQLite reads them along an index of open cases and not along one of all.
        in_order = (part.order_by(_case.next_due, _case.id).limit(no_more_than(FEW + 1)) for part in parts)
        parts = [select(part.subquery().c.id) for part in in_order]
    return select(union_all(*parts).subquery().c.id)
