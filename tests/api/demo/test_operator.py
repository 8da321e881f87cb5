"""The scripted operator: what it accepts, asks, joins, turns away, dispatches, rules on and feeds back."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest

from api.demo.operator import really_competent
from api.demo.script import Screen
from cases.grammar import Actor
from cases.packs.schema import Pack
from tests.api.demo.stage import SCRIPT, Stage
from tests.api.world import World
from tests.builders import FIRE, POLICE, STREET, URBAN, of_department
from tests.cases.desk.test_importing import a_report


@pytest.fixture
def stage(world: World) -> Stage:
    return Stage(world)


def test_a_complete_report_is_accepted(stage: Stage):
    line = stage.bring("1")
    assert stage.operator.work() == 1
    assert (line.outcome, stage.state(line)) == ("accepted", "accepted")


def test_what_is_missing_is_asked_in_the_words_of_the_refusal_and_only_once(stage: Stage):
    line = stage.bring("1", dissuasion=None)
    stage.operator.work()
    assert (line.outcome, stage.state(line)) == ("needs_more", "incomplete")
    assert "劝阻记录" in line.reason
    assert stage.facts(line)["asked_more"] == line.reason
    assert stage.operator.work() == 0


@pytest.mark.parametrize("text", ["", "😡😡物业!!懂的都懂"])
def test_a_report_that_says_nothing_is_asked_what_happened(stage: Stage, text: str):
    line = stage.bring("1", matter_code=None, description=text)
    stage.operator.work()
    assert (line.outcome, stage.state(line)) == ("needs_more", "incomplete")


def test_without_a_matter_the_top_suggestion_is_taken(stage: Stage):
    line = stage.bring("1", matter_code=None, description="三楼有人从窗户拉电线下来给电动车充电,飞线充电")
    stage.operator.work()
    assert line.outcome == "accepted"
    assert stage.world.counter.piece(line.case_id).matter == "XF01"


def test_the_same_place_matter_and_day_join_the_accepted_report(stage: Stage):
    base = a_report("1")
    first, second, other_room, other_day = stage.bring_all(
        base,
        replace(base, external_id="2", building="6栋", description="又在充电"),
        replace(base, external_id="3", room="303"),
        replace(base, external_id="4", found_at=base.found_at.replace(day=18)),
    )
    stage.operator.work()
    assert [line.outcome for line in (first, second, other_room, other_day)] == [
        "accepted",
        "merged",
        "accepted",
        "accepted",
    ]
    assert first.receipt in second.reason
    assert stage.world.counter.piece(second.case_id).parent_id == first.case_id


def test_reports_that_name_no_spot_do_not_join(stage: Stage):
    lines = [stage.bring(str(n), building="", room="") for n in range(2)]
    stage.operator.work()
    assert [line.outcome for line in lines] == ["accepted", "accepted"]


@pytest.mark.parametrize(("decision", "outcome"), [("redirect", "redirected"), ("decline", "declined")])
def test_what_is_for_others_is_turned_away_with_its_reason(world: World, decision: str, outcome: str):
    screen = Screen(re.compile("公交"), decision, "交通热线", "12328", "不属于小区事项")  # type: ignore[arg-type]
    stage = Stage(world, replace(SCRIPT, screening=(screen,)))
    line = stage.bring("1", matter_code=None, description="八路公交车司机拒绝停车还骂人请你们管一管")
    stage.operator.work()
    assert (line.outcome, stage.state(line)) == (outcome, outcome)
    assert "不属于小区事项" in line.reason


def test_a_named_matter_is_not_screened_away(world: World):
    screen = Screen(re.compile("充电"), "redirect", "热线", "1", "不属于小区事项")
    stage = Stage(world, replace(SCRIPT, screening=(screen,)))
    line = stage.bring("1")
    stage.operator.work()
    assert line.outcome == "accepted"


def test_results_are_fed_back_and_heard_of_once(stage: Stage):
    line = stage.bring("1")
    stage.answered(line)
    assert stage.facts(line)["answer"]
    assert stage.operator.answered() == [line.case_id]
    assert stage.operator.answered() == []


def test_what_the_router_hands_over_goes_to_the_street(stage: Stage):
    line = stage.bring("1")
    stage.operator.work()
    router = Actor("system:router", "系统", None, frozenset({"router"}))
    stage.world.counter.step(line.case_id, "hand_over", router, reason="没有主办单位")
    stage.operator.work()
    assert stage.world.counter.piece(line.case_id).lead == STREET
    assert "没有主办单位" in stage.facts(line)["route"]["reason"]


def asked_to_return(stage: Stage, proposed: str) -> str:
    """The fire brigade says that a report of XF01 is not theirs; the operator rules; answers the task's state."""
    line = stage.bring("1")
    stage.operator.work()
    counter = stage.world.counter
    counter.route()
    counter.deliver()
    task, who = counter.task(line.case_id, FIRE), of_department(FIRE)
    counter.step(task.id, "ask_return", who, ground="超出职权", article="第十七条", proposed=proposed)
    counter.step(task.id, "submit_return", who)
    stage.operator.work()
    return counter.piece(task.id).state


