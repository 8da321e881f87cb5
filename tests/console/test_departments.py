"""A department with an account: what waits to be signed for, opening it is seeing it, and a sheet to take along."""

from __future__ import annotations

import pytest

from tests.api.world import World
from tests.builders import FIRE, URBAN
from tests.console.browser import Browser
from tests.console.phone.department import a_task
from tests.console.phone.street import a_photo
from tests.people import QIAN, WANG, ZHANG, ZHOU
from tests.workflows.rooms import listen_at


def delivered(world: World, task: str) -> bool:
    return bool(world.counter.piece(task).facts.get("delivered"))


def test_what_nobody_signed_for_is_said_first_and_since_when(world: World, browser: Browser):
    assert "等贵单位签收" not in browser.enter(ZHANG).look("/console").text
    old = a_task(world)
    world.clock.ahead(days=2)
    a_task(world)
    page = browser.look("/console")
    (said,) = page.top.every("p", class_="fresh")
    assert "有 2 件任务等贵单位签收" in said.text
    assert "2026年11月20日" in said.text
    assert said.one("a").attrs["href"] == "/console?view=unsigned"
    unsigned = browser.look("/console?view=unsigned")
    assert unsigned.top.every("p", class_="fresh") == []
    row = unsigned.top.one("tr", id=f"c-{old}")
    assert "送来" in row.text
    world.step(ZHANG, old, "sign_for")
    assert "有 1 件任务" in browser.look("/console").text
    assert "等贵单位签收" not in browser.enter(ZHOU).look("/console").text
    assert "等贵单位签收" not in browser.enter(WANG).look("/console").text, "it is said to who has to sign"


def test_opening_a_task_is_seeing_it_and_fetching_ahead_is_not(world: World, browser: Browser):
    task = a_task(world)
    browser.enter(WANG).look(f"/console/cases/{task}")
    assert not delivered(world, task), "the desk that sent it has not received it"
    browser.enter(ZHANG)
    browser.look("/console")
    browser.look(f"/console/cases/{task}", **{"Sec-Purpose": "prefetch"})
    assert not delivered(world, task)
    page = browser.look(f"/console/cases/{task}")
    assert delivered(world, task)
    assert "送达" in page.text
    assert "签收" in page.text
    version = world.counter.piece(task).version
    browser.look(f"/console/cases/{task}")
    assert world.counter.piece(task).version == version, "once is enough"
    assert world.counter.whole()


def test_what_is_on_its_way_to_a_system_goes_on(world: World, browser: Browser):
    listen_at(world.office, URBAN, "https://receiver.example/hook")
    case_id = world.accepted()
    world.step(WANG, case_id, "dispatch", {"lead": URBAN, "reason": "由其主办"})
    task = world.task_of(case_id, URBAN).id
    assert browser.enter(ZHOU).look(f"/console/cases/{task}").status == 200
    assert not delivered(world, task)
    world.counter.deliver()
    assert delivered(world, task)


def test_an_officer_finds_the_own_name_where_officers_are_asked_for(world: World, browser: Browser):
    task = a_task(world)
    world.step(ZHANG, task, "sign_for")
    form = browser.enter(ZHANG).look(f"/console/cases/{task}/steps/verify")
    assert form.form(f"/console/cases/{task}")["officers"] == "张消防"


@pytest.mark.parametrize("who", [ZHANG, WANG])
def test_a_task_on_a_sheet_of_paper(world: World, browser: Browser, who: object):
    task = a_task(world)
    clue = world.counter.piece(task).parent_id
    upload = {"file": ("现场.jpg", a_photo(), "image/jpeg")}
    world.ask(WANG, "POST", f"/cases/{clue}/attachments", files=upload)
    browser.enter(who)  # type: ignore[arg-type]
    links = [one.attrs["href"] for one in browser.look(f"/console/cases/{task}").top.every("a")]
    assert f"/console/cases/{task}/slip" in links
    page = browser.look(f"/console/cases/{task}/slip")
    assert page.status == 200
    for said in (world.counter.piece(task).number, "飞线充电", "锦澜花苑", "金坛区消防救援大队", "核查情况"):
        assert said in page.text
    assert "马物业" not in page.text
    assert browser.look(f"/console/cases/{clue}/slip").status == 404
    assert browser.enter(QIAN).look(f"/console/cases/{task}/slip").status == 404
    assert world.counter.piece(task).assignee == FIRE
