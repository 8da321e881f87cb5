"""重算暂算时限: what the calendar settles loses its mark, what it moves is in the history and told to the holder."""

from __future__ import annotations

import json
from datetime import datetime, timedelta

from cases.desk.recounting import Recounted, recount_batch
from cases.ports import BEIJING
from cases.store.dues import count_provisional
from tests.builders import OPERATOR, REPORTER, STATION
from tests.cases.counter import Counter
from tests.cases.invariants import breaches
from tests.cases.rules.coming_year import take_in_2027


def recount(counter: Counter, many: int = 2) -> Recounted:
    total = Recounted()
    while True:
        with counter.database.writing() as connection:
            some = recount_batch(counter.desk, connection, counter.now, many, total.after)
        if not some.clocks:
            return total
        total.add(some)


def provisional(counter: Counter) -> int:
    with counter.database.reading() as connection:
        return count_provisional(connection)


def at(counter: Counter, *when: int) -> None:
    counter.clock.jump(datetime(*when, tzinfo=BEIJING))


def know_2027(counter: Counter) -> None:
    with counter.database.writing() as connection:
        take_in_2027(counter.desk.almanac, connection)


def test_a_notice_moves_what_it_moves_and_settles_the_rest(counter: Counter):
    at(counter, 2026, 12, 31, 10, 0)
    first = counter.open(room="1").case_id
    at(counter, 2027, 2, 3, 10, 0)
    second = counter.open(room="2").case_id
    before = {i: counter.piece(i).next_due for i in (first, second)}
    assert provisional(counter) == 2
    know_2027(counter)
    done = recount(counter, many=1)
    assert (done.clocks, provisional(counter)) == (2, 0)
    after = {i: counter.piece(i).next_due for i in (first, second)}
    moved = [i for i in before if before[i] != after[i]]
    assert done.moved == len(moved)
    for case_id in (first, second):
        verbs, changes = counter.verbs(case_id), counter.rows("deadline_change", case_id=case_id)
        assert ("recount" in verbs) is (case_id in moved)
        assert [(c["kind"], c["due_before"], c["due_after"]) for c in changes] == (
            [("recount", before[case_id], after[case_id])] if case_id in moved else []
        )
        told = [n["recipient"] for n in counter.notices(case_id) if n["event"] == "clue.recount"]
        assert told == ([STATION] if case_id in moved else [])
    assert breaches(counter) == []
    assert recount(counter).clocks == 0, "what was counted is not counted again"


def test_a_rung_behind_an_end_that_stays_is_looked_at_with_the_new_calendar(counter: Counter):
    """The end falls before the holidays, the rung after it behind them; the notice moves only the rung."""
    at(counter, 2027, 2, 3, 10, 0)
    case_id = counter.open().case_id
    (before,) = counter.rows("deadline", case_id=case_id)
    counter.clock.jump(before["due_at"] + timedelta(minutes=1))
    while counter.sweep().clocks:
        pass
    (late,) = counter.rows("deadline", case_id=case_id)
    know_2027(counter)
    recount(counter)
    (settled,) = counter.rows("deadline", case_id=case_id)
    assert (settled["due_at"], settled["next_at"]) == (late["due_at"], counter.now)
    while counter.sweep().clocks:
        pass
    (again,) = counter.rows("deadline", case_id=case_id)
    assert again["rung"] == late["rung"], "nothing is fired before its time"
    assert again["next_at"] > late["next_at"], "the holidays lie before the rung"
    assert breaches(counter) == []


def test_a_long_holiday_moves_the_end_and_says_from_when_to_when(counter: Counter):
    """Spring Festival is not on a fixed day: without the notice its days pass for working days."""
    at(counter, 2027, 2, 1, 10, 0)
    case_id = counter.dispatched()
    task = counter.tasks(case_id)[0]
    before = counter.rows("deadline", case_id=task.id, code="handling")[0]
    know_2027(counter)
    recount(counter)
    after = counter.rows("deadline", case_id=task.id, code="handling")[0]
    assert (before["provisional"], after["provisional"]) == (True, False)
    assert after["due_at"] > before["due_at"]
    body = next(
        json.loads(row["body"])
        for row in counter.rows("entry_payload", case_id=task.id)
        if "changes" in json.loads(row["body"])
    )
    assert f"{before['due_at'].astimezone(BEIJING):%Y-%m-%d}" in body["changes"][0]
    assert breaches(counter) == []


def test_a_clock_that_stands_is_counted_when_it_goes_on(counter: Counter):
    at(counter, 2027, 2, 1, 10, 0)
    case_id = counter.open(matter=None).case_id
    counter.step(case_id, "ask_more", OPERATOR, request="请补照片")
    know_2027(counter)
    recount(counter)
    assert counter.piece(case_id).clocks["acceptance"] == ""
    counter.step(case_id, "supplement", REPORTER, matter="XF01")
    row = counter.rows("deadline", case_id=case_id, code="acceptance")[0]
    assert (row["provisional"], row["calendar"]) == (False, counter.desk.calendar_of(row["hours"]).version)
    assert breaches(counter) == []


def test_a_closed_report_is_archived_when_the_calendar_says(counter: Counter):
    """The clock to the archive reminds nobody, but it is counted again like any other."""
    case_id = counter.confirming()
    at(counter, 2027, 1, 8, 10, 0)
    counter.step(case_id, "confirm", REPORTER)
    before = counter.rows("deadline", case_id=case_id, code="archive")[0]
    know_2027(counter)
    assert recount(counter).refused == []
    after = counter.rows("deadline", case_id=case_id, code="archive")[0]
    assert (before["provisional"], after["provisional"]) == (True, False)
    assert after["due_at"] > before["due_at"]
    assert after["next_at"] == after["due_at"]
    assert breaches(counter) == []
