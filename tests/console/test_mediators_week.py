"""The mediator's week, the committee's, applications at the counter, and promises due."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import select, update

from cases.store.sheaf import table
from tests.api.chambers import NUMBER, Chambers
from tests.cases.chamber import ROOM
from tests.console.browser import Browser, Page, read
from tests.people import BAI, GAO, TAO, WANG, WU
from tests.stories.amicably import APPLICANT, Amicably, instalment

WEEK, PETITION, PROMISES = "/console/week", "/console/petition", "/console/promises"
DISPUTE = {
    "application.community": "JT-C01", "application.building": "6幢", "application.room": "302",
    "application.matter": "MS02", "application.dispute": "楼上渗水到楼下", "application.requests": "修好并赔偿",
}  # fmt: skip


def day(page: Page, on: str) -> str:
    return next(one.text for one in page.top.every("section", class_="day") if on in one.text)


def test_a_week_shows_meetings_due_moments_and_cases_with_parties_masked(chambers: Chambers):
    mine = Amicably(chambers).applied().accepted().begun()
    planned = chambers.planned(mine.id)
    said = {"attendance_id": planned["invited"][1]["id"], "answer": "yes"}
    chambers.made(BAI, f"/cases/{mine.id}/meetings/{planned['id']}/answers", said, 200)
    other = chambers.table.open(station=GAO.org, holder=GAO.org)
    browser = Browser(chambers).enter(BAI)
    page = browser.look(f"{WEEK}?on=2026-11-23")
    monday = day(page, "11月23日")
    assert all(part in monday for part in ("09:00", "10:00", "第一调解室", "陈**", "参加", "待确认", "漏水"))
    assert not any(whole in page.answer.text for whole in ("陈甲方", "林乙方", APPLICANT["phone"]))
    hand = page.top.one("ul", class_="hand").text
    assert (mine.number in hand, chambers.counter.piece(other).number in hand) == (True, False)
    assert "今天" in day(browser.look(WEEK), "11月20日")
    assert page.top.one("a", rel="next").attrs["href"].endswith("on=2026-11-30")
    assert browser.look(f"{WEEK}?on=nonsense&whose=all").status == 200
    assert browser.look(f"{WEEK}?whose=M3").status == 200, "a stranger's week is the own one"
    assert browser.look(f"{WEEK}?whose=nobody").status == 404
    for who in (WANG, WU):
        assert browser.enter(who).look(WEEK).status == 403
        assert WEEK not in {one.attrs["href"] for one in browser.look("/console").top.every("a")}
    chambers.client.forget()


def test_a_meeting_in_the_case_of_another_committee_shows_time_and_number_and_no_parties(chambers: Chambers):
    with chambers.office.database.writing() as connection:
        account, register = table("account"), table("mediator")
        gao = connection.execute(select(account.c.id).where(account.c.login == GAO.login)).scalar_one()
        connection.execute(update(register).where(register.c.id == "M3").values(account_id=gao))
    helped = Amicably(chambers, mediator_id="M3").applied().accepted().begun()
    planned = chambers.planned(helped.id)
    page = Browser(chambers).enter(GAO).look(f"{WEEK}?on=2026-11-23")
    monday = day(page, "11月23日")
    assert all(part in monday for part in ("09:00", helped.number, "高调解"))
    assert not any(part in page.answer.text for part in ("陈**", "林**", planned["id"]))
    assert page.top.every("ul", class_="hand") == []
    theirs = Browser(chambers).enter(TAO).look(f"{WEEK}?on=2026-11-23")
    assert "陈**" in day(theirs, "11月23日")
    chambers.client.forget()


def test_a_head_sees_the_committee_and_what_each_carries(chambers: Chambers):
    Amicably(chambers).applied().accepted().begun()
    page = Browser(chambers).enter(TAO).look(WEEK)
    assert page.top.one("h1").text.startswith("一周安排")
    load = next(table for table in page.top.every("table") if "柏调解" in table.text)
    assert [[cell.text for cell in row.every("td")][:3] for row in load.every("tr")[1:]] == [
        ["柏调解", "1", "1"], ["安调解", "0", "0"],
    ]  # fmt: skip
    chambers.client.forget()


def test_the_calendar_has_an_address_told_once_that_can_be_revoked(chambers: Chambers):
    browser = Browser(chambers).enter(BAI)
    chambers.planned(Amicably(chambers).applied().accepted().begun().id)
    form = browser.look(WEEK).form(f"{WEEK}/feed")
    page = read(browser.send(f"{WEEK}/feed", form))
    address = page.top.one("code", class_="address").text.removeprefix("http://huiyin.example")
    assert b"BEGIN:VEVENT" in browser.ask("GET", address).content
    page = browser.look(WEEK)
    assert address not in page.answer.text
    revoke = next(one.attrs["action"] for one in page.top.every("form") if "revoke" in one.attrs["action"])
    assert browser.send(revoke, page.form(revoke)).status_code == 303
    assert browser.ask("GET", address).status_code == 404
    away = {**browser.look("/console/mediators/M1/away").form("/console/mediators/M1/away")}
    wrong = read(browser.send("/console/mediators/M1/away", {**away, "starts": "2026-11-23T08:00"}))
    assert (wrong.status, wrong.form("/console/mediators/M1/away")["starts"]) == (422, "2026-11-23T08:00")
    taken = {**away, "starts": "2026-11-23T08:00", "ends": "2026-11-23T18:00"}
    refused = read(browser.send("/console/mediators/M1/away", taken))
    assert (refused.status, "会议" in refused.top.one("div", role="alert").text) == (409, True)
    assert browser.look("/console/mediators/M3/away").status == 200
    assert browser.send("/console/mediators/M3/away", taken).status_code == 403, "somebody of another committee"
    chambers.client.forget()


def test_an_application_is_taken_at_the_counter_and_each_code_told_once(chambers: Chambers):
    browser = Browser(chambers).enter(BAI)
    begun = browser.look(PETITION).form(PETITION)
    assert (begun["application.committee"], begun["parties.1.side"]) == (BAI.org, "respondent")
    half = {**begun, **DISPUTE, "parties.0.name": "陈甲方", "parties.0.identity_number": "123"}
    wrong = read(browser.send(PETITION, half))
    assert (wrong.status, wrong.form(PETITION)["application.dispute"]) == (422, "楼上渗水到楼下")
    assert {one.attrs["id"] for one in wrong.top.every("p", class_="wrong")} == {"parties.1.name-said"}
    whole = {**half, "parties.1.name": "林乙方", "parties.1.phone": "13900002222"}
    assert "证件号码不正确" in read(browser.send(PETITION, whole)).top.one("div", role="alert").text
    whole["parties.0.identity_number"] = NUMBER
    more = read(browser.send(PETITION, {**whole, "_more": "parties"})).form(PETITION)
    assert (more["parties.2.side"], more["parties.0.name"]) == ("third", "陈甲方")
    assert read(browser.send(PETITION, {**whole, "_token": ""})).status == 403
    page = read(browser.send(PETITION, whole))
    assert page.status == 201
    number, first, second = (one.text for one in page.top.every("dd", class_="num"))
    told = chambers.get(None, f"/public/mediations/{number}", headers={"Huiyin-Query-Code": second})
    assert (told.json()["side"], first != second) == ("respondent", True)
    again = read(browser.send(PETITION, whole))
    assert (again.status, first in again.text, number in again.text) == (201, False, True)
    (case,) = chambers.counter.rows("case_file", number=number)
    assert (case["state"], case["station"]) == ("applied", BAI.org)
    ruled_out = {**whole, "application.natures": "criminal", "_once": "another"}
    assert "刑事" in read(browser.send(PETITION, ruled_out)).top.one("div", role="alert").text
    assert browser.enter(WANG).look(PETITION).status == 403
    chambers.client.forget()


def test_promises_are_listed_by_day_and_recorded_item_by_item(chambers: Chambers):
    talk = Amicably(chambers).applied().accepted().begun().talked()
    talk.settled(instalment("2026-12-10"), instalment("2027-01-10", "800"))
    browser = Browser(chambers).enter(BAI)
    page = browser.look(PROMISES)
    rows = page.top.one("tbody").every("tr")
    assert [("600" in row.text, row.attrs["class"]) for row in rows] == [(True, "light-green"), (False, "light-green")]
    assert "林** → 陈**" in rows[0].text
    step = next(one.attrs["href"] for one in rows[1].every("a") if "record_performance" in one.attrs["href"])
    form = browser.look(step).form(step.partition("?")[0])
    assert form["item"] == "2"
    paid = {**form, "on": "2026-11-20", "amount": "300", "proof": "收条"}
    del paid["complete"]
    assert browser.send(step.partition("?")[0], {**paid, "complete": "false"}).status_code == 303
    assert "300" in browser.look(PROMISES).text
    chambers.clock.jump(datetime.fromisoformat("2026-12-11T09:00:00+08:00"))
    late = browser.look(PROMISES)
    assert late.top.one("tbody").every("tr")[0].attrs["class"] == "light-red"
    assert "有 1 项过了约定的日期" in late.top.one("p", class_="bad").text
    assert browser.enter(GAO).look(PROMISES).top.every("tbody") == []
    chambers.client.forget()


def test_nobody_is_booked_twice_and_the_refusal_keeps_what_was_typed(chambers: Chambers):
    first, second = (Amicably(chambers).applied().accepted().begun() for _ in range(2))
    chambers.planned(first.id)
    browser, path = Browser(chambers).enter(BAI), f"/console/cases/{second.id}/meetings/new"
    form = browser.look(path).form(path)
    wanted = {**form, "kind": "committee", "room_id": ROOM, "starts": "2026-11-23T09:30", "ends": "2026-11-23T10:30"}
    page = read(browser.send(path, wanted))
    said = page.top.one("div", role="alert").text
    assert (page.status, "柏调解" in said, "2026年11月23日09:00至10:00已有其他会议" in said) == (409, True, True)
    assert page.form(path)["starts"] == "2026-11-23T09:30"
    odd = read(browser.send(path, {**wanted, "starts": "2026-11-23T13:05", "ends": "2026-11-23T14:00"}))
    assert "一刻钟" in odd.top.one("p", class_="wrong").text
    free = {**wanted, "starts": "2026-11-23T13:00", "ends": "2026-11-23T14:00"}
    assert browser.send(path, free).status_code == 303
    part = browser.send(
        path, {**free, "starts": "2026-11-24T13:00", "ends": "2026-11-24T14:00"}, **{"Huiyin-Fragment": "step"}
    )
    assert (part.status_code, part.headers["huiyin-go"].startswith(f"/console/cases/{second.id}/meetings/")) == (
        204,
        True,
    )
    chambers.client.forget()
