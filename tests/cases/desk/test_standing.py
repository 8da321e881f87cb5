"""停表、延期、改用新包: what moves a clock is a row of its own, nothing elapsed is lost, the maxima hold."""

from __future__ import annotations

import json
from datetime import datetime, timedelta
from typing import Any

import pytest

from cases.desk.desk import Order
from cases.errors import NotNow, Refusal, StillNeeded
from cases.piece import Piece
from cases.ports import BEIJING
from tests.builders import FIRE, FRIDAY, HEAD, OPERATOR, REPORTER, an_actor, of_department
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


def test_a_stand_moves_the_end_by_what_it_lasted_and_the_clue_stands_with_it(counter: Counter, task: Piece):
    before = clock(counter, task.id, "handling")["due_at"]
    assert before == datetime(2026, 11, 27, 23, 59, 59, tzinfo=BEIJING)
    counter.clock.jump(datetime(2026, 11, 23, 10, 0, tzinfo=BEIJING))
    counter.step(task.id, "pause_clock", HEAD, **STAND)
    assert counter.piece(task.id).clocks["handling"] == ""
    assert counter.piece(task.parent_id or "").clocks["handling"] == "", "the report's own clock stands too"
    counter.clock.jump(datetime(2026, 11, 25, 10, 0, tzinfo=BEIJING))
    counter.step(task.id, "resume_clock", HEAD, clock="handling")
    assert clock(counter, task.id, "handling")["due_at"] == before + timedelta(days=4), "two working days, a weekend"
    assert changes(counter, task.id) == [("pause", "appraisal"), ("resume", "")]
    assert counter.piece(task.parent_id or "").clocks["handling"] == counter.piece(task.id).clocks["handling"]
    assert breaches(counter) == []


def test_a_stand_ends_by_itself_when_it_was_to_end_also_after_an_outage(counter: Counter, task: Piece):
    until = datetime(2026, 11, 24, 9, 0, tzinfo=BEIJING)
    counter.clock.jump(datetime(2026, 11, 23, 9, 0, tzinfo=BEIJING))
    counter.step(task.id, "pause_clock", HEAD, **STAND, until=until)
    counter.clock.ahead(days=3)
    counter.sweep()
    row = clock(counter, task.id, "handling")
    assert row["stands_since"] is None
    assert row["stood"] == '[["2026-11-23T01:00:00+00:00", "2026-11-24T01:00:00+00:00", "鉴定、检测、检验"]]'
    assert row["due_at"] == datetime(2026, 11, 30, 23, 59, 59, tzinfo=BEIJING)
    assert breaches(counter) == []


def test_no_rung_fires_while_the_clock_stands_and_none_is_lost_after(counter: Counter, task: Piece):
    counter.clock.jump(datetime(2026, 11, 23, 9, 0, tzinfo=BEIJING))
    counter.step(task.id, "pause_clock", HEAD, **STAND)
    counter.clock.ahead(days=20)
    counter.sweep()
    assert "handling" not in counter.piece(task.id).facts.get("overdue", [])
    counter.step(task.id, "resume_clock", HEAD, clock="handling")
    counter.clock.ahead(days=20)
    counter.sweep()
    assert "handling" in counter.piece(task.id).facts["overdue"]
    assert breaches(counter) == []


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({"ground": "return"}, "不因这一事由停表"),
        ({"ground": "holiday"}, "不因这一事由停表"),
        ({"until": datetime(2027, 6, 1, tzinfo=BEIJING)}, "最长到"),
        ({"until": FRIDAY - timedelta(days=1)}, "须在现在之后"),
        ({"clock": "verification"}, "不因这一事由停表"),
        ({"clock": "rectify"}, "正在运行"),
    ],
)
def test_a_stand_without_ground_or_end_is_refused_and_leaves_nothing(
    counter: Counter, task: Piece, changed: dict[str, Any], said: str
):
    with pytest.raises(Refusal) as refused:
        counter.step(task.id, "pause_clock", HEAD, **(STAND | changed))
    assert said in refused.value.sentence or "部门负责人" in refused.value.sentence
    assert counter.rows("deadline_change") == []
    assert counter.piece(task.id).version == task.version


