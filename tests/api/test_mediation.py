"""Mediation over the API: from parties to signed minutes, answers by link, the register and its appraisals."""

from __future__ import annotations

import hashlib
from contextlib import closing

from api.throttle import NEAR_WRONG, TAILS_SECONDS, TAILS_WRONG
from tests.api.chambers import NUMBER, PDF, PNG, Chambers
from tests.api.world import BASE
from tests.cases.chamber import COMMITTEE, ROOM, hours
from tests.people import BAI, GAO, LI, WANG, WU


def test_from_parties_to_signed_minutes(chambers: Chambers):
    case_id = chambers.table.open()
    at = f"/cases/{case_id}"
    first = {"side": "applicant", "kind": "person", "name": "陈大文", "phone": "13800001111", "identity_number": NUMBER}
    one = chambers.made(BAI, f"{at}/parties", first)
    other = chambers.made(
        BAI, f"{at}/parties", first | {"side": "respondent", "phone": "13900002222", "identity_number": ""}
    )
    assert (one["name"], one["identity_masked"], "identity_number" in one) == ("陈**", "**************002X", False)
    proposal = chambers.get(BAI, f"{at}/mediators").json()
    assert [found["id"] for found in proposal["items"]] == ["M1", "M2"]
    assert chambers.post(BAI, f"{at}/mediators", {"mediator_id": "M1", "chosen_by": "parties"}).status_code == 409
    chambers.made(BAI, f"{at}/disclosures", {"mediator_id": "M1", "tied": False, "statement": "无利害关系"})
    chambers.made(BAI, f"{at}/mediators", {"mediator_id": "M1", "chosen_by": "parties"})
    for party, tail in ((one, "002x"), (other, "2222")):
        assert chambers.say(chambers.linked(case_id, party["id"], "mediation"), "yes", tail).json()["answer"] == "yes"
    meeting = chambers.planned(case_id)
    assert [found["name"] for found in meeting["invited"]] == ["柏调解", "陈**", "陈**"]
    chambers.clock.jump(hours("09:00", "10:00").ends)
    held = f"{at}/meetings/{meeting['id']}"
    invited = [found["id"] for found in meeting["invited"]]
    early = chambers.post(BAI, f"{held}/hold", {"attended": invited})
    assert (early.status_code, early.json()["code"]) == (409, "still_needed"), "the rights come first"
    told = {"parties": [one["id"], other["id"]], "how": "当面", "at": "2026-11-23T08:50:00"}
    assert chambers.step(BAI, case_id, "tell_rights", told).status_code == 200
    chambers.made(BAI, f"{held}/hold", {"attended": invited}, 200)
    papers = [
        chambers.ask(BAI, "POST", f"{at}/attachments", files={"file": file}).json()
        for file in (("记录.pdf", PDF, "application/pdf"), ("签名.png", PNG, "image/png"))
    ]
    minutes = chambers.ask(BAI, "PUT", f"{held}/minutes", json={"attachment_id": papers[0]["id"]}).json()
    assert minutes["minutes_sha256"] == hashlib.sha256(PDF).hexdigest()
    signature = {"attendance_id": invited[1], "signature_id": papers[1]["id"]}
    signed = chambers.made(BAI, f"{held}/signatures", signature | {"minutes_sha256": minutes["minutes_sha256"]}, 200)
    assert [bool(found["signed_at"]) for found in signed["invited"]] == [False, True, False]


def test_double_booking_is_a_problem_that_says_who_and_when(chambers: Chambers):
    chambers.planned(chambers.table.ready("M1"))
    other = chambers.table.ready("M2")
    span = hours("09:30", "10:30")
    body = {"kind": "committee", "room_id": ROOM, "starts": span.starts.isoformat(), "ends": span.ends.isoformat()}
    answer = chambers.post(BAI, f"/cases/{other}/meetings", body)
    assert (answer.status_code, answer.json()["code"]) == (409, "conflict")
    assert answer.json()["detail"] == "第一调解室2026年11月23日09:00至10:00已有其他会议"


def test_local_time_without_a_zone_is_beijing(chambers: Chambers):
    case_id = chambers.table.ready("M1")
    body = {"kind": "online", "starts": "2026-11-23T09:00:00", "ends": "2026-11-23T10:00:00"}
    found = chambers.made(BAI, f"/cases/{case_id}/meetings", body)
    assert found["starts"] == "2026-11-23T01:00:00+00:00"


# --- links


def test_a_page_of_a_link_tells_its_party_what_is_asked_and_nothing_of_the_other(chambers: Chambers):
    case_id = chambers.table.ready("M1")
    parties = chambers.table.counter.rows("party", case_id=case_id)
    path, token = chambers.linked(case_id, parties[0]["id"], "live_stream")
    page = chambers.get(None, path, headers={"Huiyin-Query-Code": token})
    assert page.status_code == 200
    assert page.json()["party"] == "甲**"
    assert "直播" in page.json()["question"]
    assert page.json()["committee"] == chambers.office.pack.organisations[COMMITTEE].name
    for secret in (parties[1]["name"], parties[1]["phone"], parties[0]["phone"], parties[1]["id"]):
        assert secret not in page.text


def test_somebody_elses_link_and_guesses_are_refused_alike(chambers: Chambers):
    case_id = chambers.table.ready("M1")
    one, other = chambers.table.parties(case_id)
    mine, theirs = chambers.linked(case_id, one, "mediation"), chambers.linked(case_id, other, "mediation")
    crossed = chambers.get(None, mine[0], headers={"Huiyin-Query-Code": theirs[1]})
    unknown = chambers.get(None, "/public/consents/none", headers={"Huiyin-Query-Code": theirs[1]})
    for answer in (crossed, unknown):
        answer = answer.json()
        assert (answer["status"], answer["detail"]) == (404, "链接无效、已经使用或已过期,请联系调解委员会")
    assert chambers.say(mine, "no", "9999").status_code == 404
    assert {row["answer"] for row in chambers.table.counter.rows("consent")} == {None}