@pytest.mark.parametrize("proposed", [POLICE, URBAN, "没有的单位"])
def test_a_return_against_the_catalogue_is_rejected(stage: Stage, proposed: str):
    assert asked_to_return(stage, proposed) == "signed_for"


def a_returned(matter: str, assignee: str) -> dict[str, object]:
    return {
        "matter": {"code": matter},
        "community": {"code": "JT-C01"},
        "assignee": assignee,
        "found_on": "2026-11-20",
    }


def test_who_is_really_competent(world: World):
    pack: Pack = world.office.pack
    designated = really_competent(pack, a_returned("CG01", URBAN), "JT-GH")
    assert designated[0], designated
    assert not really_competent(pack, a_returned("CG01", URBAN), POLICE)[0]
    assert not really_competent(pack, a_returned("XF01", FIRE), URBAN)[0]
    assert really_competent(pack, a_returned("XF01", POLICE), FIRE)[0]
    assert not really_competent(pack, a_returned("XX99", FIRE), URBAN)[0]


def test_an_upheld_return_is_dispatched_to_the_next_by_the_proposal(stage: Stage):
    line = stage.bring("1", matter_code="CG01", description="搭建阳光房")
    stage.operator.work()
    counter = stage.world.counter
    counter.route()
    counter.deliver()
    task, who = counter.task(line.case_id, URBAN), of_department(URBAN)
    counter.step(task.id, "ask_return", who, ground="超出职权", article="第十七条", proposed="JT-GH")
    counter.step(task.id, "submit_return", who)
    stage.operator.work()
    assert counter.piece(task.id).state == "returned"
    counter.route()
    stage.operator.work()
    assert counter.piece(line.case_id).lead == "JT-GH"


def test_not_solved_is_done_again_twice_and_then_explained_by_the_head(stage: Stage):
    line = stage.bring("1")
    counter = stage.world.counter
    stage.answered(line)
    for _ in range(2):
        stage.reporters._public.public_step(stage.reporters._ticket(line), "not_solved", {"reason": "还在"})  # pyright: ignore[reportPrivateUsage]
        assert stage.state(line) == "dissatisfied"
        stage.operator.work()
        assert stage.state(line) == "reopened"
        counter.route()
        counter.deliver()
        counter.answer_all(line.case_id)
        stage.operator.work()
        counter.deliver()
    stage.reporters._public.public_step(stage.reporters._ticket(line), "not_solved", {"reason": "还在"})  # pyright: ignore[reportPrivateUsage]
    stage.operator.work()
    assert stage.state(line) == "closed"


def test_what_could_not_be_moved_is_not_tried_for_ever(stage: Stage):
    line = stage.bring("1")
    stage.operator.work()
    router = Actor("system:router", "系统", None, frozenset({"router"}))
    stage.world.counter.step(line.case_id, "hand_over", router, reason="没有主办单位")
    first = stage.operator.work()
    assert first == 1
    assert stage.operator.work() == 0
