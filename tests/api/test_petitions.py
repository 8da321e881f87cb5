"""Applications for mediation, and the window of a party with a query code."""

from __future__ import annotations

from typing import Any

import pytest

from tests.api.chambers import NUMBER, Chambers
from tests.builders import an_actor
from tests.people import BAI, GAO, MA, SUN, WANG, ZHANG

APPLICANT = {"side": "applicant", "kind": "person", "name": "陈申请", "phone": "13800001111", "identity_number": NUMBER}
RESPONDENT = {"side": "respondent", "kind": "person", "name": "林被申请", "phone": "13900002222"}


def a_wish(parties: Any = (APPLICANT, RESPONDENT), **changed: Any) -> dict[str, Any]:
    application = {"community": "锦澜花苑", "matter": "MS02", "dispute": "楼上渗水", "source": "当事人申请"}
    return {"application": application | changed, "parties": list(parties)}


def code(said: str) -> dict[str, dict[str, str]]:
    return {"headers": {"Huiyin-Query-Code": said}}


def test_an_application_without_an_account_is_followed_and_left_with_the_code(chambers: Chambers):
    made = chambers.made(None, "/public/mediations", a_wish())
    assert (made["state"], made["words"]) == ("applied", "调解申请已收到")
    at = f"/public/mediations/{made['receipt']}"
    view = chambers.get(None, at, **code(made["code"])).json()
    assert (view["committee"], view["side"], view["words"]) == ("金城镇人民调解委员会", "applicant", "调解申请已收到")
    assert "陈申请" not in chambers.get(None, at, **code(made["code"])).text, "not even their own name leaves"
    for wrong in ("", "0" * 12, made["code"][::-1]):
        assert chambers.get(None, at, **code(wrong)).status_code == 404
    assert chambers.get(None, "/public/mediations/none", **code(made["code"])).status_code == 404
    (row,) = chambers.counter.rows("party", side="applicant")
    assert (row["identity_masked"], made["code"] in str(row)) == ("**************002X", False)
    case_id = row["case_id"]
    refused = chambers.post(None, f"{at}/steps/leave", **code(made["code"]))
    assert (refused.status_code, refused.json()["code"]) == (409, "not_now"), "nobody has begun yet"
    assert chambers.step(BAI, case_id, "register").status_code == 200
    assert chambers.step(BAI, case_id, "accept").status_code == 200
    left = chambers.post(None, f"{at}/steps/leave", {"words": "另行起诉"}, **code(made["code"]))
    assert (left.json()["state"], "提起诉讼" in left.json()["answer"]) == ("terminated", True)
    again = chambers.post(None, f"{at}/steps/leave", **code(made["code"]))
    assert again.status_code == 409


def test_the_public_does_not_choose_the_committee_or_speak_for_an_office(chambers: Chambers):
    for changed in ({"committee": "JT-DC-TJ"}, {"source": "主动调解"}):
        assert chambers.post(None, "/public/mediations", a_wish(**changed)).status_code == 422
    assert chambers.post(None, "/public/mediations", a_wish([RESPONDENT])).status_code == 422
    assert chambers.counter.rows("party") == []


def test_the_codes_of_an_application_are_told_once(chambers: Chambers):
    key = {"headers": {"Idempotency-Key": "once"}}
    first = chambers.post(BAI, "/mediations", a_wish(source="主动调解"), **key).json()
    again = chambers.post(BAI, "/mediations", a_wish(source="主动调解"), **key).json()
    assert [one["side"] for one in first["codes"]] == ["applicant", "respondent"]
    assert (again["id"], again["codes"]) == (first["id"], [])
    assert (first["state"], first["facts"]["tier"], first["station"]) == ("examining", "street", BAI.org)
    at = f"/public/mediations/{first['number']}"
    old = first["codes"][1]["code"]
    assert chambers.get(None, at, **code(old)).json()["side"] == "respondent"
    new = chambers.made(BAI, f"/cases/{first['id']}/parties/{first['codes'][1]['party_id']}/code", {})["code"]
    assert chambers.get(None, at, **code(old)).status_code == 404, "an earlier code is worth nothing"
    assert chambers.get(None, at, **code(new)).status_code == 200
    assert chambers.post(BAI, f"/cases/{first['id']}/parties/none/code").status_code == 422


