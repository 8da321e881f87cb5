"""``route`` and ``sweep``: what the flows do with one claimed batch, at small and large backlogs.

Flatness is the point: the cost of a batch may depend on what is due, not on what waits.
"""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from sqlalchemy import insert, select, update

from api.bench.figure import Figure, figure, seconds
from api.bench.ground import NOW, accepted, multiply, offices
from cases.desk.routing import route_batch
from cases.desk.sweeping import sweep_batch
from cases.ids import new_id
from cases.office import Office
from cases.store.sheaf import table

BATCH = 500
FEW, MANY = 1_000, 100_000
SWEPT_AT = NOW + timedelta(hours=8)
"""At the end of the day the clocks of the morning's dispatches have reached their first rung."""

DUE, CLOCKS_FEW, CLOCKS_MANY = 1_000, 10_000, 1_000_000


def run_route() -> list[Figure]:
    """Cases dispatched a second with 1,000 and with 100,000 waiting; base is the rate with 1,000."""
    found: list[Figure] = []
    with offices() as each:
        for kind, office in each:
            accepted(office, FEW)
            few = FEW / seconds(lambda office=office: _route(office, FEW))
            ids = accepted(office, FEW)
            multiply(office, ids, MANY)
            many = 2 * FEW / seconds(lambda office=office: _route(office, 2 * FEW))
            found.append(figure("route", kind, many, few, ">= 0.8 flat; aim 1,000/s on SQLite", "cases/s"))
    return found


def _route(office: Office, many: int) -> None:
    done = 0
    while done < many:
        with office.database.writing() as connection:
            done += route_batch(office.desk, connection, NOW, BATCH).total


def run_sweep() -> list[Figure]:
    """Seconds to sweep 1,000 due clocks among 1,000,000; base is the same among 10,000. Smaller is better."""
    found: list[Figure] = []
    with offices() as each:
        for kind, office in each:
            ids = accepted(office, 2 * DUE)
            _clocks(office, ids, CLOCKS_FEW)
            few = _swept(office, ids[:DUE])
            _clocks(office, ids, CLOCKS_MANY)
            many = _swept(office, ids[DUE:])
            found.append(figure("sweep", kind, many, few, "<= 1.5", "seconds"))
    return found


def _clocks(office: Office, ids: list[str], many: int) -> None:
    """Open clocks that are not due, copied from one the desk wrote."""
    deadline = table("deadline")
    with office.database.reading() as connection:
        row = dict(
            connection.execute(select(deadline).where(deadline.c.stopped_at.is_(None)).limit(1)).mappings().one()
        )
    later = NOW + timedelta(days=400)
    for start in range(0, many, 20_000):
        batch: list[dict[str, Any]] = [
            {**row, "id": new_id(), "case_id": ids[(start + i) % len(ids)], "code": "bench", "next_at": later}
            for i in range(min(20_000, many - start))
        ]
        with office.database.writing() as connection:
            connection.execute(insert(deadline), batch)


def _swept(office: Office, ids: list[str]) -> float:
    deadline = table("deadline")
    with office.database.writing() as connection:
        later = NOW + timedelta(days=300)
        connection.execute(update(deadline).where(deadline.c.code != "bench").values(next_at=later))
        for start in range(0, len(ids), 500):
            some = ids[start : start + 500]
            due = update(deadline).where(deadline.c.case_id.in_(some), deadline.c.code == "dispatch")
            connection.execute(due.values(next_at=NOW, rung=0))
    if office.database.kind == "postgresql":
        with office.database.engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
            connection.exec_driver_sql("VACUUM ANALYZE deadline")
    return seconds(lambda: _sweep(office))


def _sweep(office: Office) -> None:
    done = 0
    while done < DUE:
        with office.database.writing() as connection:
            swept = sweep_batch(office.desk, connection, SWEPT_AT, BATCH)
        if not swept.deeds:
            raise RuntimeError("fewer reminders were fired than expected")
        done += sum(map(len, swept.deeds.values()))