def test_a_clock_past_its_end_cannot_stand_any_more(counter: Counter, task: Piece):
    counter.clock.jump(datetime(2026, 11, 30, 9, 0, tzinfo=BEIJING))
    with pytest.raises(StillNeeded, match="已经届满"):
        counter.step(task.id, "pause_clock", HEAD, **STAND)


def test_waiting_for_the_reporter_does_not_use_up_the_time_to_accept(counter: Counter):
    case_id = counter.open(matter=None).case_id
    counter.clock.jump(datetime(2026, 11, 20, 15, 0, tzinfo=BEIJING))
    counter.step(case_id, "ask_more", OPERATOR, request="请补照片")
    assert set(counter.piece(case_id).clocks.items()) >= {("acceptance", "")}
    counter.clock.jump(datetime(2026, 11, 24, 15, 0, tzinfo=BEIJING))
    counter.step(case_id, "supplement", REPORTER, matter="XF01")
    row = clock(counter, case_id, "acceptance")
    assert row["due_at"] == datetime(2026, 11, 25, 23, 59, 59, tzinfo=BEIJING)
    assert row["started_at"] == FRIDAY, "the same clock goes on"
    assert breaches(counter) == []


def at(day: int, hour: int, minute: int = 0) -> datetime:
    return datetime(2026, 11, day, hour, minute, tzinfo=BEIJING)


def stood(counter: Counter, case_id: str, code: str) -> list[tuple[datetime, datetime]]:
    """The stands that are over."""
    rows = json.loads(clock(counter, case_id, code)["stood"])
    return [(datetime.fromisoformat(begins), datetime.fromisoformat(ends)) for begins, ends, _ in rows]


def test_nobody_lets_a_clock_go_on_that_waits_for_the_reporter(counter: Counter):
    case_id = counter.open(matter=None).case_id
    counter.step(case_id, "ask_more", OPERATOR, request="请补照片")
    before = counter.rows("deadline", case_id=case_id)
    with pytest.raises(NotNow, match="离开该环节时自动恢复"):
        counter.step(case_id, "resume_clock", HEAD, clock="acceptance")
    assert counter.rows("deadline", case_id=case_id) == before


@pytest.fixture
def doubly(counter: Counter) -> str:
    """A report whose clock stands by the head's word until Tuesday at ten, and then also waits for the reporter."""
    case_id = counter.open(matter=None).case_id
    counter.clock.jump(at(20, 10))
    counter.step(case_id, "pause_clock", HEAD, **(STAND | {"clock": "acceptance"}), until=at(24, 10))
    counter.clock.jump(at(20, 11))
    counter.step(case_id, "ask_more", OPERATOR, request="请补照片")
    return case_id


def test_a_stand_by_somebodys_word_outlasts_the_wait_for_the_reporter(counter: Counter, doubly: str):
    counter.clock.jump(at(23, 9))
    counter.step(doubly, "supplement", REPORTER, matter="XF01")
    assert counter.piece(doubly).clocks["acceptance"] == ""
    counter.clock.jump(at(25, 9))
    counter.sweep()
    assert stood(counter, doubly, "acceptance") == [(at(20, 10), at(24, 10))]
    assert breaches(counter) == []


def test_a_clock_that_waits_for_the_reporter_does_not_go_on_because_another_reason_is_gone(
    counter: Counter, doubly: str
):
    counter.clock.jump(at(24, 11))
    counter.sweep()
    row = clock(counter, doubly, "acceptance")
    assert (row["stands_since"], row["stands_until"], row["ground"]) == (at(20, 10), None, "supplement")
    counter.clock.jump(at(25, 9))
    counter.step(doubly, "supplement", REPORTER, matter="XF01")
    assert stood(counter, doubly, "acceptance") == [(at(20, 10), at(25, 9))]
    assert breaches(counter) == []


def test_a_stand_ends_when_it_was_to_end_also_if_somebody_says_so_late(counter: Counter, task: Piece):
    counter.clock.jump(at(23, 9))
    counter.step(task.id, "pause_clock", HEAD, **STAND, until=at(24, 9))
    counter.clock.jump(at(26, 9))
    counter.step(task.id, "resume_clock", HEAD, clock="handling")
    assert stood(counter, task.id, "handling") == [(at(23, 9), at(24, 9))]


