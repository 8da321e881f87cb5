"""The mail room as a page: an address registered, tried and switched off; how notices went, and sending them again."""

from __future__ import annotations

import json
import threading
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest
from sqlalchemy import insert, select

from cases.signing import verify
from cases.store.sheaf import table
from tests.api.world import World
from tests.builders import FIRE, PROPERTY
from tests.console.browser import Browser, Page, read
from tests.people import HE, LI, WANG, WU, ZHANG, ZHAO
from workflows.gates.knocking import knocker

MAIL = "/console/mail"


@dataclass
class Desk:
    """What a receiver got, and what it says."""

    address: str = ""
    status: int = 204
    got: list[tuple[dict[str, str], bytes]] = field(default_factory=list)


@pytest.fixture(scope="module")
def receiver() -> Iterator[Desk]:
    """A real receiver on loopback."""
    desk = Desk()

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["content-length"]))
            desk.got.append((dict(self.headers.items()), body))
            self.send_response(desk.status)
            self.end_headers()

        def log_message(self, format: str, *args: object) -> None:
            """Nothing is printed."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    desk.address = f"http://127.0.0.1:{server.server_address[1]}/hook"
    yield desk
    server.shutdown()
    server.server_close()
    thread.join()


@pytest.fixture
def desk(world: World, receiver: Desk) -> Desk:
    """The receiver, and a house that can knock."""
    receiver.status = 204
    receiver.got.clear()
    world.app.state.house = replace(world.house, knock=knocker(2, 5, world.house.office.settings.approved_networks))
    return receiver


def register(browser: Browser, url: str, networks: str = "127.0.0.1/32") -> Page:
    page = browser.look(MAIL)
    return read(browser.send(f"{MAIL}/endpoint", {**page.form(f"{MAIL}/endpoint"), "url": url, "networks": networks}))


def press(browser: Browser, where: str, **more: str) -> Page:
    return read(browser.send(where, {**browser.look(MAIL).form(where), **more}))


def test_an_address_is_registered_tried_and_switched_off(world: World, browser: Browser, desk: Desk):
    browser.enter(ZHAO)
    assert "还没有登记" in browser.look(MAIL).text
    made = register(browser, desk.address)
    secret = made.top.one("code", class_="secret").text
    assert secret.startswith("whsec_")
    assert secret not in browser.look(MAIL).answer.text, "told once"
    tried = press(browser, f"{MAIL}/test")
    assert "对方已收到" in tried.text
    assert "204" in tried.text
    ((headers, body),) = desk.got
    at = int(headers["webhook-timestamp"])
    assert verify(secret, headers, body, at).id in tried.text
    assert json.loads(body)["type"] == "huiyin.test"
    desk.status = 401
    assert "验签" in press(browser, f"{MAIL}/test").text
    off = browser.send(f"{MAIL}/off", browser.look(MAIL).form(f"{MAIL}/off"))
    assert off.status_code == 303
    page = browser.look(MAIL)
    assert "已停用" in page.text
    assert not any(one.attrs.get("action") == f"{MAIL}/test" for one in page.top.every("form"))


def test_an_address_that_must_not_be_called_is_not(world: World, browser: Browser, desk: Desk):
    browser.enter(ZHAO)
    for url, networks in (("ftp://x.example", ""), ("http://169.254.169.254/", "169.254.0.0/16"), (desk.address, "")):
        refused = register(browser, url, networks)
        assert refused.status == 422, url
        assert refused.top.every("p", class_="wrong"), url
        assert refused.form(f"{MAIL}/endpoint")["url"] == url
    assert world.get(ZHAO, "/endpoints/mine").status_code == 404
    hidden = {"secret": "whsec_" + "A" * 44, "networks": "", "active": True, "created_at": world.clock.now()}
    with world.office.database.writing() as connection:
        connection.execute(insert(table("endpoint")).values(org=FIRE, url=desk.address, **hidden))
    tried = press(browser, f"{MAIL}/test")
    assert "没有发出" in tried.text, "what is written in the table is looked at again before every sending"
    assert desk.got == []


def test_the_test_message_goes_nowhere_the_administrator_has_taken_back(world: World, browser: Browser, desk: Desk):
    browser.enter(ZHAO)
    register(browser, desk.address)
    world.app.state.house = replace(world.house, knock=knocker(2, 5, ["10.0.0.0/8"]))
    assert "接收地址所在网段已不在系统管理员批准的范围内" in press(browser, f"{MAIL}/test").text
    world.client.keep("huiyin_lang", "en")
    assert "no longer approves the network" in press(browser, f"{MAIL}/test").text
    assert desk.got == []


def test_tries_are_not_for_play(world: World, browser: Browser, desk: Desk):
    browser.enter(ZHAO)
    register(browser, desk.address)
    found = [press(browser, f"{MAIL}/test").status for _ in range(11)]
    assert found == [200] * 10 + [429]


def parked(world: World) -> str:
    """A task whose notice could not be delivered."""
    row = {"secret": "-", "networks": "", "active": True, "created_at": world.clock.now(), "url": "https://r.example"}
    with world.office.database.writing() as connection:
        connection.execute(insert(table("endpoint")), [{**row, "org": org} for org in (FIRE, PROPERTY)])
    case_id = world.accepted()
    world.step(WANG, case_id, "dispatch", {"lead": FIRE, "reason": "由其主办"})
    world.counter.settle(world.counter.claim(), "parked", detail="connection refused")
    return case_id


def test_the_log_is_filtered_and_parked_notices_are_sent_again(world: World, browser: Browser):
    parked(world)
    browser.enter(ZHAO)
    page = browser.look(f"{MAIL}?state=parked")
    (line,) = page.top.every("li", class_="is-parked")
    assert "新任务" in line.text
    assert "connection refused" in line.text
    assert browser.look(f"{MAIL}?state=delivered").top.every("li", class_="is-parked") == []
    notice = line.one("button", name="notice").attrs["value"]
    sent = browser.send(f"{MAIL}/replay", {**page.form(f"{MAIL}/replay"), "notice": notice})
    assert sent.headers["location"] == f"{MAIL}?replayed=1"
    assert "已安排重新投递 1 条" in browser.look(sent.headers["location"]).text
    assert world.get(ZHAO, "/deliveries?state=waiting").json()["items"][0]["id"] == notice
    again = browser.send(f"{MAIL}/replay", {**page.form(f"{MAIL}/replay"), "notice": notice})
    assert again.status_code == 409
    claimed = world.counter.claim()
    world.counter.settle(claimed, "retry", next_at=world.clock.now())
    failed = browser.look(f"{MAIL}?state=failed").top.every("li", class_="is-waiting")
    assert ["重试中" in one.text for one in failed] == [True]
    assert browser.look(f"{MAIL}?state=failed").text.count("试了 2 次") == 1


def parked_at(world: World) -> list[str]:
    notice = table("notice").c
    with world.office.database.reading() as connection:
        return sorted(connection.execute(select(notice.recipient).where(notice.state == "parked")).scalars())


def test_a_department_sends_only_its_own_again(world: World):
    parked(world)
    before = parked_at(world)
    assert set(before) > {FIRE}
    assert world.post(ZHAO, "/deliveries/replay", {}).json() == {"replayed": before.count(FIRE)}
    assert parked_at(world) == [one for one in before if one != FIRE]


def test_who_finds_what_on_the_page(world: World, browser: Browser):
    parked(world)
    officer = browser.enter(ZHANG).look(MAIL)
    assert "登记、测试和停用由本单位负责人办理" in officer.text
    assert not any(one.attrs.get("action", "").startswith(MAIL + "/") for one in officer.top.every("form"))
    for who in (HE, WU, LI):
        page = browser.enter(who).look(f"{MAIL}?recipient={FIRE}")
        assert page.top.every("li", class_="is-parked"), who
        assert "本单位的接收地址" not in page.text
    assert browser.enter(WANG).look(MAIL).status == 403
    assert not any(one.attrs["href"] == MAIL for one in browser.enter(WANG).look("/console").top.every("a"))
    assert any(one.attrs["href"] == MAIL for one in browser.enter(ZHANG).look("/console").top.every("a"))


def test_the_log_is_read_in_pages(world: World, browser: Browser):
    parked(world)
    (model,) = world.get(ZHAO, "/deliveries?state=parked").json()["items"]
    with world.office.database.writing() as connection:
        kept = table("notice")
        row = connection.execute(kept.select().where(kept.c.id == model["id"])).mappings().one()
        many = [{**row, "id": f"{n:032x}", "state": "delivered", "delivered_at": world.clock.now()} for n in range(40)]
        connection.execute(insert(kept), many)
    first = browser.enter(ZHAO).look(f"{MAIL}?state=delivered")
    assert len(first.top.every("li", class_="is-delivered")) == 30
    (onward,) = [one.attrs["href"] for one in first.top.every("a") if one.text == "下一页"]
    second = browser.look(onward)
    assert len(second.top.every("li", class_="is-delivered")) == 10
    assert browser.look(f"{MAIL}?cursor=nonsense").status == 422
