"""The parts of a list (清单的段): the states and the department that are asked for, each so that it lies in one piece
in an index.

What does not live here: the view and the other filters (filters), and walking (walking).
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cache
from typing import Any

from sqlalchemy import ColumnElement, and_, bindparam, not_, or_

from cases.machines import CASE_TYPES
from cases.rules.saved_views import DUE, EVERY_VIEW, states_of
from cases.store.queue.asked import Asked
from cases.store.queue.faces import OPEN, Face
from cases.store.queue.steering import beside
from cases.store.queues import OWN
from cases.store.sheaf import table

_case = table("case_file").c

BLANK = "\0"
"""Stands in a question for a value that is filled in when it is put."""


def filled(name: str, given: str) -> Any:
    """The value of a filter, or the blank it is filled into; the organisation of whoever asks is filled in as such."""
    return bindparam("org") if given == OWN else bindparam(name) if given == BLANK else given


_ASSIGNED = {one.code for one in CASE_TYPES if any(state.holder == "assignee" for state in one.states)}
"""Case types that are assigned to somebody: others are never behind the seal."""


def of_department(code: str) -> Iterator[tuple[ColumnElement[bool], ...]]:
    """Whose lead or task an organisation has, in the two ways in which a case can be theirs."""
    org = filled("department", code)
    yield (_case.assignee == org,)
    yield _case.assignee.is_(None), _case.lead == org


@cache
def states_in(view: str) -> tuple[tuple[str, tuple[str, ...]], ...]:
    """The states a view holds, by case type."""
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


def parts_of(face: Face, asked: Asked) -> list[Part]:
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
        yield (_case.assignee == filled("department", code),)
    elif face.why != "station" and (held or face.why == "reporter"):
        yield (beside(_case.assignee, filled("department", code)),)
        yield _case.assignee.is_(None), beside(_case.lead, filled("department", code))
    elif face.why != "station":
        yield from of_department(code)


def _wanted(asked: Asked) -> Iterator[tuple[str, frozenset[str]]]:
    """By case type the states a case may be in, as the asker names them."""
    waited = dict(states_in(asked.view))
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
