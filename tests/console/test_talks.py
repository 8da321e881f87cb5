"""Parties, consents, the mediator, a meeting with minutes and signatures, the agreement: as pages, with refusals."""

from __future__ import annotations

from datetime import datetime
from io import BytesIO
from typing import Any

from PIL import Image
from sqlalchemy import select

from cases.store.sheaf import table
from tests.api.chambers import NUMBER, Chambers
from tests.console.browser import HOME, Browser, read
from tests.people import BAI, GAO, TAO, WANG, WU
from tests.stories.amicably import APPLICANT, LAWFUL, RESPONDENT, TERMS, Amicably, instalment

ENTITLED = {**APPLICANT, "identity_number": NUMBER, "address": "6幢302室"}


def a_signature() -> bytes:
    out = BytesIO()
    Image.new("RGBA", (300, 120), (0, 0, 0, 0)).save(out, "PNG")
    return out.getvalue()


def signed(browser: Browser, path: str, form: dict[str, str], name: str = "image", content: bytes = b"") -> Any:
    fields = {key: (None, value) for key, value in form.items()}
    files = {**fields, name: ("signature.png", content or a_signature(), "image/png")}
    return browser.ask("POST", path, files=files, headers={"Origin": HOME})


def test_a_party_is_entered_masked_and_seen_in_full_only_for_a_reason(chambers: Chambers):
    talk = Amicably(chambers).applied(parties=(ENTITLED,))
    browser, at = Browser(chambers).enter(TAO), f"/console/cases/{talk.id}/parties"
    form = browser.look(f"{at}/new").form(f"{at}/new")
    assert (form["side"], form["kind"]) == ("respondent", "person")
    wrong = read(browser.send(f"{at}/new", {**form, "name": "", "identity_number": "123"}))
    assert (wrong.status, wrong.form(f"{at}/new")["identity_number"]) == (422, "123")
    right = {**form, "name": "林乙方", "phone": "13900002222", "agent_name": "赵代理", "agent_authority": "special"}
    assert browser.send(f"{at}/new", right).headers["location"] == at
    page = browser.look(at)
    assert all(shown in page.text for shown in ("林**", "139****2222", "赵**", "特别授权"))
    assert not any(whole in page.answer.text for whole in ("林乙方", "13900002222", NUMBER))
    look = f"{at}/{talk.parties[0]}/identity"
    assert read(browser.send(look, {**browser.look(look).form(look), "reason": "看"})).status == 422
    whole = read(browser.send(look, {**browser.look(look).form(look), "reason": "核对送达地址"}))
    assert all(shown in whole.text for shown in ("陈甲方", "13800001111", "6幢302室"))
    assert NUMBER not in whole.text
    with chambers.office.database.reading() as connection:
        (row,) = connection.execute(select(table("identity_view")))
    assert (row.case_id, row.reason) == (talk.id, "第1方当事人:核对送达地址")
    code = f"{at}/{talk.parties[1]}/code"
    told = read(browser.send(code, browser.look(code).form(code))).top.one("dd", id="code").text
    seen = chambers.get(None, f"/public/mediations/{talk.number}", headers={"Huiyin-Query-Code": told})
    assert seen.json()["side"] == "respondent"
    for who, status in ((WANG, 404), (GAO, 404), (WU, 403)):
        assert browser.enter(who).look(at).status == status
        assert browser.send(look, {"_token": "", "reason": "好奇看一看"}).status_code == 403
    chambers.client.forget()


def test_consents_are_written_down_or_asked_for_by_a_link_of_its_own_party(chambers: Chambers):
    talk = Amicably(chambers).applied().accepted()
    browser = Browser(chambers).enter(BAI)
    new, link = (f"/console/cases/{talk.id}/consents/{kind}" for kind in ("new", "link"))
    form = browser.look(f"{new}?party={talk.parties[0]}").form(new)
    assert (form["party_id"], form["what"]) == (talk.parties[0], "mediation")
    assert browser.send(new, {**form, "answer": "yes"}).status_code == 303
    page = read(browser.send(link, browser.look(f"{link}?party={talk.parties[1]}").form(link)))
    address, _, token = page.top.one("code").text.removeprefix(HOME).partition("#")
    assert page.top.one("img", width="208").attrs["src"].startswith("data:image/svg+xml")
    parties = browser.look(f"/console/cases/{talk.id}/parties")
    assert ("等候链接答复" in parties.text, token in parties.answer.text) == (True, False)
    said = {"code": token, "answer": "yes", "tail": APPLICANT["phone"][-4:]}
    theirs = read(browser.send(f"{address}/answer", said))
    assert (theirs.status, "这不是发给您的链接" in theirs.top.one("p", role="alert").text) == (409, True)
    assert read(browser.send(f"{address}/answer", {**said, "tail": RESPONDENT["phone"][-4:]})).status == 200
    assert talk.state == "choosing"
    assert "链接" in browser.look(f"/console/cases/{talk.id}/parties").text
    chambers.client.forget()


