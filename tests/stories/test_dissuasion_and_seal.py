"""Dissuade first, except where warning would harm; and what the police do stays with the police."""

from __future__ import annotations

from tests.api.world import CANARY, World
from tests.people import LI, MA, QIAN, SUN, WANG, WU, ZHANG, ZHENG
from tests.stories.telling import refusal_says


def test_without_a_dissuasion_record_the_report_is_sent_back_once_and_then_accepted(world: World) -> None:
    """未劝阻的报告不予受理前一次告知补正,补上劝阻记录后受理。"""
    case = world.report(dissuasion=None)
    refused = world.step(WANG, case["id"], "accept")
    refusal_says(refused, "劝阻记录", "飞线充电")
    asked = world.step(WANG, case["id"], "ask_more", {"request": refused.json()["detail"]})
    assert asked.json()["case"]["state"] == "incomplete"
    record = {"at": "2026-11-20T10:00:00+08:00", "by": "保安", "words": "请拆除"}
    world.clock.ahead(hours=3)
    assert world.step(MA, case["id"], "supplement", {"dissuasion": record}).json()["case"]["state"] == "reported"
    assert world.step(WANG, case["id"], "accept").json()["case"]["state"] == "accepted"


def test_nothing_supplied_in_time_is_declined_and_told(world: World) -> None:
    """逾期不补正的不予受理,并告知报告人。"""
    case = world.report(dissuasion=None)
    world.step(WANG, case["id"], "ask_more", {"request": "请补劝阻记录"})
    world.clock.ahead(days=10)
    world.counter.sweep()
    assert world.counter.piece(case["id"]).state == "declined"
    assert "clue.lapse" in [n["event"] for n in world.counter.notices(case["id"])]


def test_an_emergency_needs_no_dissuasion(world: World) -> None:
    """高空抛物在紧急清单内,无须先劝阻。"""
    case = world.report(matter="GA01", dissuasion=None, description="楼上扔下花盆")
    assert world.step(WANG, case["id"], "accept").json()["case"]["emergency"] is True


def test_where_dissuasion_is_forbidden_a_report_that_shows_it_is_accepted_and_flagged(world: World) -> None:
    """涉赌报告已经劝阻的,照常受理并标记惊动风险,绝不因此退回。"""
    case = world.report(matter="GA07", description="夜里聚众赌博")
    accepted = world.step(WANG, case["id"], "accept").json()["case"]
    assert accepted["state"] == "accepted"
    assert "dissuaded_though_forbidden" in accepted["facts"]["flags"]


def test_for_noise_the_record_is_an_element_even_in_an_emergency(world: World) -> None:
    """噪声扰民的劝阻记录是认定要件,自称紧急也不能省。"""
    case = world.report(matter="GA02", dissuasion=None, emergency=True)
    refused = world.step(WANG, case["id"], "accept", {"emergency": True})
    refusal_says(refused, "要件")


def test_what_the_police_found_is_read_by_nobody_else(world: World) -> None:
    """治安管理处罚法一百三十六条:公安以外任何人、任何界面、任何通知只见“已由公安依法处理”。"""
    clue_id, task_id = world.sealed_result()
    typed = world.step(WANG, clue_id, "feed_back", {"text": "警方称" + CANARY})
    refusal_says(typed, "封存")
    assert world.step(WANG, clue_id, "feed_back").status_code == 200
    world.counter.deliver()
    for who in (WANG, LI, MA, SUN, WU, ZHENG, ZHANG):
        for path in ("", "/entries", "/deadlines"):
            for case_id in (clue_id, task_id):
                answer = world.get(who, f"/cases/{case_id}{path}")
                assert CANARY not in answer.text, (who.name, path)
    assert CANARY in world.get(QIAN, f"/cases/{task_id}").text
    bodies = b"".join(row["body"] for row in world.counter.rows("notice"))
    assert CANARY.encode() not in bodies
    assert "已由公安依法处理" in world.get(MA, f"/cases/{clue_id}").json()["facts"]["answer"]


def test_three_reports_of_one_thing_are_one_case_with_three_answers(world: World) -> None:
    """同一地点、同一事项、同一天的报告并案办理,每个报告人都得到答复。"""
    master = world.report()
    assert world.step(WANG, master["id"], "accept").status_code == 200
    others = [world.report(description=f"又一户反映 {i}") for i in range(2)]
    elsewhere = world.report(building="7幢")
    for other in others:
        assert world.step(WANG, other["id"], "merge", {"master": master["number"]}).json()["case"]["state"] == "merged"
    refused = world.step(WANG, elsewhere["id"], "merge", {"master": master["number"]})
    refusal_says(refused, "相同")
    world.counter.route()
    world.counter.deliver()
    world.counter.answer_all(master["id"])
    assert world.step(WANG, master["id"], "feed_back", {"text": "线路已拆除"}).status_code == 200
    for other in others:
        assert world.counter.piece(other["id"]).facts["answer"] == "线路已拆除"
        assert "clue.answer" in [n["event"] for n in world.counter.notices(other["id"])]
