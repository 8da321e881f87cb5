"""Documents from the sheet of a case, and the sheet of a mediation."""

from __future__ import annotations

from api.console.choices import Choices
from api.console.fields import Drawing
from api.console.labels import Labels
from api.console.reading import read as read_back
from cases.papers.asking import schema_of
from tests.api.chambers import Chambers
from tests.api.world import World
from tests.console.browser import Browser, read
from tests.console.test_fields import every, something
from tests.people import BAI, TAO, WANG, WU, ZHANG
from tests.stories.amicably import APPLICANT, RESPONDENT, Amicably


def test_a_document_is_looked_at_as_a_draft_then_made(browser: Browser):
    case_id = browser.world.accepted()
    path = f"/console/cases/{case_id}/papers/feedback_notice"
    sheet = browser.enter(WANG).look(f"/console/cases/{case_id}")
    assert path in {one.attrs["href"] for one in sheet.top.every("a")}
    filled = browser.look(path).form(path)
    assert filled["matter"] == "飞线充电"
    page = read(browser.send(path, {**filled, "result": "充电线路已拆除"}))
    assert page.status == 422
    assert page.form(path)["result"] == "充电线路已拆除"
    right = {**page.form(path), "remedies": "不同意见可以向本工作站提出"}
    draft = browser.send(path, {**right, "_draft": "1"})
    assert (draft.headers["content-type"], draft.content[:5]) == ("application/pdf", b"%PDF-")
    assert browser.world.get(WANG, f"/cases/{case_id}/papers").json()["items"] == []
    answer = browser.send(path, right)
    assert answer.headers["location"] == f"/console/cases/{case_id}#papers-title"
    (kept,) = browser.world.get(WANG, f"/cases/{case_id}/papers").json()["items"]
    assert kept["number"] in browser.look(f"/console/cases/{case_id}").top.one("ul", class_="papers").text
    assert browser.enter(ZHANG).look(path).status in {403, 404}


def test_a_document_is_voided_for_a_reason_and_its_number_stays(browser: Browser):
    case_id = browser.world.accepted()
    made = {"result": "充电线路已拆除", "remedies": "不同意见可以向本工作站提出"}
    answer = browser.world.post(WANG, f"/cases/{case_id}/papers/feedback_notice", {"facts": made})
    assert answer.status_code == 201, answer.text
    paper, path = answer.json(), f"/console/papers/{answer.json()['id']}/void"
    sheet = browser.enter(WANG).look(f"/console/cases/{case_id}")
    assert path in {one.attrs["href"] for one in sheet.top.every("a")}
    form = browser.look(path).form(path)
    assert read(browser.send(path, {**form, "reason": ""})).status == 422
    assert browser.send(path, {**form, "reason": "日期写错"}).headers["location"] == f"/console/cases/{case_id}"
    listed = browser.look(f"/console/cases/{case_id}").top.one("ul", class_="papers").text
    assert all(said in listed for said in (paper["number"], "已作废", "日期写错", WANG.name))
    again = read(browser.send(path, {**form, "reason": "再来一次"}))
    assert (again.status, "已经作废" in again.top.one("div", role="alert").text) == (409, True)
    assert browser.enter(ZHANG).look(path).status == 404


def test_every_document_can_be_asked_for(shared: World):
    choices = Choices(Labels(shared.office, "zh"), coded=False)
    assert len(shared.office.pack.papers) > 10
    for paper in shared.office.pack.papers.values():
        schema = schema_of(paper)
        leaves = [
            one for one in every(Drawing.of(schema, {}, {}, choices).fields(schema)) if not one.fields and not one.items
        ]
        typed = {one.name: something(one) for one in leaves}
        assert set(read_back(schema, typed)) == set(schema["properties"]), paper.code


def test_the_committee_sees_the_parties_masked_and_nobody_else_sees_them(chambers: Chambers):
    mediation = Amicably(chambers).applied().accepted()
    browser = Browser(chambers)
    for who in (BAI, TAO):
        page = browser.enter(who).look(f"/console/cases/{mediation.id}")
        assert page.status == 200
        assert "陈**" in page.text
        assert not any(one["phone"] in page.answer.text for one in (APPLICANT, RESPONDENT))
    for who in (WU, WANG, ZHANG):
        page = browser.enter(who).look(f"/console/cases/{mediation.id}")
        assert page.status in {200, 404}
        assert "陈**" not in page.text
        assert "渗水" not in page.text
    chambers.client.forget()
