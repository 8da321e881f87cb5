"""The rows a season left behind (案卷), read once: everything the judge knows, and the log of when clocks were swept.

What does not live here: what must hold of them.
"""

from __future__ import annotations

import json
from bisect import bisect_left
from collections import defaultdict
from dataclasses import dataclass, field
from datetime import date, datetime
from functools import cache
from typing import Any

from cases.rules.calendar import Calendar
from tests.cases.counter import Counter
from tests.cases.desk.year.judge.days import Days, shifts_of
from tests.cases.desk.year.judge.law import Law

Row = dict[str, Any]
REMINDERS = frozenset({"warn", "overdue", "supervise", "escalate"})
DIGEST = "deadline.digest"


@dataclass(frozen=True, slots=True)
class Said:
    """One reminder as one recipient got it, alone or in a digest; ``deadline`` is what it says of the clock."""

    recipient: str
    deadline: dict[str, Any] | None


@dataclass
class Records:
    """Rows by case, in order; ``said`` has the reminders by case, line of history and event."""

    cases: dict[str, Row]
    entries: dict[str, list[Row]]
    clocks: dict[str, list[Row]]
    changes: dict[str, list[Row]]
    holdings: dict[str, list[Row]]
    children: dict[str, list[Row]]
    notices: list[Row]
    sweeps: list[datetime]
    packs: list[tuple[datetime, int]]
    laws: dict[int, Law]
    calendars: list[tuple[datetime, Calendar]]
    said: dict[tuple[str, int, str], list[Said]] = field(default_factory=dict)

    def first_sweep(self, moment: datetime) -> datetime | None:
        """The first time the clocks were looked at from a moment on."""
        place = bisect_left(self.sweeps, moment)
        return self.sweeps[place] if place < len(self.sweeps) else None

    def pack_at(self, moment: datetime) -> int:
        """The newest pack at a moment."""
        return [pack for since, pack in self.packs if since <= moment][-1]

    def days(self, moment: datetime, hours: str) -> Days:
        """The calendar in force at a moment, under these office hours."""
        place = max(n for n, (since, _) in enumerate(self.calendars) if since <= moment)
        return self._days(place, hours)

    @cache  # noqa: B019  the records live as long as the judging
    def _days(self, place: int, hours: str) -> Days:
        return Days(self.calendars[place][1].is_working, shifts_of(hours))

    def knows(self, moment: datetime, first: date, last: date) -> bool:
        """Whether the years of two days had their notices at a moment."""
        known = [calendar for since, calendar in self.calendars if since <= moment][-1].known_years
        return all(year in known for year in range(first.year, last.year + 1))

    def __hash__(self) -> int:
        return id(self)


def read(
    counter: Counter,
    sweeps: list[datetime],
    packs: list[tuple[datetime, int]],
    calendars: list[tuple[datetime, Calendar]],
) -> Records:
    """Everything there is in an office."""
    cases = {row["id"]: row | {"facts": json.loads(row["facts"])} for row in counter.rows("case_file")}
    bodies = {(row["case_id"], row["seq"]): row["body"] for row in counter.rows("entry_payload")}
    entries = by_case(counter.rows("entry"), "seq")
    for lines in entries.values():
        for line in lines:
            line["body"] = json.loads(bodies[line["case_id"], line["seq"]] or "{}")
    children: dict[str, list[Row]] = defaultdict(list)
    for row in sorted(cases.values(), key=lambda r: r["number"]):
        if row["parent_id"]:
            children[row["parent_id"]].append(row)
    notices = counter.rows("notice")
    with counter.database.reading() as connection:
        laws = {pack_id: Law(counter.desk.shelf.pack(connection, pack_id)) for _, pack_id in packs}
    return Records(
        cases,
        entries,
        by_case(counter.rows("deadline"), "started_at", "id"),
        by_case(counter.rows("deadline_change"), "at", "id"),
        by_case(counter.rows("holding"), "seq"),
        children,
        notices,
        sweeps,
        packs,
        laws,
        calendars,
        heard(notices),
    )


def by_case(rows: list[Row], *order: str) -> dict[str, list[Row]]:
    found: dict[str, list[Row]] = defaultdict(list)
    for row in rows:
        found[row["case_id"]].append(row)
    for some in found.values():
        some.sort(key=lambda row: tuple(row[name] for name in order))
    return found


def heard(notices: list[Row]) -> dict[tuple[str, int, str], list[Said]]:
    """Who heard of which reminder, digests taken apart."""
    found: dict[tuple[str, int, str], list[Said]] = defaultdict(list)
    for row in notices:
        if row["event"] == DIGEST:
            for item in json.loads(row["body"])["data"]["items"]:
                key = (item["case_id"], item["version"], item["event"])
                found[key].append(Said(row["recipient"], item.get("deadline")))
        elif row["event"].rpartition(".")[2] in REMINDERS:
            data = json.loads(row["body"])["data"]
            found[row["case_id"], row["seq"], row["event"]].append(Said(row["recipient"], data.get("deadline")))
    return found