def test_who_writes_a_dispute_down_for_a_committee_does_not_read_its_file(chambers: Chambers):
    found = chambers.made(WANG, "/mediations", a_wish(source="走访发现"))
    assert sorted(found) == ["codes", "id", "number"]
    assert chambers.get(WANG, f"/cases/{found['id']}").status_code == 404
    assert chambers.get(BAI, f"/cases/{found['id']}").status_code == 200
    refused = chambers.post(GAO, "/mediations", a_wish(committee=BAI.org))
    assert (refused.status_code, refused.json()["detail"]) == (403, "只能登记本调解委员会受理的纠纷")
    assert chambers.post(ZHANG, "/mediations", a_wish()).status_code == 403
    assert chambers.post(SUN, "/mediations", a_wish(matter="ZZ99")).status_code == 422
    assert chambers.post(SUN, "/mediations", a_wish(community="无此小区")).status_code == 422


def test_a_firm_applies_in_its_own_name(chambers: Chambers):
    firm = {"side": "applicant", "kind": "org", "org": MA.org, "name": "某物业"}
    found = chambers.made(MA, "/mediations", a_wish([firm, RESPONDENT], matter="MS01"))
    assert (found["state"], found["facts"]) == ("applied", {})
    assert chambers.step(BAI, found["id"], "decline", {"reason": "已由法院受理", "routes": ["仲裁"]}).status_code == 200
    (item,) = [one for one in chambers.get(MA, "/inbox").json()["items"] if one["event"] == "mediation.decline"]
    assert "人民调解法第二十六条" in item["body"]["data"]["answer"]


def test_only_the_committee_enters_parties_later(chambers: Chambers):
    found = chambers.made(WANG, "/mediations", a_wish(source="走访发现"))
    assert chambers.post(WANG, f"/cases/{found['id']}/parties", RESPONDENT).status_code == 404
    assert chambers.post(BAI, f"/cases/{found['id']}/parties", RESPONDENT).status_code == 201


def test_an_erased_party_is_nobody(chambers: Chambers):
    found = chambers.made(BAI, "/mediations", a_wish(source="主动调解"))
    keeper = chambers.counter
    declined = {"reason": "不属于受理范围", "routes": ["仲裁"]}
    assert chambers.step(BAI, found["id"], "decline", declined).status_code == 200
    actor = an_actor("钱档案", BAI.org, "archivist")
    keeper.step(found["id"], "erase", actor, identity=True, content=True, ground="个人信息保护法第四十七条")
    for row in keeper.rows("party", case_id=found["id"]):
        assert not any(row[name] for name in ("name", "phone", "identity_masked", "identity_digest", "code_hash"))
    piece = keeper.piece(found["id"])
    assert (piece.summary, piece.facts["dispute"], piece.facts["ended"]) == ("", "", "")
    assert keeper.whole()


@pytest.mark.parametrize("phone", ["13800001111", ""])
def test_a_party_is_told_by_message_or_finds_it_under_the_code(chambers: Chambers, phone: str):
    found = chambers.made(BAI, "/mediations", a_wish([{**APPLICANT, "phone": phone}, RESPONDENT], source="主动调解"))
    assert chambers.step(BAI, found["id"], "accept").status_code == 200
    sent = [one for one in chambers.counter.deliver() if one.recipient.startswith("party:")]
    assert len(sent) == 2, "a person is always reached, if only under the code"
    assert all(b"\xe9\x99\x88\xe7\x94\xb3\xe8\xaf\xb7" not in one.body for one in sent), "no name in a message"
