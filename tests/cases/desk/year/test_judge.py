"""The judge itself: silent over a sound season, and not over one in which a single row was falsified."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from cases.ports import BEIJING
from tests.cases.desk.year.judge.records import Records, Row
from tests.cases.desk.year.judge.verdict import complaints
from tests.cases.desk.year.left import office_for
from tests.cases.desk.year.season import Plan, Season

pytestmark = pytest.mark.timeout(900)
"""A whole season is lived through and judged, under coverage too."""

BEGINS = datetime(2026, 12, 14, tzinfo=BEIJING)
WEEKS = Plan("weeks", BEGINS, BEGINS + timedelta(days=24), 90, BEGINS + timedelta(days=20), BEGINS + timedelta(days=12))
SECOND = timedelta(seconds=1)

Rows = dict[str, list[Row]]


@pytest.fixture(scope="module")
def sound(tmp_path_factory: pytest.TempPathFactory) -> Records:
    """What a few sound weeks left behind."""
    with office_for("sqlite", Path(tmp_path_factory.mktemp("weeks"))) as counter:
        return Season(counter, WEEKS).run().records()


def test_a_sound_season_is_not_found_fault_with(sound: Records):
    assert complaints(sound) == []


def changed(rows: Rows, which: Callable[[Row], bool], change: Callable[[Row], Row | None]) -> Rows:
    """The rows with the first that fits changed, or gone; a case without rows still has none, whoever asked before."""
    found = next((case, row) for case, some in rows.items() for row in some if which(row))
    case, old = found
    new = change(old)
    some = [(new if row is old else row) for row in rows[case]]
    return defaultdict(list, {**rows, case: [row for row in some if row is not None]})


def gone(row: Row) -> None:
    return None


def put(**values: Any) -> Callable[[Row], Row]:
    return lambda row: {**row, **values}


def later(name: str, **by: float) -> Callable[[Row], Row]:
    return lambda row: {**row, name: row[name] + timedelta(**by)}


def rung(row: Row) -> bool:
    return row["verb"] == "overdue"


def by_the_ladder(row: Row) -> bool:
    """An order a rung issued; one issued by hand names no clock."""
    return row["case_type"] == "supervision" and bool(row["facts"].get("clock"))


def untold(records: Records) -> Records:
    key = next(key for key, some in records.said.items() if some)
    return replace(records, said={**records.said, key: records.said[key][1:]})


def told_twice(records: Records) -> Records:
    key = next(key for key, some in records.said.items() if some)
    return replace(records, said={**records.said, key: [*records.said[key], records.said[key][0]]})


def told_the_wrong_one(records: Records) -> Records:
    key = next(key for key, some in records.said.items() if some)
    first, *rest = records.said[key]
    return replace(records, said={**records.said, key: [replace(first, recipient="JT-HJ"), *rest]})


def told_another_moment(records: Records) -> Records:
    key = next(key for key, some in records.said.items() if some and some[0].deadline)
    first, *rest = records.said[key]
    wrong = replace(first, deadline={**(first.deadline or {}), "reached_at": "2026-12-24T00:00:00Z"})
    return replace(records, said={**records.said, key: [wrong, *rest]})


def swept_in_between(records: Records) -> Records:
    """A sweep that should have found what was due."""
    fired = next(row for some in records.entries.values() for row in some if rung(row))
    reached = datetime.fromisoformat(fired["body"]["reached_at"])
    return replace(records, sweeps=sorted([*records.sweeps, reached]))


def cases_changed(which: Callable[[Row], bool], change: Callable[[Row], Row]) -> Callable[[Records], Records]:
    def spoil(records: Records) -> Records:
        case = next(case for case, row in records.cases.items() if which(row))
        return replace(records, cases={**records.cases, case: change(records.cases[case])})

    return spoil


def entries(which: Callable[[Row], bool], change: Callable[[Row], Row | None]) -> Callable[[Records], Records]:
    return lambda records: replace(records, entries=changed(records.entries, which, change))


def clocks(which: Callable[[Row], bool], change: Callable[[Row], Row | None]) -> Callable[[Records], Records]:
    return lambda records: replace(records, clocks=changed(records.clocks, which, change))


SPOILT: dict[str, Callable[[Records], Records]] = {
    "a reminder nobody got": untold,
    "a reminder got twice": told_twice,
    "a reminder to the wrong office": told_the_wrong_one,
    "a reminder of another moment": told_another_moment,
    "a rung that did not fire": entries(rung, gone),
    "a rung that fired later": entries(rung, later("at", hours=1)),
    "a rung said to be reached later": entries(
        rung, lambda row: row | {"body": {**row["body"], "reached_at": "2026-12-30T00:00:00Z"}}
    ),
    "a rung of another number": entries(rung, lambda row: row | {"body": {**row["body"], "n": row["body"]["n"] + 1}}),
    "a sweep that passed something over": swept_in_between,
    "a clock due a day later": clocks(lambda row: row["stopped_at"] is None, later("due_at", days=1)),
    "a clock that began a second later": clocks(lambda row: True, later("started_at", seconds=1)),
    "a clock that was not stopped": clocks(lambda row: row["stopped_at"] is not None, put(stopped_at=None)),
    "a clock that was not started": clocks(lambda row: True, gone),
    "a clock of another limit": clocks(lambda row: row["limit_code"] == "H5", put(limit_code="H7")),
    "a stand forgotten": clocks(lambda row: row["stood"] != "[]", put(stood="[]")),
    "a clock looked at a day late": clocks(
        lambda row: row["stopped_at"] is None and row["next_at"] is not None and row["code"] == "handling",
        later("next_at", days=1),
    ),
    "a move that was not written down": lambda r: replace(r, changes=changed(r.changes, lambda row: True, gone)),
    "a holder not written down": lambda r: replace(r, holdings=changed(r.holdings, lambda row: row["seq"] > 1, gone)),
    "a level that fell": cases_changed(lambda row: row["level"] > 1, put(level=1)),
    "an order to another unit": lambda r: replace(
        r, children=changed(r.children, by_the_ladder, put(assignee="JT-HJ"))
    ),
    "an order that was not issued": lambda r: replace(r, children=changed(r.children, by_the_ladder, gone)),
    "a lapse that came late": entries(lambda row: row["verb"] == "deem_signed", later("at", hours=1)),
    "a dispatch that waits for no arrival": lambda r: replace(
        r, notices=[row | {"on_arrival": None} if row["event"] == "assignment.open" else row for row in r.notices]
    ),
}


@pytest.mark.parametrize("spoil", SPOILT.values(), ids=SPOILT)
def test_a_falsified_row_is_found(sound: Records, spoil: Callable[[Records], Records]):
    assert complaints(spoil(sound)) != []
