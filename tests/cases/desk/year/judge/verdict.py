"""The verdict (评判): every complaint about what a season left behind; none when time was kept as it must be.

What does not live here: the single questions (``runs``, ``climbs``, ``hearers``, ``lapses``).
"""

from __future__ import annotations

from collections.abc import Iterator

from tests.cases.desk.year.judge import hearers, lapses
from tests.cases.desk.year.judge.climbs import climb
from tests.cases.desk.year.judge.lives import Biographer, Life
from tests.cases.desk.year.judge.records import REMINDERS, Records, Row
from tests.cases.desk.year.judge.runs import Count, differences


def complaints(records: Records) -> list[str]:
    """Everything that does not hold, in sentences."""
    writer = Biographer(records)
    found: list[str] = []
    for case_id, row in records.cases.items():
        life = writer.life(case_id)
        found += [f"{life.name}: {said}" for said in _of_case(records, writer, life, row)]
    return found + lapses.arrivals(records)


def _of_case(records: Records, writer: Biographer, life: Life, row: Row) -> Iterator[str]:
    end = life.points[-1].standing
    classed = (end.matter or None, end.emergency, end.pack_id)
    if (row["matter"], bool(row["emergency"]), row["pack_id"]) != classed:
        yield f"class {row['matter']}, {row['emergency']}, {row['pack_id']}, must be {classed}"
    yield from hearers.level_of(life, writer)
    yield from hearers.held(records, life)
    yield from lapses.without_clock(life)
    clocks, fired = records.clocks[row["id"]], 0
    stretches = life.stretches
    if sorted(c["code"] for c in clocks) != sorted(s.clock.code for s in stretches):
        yield f"clocks {[c['code'] for c in clocks]}, must be {[s.clock.code for s in stretches]}"
        return
    for code in sorted({s.clock.code for s in stretches}):
        mine = [clock for clock in clocks if clock["code"] == code]
        for stretch, clock in zip([s for s in stretches if s.clock.code == code], mine, strict=True):
            count = Count(records, life.row, stretch).run()
            said, pairs = _of_clock(records, life, count, clock)
            fired += pairs
            yield from (f"{code} of {clock['started_at']}: {complaint}" for complaint in said)
    did = sum(point.verb in REMINDERS for point in life.points)
    if did != fired:
        yield f"{did} rungs in the history, {fired} of them of a running clock"


def _of_clock(records: Records, life: Life, count: Count, clock: Row) -> tuple[list[str], int]:
    changes = [change for change in records.changes[life.row["id"]] if change["deadline_id"] == clock["id"]]
    found = differences(count, clock, changes)
    said, pairs = climb(records, life, count, clock)
    found += said
    for due, point in pairs:
        found += hearers.unheard(records, life, due, point)
        found += hearers.orders(records, life, due, point)
    found += lapses.lapse(records, life, count)
    found += lapses.resumption(records, count)
    return found, len(pairs)
