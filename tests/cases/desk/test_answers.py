"""From the departments' results to the reporter's word: feedback, confirmation, dissatisfaction, rework, closing."""

from __future__ import annotations

import pytest

from cases.errors import NotAllowed, NotFound, NotNow, StillNeeded
from tests.builders import (
    FIRE,
    HEAD,
    MARKET,
    OPERATOR,
    POLICE,
    REPORTER,
    STATION,
    URBAN,
    an_actor,
    by_code,
    of_department,
)
from tests.cases.counter import Counter
from tests.cases.invariants import breaches

COLLEAGUE = an_actor("赵受理", STATION, "operator")


def dissatisfied(counter: Counter) -> str:
    case_id = counter.confirming()
    counter.step(case_id, "not_solved", REPORTER, reason="线还在")
    return case_id


def test_the_answer_is_made_of_what_the_departments_reported(counter: Counter):
    case_id = counter.dispatched(FIRE, [URBAN])
    counter.conclude(counter.task(case_id, FIRE), "已责令拆除")
    counter.conclude(counter.task(case_id, URBAN), "已清理")
    counter.step(case_id, "feed_back", OPERATOR)
    answer = counter.piece(case_id).facts["answer"]
    assert "已责令拆除" in answer
    assert "已清理" in answer
    assert counter.notices(case_id)[-1]["said"]["answer"] == answer


def test_the_results_stand_in_the_order_of_the_tasks_whoever_answered_first(counter: Counter):
    case_id = counter.dispatched(FIRE, [URBAN, MARKET, POLICE])
    for org in (POLICE, MARKET, URBAN, FIRE):
        counter.conclude(counter.task(case_id, org))
    results = counter.piece(case_id).facts["results"]
    assert [result["org"] for result in results] == [FIRE, URBAN, MARKET, POLICE]


def test_the_arrival_of_the_answer_asks_for_confirmation(counter: Counter):
    case_id = counter.handled()
    counter.step(case_id, "feed_back", OPERATOR)
    assert list(counter.piece(case_id).clocks) == ["feedback"]
    counter.clock.ahead(hours=5)
    counter.deliver()
    piece = counter.piece(case_id)
    assert (piece.state, list(piece.clocks), piece.holder) == ("confirming", ["confirm"], "JT-WY01")
    assert counter.rows("entry", case_id=case_id)[-1]["actor"] == "system:courier"
    assert breaches(counter) == []


def test_who_confirms_before_the_acknowledgement_comes_back_is_heard(counter: Counter):
    case_id = counter.handled()
    counter.deliver()
    counter.step(case_id, "feed_back", OPERATOR)
    claimed = counter.claim()
    counter.step(case_id, "confirm", REPORTER, satisfied=4, words="很快")
    assert counter.settle(claimed) == len(claimed)
    piece = counter.piece(case_id)
    assert (piece.state, piece.facts["satisfied"]) == ("closed", 4)
    assert breaches(counter) == []


def test_only_the_reporter_of_this_very_report_says_whether_it_is_solved(counter: Counter):
    case_id = counter.confirming()
    for actor in (OPERATOR, HEAD):
        with pytest.raises(NotAllowed):
            counter.step(case_id, "confirm", actor)
    for actor in (of_department(FIRE), an_actor("邻居", "JT-WY04", "reporter"), by_code("another")):
        with pytest.raises(NotFound):
            counter.step(case_id, "not_solved", actor, reason="x")
    assert counter.step(case_id, "confirm", by_code(case_id)).state == "closed"


def test_somebody_else_than_who_answered_closes_with_an_explanation(counter: Counter):
    case_id = dissatisfied(counter)
    assert counter.piece(case_id).facts["fed_back_by"] == OPERATOR.id
    with pytest.raises(StillNeeded, match="第二人"):
        counter.step(case_id, "explain", OPERATOR, explanation="依法不予处罚")
    assert counter.step(case_id, "explain", COLLEAGUE, explanation="依法不予处罚").state == "closed"
    said = counter.notices(case_id)[-1]["said"]
    assert "依法不予处罚" in str(said), "the reporter reads the explanation"
    assert breaches(counter) == []


def test_a_rework_opens_a_new_round_with_new_tasks(counter: Counter):
    case_id = dissatisfied(counter)
    first = counter.task(case_id, FIRE)
    counter.step(case_id, "rework", OPERATOR, reason="线还在")
    clue = counter.piece(case_id)
    assert (clue.state, clue.facts["rework"], clue.lane, list(clue.clocks)) == ("reopened", 1, "route", ["redo"])
    assert counter.route().counts()[FIRE] == 1
    tasks = [task for task in counter.tasks(case_id) if task.assignee == FIRE]
    assert [(t.id == first.id, t.is_open, t.facts.get("round", 0)) for t in tasks] == [
        (True, False, 0),
        (False, True, 1),
    ]
    counter.deliver()
    counter.answer_all(case_id)
    clue = counter.piece(case_id)
    assert clue.state == "handled"
    assert "已处理" in {r["text"] for r in clue.facts["results"]}
    assert len([r for r in clue.facts["results"] if r["org"] == FIRE]) == 1, "the old round's results are history"
    counter.step(case_id, "feed_back", OPERATOR)
    assert counter.piece(case_id).facts["contact_tries"] == 1, "the count of contacts begins anew"
    assert breaches(counter) == []