def test_who_guesses_the_last_four_signs_is_stopped(chambers: Chambers):
    case_id = chambers.table.ready("M1")
    link = chambers.linked(case_id, chambers.table.parties(case_id)[0], "mediation")
    found = [chambers.say(link, "no", f"{n:04d}").status_code for n in range(5000, 5012)]
    assert found[:10] == [404] * 10
    assert set(found[10:]) == {429}
    right = chambers.table.counter.rows("party", case_id=case_id)[0]["phone"][-4:]
    assert chambers.say(link, "yes", right).status_code == 429
    with closing(chambers.elsewhere()) as other:
        said = other.request("GET", BASE + link[0], headers={"Huiyin-Query-Code": link[1]})
        assert said.status_code == 200
        form = {"answer": "yes", "tail": right}
        said = other.request("POST", BASE + link[0], headers={"Huiyin-Query-Code": link[1]}, json=form)
        assert said.status_code == 429, "so few signs are counted wherever they come from"
    chambers.moments.seconds += TAILS_SECONDS / TAILS_WRONG
    assert chambers.say(link, "yes", right).status_code == 200


def test_a_stranger_who_knows_the_question_does_not_shut_its_party_out(chambers: Chambers):
    case_id = chambers.table.ready("M1")
    link = chambers.linked(case_id, chambers.table.parties(case_id)[0], "mediation")
    with closing(chambers.elsewhere()) as stranger:
        for status in [404] * NEAR_WRONG + [429]:
            guess = stranger.request("GET", BASE + link[0], headers={"Huiyin-Query-Code": "x" * 32})
            assert guess.status_code == status
    assert chambers.get(None, link[0], headers={"Huiyin-Query-Code": link[1]}).status_code == 200


# --- the register


def test_the_register_is_searched_with_the_present_load(chambers: Chambers):
    chambers.table.appointed(chambers.table.open(), "M2")

    def ids(query: str) -> list[str]:
        return [one["id"] for one in chambers.get(WANG, f"/mediators{query}").json()["items"]]

    assert ids("") == ["M1", "M2", "M3", "M4"]
    assert ids(f"?committee={COMMITTEE}") == ["M1", "M2"]
    assert ids("?text=高") == ["M3"]
    assert ids("?matter=MS07&area=JT-JC&language=普通话") == ["M1", "M2", "M3", "M4"]
    assert ids("?matter=XF01") == ids("?language=粤语") == ids("?area=JT-ZZ") == []
    (loaded,) = [one for one in chambers.get(WANG, "/mediators").json()["items"] if one["id"] == "M2"]
    assert loaded["load"] == {"open_cases": 1, "open_weight": 2, "year_cases": 1}
    homes = {one["org"]: one["tier"] for one in chambers.get(WANG, "/committees").json()["items"]}
    assert homes == {COMMITTEE: "street", "JT-DC-TJ": "street"}


def test_absences_are_kept_by_the_committee(chambers: Chambers):
    span = hours("08:00", "12:00")
    body = {"starts": span.starts.isoformat(), "ends": span.ends.isoformat(), "reason": "培训"}
    assert chambers.post(GAO, "/mediators/M1/absences", body).status_code == 403
    made = chambers.made(BAI, "/mediators/M1/absences", body)
    assert [one["reason"] for one in chambers.get(BAI, "/mediators/M1/absences").json()["items"]] == ["培训"]
    for expected in (200, 404):
        assert chambers.ask(BAI, "DELETE", f"/mediators/M1/absences/{made['id']}").status_code == expected


def test_the_appraisal_of_a_year(chambers: Chambers):
    contract = {"org": COMMITTEE, "body": "某律师事务所", "number": "HT-1", "starts_on": "2026-07-01",
                "ends_on": "2027-06-30", "target_success": 60, "most_complaints": 0}  # fmt: skip
    assert chambers.post(LI, "/contracts", contract).status_code == 403
    assert chambers.post(WU, "/contracts", contract | {"ends_on": "2026-01-01"}).status_code == 422
    chambers.made(WU, "/contracts", contract)
    assert chambers.post(WU, "/contracts", contract).status_code == 409
    for facts in ({"outcome": "agreed", "performed": "full"}, {"outcome": "failed"}, {"outcome": "declined"}):
        chambers.table.open(facts=facts)
    chambers.table.open(facts={"outcome": "agreed"}, opened_at=hours("09:00", "10:00").starts.replace(month=6))
    complaint = chambers.made(WU, "/complaints", {"org": COMMITTEE, "about": "调解员迟到"})
    chambers.made(WU, f"/complaints/{complaint['id']}/decide", {"upheld": True}, 200)
    (found,) = chambers.get(WU, "/appraisals?year=2026").json()["items"]
    figures = {one["name"]: (one["count"], one["of"], one["met"]) for one in found["figures"]}
    assert figures == {
        "accepted": (2, 2, None), "on_time": (2, 2, None), "success": (1, 2, False), "performance": (1, 1, None),
        "complaints": (1, 1, False),
    }  # fmt: skip
    assert len(chambers.get(BAI, "/appraisals?year=2027").json()["items"]) == 1
    assert chambers.get(GAO, "/appraisals?year=2026").json()["items"] == []
    assert chambers.get(BAI, "/appraisals?year=2028").json()["items"] == []
    assert chambers.get(LI, "/appraisals?year=2026").status_code == 403
