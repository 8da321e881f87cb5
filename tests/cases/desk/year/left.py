"""What a season leaves behind on a database (留下的): lived through, judged, told, and the database given back.

What does not live here: the season itself (``season``) and what must hold (``judge``).
"""

from __future__ import annotations

import json
from collections import Counter as Tally
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from cases.office import open_office, prepare
from tests import databases
from tests.cases.conftest import all_can_be_reached, settings_for
from tests.cases.counter import Counter
from tests.cases.desk.year.judge.records import DIGEST, REMINDERS, Records
from tests.cases.desk.year.judge.verdict import complaints
from tests.cases.desk.year.season import Plan, Season
from tests.cases.invariants import breaches
from tests.cases.machines.walking import leaks, told

NOTICES = 6
"""The place of the notices in what is told."""


@dataclass(frozen=True)
class Left:
    """The judgement on a season and some figures of it. ``held_up`` counts rungs an outage held up for hours,
    ``by_itself`` stands nobody ended, ``late_deliveries`` dispatches that arrived a day late."""

    complaints: list[str]
    breaches: list[str]
    leaks: list[str]
    told: list[Any]
    done: Tally[str]
    refused: Tally[str]
    cases: Tally[str]
    verbs: Tally[str]
    digests: int
    held_up: int
    by_itself: int
    late_deliveries: int


@contextmanager
def office_for(kind: databases.Kind, folder: Path) -> Iterator[Counter]:
    """An office on a new database, gone afterwards."""
    url = databases.fresh_database(kind, folder)
    prepare(settings_for(url))
    office = open_office(settings_for(url))
    try:
        all_can_be_reached(office)
        yield Counter(office)
    finally:
        office.close()
        databases.discard(url)


def live_through(plan: Plan, kind: databases.Kind, folder: Path, *, telling: bool = True) -> Left:
    """Live through a season on a new database, judge it, and tell it, unless nobody is going to compare."""
    with office_for(kind, folder) as counter:
        return judged(counter, Season(counter, plan).run(), telling)


def judged(counter: Counter, season: Season, telling: bool) -> Left:
    records = season.records()
    lines = [line for lines in records.entries.values() for line in lines]
    return Left(
        complaints(records),
        breaches(counter),
        leaks(counter),
        told_apart(counter) if telling else [],
        season.done,
        season.refused,
        Tally(row["case_type"] for row in records.cases.values()),
        Tally(line["verb"] for line in lines),
        sum(row["event"] == DIGEST for row in records.notices),
        sum(line["verb"] in REMINDERS and _late(line["at"], line["body"]["reached_at"], hours=6) for line in lines),
        sum(line["verb"] == "resume_clock" and line["actor"] == "system:timekeeper" for line in lines),
        late_deliveries(records),
    )


def _late(at: datetime, since: str, **by: float) -> bool:
    return at - datetime.fromisoformat(since) > timedelta(**by)


def late_deliveries(records: Records) -> int:
    sent = [row for row in records.notices if row["event"] == "assignment.open" and row["delivered_at"]]
    return sum(row["delivered_at"] - row["created_at"] > timedelta(days=1) for row in sent)


def told_apart(counter: Counter) -> list[Any]:
    """The whole office as ``told``, digests taken apart: which reminders share one depends on where a batch ends."""
    tables = told(counter)
    notices: list[dict[str, Any]] = []
    for row in tables[NOTICES]:
        body = json.loads(row["body"])
        if row["event"] == DIGEST:
            notices += [_reminder(row, item) for item in body["data"]["items"]]
        elif row["event"].rpartition(".")[2] in REMINDERS:
            notices.append(_reminder(row, {"event": body["type"], **body["data"]}))
        else:
            notices.append(row)
    tables[NOTICES] = sorted(notices, key=lambda row: json.dumps(row, sort_keys=True, default=str))
    return tables


def _reminder(row: dict[str, Any], item: dict[str, Any]) -> dict[str, Any]:
    return {"recipient": row["recipient"], "state": row["state"], "delivered_at": row["delivered_at"], **item}