def test_a_mediator_tied_to_a_party_is_shown_with_the_reason_and_cannot_be_chosen(chambers: Chambers):
    browser, tie = Browser(chambers).enter(BAI), "/console/mediators/M1/tie"
    talk = Amicably(chambers).applied(parties=(ENTITLED, RESPONDENT)).accepted()
    talk.agreed_to()
    declared = {**browser.look(tie).form(tie), "kind": "person", "identity_number": NUMBER, "relation": "表兄"}
    assert browser.send(tie, declared).status_code == 303
    at = f"/console/cases/{talk.id}/mediators"
    page = browser.look(at)
    assert "表兄" in page.top.one("ul", class_="out").text
    assert "柏调解" not in page.top.one("ol", class_="ranked").text
    blank = browser.look(f"{at}/M1").form(f"{at}/M1")
    assert read(browser.send(f"{at}/M1", blank)).status == 422, "nothing is said for the mediator"
    form = {**blank, "tied": "false", "statement": "没有利害关系", "chosen_by": "parties"}
    refused = read(browser.send(f"{at}/M1", form))
    assert (refused.status, "与当事人一方有利害关系(表兄)" in refused.top.one("div", role="alert").text) == (409, True)
    honest = read(browser.send(f"{at}/M2", {**form, "tied": "true", "statement": "是我的老同学"}))
    assert "已声明" in honest.top.one("div", role="alert").text
    assert browser.send(f"{at}/M2", form).headers["location"] == at
    assert "安调解" in browser.look(at).text
    objection = {**browser.look(f"{at}/objection").form(f"{at}/objection"), "party_id": talk.parties[0]}
    assert browser.send(f"{at}/objection", objection).status_code == 303
    assert "此前已在本案中更换" in browser.look(at).text
    chambers.client.forget()