def test_after_two_reworks_it_goes_upwards(counter: Counter):
    case_id = counter.handled()
    for _ in range(2):
        counter.step(case_id, "send_back", OPERATOR, reason="照片对不上")
        counter.step(case_id, "dispatch", OPERATOR, lead=FIRE)
        counter.answer_all(case_id)
    assert counter.piece(case_id).state == "handled"
    with pytest.raises(StillNeeded, match="上级督办"):
        counter.step(case_id, "send_back", OPERATOR, reason="还是不对")
    assert breaches(counter) == []


def test_a_closed_report_is_reopened_by_its_reporter(counter: Counter):
    case_id = counter.confirming()
    counter.step(case_id, "confirm", REPORTER)
    assert list(counter.piece(case_id).clocks) == ["archive"]
    counter.step(case_id, "reopen", REPORTER, reason="又拉线了")
    piece = counter.piece(case_id)
    assert (piece.state, piece.closed_at, piece.facts.get("satisfied")) == ("reopened", None, None)
    assert breaches(counter) == []


def test_a_head_closes_only_after_two_tries_to_reach_the_reporter(counter: Counter):
    case_id = counter.confirming()
    with pytest.raises(StillNeeded, match="两次联系"):
        counter.step(case_id, "close", HEAD)
    counter.clock.ahead(days=6)
    counter.sweep_once()
    assert counter.piece(case_id).facts["contact_tries"] == 2
    with pytest.raises(StillNeeded, match="答复时间"):
        counter.step(case_id, "close", HEAD)
    counter.clock.ahead(days=1)
    assert counter.step(case_id, "close", HEAD).state == "closed"


@pytest.mark.parametrize(
    ("verb", "form", "expected"),
    [
        ("decline", {"reason": "属合同纠纷", "channel": "法院诉讼"}, ("属合同纠纷", "法院诉讼")),
        ("redirect", {"channel": "110", "phone": "110", "reason": "属警情"}, ("属警情", "110")),
    ],
)
def test_a_refusal_tells_the_reason_and_the_other_way(
    counter: Counter, verb: str, form: dict[str, str], expected: tuple[str, ...]
):
    case_id = counter.open().case_id
    counter.step(case_id, verb, OPERATOR, **form)
    said = str(counter.notices(case_id)[-1]["said"])
    assert all(words in said for words in expected)


def test_an_objection_brings_a_declined_report_back(counter: Counter):
    case_id = counter.open().case_id
    counter.step(case_id, "decline", OPERATOR, reason="不属受理范围")
    with pytest.raises(NotNow):
        counter.step(case_id, "accept", OPERATOR)
    counter.step(case_id, "object", REPORTER, reason="属于消防")
    piece = counter.piece(case_id)
    assert (piece.state, piece.is_open, piece.facts["flags"]) == ("reported", True, ["objected"])
    assert list(piece.clocks) == ["acceptance"]
    assert breaches(counter) == []


def test_what_the_police_did_is_told_to_nobody_in_other_words(counter: Counter):
    case_id = counter.dispatched(POLICE, matter="GA07", dissuasion=None)
    task = counter.task(case_id, POLICE)
    assert (counter.piece(case_id).sealed, task.sealed) == (True, True)
    canary = "拘留五日"
    who = of_department(POLICE)
    counter.step(task.id, "sign_for", who)
    counter.step(task.id, "verify", who, officers=("甲", "乙"))
    counter.step(task.id, "order", who, text=canary, article="治安管理处罚法", complete_by="2026-11-25")
    counter.clock.ahead(days=40)
    counter.sweep()
    counter.step(task.id, "recheck", who, text=canary, done=True)
    counter.step(task.id, "report_result", who, measure=canary, text=canary)
    with pytest.raises(StillNeeded, match="封存"):
        counter.step(case_id, "feed_back", OPERATOR, text=canary)
    counter.step(case_id, "feed_back", OPERATOR)
    sealed = counter.pack.words("sealed")
    assert counter.piece(case_id).facts["results"][0]["text"] == sealed
    assert counter.piece(case_id).facts["answer"] == sealed
    everything = [*counter.rows("notice", case_id=case_id), *counter.rows("notice", case_id=task.id)]
    assert everything
    for notice in everything:
        said = notice["body"].decode()
        assert canary not in said
        if notice["recipient"] != POLICE:
            assert not {"ordered", "recheck", "2026-11-25"} & set(said.replace('"', " ").replace("T", " ").split())
    assert breaches(counter) == []