def test_a_stand_of_the_reports_own_does_not_end_with_its_tasks(counter: Counter, task: Piece):
    clue = task.parent_id or ""
    counter.clock.jump(at(23, 9))
    counter.step(clue, "pause_clock", HEAD, **STAND, until=at(30, 9))
    counter.clock.jump(at(23, 10))
    counter.step(task.id, "pause_clock", HEAD, **STAND, until=at(30, 9))
    counter.clock.jump(at(24, 10))
    counter.step(task.id, "resume_clock", HEAD, clock="handling")
    assert stood(counter, task.id, "handling") == [(at(23, 10), at(24, 10))]
    assert clock(counter, clue, "handling")["stands_since"] == at(23, 9)
    counter.clock.jump(at(30, 10))
    counter.sweep()
    assert stood(counter, clue, "handling") == [(at(23, 9), at(30, 9))]
    assert breaches(counter) == []


def test_a_clock_that_stands_on_its_last_day_does_not_run_out_meanwhile(counter: Counter, task: Piece):
    counter.clock.jump(at(27, 9))
    counter.step(task.id, "pause_clock", HEAD, **STAND, until=at(30, 9))
    counter.clock.jump(at(30, 10))
    counter.sweep()
    assert clock(counter, task.id, "handling")["due_at"] == at(30, 23, 59) + timedelta(seconds=59)
    assert "handling" not in counter.piece(task.id).facts.get("overdue", [])
    assert breaches(counter) == []


def test_a_clock_that_is_changed_and_stopped_in_one_batch_keeps_the_change(counter: Counter):
    case_id = counter.open(matter=None).case_id
    counter.batch([Order(case_id, "classify", {"matter": "XF03"}), Order(case_id, "accept", {})], OPERATOR)
    assert counter.piece(case_id).state == "accepted"
    row = clock(counter, case_id, "acceptance")
    assert (row["limit_code"], row["stopped_at"]) == ("ST-ACCEPT-E", counter.now)
    (change,) = counter.rows("deadline_change", case_id=case_id)
    assert change["due_after"] == row["due_at"]


def test_an_extension_is_asked_with_its_reason_and_granted_by_another(counter: Counter, task: Piece):
    before = clock(counter, task.id, "handling")["due_at"]
    ask = {"clock": "handling", "amount": 3, "reason": "须等待检测报告"}
    counter.step(task.id, "ask_extension", OFFICER, **ask)
    assert counter.piece(task.id).state == "extension_asked"
    with pytest.raises(StillNeeded, match="工作站站长"):
        counter.step(task.id, "grant_extension", an_actor("丙", FIRE, "dept_head"), **ask)
    with pytest.raises(StillNeeded, match="申请的时限"):
        counter.step(task.id, "grant_extension", HEAD, **(ask | {"amount": 4}))
    counter.step(task.id, "grant_extension", HEAD, **ask)
    row = clock(counter, task.id, "handling")
    assert row["due_at"] == before + timedelta(days=5), "three working days and a weekend"
    assert (row["extra"], row["extensions"]) == (3, 1)
    clue = counter.piece(task.parent_id or "")
    assert clue.clocks["handling"] == counter.piece(task.id).clocks["handling"]
    told = [n["said"] for n in counter.notices(clue.id) if n["event"] == "clue.extend_clock"]
    assert [one["delay"] for one in told] == ["须等待检测报告"], "the reporter is told why it takes longer"
    with pytest.raises(StillNeeded, match="最多延长1次"):
        counter.step(task.id, "ask_extension", OFFICER, **ask)
    assert breaches(counter) == []


@pytest.mark.parametrize(
    ("ask", "said"),
    [
        ({"clock": "handling", "amount": 6}, "一次最多延长5个工作日"),
        ({"clock": "verification", "amount": 1}, "不得延长"),
        ({"clock": "sign_for", "amount": 1}, "正在运行"),
    ],
)
def test_an_extension_past_the_maximum_is_refused(counter: Counter, task: Piece, ask: dict[str, Any], said: str):
    with pytest.raises(StillNeeded, match=said):
        counter.step(task.id, "ask_extension", OFFICER, reason="来不及", **ask)


def test_an_extension_is_asked_before_the_end(counter: Counter, task: Piece):
    counter.clock.jump(datetime(2026, 11, 28, 9, 0, tzinfo=BEIJING))
    with pytest.raises(StillNeeded, match="届满前"):
        counter.step(task.id, "ask_extension", OFFICER, clock="handling", amount=1, reason="来不及")
