"""The courier's book (送达登记): what was delivered is settled, and the steps that wait for an arrival are taken.

What does not live here: sending (gates), the retry schedule (rules).
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import Connection

from cases.desk.desk import Desk, Order
from cases.machines.roles import COURIER, inside
from cases.store.notices import Fate, settle


def settle_batch(desk: Desk, connection: Connection, fates: Sequence[Fate], now: datetime) -> int:
    """Write down the tries and take the arrival steps in the same transaction; answers how many arrived.

    An arrival step the case no longer needs (the department signed before the acknowledgement came back) is refused
    by the table and left out.
    """
    ours = settle(connection, fates)
    arrived = [f.notice for f in fates if f.outcome == "delivered" and f.notice.id in ours]
    orders = {n.case_id: Order(n.case_id, n.on_arrival) for n in arrived if n.on_arrival}
    desk.take_steps(connection, list(orders.values()), inside(COURIER), now)
    return len(arrived)
