"""How far suits have come (批次漏斗): the moves of recorded suits, read for the funnel's stages.

Counts and sums only; no case is named. What does not live here: what a move means (rules).
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby
from operator import attrgetter

from sqlalchemy import ColumnElement, Connection, false, or_, select, true

from cases.grammar import EVERYWHERE, Actor
from cases.machines.roles import JUSTICE
from cases.rules.area import OVERSIGHT_ROLES
from cases.rules.funnel import ENDS, GOING_ON, TOLD, FunnelStage, Move, stages_of
from cases.rules.wall import COURT_ROLES
from cases.store.database import held_together
from cases.store.holdings import Period
from cases.store.sheaf import table
from cases.store.suits import DESK

AT_ONCE = 2000
"""Rows fetched at once, so that the suits of many years are never in memory together."""

_case = table("case_file").c
_entry = table("entry").c
_suit = table("suit").c


@dataclass(slots=True)
class Passed:
    """Suits that passed a stage, and what they claim together, in fen."""

    suits: int = 0
    fen: int = 0


def may_count(actor: Actor) -> bool:
    """Whether the actor has suits to count: those who supervise, an association, a court, whoever sues."""
    if actor.roles & (OVERSIGHT_ROLES | {JUSTICE}):
        return True
    return actor.org is not None and bool(actor.roles & (DESK | COURT_ROLES | {"reporter"}))


def _scope(actor: Actor) -> ColumnElement[bool]:
    """The suits an actor may count: all, those of the own area, at the own desk, before the own court, or brought by
    oneself."""
    if JUSTICE in actor.roles or (actor.roles & OVERSIGHT_ROLES and actor.area == EVERYWHERE):
        return true()
    own = [(DESK, _case.station), (COURT_ROLES, _case.assignee), (frozenset({"reporter"}), _case.reporter_org)]
    found = [column == actor.org for roles, column in own if actor.org is not None and actor.roles & roles]
    found += [_case.station.in_(sorted(actor.area))] if actor.roles & OVERSIGHT_ROLES else []
    return or_(*found) if found else false()


@dataclass(frozen=True, slots=True)
class Only:
    """Which suits alone are counted: of a batch, at an association, before a court; None for all."""

    batch: str | None = None
    association: str | None = None
    court: str | None = None

    @property
    def conditions(self) -> list[ColumnElement[bool]]:
        """As conditions on suits and their cases."""
        told = ((_suit.batch_id, self.batch), (_case.station, self.association), (_case.assignee, self.court))
        return [column == wanted for column, wanted in told if wanted is not None]


ALL = Only()


def funnel(connection: Connection, actor: Actor, period: Period, only: Only = ALL) -> dict[FunnelStage, Passed]:
    """How many of the suits entered in a period have passed each stage, as far as the actor may count them."""
    found = {stage: Passed() for stage in FunnelStage}
    for stages, fen in _suits(connection, actor, period, only):
        for stage in stages:
            found[stage].suits += 1
            found[stage].fen += fen
    return found


def _suits(
    connection: Connection, actor: Actor, period: Period, only: Only
) -> Iterator[tuple[frozenset[FunnelStage], int]]:
    told = or_(_entry.to_state.in_(sorted(TOLD)), _entry.verb.in_([*sorted(ENDS), GOING_ON]))
    conditions = [_case.case_type == "litigation", _scope(actor), told, _case.opened_at < period.until]
    if period.since is not None:
        conditions.append(_case.opened_at >= period.since)
    conditions += only.conditions
    rows = (
        table("case_file")
        .join(table("entry"), _entry.case_id == _case.id)
        .outerjoin(table("suit"), _suit.case_id == _case.id)
    )
    question = select(_case.id, _entry.verb, _entry.to_state, _suit.amount_fen).select_from(rows)
    question = question.where(*conditions).order_by(_case.id, _entry.seq).execution_options(yield_per=AT_ONCE)
    with held_together(connection):
        for _, moves in groupby(connection.execute(question), key=attrgetter("id")):
            history = list(moves)
            yield stages_of(Move(one.verb, one.to_state) for one in history), int(history[0].amount_fen or 0)
