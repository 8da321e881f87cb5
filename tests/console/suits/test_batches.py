"""The pages of batches, families and the funnel: an association, its court, and everybody who is not for them."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest

from cases.store.suits import change_suit
from tests.api.test_batches import Court
from tests.api.world import World
from tests.console.browser import Browser, Node, Page, read
from tests.people import BAI, DING, HE, MA, SHI, WANG, WU, XU, ZHANG, Someone

AT = "/console/suits"


@pytest.fixture
def court(world: World) -> Iterator[Court]:
    yield Court(world)
    world.client.forget()


def batch_page(browser: Browser, court: Court, who: Someone, query: str = "") -> Page:
    return browser.enter(who).look(f"{AT}/batches/{court.batch}{query}")


def buttons(page: Page) -> list[str]:
    return [one.text for one in page.top.one("main").every("a", class_="button")]


def ticked(page: Page) -> list[str]:
    return [one.attrs["value"] for one in page.top.every("input", name="_case") if "disabled" not in one.attrs]


def buttons_back(page: Page) -> list[str]:
    return [one.attrs["href"] for one in page.top.one("main").every("a", class_="button")]


def test_a_batch_goes_from_the_desk_to_the_court_which_receives_every_suit(world: World, court: Court):
    browser = Browser(world)
    board = browser.enter(XU).look(AT)
    (row,) = board.top.every("tr")[1:]
    assert "2026年第1批" in row.text
    assert "收集中" in row.text
    assert "提交批次" in buttons(batch_page(browser, court, XU))
    assert batch_page(browser, court, DING).status == 404, "a court learns of a batch when it is submitted"

    address = f"{AT}/batches/{court.batch}/submit"
    form = browser.enter(XU).look(address).form(address)
    assert form["person"] == XU.name
    wrong = read(browser.send(address, {**form, "phone": "找我"}))
    assert (wrong.status, "联系电话" in wrong.text) == (422, True)
    assert wrong.form(address)["phone"] == "找我"
    done = read(browser.send(address, {**form, "phone": "0519-00000001"}))
    assert done.status == 200
    assert "提交 4 件,留下 0 件" in done.top.one("p", class_="good").text
    again = read(browser.send(address, {**form, "phone": "0519-00000001"}))
    assert "提交 0 件,留下 0 件" in again.text, "nothing is handed over twice"

    page = batch_page(browser, court, DING, "?state=submitted")
    assert len(ticked(page)) == 4
    verbs = [one.attrs["value"] for one in page.top.one("select", name="_verb").every("option")]
    assert "receipt" in verbs
    bulk = {**page.form("/console/bulk"), "_case": ticked(page), "_verb": "receipt"}
    asked = read(browser.send("/console/bulk", bulk))
    first, *others = (one.split(":")[0] for one in ticked(page))
    filled = {**asked.form("/console/bulk"), "_case": ticked(page), f"_own.{first}.receipt": "收1号"}
    done = read(browser.send("/console/bulk", {**filled, "receipt": "收2026-1号"}))
    assert "办成 4 件" in done.text
    receipts = [world.counter.piece(one).facts["receipt"] for one in (first, *others)]
    assert receipts == ["收1号", "收2026-1号", "收2026-1号", "收2026-1号"]
    assert buttons_back(done) == [f"{AT}/batches/{court.batch}?state=submitted&page=1"], "one goes on in the batch"
    page = batch_page(browser, court, DING)
    assert [one.text for one in page.top.one("nav", class_="states").every("a")][1:] == ["法院已收件 4"]
    assert any("PDF" in one for one in buttons(page))
    assert "覃涛" not in page.answer.text, "nobody is named"


def test_what_may_not_go_stays_behind_with_its_reason(world: World, court: Court):
    with world.office.database.writing() as connection:
        change_suit(connection, court.ids[0], {"amount_fen": None})
    number = world.counter.piece(court.ids[0]).number
    browser, address = Browser(world).enter(XU), f"{AT}/batches/{court.batch}/submit"
    done = read(browser.send(address, {**browser.look(address).form(address), "phone": "0519-00000001"}))
    assert "提交 3 件,留下 1 件" in done.text
    (left,) = done.top.one("main").every("ul")[0].every("li")
    assert left.text == f"{number} 没有确定的金额"
    newest, _ = browser.look(AT).top.every("th", scope="row")
    assert newest.text.startswith("2026年第1批续1")


def test_a_family_is_chosen_waits_is_left_and_follows(world: World, court: Court):
    court.written_down()
    browser = Browser(world).enter(DING)
    new = f"{AT}/families/new"
    form = browser.look(f"{new}?case={court.ids[0]}").form(new)
    assert form["model_case"] == court.ids[0]
    lacking = read(browser.send(new, form))
    assert lacking.status == 422
    said = {**form, "name": "锦澜物业费", "issue": "服务标准", "document": "示范1号", "community_only": "true"}
    assert browser.send(new, said).status_code == 303
    (link,) = [one for one in browser.look(AT).top.every("a") if one.text == "锦澜物业费"]
    at = link.attrs["href"]
    court.lead()
    page = browser.look(at)
    assert page.top.one("ul", class_="tallies").text.startswith("3 成员 3 等待过 0 已参照")
    early = read(browser.send(f"{at}/follow", {**browser.look(f"{at}/follow").form(at), "result": "支持本金"}))
    assert (early.status, "支持本金" in early.answer.text) == (409, True)

    leave = f"{at}/members/{court.ids[1]}/leave"
    assert browser.enter(XU).look(leave).status == 403
    assert "要求" not in browser.look(at).text
    browser.enter(DING)
    assert browser.send(leave, {**browser.look(leave).form(leave), "words": "要求单独审理"}).status_code == 303
    assert "要求单独审理" in browser.look(at).text
    assert not [one for one in browser.enter(XU).look(at).top.every("a") if one.attrs["href"].endswith("/follow")]

    trial = {"at": world.clock.now().isoformat(), "place": "第一法庭"}
    assert world.step(DING, court.ids[0], "open_trial", trial).status_code == 200
    judgment = {"kind": "judgment", "document": "判1号", "outcome": "granted", "served_at": trial["at"]}
    assert world.step(DING, court.ids[0], "judge", judgment).status_code == 200
    browser.enter(DING)
    follow = {**browser.look(f"{at}/follow").form(at), "way": "go_on", "result": "支持本金"}
    assert browser.send(f"{at}/follow", follow).status_code == 303
    court.lead()
    assert browser.look(at).top.one("ul", class_="tallies").text == "2 成员 2 等待过 2 已参照 0 未成 1 已退出"


def test_the_funnel_is_a_table_with_a_bar_beside_each_number(world: World, court: Court):
    court.written_down()
    browser = Browser(world).enter(XU)
    page = browser.look(f"{AT}/funnel?batch={court.batch}&court=JT-FY&from=&to=")
    rows = {one.one("th").text: one for one in page.top.one("tbody").every("tr")}
    assert [cell.text for cell in rows["立案"].every("td")[1:]] == ["4", "100%", "4012.00"]
    assert [cell.text for cell in rows["判决"].every("td")[1:]] == ["0", "0%", "0.00"]
    assert rows["立案"].one("rect", class_="fill").attrs["width"] == "100.00"
    assert "aria-hidden" in rows["立案"].one("svg").attrs
    for nothing in ("court=JT-XH", "association=JT-FY", "to=2020-01-01"):
        assert "这个范围里没有诉状" in browser.look(f"{AT}/funnel?{nothing}").text
    for odd in ("from=gestern", "from=2026-12-01&to=2026-01-01", "from=0001-01-01"):
        page = browser.look(f"{AT}/funnel?{odd}")
        assert (page.status, page.top.one("p", role="alert").text != "") == (422, True)
        assert page.top.one("tbody").every("tr")


@pytest.mark.parametrize(
    ("who", "status", "offered"),
    [
        (XU, 200, {AT}),
        (DING, 200, {AT}),
        (WU, 200, {"/console/oversight"}),
        (SHI, 200, {"/console/oversight"}),
        (WANG, 200, set[str]()),
        (MA, 200, set[str]()),
        (ZHANG, 403, set[str]()),
        (BAI, 403, set[str]()),
        (HE, 403, set[str]()),
    ],
)
def test_who_is_offered_what_and_who_is_sent_away_with_a_next_step(
    looker: Browser, who: Someone, status: int, offered: set[str]
):
    page = looker.enter(who).look(AT)
    assert page.status == status
    bar = {one.attrs["href"] for one in page.top.one("header", class_="bar").every("a")}
    if status == 200:
        assert {one for one in bar if one in {AT, "/console/oversight"}} == offered
    assert page.top.one("main").every("a"), "no dead end"
    for path in (f"{AT}/batches/none", f"{AT}/families/none"):
        assert looker.look(path).status in {403, 404}


def test_who_supervises_reads_batches_and_families_and_does_nothing_in_them(world: World, court: Court):
    court.written_down()
    family = court.done(DING, "/families", court.choice(), 201)["id"]
    browser = Browser(world).enter(WU)
    for path in (f"{AT}/batches/{court.batch}", f"{AT}/families/{family}"):
        page = browser.look(path)
        assert page.status == 200
        assert not page.top.one("main").every("form")
        links = [one.attrs["href"] for one in page.top.one("main").every("a")]
        cases = [one for one in links if one.startswith("/console/cases/")]
        assert {browser.look(one).status for one in cases} <= {200}, "what cannot be opened is no link"


def test_only_the_court_chooses_and_only_the_desk_submits(world: World, court: Court):
    court.written_down()
    browser = Browser(world)
    assert browser.enter(XU).look(f"{AT}/families/new").status == 403
    browser.enter(DING)
    assert "提交批次" not in buttons(browser.look(f"{AT}/batches/{court.batch}"))
    form = browser.look(f"{AT}/batches/{court.batch}/submit").form(f"{AT}/batches")
    refused = browser.send(f"{AT}/batches/{court.batch}/submit", {**form, "phone": "0519-00000001"})
    assert refused.status_code == 403
    assert browser.send(f"{AT}/batches/{court.batch}/submit", {"person": "x", "phone": "12345"}).status_code == 403


def spoken(node: Node) -> str:
    """What a page says in its own language, without what is marked as Chinese."""
    if node.attrs.get("lang") == "zh-CN" or node.tag == "option":
        return ""
    return " ".join(one if isinstance(one, str) else spoken(one) for one in node.children)


def test_the_pages_speak_english(world: World, court: Court):
    court.written_down()
    family = court.done(DING, "/families", court.choice(), 201)["id"]
    browser = Browser(world).enter(DING)
    world.client.keep("huiyin_lang", "en")
    for path in ("", "/funnel", f"/batches/{court.batch}", f"/families/{family}", f"/families/{family}/follow"):
        main = browser.look(AT + path).top.one("main")
        assert re.findall("[\u4e00-\u9fff]+", spoken(main)) == [], path
    world.client.keep("huiyin_session", WU.token)
    main = browser.look("/console/oversight").top.one("main")
    assert re.findall("[\u4e00-\u9fff]+", spoken(main)) == []
