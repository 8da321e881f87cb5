"""What clocks must have done by themselves (到期自动办理): lapsed, gone on after a stand; and what must never be: a
case without a clock, an arrival nobody waited for.

What does not live here: rungs (``climbs``).
"""

from __future__ import annotations

from datetime import datetime, timedelta

from cases.desk.desk import ENGINES
from tests.cases.desk.year.judge.lives import Life, Point
from tests.cases.desk.year.judge.records import Records
from tests.cases.desk.year.judge.runs import Count

TIMEKEEPER = "system:timekeeper"
TRIES, GAP = 2, timedelta(days=1)
"""A silent reporter's case is closed after so many tries, not before so long after the last."""


def lapse(records: Records, life: Life, count: Count) -> list[str]:
    """A clock that takes a step of its own took it in the first sweep after its end; or never, where it may not."""
    verb, phase, ended = count.stretch.clock.lapse, count.phases[-1], count.stretch.ended
    if verb is None or phase.still:
        return []
    sweep = records.first_sweep(max(phase.due, phase.since))
    took = ended.at if ended is not None and ended.verb == verb and ended.actor == TIMEKEEPER else None
    until = ended.at if ended is not None else datetime.max.replace(tzinfo=phase.due.tzinfo)
    if verb == "deem_signed" and not records.laws[count.standing.pack_id].pack.deems_signed:
        return ["counts as signed for, which this pack does not say"] if took else []
    if count.stretch.clock.code == "confirm":
        return _silence(records, life, count, took, until)
    if sweep is not None and sweep <= until and took != sweep:
        return [f"{verb} at {took}, must be at {sweep}"]
    return [f"{verb} at {took}, before its time"] if took and (sweep is None or took < sweep) else []


def _silence(records: Records, life: Life, count: Count, took: datetime | None, until: datetime) -> list[str]:
    """The reporter was reached for twice, had a day to answer the last try, and then not many days more."""
    due, tries = count.phases[-1].due, [p for p in life.points if is_try(p) and p.at <= (took or until)]
    if took is not None:
        early = took < due or len(tries) < TRIES or took < tries[-1].at + GAP
        return [f"closed at {took}, before its time"] if early else []
    if len(tries) < TRIES:
        return []
    ready = records.first_sweep(max(due, tries[-1].at + GAP) + GAP)
    return [f"still not closed at {until}, must be by {ready}"] if ready is not None and ready < until else []


def is_try(point: Point) -> bool:
    """Whether a line of history is a try to reach the reporter."""
    return point.verb in {"feed_back", "call_back"} or (point.verb == "warn" and point.state == "confirming")


def resumption(records: Records, count: Count) -> list[str]:
    """A stand that was to end by itself ended in the first sweep after its time."""
    found: list[str] = []
    ended = count.stretch.ended
    for phase, after in zip(count.phases, [*count.phases[1:], None], strict=True):
        if not phase.still or phase.goes_on is None:
            continue
        sweep = records.first_sweep(phase.goes_on)
        until = after.since if after else ended.at if ended else None
        if sweep is not None and (until is None or sweep < until):
            found.append(f"still stands at {sweep}, was to go on at {phase.goes_on}")
    return found


def without_clock(life: Life) -> list[str]:
    """Whether a case was ever open without a clock and without a reason."""
    states = ENGINES[life.row["case_type"]].states
    found: list[str] = []
    for point in life.points:
        state = states[point.state]
        if state.end or state.no_clock_because:
            continue
        if not any(s.began.seq <= point.seq and (s.ended is None or s.ended.seq > point.seq) for s in life.stretches):
            found.append(f"{point.state} since line {point.seq} without a clock")
    return found


def arrivals(records: Records) -> list[str]:
    """Every task's dispatch is a message of its own that waits for its arrival, and its arrival was written down."""
    found: list[str] = []
    sent = {row["case_id"]: row for row in records.notices if row["event"] == "assignment.open"}
    for case_id, row in records.cases.items():
        if row["case_type"] != "assignment":
            continue
        notice = sent.get(case_id)
        if notice is None or notice["on_arrival"] != "mark_delivered":
            found.append(f"{row['number']}: its dispatch waits for no arrival")
            continue
        lines = records.entries[case_id]
        marked = [line["at"] for line in lines if line["verb"] == "mark_delivered"]
        left = next((line["at"] for line in lines if line["verb"] in {"sign_for", "ask_return"}), None)
        arrived = notice["delivered_at"]
        must = [arrived] if arrived and (left is None or arrived < left) else []
        if marked != must:
            found.append(f"{row['number']}: delivered {marked}, must be {must}")
    return found
