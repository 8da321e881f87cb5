"""Mediation from end to end, on both databases, over the API."""

from __future__ import annotations

import json

from tests.api.chambers import Chambers
from tests.builders import POLICE, a_dissuasion
from tests.people import BAI, DING, GAO, LI, MA, QIAN, SUN, WANG, WEI, WU, ZHANG
from tests.stories.amicably import APPLICANT, COURT, JOINT, LAWFUL, SAID, TERMS, Amicably, done, instalment
from tests.stories.telling import refusal_says

NOISE = "楼上每天半夜拖动桌椅"


def test_a_leak_between_floors_is_settled_orally_at_the_door(chambers: Chambers) -> None:
    """网格调解员上门,当场达成口头协议并付清;协议自达成时生效,登记后归档。"""
    door = Amicably(chambers, WEI, "M5").applied(source="走访发现", oral=True)
    assert door.facts["tier"] == "grid"
    door.accepted().begun().talked()
    paid = instalment("2026-11-20", "600", content="天花板修补费", manner="当面付清", done=True)
    oral = {"reached_at": chambers.clock.now().isoformat(), "place": "6幢302室门口", "content": ["赔偿600元"]}
    refusal_says(door.try_("agree_orally", **oral, terms=[paid], check={**LAWFUL, "harmless": False}), "不损害")
    case = door.do("agree_orally", **oral, terms=[paid], check=LAWFUL)
    assert (case["state"], case["facts"]["outcome"], case["facts"]["performed"]) == ("performed", "agreed", "full")
    assert case["facts"]["effective_at"] == oral["reached_at"], "in force since it was reached"
    assert [child.case_type for child in chambers.counter.children(door.id)] == [], "nothing is left to confirm"
    assert door.told()[-2:] == ["协议已履行完毕"] * 2
    chambers.clock.ahead(days=40)
    chambers.counter.sweep()
    assert door.state == "archived"
    assert chambers.counter.whole()


def test_a_fee_dispute_is_settled_confirmed_and_performed(amicably: Amicably) -> None:
    """物业申请,书面协议逐项写明,双方共同申请司法确认,法院裁定有效,按期履行完毕。"""
    chambers = amicably.chambers
    firm = {"side": "applicant", "kind": "org", "org": MA.org, "name": "某物业", "phone": "0519-1"}
    fees = amicably.applied(MA, (firm, {**APPLICANT, "side": "respondent"}), source="当事人申请", matter="MS01")
    assert (fees.state, chambers.get(MA, f"/cases/{fees.id}").json()["state"]) == ("applied", "applied")
    fees.accepted().begun().talked(place="调解室")

    vague = fees.try_("draft", **TERMS, terms=[instalment("2026-12-10", amount="", manner="")])
    refusal_says(vague, "第1项的金额、履行方式", "人民调解法第二十九条")
    fees.do("draft", **TERMS, terms=[instalment("2026-12-10"), instalment("2027-01-10")])
    now = chambers.clock.now().isoformat()
    refusal_says(fees.try_("sign", signer="mediator", manner="签名", at=now), "合法性审核")
    fees.do("check", **LAWFUL)
    fees.do("sign", signer=fees.parties[0], manner="盖章", at=now)
    fees.do("sign", signer="mediator", manner="签名", at=now)
    unsigned = fees.try_("seal", at=now)
    refusal_says(unsigned, "第2方当事人(被申请人)", "签名、盖章或者按指印", "人民调解法第二十九条")
    fees.do("sign", signer=fees.parties[1], manner="按指印", at=now)
    chambers.clock.ahead(hours=2)
    sealed = chambers.clock.now().isoformat()
    assert fees.do("seal", at=sealed)["facts"]["effective_at"] == sealed, "the seal comes last"
    assert chambers.counter.piece(fees.id).clocks["performance"].startswith("2026-12-10")

    court = fees.child()
    refusal_says(chambers.step(BAI, court, "apply", {"court": COURT, **JOINT}), "双方当事人共同申请")
    fees.agreed_to("joint_confirmation")
    refusal_says(chambers.step(BAI, court, "apply", {"court": COURT, **JOINT, "identity": False}), "身份证明")
    done(chambers, BAI, court, "apply", court=COURT, **JOINT)
    chambers.counter.deliver()
    assert [item["id"] for item in chambers.get(DING, "/cases").json()["items"]] == [court]
    seen = chambers.get(DING, f"/cases/{court}").json()
    assert (seen["facts"]["content"], [one["amount"] for one in seen["facts"]["plan"]]) == (
        TERMS["content"], ["600", "600"],
    )  # fmt: skip
    for item in chambers.get(DING, "/inbox").json()["items"]:
        chambers.post(DING, f"/inbox/{item['id']}/seen")
    assert chambers.counter.piece(court).state == "received", "the three days run from receipt"
    answer = {"number": "(2026)苏0413调确12号"}
    key = {"Idempotency-Key": "court-1"}
    first = chambers.step(DING, court, "accept", answer, **key)
    again = chambers.step(DING, court, "accept", answer, **key)
    assert (first.status_code, first.content) == (200, again.content)
    assert chambers.step(DING, fees.id, "accept", answer).status_code == 404, "the mediation is not the court's to know"
    assert chambers.step(DING, "0" * 32, "accept", answer).status_code == 404
    done(chambers, DING, court, "confirm", document="(2026)苏0413民特12号")

    chambers.clock.ahead(days=18)
    paid = {"on": "2026-12-08", "proof": "转账回单"}
    assert fees.do("record_performance", item=1, **paid)["state"] == "performing"
    assert chambers.counter.piece(fees.id).clocks["performance"].startswith("2027-01-10"), "the next item's day"
    assert fees.do("record_performance", item=2, **paid)["facts"]["performed"] == "full"
    assert (fees.state, chambers.counter.piece(court).state) == ("performed", "closed")
    assert chambers.counter.whole()


