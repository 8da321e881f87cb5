"""The report of a demonstration (演示报告): what is counted, and where it is counted.

Deliveries are counted in the receivers' own logs, answers at the reporters' reading by query code; the office's own
rows serve only to know what should have arrived. What does not live here: printing (``table``).
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from api.demo.diary import OUTCOMES, Diary
from api.receiver.client import Case, Client
from api.receiver.telephone import Log
from cases.packs.schema import Pack


@dataclass(frozen=True, slots=True)
class DepartmentRow:
    """One department's tasks, counted with its own key."""

    org: str
    name: str
    dispatched: int
    signed_for: int
    returned: int
    handled: int
    overdue: int


@dataclass(frozen=True)
class Report:
    """Everything a demonstration came to. ``lost`` counts messages that never reached their receiver's log."""

    reported: int
    outcomes: Mapping[str, int]
    dispatched: int
    returned: int
    closed: int
    open: int
    answers_delivered: int
    delivered: int
    retried: int
    parked: int
    lost: int
    seconds: float
    departments: Sequence[DepartmentRow]
    cases: Sequence[Mapping[str, Any]]
    unanswered: int
    undecided: int
    remarks: Sequence[str] = field(default=())

    @property
    def whole(self) -> bool:
        """Every report is in exactly one outcome, and every accepted one reached an end with its answer delivered."""
        counted = sum(self.outcomes.values()) == self.reported and not self.undecided
        answered = self.answers_delivered == self.outcomes["accepted"] and not self.unanswered
        return counted and answered and not (self.open or self.lost)

    def document(self) -> dict[str, Any]:
        """The report as JSON."""
        return {
            "reported": self.reported,
            **{outcome: self.outcomes[outcome] for outcome in OUTCOMES},
            "dispatched": self.dispatched,
            "returned": self.returned,
            "closed": self.closed,
            "open": self.open,
            "answers_delivered": self.answers_delivered,
            "webhooks": {"delivered": self.delivered, "retried": self.retried, "parked": self.parked},
            "lost": self.lost,
            "seconds": round(self.seconds, 1),
            "cases": list(self.cases),
        }

    def text(self) -> str:
        """The document as it is written to a file."""
        return json.dumps(self.document(), ensure_ascii=False, indent=1) + "\n"


def note_routes(diary: Diary, clues: Iterable[Case], pack: Pack) -> None:
    """Write into the diary which kind of organisation led and assisted, as the station sees its cases."""
    for case in clues:
        line = diary.by_case.get(case["id"])
        route = case["facts"].get("route") or {}
        if line is None or line.outcome != "accepted" or not route:
            continue
        line.dispatched = True
        line.lead = _kind(pack, case.get("lead") or route.get("lead", ""))
        line.assist = tuple(_kind(pack, code) for code in route.get("assists") or ())
        line.reason = route.get("reason", "")


def _kind(pack: Pack, code: str) -> str:
    organisation = pack.organisation(code)
    return organisation.kind if organisation else ""


def count_departments(clients: Mapping[str, Client], pack: Pack) -> list[DepartmentRow]:
    """Each department's tasks, asked for with its own key; departments without a task are left out."""
    rows: list[DepartmentRow] = []
    for org, client in clients.items():
        tasks = list(client.cases(type="assignment"))
        if not tasks:
            continue
        rows.append(
            DepartmentRow(
                org=org,
                name=pack.organisations[org].name,
                dispatched=len(tasks),
                signed_for=sum(bool(task["facts"].get("signed_at")) for task in tasks),
                returned=sum(task["state"] == "returned" for task in tasks),
                handled=sum(task["state"] == "concluded" for task in tasks),
                overdue=sum(bool(task["facts"].get("overdue")) for task in tasks),
            )
        )
    return sorted(rows, key=lambda row: (-row.dispatched, row.org))


def missing(expected: Iterable[tuple[str, str]], logs: Sequence[Log]) -> int:
    """How many messages, as (recipient, id), their receiver's own log does not hold."""
    held = {log.org: log.ids for log in logs}
    return sum(message not in held.get(org, frozenset()) for org, message in expected)


def write_report(
    diary: Diary,
    departments: Sequence[DepartmentRow],
    logs: Sequence[Log],
    lost: int,
    seconds: float,
    remarks: Sequence[str] = (),
) -> Report:
    """Count everything."""
    accepted = [line for line in diary.lines if line.outcome == "accepted"]
    merged = [line for line in diary.lines if line.outcome == "merged"]
    return Report(
        reported=len(diary.lines),
        outcomes={outcome: diary.count(outcome) for outcome in OUTCOMES},
        dispatched=sum(line.dispatched for line in accepted),
        returned=sum(row.returned for row in departments),
        closed=sum(line.ended for line in accepted),
        open=sum(not line.ended for line in accepted),
        answers_delivered=sum(bool(line.answer) for line in accepted),
        delivered=sum(log.received for log in logs),
        retried=sum(log.repeated for log in logs),
        parked=diary.parked,
        lost=lost,
        seconds=seconds,
        departments=departments,
        cases=[
            {
                "external_id": line.external_id,
                "outcome": line.outcome,
                "lead": line.lead,
                "assist": list(line.assist),
                "reason": line.reason,
            }
            for line in sorted(diary.lines, key=lambda line: line.row)
        ],
        unanswered=sum(not line.answer for line in merged),
        undecided=len(diary.undecided),
        remarks=remarks,
    )
