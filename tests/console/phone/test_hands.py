"""Who stands behind a link: two links from one hand are one person, and a link ends with the account that issued it."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from sqlalchemy import update

from cases.store.sheaf import table
from tests.api.world import World
from tests.console.browser import Browser
from tests.console.phone.department import Phone, a_link, a_task
from tests.people import LI, WANG, Someone


@pytest.fixture
def world(shared: World) -> World:
    """One world for the file: each test has tasks of its own."""
    return shared


@pytest.fixture
def browser(world: World) -> Iterator[Browser]:
    yield Browser(world)
    world.client.forget()


def activate(world: World, who: Someone, active: bool) -> None:
    """Bar or open an account and leave its session, which others of the file use."""
    row = table("account")
    with world.office.database.writing() as connection:
        connection.execute(update(row).where(row.c.login == who.login).values(active=active))


def test_who_asked_for_more_time_by_a_link_cannot_decide_on_it_by_the_same(world: World, browser: Browser):
    task = a_task(world)
    head = Phone(browser, a_link(world, task, role="dept_head"), "周负责")
    head.open()
    head.step("sign_for")
    head.step("verify", officers="甲某\n乙某")
    asked = head.step("ask_extension", clock="handling", amount="1", reason="等待鉴定")
    assert world.counter.piece(task).state == "extension_asked", asked.text
    same = head.step("refuse_extension", reason="不必延期")
    assert "不同的人发出" in same.text
    assert world.counter.piece(task).state == "extension_asked"


def test_two_links_from_one_hand_are_one_person_and_from_two_hands_two(world: World, browser: Browser):
    task = a_task(world)
    officer = Phone(browser, a_link(world, task))
    officer.open()
    officer.step("sign_for")
    officer.step("verify", officers="甲某\n乙某")
    officer.step("ask_extension", clock="handling", amount="1", reason="等待鉴定")
    assert world.counter.piece(task).state == "extension_asked"
    same = Phone(browser, a_link(world, task, role="dept_head"), "周负责")
    granted = same.step("grant_extension", clock="handling", amount="1", reason="由我决定")
    for answer in (granted, same.step("refuse_extension", reason="由我决定")):
        assert (answer.status, "不同的人发出" in answer.text) == (409, True), answer.text
        assert world.counter.piece(task).state == "extension_asked"
    made = world.post(LI, f"/cases/{task}/links", {"role": "dept_head"}).json()
    other = Phone(browser, made, "周负责")
    other.open()
    decided = other.step("refuse_extension", reason="不必延期")
    assert world.counter.piece(task).state == "verifying", decided.text


def test_a_link_ends_with_the_account_of_whoever_issued_it(world: World, browser: Browser):
    task = a_task(world)
    link = world.post(LI, f"/cases/{task}/links", {}).json()
    phone = Phone(browser, link)
    assert phone.open().status == 200
    activate(world, LI, False)
    shut = phone.open()
    listed = world.get(WANG, f"/cases/{task}/links").json()["items"]
    activate(world, LI, True)
    assert shut.status == 410
    assert "不在岗" in shut.text
    assert [one["shut"] for one in listed] == ["barred"]
