"""Reporting from the street: the form, the receipt, and what comes back wrong."""

from __future__ import annotations

import pytest

from api.console.english import ENGLISH
from api.console.frame import POLICY
from tests.api.world import World
from tests.console.browser import Browser, read
from tests.console.phone.street import FORM, a_bomb, a_photo, key_of, report, send
from tests.people import WANG


def cases(world: World) -> list[dict[str, object]]:
    return world.get(WANG, "/cases").json()["items"]


def test_a_community_is_found_by_a_part_of_its_name(looker: Browser):
    page = looker.look("/r?q=锦澜")
    assert [one.attrs["href"] for one in page.top.one("main").every("a")] == [FORM]
    assert looker.look("/r").top.every("a", href=FORM)
    assert "没有找到" in looker.look("/r?q=nowhere").text
    assert looker.look("/r/NOWHERE").status == 404


def test_the_form_asks_for_little_and_needs_no_script(looker: Browser):
    page = looker.look(FORM)
    form = page.top.one("form")
    needed = [one for tag in ("input", "textarea", "select") for one in form.every(tag) if "required" in one.attrs]
    assert needed == []
    photos = form.one("input", type="file")
    assert (photos.attrs["accept"], "multiple" in photos.attrs, "capture" in photos.attrs) == ("image/*", True, False)
    assert len(form.every("input", name="matter")) == len(looker.world.office.pack.matters) + 1
    labelled = {one.attrs["for"] for one in form.every("label") if "for" in one.attrs}
    for tag in ("input", "textarea"):
        for one in form.every(tag):
            assert one.attrs.get("type") in {"hidden", "radio", "checkbox"} or one.attrs["id"] in labelled
    assert page.answer.headers["content-security-policy"] == POLICY
    assert page.answer.headers["cache-control"] == "no-store"


def test_a_report_gets_a_receipt_and_a_code_and_nothing_is_asked_back(world: World):
    browser = Browser(world)
    page = report(
        browser, matter="XF01", building="6幢", told_by="保安", told_at="2026-11-20T08:30", told_words="请拆掉"
    )
    assert page.status == 201
    key = key_of(page)
    links = [one.attrs["href"] for one in page.top.every("a")]
    assert not any(key["code"] in one for one in links)
    (case,) = cases(world)
    assert case["number"] == key["number"] == page.top.one("dd", id="number").text
    assert world.step(WANG, str(case["id"]), "accept").status_code == 200, "the dissuasion was written down"
    page = read(browser.send("/f", key))
    assert (page.status, page.top.one("h1").text) == (200, "已受理,正在安排承办单位")
    assert "金城镇联合执法工作站" in page.text


def test_the_same_form_sent_twice_opens_one_case_and_tells_the_same_code(world: World):
    browser = Browser(world)
    filled = {**browser.look(FORM).form(FORM), "description": "楼道里有人拉线充电"}
    first, again = (send(browser, FORM, filled, a_photo()) for _ in "12")
    changed = send(browser, FORM, {**filled, "description": "另一件事"})
    assert key_of(first) == key_of(again) == key_of(changed)
    (case,) = cases(world)
    assert len(world.get(WANG, f"/cases/{case['id']}/attachments").json()["items"]) == 1
    kept = b"".join(row["body"] for row in world.counter.rows("idempotency"))
    assert key_of(first)["code"].encode() not in kept
    other = report(browser)
    assert key_of(other) != key_of(first)
    assert len(cases(world)) == 2


@pytest.mark.parametrize(
    ("said", "field"),
    [
        ({"description": ""}, "description"),
        ({"matter": "NOTHING"}, "matter"),
        ({"found_at": "yesterday"}, "found_at"),
        ({"found_at": "2027-01-01T00:00"}, "found_at"),
        ({"told_by": "保安"}, "told_words"),
        ({"description": "字" * 20_001}, "description"),
        ({"reporter_phone": "1" * 41}, "reporter_phone"),
    ],
)
def test_what_is_wrong_is_said_beside_the_field_and_what_was_typed_stays(
    looker: Browser, said: dict[str, str], field: str
):
    page = report(looker, building="6幢", **said)
    assert page.status == 422
    assert page.top.one("p", role="alert").text
    assert page.top.one("p", id=f"{field}-wrong").text
    assert page.form(FORM)["building"] == "6幢"


@pytest.mark.parametrize("sent", [b"\xff\xd8\xff rest", a_bomb(30_000, 30_000), b"%PDF-1.7 and more"])
def test_a_file_that_is_no_photograph_opens_nothing(world: World, sent: bytes):
    page = report(Browser(world), a_photo(), sent)
    assert page.status == 422
    assert "第 2 张照片" in page.top.one("p", id="photos-wrong").text
    assert cases(world) == []
    assert not list(world.office.settings.home.glob("files/*/*")), "nothing of it is kept"


def test_no_photograph_of_a_report_that_could_not_be_opened_is_kept(world: World):
    browser = Browser(world)
    for said in ({"matter": "NOTHING"}, {"found_at": "2027-01-01T00:00"}, {"reporter_phone": "1" * 41}):
        assert report(browser, a_photo(), **said).status == 422
    assert not list(world.office.settings.home.glob("files/*/*"))


def test_too_many_photographs_and_too_many_bytes_are_said(looker: Browser):
    assert "9" in report(looker, *[b"0"] * 10).top.one("p", id="photos-wrong").text
    large = {"Content-Type": "multipart/form-data; boundary=x", "Content-Length": "99999999"}
    assert read(looker.ask("POST", FORM, content=b"", headers=large)).status == 413


def test_who_comes_too_often_keeps_what_was_typed(world: World, monkeypatch: pytest.MonkeyPatch):
    browser = Browser(world)
    monkeypatch.setattr(world.throttles.reports, "burst", 0.0)
    page = report(browser, building="6幢")
    assert (page.status, page.form(FORM)["building"]) == (429, "6幢")
    monkeypatch.setattr(world.throttles.reports, "burst", 10.0)
    monkeypatch.setattr(world.throttles.places, "burst", 0.0)
    assert report(browser).status == 429, "and so for a community of which too much is reported"
    monkeypatch.setattr(world.throttles.public, "burst", 0.0)
    assert browser.look("/f").status == 429


def test_what_was_typed_is_shown_as_text(looker: Browser):
    page = report(looker, told_by="<script>alert(1)</script>", description='"><img src=x onerror=alert(1)>')
    assert page.status == 422
    assert len(page.top.every("script")) == 1
    assert not [one for one in page.top.every("img") if one.attrs["src"] == "x"]
    assert "<script>" in page.form(FORM)["told_by"]
    assert report(looker, description="\x00").status == 422
    foreign = {"Origin": "https://elsewhere.example", "Sec-Fetch-Site": "cross-site"}
    assert send(looker, FORM, {"description": "飞线"}, **foreign).status == 403


def test_the_language_is_chosen_and_leads_back(looker: Browser):
    answer = looker.ask("GET", f"/language?to=en&back={FORM}")
    assert answer.headers["location"] == FORM
    page = looker.look(FORM)
    assert page.top.one("html").attrs["lang"] == "en"
    assert ENGLISH["提交报告"] in page.text
    told = report(looker)
    assert "has arrived" in told.text
    assert "is being checked" in read(looker.send("/f", key_of(told))).text
    for back in ("//evil.example", "https://evil.example", "/console", "/r\\evil", "/language?to=zh"):
        assert looker.ask("GET", "/language", params={"to": "zh", "back": back}).headers["location"] == "/r"
