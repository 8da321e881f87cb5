"""Correcting and withdrawing a party over the API: what is answered, repeated, refused, and whom it must not reach."""

from __future__ import annotations

from typing import Any

import pytest

from tests.api.chambers import NUMBER, Chambers
from tests.people import BAI, GAO

FIRST = {"side": "applicant", "kind": "person", "name": "陈大文", "phone": "13800001111"}
OTHER = {"side": "respondent", "kind": "person", "name": "林小芳", "phone": "13900002222"}
THIRD = {"side": "third", "kind": "person", "name": "王误登", "phone": "13700003333"}
NAME = {"reason": "登记时写错", "name": "程大文"}
MISTAKE = {"reason": "同一人登记了两次"}


def entered(chambers: Chambers, *parties: dict[str, str]) -> tuple[str, list[str]]:
    """A mediation whose parties are being asked, and the parties."""
    case_id = chambers.table.open(state="consenting")
    return case_id, [chambers.made(BAI, f"/cases/{case_id}/parties", one)["id"] for one in parties]


def right(chambers: Chambers, case_id: str, party: str, body: Any, deed: str = "correction", version: str = "*",
          key: str = "") -> Any:  # fmt: skip
    headers = {"If-Match": version, **({"Idempotency-Key": key} if key else {})}
    return chambers.post(BAI, f"/cases/{case_id}/parties/{party}/{deed}", body, headers=headers)


def test_a_correction_says_what_changed_and_what_is_void(chambers: Chambers):
    case_id, (one, _) = entered(chambers, FIRST, OTHER)
    said = {"party_id": one, "what": "mediation", "answer": "yes", "means": "on_site"}
    chambers.made(BAI, f"/cases/{case_id}/consents", said)
    link = chambers.linked(case_id, one, "live_stream")
    answer = right(chambers, case_id, one, NAME)
    assert answer.status_code == 200
    assert answer.json() == {
        "verb": "correct_party", "state": "consenting", "version": 3, "party_id": one, "party": 1,
        "changed": ["姓名或名称"], "masked": ["陈** → 程**"], "void_consents": 1, "void_links": 1, "ask_again": True,
        "mediator_conflict": "", "withdrawn": False,
    }  # fmt: skip
    old = chambers.say(link, "yes", "1111")
    assert (old.status_code, old.json()["detail"]) == (404, "链接无效、已经使用或已过期,请联系调解委员会")
    asked = chambers.get(BAI, f"/cases/{case_id}/consents").json()["items"]
    assert [bool(line["void_at"]) for line in asked] == [True, True]
    history = chambers.get(BAI, f"/cases/{case_id}/entries").text
    assert "陈** → 程**" in history
    assert "程大文" not in history + answer.text


def test_the_same_request_twice_is_one_correction(chambers: Chambers):
    case_id, (one, _) = entered(chambers, FIRST, OTHER)
    first = right(chambers, case_id, one, NAME, key="k1")
    again = right(chambers, case_id, one, NAME, key="k1")
    assert (again.status_code, again.content) == (200, first.content)
    assert chambers.table.counter.verbs(case_id) == ["open", "correct_party"]
    other = right(chambers, case_id, one, {**NAME, "name": "成大文"}, key="k1")
    assert (other.status_code, other.json()["code"]) == (422, "idempotency_mismatch")


def test_the_same_withdrawal_twice_is_one(chambers: Chambers):
    case_id, parties = entered(chambers, FIRST, OTHER, THIRD)
    first = right(chambers, case_id, parties[2], MISTAKE, "withdrawal", key="k2")
    again = right(chambers, case_id, parties[2], MISTAKE, "withdrawal", key="k2")
    assert (first.status_code, again.content) == (200, first.content)
    assert first.json()["withdrawn"] is True
    assert [one["ordinal"] for one in chambers.get(BAI, f"/cases/{case_id}/parties").json()["items"]] == [1, 2]
    gone = right(chambers, case_id, parties[2], MISTAKE, "withdrawal")
    assert (gone.status_code, gone.json()["code"]) == (422, "malformed")


@pytest.mark.parametrize(("deed", "body"), [("correction", NAME), ("withdrawal", MISTAKE)])
def test_a_version_must_be_said_and_a_stale_one_is_told(chambers: Chambers, deed: str, body: dict[str, str]):
    case_id, parties = entered(chambers, FIRST, OTHER, THIRD)
    path = f"/cases/{case_id}/parties/{parties[2]}/{deed}"
    assert chambers.post(BAI, path, body).status_code == 428
    right(chambers, case_id, parties[0], {"reason": "写错了", "address": "建新路9号"})
    stale = right(chambers, case_id, parties[2], body, deed, version='"1"')
    assert (stale.status_code, stale.json()["code"]) == (412, "stale_version")
    assert right(chambers, case_id, parties[2], body, deed, version='"2"').status_code == 200


