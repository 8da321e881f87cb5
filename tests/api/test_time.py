"""Clocks and holder time over the API: as described, in one zone, sealed where the law seals (治安管理处罚法 136)."""

from __future__ import annotations

import json
from datetime import datetime
from typing import Any

import pytest

from api.describing import step_forms
from api.shapes import CaseView
from api.timing import DeadlineList, HeldView, HoldingList
from cases.desk.desk import ENGINES, Order
from cases.grammar import Actor
from cases.ports import BEIJING
from tests.api.world import CANARY, World
from tests.builders import FIRE, POLICE, STATION, an_actor
from tests.people import LI, MA, QIAN, SUN, WANG, WU, ZHAO, ZHENG, Someone

SECOND = an_actor("孙副所长", POLICE, "dept_head")
GROUND = "听证"


def on(day: int, hour: int = 9) -> datetime:
    return datetime(2026, 11, day, hour, tzinfo=BEIJING)


def deadlines(world: World, who: Someone, case_id: str) -> dict[str, dict[str, Any]]:
    answer = world.get(who, f"/cases/{case_id}/deadlines")
    assert answer.status_code == 200, answer.text
    return {one["code"]: one for one in answer.json()["items"]}


def test_answers_are_as_they_are_described(world: World):
    clue = world.counter.dispatched(lead=FIRE)
    task = world.task_of(clue, FIRE).id
    for case_id in (clue, task):
        DeadlineList.model_validate_json(world.get(LI, f"/cases/{case_id}/deadlines").content, extra="forbid")
        HoldingList.model_validate_json(world.get(LI, f"/cases/{case_id}/holdings").content, extra="forbid")
        CaseView.model_validate_json(world.get(LI, f"/cases/{case_id}").content, extra="forbid")
    HeldView.model_validate_json(world.get(LI, f"/organisations/{FIRE}/holdings").content, extra="forbid")


def test_the_approver_is_told_by_name(world: World):
    clue = world.counter.dispatched(lead=FIRE)
    task = world.task_of(clue, FIRE).id
    form = {"clock": "handling", "ground": "appraisal", "document": "鉴定委托书1号"}
    assert world.step(ZHAO, task, "sign_for", {}).status_code == 200
    paused = world.step(LI, task, "pause_clock", form)
    assert paused.status_code == 200, paused.text
    clock = deadlines(world, WANG, task)["handling"]
    assert (clock["light"], clock["stands"]["by"], clock["stands"]["document"]) == ("grey", LI.name, "鉴定委托书1号")
    assert any(f"批准:{LI.name}" in line for line in clock["why"])
    carried = deadlines(world, WANG, clue)["handling"]
    assert (carried["light"], carried["stands"]["by"]) == ("grey", "随动")
    row = next(one for one in world.get(WANG, "/cases?type=clue").json()["items"] if one["id"] == clue)
    assert (row["light"], row["clocks"][0]["words"][:2], row["next_due"]) == ("grey", "停表", None)


def test_holder_time_is_asked_by_days_in_beijing(world: World):
    world.report()
    world.clock.jump(on(24))
    found = world.get(LI, f"/organisations/{STATION}/holdings?from=2026-11-21&to=2026-11-23&case_type=clue").json()
    assert (found["cases"], found["work_seconds"], found["clock_seconds"]) == (1, 7 * 3600, 72 * 3600)
    assert (found["from"], found["to"]) == ("2026-11-20T16:00:00+00:00", "2026-11-23T16:00:00+00:00")
    assert world.get(LI, f"/organisations/{STATION}/holdings?to=9999-12-31").json()["work_seconds"] == 14 * 3600
    assert world.get(SUN, f"/organisations/{STATION}/holdings").json()["cases"] == 0
    for wrong in ("from=0001-01-01", "from=2026-11-23&to=2026-11-21", "from=gestern", "since=2026-11-21"):
        answer = world.get(LI, f"/organisations/{STATION}/holdings?{wrong}")
        assert (answer.status_code, answer.json()["code"]) == (422, "malformed")


