"""Ladders and state diagrams: every state and rung of the tables, counts as each reader may know them, no overlaps."""

from __future__ import annotations

from itertools import combinations

import pytest

from api.console.admin.figure import Box, Label, figure_of, passages, wrapped
from cases.grammar import STAY, CaseType
from cases.machines import CASE_TYPES
from tests.api.world import World
from tests.builders import FIRE
from tests.console.browser import Browser
from tests.people import HE, LI, MA, QIAN, SUN, WANG, WU, ZHANG, ZHENG, Someone

ROOT = "/console/admin"


def overlap(one: Box | Label, other: Box | Label) -> bool:
    return (
        one.x < other.x + other.width
        and other.x < one.x + one.width
        and one.y < other.y + other.height
        and other.y < one.y + one.height
    )


@pytest.mark.parametrize("lang", ["zh", "en"])
@pytest.mark.parametrize("case_type", CASE_TYPES, ids=lambda one: one.code)
def test_a_diagram_holds_every_state_and_nothing_lies_upon_another(case_type: CaseType, lang: str):
    found = figure_of(case_type.code, lang)
    assert [one.code for one in found.boxes] == [one.code for one in case_type.states]
    shapes = [*found.boxes, *found.labels]
    assert [(one, other) for one, other in combinations(shapes, 2) if overlap(one, other)] == []
    assert all(one.x >= 0 and one.x + one.width <= found.width for one in shapes)
    assert all(one.y >= 0 and one.y + one.height <= found.height for one in shapes)
    assert len(found.lines) == len(found.labels)
    told = " ".join(one.whole for one in found.labels) + " ".join(one.stays for one in found.boxes)
    verbs = {case_type.verbs[step.does][lang == "en"] for step in case_type.steps if step.to != STAY}
    assert {verb for verb in verbs if verb not in told} == set()


def test_a_passage_is_every_step_between_two_states():
    clue = next(one for one in CASE_TYPES if one.code == "clue")
    found = {(one.source, one.target): one.words for one in passages(clue, "zh")}
    assert found["fed_back", "confirming"] == ("回访", "反馈送达")
    assert not [pair for pair in found if STAY in pair]


def test_words_are_broken_between_english_words_and_evenly_in_chinese():
    assert wrapped("Mediation entrusted by the court", 17) == ("Mediation", "entrusted by the", "court")
    assert wrapped("不履行协议而继续诉讼", 18) == ("不履行协议", "而继续诉讼")
    assert wrapped("不履行协议,继续诉讼", 18) == ("不履行协议,", "继续诉讼")
    assert wrapped("归档", 18) == ("归档",)


def counted(browser: Browser, who: Someone, case_type: str) -> dict[str, int]:
    """Open cases by state, as the table of the page says."""
    page = browser.enter(who).look(f"{ROOT}/states/{case_type}")
    assert page.status == 200
    names = {one.label: one.code for one in next(one for one in CASE_TYPES if one.code == case_type).states}
    found: dict[str, int] = {}
    for row in page.top.one("table", id="table").one("tbody").every("tr"):
        many = row.every("td")[0].text
        if many.isdigit() and int(many):
            found[names[row.one("th").text.split()[0]]] = int(many)
    drawn = page.top.one("svg").every("a")
    assert len(drawn) == len(found)
    return found


@pytest.fixture(scope="module")
def busy(shared: World) -> World:
    """A sealed matter the police work on, one at the fire department, two fresh reports."""
    clue = shared.counter.dispatched(lead=FIRE)
    assert shared.task_of(clue, FIRE)
    case_id = shared.accepted(matter="GA01", description="楼上扔下酒瓶", room="9")
    assert shared.step(WANG, case_id, "dispatch", {"lead": QIAN.org, "reason": "公安主办"}).status_code == 200
    shared.counter.deliver()
    task = shared.task_of(case_id, QIAN.org)
    for verb, body in (("sign_for", {"receiver": "钱"}), ("verify", {"officers": ["甲", "乙"]}),
                       ("interview", {"object": "某人", "text": "约谈"})):  # fmt: skip
        assert shared.step(QIAN, task.id, verb, body).status_code == 200
    for room in ("1", "2"):
        shared.report(room=room)
    return shared


@pytest.mark.parametrize("who", [WU, LI, ZHENG])
@pytest.mark.parametrize("case_type", ["clue", "assignment"])
def test_the_counts_are_those_of_the_readers_own_lists(looker: Browser, busy: World, who: Someone, case_type: str):
    found = counted(looker, who, case_type)
    assert found
    for state, many in found.items():
        items = busy.get(who, "/cases", params={"type": case_type, "state": state, "limit": 200}).json()["items"]
        assert len(items) == many, state


def test_behind_the_seal_a_state_is_counted_as_it_looks(looker: Browser, busy: World):
    assert counted(looker, WU, "assignment").get("interviewed") is None
    assert counted(looker, WU, "assignment")["verifying"] == 1


def test_a_state_opens_the_list_of_its_cases(looker: Browser, busy: World):
    page = looker.enter(WU).look(f"{ROOT}/states/clue")
    (link,) = [one for one in page.top.one("svg").every("a") if one.attrs["aria-label"].startswith("已提交")]
    lines = looker.look(link.attrs["href"])
    assert len(lines.top.one("tbody").every("tr")) == 2
    chosen = [one for one in lines.top.one("select", name="type").every("option") if "selected" in one.attrs]
    assert [one.attrs["value"] for one in chosen] == ["clue"]
    assert looker.look("/console?view=all&type=nothing").status == 200


def test_who_sees_no_cases_sees_no_counts(looker: Browser, busy: World):
    page = looker.enter(HE).look(f"{ROOT}/states/clue")
    assert page.status == 200
    assert page.top.one("svg").every("a") == []
    assert "没有件数" in page.text
    assert [one.text for one in page.top.one("table").one("thead").every("th")] == ["状态", "在谁手上", "下一步"]
    elsewhere = looker.enter(SUN).look(f"{ROOT}/states")
    assert {one.text for one in elsewhere.top.every("span", class_="big")} == {"0"}


@pytest.mark.parametrize("who", [WANG, MA, ZHANG])
def test_diagrams_and_ladders_are_not_for_everybody(looker: Browser, who: Someone):
    for path in ("states", "states/clue", "ladder"):
        page = looker.enter(who).look(f"{ROOT}/{path}")
        assert (page.status, "不能查看" in page.text) == (403, True)
    assert looker.enter(WU).look(f"{ROOT}/states/nothing").status == 404


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_the_ladder_of_every_clock_is_told(looker: Browser, lang: str):
    looker.enter(WU)
    looker.world.client.keep("huiyin_lang", lang)
    page = looker.look(f"{ROOT}/ladder")
    for case_type in CASE_TYPES:
        section = page.top.one("section", id=case_type.code)
        assert len(section.every("span", class_="timer")) == len(case_type.clocks)
    clue = page.top.one("section", id="clue").every("article")[0]
    assert [one.text for one in clue.every("p", class_="sub")] == (
        ["通常", "紧急"] if lang == "zh" else ["usually", "Urgent"]
    )
    first = clue.every("ol")[0].every("li")
    assert len(first) == 6
    told = "到期后1个工作日 发督办单 签发人 街道(镇) 告知 站长、街道(镇)"
    assert lang == "en" or first[3].text == told
    if lang == "en":
        assert first[3].text.startswith("1 working day after due supervision order")
