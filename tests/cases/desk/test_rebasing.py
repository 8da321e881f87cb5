"""改用新限、经手、时钟倒走: what else moves a clock or refuses to, who held it, and in whose office hours it counts."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import update

from cases.errors import ClockWrong, NotNow, StillNeeded
from cases.piece import Piece
from cases.ports import BEIJING
from cases.store.sheaf import table
from tests.builders import FIRE, FRIDAY, HEAD, OPERATOR, STATION, STREET, URBAN, an_actor, of_department
from tests.cases.counter import Counter
from tests.cases.invariants import breaches

OFFICER = an_actor("甲", FIRE, "dept_officer")
STAND = {"clock": "handling", "ground": "appraisal", "document": "鉴定委托书〔2026〕1号"}


def clock(counter: Counter, case_id: str, code: str) -> dict[str, Any]:
    return counter.rows("deadline", case_id=case_id, code=code)[-1]


def changes(counter: Counter, case_id: str) -> list[tuple[str, str]]:
    rows = sorted(counter.rows("deadline_change", case_id=case_id), key=lambda row: (row["at"], row["id"]))
    return [(row["kind"], row["ground"]) for row in rows]


@pytest.fixture
def task(counter: Counter) -> Piece:
    """The fire brigade's task, being verified; its handling is timed by five working days."""
    case_id = counter.dispatched(lead=FIRE)
    found = counter.task(case_id, FIRE)
    counter.step(found.id, "sign_for", of_department(FIRE))
    counter.step(found.id, "verify", OFFICER, officers=("甲", "乙"))
    return counter.task(case_id, FIRE)


def test_another_matter_is_another_limit_from_the_same_start(counter: Counter):
    case_id = counter.open(matter=None).case_id
    counter.clock.ahead(minutes=10)
    counter.step(case_id, "classify", OPERATOR, matter="XF03")
    row = clock(counter, case_id, "acceptance")
    assert counter.piece(case_id).emergency
    assert (row["limit_code"], row["started_at"]) == ("ST-ACCEPT-E", FRIDAY)
    assert row["due_at"] == FRIDAY + timedelta(minutes=30), "ten of the thirty minutes are gone"
    assert changes(counter, case_id) == [("rebase", "")]
    assert breaches(counter) == []


def longer(counter: Counter, code: str, amount: int) -> None:
    """A newer version of the pack in which one limit is longer."""
    limit = replace(counter.pack.limits[code], amount=amount)
    counter.publish(replace(counter.pack, version="longer", limits={**counter.pack.limits, code: limit}))


def test_a_case_moves_to_the_newest_pack_only_by_a_step_and_keeps_what_has_elapsed(counter: Counter, task: Piece):
    counter.clock.jump(datetime(2026, 11, 23, 10, 0, tzinfo=BEIJING))
    counter.step(task.id, "pause_clock", HEAD, **STAND)
    counter.clock.jump(datetime(2026, 11, 24, 10, 0, tzinfo=BEIJING))
    counter.step(task.id, "resume_clock", HEAD, clock="handling")
    before = clock(counter, task.id, "handling")
    longer(counter, "H5", 7)
    assert clock(counter, task.id, "handling")["due_at"] == before["due_at"]
    counter.step(task.id, "rebase", HEAD, reason="新版地区包施行")
    row = clock(counter, task.id, "handling")
    assert (row["amount"], row["started_at"], row["stood"]) == (7, before["started_at"], before["stood"])
    assert row["due_at"] == datetime(2026, 12, 2, 23, 59, 59, tzinfo=BEIJING)
    assert (row["pack_id"], counter.piece(task.id).pack_id) == (counter.piece(task.id).pack_id, row["pack_id"])
    assert row["pack_id"] != before["pack_id"]
    with pytest.raises(NotNow, match="已适用最新"):
        counter.step(task.id, "rebase", HEAD, reason="再来一次")
    assert breaches(counter) == []


def test_a_pack_that_leaves_the_case_without_a_way_is_refused(counter: Counter, task: Piece):
    matters = {code: matter for code, matter in counter.pack.matters.items() if code != "XF01"}
    counter.publish(replace(counter.pack, version="without", matters=matters))
    with pytest.raises(StillNeeded, match="没有事项XF01"):
        counter.step(task.id, "rebase", HEAD, reason="新版地区包施行")
    assert counter.piece(task.id).pack_id == task.pack_id


def test_a_server_whose_clock_runs_backwards_is_refused(counter: Counter, task: Piece):
    counter.clock.at = FRIDAY - timedelta(hours=1)
    with pytest.raises(ClockWrong, match="系统时钟"):
        counter.step(task.id, "find_nothing", OFFICER, text="没有")
    assert counter.piece(task.id).version == task.version


def test_who_held_it_since_when_is_written_down(counter: Counter, task: Piece):
    clue = task.parent_id or ""
    held = [(row["holder"], row["at"]) for row in counter.rows("holding", case_id=clue)]
    assert [holder for holder, _ in held] == [counter.piece(clue).station, FIRE]
    assert held[0][1] == FRIDAY
    counter.step(task.id, "find_nothing", OFFICER, text="没有")
    counter.step(task.id, "report_result", OFFICER, measure="核查", text="没有")
    assert [row["holder"] for row in counter.rows("holding", case_id=task.id)] == [STATION, FIRE, None]


def test_office_hours_of_the_holder_count(counter: Counter):
    organisations = dict(counter.pack.organisations)
    station = counter.pack.station_for(STREET)
    assert station is not None
    organisations[station.code] = replace(station, hours="08:00-12:00;14:00-20:00")
    counter.under(replace(counter.pack, organisations=organisations, version="late"))
    case_id = counter.accepted()
    row = clock(counter, case_id, "dispatch")
    assert (row["hours"], row["due_at"]) == ("08:00-12:00,14:00-20:00", datetime(2026, 11, 20, 15, 0, tzinfo=BEIJING))
    other = counter.dispatched(lead=URBAN, room="9")
    task = counter.task(other, URBAN)
    assert clock(counter, task.id, "delivery")["hours"] == row["hours"], "delivering is the workstation's time"
    assert clock(counter, task.id, "sign_for")["hours"] == "09:00-12:00,13:30-17:30"


def test_a_look_that_comes_too_early_does_not_end_a_stand(counter: Counter, task: Piece):
    """Another worker may have moved the clock's next look at the same moment as the stand began."""
    counter.step(task.id, "pause_clock", HEAD, **STAND, until=FRIDAY + timedelta(days=5))
    row = clock(counter, task.id, "handling")
    with counter.database.writing() as connection:
        early = update(table("deadline")).where(table("deadline").c.id == row["id"]).values(next_at=FRIDAY)
        connection.execute(early)
    counter.sweep()
    row = clock(counter, task.id, "handling")
    assert row["stands_since"] is not None
    assert row["next_at"] == FRIDAY + timedelta(days=5)