def test_an_agreement_that_is_not_kept_is_executed(amicably: Amicably) -> None:
    """到期未履行,催告无果;协议经法院确认,申请强制执行,执行完毕。"""
    chambers = amicably.chambers
    owed = amicably.applied().accepted().begun().talked().settled(instalment("2026-12-01"))
    court = owed.child()
    owed.agreed_to("joint_confirmation")
    done(chambers, BAI, court, "apply", court=COURT, **JOINT)
    done(chambers, DING, court, "accept", number="调确13号")
    done(chambers, DING, court, "confirm", document="民特13号")
    refusal_says(owed.try_("default", words="未付"), "尚未届满")
    refusal_says(chambers.step(BAI, court, "apply_execution", {"unperformed": "600元"}), "未按协议履行的记录")

    chambers.clock.ahead(days=13)
    chambers.counter.sweep()
    reminders = [n for n in chambers.counter.notices(owed.id) if n["event"] in {"mediation.warn", "mediation.overdue"}]
    assert {n["recipient"] for n in reminders} == {BAI.org, *(f"party:{one}" for one in owed.parties)}
    assert owed.do("default", words="到期未付")["facts"]["performed"] == "none"
    owed.do("press", words="请于十日内付清", by="2026-12-15")
    owed.do("visit", how="上门", words="表示无力支付")
    done(chambers, BAI, court, "apply_execution", unperformed="赔偿款600元")
    done(chambers, DING, court, "end_execution", document="执结1号", complete=True)
    assert (owed.state, owed.facts["performed"], owed.facts["outcome"]) == ("performed", "full", "agreed")
    assert chambers.counter.piece(court).state == "closed"


def test_one_refusal_ends_it_and_the_other_routes_are_told(amicably: Amicably) -> None:
    """一方明确拒绝,调解即终止;告知其他途径;当事人凭查询码看得到。"""
    chambers = amicably.chambers
    talk = amicably.applied().accepted()
    talk.said(0)
    assert talk.state == "consenting"
    link = chambers.linked(talk.id, talk.parties[1], "mediation")
    assert chambers.say(link, "no", "2222").status_code == 200
    assert (talk.state, talk.facts["ground"], talk.facts["outcome"]) == ("terminated", "一方明确拒绝调解", "withdrawn")
    last = [one["said"] for one in chambers.counter.notices(talk.id) if one["recipient"].startswith("party:")][-2:]
    assert all("人民调解法第二十六条" in one["answer"] for one in last), "every party is told the other routes"
    talk.do("route", routes=["向人民法院提起诉讼"], words="可向区人民法院起诉")
    heard = [row["verb"] for row in chambers.counter.rows("entry", case_id=talk.id)]
    assert heard.count("hear") == 2, "each answer is a line of the history"
    view = public(chambers, talk.number, talk.codes["respondent"])
    assert (view["state"], "提起诉讼" in str(view["answer"]), view["actions"]) == ("routed", True, [])


def public(chambers: Chambers, number: str, code: str) -> dict[str, object]:
    answer = chambers.get(None, f"/public/mediations/{number}", headers={"Huiyin-Query-Code": code})
    assert answer.status_code == 200, answer.text
    return answer.json()


def test_a_party_may_leave_at_any_time_with_the_code_alone(amicably: Amicably) -> None:
    """当事人凭查询码随时要求终止调解,不必说明理由。"""
    chambers = amicably.chambers
    talk = amicably.applied().accepted().begun().talked()
    code = {"Huiyin-Query-Code": talk.codes["applicant"]}
    at = f"/public/mediations/{talk.number}"
    assert [a["verb"] for a in chambers.get(None, at, headers=code).json()["actions"]] == ["leave"]
    assert chambers.post(None, f"{at}/steps/leave", headers={"Huiyin-Query-Code": "WRONGCODE000"}).status_code == 404
    assert chambers.post(None, f"{at}/steps/accept", headers=code).status_code == 404
    left = chambers.post(None, f"{at}/steps/leave", headers=code)
    assert (left.status_code, left.json()["state"]) == (200, "terminated")
    assert talk.facts["ground"] == "当事人要求终止"


