"""The supervision page: numbers for those who supervise, lists only for those who may open them."""

from __future__ import annotations

import pytest

from tests.api.world import World
from tests.builders import FIRE
from tests.console.browser import Browser
from tests.people import HE, SHI, WANG, WU, XU, ZHENG, Someone

AT = "/console/oversight"
SECRET = "窗户外挂着飞线,找302王某某"


def test_numbers_by_organisation_and_never_what_is_in_a_file(world: World):
    case_id = world.accepted(description=SECRET)
    assert world.step(WANG, case_id, "dispatch", {"lead": FIRE, "reason": "消防主办"}).status_code == 200
    world.counter.deliver()
    world.report(description=SECRET)
    world.clock.ahead(days=40)
    number, browser = world.counter.piece(case_id).number, Browser(world)
    for who, opens in ((WU, True), (ZHENG, True), (SHI, False)):
        page = browser.enter(who).look(AT)
        assert page.status == 200
        late = {row.one("th").text: row for row in page.top.every("tr", class_="late")}
        fire = world.office.pack.organisations[FIRE].name
        assert int(late[fire].one("td", class_="many").text) == 1
        assert number in page.text
        assert "王某某" not in page.answer.text
        links = [one.attrs["href"] for one in page.top.one("main").every("a")]
        assert (f"/console?view=overdue&department={FIRE}" in links) == opens
        assert not [one for one in links if one.startswith("/console/cases/")]
        if opens:
            listed = browser.look(f"/console?view=overdue&department={FIRE}")
            assert listed.top.every("td", class_="number")


@pytest.mark.parametrize("who", [WANG, XU, HE])
def test_everybody_else_is_told_whom_to_ask(looker: Browser, who: Someone):
    page = looker.enter(who).look(AT)
    assert page.status == 403
    assert page.top.one("main").every("a")


def test_an_empty_house_says_so_and_a_wrong_period_is_said(looker: Browser):
    page = looker.enter(SHI).look(AT)
    assert len(page.top.every("p", class_="empty")) == 4
    page = looker.look(f"{AT}?from=x")
    assert (page.status, page.top.one("p", role="alert").text[:2]) == (422, "日期")
