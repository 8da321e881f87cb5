"""督办: an order is a case of its own, answered by the unit with a reason, closed by its issuer alone; digests."""

from __future__ import annotations

import json
from datetime import datetime, timedelta

import pytest

from cases.errors import Malformed, NotAllowed, StillNeeded
from cases.piece import Piece
from cases.ports import BEIJING
from tests.builders import FIRE, HEAD, OPERATOR, STATION, STREET, an_actor, of_department
from tests.cases.counter import Counter
from tests.cases.invariants import breaches

STREET_SUPERVISOR = an_actor("陈督办", STREET, "supervisor")
DISTRICT_SUPERVISOR = an_actor("周督办", "JT", "supervisor")
UNIT = of_department(FIRE)
REPLY = {"reason": "delay", "text": "人手不足,明日办结"}


def late_task(counter: Counter, *, lead: str = FIRE, **ahead: float) -> Piece:
    """A task a department signed for and left lying."""
    case_id = counter.dispatched(lead=lead)
    task = counter.task(case_id, lead)
    counter.step(task.id, "sign_for", of_department(lead))
    counter.clock.ahead(**ahead)
    counter.sweep()
    return counter.piece(task.id)


def orders(counter: Counter, case_id: str) -> list[Piece]:
    return [child for child in counter.children(case_id) if child.case_type == "supervision"]


def test_what_is_a_working_day_late_is_supervised_by_the_street(counter: Counter):
    task = late_task(counter, days=7)
    (order,) = orders(counter, task.id)
    assert (order.station, order.assignee, order.level, order.holder) == (STREET, FIRE, 2, FIRE)
    assert order.number == f"{task.number}-DB01"
    assert order.facts["clock"] == "verification"
    due = counter.rows("deadline", case_id=order.id, code="reply")[0]["due_at"]
    assert due == datetime(2026, 12, 2, 23, 59, 59, tzinfo=BEIJING), "its own due date"
    told = [(n["event"], n["recipient"]) for n in counter.notices(order.id)]
    assert told == [("supervision.open", FIRE)]
    assert breaches(counter) == []


def test_a_street_that_leads_is_supervised_by_its_district_and_never_by_itself(counter: Counter):
    task = late_task(counter, lead=STREET, days=7)
    (order,) = orders(counter, task.id)
    assert (order.station, order.assignee, order.holder) == ("JT", STREET, STREET)
    with pytest.raises(StillNeeded, match="上级单位"):
        counter.step(task.id, "order_supervision", STREET_SUPERVISOR, requirement="尽快办结")


def test_an_order_never_moves_the_clock_it_is_about(counter: Counter):
    task = late_task(counter, days=7)
    before = counter.rows("deadline", case_id=task.id, code="verification")
    (order,) = orders(counter, task.id)
    counter.step(order.id, "answer_order", UNIT, **REPLY)
    counter.step(order.id, "close_order", STREET_SUPERVISOR, text="同意销号")
    assert counter.rows("deadline", case_id=task.id, code="verification") == before
    assert counter.rows("deadline_change") == []


def test_the_unit_answers_with_a_reason_and_only_the_issuer_closes(counter: Counter):
    (order,) = orders(counter, late_task(counter, days=7).id)
    with pytest.raises(Malformed) as refused:
        counter.step(order.id, "answer_order", UNIT, text="在办")
    assert list(refused.value.fields) == ["reason"]
    counter.step(order.id, "answer_order", UNIT, **REPLY)
    for stranger in (UNIT, DISTRICT_SUPERVISOR):
        with pytest.raises(NotAllowed):
            counter.step(order.id, "close_order", stranger, text="销号")
    counter.step(order.id, "return_answer", STREET_SUPERVISOR, text="说明不清")
    counter.step(order.id, "answer_order", UNIT, **REPLY)
    counter.step(order.id, "close_order", STREET_SUPERVISOR, text="同意销号")
    order = counter.piece(order.id)
    assert (order.state, order.is_open, order.facts["reason"], order.facts["replies"]) == ("closed", False, "delay", 2)
    assert {n["recipient"] for n in counter.notices(order.id) if n["event"] == "supervision.close_order"} == {
        FIRE,
        STREET,
    }
    assert breaches(counter) == []


def test_an_order_nobody_answers_climbs_to_the_district(counter: Counter):
    task = late_task(counter, days=7)
    (order,) = orders(counter, task.id)
    counter.clock.ahead(days=20)
    counter.sweep()
    assert counter.piece(order.id).level == 4
    assert [o.station for o in orders(counter, task.id)].count("JT") >= 1, "the third level is the district's"
    assert orders(counter, order.id) == [], "an order is not supervised itself"
    assert breaches(counter) == []


