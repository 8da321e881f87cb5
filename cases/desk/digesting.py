"""Reminders of one batch to one recipient become one digest (催办汇总), so that an outage does not end in a storm.

What does not live here: when a rung fires (sweeping) and how a notice travels (delivery).
"""

from __future__ import annotations

import json
from typing import Any

from cases.desk.telling import REPORTER
from cases.desk.working import Working
from cases.ids import new_id

EVENT = "deadline.digest"
REMINDERS = ("warn", "overdue", "supervise", "escalate")
FEW = 5
"""Up to so many reminders of one batch are told one by one."""


def coalesce(working: Working) -> None:
    """Fold the reminders of this unit into one notice a recipient, where there are more than a few.

    The digest lies in the lane of its first case and lists every case with its clock, due moment and rung. What waits
    for an arrival, and what goes to a person, stays as it is.
    """
    notices = working.sheaf.inserts.get("notice", [])
    by_recipient: dict[str, list[dict[str, Any]]] = {}
    for row in notices:
        if row["event"].rpartition(".")[2] in REMINDERS and row["recipient"] != REPORTER and not row["on_arrival"]:
            by_recipient.setdefault(row["recipient"], []).append(row)
    crowds = {recipient: rows for recipient, rows in by_recipient.items() if len(rows) > FEW}
    folded = {row["id"] for rows in crowds.values() for row in rows}
    notices[:] = [row for row in notices if row["id"] not in folded]
    notices += [_digest(working, rows) for rows in crowds.values()]


def _digest(working: Working, rows: list[dict[str, Any]]) -> dict[str, Any]:
    items = [json.loads(row["body"]) for row in rows]
    told = {
        "count": len(items),
        "items": [{"event": item["type"], **item["data"]} for item in items],
    }
    body = {"type": EVENT, "timestamp": working.now.isoformat(), "data": told}
    first = rows[0]
    return first | {
        "id": new_id(),
        "event": EVENT,
        "body": json.dumps(body, ensure_ascii=False, separators=(",", ":")).encode(),
    }
