"""The conditions of a queue (清单条件): view, filters and words, as slices that each lie in one piece of an index.

A view of states is asked state by state, so that every slice comes sorted from its index. What does not live here:
walking the slices (paging).
"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from functools import cache
from typing import Any

from sqlalchemy import ColumnElement, and_, bindparam, false, literal_column, not_, or_, select
from sqlalchemy.sql.elements import False_

from cases.errors import Malformed
from cases.grammar import Actor
from cases.machines import CASE_TYPES
from cases.models import Instant
from cases.ports import BEIJING
from cases.rules.lights import GREY, RED
from cases.rules.saved_views import DUE, EVERY_VIEW, SavedView, states_of
from cases.rules.visibility import SEALED_CLOCKS, SEALED_STATES
from cases.store.queue.asked import LIGHTS, NOBODY, Asked
from cases.store.queue.faces import OPEN, Face, faces
from cases.store.queue.steering import beside, within
from cases.store.queues import OWN, walled
from cases.store.sheaf import table

_case = table("case_file").c


BLANK = "\0"
"""Stands in a question for a value that is filled in when it is put."""

FILLED = ("community", "matter", "parent", "department", "holder", "text")
"""Filters whose values are filled in."""

ESCAPE = "/"
"""Before a sign of a text that would stand for others where a part of a summary is looked for."""

ANY_DAY = date.min
"""Stands in a question for a day."""


def _value(name: str, given: str) -> Any:
    """The value of a filter, or the blank it is filled into; the organisation of whoever asks is filled in as such."""
    return bindparam("org") if given == OWN else bindparam(name) if given == BLANK else given


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
        parts = [meant for part in _parts(face, asked) if (meant := part.meant(asked)) is not None]
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
    states = {state for _, every in _states(asked.view) for state in every}
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
        yield _case.community == _value("community", asked.community)
    if asked.matter:
        matter = _value("matter", asked.matter)
        # A list that is walked though a matter is named has many of it, and the indexes of long lists know it.
        steered = apart and not asked.community
        yield within(_case.matter, matter) if steered else _case.matter == matter
    if asked.parent:
        yield _case.parent_id == _value("parent", asked.parent)
    yield from on_days(asked)
    if asked.holder:
        yield _held(face, actor, asked.holder)
    if asked.text:
        said = _case.summary.like(bindparam("within"), escape=ESCAPE)
        yield or_(
            _case.number == _value("text", asked.text), said if face.why == "inside" else and_(said, not_(walled))
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
    value = _value("holder", holder)
    return beside(_case.holder, value) if face.why == "department" or face.sealed else _case.holder == value


_ASSIGNED = {one.code for one in CASE_TYPES if any(state.holder == "assignee" for state in one.states)}
"""Case types that are assigned to somebody: others are never behind the seal."""


def of_department(code: str) -> Iterator[tuple[ColumnElement[bool], ...]]:
    """Whose lead or task an organisation has, in the two ways in which a case can be theirs."""
    org = _value("department", code)
    yield (_case.assignee == org,)
    yield _case.assignee.is_(None), _case.lead == org


@cache
def _states(view: str) -> tuple[tuple[str, tuple[str, ...]], ...]:
    found = states_of(EVERY_VIEW[view], CASE_TYPES)
    return tuple((case_type, tuple(sorted(states))) for case_type, states in sorted(found.items()))


_ENDS = {(one.code, state.code) for one in CASE_TYPES for state in one.states if state.end}
_STATES = {one.code: frozenset(state.code for state in one.states) for one in CASE_TYPES}


@dataclass(frozen=True, eq=False, slots=True)
class Part:
    """A part of the rows that lies in one piece in an index, and whether all of them are open, or all have ended."""

    conditions: tuple[ColumnElement[bool], ...] = ()
    open_only: bool = False
    ended_only: bool = False

    def meant(self, asked: Asked) -> Part | None:
        """The part under a question that perhaps means open cases only, or only such as have ended; None where it
        holds none of these."""
        open_only, ended_only = self.open_only or asked.open_only, self.ended_only or asked.ended_only
        return None if open_only and ended_only else replace(self, open_only=open_only, ended_only=ended_only)


def _parts(face: Face, asked: Asked) -> list[Part]:
    """The states and the department that are asked for, each combination as a part of its own; one without conditions
    where neither is asked for."""
    named = asked.saved.verbs or asked.state
    states = list(_in_states(face, asked)) if named or _state_by_state(face, asked) else [Part()]
    if not asked.department:
        return states
    ways = list(_of_department(face, asked.department, held=asked.saved.mine))
    return [replace(part, conditions=(*part.conditions, *way)) for part in states for way in ways]


def _state_by_state(face: Face, asked: Asked) -> bool:
    """Whether a list is read state by state though none is named: a kind of case among the files of an office, and
    what a station knows of mediations, are sorted in no other index."""
    by_due = asked.order == DUE
    if face.why == "station":
        return by_due
    return bool(asked.case_type and face.why == "office" and not face.few and (by_due or face.kept))


def _of_department(face: Face, code: str, *, held: bool) -> Iterator[tuple[ColumnElement[bool], ...]]:
    """Whose task or lead an organisation has among what the asker sees. A mediation is nobody's task and has no lead,
    what is assigned to somebody is the task of one, and who asks has reported, and holds (``held``), fewer cases than a
    department leads."""
    if face.assigned:
        yield (_case.assignee == _value("department", code),)
    elif face.why != "station" and (held or face.why == "reporter"):
        yield (beside(_case.assignee, _value("department", code)),)
        yield _case.assignee.is_(None), beside(_case.lead, _value("department", code))
    elif face.why != "station":
        yield from of_department(code)


def _wanted(asked: Asked) -> Iterator[tuple[str, frozenset[str]]]:
    """By case type the states a case may be in, as the asker names them."""
    waited = dict(_states(asked.view))
    for one in CASE_TYPES:
        if asked.case_type not in {None, "", one.code} or (asked.saved.verbs and one.code not in waited):
            continue
        states = frozenset(waited.get(one.code) or _STATES[one.code])
        yield one.code, states & {asked.state} if asked.state else states


def _in_states(face: Face, asked: Asked) -> Iterator[Part]:
    """The states that are meant, one after the other, as they look to the asker."""
    together: list[ColumnElement[bool]] = []
    for case_type, states in _meant(face, asked):
        ends = {state for state in states if (case_type, state) in _ENDS}
        waiting = sorted(states - ends)
        if waiting and face.few:
            # Few rows, in an index of their own by due moment; no other is to be taken for them.
            among = or_(*(beside(_case.state, state) for state in waiting))
            together.append(and_(beside(_case.case_type, case_type), among))
            waiting = []
        yield from (Part((OPEN, _case.case_type == case_type, _case.state == state), True) for state in waiting)
        yield from (_ended(face, asked, case_type, state) for state in sorted(ends))
    if together:
        yield Part((OPEN, or_(*together)), open_only=True)


def _ended(face: Face, asked: Asked, case_type: str, state: str) -> Part:
    """What has ended in a state. Of a department's tasks an index knows the state; what somebody reported, and what was
    opened or closed on a day, is less than what ended in a state."""
    if face.why == "reporter" or asked.opened_on or asked.closed_on:
        return Part((beside(_case.case_type, case_type), beside(_case.state, state)), ended_only=True)
    if face.why == "department":
        return Part((beside(_case.case_type, case_type), _case.state == state), ended_only=True)
    return Part((not_(OPEN), _case.case_type == case_type, _case.state == state), ended_only=True)


def _meant(face: Face, asked: Asked) -> Iterator[tuple[str, frozenset[str]]]:
    """What lies behind the states that are asked for. A view asks for what waits, whatever it looks like; a filter for
    what the asker sees."""
    for case_type, states in _wanted(asked):
        if not face.may_hold(case_type) or (face.assigned and case_type not in _ASSIGNED):
            continue
        behind = frozenset[str]().union(*(face.behind(state) for state in states)) & _STATES[case_type]
        if behind:
            yield case_type, behind