def test_a_meeting_is_held_written_down_and_signed_on_a_tablet(chambers: Chambers):
    talk = Amicably(chambers).applied().accepted().begun()
    visit: dict[str, Any] = {"kind": "visit", "address": "6幢302室厨房", "room_id": None}
    meeting = chambers.planned(talk.id, **visit)
    browser, at = Browser(chambers).enter(BAI), f"/console/cases/{talk.id}/meetings/{meeting['id']}"
    page = browser.look(at)
    assert ("6幢302室厨房" in page.text, page.top.every("form", action=f"{at}/held")) == (True, [])
    who = meeting["invited"][2]["id"]
    link = next(one.attrs["href"] for one in page.top.every("a") if f"attend:{meeting['id']}" in one.attrs["href"])
    assert browser.look(link).form(link.partition("?")[0])["what"] == f"attend:{meeting['id']}"
    answer = {**page.form(f"{at}/answer"), "who": who, "answer": "no"}
    assert browser.send(f"{at}/answer", answer).status_code == 303
    chambers.clock.jump(datetime.fromisoformat("2026-11-23T09:20:00+08:00"))
    page = browser.look(at)
    ticked = [one.attrs["value"] for one in page.top.every("input", name="attended") if "checked" in one.attrs]
    assert ticked == [meeting["invited"][0]["id"]], "nobody is here before somebody says so"
    token = page.form(f"{at}/held")["_token"]
    nobody = read(browser.send(f"{at}/held", {"_token": token, "attended": [who]}))
    assert "没有调解员到会" in nobody.top.one("div", role="alert").text
    every = [one["id"] for one in meeting["invited"]]
    assert browser.send(f"{at}/held", {"_token": token, "attended": every}).headers["location"] == f"{at}?done=held"
    page = browser.look(at)
    facts = {**page.form(f"{at}/facts"), "text": "渗水点在卫生间"}
    assert browser.send(f"{at}/facts", facts).status_code == 303
    head = browser.enter(TAO).look(at)
    assert (head.top.every("textarea", name="words"), len(head.top.every("input", name="sheet"))) == ([], 1)
    assert read(browser.send(f"{at}/minutes", {"_token": head.form(f"{at}/minutes")["_token"]})).status == 422
    sent = signed(browser, f"{at}/minutes", head.form(f"{at}/minutes"), "sheet")
    assert sent.headers["location"] == f"{at}?done=minutes"
    page = browser.enter(BAI).look(at)
    form = page.form(f"{at}/minutes")
    assert (form["began_at"], form["place"], form["recorder"]) == ("2026-11-23T09:00", "6幢302室厨房", "柏调解")
    empty = read(browser.send(f"{at}/minutes", form))
    assert (empty.status, empty.top.every("p", class_="wrong") != []) == (422, True)
    written = {**form, "words": "双方陈述", "result": "达成协议"}
    assert browser.send(f"{at}/minutes", written).headers["location"] == f"{at}?done=minutes"
    (row,) = chambers.counter.rows("meeting", id=meeting["id"])
    (kept,) = chambers.counter.rows("attachment", id=row["minutes_id"])
    assert (kept["media_type"], kept["sha256"]) == ("application/pdf", row["minutes_sha256"])
    read_at = next(one.attrs["href"] for one in browser.look(at).top.every("a") if "人民调解记录" in one.text)
    shown = browser.ask("GET", read_at)
    assert (shown.headers["content-type"], "inline" in shown.headers["content-disposition"]) == (
        "application/pdf",
        True,
    )
    sign = f"{at}/sign/{every[1]}"
    form = browser.look(sign).form(sign)
    assert form["digest"] == row["minutes_sha256"]
    assert read(browser.send(sign, form)).status == 422
    assert read(signed(browser, sign, form, content=b"\x89PNG\r\n\x1a\n" + b"0" * 64)).status == 422
    stale = read(signed(browser, sign, {**form, "digest": "0" * 64}))
    assert (stale.status, "已经更换" in stale.top.one("div", role="alert").text) == (409, True)
    assert signed(browser, sign, form).headers["location"] == f"{at}?done=signed"
    (line,) = chambers.counter.rows("attendance", id=every[1])
    (image,) = chambers.counter.rows("attachment", id=line["signature_id"])
    assert (image["media_type"], line["signed_sha256"]) == ("image/jpeg", row["minutes_sha256"])
    assert browser.look(sign).status == 404, "signed already"
    assert browser.enter(GAO).look(at).status == 404
    chambers.client.forget()


def test_an_agreement_is_checked_while_one_writes_and_named_what_lacks(chambers: Chambers):
    talk = Amicably(chambers).applied().accepted().begun().talked()
    browser, at = Browser(chambers).enter(BAI), f"/console/cases/{talk.id}/agreement"
    form = browser.look(at).form(at)
    assert (form["terms.0.obligor"], form["terms.0.kind"]) == ("2", "给付金钱")
    texts = {name: TERMS[name] for name in ("findings", "issues", "responsibility")} | {"content": "分期交清"}
    vague = {**form, **texts, "terms.0.content": "物业费", "terms.0.due": "2026-12-10"}
    live = read(browser.send(at, vague, **{"Huiyin-Fragment": "check"}))
    assert ("第1项的金额、履行方式" in live.text, live.top.every("form")) == (True, [])
    early = read(browser.send(at, {**form, "_check": "1", "terms.0.amount": "六百"}))
    assert all(part in early.top.one("div", id="check").text for part in ("第1项 金额(元)", "争议事项"))
    refused = read(browser.send(at, vague))
    assert (refused.status, "第1项的金额、履行方式" in refused.text) == (409, True)
    assert refused.form(at)["terms.0.content"] == "物业费"
    assert talk.state == "mediating"
    whole = {**vague, "terms.0.amount": "1234.50", "terms.0.manner": "转账"}
    checked = read(browser.send(at, {**whole, "_check": "1"}))
    assert all(
        said in checked.top.one("div", id="check").text for said in ("各项齐全", "1,234.50", "壹仟贰佰叁拾肆元伍角")
    )
    more = read(browser.send(at, {**whole, "_more": "terms"}))
    assert (more.status, "terms.1.content" in more.form(at)) == (200, True)
    assert browser.send(at, whole).headers["location"] == f"{at}?done=draft"
    sign = f"{at}/sign/{talk.parties[1]}"
    page = read(signed(browser, sign, {**browser.look(sign).form(sign), "manner": "按指印"}))
    assert (page.status, "合法性审核" in page.top.one("div", role="alert").text) == (409, True)
    assert chambers.counter.rows("attachment", case_id=talk.id) == [], "nothing half done"
    talk.do("check", **LAWFUL)
    assert browser.look(f"{at}/sign/nobody").status == 404
    form = browser.look(sign).form(sign)
    assert signed(browser, sign, {**form, "manner": "按指印"}).headers["location"] == f"{at}?done=sign"
    (one,) = talk.facts["signatures"]
    assert (one["signer"], one["manner"], len(one["image"]) > 10) == (talk.parties[1], "按指印", True)
    assert [one.text for one in browser.look(at).top.every("span", class_="tag")] == ["未签", "已签", "未签"]
    chambers.client.forget()


