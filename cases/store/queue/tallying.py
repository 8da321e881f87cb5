"""How many rows a queue has (清单计数): up to a figure nobody reads further, by holder, and by day.

Each figure is counted over the slices the list itself is walked along, so a figure and its list are of the same rows.
What does not live here: which figures a page shows (edge), and the saved views' own counts (paging).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from functools import lru_cache
from typing import Any

from sqlalchemy import Connection, Select, and_, bindparam, case, func, literal_column, or_, select, union_all

from cases.grammar import Actor
from cases.machines import CASE_TYPES
from cases.models import Instant
from cases.rules.saved_views import NEWEST, SAVED_VIEWS, states_of
from cases.store.queue.asked import NOBODY, Asked, Tally
from cases.store.queue.faces import OPEN
from cases.store.queue.filters import Slice, day_of
from cases.store.queue.posing import Inquiry, cut
from cases.store.queue.steering import no_more_than
from cases.store.queues import own
from cases.store.sheaf import table

FURTHEST = 10_000
"""Further than this a figure is not counted: it reads 10000+."""

_rows = table("case_file")
_case = _rows.c


@dataclass(frozen=True, slots=True)
class Asker:
    """Who asks a queue, and when; ``kind`` is the kind of their organisation."""

    actor: Actor
    kind: str
    now: datetime

    def about(self, connection: Connection, asked: Asked) -> Inquiry:
        """A question of theirs; in which order the rows stand does not matter for how many there are."""
        return Inquiry.of(connection, self.actor, self.kind, replace(asked, sort=NEWEST), self.now)


def tally(connection: Connection, asker: Asker, asked: Asked, most: int = FURTHEST) -> Tally:
    """How many rows the list has."""
    inquiry = asker.about(connection, asked)
    question = _how_many(inquiry.asker, inquiry.kind, inquiry.form, most)
    total = 0 if question is None else int(inquiry.put(question).scalar_one())
    return Tally(min(total, most), more=total > most)


def by_holder(connection: Connection, asker: Asker, asked: Asked, most: int = FURTHEST) -> tuple[dict[str, int], bool]:
    """In whose hands the rows of the list are, most first, as far as the asker gets to know that; and whether there are
    more rows than were counted."""
    inquiry = asker.about(connection, asked)
    question = _in_whose_hands(inquiry.asker, inquiry.kind, inquiry.form, most)
    found = Counter[str]()
    if question is not None:
        for holder, many in inquiry.put(question):
            found[holder or NOBODY] += many
    ordered = sorted(found.items(), key=lambda one: (-one[1], one[0]))
    return dict(ordered), sum(found.values()) > most


@lru_cache(maxsize=2_000)
def _how_many(actor: Actor, kind: str, asked: Asked, most: int) -> Select[Any] | None:
    """The question how many there are; the same people ask it all day, so it is put into words once."""
    some = list(cut(actor, kind, asked, apart=True))
    if asked.saved.open and not asked.narrowed:
        some = [part for one in some for part in _by_type(one)]
    return select(func.count()).select_from(_together(some, literal_column("1"), most, most)) if some else None


def _by_type(one: Slice) -> list[Slice]:
    """A slice in which the wall divides the rows, type by type: so an index has all there is to know of a row."""
    if one.face.branch.area:
        return [one]
    return [one.also(_case.case_type == each.code) for each in CASE_TYPES if one.face.may_hold(each.code)]


@lru_cache(maxsize=2_000)
def _in_whose_hands(actor: Actor, kind: str, asked: Asked, most: int) -> Select[Any] | None:
    some = [told for one in cut(actor, kind, asked, apart=True) if (told := _told(one, actor)) is not None]
    if not some:
        return None
    part = _together(some, _case.holder, most)
    return select(part.c[0], func.count()).group_by(part.c[0])


def _told(one: Slice, actor: Actor) -> Slice | None:
    """The rows of a slice of which the holder is known: whoever reported knows what they hold themselves."""
    if one.face.why == "station":
        return None
    return one.also(own(_case.holder, actor.org)) if one.face.why == "reporter" else one


def by_day(connection: Connection, asker: Asker, asked: Asked, which: str, span: tuple[date, date]) -> dict[date, int]:
    """On which days the rows of the list were opened or closed (``which`` is the column), from the first day to the
    last, each of them named."""
    first, last = span
    days = [first + timedelta(days=n) for n in range((last - first).days + 1)]
    moments = {f"day{n}": day_of(day)[0] for n, day in enumerate([*days, last + timedelta(days=1)])}
    since = [0] * len(days)
    inquiry = asker.about(connection, asked)
    for question in _since_each(inquiry.asker, inquiry.kind, inquiry.form, which, len(days)):
        row = inquiry.put(question, **moments).one()
        since = [total + (more or 0) for total, more in zip(since, row, strict=True)]
    return {day: here - later for day, here, later in zip(days, since, [*since[1:], 0], strict=True)}


@lru_cache(maxsize=500)
def _since_each(actor: Actor, kind: str, asked: Asked, which: str, many: int) -> list[Select[Any]]:
    """Slice by slice, how many rows there are since each of so many days, put into words once."""
    column: Any = _case[which]
    days = [bindparam(f"day{n}", type_=Instant()) for n in range(many + 1)]
    each = [func.sum(case((column >= day, 1), else_=0)) for day in days[:-1]]
    within = (column >= days[0], column < days[-1])
    return [select(*each).where(*one.conditions, *within) for one in cut(actor, kind, asked, apart=True)]


def _together(some: Sequence[Slice], column: Any, most: int, altogether: int | None = None) -> Any:
    """One column of the rows of all slices, of each slice no more than ``most`` and one, and ``altogether`` no more
    than one beyond that."""
    parts = [
        select(column.label("it")).select_from(_rows).where(*one.conditions).limit(no_more_than(most + 1))
        for one in some
    ]
    if len(parts) == 1:
        return parts[0].subquery()
    every = union_all(*(select(part.subquery().c.it) for part in parts))
    return (every if altogether is None else every.limit(no_more_than(altogether + 1))).subquery()


_SIGNED_BY = states_of(SAVED_VIEWS["unsigned"], CASE_TYPES)


def unsigned(connection: Connection, org: str) -> tuple[int, datetime | None]:
    """How many tasks an organisation has not signed for, and when the first of them was opened."""
    waiting = [and_(_case.case_type == kind, _case.state.in_(sorted(states))) for kind, states in _SIGNED_BY.items()]
    columns = func.count(), func.min(_case.opened_at)
    row = connection.execute(select(*columns).where(OPEN, _case.assignee == org, or_(*waiting))).one()
    return row[0], row[1]