def confide(talk: Amicably) -> None:
    """The canary in every field of a mediation in which something can be said."""
    now = talk.chambers.clock.now().isoformat()
    talk.do("inquire", text=SAID, evidence=[SAID])
    talk.do("note_guidance", judge=SAID, at=now, words=SAID)
    talk.do("appraise", subject=SAID, by=SAID, document=SAID)
    talk.do("end_appraisal", finding=SAID, document=SAID)
    said = {"findings": SAID, "issues": SAID, "responsibility": SAID, "content": [SAID]}
    talk.do("draft", **said, terms=[instalment("2026-12-31", content=SAID, manner=SAID)])
    talk.do("check", **LAWFUL, words=SAID)
    talk.do("reopen_talks")


def test_a_noise_report_becomes_a_mediation_and_failing_goes_to_the_police(chambers: Chambers) -> None:
    """报告人同意公开身份后转调解,线索时限停表;调解未成,转公安,只附已经调解的证明,不附调解内容。"""
    clue = chambers.accepted(
        matter="GA02", description=NOISE, dissuasion=a_dissuasion(words="请夜间保持安静").model_dump(mode="json")
    )
    before = chambers.counter.piece(clue).clocks["dispatch"]
    refusal_says(
        chambers.step(WANG, clue, "refer", {"named": False, "how": "电话", "dispute": NOISE}), "明确同意向对方公开身份"
    )
    done(chambers, WANG, clue, "refer", named=True, how="电话", dispute="楼上夜间噪声")
    assert chambers.counter.piece(clue).clocks["dispatch"] == "", "the station's time stands still"
    (child,) = [one for one in chambers.counter.children(clue) if one.case_type == "mediation"]
    talk = Amicably(chambers).take_up(child.id)
    assert chambers.post(BAI, f"/cases/{talk.id}/parties/reporter").status_code == 201
    chambers.made(BAI, f"/cases/{talk.id}/parties", {"side": "respondent", "kind": "person", "name": "楼上住户"})
    chambers.clock.ahead(days=3)
    talk.accepted().begun().talked(words=SAID, place=SAID)
    confide(talk)
    talk.do("fail", ground="调解不成", words=SAID)

    piece = chambers.counter.piece(clue)
    assert (piece.state, piece.lane) == ("accepted", "route")
    assert piece.clocks["dispatch"] > before, "and goes on where it was"
    (proof,) = piece.facts["mediations"]
    assert (proof["number"], proof["outcome"], proof["took_place"]) == (talk.number, "failed", True)
    chambers.counter.route()
    chambers.counter.deliver()
    task = chambers.task_of(clue, POLICE)
    seen = chambers.get(QIAN, f"/cases/{task.id}").json()
    assert seen["report"]["mediations"] == [proof], "the police see that mediation took place"
    for who in (QIAN, WANG, LI, MA, SUN, ZHANG, GAO, WU):
        for case in (clue, task.id, talk.id):
            for tail in ("", "/entries", "/deadlines"):
                assert SAID not in chambers.get(who, f"/cases/{case}{tail}").text, (who.login, tail)
    for table in ("notice", "entry_payload", "case_file"):
        rows = [row for row in chambers.counter.rows(table) if row.get("case_id", row.get("id")) != talk.id]
        assert SAID not in json.dumps(
            rows, default=lambda value: value.decode(errors="replace") if isinstance(value, bytes) else ""
        )
    assert SAID in chambers.get(BAI, f"/cases/{talk.id}/entries").text, "it is there to be found"


def test_a_noise_report_settled_in_mediation_is_answered_in_plain_words(chambers: Chambers) -> None:
    """调解成功的,线索待反馈,答复只说已达成协议。"""
    clue = chambers.accepted(
        matter="GA02", description=NOISE, dissuasion=a_dissuasion(words="请夜间保持安静").model_dump(mode="json")
    )
    done(chambers, WANG, clue, "refer", named=True, how="当面", dispute="楼上夜间噪声", reporter_is_party=False)
    (child,) = [one for one in chambers.counter.children(clue) if one.case_type == "mediation"]
    talk = Amicably(chambers).take_up(child.id)
    for party in (APPLICANT, {**APPLICANT, "side": "respondent", "phone": "13900002222"}):
        chambers.made(BAI, f"/cases/{talk.id}/parties", party)
    talk.accepted().begun().talked(words=SAID)
    promise = {**instalment("2026-12-31", ""), "kind": "其他行为", "content": SAID, "manner": "垫脚套"}
    talk.settled(promise)
    assert chambers.counter.piece(clue).state == "handled"
    done(chambers, WANG, clue, "feed_back")
    answer = chambers.counter.piece(clue).facts["answer"]
    assert (answer, SAID in answer) == ("金城镇人民调解委员会:经人民调解,当事人已自愿达成协议", False)
    assert chambers.counter.piece(talk.child()).state == "window", "what is still to be done may be confirmed"