def test_a_sealed_agreement_is_printed_with_everybodys_signature(chambers: Chambers):
    parties = ({**APPLICANT, "address": "6幢302室"}, {**RESPONDENT, "address": "6幢402室"})
    talk = Amicably(chambers).applied(parties=parties).accepted().begun().talked().settled(instalment("2026-12-10"))
    browser, path = Browser(chambers).enter(BAI), f"/console/cases/{talk.id}/papers/agreement"
    form = browser.look(path).form(path)
    names = [form.get(f"signatures.{place}.name") for place in range(4)]
    assert names == ["陈甲方", "林乙方", "柏调解", None], "the seal is no signature of somebody"
    assert read(browser.send(path, {**form, "copies": "drei"})).status == 422
    assert browser.send(path, {**form, "copies": "3"}).status_code == 303
    (kept,) = chambers.get(BAI, f"/cases/{talk.id}/papers").json()["items"]
    assert kept["number"] in browser.look(f"/console/cases/{talk.id}/agreement").text
    chambers.client.forget()


def test_the_pages_speak_english_where_the_house_speaks(chambers: Chambers):
    talk = Amicably(chambers).applied().accepted().begun()
    meeting = chambers.planned(talk.id)
    browser, at = Browser(chambers).enter(BAI), f"/console/cases/{talk.id}"
    chambers.client.keep("huiyin_lang", "en")
    slips = ("parties/new", f"parties/{talk.parties[0]}/identity", f"parties/{talk.parties[0]}/code", "consents/new",
             "consents/link", "mediators/objection", "meetings/new", f"meetings/{meeting['id']}/move",
             f"meetings/{meeting['id']}/cancel")  # fmt: skip
    pages = [f"{at}/{slip}" for slip in (*slips, "parties", "agreement", f"meetings/{meeting['id']}")]
    pages += [
        "/console/week",
        "/console/petition",
        "/console/promises",
        "/console/mediators/M1/away",
        "/console/mediators/M1/tie",
    ]
    for path in pages:
        page = browser.look(path)
        assert page.status == 200, path
        spoken = [one.text for tag in ("h1", "h2", "legend", "th", "button") for one in page.top.every(tag)]
        spoken += [one.text for one in page.top.every("label") if "chip" not in one.attrs.get("class", "")]
        spoken += [one.text for one in page.top.every("p", class_="hint")]
        spoken = [text for text in spoken if not any(name in text for name in ("陈", "林", "柏"))]
        assert len(spoken) > 2, path
        assert [text for text in spoken if any("\u4e00" <= sign <= "\u9fff" for sign in text)] == [], path
    chambers.client.forget()


def test_steps_of_a_mediation_name_people_and_items(chambers: Chambers):
    talk = Amicably(chambers).applied().accepted().begun()
    browser = Browser(chambers).enter(BAI)
    page = browser.look(f"/console/cases/{talk.id}/steps/tell_rights")
    assert [one.attrs["value"] for one in page.top.every("input", name="parties")] == talk.parties
    sheet = browser.look(f"/console/cases/{talk.id}")
    assert not any(party in sheet.top.one("ol", class_="history").text for party in talk.parties)
    assert f"/console/cases/{talk.id}/meetings/new" in {one.attrs["href"] for one in sheet.top.every("a")}
    chambers.client.forget()
