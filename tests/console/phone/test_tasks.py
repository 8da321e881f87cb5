"""A department's task by link: opened by a press, done step by step, shut when its time has come."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import closing
from urllib.parse import urlencode

import pytest
from sqlalchemy import select

from api.counter import Counter
from api.linkroom import LinkRoom
from cases.store.queue.asked import Asked
from cases.store.sheaf import table
from tests.api.world import World
from tests.builders import FIRE, POLICE, STATION
from tests.console.browser import HOME, Browser, read
from tests.console.phone.department import Phone, a_link, a_task, photo
from tests.console.phone.street import a_photo
from tests.people import LI, QIAN, SUN, WANG, ZHANG


@pytest.fixture
def world(shared: World) -> World:
    """One world for the file: each test has tasks of its own."""
    return shared


@pytest.fixture
def browser(world: World) -> Iterator[Browser]:
    yield Browser(world)
    world.client.forget()


def kept_files(world: World) -> int:
    return sum(one.is_file() for one in world.house.folder.root.rglob("*"))


def state_of(world: World, task: str) -> str:
    return world.counter.piece(task).state


def test_fetching_the_address_delivers_nothing_and_pressing_does(world: World, browser: Browser):
    task = a_task(world)
    link = a_link(world, task)
    world.client.forget()
    door = browser.look(f"/d/{link['id']}")
    assert door.status == 200
    assert "打开任务" in door.text
    assert world.counter.piece(task).number not in door.answer.text
    assert not world.counter.piece(task).facts.get("delivered")
    opened = Phone(browser, link).open()
    assert opened.status == 200
    assert world.counter.piece(task).facts["delivered"]
    assert "mark_delivered" in world.counter.verbs(task)
    kept = table("notice")
    with world.office.database.reading() as connection:
        question = select(kept.c.state, kept.c.seen_at).where(kept.c.case_id == task, kept.c.recipient == FIRE)
        ((state, at),) = connection.execute(question).all()
    assert (state, at) == ("delivered", world.clock.now())


def test_what_the_page_tells_and_what_it_keeps(world: World, browser: Browser):
    task = a_task(world)
    page = Phone(browser, a_link(world, task)).open()
    assert "锦澜花苑" in page.text
    assert page.top.one("ul", class_="dues").every("li")
    assert "马物业" not in page.text
    assert page.answer.headers["cache-control"] == "no-store"
    assert "noindex" in page.answer.text
    engine = [one["verb"] for one in world.get(ZHANG, f"/cases/{task}").json()["actions"]]
    assert sorted(Phone.offered(page)) == sorted(engine)


def test_a_task_is_done_by_link_from_receipt_to_result(world: World, browser: Browser):
    task = a_task(world)
    phone = Phone(browser, a_link(world, task))
    phone.open()
    signed = phone.step("sign_for")
    assert "已办理:签收" in signed.text
    assert world.counter.piece(task).facts["receiver"] == "孙承办"
    short = phone.step("verify", officers="孙承办")
    assert short.status == 409, "one officer is too few"
    assert "孙承办" in short.form(f"{phone.at}/step")["officers"]
    assert "已办理:开始核查" in phone.step("verify", officers="孙承办\n吴承办").text
    bare = phone.step("correct_on_spot", text="当场拆除")
    assert bare.status == 422, "a photograph is asked for"
    assert "已办理:当场改正" in phone.step("correct_on_spot", text="当场拆除", after=photo()).text
    done = phone.step("report_result", measure="上门拆除", text="已拆除", photos=photo(80))
    assert done.status == 410
    assert "已办理:反馈结果" in done.text
    assert "已经办结" in done.text
    assert state_of(world, task) == "concluded"
    files = world.get(WANG, f"/cases/{task}/attachments").json()["items"]
    assert [one["media_type"] for one in files] == ["image/jpeg"] * 2
    assert world.counter.piece(task).facts["after_photo"] == files[0]["id"]
    raw = world.ask(WANG, "GET", f"/attachments/{files[0]['id']}").content
    assert b"SECRET-CAMERA" not in raw
    assert world.counter.whole()


def test_the_record_says_who_acted_and_how(world: World, browser: Browser):
    task = a_task(world)
    link = a_link(world, task)
    phone = Phone(browser, link)
    phone.open()
    phone.step("sign_for")
    line = next(one for one in world.get(WANG, f"/cases/{task}/entries").json()["items"] if one["verb"] == "sign_for")
    assert line["actor"] == f"link:{link['id']}"
    assert line["actor_org"] == FIRE
    assert line["actor_name"] == "孙承办(凭链接)"
    (listed,) = world.get(WANG, f"/cases/{task}/links").json()["items"]
    assert [use["deed"] for use in listed["uses"]] == ["issued", "opened", "sign_for"]
    assert "code" not in listed


def test_a_return_is_asked_by_an_officer_and_submitted_by_a_head(world: World, browser: Browser):
    task = a_task(world)
    officer = Phone(browser, a_link(world, task))
    officer.open()
    nowhere = officer.step("ask_return", ground="不属管辖", article="", proposed="")
    assert nowhere.status == 422
    asked = officer.step("ask_return", ground="不属管辖", article="某条例第三条", proposed="JT-CG")
    assert "submit_return" not in Phone.offered(asked)
    assert "负责人" in asked.text
    head = Phone(browser, a_link(world, task, role="dept_head"), "周负责")
    assert "submit_return" in Phone.offered(head.open())
    head.step("submit_return", opinion="同意")
    assert state_of(world, task) == "return_ruling"
    assert world.step(LI, task, "uphold_return", {"reason": "理由成立"}).status_code == 200
    shut = head.open()
    assert shut.status == 410
    assert "已经办结或退回" in shut.text


def test_a_link_opens_one_task_and_no_other(world: World, browser: Browser):
    first, second = a_task(world), a_task(world)
    link = a_link(world, first)
    other = a_link(world, second)
    crossed = Phone(browser, {**other, "code": link["code"]}).open()
    assert crossed.status == 404
    assert "链接或口令不对" in crossed.text
    room = world.house
    reader = room.reader(LinkRoom(room, "").held(link["id"], link["code"]).actor("孙承办"))
    seen = Counter(room).cases(reader, Asked(), False)["items"]
    assert [one["id"] for one in seen] == [first]
    assert reader.actor.confined


def test_a_wrong_code_says_little_and_not_for_ever(world: World, browser: Browser):
    task = a_task(world)
    link = a_link(world, task)
    wrong = Phone(browser, {**link, "code": "0" * 20})
    assert {wrong.open().status for _ in range(10)} == {404}
    assert wrong.open().status == 429
    assert Phone(browser, link).open().status == 429, "the link rests for a while, at this address"
    with closing(world.elsewhere()) as other:
        path, form = f"/d/{link['id']}", urlencode({"code": link["code"]})
        head = {"Origin": HOME, "Content-Type": "application/x-www-form-urlencoded"}
        assert other.request("POST", path, content=form, headers=head).status_code == 200, "its officer comes in"
    never = Phone(browser, {"id": "f" * 32, "code": link["code"]})
    assert never.open().status == 404


def test_a_link_ends_with_its_time_and_at_a_word(world: World, browser: Browser):
    task = a_task(world)
    short, long = a_link(world, task, days=1), a_link(world, task, days=30)
    taken = world.post(WANG, f"/cases/{task}/links/{long['id']}/revoke")
    assert taken.status_code == 200
    revoked = Phone(browser, long).open()
    assert (revoked.status, "已收回" in revoked.text) == (410, True)
    world.clock.ahead(days=2)
    expired = Phone(browser, short).open()
    assert (expired.status, "到期" in expired.text) == (410, True)
    assert STATION not in expired.text, "the station is named by its name"
    refused = Phone(browser, short)
    refused_step = read(browser.send(f"{refused.at}/step", {"code": refused.code, "_verb": "sign_for"}))
    assert refused_step.status == 410
    assert state_of(world, task) != "signed_for"


def test_somebody_faster_is_said_and_nothing_typed_is_lost(world: World, browser: Browser):
    task = a_task(world)
    phone = Phone(browser, a_link(world, task))
    phone.open()
    form = phone.form("ask_return")
    assert world.step(ZHANG, task, "sign_for").status_code == 200
    late = phone.step("ask_return", form, ground="不属管辖", article="某条例第三条", proposed="JT-CG")
    assert late.status == 409
    assert "办理过" in late.text
    assert late.form(f"{phone.at}/step")["article"] == "某条例第三条"
    old = phone.step("sign_for", form, _verb="sign_for")
    assert old.status == 409
    assert "最新情况" in old.text


def test_a_form_sent_twice_is_taken_once(world: World, browser: Browser):
    task = a_task(world)
    phone = Phone(browser, a_link(world, task))
    phone.open()
    phone.step("sign_for")
    assert "answer_urge" not in Phone.offered(phone.open()), "nobody has urged"
    assert world.step(WANG, task, "urge", {"text": "请尽快办理"}).status_code == 200
    assert "answer_urge" in Phone.offered(phone.open())
    form = phone.form("answer_urge")
    for _ in range(2):
        assert phone.step("answer_urge", form, text="已在办").status in {200, 409}
    assert world.counter.verbs(task).count("answer_urge") == 1
    assert "answer_urge" not in Phone.offered(phone.open()), "it is answered"


def test_odd_input_is_refused_and_nothing_is_kept(world: World, browser: Browser):
    task = a_task(world)
    assert world.step(WANG, task, "urge", {"text": "请尽快办理"}).status_code == 200
    phone = Phone(browser, a_link(world, task))
    phone.open()
    before = kept_files(world)
    nameless = phone.step("sign_for", _name=" ")
    assert (nameless.status, "请写您的姓名" in nameless.text) == (422, True)
    broken = phone.step("answer_urge", text="已在办", photos=("a.jpg", b"no photograph", "image/jpeg"))
    assert broken.status == 422
    assert "不是照片" in broken.text
    empty = phone.step("answer_urge", text="", photos=photo())
    assert empty.status == 422
    assert world.get(WANG, f"/cases/{task}/attachments").json()["items"] == []
    assert kept_files(world) == before
    foreign = browser.ask(
        "POST",
        phone.at,
        content="code=x",
        headers={"Origin": "https://elsewhere.example", "Sec-Fetch-Site": "cross-site"},
    )
    assert foreign.status_code == 403


def test_photographs_of_the_report_are_shown_and_others_are_not(world: World, browser: Browser):
    task = a_task(world)
    clue = world.counter.piece(task).parent_id
    upload = {"file": ("现场.jpg", a_photo(), "image/jpeg")}
    file = world.ask(WANG, "POST", f"/cases/{clue}/attachments", files=upload).json()["id"]
    elsewhere = world.accepted()
    other = world.ask(WANG, "POST", f"/cases/{elsewhere}/attachments", files=upload).json()["id"]
    phone = Phone(browser, a_link(world, task))
    page = phone.open()
    (image,) = [one for one in page.top.every("img") if one.attrs["src"].startswith("data:image/jpeg")]
    assert image
    whole = browser.send(f"{phone.at}/file", {"code": phone.code, "file": file})
    assert (whole.status_code, whole.headers["content-type"]) == (200, "image/jpeg")
    assert browser.send(f"{phone.at}/file", {"code": phone.code, "file": other}).status_code == 404


def test_a_sealed_task_has_no_link(world: World, browser: Browser):
    case_id = world.accepted()
    world.step(WANG, case_id, "dispatch", {"lead": POLICE, "reason": "公安主办"})
    world.counter.deliver()
    task = world.task_of(case_id, POLICE)
    link = a_link(world, task.id)
    with world.office.database.writing() as connection:
        kept = table("case_file")
        connection.execute(kept.update().where(kept.c.id == task.id).values(sealed=True))
    refused = world.post(WANG, f"/cases/{task.id}/links", {})
    assert refused.status_code == 409
    assert "封存" in refused.json()["detail"]
    shut = Phone(browser, link).open()
    assert (shut.status, "封存" in shut.text) == (410, True)
    assert world.get(QIAN, f"/cases/{task.id}").status_code == 200


def test_the_desk_issues_shows_and_takes_back(world: World, browser: Browser):
    task = a_task(world)
    browser.enter(WANG)
    address = f"/console/cases/{task}/links"
    assert any(one.attrs["href"] == address for one in browser.look(f"/console/cases/{task}").top.every("a"))
    page = browser.look(address)
    assert "还没有发过链接" in page.text
    made = read(browser.send(address, {**page.form(address), "days": "3"}))
    assert made.status == 201
    shown = made.top.one("code", id="link").text
    link_id, code = re.fullmatch(r"http://huiyin\.example/d/([0-9a-f]{32})#([0-9A-Z]{20})", shown).groups()  # type: ignore[union-attr]
    assert any(one.attrs["src"].startswith("data:image/svg+xml") for one in made.top.every("img"))
    assert code not in browser.look(address).answer.text, "told once"
    assert read(browser.send(address, {**page.form(address), "days": "99"})).status == 422
    assert Phone(browser, {"id": link_id, "code": code}).open().status == 200
    browser.enter(WANG)
    listed = browser.look(address)
    assert "打开" in listed.text
    taken = browser.send(f"{address}/{link_id}/revoke", listed.form(f"{address}/{link_id}"))
    assert taken.status_code == 303
    assert Phone(browser, {"id": link_id, "code": code}).open().status == 410
    assert browser.enter(ZHANG).look(address).status == 403
    assert browser.enter(SUN).look(address).status == 404
