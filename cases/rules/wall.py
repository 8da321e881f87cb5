"""The confidentiality wall (保密墙) between mediation and enforcement: what each side may know of the other's file.

What is said in mediation stays with the committee that keeps the file and with the parties (人民调解法 15(4)); the
station whose report led to it knows that there is one, its state and how it ended, in one word. Those who supervise see
its course and its terms, never what was said. Facts cross the wall one by one, with every party's consent. What does
not live here: the same answers as conditions of a query (store), and consents.
"""

from __future__ import annotations

from datetime import datetime
from typing import Any

from cases.grammar import Actor
from cases.packs.schema import Pack
from cases.piece import Piece
from cases.rules.appraisal import OUTCOMES
from cases.rules.area import oversees

MEDIATION = "mediation"
WALLED = frozenset({MEDIATION, "confirmation"})
"""Case types behind the wall; their station is the committee that keeps the file."""

KEEPERS = frozenset({"mediator", "committee_head", "archivist"})
"""Who works inside, if their organisation is the keeper."""

COURT_ROLES = frozenset({"court_clerk"})
"""Who reads and decides a confirmation or a suit, if their organisation is the court it was brought before."""

MEDIATORS = frozenset({"mediator", "committee_head"}) | COURT_ROLES
"""Roles that open no file of enforcement."""

STATION_DESK = frozenset({"operator", "station_head"})

INSIDE, COURT, OVERSIGHT, PARTY, ORIGIN = "inside", "court", "oversight", "party", "origin"
"""The sides of the wall: the keeper, the court that was asked to confirm, those who supervise, a party, the station of
the report it came from."""


def behind_wall(piece: Piece) -> bool:
    """Whether what this case holds is behind the wall."""
    return piece.case_type in WALLED


def keeps(actor: Actor, piece: Piece) -> bool:
    """Whether the actor works for the committee that keeps the file."""
    return actor.org is not None and actor.org == piece.station and bool(actor.roles & KEEPERS)


def before_court(actor: Actor, piece: Piece) -> bool:
    """Whether the agreement, or the suit, was brought before the court the actor works for."""
    return actor.org is not None and actor.org == piece.assignee and bool(actor.roles & COURT_ROLES)


def side_of(actor: Actor, piece: Piece) -> str | None:
    """On which side the actor stands of a case behind the wall; None for whoever does not get to know of it.

    The station is known by the report the mediation came from, so that case must have been read as ``piece.parent``.
    """
    if actor.confined:
        return None
    if keeps(actor, piece):
        return INSIDE
    if before_court(actor, piece):
        return COURT
    if oversees(actor, piece.station):
        return OVERSIGHT
    if piece.id in actor.own_cases:
        return PARTY
    if actor.org is None or actor.roles <= {"admin"}:
        return None
    if actor.org == piece.reporter_org and not actor.roles <= MEDIATORS:
        return PARTY
    parent = piece.parent
    came_from = parent is not None and not behind_wall(parent) and parent.station == actor.org
    return ORIGIN if came_from and actor.roles & STATION_DESK else None


def wall_between(actor: Actor, piece: Piece, other: Piece) -> bool:
    """Whether somebody who works on a case may not take from a relative of it what that one holds: the mediation from
    the report it came from, or anybody but its keeper from a mediation."""
    if behind_wall(other):
        return not keeps(actor, other)
    return behind_wall(piece)


def shut_out(actor: Actor) -> bool:
    """Whether somebody works as a mediator, or at a court, only: the files of enforcement do not exist for them."""
    return bool(actor.roles) and actor.roles <= MEDIATORS


def facts_outside(piece: Piece) -> dict[str, Any]:
    """All that leaves of the facts: the word for how it ended, if it is one of the words there are."""
    outcome = piece.facts.get("outcome")
    return {"outcome": outcome} if outcome in OUTCOMES else {}


def due_outside(piece: Piece, side: str | None) -> datetime | None:
    """The nearest due moment: the station does not learn of the terms inside."""
    return None if side == ORIGIN else piece.next_due


def line_outside(entry: dict[str, Any], side: str | None, pack: Pack) -> dict[str, Any] | None:
    """One line of history for somebody outside, or None for a line they do not get.

    Those who supervise see what was done and by whom; the station sees only that the state changed.
    """
    words = {"text": pack.words("walled")}
    if side == OVERSIGHT:
        return {**entry, "payload": words}
    if entry["from_state"] == entry["to_state"]:
        return None
    return {**entry, "verb": "walled", "actor": "", "actor_org": "", "role": "", "payload": words}
