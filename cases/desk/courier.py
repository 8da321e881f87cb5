"""The courier's book (送达登记): what was delivered or seen is settled, and what waits for an arrival is done.

What does not live here: sending (gates), the retry schedule (rules).
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Connection

from cases.desk.desk import Desk, Order
from cases.errors import NotFound
from cases.ids import new_id
from cases.machines.roles import COURIER, inside
from cases.piece import Piece
from cases.store.fates import mark_seen
from cases.store.notices import Fate, settle
from cases.store.sheaf import Sheaf

PARKED = "delivery.parked"
"""The event that tells a station that one of its notices could not be delivered."""


def settle_batch(desk: Desk, connection: Connection, fates: Sequence[Fate], now: datetime) -> int:
    """Write down the tries and take the arrival steps in the same transaction; answers how many arrived.

    An arrival step the case no longer needs (the department signed before the acknowledgement came back) is refused
    by the table and left out. A notice that is parked is told to the station of its case.
    """
    ours = settle(connection, fates)
    arrived = [f.notice for f in fates if f.outcome == "delivered" and f.notice.id in ours]
    orders = {n.case_id: Order(n.case_id, n.on_arrival) for n in arrived if n.on_arrival}
    desk.take_steps(connection, list(orders.values()), inside(COURIER), now)
    _tell_parked(desk, connection, [f for f in fates if f.outcome == "parked" and f.notice.id in ours], now)
    return len(arrived)


def seen(desk: Desk, connection: Connection, notice_id: str, org: str, now: datetime) -> None:
    """A person of ``org`` has read a notice in the inbox: it is delivered, and the step that waits for its arrival is
    taken in the same transaction. Needs a real transaction (``Database.writing``). Seeing it again changes nothing.

    Raises NotFound when the organisation has no such notice.
    """
    found = mark_seen(connection, notice_id, org, now)
    if found is None:
        raise NotFound("没有这条通知")
    case_id, on_arrival = found
    if on_arrival:
        desk.take_steps(connection, [Order(case_id, on_arrival)], inside(COURIER), now)


def _tell_parked(desk: Desk, connection: Connection, fates: Sequence[Fate], now: datetime) -> None:
    pieces = {p.id: p for p in desk.pieces.many(connection, {f.notice.case_id for f in fates})}
    sheaf = Sheaf()
    for fate in fates:
        piece = pieces[fate.notice.case_id]
        # A station whose own address is dead is not told through that address.
        if piece.station and piece.station != fate.notice.recipient:
            sheaf.insert("notice", **_alert(piece, fate, now))
    desk.writer.write(connection, sheaf)


def _alert(piece: Piece, fate: Fate, now: datetime) -> dict[str, Any]:
    told = {
        "case_id": piece.id,
        "number": piece.number,
        "recipient": fate.notice.recipient,
        "event": fate.notice.event,
        "attempts": fate.notice.attempt,
        "links": {"case": f"/api/v1/cases/{piece.id}"},
    }
    body = {"type": PARKED, "timestamp": now.isoformat(), "data": told}
    return {
        "id": new_id(),
        "case_id": piece.id,
        "seq": piece.version,
        "recipient": piece.station,
        "event": PARKED,
        "body": json.dumps(body, ensure_ascii=False, separators=(",", ":")).encode(),
        "on_arrival": None,
        "state": "waiting",
        "attempt": 0,
        "created_at": now,
        "next_at": now,
        "last_error": "",
    }
