"""From a report to its archive: how an ordinary week at the workstation goes."""

from __future__ import annotations

from typing import Any

from cases.machines.roles import COURIER, inside
from tests.api.world import World
from tests.builders import FIRE, STATION, URBAN
from tests.people import LI, MA, WANG, ZHANG, ZHAO, ZHOU
from tests.stories.telling import refusal_says


def test_wires_from_a_window_are_reported_dealt_with_and_answered(world: World) -> None:
    """物业劝阻无效后报告飞线充电,工作站受理,消防主办,结果反馈物业,物业确认,期满归档。"""
    case = world.report()
    assert case["state"] == "reported"
    accepted = world.step(WANG, case["id"], "accept", version=f'"{case["version"]}"')
    assert accepted.json()["case"]["state"] == "accepted"

    assert world.counter.route().dispatched == {FIRE: [case["number"]]}
    world.counter.deliver()
    for task in world.counter.tasks(case["id"]):
        handle(world, task.id, task.assignee)
    handled = world.get(WANG, f"/cases/{case['id']}").json()
    assert handled["state"] == "handled"
    assert {child["state"] for child in handled["children"]} == {"concluded"}

    assert world.step(WANG, case["id"], "feed_back").status_code == 200
    world.counter.deliver()
    seen = world.get(MA, f"/cases/{case['id']}").json()
    assert "已拆除" in seen["facts"]["answer"]
    assert [a["verb"] for a in seen["actions"]] == ["confirm", "not_solved"]
    assert world.step(MA, case["id"], "confirm", {"satisfied": 5}).json()["case"]["state"] == "closed"

    world.clock.ahead(days=40)
    world.counter.sweep()
    assert world.counter.piece(case["id"]).state == "archived"
    assert world.counter.whole()


def test_a_department_says_not_ours_and_the_right_one_gets_it(world: World) -> None:
    """退单须写明事由、法条和建议部门;站长同意后重新派遣,原部门不再参与,时限不停。"""
    case_id = world.accepted()
    world.counter.route()
    world.counter.deliver()
    task = world.task_of(case_id, FIRE)
    bare = world.step(ZHANG, task.id, "ask_return", {"ground": "不属管辖", "article": "", "proposed": ""})
    assert bare.status_code == 422
    asked = {"ground": "不属管辖", "article": "某条例第三条", "proposed": URBAN}
    assert world.step(ZHANG, task.id, "ask_return", asked).status_code == 200
    assert world.counter.piece(case_id).state == "return_asked"
    assert world.step(ZHAO, task.id, "submit_return", {"opinion": "同意"}).status_code == 200
    ruled = world.step(LI, task.id, "uphold_return", {"reason": "理由成立"})
    assert ruled.json()["case"]["state"] == "returned"
    clue = world.counter.piece(case_id)
    assert (clue.state, clue.lane, clue.facts["excluded"]) == ("accepted", "route", [FIRE])

    world.counter.route()
    again = world.get(WANG, f"/cases/{case_id}").json()
    proposed = again["facts"].get("proposal") or again["facts"]["route"]
    assert proposed["lead"] != FIRE
    if again["state"] == "accepted":
        dispatch = {"lead": proposed["lead"], "assists": proposed["assists"], "reason": "退单裁定后指定"}
        assert world.step(WANG, case_id, "dispatch", dispatch).status_code == 200
    world.counter.deliver()
    final = world.task_of(case_id, proposed["lead"])
    assert final.duty in {"lead", "assist"}


def test_a_reporter_who_is_not_satisfied_is_heard_again(world: World) -> None:
    """报告人反映未解决,工作站重办一次,第二次结果得到确认。"""
    case_id = to_the_reporter(world)
    not_solved = world.step(MA, case_id, "not_solved", {"reason": "线还在"})
    assert not_solved.json()["case"]["state"] == "dissatisfied"
    assert world.step(WANG, case_id, "rework", {"reason": "复核属实"}).json()["case"]["state"] == "reopened"
    world.counter.route()
    world.counter.deliver()
    for task in world.counter.tasks(case_id):
        if task.is_open:
            handle(world, task.id, task.assignee)
    assert world.step(WANG, case_id, "feed_back").status_code == 200
    world.counter.deliver()
    assert world.step(MA, case_id, "confirm").json()["case"]["state"] == "closed"
    assert world.counter.piece(case_id).facts["rework"] == 1


def test_a_lawful_outcome_is_explained_by_a_second_person(world: World) -> None:
    """结果合法但报告人另有期望的,由反馈人以外的第二人说明后结案。"""
    case_id = to_the_reporter(world)
    world.step(MA, case_id, "not_solved", {"reason": "希望罚款"})
    same = world.step(WANG, case_id, "explain", {"explanation": "已依法处理"})
    refusal_says(same, "第二人")
    assert world.step(LI, case_id, "explain", {"explanation": "已依法处理"}).json()["case"]["state"] == "closed"


