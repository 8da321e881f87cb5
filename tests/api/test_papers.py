"""Documents over the API: made, previewed, fetched, voided; refused by name; seen by those they are for."""

from __future__ import annotations

import hashlib
from typing import Any
from urllib.parse import unquote

import pytest

from tests.api.world import World
from tests.builders import FIRE, POLICE
from tests.cases.papers.reading import docx_text, pdf_text
from tests.people import MA, QIAN, SUN, WANG, WU, ZHANG, ZHAO, ZHENG, ZHOU, Someone

FACTS = {"result": "充电线路已拆除", "remedies": "不同意见可以向本工作站提出"}
ORDER = {"reply": ["系统回复"], "was_due": "2026-11-20T17:30:00+08:00"}


def made(world: World, case_id: str, code: str = "feedback_notice", who: Any = WANG, **facts: Any) -> dict[str, Any]:
    answer = world.post(who, f"/cases/{case_id}/papers/{code}", {"facts": {**FACTS, **facts}})
    assert answer.status_code == 201, answer.text
    return answer.json()


def test_a_document_from_the_case_to_the_clerks_screen(world: World):
    case_id = world.accepted()
    asked = world.get(WANG, f"/cases/{case_id}/papers/feedback_notice").json()
    assert asked["facts"]["matter"] == "飞线充电"
    assert asked["facts"]["case"] == world.get(WANG, f"/cases/{case_id}").json()["number"]
    assert asked["schema"]["properties"]["result"]["title"] == "办理结果"
    kept = made(world, case_id)
    assert (kept["number"], kept["version"], kept["current"]) == ("坛金城告〔2026〕第1号", 1, True)
    pdf = world.client.request("GET", kept["links"]["pdf"], headers=WANG.headers)
    assert pdf.headers["content-type"] == "application/pdf"
    assert hashlib.sha256(pdf.content).hexdigest() == kept["pdf_sha256"]
    text = pdf_text(pdf.content)
    for said in (kept["number"], asked["facts"]["case"], "飞线充电", FACTS["result"], "金城镇联合执法工作站（印章）"):
        assert said in text
    docx = world.client.request("GET", kept["links"]["docx"], headers=WANG.headers)
    assert hashlib.sha256(docx.content).hexdigest() == kept["docx_sha256"]
    assert FACTS["result"] in docx_text(docx.content)
    listed = world.get(WANG, f"/cases/{case_id}/papers").json()
    assert listed["items"] == [kept]
    assert {one["code"] for one in listed["offered"]} == {"feedback_notice", "mediation_application"}


def test_headers_let_the_browser_show_a_pdf_and_nothing_else(world: World):
    kept = made(world, world.accepted())
    pdf = world.get(WANG, f"/papers/{kept['id']}.pdf")
    said = pdf.headers["content-disposition"]
    assert said.startswith("inline; filename*=UTF-8''")
    assert unquote(said.split("''")[1]) == f"办理结果告知书{kept['number']}.pdf"
    assert pdf.headers["x-content-type-options"] == "nosniff"
    assert pdf.headers["cache-control"] == "no-store"
    assert "default-src 'none'" in pdf.headers["content-security-policy"]
    assert "frame-ancestors 'self'" in pdf.headers["content-security-policy"]
    assert pdf.headers["x-frame-options"] == "SAMEORIGIN"
    docx = world.get(WANG, f"/papers/{kept['id']}.docx")
    assert docx.headers["content-disposition"].startswith("attachment")
    assert "sandbox" in docx.headers["content-security-policy"]


