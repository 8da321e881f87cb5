"""The rungs a clock must have climbed (督办阶梯的应到各级), and what is wrong with those it did.

Each rung fires at the first sweep from the moment it was reached at which the clock does not stand still, once, in
order, with its true moment; none after the clock was stopped. What does not live here: whom it was told (``hearers``).
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from cases.packs.rows import Rung
from tests.cases.desk.year.judge.lives import Life, Point
from tests.cases.desk.year.judge.records import REMINDERS, Records, Row
from tests.cases.desk.year.judge.runs import Count, Phase


@dataclass(frozen=True, slots=True)
class Due:
    """A rung that must have fired: which, in which sweep, when it was reached, and for which due moment."""

    rung: Rung
    at: datetime
    reached: datetime
    due: datetime


def must_fire(records: Records, count: Count) -> tuple[list[Due], datetime | None]:
    """The rungs that must have fired, and when the clock must be looked at next (None: never)."""
    found: list[Due] = []
    stretch, phases = count.stretch, count.phases
    lapse = stretch.clock.lapse
    ended = stretch.ended
    lapsed = ended is not None and lapse is not None and ended.verb == lapse
    for phase, after in zip(phases, [*phases[1:], None], strict=True):
        until = after.since if after else ended.at if ended else None
        if phase.still:
            continue
        while (due := _next(records, phase, len(found), found)) is not None:
            if until is not None and due.at >= until:
                # What lapses climbs first to its end, in that very sweep.
                last = lapsed and after is None and due.at == until and due.reached <= phase.due
                if not last:
                    break
            found.append(due)
    return found, _look(phases[-1], len(found), lapse is not None)


def _next(records: Records, phase: Phase, n: int, fired: list[Due]) -> Due | None:
    reached = phase.reached(n)
    if reached is None:
        return None
    sweep = records.first_sweep(max(reached, phase.since, fired[-1].at if fired else reached))
    return None if sweep is None else Due(phase.ladder[n], sweep, reached, phase.due)


def _look(phase: Phase, n: int, lapses: bool) -> datetime | None:
    if phase.still:
        return phase.goes_on
    reached = phase.reached(n)
    return phase.due if lapses and (reached is None or phase.due < reached) else reached


def fired(life: Life, count: Count) -> list[Point]:
    """The lines of history in which this clock's rungs fired while it ran."""
    ended = count.stretch.ended
    return [
        point for point in life.points
        if point.verb in REMINDERS and point.body["clock"] == count.stretch.clock.code
        and point.seq > count.stretch.began.seq and (ended is None or point.seq < ended.seq)
    ]  # fmt: skip


def wrongs(due: Due, point: Point) -> Iterator[str]:
    """How a fired rung differs from what it must be."""
    rung, body = due.rung, point.body
    said = {
        "deed": (point.verb, rung.deed),
        "n": (body["n"], rung.n),
        "level": (body["level"], rung.level),
        "tell": (tuple(body["tell"]), rung.tell),
        "issuer": (body["issuer"], rung.issuer),
        "fired at": (point.at, due.at),
        "reached at": (datetime.fromisoformat(body["reached_at"]), due.reached),
        "due at": (datetime.fromisoformat(body["due_at"]), due.due),
    }
    for name, (is_, must) in said.items():
        if is_ != must:
            yield f"rung {rung.n}: {name} {is_}, must be {must}"


def climb(records: Records, life: Life, count: Count, row: Row) -> tuple[list[str], list[tuple[Due, Point]]]:
    """Complaints about the climb of one clock, and each rung beside the line in which it fired."""
    must, look = must_fire(records, count)
    did = fired(life, count)
    pairs = list(zip(must, did, strict=False))
    found = [complaint for due, point in pairs for complaint in wrongs(due, point)]
    for due in must[len(did) :]:
        found.append(f"rung {due.rung.n} never fired; reached {due.reached}, due in the sweep of {due.at}")
    found += [f"rung {point.body['n']} fired at {point.at} and must not" for point in did[len(must) :]]
    if row["stopped_at"] is None:
        if row["rung"] != len(must):
            found.append(f"stands on rung {row['rung']}, must be {len(must)}")
        tried_daily = count.stretch.clock.code in {"confirm", "sign_for"} and row["next_at"] is not None
        if row["next_at"] != look and not tried_daily:
            found.append(f"is looked at next at {row['next_at']}, must be {look}")
    return found, pairs
