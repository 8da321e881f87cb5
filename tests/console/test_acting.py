"""A step on a page: its form, what is wrong, who was faster, many at once."""

from __future__ import annotations

import pytest

from tests.api.world import World
from tests.builders import FIRE, URBAN
from tests.console.browser import Browser, Page
from tests.console.browser import read as read_page
from tests.people import LI, WANG, ZHANG, ZHAO

PICTURE = b"\x89PNG\r\n\x1a\n" + b"0" * 64


def messages(page: Page) -> dict[str, str]:
    """What is said beside which field."""
    return {one.attrs["id"].removesuffix("-said"): one.text for one in page.top.every("p", class_="wrong")}


def test_a_step_is_taken_through_its_form_and_leads_back_to_the_case(browser: Browser):
    case_id = browser.world.report()["id"]
    address = f"/console/cases/{case_id}"
    page = browser.enter(WANG).look(f"{address}/steps/accept")
    filled = page.form(f"{address}/steps/accept")
    assert filled["matter"] == "XF01"
    answer = browser.send(f"{address}/steps/accept", {**filled, "note": "已核对"})
    assert answer.headers["location"] == f"{address}?done=accept"
    page = browser.look(answer.headers["location"])
    assert "已办理:受理" in page.text
    assert "已核对" in page.top.one("ol", class_="history").text
    # Sent once more, as by a second click, it is the same step and no second one.
    assert browser.send(f"{address}/steps/accept", {**filled, "note": "已核对"}).status_code == 303
    assert browser.world.get(WANG, f"/cases/{case_id}").json()["version"] == 2


def test_our_script_gets_the_form_alone_and_is_told_where_to_go_on(browser: Browser):
    case_id = browser.world.report()["id"]
    path = f"/console/cases/{case_id}/steps/accept"
    part = browser.enter(WANG).look(path, **{"Huiyin-Fragment": "step"})
    assert not part.top.every("html")
    answer = browser.send(path, part.form(path), **{"Huiyin-Fragment": "step"})
    assert (answer.status_code, answer.headers["huiyin-go"]) == (204, f"/console/cases/{case_id}?done=accept")


def test_what_is_wrong_is_said_beside_the_field_and_nothing_typed_is_lost(browser: Browser):
    world = browser.world
    task = world.task_of(_dispatched(world), FIRE)
    path = f"/console/cases/{task.id}/steps/ask_return"
    filled = browser.enter(ZHANG).look(path).form(path)
    page = read_page(browser.send(path, {**filled, "article": "A", "urgent_measure": "已断电\n已警示"}))
    assert page.status == 422
    assert messages(page) == {"ground": "必填", "article": "至少 2 个字", "proposed": "必填"}
    assert page.top.one("textarea", id="article").attrs["aria-describedby"] == "article-said"
    kept = page.form(path)
    assert (kept["article"], kept["urgent_measure"]) == ("A", "已断电 已警示")
    right = {**kept, "ground": "不属管辖", "article": "消防法第四条", "proposed": URBAN}
    assert browser.send(path, right).status_code == 303


def test_whoever_was_overtaken_is_told_by_whom_and_keeps_the_form(browser: Browser):
    world = browser.world
    case_id = world.report()["id"]
    path = f"/console/cases/{case_id}/steps/decline"
    filled = browser.enter(WANG).look(path).form(path)
    assert world.step(LI, case_id, "ask_more", {"request": "门牌号"}).status_code == 200
    assert world.step(LI, case_id, "supplement", {"text": "302"}).status_code == 200
    page = read_page(browser.send(path, {**filled, "reason": "不属本站"}))
    assert page.status == 412
    said = page.top.one("div", role="alert").text
    assert "李站长" in said
    assert "补正" in said
    kept = page.form(path)
    assert (kept["reason"], kept["_version"]) == ("不属本站", "3")
    # What no longer can be done is not offered, but what was typed is still there to copy.
    assert world.step(LI, case_id, "accept").status_code == 200
    page = read_page(browser.send(path, kept))
    assert (page.status, "不属本站" in page.text) == (412, True)
    assert not page.top.one("main").every("button")


def test_a_form_without_its_token_or_version_takes_no_step(browser: Browser):
    case_id = browser.world.report()["id"]
    path = f"/console/cases/{case_id}/steps/accept"
    filled = browser.enter(WANG).look(path).form(path)
    page = read_page(browser.send(path, {**filled, "_token": "", "note": "写了很久"}))
    assert (page.status, page.form(path)["note"]) == (403, "写了很久")
    assert read_page(browser.send(path, {**filled, "_version": "*"})).status == 422
    assert read_page(browser.send(path, {**filled, "note": "\x00"})).status == 422
    assert browser.look(f"/console/cases/{case_id}/steps/dispatch").status == 409
    assert browser.look(f"/console/cases/{case_id}/steps/nonsense").status == 404
    assert browser.world.get(WANG, f"/cases/{case_id}").json()["version"] == 1