def test_what_is_missing_is_named_and_there_is_no_document(world: World):
    case_id = world.accepted()
    answer = world.post(WANG, f"/cases/{case_id}/papers/feedback_notice", {"facts": {"reported_on": "昨天"}})
    assert (answer.status_code, answer.headers["content-type"]) == (422, "application/problem+json")
    body = answer.json()
    assert body["code"] == "malformed"
    assert "不能出具《办理结果告知书》:还缺办理结果、不同意见的反映渠道" in body["detail"]
    assert set(body["fields"]) == {"result", "remedies", "reported_on"}
    assert world.get(WANG, f"/cases/{case_id}/papers").json()["items"] == []
    assert made(world, case_id)["number"] == "坛金城告〔2026〕第1号", "the refusal used up no number"


@pytest.mark.parametrize(
    "body",
    [
        {"facts": []},
        {"facts": {"result": "x"}, "number": "1"},
        {"facts": {**FACTS, "result": "坏\u202e字"}},
        {"facts": {**FACTS, "result": "😀"}},
        {"facts": {**FACTS, "surprise": 1}},
        {"facts": FACTS, "revises": "x" * 65},
    ],
)
def test_bodies_that_are_refused(shared: World, body: Any):
    answer = shared.post(WANG, f"/cases/{shared.accepted(room='9')}/papers/feedback_notice", body)
    assert (answer.status_code, answer.headers["content-type"]) == (422, "application/problem+json")


def test_a_repeated_request_makes_one_document(world: World):
    path = f"/cases/{world.accepted()}/papers/feedback_notice"
    key = {"Idempotency-Key": "notice-1"}
    first, again = (world.post(WANG, path, {"facts": FACTS}, headers=key) for _ in range(2))
    assert (first.status_code, again.status_code) == (201, 201)
    assert first.json() == again.json()
    assert len(world.get(WANG, path.rsplit("/", 1)[0]).json()["items"]) == 1
    other = world.post(WANG, path, {"facts": {**FACTS, "result": "别的"}}, headers=key)
    assert other.json()["code"] == "idempotency_mismatch"


def test_a_draft_is_shown_and_leaves_nothing(world: World):
    case_id = world.accepted()
    draft = world.get(WANG, f"/cases/{case_id}/papers/feedback_notice/draft.pdf")
    assert draft.headers["content-type"] == "application/pdf"
    assert draft.headers["content-disposition"].startswith("inline")
    text = pdf_text(draft.content)
    assert "草稿，不作凭据" in text
    assert "【待填：办理结果】" in text
    assert "飞线充电" in text
    filled = world.post(WANG, f"/cases/{case_id}/papers/feedback_notice/draft.pdf", {"facts": FACTS})
    assert FACTS["result"] in pdf_text(filled.content)
    assert "〔2026〕第" not in pdf_text(filled.content)
    assert world.get(WANG, f"/cases/{case_id}/papers").json()["items"] == []


def test_versions_and_voiding(world: World):
    case_id = world.accepted()
    first = made(world, case_id)
    body = {"facts": FACTS, "revises": first["id"]}
    second = world.post(WANG, f"/cases/{case_id}/papers/feedback_notice", body).json()
    assert (second["number"], second["version"]) == (first["number"], 2)
    items = world.get(WANG, f"/cases/{case_id}/papers").json()["items"]
    assert [one["current"] for one in items] == [False, True]
    assert world.post(WANG, f"/papers/{second['id']}/void", {"reason": ""}).status_code == 422
    voided = world.post(WANG, f"/papers/{second['id']}/void", {"reason": "事项写错"}).json()
    assert (voided["void_reason"], voided["current"]) == ("事项写错", False)
    again = world.post(WANG, f"/papers/{first['id']}/void", {"reason": "再来一次"})
    assert (again.status_code, again.json()["code"]) == (409, "conflict")
    assert made(world, case_id)["number"] == "坛金城告〔2026〕第2号"
    assert len(world.get(MA, f"/cases/{case_id}/papers").json()["items"]) == 1, "voided papers stay in the office"
    assert world.get(MA, f"/papers/{first['id']}.pdf").status_code == 404


