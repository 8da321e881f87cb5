"""Why something cannot be done, on English pages: in English, and what stays Chinese is marked as Chinese."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest

from tests.api.world import World
from tests.builders import FIRE, URBAN
from tests.console.browser import Browser, Node, Page, read
from tests.people import LI, WANG, ZHANG, ZHAO

RETURN = {"ground": "不属管辖", "article": "某法第三条", "proposed": URBAN}
CHINESE = re.compile("[\u4e00-\u9fff]+")


@pytest.fixture
def english(world: World) -> Iterator[Browser]:
    world.client.keep("huiyin_lang", "en")
    yield Browser(world)
    world.client.forget()


def enter(browser: Browser, who: object) -> Browser:
    browser.enter(who)  # type: ignore[arg-type]
    browser.world.client.keep("huiyin_lang", "en")
    return browser


def english_in(node: Node) -> str:
    """What is said in the language of the page."""
    if node.attrs.get("lang") == "zh-CN":
        return ""
    return " ".join(one if isinstance(one, str) else english_in(one) for one in node.children)


def said(page: Page) -> str:
    """What is said about why not: alerts, needs, findings."""
    found = [one for tag in ("div", "p") for one in page.top.every(tag, class_="said")]
    found += [*page.top.every("p", class_="wrong"), *page.top.every("span", class_="need")]
    found += page.top.every("section", class_="problem")
    assert found, "nothing is said"
    spoken = " ".join(" ".join(english_in(one).split()) for one in found).replace(WANG.name, "")
    assert CHINESE.findall(spoken) == []
    return spoken


def take(browser: Browser, path: str, **filled: str) -> Page:
    form = browser.look(path).form(path)
    return read(browser.send(path, {**form, **filled}))


def test_what_is_still_needed(english: Browser):
    world = english.world
    case_id = world.report(dissuasion=None)["id"]
    browser = enter(english, WANG)
    refused = take(browser, f"/console/cases/{case_id}/steps/accept", matter="XF01")
    assert refused.status == 409
    assert "Still needed: a record of dissuasion by the property company" in said(refused), "headed so once"
    clue = world.accepted()
    assert world.step(WANG, clue, "dispatch", {"lead": FIRE, "reason": "主办"}).status_code == 200
    world.counter.deliver()
    task = world.task_of(clue, FIRE).id
    assert world.step(ZHANG, task, "ask_return", RETURN).status_code == 200
    assert world.step(ZHAO, task, "drop_return", {}).status_code == 200
    sheet = enter(browser, ZHANG).look(f"/console/cases/{task}")
    assert "may not be returned again" in said(sheet)


def test_what_is_wrong_with_a_field(english: Browser):
    case_id = english.world.report()["id"]
    path = f"/console/cases/{case_id}/steps/ask_more"
    page = take(enter(english, WANG), path, request="")
    assert page.status == 422
    assert "Something is missing or not filled in correctly" in said(page)
    assert "required" in page.top.one("p", class_="wrong").text


def test_what_is_not_possible_now_and_who_may_not(english: Browser):
    world = english.world
    case_id = world.report()["id"]
    browser = enter(english, WANG)
    path = f"/console/cases/{case_id}/steps/ask_more"
    form = browser.look(path).form(path)
    assert world.step(WANG, case_id, "decline", {"reason": "不属受理范围"}).status_code == 200
    late = read(browser.send(path, {**form, "request": "请补照片"}))
    assert late.status in {409, 412}
    assert said(late)
    assert "There is no such case" in said(browser.look("/console/cases/" + "f" * 32))
    assert said(enter(english, ZHANG).look("/console/register"))
    assert said(enter(english, LI).look("/console/cases/none/steps/nonsense"))


def test_what_the_login_says(english: Browser):
    english.world.client.forget()
    english.world.client.keep("huiyin_lang", "en")
    form = english.look("/console/login").form("/console/login")
    page = read(english.send("/console/login", {**form, "login": "wang", "password": "wrong"}))
    assert "Login or password is wrong" in said(page)


def test_in_chinese_nothing_changes(english: Browser):
    case_id = english.world.report(dissuasion=None)["id"]
    browser = english.enter(WANG)
    path = f"/console/cases/{case_id}/steps/accept"
    refused = take(browser, path, matter="XF01")
    assert "还需: 物业服务企业对" in refused.text
    assert 'lang="zh-CN">物业服务企业对' not in refused.answer.text


def test_why_a_limit_ends_when_it_does(english: Browser):
    world = english.world
    case_id = world.accepted()
    page = enter(english, WANG).look(f"/console/cases/{case_id}")
    lists = page.top.every("ul", class_="why")
    assert lists, "nothing is explained"
    told = [one for each in lists for one in each.every("li")]
    assert [one.text for one in told if CHINESE.search(english_in(one))] == []
    assert any(one.text.startswith("Ends 2026-") for one in told)
    assert any("counted as day 1" in one.text for one in told)
