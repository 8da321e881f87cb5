"""The conditions of a queue (清单条件): view, filters and words, as slices that each lie in one piece of an index.

A view of states is asked state by state, so that every slice comes sorted from its index. What does not live here:
the states and departments (parts), and walking the slices (walking).
"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, and_, bindparam, false, literal_column, not_, or_, select
from sqlalchemy.sql.elements import False_

from cases.errors import Malformed
from cases.grammar import Actor
from cases.models import Instant
from cases.ports import BEIJING
from cases.rules.lights import GREY, RED
from cases.rules.saved_views import DUE, SavedView
from cases.rules.visibility import SEALED_CLOCKS, SEALED_STATES
from cases.store.queue.asked import LIGHTS, NOBODY, Asked
from cases.store.queue.faces import OPEN, Face, faces
from cases.store.queue.parts import Part, filled, parts_of, states_in
from cases.store.queue.steering import beside, within
from cases.store.queues import walled
from cases.store.sheaf import table

_case = table("case_file").c


FILLED = ("community", "matter", "parent", "department", "holder", "text")
"""Filters whose values are filled in."""

ESCAPE = "/"
"""Before a sign of a text that would stand for others where a part of a summary is looked for."""

ANY_DAY = date.min
"""Stands in a question for a day."""


@dataclass(frozen=True, eq=False, slots=True)
class Slice:
    """Some rows of the answer: the conditions, as what they are seen, whether all of them are open or all have ended,
    and whether all of them have a due moment; ``gathered``: a list of them by age is gathered and then sorted, for of
    the newest it has perhaps none."""

    conditions: tuple[ColumnElement[bool], ...]
    face: Face
    open_only: bool = False
    ended_only: bool = False
    dated_only: bool = False
    gathered: bool = False

    @property
    def due(self) -> Any:
        """The due moment they are sorted by; None where none is known."""
        return self.face.due

    def also(self, condition: ColumnElement[bool]) -> Slice:
        """Those of the rows that meet a further condition."""
        return replace(self, conditions=(*self.conditions, condition))


def slices(
    actor: Actor, kind: str, asked: Asked, now: Any, *, apart: bool = True, by_keeper: bool = False
) -> Iterator[Slice]:
    """What is asked for, face by face; no row lies in two slices. ``apart``: so that each slice lies in one piece in an
    index, for a list that is walked; else one slice a face. ``by_keeper``: also where several organisations keep the
    files of an area. ``now`` is a moment or what stands for one in a query."""
    view = asked.saved
    light = asked.light or ""
    if light and light not in LIGHTS:
        raise Malformed("没有这种灯色", {"light": "、".join(LIGHTS)})
    lights = {one for one in (view.light, light, RED if asked.overdue else "") if one}
    dated = view.today or bool(lights - {GREY})
    by_keeper = by_keeper and not asked.department  # what a department has is sorted in an index of its own
    for face in faces(actor, kind, divided=_seal_matters(asked, lights), by_keeper=by_keeper):
        if asked.case_type and not face.may_hold(asked.case_type):
            continue
        conditions = [face.holds, *_plain(face, actor, asked, apart=apart), *(face.light(one, now) for one in lights)]
        conditions += _of_view(view, face, now)
        if view.mine:
            conditions += [OPEN, _held(face, actor, actor.org)]
        if any(isinstance(condition, False_) for condition in conditions):
            continue
        parts = [meant for part in parts_of(face, asked) if (meant := part.meant(asked)) is not None]
        if not apart and len(parts) > 1:
            parts = [Part((or_(*(and_(*part.conditions) for part in parts)),), asked.open_only, asked.ended_only)]
        for part in parts:
            every = (*conditions, *part.conditions)
            yield Slice(every, face, part.open_only, part.ended_only, dated, _gathered(asked))


def _gathered(asked: Asked) -> bool:
    """Whether of what somebody, or nobody, holds only some is asked for, and perhaps nothing new of it."""
    if asked.holder == NOBODY:
        return asked.open_only
    return asked.saved.mine and bool(asked.state or asked.case_type or asked.department)


def _seal_matters(asked: Asked, lights: Collection[str]) -> bool:
    """Whether a row behind the seal is to be sorted or filtered by something its asker may not know."""
    view = asked.saved
    states = {state for _, every in states_in(asked.view) for state in every}
    sealed = view.clock in SEALED_CLOCKS or {asked.state, *states} & SEALED_STATES
    return bool(asked.order == DUE or lights or view.today or sealed)


MIDNIGHT = bindparam("midnight", type_=Instant())
"""Stands for the end of the day, where something stands for the present moment."""


def midnight_of(now: datetime) -> datetime:
    """When the day of a moment ends in Beijing."""
    return day_of(now.astimezone(BEIJING).date())[1]


def _of_view(view: SavedView, face: Face, now: Any) -> Iterator[ColumnElement[bool]]:
    if view.open:
        yield OPEN
    if view.today:
        yield OPEN
        ends = midnight_of(now) if isinstance(now, datetime) else MIDNIGHT
        yield false() if face.due is None else and_(face.due >= now, face.due < ends)
    if view.clock:
        known = face.due is not None and view.clock not in face.unsaid
        yield OPEN
        yield runs(view.clock) if known else false()


def runs(clock: str) -> ColumnElement[bool]:
    """Cases on which a clock runs. The code is a literal: only so does the database see that its index will do."""
    deadline = table("deadline").c
    of_code = deadline.code == literal_column(f"'{clock}'")
    return _case.id.in_(select(deadline.case_id).where(of_code, deadline.stopped_at.is_(None)))


def day_of(day: date) -> tuple[datetime, datetime]:
    """When a day of Beijing begins, and when the next one does."""
    begins = datetime(day.year, day.month, day.day, tzinfo=BEIJING)
    return begins, begins + timedelta(days=1)


def on_days(asked: Asked) -> Iterator[ColumnElement[bool]]:
    """Opened, and closed, on the days that are asked for."""
    for column, on in ((_case.opened_at, asked.opened_on), (_case.closed_at, asked.closed_on)):
        if on == ANY_DAY:
            name = column.name.removesuffix("_at")
            begins, ends = (bindparam(f"{name}_{which}", type_=Instant()) for which in ("from", "until"))
            yield and_(column >= begins, column < ends)
        elif on is not None:
            begins, ends = day_of(on)
            yield and_(column >= begins, column < ends)


def _plain(face: Face, actor: Actor, asked: Asked, *, apart: bool) -> Iterator[ColumnElement[bool]]:
    if asked.case_type:
        # A kind that is walked for is one of few, and most indexes of long lists know it.
        kind = asked.case_type
        yield within(_case.case_type, kind) if apart else _case.case_type == kind
    if asked.community:
        yield _case.community == filled("community", asked.community)
    if asked.matter:
        matter = filled("matter", asked.matter)
        # A list that is walked though a matter is named has many of it, and the indexes of long lists know it.
        steered = apart and not asked.community
        yield within(_case.matter, matter) if steered else _case.matter == matter
    if asked.parent:
        yield _case.parent_id == filled("parent", asked.parent)
    yield from on_days(asked)
    if asked.holder:
        yield _held(face, actor, asked.holder)
    if asked.text:
        said = _case.summary.like(bindparam("within"), escape=ESCAPE)
        yield or_(
            _case.number == filled("text", asked.text), said if face.why == "inside" else and_(said, not_(walled))
        )


def _held(face: Face, actor: Actor, holder: str | None) -> ColumnElement[bool]:
    """In whose hands a case is, for whoever gets to know that; a reporter knows what they hold themselves."""
    told = face.why != "station" and (face.why != "reporter" or holder == actor.org)
    if not told or not holder:
        return false()
    if holder == NOBODY:
        return _case.holder.is_(None)
    # Of what is assigned to somebody they hold nearly all, but of what they hold perhaps nothing is assigned to them;
    # and what is behind the seal is little.
    held = filled("holder", holder)
    return beside(_case.holder, held) if face.why == "department" or face.sealed else _case.holder == held