def test_a_workstation_is_supervised_like_a_department(counter: Counter):
    case_id = counter.open().case_id
    counter.clock.ahead(days=6)
    counter.sweep()
    (order,) = orders(counter, case_id)
    assert (order.station, order.assignee) == (STREET, STATION)
    counter.step(order.id, "answer_order", OPERATOR, **REPLY)
    assert counter.piece(order.id).state == "answered"


def test_nobody_is_supervised_over_a_reporter_who_does_not_answer(counter: Counter):
    case_id = counter.open(matter=None).case_id
    counter.step(case_id, "ask_more", OPERATOR, request="请补照片")
    with pytest.raises(StillNeeded, match="没有可督办的单位"):
        counter.step(case_id, "order_supervision", HEAD, requirement="请补正")


def test_an_order_by_hand_names_its_issuer(counter: Counter):
    task = counter.task(counter.dispatched(lead=FIRE), FIRE)
    counter.step(task.id, "order_supervision", DISTRICT_SUPERVISOR, requirement="群众反映强烈,请当日办结", level=3)
    (order,) = orders(counter, task.id)
    assert (order.station, order.level, order.facts["requirement"]) == ("JT", 3, "群众反映强烈,请当日办结")
    counter.step(order.id, "withdraw", DISTRICT_SUPERVISOR, text="已办结")
    assert counter.piece(order.id).state == "withdrawn"
    assert breaches(counter) == []


def test_a_reminder_by_hand_has_a_clock_and_is_answered(counter: Counter):
    task = counter.task(counter.dispatched(lead=FIRE), FIRE)
    with pytest.raises(StillNeeded, match="没有待答复的催办"):
        counter.step(task.id, "answer_urge", UNIT, text="马上办")
    counter.step(task.id, "urge", OPERATOR, text="请尽快签收")
    assert "urge_reply" in counter.piece(task.id).clocks
    counter.step(task.id, "answer_urge", UNIT, text="马上办")
    assert "urge_reply" not in counter.piece(task.id).clocks
    with pytest.raises(StillNeeded, match="没有待答复的催办"):
        counter.step(task.id, "answer_urge", UNIT, text="马上办")


def test_unsigned_after_the_limit_counts_as_signed_for_and_as_the_units_delay(counter: Counter):
    case_id = counter.dispatched(lead=FIRE)
    task = counter.task(case_id, FIRE)
    assert task.clocks["sign_for"], "it starts with the arrival"
    counter.clock.ahead(days=4)
    counter.sweep()
    task = counter.piece(task.id)
    assert (task.state, task.facts["deemed"], task.facts["overdue"]) == ("signed_for", True, ["sign_for"])
    assert task.level == 1
    assert counter.piece(case_id).state == "signed_for"
    assert {n["recipient"] for n in counter.notices(task.id) if n["event"] == "assignment.deem_signed"} == {
        FIRE,
        STATION,
    }
    assert breaches(counter) == []


def test_a_storm_after_an_outage_reaches_each_holder_as_a_digest(counter: Counter):
    ids = [counter.open(room=str(n)).case_id for n in range(12)]
    counter.deliver()
    counter.clock.ahead(days=4)
    counter.sweep(100)
    digests = [n for n in counter.rows("notice") if n["event"] == "deadline.digest" and n["recipient"] == STATION]
    assert 0 < len(digests) <= 6, "one a batch, not one a case"
    told = [json.loads(n["body"])["data"] for n in digests]
    assert sum(one["count"] for one in told) == sum(len(one["items"]) for one in told)
    overdue = [item["number"] for one in told for item in one["items"] if item["event"] == "clue.overdue"]
    assert sorted(overdue) == sorted(counter.piece(case_id).number for case_id in ids)
    first = told[0]["items"][0]["deadline"]
    assert datetime.fromisoformat(first["reached_at"]) < counter.now - timedelta(days=2), "when it was due"
    assert breaches(counter) == []


def test_a_few_reminders_are_told_one_by_one(counter: Counter):
    for n in range(3):
        counter.open(room=str(n))
    counter.clock.ahead(days=4)
    counter.sweep(100)
    assert not [n for n in counter.rows("notice") if n["event"] == "deadline.digest"]


def test_until_the_task_arrived_the_time_is_the_workstations(counter: Counter):
    """House rule: the clock of the delivery runs on the station, so the department hears of nothing it never got."""
    case_id = counter.accepted()
    counter.step(case_id, "dispatch", OPERATOR, lead=FIRE, reason="消防主办")
    task = counter.task(case_id, FIRE)
    counter.clock.ahead(days=4)
    counter.sweep()
    reminded = {
        n["recipient"] for n in counter.notices(task.id) if n["event"] in {"assignment.warn", "assignment.overdue"}
    }
    assert reminded == {STATION}
    (order,) = orders(counter, task.id)
    assert (order.assignee, order.facts["clock"]) == (STATION, "delivery")
    assert set(counter.piece(task.id).clocks) == {"delivery"}, "signing and handling have not begun"
    assert breaches(counter) == []
