"""The administrator's pages of people, keys and records: changed by hand, refused with a sentence, told once."""

from __future__ import annotations

import pytest

from tests.console.browser import Browser, Page, read
from tests.people import HE, MA, PASSWORD, WANG, WU, ZHENG, Someone

ROOT = "/console/admin"
PEOPLE = f"{ROOT}/people"
KEYS = f"{ROOT}/keys"
NEW = {"login": "chen", "name": "陈新人", "org": "JT-JC-ZD", "roles": ["operator"]}
OWN = "Mein-eigenes-1"


def id_of(browser: Browser, who: Someone) -> str:
    page = browser.look(f"{PEOPLE}?q={who.name}")
    (row,) = [one for one in page.top.one("tbody").every("a") if one.text == who.name]
    return row.attrs["href"].rpartition("/")[2]


def records(browser: Browser) -> list[str]:
    body = browser.look(f"{ROOT}/records").top.every("tbody")
    return [row.text for row in body[0].every("tr")] if body else []


def opened(browser: Browser, **changed: str) -> Page:
    filled = browser.look(f"{PEOPLE}/new").form(f"{PEOPLE}/new")
    return read(browser.send(f"{PEOPLE}/new", {**filled, **NEW, **changed}))


@pytest.mark.parametrize("who", [WANG, ZHENG, MA])
def test_only_administrators_come_in(looker: Browser, who: Someone):
    looker.enter(who)
    for path in ("/people", "/people/new", "/keys", "/offices", "/packs", "/years"):
        page = looker.look(ROOT + path)
        assert (page.status, page.top.one("p", class_="lead").text) == (403, "只有系统管理员可以使用管理页面")
        assert page.top.every("a", href="/console")
    front = looker.ask("GET", ROOT)
    assert front.status_code == (303 if who is ZHENG else 403)
    assert front.headers.get("location") == (f"{ROOT}/records" if who is ZHENG else None)


def test_the_bar_offers_the_area_to_whom_it_is_meant_for(looker: Browser):
    def offered(who: Someone) -> list[str]:
        bar = looker.enter(who).look("/console").top.every("nav")[0]
        return [one.attrs["href"] for one in bar.every("a") if ROOT in one.attrs["href"]]

    assert offered(HE) == [ROOT]
    assert offered(ZHENG) == [f"{ROOT}/records"]
    assert offered(WU) == [f"{ROOT}/states"]
    assert offered(WANG) == []
    area = looker.enter(ZHENG).look(f"{ROOT}/records").top.every("nav")[1]
    assert [one.text for one in area.every("a")] == ["管理记录", "拒绝记录", "督办阶梯", "状态图"]


def test_an_account_is_opened_and_its_owner_begins_with_a_password_of_their_own(browser: Browser):
    page = opened(browser.enter(HE))
    assert page.status == 201
    password = page.top.one("dd", class_="secret").text
    told = browser.look(page.top.one("a", class_="main").attrs["href"])
    assert (password in told.text, "本人尚未更改" in told.text) == (False, True)

    browser.world.client.forget()
    filled = browser.look("/console/login").form("/console/login")
    answer = browser.send("/console/login", {**filled, "login": "chen", "password": password})
    assert answer.headers["location"] == "/console/password"
    assert browser.ask("GET", "/console/register").headers["location"] == "/console/password"
    form = browser.look("/console/password").form("/console/password")
    wrong = read(browser.send("/console/password", {**form, "old": password, "new": OWN, "again": "anders"}))
    assert (wrong.status, wrong.top.one("p", id="again-said").text) == (422, "与上面的新密码不一样")
    weak = read(browser.send("/console/password", {**form, "old": password, "new": "kurz", "again": "kurz"}))
    assert "至少 10 位" in weak.top.one("p", id="new-said").text
    done = browser.send("/console/password", {**form, "old": password, "new": OWN, "again": OWN})
    assert (done.status_code, done.headers["location"]) == (303, "/console")
    assert browser.look("/console/register").status == 200

    assert "陈新人" in records(browser.enter(ZHENG))[0]


@pytest.mark.parametrize(
    ("changed", "status", "field"),
    [
        ({"login": "wang"}, 409, "login"),
        ({"login": "王"}, 422, "login"),
        ({"password": "kurz"}, 422, "password"),
        ({"roles": "router"}, 422, "roles"),
        ({"org": "JT-NOWHERE"}, 422, "org"),
        ({"name": ""}, 422, "name"),
    ],
)
def test_what_is_wrong_with_an_account_is_said_beside_its_field(
    looker: Browser, changed: dict[str, str], status: int, field: str
):
    page = opened(looker.enter(HE), **changed)
    assert page.status == status
    assert {one.attrs["id"] for one in page.top.every("p", class_="wrong")} == {f"{field}-said"}
    assert page.form(f"{PEOPLE}/new")["org"] == changed.get("org", NEW["org"])
    assert "kurz" not in page.answer.text
    assert records(looker) == []