def police_task(world: World) -> tuple[str, str]:
    """A sealed matter the police verify: the report and their task."""
    clue = world.accepted(matter="GA01", description="楼上扔下酒瓶")
    assert world.step(WANG, clue, "dispatch", {"lead": POLICE, "reason": "公安主办"}).status_code == 200
    world.counter.deliver()
    task = world.task_of(clue, POLICE).id
    for verb, form in (("sign_for", {"receiver": "钱"}), ("verify", {"officers": ["甲", "乙"]})):
        take(world, task, verb, QIAN.actor(), form)
    return clue, task


def take(world: World, case_id: str, verb: str, actor: Actor, form: dict[str, Any]) -> None:
    with world.office.database.stepping() as connection:
        world.office.desk.take_step(connection, Order(case_id, verb, form), actor, world.clock.now())


@pytest.mark.parametrize("stands", [True, False], ids=["standing", "moved"])
def test_what_moves_a_sealed_clock_is_read_by_the_police_alone(world: World, stands: bool):
    clue, task = police_task(world)
    before = deadlines(world, LI, task)["handling"]
    world.clock.jump(on(23))
    pause = {"clock": "handling", "ground": "hearing", "document": CANARY, "reason": CANARY}
    take(world, task, "pause_clock", QIAN.actor(), pause)
    if not stands:
        world.clock.jump(on(25))
        take(world, task, "resume_clock", QIAN.actor(), {"clock": "handling"})
        longer = {"clock": "handling", "amount": 10, "reason": CANARY, "document": CANARY}
        take(world, task, "ask_extension", QIAN.actor(), longer)
        take(world, task, "grant_extension", SECOND, longer)
    own = deadlines(world, QIAN, task)["handling"]
    assert CANARY in json.dumps(own, ensure_ascii=False), "the canary is there to be found"
    assert any(GROUND in line for line in own["why"])
    for who in (LI, WANG, WU, ZHENG, MA):
        for case_id in (clue, task):
            for tail in ("", "/deadlines", "/entries", "/holdings"):
                text = world.get(who, f"/cases/{case_id}{tail}").text
                for unsaid in (CANARY, GROUND, "hearing", SECOND.name, '"extended":{'):
                    assert unsaid not in text, f"{who.name} {case_id == task} {tail}"
        for case_id in (clue, task) if who is not MA else (clue,):
            clock = deadlines(world, who, case_id)["handling"]
            assert (clock["changes"], clock["stands"], clock["used"]) == ([], None, None)
            assert (clock["extra"], clock["extensions"]) == (0, 0)
            assert clock["light"] == ("grey" if stands else "green")
            assert not any("计入" in line or "停表" in line or "延长" in line for line in clock["why"])
            assert (clock["due_at"] == before["due_at"]) is stands, "by when, they must know"


def test_a_sealed_clock_nothing_moved_explains_itself_to_everybody(world: World):
    clue, task = police_task(world)
    for who, case_id in ((LI, task), (WU, task), (MA, clue)):
        assert any("计入" in line for line in deadlines(world, who, case_id)["handling"]["why"])


def test_every_form_is_titled_in_chinese():
    """The forms are the dialogs of the console."""
    for form in step_forms(list(ENGINES.values())):
        for name, field in form.model_fields.items():
            assert not (field.title or "").isascii(), f"{form.__name__}.{name}"


def test_a_wrong_server_time_is_said_to_be_one(world: World):
    task = world.task_of(world.counter.dispatched(lead=FIRE), FIRE).id
    world.clock.at = on(19)
    answer = world.step(ZHAO, task, "sign_for", {})
    assert (answer.status_code, answer.json()["code"]) == (503, "clock_wrong")
    assert "系统时钟" in answer.json()["detail"]