def an_order(world: World, task: str, officer: Someone) -> str:
    """An order of supervision over a task the department has seen, issued by the district."""
    (notice,) = [one for one in world.get(officer, "/inbox").json()["items"] if one["body"]["data"]["case_id"] == task]
    world.post(officer, f"/inbox/{notice['id']}/seen")
    wish = {"level": 2, "requirement": "立即签收并说明原因", "clock": "sign_for"}
    assert world.step(WU, task, "order_supervision", wish).status_code == 200
    (order,) = [one for one in world.counter.everything() if one.case_type == "supervision"]
    return order.id


def test_a_supervision_order_is_for_the_unit_and_not_for_whoever_reported(world: World):
    clue = world.accepted()
    world.step(WANG, clue, "dispatch", {"lead": FIRE})
    task = world.task_of(clue, FIRE)
    world.counter.deliver()
    order = an_order(world, task.id, ZHANG)
    answer = world.post(WU, f"/cases/{order}/papers/supervision_order", {"facts": ORDER})
    assert answer.status_code == 201, answer.text
    kept = answer.json()
    assert kept["number"] == "坛督〔2026〕第1号"
    text = pdf_text(world.get(ZHANG, f"/papers/{kept['id']}.pdf").content)
    for said in (
        "被督办单位金坛区消防救援大队",
        f"案件编号{task.number}",
        "■二级（橙）",
        "立即签收并说明原因",
        "超期环节签收",
    ):
        assert said in text
    expected = [(WU, 200), (ZHENG, 200), (ZHAO, 200), (MA, 404), (SUN, 404), (ZHOU, 404)]
    assert [(who, world.get(who, f"/papers/{kept['id']}.pdf").status_code) for who, _ in expected] == expected
    assert world.post(ZHANG, f"/cases/{order}/papers/supervision_order", {"facts": ORDER}).status_code == 403


def test_of_a_sealed_matter_a_document_says_only_what_the_law_allows(world: World):
    clue, _ = world.sealed_result()
    world.step(WANG, clue, "feed_back", {})
    notice = made(world, clue, result="拘留十日")
    text = pdf_text(world.get(MA, f"/papers/{notice['id']}.pdf").content)
    assert world.office.pack.words("sealed") in text
    assert "拘留" not in text


def test_behind_the_seal_only_the_makers_own_organisation_reads(world: World):
    clue = world.accepted(matter="GA01")
    world.step(WANG, clue, "dispatch", {"lead": POLICE, "reason": "公安主办"})
    world.counter.deliver()
    task = world.task_of(clue, POLICE).id
    order = an_order(world, task, QIAN)
    kept = world.post(WU, f"/cases/{order}/papers/supervision_order", {"facts": ORDER}).json()
    seen = {who.login: world.get(who, f"/papers/{kept['id']}.pdf").status_code for who in (WU, ZHENG, QIAN, WANG)}
    assert seen == {"wu": 200, "zheng": 200, "qian": 200, "wang": 404}


def test_the_kinds_of_documents_say_on_what_they_rest(shared: World):
    found = {one["code"]: one for one in shared.get(WANG, "/papers").json()["items"]}
    assert len(found) == 15
    agreement = found["agreement"]
    assert (agreement["confidence"], agreement["marks"]) == ("found", ["signature", "seal"])
    assert agreement["number"] == "（{year}）{organ}物调字第{n}号"
    assert "人民调解法第二十九条" in agreement["schema"]["properties"]["terms"]["description"]
    assert found["supervision_order"]["confidence"] == "design"


def test_a_department_that_holds_no_such_case_learns_nothing(shared: World):
    kept = made(shared, shared.accepted(room="77"))
    unknown = shared.get(ZHANG, "/papers/none.pdf").json()
    hidden = shared.get(ZHANG, f"/papers/{kept['id']}.pdf").json()
    assert {name: hidden[name] for name in ("status", "code", "detail")} == {
        name: unknown[name] for name in ("status", "code", "detail")
    }
