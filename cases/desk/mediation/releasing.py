"""A case goes to another committee (移交): whoever mediates it now is released, and what they planned is called off.

What does not live here: replacing a mediator inside the committee (mediating), and the step itself (machines).
"""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import Connection

from cases.store import appointments, meetings

REASON = "案件移交其他调解组织"


def release_mediator(connection: Connection, *, case_id: str, now: datetime) -> None:
    """End the present appointment, if there is one, and cancel the planned meetings; their time is free again."""
    current = appointments.current_appointment(connection, case_id)
    if current is not None:
        why = {"ended_because": "handed_on", "ended_note": REASON}
        appointments.end_appointment(connection, current["id"], why, now)
    for planned in meetings.meetings_of(connection, case_id):
        if planned["status"] == meetings.PLANNED:
            meetings.free(connection, planned["id"])
            off = {"status": "cancelled", "reason": REASON, "changed_at": now}
            meetings.change_meeting(connection, planned, off)
