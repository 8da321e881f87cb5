"""Somebody scans the code at the door, and is answered twice before it is good."""

from __future__ import annotations

from io import BytesIO

from PIL import Image

from cases.machines.roles import COURIER, inside
from tests.api.world import World
from tests.builders import FIRE
from tests.console.browser import Browser, Page, read
from tests.console.phone.street import a_photo, key_of, report, send
from tests.people import WANG


def photos_of(world: World, case_id: str) -> list[bytes]:
    """The files of a case, as the workstation gets them."""
    files = world.get(WANG, f"/cases/{case_id}/attachments").json()["items"]
    return [world.get(WANG, f"/attachments/{one['id']}").content for one in files]


def answered(world: World, case_id: str, text: str) -> None:
    """The departments have done their part and the workstation tells the result."""
    world.counter.answer_all(case_id)
    assert world.step(WANG, case_id, "feed_back", {"text": text}).status_code == 200
    world.counter.step(case_id, "answer_arrived", inside(COURIER))


def headline(page: Page) -> str:
    return page.top.one("h1").text


def test_a_passer_by_reports_with_a_photograph_and_is_answered_until_it_is_good(world: World) -> None:
    """扫码报告附照片;去掉照片中的位置;查进展;仍未解决并附照片;重办后确认。"""
    browser = Browser(world)
    told = {"told_by": "物业保安", "told_at": "2026-11-20T08:30", "told_words": "请把线拆掉"}
    key = key_of(report(browser, a_photo(turned=6), matter="XF01", building="6幢", **told))
    (case,) = world.get(WANG, "/cases").json()["items"]
    (photo,) = photos_of(world, case["id"])
    assert not Image.open(BytesIO(photo)).getexif(), "where it was taken is nobody's business"
    assert b"SECRET" not in photo
    assert Image.open(BytesIO(photo)).size == (32, 64)

    assert world.step(WANG, case["id"], "accept").status_code == 200
    assert world.step(WANG, case["id"], "dispatch", {"lead": FIRE}).status_code == 200
    world.counter.deliver()
    page = read(browser.send("/f", key))
    assert headline(page) == "已交给承办单位,等待签收"
    assert world.office.pack.organisations[FIRE].name in page.text

    answered(world, case["id"], "已责令拆除")
    page = read(browser.send("/f", key))
    assert "已责令拆除" in page.top.one("p", class_="answer").text
    verbs = {form.one("input", name="_verb").attrs["value"] for form in page.top.every("form", action="/f/step")}
    assert verbs == {"confirm", "not_solved"}
    key_and_version = {**page.form("/f/step"), "_verb": "not_solved"}
    silent = send(browser, "/f/step", key_and_version, a_photo(100, 100))
    assert (silent.status, silent.top.one("p", role="alert").text != "") == (422, True)
    page = send(browser, "/f/step", {**key_and_version, "reason": "线又拉上了"}, a_photo())
    assert headline(page) == "您表示不满意,正在核查原因"
    assert len(photos_of(world, case["id"])) == 2
    kept = list(world.office.settings.home.glob("files/*/*"))
    assert len(kept) == 2, "nor is a photograph kept of an answer that was not taken"
    (entry,) = [e for e in world.get(WANG, f"/cases/{case['id']}/entries").json()["items"] if e["verb"] == "not_solved"]
    assert len(entry["payload"]["photos"]) == 1

    assert world.step(WANG, case["id"], "rework", {"reason": "未解决"}).status_code == 200
    assert world.step(WANG, case["id"], "dispatch", {"lead": FIRE}).status_code == 200
    world.counter.deliver()
    answered(world, case["id"], "已拆除并上锁")
    page = read(browser.send("/f", key))
    form = {**page.form("/f/step"), "_verb": "confirm", "satisfied": "4"}
    assert headline(send(browser, "/f/step", form)) == "已结案"
