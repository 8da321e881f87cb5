"""受聘机构: whose cases count, when they were late, and which complaints."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from sqlalchemy import insert

from cases.desk.timing import Timing, start_clock
from cases.grammar import Clock
from cases.office import Office
from cases.rules.appraisal import Tried
from cases.store import bodies
from cases.store.sheaf import Sheaf, table
from tests.cases.chamber import COMMITTEE, OTHER_COMMITTEE, Table

CONTRACT = {"starts_on": date(2026, 7, 1), "ends_on": date(2027, 6, 30)}


@pytest.fixture
def body(office: Office) -> Table:
    made = Table(office)
    made.register()
    return made


def tried(body: Table, year: int = 2026, contract: dict[str, Any] = CONTRACT) -> list[Tried]:
    with body.database.reading() as connection:
        return bodies.tried(connection, COMMITTEE, bodies.within(contract, year), body.now)


def test_a_contract_counts_within_its_term_and_the_year():
    first, after = bodies.within(CONTRACT, 2026)
    assert (str(first), str(after)) == ("2026-07-01 00:00:00+08:00", "2027-01-01 00:00:00+08:00")
    first, after = bodies.within(CONTRACT, 2027)
    assert (str(first), str(after)) == ("2027-01-01 00:00:00+08:00", "2027-07-01 00:00:00+08:00")


def test_only_mediations_of_the_committee_within_the_term_count(body: Table):
    first, _ = bodies.within(CONTRACT, 2026)
    body.open(opened_at=first)
    body.open(opened_at=first - timedelta(microseconds=1))
    body.open(station=OTHER_COMMITTEE)
    body.counter.open()
    body.open(facts={"outcome": "agreed", "performed": "full"})
    assert sorted(tried(body), key=str) == [Tried(True, "agreed", "full"), Tried(True, None, None)]


@pytest.mark.parametrize(("stopped", "on_time"), [(None, True), (0, True), (40, False)])
def test_a_case_is_late_once_one_of_its_clocks_was(body: Table, stopped: int | None, on_time: bool):
    case_id = body.open()
    piece = body.counter.piece(case_id)
    timing = Timing(Sheaf(), body.office.pack, body.office.desk.calendar, body.now, lambda _: [])
    piece.clocks = {"total": ""}
    start_clock(timing, piece, Clock("total", ()))
    (row,) = timing.sheaf.inserts["deadline"]
    if stopped is not None:
        row["stopped_at"] = body.now + timedelta(days=stopped)
    with body.database.writing() as connection:
        connection.execute(insert(table("deadline")).values(**row))
    assert [one.on_time for one in tried(body)] == [on_time]
    body.clock.ahead(days=60)
    assert [one.on_time for one in tried(body)] == [on_time and stopped is not None]


def test_only_upheld_complaints_within_the_term_count(body: Table):
    with body.database.writing() as connection:
        made = [bodies.add_complaint(connection, COMMITTEE, None, "迟到", body.now) for _ in range(3)]
        bodies.add_complaint(connection, OTHER_COMMITTEE, None, "迟到", body.now)
        bodies.decide_complaint(connection, made[0], True, body.now)
        bodies.decide_complaint(connection, made[1], False, body.now)
        assert bodies.upheld(connection, COMMITTEE, bodies.within(CONTRACT, 2026)) == 1
        assert bodies.upheld(connection, COMMITTEE, bodies.within(CONTRACT, 2027)) == 0