def test_an_account_is_changed_locked_and_opened_again(browser: Browser):
    path = f"{PEOPLE}/{id_of(browser.enter(HE), WANG)}"
    form = browser.look(path).form(f"{path}/change")
    assert (form["name"], form["org"], form["roles"]) == ("王操作", "JT-JC-ZD", "operator")
    answer = browser.send(f"{path}/change", {**form, "roles": ["operator", "archivist"]})
    assert answer.headers["location"] == f"{path}?done=change"
    page = browser.look(answer.headers["location"])
    assert page.top.one("p", class_="good").text == "已保存。"
    assert "工作站受理岗 → 档案员、工作站受理岗" in page.top.one("ol", class_="history").text
    refused = read(browser.send(f"{path}/lock", {**form, "reason": ""}))
    assert (refused.status, refused.top.one("p", class_="wrong").text) == (422, "必填")
    browser.send(f"{path}/lock", {**form, "reason": "调离本站"})
    assert browser.enter(WANG).ask("GET", "/console").status_code == 303
    page = browser.enter(HE).look(path)
    assert "停用" in page.top.every("dl", class_="facts")[0].text
    browser.send(f"{path}/unlock", page.form(f"{path}/unlock"))
    assert "启用" in browser.look(f"{PEOPLE}?q=wang").top.one("tbody").text
    assert ["调离本站" in one for one in records(browser)] == [False, True, False]


def test_a_password_is_reset_and_sessions_are_ended_by_hand(browser: Browser):
    path = f"{PEOPLE}/{id_of(browser.enter(HE), WANG)}"
    page = browser.look(path)
    browser.send(f"{path}/sessions", page.form(f"{path}/sessions"))
    assert browser.world.get(WANG, "/me").status_code == 401
    browser.enter(HE)
    given = read(browser.send(f"{path}/password", page.form(f"{path}/password")))
    password = given.top.one("dd", class_="secret").text
    weak = read(browser.send(f"{path}/password", {**page.form(f"{path}/password"), "password": "wang-Wang-99"}))
    assert (weak.status, weak.top.one("p", id="password-said").text) == (422, "不得含有登录名")
    login = {"login": "wang", "password": password}
    assert browser.world.post(None, "/login", login).status_code == 200
    assert browser.world.post(None, "/login", {**login, "password": PASSWORD}).status_code == 401


def test_nobody_raises_or_bars_oneself(looker: Browser):
    path = f"{PEOPLE}/{id_of(looker.enter(HE), HE)}"
    page = looker.look(path)
    assert "另一位系统管理员" in page.text
    assert not [one for one in page.top.every("form") if one.attrs.get("action", "").endswith("/lock")]
    form = page.form(f"{path}/change")
    refused = read(looker.send(f"{path}/change", {**form, "roles": "operator"}))
    assert refused.status == 403
    assert "不能停用自己" in refused.top.one("div", class_="bad").text
    assert read(looker.send(f"{path}/lock", {**form, "reason": "试试"})).status == 403
    assert looker.send(f"{path}/change", {**form, "_token": "00"}).status_code == 403
    assert records(looker) == []


def test_a_key_is_issued_shown_once_and_revoked(browser: Browser):
    page = browser.enter(HE).look(f"{KEYS}/new?org=JT-XF")
    form = page.form(f"{KEYS}/new")
    assert (form["org"], form["days"]) == ("JT-XF", "365")
    wrong = read(browser.send(f"{KEYS}/new", {**form, "name": "消防系统", "days": "4000"}))
    said = {one.attrs["id"] for one in wrong.top.every("p", class_="wrong")}
    assert (wrong.status, said) == (422, {"roles-said", "scopes-said", "days-said"})
    filled = {**form, "name": "消防系统", "roles": ["dept_officer"], "scopes": ["read", "write"], "days": "30"}
    made = read(browser.send(f"{KEYS}/new", filled))
    key = made.top.one("code", class_="secret").text
    assert made.status == 201
    assert browser.world.get(None, "/cases", headers={"Authorization": f"Bearer {key}"}).status_code == 200
    listed = browser.enter(HE).look(KEYS)
    assert key not in listed.answer.text
    (form_of,) = [
        one.attrs["action"] for one in listed.top.every("form") if one.attrs.get("action", "").endswith("/revoke")
    ]
    token = listed.form(form_of)
    assert read(browser.send(form_of, {**token, "reason": ""})).status == 422
    answer = browser.send(form_of, {**token, "reason": "换了系统"})
    assert "已吊销" in browser.look(answer.headers["location"]).top.one("tbody").text
    assert browser.world.get(None, "/cases", headers={"Authorization": f"Bearer {key}"}).status_code == 401
    assert [("消防系统" in one) for one in records(browser)] == [True, True]


def test_lists_that_find_nothing_say_so_and_lead_on(looker: Browser):
    looker.enter(HE)
    for path in (f"{PEOPLE}?q=nobody", f"{KEYS}?org=JT-XF", f"{ROOT}/records?q=nobody", f"{ROOT}/offices?q=nobody"):
        page = looker.look(path)
        assert page.status == 200
        assert page.top.one("div", class_="empty").every("a")
    assert looker.look(f"{PEOPLE}/none").status == 404
    assert looker.look(f"{PEOPLE}?q={'长' * 200}").status == 422


def test_the_auditor_reads_what_was_refused(browser: Browser):
    path = f"{ROOT}/refusals"
    assert browser.enter(HE).look(path).status == 403
    page = browser.enter(ZHENG).look(path)
    assert [cell.text for cell in page.top.one("tbody").every("td")] == ["何系统", "无权办理", f"GET {path}"]
    empty = browser.look(f"{path}?part=looks")
    assert empty.top.one("div", class_="empty").text == "没有人查看过报告人身份。"
    case_id = browser.world.report()["id"]
    browser.world.post(WANG, f"/cases/{case_id}/reporter", {"reason": "电话核实地址"})
    page = browser.enter(ZHENG).look(f"{path}?part=looks")
    assert "电话核实地址" in page.top.one("tbody").text
