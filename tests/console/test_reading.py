"""The queue and the sheet of a case: what is on them, and for whom."""

from __future__ import annotations

from io import BytesIO
from urllib.parse import parse_qs, urlsplit

import pytest
from PIL import Image

from tests.api.world import CANARY, World
from tests.builders import COMMUNITY, FIRE
from tests.console.browser import Browser
from tests.people import LI, MA, SUN, WANG, WU, ZHANG, ZHENG


def test_the_queue_shows_lines_with_a_light_in_words_and_filters_in_the_address(browser: Browser):
    world = browser.world
    first = world.report(description="三楼窗户拉线给电动车充电")
    world.accepted(matter="XF03", community="锦澜花苑", description="楼道堆满纸箱")
    page = browser.enter(WANG).look("/console")
    lines = page.top.one("table", class_="cases").one("tbody").every("tr")
    assert len(lines) == 2
    line = page.top.one("tr", id=f"c-{first['id']}")
    assert line.one("td", class_="light").one("span", class_="lamp").text == "正常"
    assert line.one("td", class_="number").one("a").attrs["href"] == f"/console/cases/{first['id']}"
    assert {one.text for one in page.top.one("nav", class_="views").every("a")} >= {"待受理 1", "待派遣 1", "我的 2"}
    for wanted, count in {
        "view=to_accept": 1,
        "view=unsigned": 0,
        "matter=XF03": 1,
        "q=纸箱": 1,
        "q=没有": 0,
        f"community={COMMUNITY}": 2,
        "state=accepted": 1,
        "view=nonsense&light=blue": 2,
        "light=red": 0,
        f"department={FIRE}": 0,
    }.items():
        shown = browser.look(f"/console?{wanted}")
        assert len([one for one in shown.top.every("tr") if "id" in one.attrs]) == count, wanted
        tabs = shown.top.one("nav", class_="views").every("a")
        asked = {name: value for name, (value,) in parse_qs(wanted).items() if name not in {"view", "light"}}
        assert all(asked.items() <= {n: v[0] for n, v in parse_qs(urlsplit(t.attrs["href"]).query).items()}.items()
                   for t in tabs)  # fmt: skip
    world.clock.ahead(days=20)
    late = browser.look("/console?view=overdue")
    assert {one.text for one in late.top.every("span", class_="lamp")} == {"超期"}


def test_a_city_of_many_communities_writes_their_names(browser: Browser, monkeypatch: pytest.MonkeyPatch):
    """Too many to choose from are written by name or code; neither is no case, and said so."""
    monkeypatch.setattr("api.console.narrowing.MOST", 3)
    browser.world.report()
    name = browser.world.office.pack.communities[COMMUNITY].name
    field = browser.enter(WANG).look("/console").top.one("input", id="f-community")
    assert field.attrs["placeholder"] == "名称或编号"
    for written, count in {name: 1, COMMUNITY: 1, "没有这个小区": 0}.items():
        shown = browser.look(f"/console?view=all&community={written}")
        assert len([one for one in shown.top.every("tr") if "id" in one.attrs]) == count, written
        assert bool("没有符合条件的案件" in shown.text) == (count == 0)