def test_silence_is_reminded_then_closed_and_a_reopened_case_starts_anew(world: World) -> None:
    """报告人未回复,两次联系后期满结案;三十日内有新情况可重新打开。"""
    case_id = to_the_reporter(world)
    world.clock.ahead(days=15)
    world.counter.sweep()
    assert world.counter.piece(case_id).state == "confirming", "the reminder has only just gone out"
    world.clock.ahead(days=2)
    world.counter.sweep()
    world.counter.deliver()
    assert world.counter.piece(case_id).state == "closed"
    again = world.step(MA, case_id, "reopen", {"reason": "又拉线了"})
    assert again.json()["case"]["state"] == "reopened"


def test_a_department_that_does_not_sign_is_reminded_marked_and_escalated(world: World) -> None:
    """逾期未签收:先提醒,后标记超期并报站长,视为签收;仍不办的由街道督办。各一次,停机后也补齐。"""
    case_id = world.accepted()
    world.step(WANG, case_id, "dispatch", {"lead": FIRE, "reason": "消防主办"})
    world.counter.deliver()
    task = world.task_of(case_id, FIRE)
    world.counter.step(task.id, "mark_delivered", inside(COURIER))
    world.clock.ahead(days=7)
    world.counter.sweep()
    deeds = [v for v in world.counter.verbs(task.id) if v in {"warn", "overdue", "deem_signed", "supervise"}]
    assert deeds[0] == "warn"
    assert {"overdue", "deem_signed", "supervise"} <= set(deeds)
    before = len(world.counter.verbs(task.id))
    world.counter.sweep()
    assert len(world.counter.verbs(task.id)) == before, "each rung fires once"
    listed = world.get(LI, "/cases?overdue=true&type=assignment").json()["items"]
    assert task.id in {item["id"] for item in listed}
    told = [n for n in world.counter.notices(task.id) if n["event"] == "assignment.supervise"]
    assert STATION in {n["recipient"] for n in told}
    orders = [c for c in world.counter.children(task.id) if c.case_type == "supervision"]
    assert [order.assignee for order in orders] == [FIRE], "the order is the department's to answer"


def test_a_matter_nobody_is_sure_of_waits_for_the_operator(world: World) -> None:
    """没有事项编码的报告不自动派遣:给出建议,由受理员选定。"""
    case = world.report(matter=None, description="烧烤店油烟净化器从来不开,一到晚上满屋呛人")
    refused = world.step(WANG, case["id"], "accept")
    refusal_says(refused, "事项")
    offered = world.get(WANG, "/suggestions", params={"text": "烧烤店油烟净化器从来不开,一到晚上满屋呛人"}).json()
    assert "CG06" in [item["matter"] for item in offered["items"]]
    assert world.step(WANG, case["id"], "accept", {"matter": "CG06"}).json()["case"]["matter"]["code"] == "CG06"


def handle(world: World, task_id: str, org: str | None) -> None:
    """A department signs for its task, verifies with two officers, has it corrected, and reports."""
    who = {FIRE: ZHANG, URBAN: ZHOU}.get(org or "")
    walk: list[tuple[str, dict[str, Any]]] = [
        ("sign_for", {"receiver": "值班员"}),
        ("verify", {"officers": ["张三", "李四"]}),
        ("correct_on_spot", {"text": "当场拆除", "after_photo": "after.jpg"}),
        ("report_result", {"measure": "责令当场改正", "text": "飞线已拆除"}),
    ]
    if who is None:
        task = next(t for t in world.counter.tasks(world.counter.piece(task_id).parent_id or "") if t.id == task_id)
        world.counter.conclude(task)
        return
    for verb, form in walk:
        answer = world.step(who, task_id, verb, form)
        assert answer.status_code == 200, answer.text


def to_the_reporter(world: World) -> str:
    """A clue whose answer has reached its reporter."""
    case_id = world.accepted()
    world.counter.route()
    world.counter.deliver()
    for task in world.counter.tasks(case_id):
        handle(world, task.id, task.assignee)
    assert world.step(WANG, case_id, "feed_back").status_code == 200
    world.counter.deliver()
    assert world.counter.piece(case_id).state == "fed_back", "the firm has no system: the answer lies in its inbox"
    for item in world.get(MA, "/inbox").json()["items"]:
        world.post(MA, f"/inbox/{item['id']}/seen")
    assert world.counter.piece(case_id).state == "confirming"
    return case_id
