"""Correcting and withdrawing a party as pages: what stands there already, what is in the way, who was faster."""

from __future__ import annotations

from typing import Any

import pytest

from api.console.english import ENGLISH
from cases.desk.mediation import correcting
from cases.rules.corrections import PARTS
from tests.api.chambers import NUMBER, Chambers
from tests.console.browser import Browser, Page, read
from tests.people import BAI, GAO, TAO, WANG, WU
from tests.stories.amicably import APPLICANT, RESPONDENT, Amicably

THIRD = {"side": "third", "kind": "person", "name": "王误登", "phone": "13700003333"}


def asked(chambers: Chambers) -> Amicably:
    return Amicably(chambers).applied(parties=(APPLICANT, RESPONDENT, THIRD)).accepted()


def at(talk: Amicably, n: int, deed: str) -> str:
    return f"/console/cases/{talk.id}/parties/{talk.parties[n]}/{deed}"


def send(browser: Browser, place: str, /, **typed: Any) -> Any:
    return browser.send(place, {**browser.look(place).form(place), **typed})


def card(page: Page, n: int) -> str:
    return page.top.every("article")[n].text


def test_a_wrong_name_is_put_right_and_the_party_is_asked_anew(chambers: Chambers):
    talk, browser = asked(chambers), Browser(chambers).enter(TAO)
    talk.said(1)
    form = browser.look(at(talk, 1, "correct"))
    assert all(shown in form.text for shown in ("林**", "139****2222", "其余留空不变"))
    assert not any(whole in form.answer.text for whole in ("林乙方", "13900002222"))
    stands = form.form(at(talk, 1, "correct"))
    assert (stands["side"], stands["kind"], stands["name"], stands["reason"]) == ("respondent", "person", "", "")
    done = send(browser, at(talk, 1, "correct"), name="凌乙方", reason="姓写错")
    assert done.headers["location"] == f"/console/cases/{talk.id}/parties?done=correct_party&again=1"
    page = browser.look(done.headers["location"])
    assert "已更正,记入办理经过。" in page.top.one("div", role="status").text
    assert all(shown in card(page, 1) for shown in ("凌**", "更正后作废", "还没有答复"))
    sheet = browser.look(f"/console/cases/{talk.id}")
    assert all(shown in sheet.text for shown in ("更正当事人", "林** → 凌**", "姓写错", "陶主任"))
    assert "凌乙方" not in sheet.answer.text
    chambers.client.forget()


def test_a_document_made_before_says_beside_it_that_a_party_was_put_right(chambers: Chambers):
    talk, browser = asked(chambers), Browser(chambers).enter(TAO)
    made = f"/cases/{talk.id}/papers/rights_notice"
    assert chambers.post(BAI, made, {"facts": {"party": "林乙方"}}).status_code == 201
    sheet = f"/console/cases/{talk.id}"
    assert not browser.look(sheet).top.every("span", class_="since")
    send(browser, at(talk, 1, "correct"), name="凌乙方", reason="姓写错")
    said = browser.look(sheet).top.one("ul", class_="papers").one("span", class_="since").text
    assert (said[:7], said[-12:]) == ("当事人信息已于", "更正,本文书按更正前出具")
    chambers.client.keep("huiyin_lang", "en")
    english = browser.look(sheet).top.one("ul", class_="papers").one("span", class_="since").text
    assert english.startswith("A party's details were corrected on ")
    chambers.client.forget()


def test_an_address_is_put_right_and_nothing_is_asked_anew(chambers: Chambers):
    talk, browser = asked(chambers), Browser(chambers).enter(BAI)
    talk.said(1)
    done = send(browser, at(talk, 1, "correct"), address="建新路9号", reason="地址写错")
    assert done.headers["location"] == f"/console/cases/{talk.id}/parties?done=correct_party"
    page = browser.look(done.headers["location"])
    assert "同意调解" in card(page, 1)
    assert "作废" not in card(page, 1)
    chambers.client.forget()


def test_an_entry_made_by_mistake_is_taken_back(chambers: Chambers):
    talk, browser = asked(chambers), Browser(chambers).enter(BAI)
    done = send(browser, at(talk, 2, "withdraw"), reason="同一人登记了两次")
    page = browser.look(done.headers["location"])
    assert "已撤回,记入办理经过。" in page.top.one("div", role="status").text
    assert len(page.top.every("article")) == 2
    assert browser.look(at(talk, 2, "withdraw")).status == 404
    chambers.client.forget()


