"""时限巡查: each rung once and in order, also after an outage; lapses; two clocks of one case; the emergency ladder."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from cases.packs.schema import Rung
from cases.ports import BEIJING
from cases.store.dues import anything_due
from tests.builders import FIRE, FRIDAY, HEAD, OPERATOR, STATION, STREET, of_department
from tests.cases.counter import Counter
from tests.cases.invariants import breaches

DISTRICT = "JT"
DEEDS = {"warn", "overdue", "supervise", "escalate"}


def fired(counter: Counter, case_id: str) -> list[tuple[str, str, int, str]]:
    """The rungs in the history: deed, clock, number, due day."""
    bodies = {row["seq"]: row["body"] for row in counter.rows("entry_payload", case_id=case_id)}
    return [
        (entry["verb"], form["clock"], form["n"], form["due_at"][:16])
        for entry in counter.rows("entry", case_id=case_id)
        if entry["verb"] in DEEDS
        for form in [json.loads(bodies[entry["seq"]])]
    ]


def reached(counter: Counter, case_id: str) -> list[str]:
    """When each fired rung was reached, as the history says."""
    bodies = [json.loads(row["body"]) for row in counter.rows("entry_payload", case_id=case_id)]
    return [body["reached_at"][:16] for body in bodies if "reached_at" in body]


def told(counter: Counter, case_id: str) -> list[tuple[str, str]]:
    return [(n["event"], n["recipient"]) for n in counter.notices(case_id) if n["event"].split(".")[1] in DEEDS]


def clock_row(counter: Counter, case_id: str, code: str) -> dict[str, Any]:
    return counter.rows("deadline", case_id=case_id, code=code)[-1]


def test_nothing_is_due_before_its_time(counter: Counter):
    counter.open()
    first = counter.rows("deadline")[0]["next_at"]
    counter.clock.jump(first - timedelta(seconds=1))
    with counter.database.reading() as connection:
        assert not anything_due(connection, counter.now)
        assert anything_due(connection, first)
    assert counter.sweep().clocks == 0
    counter.clock.jump(first)
    swept = counter.sweep()
    assert (swept.clocks, list(swept.deeds)) == (1, ["warn"])
    assert counter.sweep().clocks == 0, "once"


def test_the_ladder_is_climbed_rung_by_rung(counter: Counter):
    case_id = counter.open().case_id
    due = counter.piece(case_id).next_due
    assert due == datetime(2026, 11, 23, 23, 59, 59, tzinfo=BEIJING)
    levels: list[int] = []
    for day in range(30):
        counter.clock.jump(FRIDAY + timedelta(days=day))
        counter.sweep()
        levels.append(counter.piece(case_id).level)
    assert [(deed, n) for deed, _, n, _ in fired(counter, case_id)] == [
        ("warn", 1), ("warn", 2), ("overdue", 3), ("supervise", 4), ("supervise", 5), ("escalate", 6),
    ]  # fmt: skip
    assert levels == sorted(levels)
    assert levels[-1] == 4
    assert counter.piece(case_id).facts["overdue"] == ["acceptance"]
    assert told(counter, case_id) == [
        ("clue.warn", STATION),
        ("clue.warn", STATION),
        ("clue.overdue", STATION),
        ("clue.supervise", STATION),
        ("clue.supervise", STREET),
        ("clue.supervise", STREET),
        ("clue.supervise", DISTRICT),
        ("clue.escalate", DISTRICT),
    ]
    assert clock_row(counter, case_id, "acceptance")["next_at"] is None, "the ladder has an end"
    assert breaches(counter) == []


def test_after_an_outage_every_rung_fires_once_in_order_with_its_true_time(counter: Counter):
    case_id = counter.open().case_id
    counter.clock.ahead(days=7)
    once = [counter.sweep_once().deeds for _ in range(5)]
    assert [list(deeds) for deeds in once] == [["warn"], ["warn"], ["overdue"], ["supervise"], []]
    assert fired(counter, case_id) == [
        ("warn", "acceptance", 1, "2026-11-23T15:59"),
        ("warn", "acceptance", 2, "2026-11-23T15:59"),
        ("overdue", "acceptance", 3, "2026-11-23T15:59"),
        ("supervise", "acceptance", 4, "2026-11-23T15:59"),
    ]
    assert reached(counter, case_id) == ["2026-11-20T09:30", "2026-11-23T06:42", "2026-11-23T15:59", "2026-11-24T15:59"]
    spoken = [n["said"]["deadline"]["reached_at"][:16] for n in counter.notices(case_id) if n["event"] == "clue.warn"]
    assert spoken == ["2026-11-20T09:30", "2026-11-23T06:42"], "the message says when it was due, not when it was sent"
    counter.clock.ahead(days=20)
    counter.sweep()
    assert [n for _, _, n, _ in fired(counter, case_id)] == [1, 2, 3, 4, 5, 6]
    assert breaches(counter) == []


def test_a_clock_that_was_stopped_fires_no_more(counter: Counter):
    case_id = counter.open().case_id
    counter.clock.ahead(days=5)
    counter.step(case_id, "accept", OPERATOR)
    counter.step(case_id, "dispatch", OPERATOR, lead=FIRE)
    counter.sweep()
    assert {clock for _, clock, _, _ in fired(counter, case_id)} <= {"handling"}
    assert clock_row(counter, case_id, "acceptance")["stopped_at"] == counter.now
    assert breaches(counter) == []


def test_two_due_clocks_of_one_case_both_fire(counter: Counter):
    case_id = counter.dispatched()
    task = counter.task(case_id, FIRE)
    assert set(task.clocks) == {"sign_for", "handling", "verification"}
    counter.clock.ahead(days=14)
    done = [counter.sweep_once().clocks for _ in range(40)]
    assert done[-1] == 0
    assert all(many <= 4 for many in done), "one rung a case and batch: the clue, its task, orders of supervision"
    per_clock: dict[str, list[int]] = {}
    for _, clock, n, _ in fired(counter, task.id):
        per_clock.setdefault(clock, []).append(n)
    assert per_clock == {"sign_for": [1, 2, 3], "verification": [1, 2, 3, 4, 5], "handling": [1, 2, 3, 4]}
    task = counter.piece(task.id)
    assert sorted(task.facts["overdue"]) == ["handling", "sign_for", "verification"]
    assert (task.state, task.facts["deemed"]) == ("signed_for", True), "what nobody signs for counts as signed for"
    assert breaches(counter) == []


def test_an_emergency_climbs_by_the_hour_through_the_weekend(counter: Counter):
    counter.clock.jump(datetime(2026, 11, 21, 22, 0, tzinfo=BEIJING))
    case_id = counter.open(matter="XF03").case_id
    assert counter.piece(case_id).emergency
    for minutes in (15, 9, 6, 60, 180):
        counter.clock.ahead(minutes=minutes)
        assert counter.sweep().clocks == 1, f"after {minutes} minutes more"
        assert counter.sweep().clocks == 0
    assert [(deed, n) for deed, _, n, _ in fired(counter, case_id)] == [
        ("warn", 1), ("warn", 2), ("overdue", 3), ("supervise", 4), ("supervise", 5),
    ]  # fmt: skip
    assert counter.piece(case_id).level == 3


def test_what_is_not_supplied_in_time_is_declined_and_told(counter: Counter):
    case_id = counter.open(matter=None).case_id
    counter.step(case_id, "ask_more", OPERATOR, request="请补照片")
    counter.clock.jump(datetime(2026, 11, 25, 23, 59, 58, tzinfo=BEIJING))
    assert list(counter.sweep().deeds) == ["warn"]
    counter.clock.ahead(seconds=1)
    assert list(counter.sweep().deeds) == ["lapse"]
    piece = counter.piece(case_id)
    assert (piece.state, piece.facts["decision"]) == ("declined", counter.pack.words("not_supplied"))
    said = counter.notices(case_id)[-1]
    assert (said["event"], said["said"]["decision"]) == ("clue.lapse", counter.pack.words("not_supplied"))
    assert counter.rows("entry", case_id=case_id)[-1]["actor"] == "system:timekeeper"
    assert breaches(counter) == []


def test_silence_after_two_reminders_closes_and_a_month_later_archives(counter: Counter):
    case_id = counter.confirming()
    for _ in range(8):
        counter.clock.ahead(days=1)
        counter.sweep()
    assert [entry for entry in counter.verbs(case_id) if entry in {"warn", "lapse"}] == ["warn", "warn", "lapse"]
    piece = counter.piece(case_id)
    assert (piece.state, piece.facts["decision"]) == ("closed", counter.pack.words("no_reply"))
    counter.clock.ahead(days=28)
    assert counter.sweep().clocks == 0
    counter.clock.ahead(days=5)
    assert list(counter.sweep().deeds) == ["archive"]
    piece = counter.piece(case_id)
    assert (piece.state, piece.clocks, piece.is_open) == ("archived", {}, False)
    assert piece.closed_at is not None
    assert piece.closed_at < counter.now - timedelta(days=30), "archiving does not close again"
    assert breaches(counter) == []


def test_after_an_outage_the_reporter_is_reminded_before_the_case_is_closed_over_them(counter: Counter):
    case_id = counter.confirming()
    counter.clock.ahead(days=20)
    counter.sweep()
    verbs = [verb for verb in counter.verbs(case_id) if verb in {"warn", "lapse"}]
    assert verbs[0] == "warn"
    assert counter.piece(case_id).facts["contact_tries"] >= 2


def test_a_lapse_the_table_refuses_is_looked_at_again_every_day(counter: Counter):
    """Without reminders there is no second try to reach the reporter, so the case may not be closed."""
    _with_ladder(counter, "confirm")
    case_id = counter.confirming()
    counter.clock.jump(datetime(2026, 11, 27, 23, 59, 59, tzinfo=BEIJING))
    swept = counter.sweep_once()
    assert (swept.clocks, swept.deeds) == (1, {})
    row = clock_row(counter, case_id, "confirm")
    assert row["next_at"] == counter.now + timedelta(days=1)
    assert counter.sweep_once().clocks == 0
    counter.clock.ahead(days=1)
    assert counter.sweep_once().clocks == 1
    assert counter.piece(case_id).state == "confirming"
    assert breaches(counter) == []


def test_a_rung_after_the_end_of_a_lapsing_clock_waits_for_its_time(counter: Counter):
    late = Rung("*", "confirm", "*", "*", "*", 1, "due+1wd", 1, "overdue", "", ("station_head",))
    _with_ladder(counter, "confirm", late)
    case_id = counter.confirming()
    counter.clock.jump(datetime(2026, 11, 28, 0, 0, 0, tzinfo=BEIJING))
    counter.sweep()
    assert fired(counter, case_id) == [], "the clock ran out on Friday night; the rung is Monday's"
    counter.clock.jump(datetime(2026, 12, 1, 0, 0, 0, tzinfo=BEIJING))
    counter.sweep()
    assert [n for _, _, n, _ in fired(counter, case_id)] == [1]
    assert breaches(counter) == []


def _with_ladder(counter: Counter, clock: str, *rungs: Rung) -> None:
    """The office under another version of the pack, in which this clock has just these rungs."""
    quiet = () if rungs else (Rung("*", clock, "*", "*", "*", 1, "due", 0, "quiet", "", ()),)
    ladder = (*(one for one in counter.pack.ladder if one.clock != clock), *rungs, *quiet)
    counter.under(replace(counter.pack, ladder=ladder, version=f"{counter.pack.version}+ladder"))


def test_the_leading_group_is_told_by_its_duty(counter: Counter):
    """Whoever leads the group need not be of a kind called so."""
    group = replace(counter.pack.organisations["JT-SF"], duties=("justice", "leading_group"))
    others = {code: replace(o, duties=()) if code == DISTRICT else o for code, o in counter.pack.organisations.items()}
    counter.under(replace(counter.pack, organisations={**others, "JT-SF": group}, version="another"))
    case_id = counter.open().case_id
    counter.clock.ahead(days=30)
    counter.sweep()
    assert ("clue.escalate", "JT-SF") in told(counter, case_id)


def test_a_running_clock_keeps_the_due_moment_it_was_given(counter: Counter):
    case_id = counter.open(matter=None).case_id
    due = counter.piece(case_id).next_due
    counter.clock.ahead(hours=3)
    counter.step(case_id, "classify", OPERATOR, matter="XF01")
    assert counter.piece(case_id).next_due == due
    row = clock_row(counter, case_id, "acceptance")
    assert (row["limit_code"], row["amount"], row["unit"], row["pack_id"]) == (
        "ST-ACCEPT",
        1,
        "wd",
        counter.office.pack_id,
    )
    assert row["calendar"] == counter.desk.calendar.version


def test_a_limit_into_a_year_without_notice_is_marked_provisional(counter: Counter):
    counter.clock.jump(datetime(2026, 12, 31, 10, 0, tzinfo=BEIJING))
    case_id = counter.open().case_id
    assert clock_row(counter, case_id, "acceptance")["provisional"] is True


def test_a_service_clock_starts_with_office_hours_and_the_given_term_ends_with_its_day(counter: Counter):
    case_id = counter.dispatched()
    task = counter.task(case_id, FIRE)
    who = of_department(FIRE)
    counter.step(task.id, "sign_for", who)
    counter.step(task.id, "verify", who, officers=("甲", "乙"))
    counter.step(task.id, "order", who, text="限期拆除", article="消防法66", complete_by="2026-11-30")
    row = clock_row(counter, task.id, "rectify")
    assert row["due_at"] == datetime(2026, 11, 30, 23, 59, 59, tzinfo=BEIJING)
    assert (row["limit_code"], row["amount"], row["unit"]) == ("given", 10, "d")
    counter.clock.jump(datetime(2026, 11, 21, 23, 0, tzinfo=BEIJING))
    accepted = counter.open(room="9").case_id
    counter.step(accepted, "accept", HEAD)
    row = clock_row(counter, accepted, "dispatch")
    assert row["started_at"] == datetime(2026, 11, 23, 9, 0, tzinfo=BEIJING)
    # four hours of office time, and the pack's lunch break is none
    assert row["due_at"].astimezone(UTC) == datetime(2026, 11, 23, 6, 30, tzinfo=UTC)


@pytest.mark.parametrize("many", [1, 3, 100])
def test_batches_of_any_size_come_to_the_same(counter: Counter, many: int):
    ids = [counter.open(room=str(n)).case_id for n in range(4)]
    counter.step(ids[0], "decline", OPERATOR, reason="不属受理范围")
    counter.clock.ahead(days=40)
    counter.sweep(many)
    assert fired(counter, ids[0]) == []
    assert [[n for _, _, n, _ in fired(counter, case_id)] for case_id in ids[1:]] == [[1, 2, 3, 4, 5, 6]] * 3
    assert breaches(counter) == []