def test_a_picture_sent_with_a_form_becomes_a_file_of_the_case(browser: Browser):
    world = browser.world
    task = world.task_of(_dispatched(world), FIRE)
    for verb, body in (("sign_for", {}), ("verify", {"officers": ["甲", "乙"]})):
        assert world.step(ZHANG, task.id, verb, body).status_code == 200
    path = f"/console/cases/{task.id}/steps/correct_on_spot"
    filled = browser.enter(ZHANG).look(path).form(path)
    files = {name: (None, value) for name, value in {**filled, "text": "已拆除"}.items()}
    headers = {"Origin": "http://huiyin.example"}
    answer = browser.ask(
        "POST", path, files={**files, "_file.after_photo": ("后.png", PICTURE, "image/png")}, headers=headers
    )  # fmt: skip
    assert answer.status_code == 303, answer.text
    (kept,) = world.get(ZHANG, f"/cases/{task.id}/attachments").json()["items"]
    assert world.get(ZHANG, f"/cases/{task.id}").json()["facts"]["after_photo"] == kept["id"]
    page = browser.look(f"/console/cases/{task.id}")
    assert page.top.one("ul", class_="files").one("img").attrs["src"] == f"/console/files/{kept['id']}/small"

    # What was reported and what came of it stand side by side, for the department and for the desk.
    report = world.counter.piece(task.id).parent_id
    assert report
    sent = {"file": ("前.png", PICTURE, "image/png")}
    before = world.ask(WANG, "POST", f"/cases/{report}/attachments", files=sent).json()
    assert pair_on(browser.look(f"/console/cases/{task.id}")) == [before["id"], kept["id"]]
    browser.enter(WANG)
    assert pair_on(browser.look(f"/console/cases/{report}")) == [before["id"], kept["id"]]


def pair_on(page: Page) -> list[str]:
    """The files of the one pair of pictures on a page."""
    return [one.attrs["src"].split("/")[3] for one in page.top.one("div", class_="pair").every("img")]


def test_many_are_taken_at_once_and_each_is_answered_for_itself(browser: Browser):
    world = browser.world
    ids = [world.report()["id"] for _ in range(3)]
    page = browser.enter(WANG).look("/console?view=to_accept")
    ticks = [one.attrs["value"] for one in page.top.every("input", name="_case")]
    assert len(ticks) == 3
    came = page.form("/console/bulk")
    chosen = {"_token": came["_token"], "_back": came["_back"], "_verb": "accept", "_case": ticks}
    form = read_page(browser.send("/console/bulk", chosen))
    assert len(form.top.every("input", name="_case")) == 3
    assert world.step(LI, ids[0], "record_dissuasion", {"at": "2026-11-20T08:00", "by": "甲", "words": "乙"}).is_success
    assert form.top.one("p", class_="crumb").one("a").attrs["href"] == "/console?view=to_accept", "the view goes along"
    done = read_page(browser.send("/console/bulk", {**chosen, **form.form("/console/bulk"), "_case": ticks}))
    assert "办成 2 件,未办成 1 件" in done.text
    assert done.form("/console/bulk")["_case"].startswith(f"{ids[0]}:"), "one goes on with what was not done"
    assert [world.get(WANG, f"/cases/{one}").json()["state"] for one in ids] == ["reported", "accepted", "accepted"]
    page = read_page(browser.send("/console/bulk", {**chosen, "_verb": "dispatch", "_go": "1"}))
    assert (page.status, "lead" in messages(page)) == (422, True)
    assert read_page(browser.send("/console/bulk", {**chosen, "_case": []})).status == 422
    others = {**chosen, "_token": browser.enter(ZHAO).look("/console").form("/console/logout")["_token"]}
    assert read_page(browser.send("/console/bulk", {**others, "_go": "1"})).status == 422


def _dispatched(world: World) -> str:
    case_id = world.accepted()
    assert world.step(WANG, case_id, "dispatch", {"lead": FIRE, "reason": "主办"}).status_code == 200
    world.counter.deliver()
    return case_id


@pytest.mark.parametrize(("view", "first"), [("to_accept", "accept"), ("all", "record_dissuasion")])
def test_of_many_what_a_view_waits_for_is_offered_first(browser: Browser, view: str, first: str):
    browser.world.report()
    page = browser.enter(WANG).look(f"/console?view={view}")
    offered = page.top.every("select", name="_verb")[0].every("option")
    assert offered[0].attrs["value"] == first
    assert len(offered) > 1
