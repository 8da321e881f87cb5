"""Routing a batch (批量派遣): accepted clues to their one competent lead and the assisting departments.

What the pack marks "confirm", or cannot decide, goes to the operator with the reason; nothing is lost. What does not
live here: who is competent (rules) and how often it runs (the routing flow).
"""

from __future__ import annotations

import logging
from collections import Counter
from dataclasses import dataclass, field
from datetime import datetime

from sqlalchemy import Connection

from cases.desk.desk import Desk, Order, Taken
from cases.errors import NoCompetence
from cases.grammar import Question
from cases.machines.clue_forms import Dispatch, HandOver
from cases.machines.roles import ROUTER, inside
from cases.piece import Piece
from cases.rules.dispatching import route_of
from cases.store.dues import set_aside, waiting_in_lane

LOG = logging.getLogger("huiyin.routing")

LANE = "route"


@dataclass(slots=True)
class Routed:
    """What a batch came to: numbers of the cases by lead department, and of those handed to an operator."""

    dispatched: dict[str, list[str]] = field(default_factory=dict)
    proposed: list[str] = field(default_factory=list)
    handed_over: list[str] = field(default_factory=list)
    refused: list[str] = field(default_factory=list)

    @property
    def total(self) -> int:
        return sum(map(len, self.dispatched.values())) + len(self.proposed) + len(self.handed_over) + len(self.refused)

    def add(self, other: Routed) -> None:
        """Count another batch in."""
        for org, numbers in other.dispatched.items():
            self.dispatched.setdefault(org, []).extend(numbers)
        self.proposed += other.proposed
        self.handed_over += other.handed_over
        self.refused += other.refused

    def counts(self) -> Counter[str]:
        """How many cases each lead department got."""
        return Counter({org: len(numbers) for org, numbers in self.dispatched.items()})


def route_batch(desk: Desk, connection: Connection, now: datetime, many: int) -> Routed:
    """Route up to ``many`` waiting clues in one transaction; an empty answer means none is waiting."""
    ids = waiting_in_lane(connection, LANE, many)
    pieces = {piece.id: piece for piece in desk.pieces.many(connection, ids)}
    orders = [order_for(desk, connection, pieces[i], now) for i in ids if i in pieces]
    result = Routed()
    for order, taken in zip(orders, desk.take_steps(connection, orders, inside(ROUTER), now), strict=True):
        if not isinstance(taken, Taken):
            result.refused.append(pieces[order.case_id].number)
        elif order.verb == "dispatch":
            result.dispatched.setdefault(taken.piece.lead or "", []).append(taken.number)
        else:
            (result.proposed if order.verb == "propose" else result.handed_over).append(taken.number)
    if result.refused:
        _hand_over_refused(desk, connection, [pieces[i] for i in ids if pieces[i].number in result.refused], now)
    return result


def order_for(desk: Desk, connection: Connection, piece: Piece, now: datetime) -> Order:
    """The step the router takes with one clue: dispatch, propose, or hand over with the reason."""
    pack = desk.shelf.pack(connection, piece.pack_id)
    try:
        route = route_of(Question(piece, inside(ROUTER), now, pack))
    except NoCompetence as refusal:
        return Order(piece.id, "hand_over", HandOver(reason=refusal.sentence))
    form = Dispatch(
        lead=route.lead,
        assists=route.assists,
        reason=route.reason,
        runner_up=route.runner_up,
        runner_up_reason=route.runner_up_reason,
    )
    return Order(piece.id, "propose" if route.needs_confirm else "dispatch", form)


def _hand_over_refused(desk: Desk, connection: Connection, pieces: list[Piece], now: datetime) -> None:
    """A clue whose dispatch was refused goes to the operator instead of waiting for ever; one that cannot even be
    handed over is set aside, so that it does not hold up the others, and is reported in the log."""
    reason = HandOver(reason="系统派遣未通过检查,请人工派遣")
    stuck: list[str] = []
    for piece in pieces:
        try:
            desk.take_step(connection, Order(piece.id, "hand_over", reason), inside(ROUTER), now)
        except Exception:
            LOG.exception("clue %s can be neither routed nor handed over and is set aside", piece.number)
            stuck.append(piece.id)
    set_aside(connection, stuck)