def test_a_long_queue_has_pages(browser: Browser, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr("api.console.queue.PAGE", 2)
    ids = [browser.world.report()["id"] for _ in range(3)]
    browser.enter(WANG)
    first = browser.look("/console?view=all")
    assert not first.top.every("a", rel="prev")
    onward = first.top.one("a", rel="next").attrs["href"]
    second = browser.look(onward)
    assert [one.attrs["id"] for one in second.top.every("tr") if "id" in one.attrs] == [f"c-{ids[0]}"]
    assert not second.top.every("a", rel="next")
    back = browser.look(second.top.one("a", rel="prev").attrs["href"])
    assert [one.attrs["id"] for one in back.top.every("tr") if "id" in one.attrs] == [f"c-{one}" for one in ids[:0:-1]]
    assert browser.look("/console?cursor=x").status == 422


def test_the_sheet_tells_the_whole_case_and_offers_what_the_engine_does(browser: Browser):
    world = browser.world
    case_id = world.accepted()
    page = browser.enter(WANG).look(f"/console/cases/{case_id}")
    view = world.get(WANG, f"/cases/{case_id}").json()
    assert view["number"] in page.top.one("h1").text
    offered = {one.text for one in page.top.one("section", class_="next").every("a")}
    assert offered == {one["label"] for one in view["actions"]}
    why = page.top.one("ul", class_="clocks").every("details")
    assert why
    assert all(one.every("li") for one in why)
    assert [one.every("b")[0].text for one in page.top.one("ol", class_="history").every("li")] == ["受理", "登记"]
    assert "欧***" in page.text
    assert "13812345678" not in page.text


def test_who_may_not_see_a_case_does_not(browser: Browser):
    world = browser.world
    case_id = world.report()["id"]
    hidden = {SUN: 404, ZHANG: 404, WANG: 200, LI: 200, MA: 200, WU: 200, ZHENG: 200}
    for who, status in hidden.items():
        page = browser.enter(who).look(f"/console/cases/{case_id}")
        assert page.status == status, who.name
        assert ("欧***" in page.text) == (who in {WANG, LI, MA}), who.name
        assert "13812345678" not in page.text
        assert bool([f for f in page.top.every("form") if "reporter" in f.attrs.get("action", "")]) == (
            who in {WANG, LI}
        )


def test_the_reporter_is_shown_in_full_for_a_reason_only(browser: Browser):
    world = browser.world
    case_id = world.report()["id"]
    path = f"/console/cases/{case_id}/reporter"
    filled = browser.enter(WANG).look(f"/console/cases/{case_id}").form(path)
    answer = browser.send(path, {**filled, "reason": "短"})
    assert answer.status_code == 422
    assert 'aria-invalid="true"' in answer.text
    answer = browser.send(path, {**filled, "reason": "核对报告人电话"})
    assert (answer.status_code, "13812345678" in answer.text) == (200, True)
    filled = browser.enter(WU).look("/console").form("/console/logout")
    assert browser.send(path, {**filled, "reason": "想看看是谁"}).status_code == 403


def test_files_are_added_on_the_sheet(browser: Browser):
    case_id = browser.world.report()["id"]
    path = f"/console/cases/{case_id}/files"
    token = browser.enter(WANG).look(f"/console/cases/{case_id}").form(path)["_token"]
    some = [("files", (f"{n}.png", b"\x89PNG\r\n\x1a\n" + b"0" * 64 + bytes([n]), "image/png")) for n in (1, 2)]
    headers = {"Origin": "http://huiyin.example"}
    answer = browser.ask("POST", path, data={"_token": token}, files=some, headers=headers)
    assert answer.headers["location"] == f"/console/cases/{case_id}#files-title"
    names = [one.text for one in browser.look(f"/console/cases/{case_id}").top.one("ul", class_="files").every("a")]
    assert names == ["1.png", "2.png"]
    nothing = browser.ask("POST", path, data={"_token": token}, files=[("files", ("", b""))], headers=headers)
    assert nothing.status_code == 422
    for who, offered in ((WU, False), (ZHENG, False), (WANG, True)):
        page = browser.enter(who).look(f"/console/cases/{case_id}")
        assert ("添加材料" in page.text) is offered, "nothing is offered that would be refused"


def test_a_picture_is_shown_small_to_whoever_may_see_it(browser: Browser):
    world = browser.world
    case_id = world.report()["id"]
    drawn = BytesIO()
    Image.new("RGB", (1200, 900), "red").save(drawn, "JPEG")
    sent = {"file": ("a.jpg", drawn.getvalue())}
    kept = world.ask(WANG, "POST", f"/cases/{case_id}/attachments", files=sent).json()["id"]
    answer = browser.enter(WANG).ask("GET", f"/console/files/{kept}/small")
    assert Image.open(BytesIO(answer.content)).size == (480, 360)
    again = browser.ask("GET", f"/console/files/{kept}/small", headers={"If-None-Match": answer.headers["etag"]})
    assert (again.status_code, again.content) == (304, b"")
    assert browser.enter(SUN).ask("GET", f"/console/files/{kept}/small").status_code == 404
    sent = {"file": ("b.png", b"\x89PNG\r\n\x1a\n" + b"0" * 64)}
    broken = world.ask(WANG, "POST", f"/cases/{case_id}/attachments", files=sent).json()["id"]
    assert browser.enter(WANG).ask("GET", f"/console/files/{broken}/small").status_code == 422


def test_what_is_sealed_stays_sealed_on_pages(world: World):
    clue, task = world.sealed_result()
    browser = Browser(world)
    for who in (WANG, LI, WU, ZHENG):
        for case_id in (clue, task):
            assert CANARY not in browser.enter(who).ask("GET", f"/console/cases/{case_id}").text
    world.client.forget()
