"""Is anything under way (有无在办): read-only questions for whoever moves a simulated clock.

Time may jump only while nothing is due, being sent or waiting to be routed; then the next moment is the nearest
``next_at`` of a notice that heads its lane or of a running clock. What does not live here: jumping (clocks).
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection

from cases.store.both import moments_read, run

_HEADS = """
    FROM notice n WHERE n.state = 'waiting'
    AND NOT EXISTS (SELECT 1 FROM notice b WHERE b.recipient = n.recipient AND b.case_id = n.case_id
                    AND b.state IN ('waiting','sending','parked')
                    AND (b.seq < n.seq OR (b.seq = n.seq AND b.id < n.id)))
"""
_CLOCKS = "FROM deadline WHERE stopped_at IS NULL AND next_at IS NOT NULL"
_QUESTION = f"""SELECT
    (SELECT count(*) {_HEADS} AND n.next_at <= ?),
    (SELECT count(*) FROM notice WHERE state = 'sending'),
    (SELECT count(*) FROM case_file WHERE lane IS NOT NULL),
    (SELECT count(*) {_CLOCKS} AND next_at <= ?),
    (SELECT count(*) FROM notice WHERE state = 'parked'),
    (SELECT count(*) FROM case_file WHERE case_type = 'clue' AND is_open),
    (SELECT count(*) FROM entry),
    (SELECT count(*) FROM attempt),
    (SELECT min(n.next_at) {_HEADS}),
    (SELECT min(next_at) {_CLOCKS})"""


@dataclass(frozen=True, slots=True)
class Stillness:
    """How things stand. ``entries`` and ``tries`` count the lines of history and the tries to deliver something, so
    that unchanged numbers mean that nothing happened; ``next_at`` is the nearest moment at which something becomes
    due, None if nothing ever will."""

    waiting_now: int
    sending: int
    routing: int
    due_now: int
    parked: int
    open_clues: int
    entries: int
    tries: int
    next_at: datetime | None

    @property
    def still(self) -> bool:
        """Nothing is due, being sent or waiting to be routed."""
        return not (self.waiting_now or self.sending or self.routing or self.due_now)


def stillness(connection: Connection, now: datetime) -> Stillness:
    """How things stand at ``now``. A notice behind an undelivered one of its lane is not due, whatever its time."""
    found = run(connection, _QUESTION, now, now).one()
    *counts, notice_at, clock_at = moments_read(found, (len(found) - 2, len(found) - 1))
    moments = [moment for moment in (notice_at, clock_at) if moment is not None]
    return Stillness(*counts, next_at=min(moments, default=None))


def busy_desks(connection: Connection) -> list[str]:
    """The stations, and the offices that issue or got a supervision order, that hold a case which waits for a person:
    not being routed, no answer under way, and nothing on its way to whoever it was sent to."""
    rows = run(
        connection,
        "SELECT DISTINCT holder FROM case_file WHERE is_open AND lane IS NULL "
        "AND state NOT IN ('fed_back', 'dispatched', 'submitted') "
        "AND (holder = station OR (case_type = 'supervision' AND holder = assignee)) ORDER BY holder",
    )
    return [row[0] for row in rows]


def given_up(connection: Connection) -> dict[str, int]:
    """How many notices are parked for whom; recipients for whom something is still to be tried are left out."""
    rows = run(
        connection,
        "SELECT p.recipient, count(*) FROM notice p WHERE p.state = 'parked' "
        f"AND NOT EXISTS (SELECT 1 {_HEADS} AND n.recipient = p.recipient) GROUP BY p.recipient",
    )
    return {row[0]: int(row[1]) for row in rows}


def written_to(connection: Connection, recipients: Iterable[str]) -> list[tuple[str, str]]:
    """Recipient and id of every notice written to one of these, whatever became of it."""
    wanted = frozenset(recipients)
    rows = run(connection, "SELECT recipient, id FROM notice ORDER BY id")
    return [(row[0], row[1]) for row in rows if row[0] in wanted]
