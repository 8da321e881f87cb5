"""What a queue's asker sees of the rows of each branch (清单的面): which due moment, which states, which lights.

A queue that is sorted or filtered by what the asker may not know would tell it. So a branch in which the seal divides
the rows becomes two faces, each with the columns its rows may be sorted by. What does not live here: which cases are in
sight at all (queues).
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any

from sqlalchemy import ColumnElement, and_, false, func, literal_column, not_, or_

from cases.grammar import Actor
from cases.rules.lights import GREEN, RED, YELLOW
from cases.rules.visibility import INNER_CLOCKS, INNER_STATES, POLICE, SEALED_CLOCKS, SEALED_STATES, SHOWN_AS
from cases.rules.wall import MEDIATION, WALLED
from cases.store.queues import Branch, Kept, branches
from cases.store.sheaf import table

_case = table("case_file").c

_RANKS = {"inside": 0, "office": 1, "department": 2, "reporter": 3, "station": 4}
"""A case in several branches is seen as in the first of them."""

# Literals, not parameters: only so can the database use the partial indexes.
OPEN: ColumnElement[bool] = literal_column("case_file.is_open")
SEALED: ColumnElement[bool] = and_(literal_column("case_file.sealed"), _case.assignee.is_not(None))
UNSEALED: ColumnElement[bool] = or_(not_(literal_column("case_file.sealed")), _case.assignee.is_(None))
WARNED: ColumnElement[bool] = literal_column("case_file.warned <> ''")


@dataclass(frozen=True, slots=True)
class Face:
    """Some rows in sight of a branch and what may be known of them: ``due`` is the column of the nearest due moment
    (None: none may be known), ``unsaid`` the clocks that do not count, ``sealed`` whether these rows are behind the
    seal, ``kept`` what one organisation of an area keeps, where they are apart by that."""

    branch: Branch
    holds: ColumnElement[bool]
    due: Any
    unsaid: frozenset[str] = frozenset()
    sealed: bool = False
    kept: Kept | None = None

    @property
    def why(self) -> str:
        """Why these rows are in sight."""
        return self.branch.why

    @property
    def few(self) -> bool:
        """Whether these rows are so few that they are read along by due moment whatever else is asked of them."""
        return self.sealed or self.why == "reporter" or (self.kept is not None and self.kept.hardly_any)

    @property
    def assigned(self) -> bool:
        """Whether all of these rows are assigned to somebody."""
        return self.sealed or self.why == "department"

    def light(self, light: str, now: Any) -> ColumnElement[bool]:
        """Open cases of this light, as the asker may know it."""
        if self.due is None:
            return false()
        if light == RED:
            return and_(OPEN, self.due < now)
        if light == YELLOW:
            return and_(OPEN, self._warned() if self.unsaid else WARNED, self.due >= now)
        if light == GREEN:
            return and_(OPEN, not_(self._warned()), self.due >= now)
        return and_(OPEN, self.due.is_(None))

    def _warned(self) -> ColumnElement[bool]:
        """Whether a clock that counts has reached its first rung."""
        left: Any = _case.warned
        for code in sorted(self.unsaid):
            left = func.replace(left, f"|{code}|", "")
        return left != ""

    def behind(self, state: str) -> frozenset[str]:
        """The states that look like this one."""
        if self.why == "reporter":
            if state in INNER_STATES:
                return frozenset()
            return frozenset({state, *INNER_STATES}) if state == "dispatched" else frozenset({state})
        if self.sealed and state in SEALED_STATES:
            return SEALED_STATES if state == SHOWN_AS else frozenset()
        return frozenset({state})

    def may_hold(self, case_type: str) -> bool:
        """Whether cases of this type can be among the rows at all."""
        if self.why == "station":
            return case_type == MEDIATION
        if self.sealed and case_type in WALLED:
            return False  # what is behind the wall is kept by the wall, and never sealed besides
        if self.why == "reporter" or self.branch.area:
            return True
        return (case_type in WALLED) == (self.why == "inside")


def faces(actor: Actor, kind: str, *, divided: bool = True, by_keeper: bool = False) -> list[Face]:
    """The branches of the asker, each row in one of them only; divided by the seal where the asker is outside it and
    the question is one to which the seal matters, and ``by_keeper`` by who keeps the files of an area."""
    found: list[Face] = []
    before: list[ColumnElement[bool]] = []
    for branch in sorted(branches(actor), key=lambda branch: _RANKS[branch.why]):
        elsewhere = [not_(func.coalesce(earlier, false())) for earlier in before]
        for kept in (by_keeper and branch.kept) or (None,):
            holds = and_(branch.holds if kept is None else kept.holds, *elsewhere)
            some = _of_branch(branch, holds, divided=divided and kind != POLICE)
            found += (replace(face, kept=kept) for face in some)
        before.append(branch.holds)
    return found


def _of_branch(branch: Branch, holds: ColumnElement[bool], *, divided: bool) -> Iterator[Face]:
    """The rows of a branch that meet a condition, as the asker may know them."""
    if branch.why == "station":
        yield Face(branch, holds, None)
    elif branch.why == "reporter":
        yield Face(branch, holds, _case.told_due, INNER_CLOCKS)
    elif branch.why == "inside" or not divided:
        yield Face(branch, holds, _case.next_due)
    else:
        yield Face(branch, and_(holds, UNSEALED), _case.next_due)
        yield Face(branch, and_(holds, SEALED), _case.told_due, SEALED_CLOCKS, sealed=True)