def test_what_is_in_the_way_is_said_before_anything_is_typed(chambers: Chambers):
    talk, browser = asked(chambers), Browser(chambers).enter(BAI)
    needed = browser.look(at(talk, 0, "withdraw"))
    assert (needed.status, correcting.SIDES in needed.text) == (200, True)
    assert [one.attrs["action"] for one in needed.top.every("form") if "parties" in one.attrs.get("action", "")] == []
    talk.said(2)
    assert correcting.ANSWERED in browser.look(at(talk, 2, "withdraw")).text
    waits = browser.look(f"/console/cases/{talk.id}/parties").top.every("a", class_="waits")
    assert {one.attrs["href"].rpartition("/")[2] for one in waits} >= {"withdraw"}
    talk.said(2, "no")
    assert correcting.OVER in browser.look(at(talk, 1, "correct")).text
    chambers.client.forget()


def test_what_is_wrong_is_said_beside_its_field_and_nothing_typed_is_lost(chambers: Chambers):
    talk, browser = asked(chambers), Browser(chambers).enter(BAI)
    place = at(talk, 1, "correct")
    wrong = read(send(browser, place, name="凌乙方", reason="应为凌乙方", identity_number=""))
    assert (wrong.status, correcting.UNNAMED in wrong.top.one("p", id="reason-said").text) == (422, True)
    assert wrong.form(place)["name"] == "凌乙方"
    same = read(send(browser, place, reason="没有改"))
    assert (same.status, correcting.NOTHING in same.text) == (422, True)
    needed = read(send(browser, place, side="third", reason="地位写错"))
    assert (needed.status, correcting.SIDES in needed.text) == (409, True)
    assert chambers.table.counter.rows("party", id=talk.parties[1])[0]["name"] == "林乙方"
    chambers.client.forget()


@pytest.mark.parametrize(("deed", "typed"), [("correct", {"address": "建新路9号"}), ("withdraw", {})])
def test_who_was_faster_is_named_and_the_form_goes_through_the_second_time(
    chambers: Chambers, deed: str, typed: dict[str, str]
):
    talk, browser = asked(chambers), Browser(chambers).enter(BAI)
    place = at(talk, 2, deed)
    form = {**browser.look(place).form(place), **typed, "reason": "登记写错"}
    talk.said(1)
    late = read(browser.send(place, form))
    assert (late.status, late.form(place)["reason"]) == (412, "登记写错")
    assert "答复记入案卷" in late.top.one("div", role="alert").text
    assert browser.send(place, {**late.form(place), **typed}).status_code == 303
    chambers.client.forget()


@pytest.mark.parametrize(("deed", "typed"), [("correct", {"name": "汪误登"}), ("withdraw", {})])
def test_a_form_sent_twice_is_one_deed(chambers: Chambers, deed: str, typed: dict[str, str]):
    talk, browser = asked(chambers), Browser(chambers).enter(BAI)
    place = at(talk, 2, deed)
    form = {**browser.look(place).form(place), **typed, "reason": "登记写错"}
    assert [browser.send(place, form).status_code for _ in range(2)] == [303, 303]
    assert chambers.counter.verbs(talk.id).count(f"{deed}_party") == 1
    chambers.client.forget()


def test_nobody_else_gets_there_and_a_strangers_form_is_not_taken(chambers: Chambers):
    talk, browser = asked(chambers), Browser(chambers)
    for deed in ("correct", "withdraw"):
        place = at(talk, 2, deed)
        for who, status in ((WANG, 404), (GAO, 404), (WU, 403)):
            assert browser.enter(who).look(place).status == status
        assert browser.enter(BAI).send(place, {"_token": "", "_version": "9", "reason": "写错"}).status_code == 403
    assert chambers.table.counter.rows("party", id=talk.parties[2])[0]["withdrawn_at"] is None
    chambers.client.forget()


def test_a_tie_that_shows_with_the_correction_is_told_on_the_page(chambers: Chambers):
    talk, browser = asked(chambers), Browser(chambers).enter(BAI)
    talk.begun()
    chambers.made(BAI, "/mediators/M1/ties", {"kind": "person", "identity_number": NUMBER, "relation": "表兄"})
    done = send(browser, at(talk, 1, "correct"), identity_number=NUMBER, reason="补登号码")
    page = browser.look(done.headers["location"])
    assert "请更换调解员" in page.top.one("div", role="alert").text
    assert "须重新征求同意" in card(page, 1)
    chambers.client.forget()


def test_all_of_it_is_said_in_english_too(chambers: Chambers):
    sentences = {correcting.OVER, correcting.SIGNED, correcting.SIDES, correcting.ANSWERED, correcting.PROMISED}
    sentences |= {correcting.NOTHING, correcting.UNNAMED, correcting.NOBODYS}
    assert {*sentences, *PARTS.values()} - set(ENGLISH) == set()
    talk, browser = asked(chambers), Browser(chambers).enter(BAI)
    browser.ask("GET", "/console/language?to=en&back=/console")
    place = at(talk, 0, "withdraw")
    assert ENGLISH[correcting.SIDES] in browser.look(place).text
    place = at(talk, 1, "correct")
    refused = read(send(browser, place, reason="nothing"))
    assert ENGLISH[correcting.NOTHING] in refused.top.one("div", role="alert").text
    chambers.client.forget()
