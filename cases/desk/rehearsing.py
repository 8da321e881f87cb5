"""A step tried in memory (试办): what would stand in its way, asked of the engine itself; nothing is written.

What does not live here: taking the step (desk) and who may see the case (views).
"""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import Connection

from cases.desk.desk import Desk, Order
from cases.grammar import Actor, Form, Question
from cases.piece import Piece


def rehearse(desk: Desk, connection: Connection, piece: Piece, order: Order, actor: Actor, now: datetime) -> None:
    """Decide a step on a case that was read for this alone. Raises what the door would: UnknownVerb, NotNow,
    NotAllowed, Malformed or StillNeeded; whether a case the form names is there only the door itself finds out."""
    question = Question(piece, actor, now, desk.shelf.pack(connection, piece.pack_id))
    question.folder = desk.folder(connection, piece)
    filled = order.filled
    desk.engines[piece.case_type].decide(
        order.verb, question, filled if isinstance(filled, Form) else dict(filled or {})
    )