REFUSED: list[tuple[str, str, dict[str, Any], int, str]] = [
    ("unknown field", "correction", {**NAME, "digest": "x"}, 422, "malformed"),
    ("no reason", "correction", {"name": "程大文"}, 422, "malformed"),
    ("nothing new", "correction", {"reason": "写错了", "name": "陈大文"}, 422, "malformed"),
    ("an empty name", "correction", {**NAME, "name": " "}, 422, "malformed"),
    ("a name no database keeps", "correction", {**NAME, "name": "程\u0000文"}, 422, "malformed"),
    ("a name too long", "correction", {**NAME, "name": "程" * 101}, 422, "malformed"),
    ("letters for a number", "correction", {"reason": "写错了", "phone": "call me"}, 422, "malformed"),
    ("a number that cannot be", "correction", {"reason": "写错", "identity_number": "1101051949"}, 422, "malformed"),
    ("a reason that names", "correction", {**NAME, "reason": "应为程大文"}, 422, "malformed"),
    ("an unknown part", "correction", {"reason": "写错了", "clear": ["name"]}, 422, "malformed"),
    ("a side that is needed", "correction", {"reason": "写错了", "side": "third"}, 409, "still_needed"),
    ("the only applicant", "withdrawal", MISTAKE, 409, "still_needed"),
    ("a reason with a number", "withdrawal", {"reason": "号码13800001111"}, 422, "malformed"),
    ("no reason to withdraw", "withdrawal", {}, 422, "malformed"),
]  # fmt: skip


@pytest.mark.parametrize(
    ("deed", "body", "status", "code"), [one[1:] for one in REFUSED], ids=[one[0] for one in REFUSED]
)
def test_what_is_refused_says_why_in_chinese_and_changes_nothing(
    chambers: Chambers, deed: str, body: dict[str, Any], status: int, code: str
):
    case_id, parties = entered(chambers, FIRST, OTHER)
    before = chambers.table.counter.rows("party", case_id=case_id)
    answer = right(chambers, case_id, parties[0], body, deed)
    assert (answer.status_code, answer.json()["code"]) == (status, code)
    assert answer.headers["content-type"].startswith("application/problem+json")
    assert any("一" <= sign <= "鿿" for sign in answer.json()["detail"])
    assert chambers.table.counter.rows("party", case_id=case_id) == before
    assert chambers.table.counter.verbs(case_id) == ["open"]


def test_after_the_end_both_are_refused_with_a_sentence(chambers: Chambers):
    case_id = chambers.table.ready("M1")
    chambers.table.closed(case_id)
    party = chambers.table.parties(case_id)[0]
    for deed, body in (("correction", NAME), ("withdrawal", MISTAKE)):
        answer = right(chambers, case_id, party, body, deed)
        assert (answer.status_code, answer.json()["code"]) == (409, "not_now")
        assert answer.json()["detail"] == "调解已经签订协议、终止或结束,当事人不能再更正或撤回"
    (shown, _) = chambers.get(BAI, f"/cases/{case_id}/parties").json()["items"]
    assert shown["still_needed"]["correct"] == ["调解已经签订协议、终止或结束,当事人不能再更正或撤回"]


def test_a_party_of_another_case_and_somebody_elses_case_are_out_of_reach(chambers: Chambers):
    case_id, (one, _) = entered(chambers, FIRST, OTHER)
    another, _ = entered(chambers, FIRST, OTHER)
    assert right(chambers, another, one, NAME).status_code == 422
    path = f"/cases/{case_id}/parties/{one}/correction"
    assert chambers.post(GAO, path, NAME, headers={"If-Match": "*"}).status_code == 404
    assert chambers.table.counter.rows("party", id=one)[0]["name"] == "陈大文"


def test_a_tie_that_shows_only_now_is_told_with_the_answer(chambers: Chambers):
    case_id = chambers.table.ready("M1")
    tie = {"kind": "person", "identity_number": NUMBER, "relation": "表兄"}
    chambers.made(BAI, "/mediators/M1/ties", tie)
    party = chambers.table.parties(case_id)[0]
    answer = right(chambers, case_id, party, {"reason": "补登号码", "identity_number": NUMBER})
    assert "表兄" in answer.json()["mediator_conflict"]
