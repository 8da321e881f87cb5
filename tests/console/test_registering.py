"""Registering a report at the counter: matters suggested, duplicates shown, the query code told once."""

from __future__ import annotations

import pytest

from tests.console.browser import Browser, read
from tests.people import MA, WANG, ZHANG, Someone

REPORT = {
    "community": "JT-C01", "building": "6幢", "room": "302", "found_at": "2026-11-20T08:30", "matter": "XF01",
    "description": "三楼窗户拉线给电动车充电", "dissuasion.at": "2026-11-20T07:00", "dissuasion.by": "保安小赵",
    "dissuasion.words": "请拆除飞线", "reporter_name": "欧阳举报", "reporter_phone": "13812345678", "source": "hotline",
}  # fmt: skip
PATH = "/console/register"
PICTURE = ("现场.png", b"\x89PNG\r\n\x1a\n" + b"0" * 64, "image/png")


def test_a_report_is_registered_with_its_pictures_and_the_code_is_told_once(browser: Browser):
    filled = {**browser.enter(WANG).look(PATH).form(PATH), **REPORT}
    fields = {name: (None, value) for name, value in filled.items()}
    headers = {"Origin": "http://huiyin.example"}
    page = read(browser.ask("POST", PATH, files={**fields, "_files": PICTURE}, headers=headers))
    assert page.status == 201
    number, code = (one.text for one in page.top.every("dd", class_="num"))
    case_id = page.top.one("a", class_="main").attrs["href"].rpartition("/")[2]
    view = browser.world.get(WANG, f"/cases/{case_id}").json()
    assert (view["number"], view["matter"]["code"], view["facts"]["dissuasions"]) == (number, "XF01", 1)
    assert view["facts"]["found_at"] == "2026-11-20T08:30:00+08:00"
    assert view["facts"]["source"] == "hotline"
    assert len(browser.world.get(WANG, f"/cases/{case_id}/attachments").json()["items"]) == 1
    told = browser.world.get(None, f"/public/reports/{number}", headers={"Huiyin-Query-Code": code})
    assert told.status_code == 200
    again = read(browser.send(PATH, filled))
    assert (again.status, code in again.text) == (201, False)
    assert len(browser.world.get(WANG, "/cases").json()["items"]) == 1


def test_what_is_wrong_with_a_report_is_said_beside_its_fields(browser: Browser):
    filled = browser.enter(WANG).look(PATH).form(PATH)
    page = read(browser.send(PATH, {**filled, "community": "", "dissuasion.by": "保安", "description": "写好的字"}))
    assert page.status == 422
    said = {one.attrs["id"].removesuffix("-said") for one in page.top.every("p", class_="wrong")}
    assert said == {"community", "dissuasion.at", "dissuasion.words"}
    assert page.form(PATH)["description"] == "写好的字"
    assert read(browser.send(PATH, {**filled, "_token": ""})).status == 403
    assert browser.world.get(WANG, "/cases").json()["items"] == []


def test_likely_matters_and_cases_that_may_be_the_same_stand_beside(browser: Browser):
    first = browser.world.report()
    filled = {**browser.enter(WANG).look(PATH).form(PATH), **REPORT, "matter": ""}
    page = read(browser.send(PATH, {**filled, "_suggest": "1"}))
    assert page.top.every("button", name="_matter")[0].attrs["value"] == "XF01"
    (alike,) = page.top.one("ul", class_="alike").every("li")
    assert (alike.one("a").text, "相同楼栋" in alike.text) == (first["number"], True)
    page = read(browser.send(PATH, {**filled, "_matter": "XF01"}))
    assert page.form(PATH)["matter"] == "XF01"
    part = read(browser.send(PATH, filled, **{"Huiyin-Fragment": "beside"}))
    assert (part.top.every("form"), len(part.top.every("button", name="_matter")) > 0) == ([], True)
    assert len(browser.world.get(WANG, "/cases").json()["items"]) == 1


@pytest.mark.parametrize(("who", "status"), [(MA, 200), (ZHANG, 403)])
def test_who_reports_registers_in_their_own_name(looker: Browser, who: Someone, status: int):
    page = looker.enter(who).look(PATH)
    assert page.status == status
    if status == 200:
        assert {"source", "reporter_org"} & set(page.form(PATH)) == set()
        assert not page.top.every("button", name="_suggest")
