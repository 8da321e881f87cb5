"""退单: who may return, what follows from each ruling, and that no task and no clue is lost on the way."""

from __future__ import annotations

import pytest

from cases.errors import NotFound, NotNow, StillNeeded
from tests.builders import FIRE, HEAD, OPERATOR, URBAN, of_department
from tests.cases.counter import Counter
from tests.cases.invariants import breaches

ASK = {"ground": "超出职权", "article": "消防法第五条", "proposed": "城管局"}


def test_an_upheld_return_puts_the_clue_back_into_the_lane_without_the_department(counter: Counter):
    case_id = counter.dispatched()
    counter.return_upheld(counter.task(case_id, FIRE))
    clue = counter.piece(case_id)
    assert (clue.state, clue.lane, clue.lead, clue.facts["excluded"]) == ("accepted", "route", None, [FIRE])
    assert counter.task(case_id, FIRE).state == "returned"
    assert breaches(counter) == []
    assert counter.route().proposed == [clue.number], "the next best is proposed; a person decides"
    proposal = counter.piece(case_id).facts["proposal"]
    assert proposal["lead"] == URBAN
    with pytest.raises(StillNeeded):
        counter.step(case_id, "dispatch", OPERATOR, lead=FIRE, reason="还是你们办")
    counter.step(case_id, "dispatch", OPERATOR, lead=URBAN)
    assert counter.piece(case_id).facts["route"]["lead"] == URBAN
    assert breaches(counter) == []


def test_the_department_designated_after_a_return_cannot_return_again(counter: Counter):
    case_id = counter.dispatched()
    counter.return_upheld(counter.task(case_id, FIRE))
    counter.step(case_id, "dispatch", OPERATOR, lead=URBAN)
    task = counter.task(case_id, URBAN)
    assert task.facts["final"] is True
    with pytest.raises(StillNeeded, match="不得再退"):
        counter.step(task.id, "ask_return", of_department(URBAN), **ASK)


def test_a_rejected_return_is_final_and_the_work_goes_on(counter: Counter):
    case_id = counter.dispatched()
    task = counter.task(case_id, FIRE)
    due = task.clocks["handling"]
    counter.clock.ahead(hours=2)
    counter.return_asked(task)
    assert counter.piece(case_id).state == "return_ruling"
    counter.step(task.id, "reject_return", HEAD, reason="属消防职责")
    assert (counter.piece(case_id).state, counter.task(case_id, FIRE).state) == ("signed_for", "signed_for")
    assert counter.task(case_id, FIRE).clocks["handling"] == due, "a return pauses no clock"
    with pytest.raises(StillNeeded, match="不得再退"):
        counter.step(task.id, "ask_return", of_department(FIRE), **ASK)
    assert breaches(counter) == []


def test_a_dropped_return_counts_as_the_one_return(counter: Counter):
    case_id = counter.dispatched()
    task = counter.task(case_id, FIRE)
    counter.step(task.id, "ask_return", of_department(FIRE), **ASK)
    assert counter.piece(case_id).state == "return_asked"
    counter.step(task.id, "drop_return", of_department(FIRE))
    assert counter.piece(case_id).state == "signed_for"
    with pytest.raises(StillNeeded, match="不得再退"):
        counter.step(task.id, "ask_return", of_department(FIRE), **ASK)
    assert breaches(counter) == []


def test_a_bare_refusal_is_no_return(counter: Counter):
    task = counter.task(counter.dispatched(), FIRE)
    with pytest.raises(StillNeeded, match="建议的承办部门"):
        counter.step(task.id, "ask_return", of_department(FIRE), **ASK | {"proposed": FIRE})


def test_only_the_station_of_the_clue_rules_on_a_return(counter: Counter):
    task = counter.task(counter.dispatched(), FIRE)
    counter.return_asked(task)
    with pytest.raises(NotFound):
        counter.step(task.id, "uphold_return", of_department(URBAN), reason="同意")
    with pytest.raises(NotNow):
        counter.step(task.id, "sign_for", of_department(FIRE))
    counter.step(task.id, "uphold_return", HEAD, reason="同意")


def test_an_assisting_department_returns_without_moving_the_clue(counter: Counter):
    case_id = counter.dispatched(FIRE, [URBAN])
    counter.return_asked(counter.task(case_id, URBAN))
    assert counter.piece(case_id).state == "dispatched"
    counter.step(counter.task(case_id, URBAN).id, "uphold_return", HEAD, reason="同意")
    assert counter.piece(case_id).state == "dispatched"
    counter.conclude(counter.task(case_id, FIRE))
    assert counter.piece(case_id).state == "handled"
    assert breaches(counter) == []


def test_the_last_return_completes_what_the_others_have_answered(counter: Counter):
    case_id = counter.dispatched(FIRE, [URBAN])
    counter.conclude(counter.task(case_id, FIRE))
    assert counter.piece(case_id).state == "signed_for"
    counter.return_upheld(counter.task(case_id, URBAN))
    clue = counter.piece(case_id)
    assert clue.state == "handled"
    assert [r["org"] for r in clue.facts["results"]] == [FIRE]
    assert breaches(counter) == []


def test_who_assists_already_gets_a_task_as_lead_when_the_lead_returns(counter: Counter):
    """Else nobody would lead, nobody could sign for the clue, and no answer could be collected."""
    case_id = counter.dispatched(FIRE, [URBAN])
    counter.return_upheld(counter.task(case_id, FIRE))
    counter.step(case_id, "dispatch", OPERATOR, lead=URBAN)
    counter.deliver()
    assert [(t.assignee, t.duty, t.is_open) for t in counter.tasks(case_id)] == [
        (FIRE, "lead", False),
        (URBAN, "assist", True),
        (URBAN, "lead", True),
    ]
    assert breaches(counter) == []
    counter.answer_all(case_id)
    assert counter.piece(case_id).state == "handled"


def test_a_department_named_twice_gets_one_task(counter: Counter):
    case_id = counter.dispatched(FIRE, [URBAN, URBAN])
    assert [t.assignee for t in counter.tasks(case_id)] == [FIRE, URBAN]


def test_who_still_works_on_the_clue_is_not_asked_twice(counter: Counter):
    case_id = counter.dispatched(FIRE, [URBAN])
    counter.return_upheld(counter.task(case_id, FIRE))
    counter.step(case_id, "dispatch", OPERATOR, lead="JT-SJ", assists=(URBAN,), reason="协调确定")
    assert [(t.assignee, t.duty) for t in counter.tasks(case_id) if t.is_open] == [(URBAN, "assist"), ("JT-SJ", "lead")]
    assert breaches(counter) == []
