"""更正当事人: digests counted anew, consents and links void, the history without a name, and what is refused."""

from __future__ import annotations

import json
from functools import partial
from typing import Any

import pytest

from cases.desk.mediation.consenting import open_link
from cases.desk.mediation.convening import reply
from cases.desk.mediation.enrolling import declare_tie
from cases.desk.mediation.forms import (
    InvitationAnswer,
    LinkAnswer,
    TieForm,
)
from cases.desk.mediation.hearing import Hearing
from cases.desk.mediation.mediating import present_conflict
from cases.desk.party_codes import issue_code, party_of_code
from cases.errors import Conflict, Malformed, NotFound, Refusal, StillNeeded
from cases.rules.persons import digest_of
from tests.cases.chamber import COMMITTEE, MEDIATOR_ACTOR, SECRET, Table, online, plan
from tests.cases.desk.mediation.righting import (
    HEAD,
    NUMBER,
    OTHER_NUMBER,
    consenting,
    correct,
    history,
    in_force,
    linked,
    opened,
    row,
    said,
)
from tests.cases.racing import at_once


def test_the_entry_is_put_right_and_all_that_recognises_the_party_is_counted_anew(chamber: Table):
    case_id = consenting(chamber)
    correct(chamber, case_id, 0, name="程大文", phone="13811112222", identity_number=NUMBER, agent_name="周律师",
            agent_phone="13655556666", agent_authority="special", side="applicant")  # fmt: skip
    now = row(chamber, case_id, 0)
    assert (now["name"], now["phone"], now["identity_masked"]) == ("程大文", "13811112222", "*" * 14 + "002X")
    assert now["identity_digest"] == digest_of(SECRET, NUMBER)
    assert now["contact_digest"] == digest_of(SECRET, "程大文", "13811112222")
    assert now["agent_digest"] == digest_of(SECRET, "周律师", "13655556666")
    correct(chamber, case_id, 0, clear=("agent", "identity_number"))
    now = row(chamber, case_id, 0)
    assert [now[one] for one in ("agent_name", "agent_phone", "agent_authority", "agent_digest")] == [""] * 4
    assert (now["identity_masked"], now["identity_digest"], now["name"]) == ("", "", "程大文")


def test_the_history_says_who_when_and_which_parts_and_names_nobody(chamber: Table):
    case_id = consenting(chamber)
    correct(chamber, case_id, 0, HEAD, name="程大文", phone="13811112222", identity_number=NUMBER, address="建新路9号")
    line = chamber.counter.rows("entry", case_id=case_id)[-1]
    assert (line["verb"], line["actor"], line["actor_org"], line["at"]) == (
        "correct_party", HEAD.id, COMMITTEE, chamber.now,
    )  # fmt: skip
    told = history(chamber, case_id)[-1]
    assert told["changed"] == ["姓名或名称", "证件号码", "电话", "送达地址"]
    assert told["masked"] == ["陈** → 程**", f"未登记 → {'*' * 14}002X", "138****1111 → 138****2222", "未登记 → 已登记"]
    whole = json.dumps(told, ensure_ascii=False)
    for secret in ("陈大文", "程大文", "13800001111", "13811112222", NUMBER, "建新路"):
        assert secret not in whole


@pytest.mark.parametrize("changed", [{"name": "程大文"}, {"identity_number": NUMBER}, {"kind": "org"}])
def test_with_another_identity_every_consent_and_every_link_of_that_party_is_void(
    chamber: Table, changed: dict[str, Any]
):
    case_id = consenting(chamber)
    for n in (0, 1):
        for what in ("mediation", "electronic_service"):
            said(chamber, case_id, n, what)
    link, theirs = linked(chamber, case_id, 0, "live_stream"), linked(chamber, case_id, 1, "live_stream")
    done, _ = correct(chamber, case_id, 0, **changed)
    assert (done.heard.void_consents, done.heard.void_links, done.heard.ask_again) == (2, 1, True)
    other = chamber.parties(case_id)[1]
    assert in_force(chamber, case_id) == {(other, "mediation"), (other, "electronic_service")}
    assert opened(chamber, theirs)
    with pytest.raises(NotFound, match="链接无效"):
        opened(chamber, link)
    with pytest.raises(StillNeeded, match="各方当事人分别同意调解"):
        chamber.counter.step(case_id, "proceed", MEDIATOR_ACTOR)


def test_with_another_telephone_what_was_answered_there_is_void_and_what_was_said_face_to_face_stands(chamber: Table):
    case_id = consenting(chamber)
    said(chamber, case_id, 0, "mediation", "on_site")
    said(chamber, case_id, 0, "live_stream", "phone")
    done, _ = correct(chamber, case_id, 0, phone="13811112222")
    assert in_force(chamber, case_id) == {(chamber.parties(case_id)[0], "mediation")}
    assert (done.heard.void_consents, done.heard.ask_again) == (1, False)


@pytest.mark.parametrize(
    "changed", [{"address": "建新路9号"}, {"language": "粤语"}, {"guardian": "陈母"}, {"side": "third"}]
)
def test_what_does_not_touch_the_identity_leaves_consents_links_and_code_in_force(
    chamber: Table, changed: dict[str, Any]
):
    case_id = consenting(chamber)
    chamber.party(case_id, side="applicant", name="另一申请人", phone="13600004444")
    said(chamber, case_id, 0)
    link = linked(chamber, case_id, 0, "live_stream")
    with chamber.database.writing() as connection:
        code = issue_code(connection, chamber.parties(case_id)[0])
    correct(chamber, case_id, 0, **changed)
    assert in_force(chamber, case_id) == {(chamber.parties(case_id)[0], "mediation")}
    assert opened(chamber, link)
    with chamber.database.reading() as connection:
        assert party_of_code(connection, case_id, code)


def test_the_query_code_told_to_the_wrong_person_opens_nothing(chamber: Table):
    case_id = consenting(chamber)
    with chamber.database.writing() as connection:
        code = issue_code(connection, chamber.parties(case_id)[0])
    correct(chamber, case_id, 0, name="程大文")
    with chamber.database.reading() as connection:
        assert party_of_code(connection, case_id, code) is None


def test_another_agent_leaves_answers_and_closes_the_links_that_are_open(chamber: Table):
    case_id = consenting(chamber)
    said(chamber, case_id, 0)
    link = linked(chamber, case_id, 0, "live_stream")
    correct(chamber, case_id, 0, agent_name="周律师", agent_phone="13655556666")
    assert in_force(chamber, case_id) == {(chamber.parties(case_id)[0], "mediation")}
    with pytest.raises(NotFound):
        opened(chamber, link)


def test_in_the_midst_of_it_nothing_goes_on_until_the_right_person_has_agreed_and_been_told(chamber: Table):
    case_id = chamber.ready(state="mediating", facts={"sessions": ["m0"]})
    for n in (0, 1):
        said(chamber, case_id, n)
    talk = {"place": "门口", "at": chamber.now}
    chamber.counter.step(case_id, "meet", MEDIATOR_ACTOR, **talk)
    correct(chamber, case_id, 1, name="伊方某")
    assert list(chamber.counter.piece(case_id).facts["rights_told"]) == [chamber.parties(case_id)[0]]
    with pytest.raises(StillNeeded, match=r"第2方当事人\(被申请人\)更正后重新同意调解"):
        chamber.counter.step(case_id, "meet", MEDIATOR_ACTOR, **talk)
    said(chamber, case_id, 1)
    with pytest.raises(StillNeeded, match=r"第2方当事人\(被申请人\)告知权利义务"):
        chamber.counter.step(case_id, "meet", MEDIATOR_ACTOR, **talk)
    told = {"parties": tuple(chamber.parties(case_id)[1:]), "how": "当面", "at": chamber.now}
    chamber.counter.step(case_id, "tell_rights", MEDIATOR_ACTOR, **told)
    chamber.counter.step(case_id, "meet", MEDIATOR_ACTOR, **talk)


def test_a_refusal_of_the_right_person_ends_it_like_any_other(chamber: Table):
    case_id = chamber.ready()
    said(chamber, case_id, 1)
    correct(chamber, case_id, 1, name="伊方某")
    said(chamber, case_id, 1, answer="no")
    assert chamber.counter.piece(case_id).state == "terminated"


def test_a_planned_meeting_is_the_right_persons_and_they_are_asked_whether_they_come(chamber: Table):
    case_id = chamber.ready()
    planned = plan(chamber, case_id)
    invited = chamber.counter.rows("attendance", meeting_id=planned["id"])
    mine = next(one for one in invited if one["party_id"] == chamber.parties(case_id)[0])
    with chamber.sitting(case_id) as sitting:
        reply(sitting, planned["id"], InvitationAnswer(attendance_id=mine["id"], answer="yes"))
    before = {one["resource"] for one in chamber.counter.rows("booking")}
    correct(chamber, case_id, 0, identity_number=NUMBER)
    after = {one["resource"] for one in chamber.counter.rows("booking")}
    assert len(before - after) == len(after - before) == 1
    assert chamber.counter.rows("attendance", id=mine["id"])[0]["answer"] is None
    elsewhere = chamber.ready("M2")
    chamber.party(elsewhere, side="third", name="别案人", phone="13500005555", identity_number=OTHER_NUMBER)
    plan(chamber, elsewhere, online())
    with pytest.raises(Conflict, match=r"当事人乙.*已有其他会议"):
        correct(chamber, case_id, 1, identity_number=OTHER_NUMBER)
    assert row(chamber, case_id, 1)["identity_digest"] == "", "nothing was written"


def test_a_tie_to_the_right_person_is_found(chamber: Table):
    case_id = chamber.ready()
    with chamber.database.writing() as connection:
        form = TieForm(kind="person", identity_number=NUMBER, relation="表兄")
        declare_tie(connection, "M1", form, SECRET, chamber.now)
    with chamber.sitting(case_id) as sitting:
        assert present_conflict(sitting) == ""
    correct(chamber, case_id, 0, identity_number=NUMBER)
    with chamber.sitting(case_id) as sitting:
        assert "表兄" in present_conflict(sitting)


BAD: list[tuple[dict[str, Any], str]] = [
    ({}, "没有要更正的内容"),
    ({"name": "陈大文", "phone": "13800001111"}, "没有要更正的内容"),
    ({"identity_number": "110105194912310021"}, "证件号码不正确"),
    ({"name": "程大文", "reason": "陈大文写成了别人"}, "不要写姓名"),
    ({"name": "程大文", "reason": "应为程大文"}, "不要写姓名"),
    ({"phone": "13811112222", "reason": "应为13811112222"}, "不要写姓名"),
    ({"address": "建新路9号", "reason": "搬到建新路9号"}, "不要写姓名"),
    ({"org": "没有的单位"}, "没有这个单位"),
    ({"phone": "13811112222", "clear": ("phone",)}, "不能既填写又清空"),
]


@pytest.mark.parametrize(("changed", "why"), BAD)
def test_what_cannot_be_right_is_refused_and_nothing_is_written(chamber: Table, changed: dict[str, Any], why: str):
    case_id = consenting(chamber)
    before = row(chamber, case_id, 0)
    with pytest.raises(Malformed, match=why):
        correct(chamber, case_id, 0, **changed)
    assert (row(chamber, case_id, 0), chamber.counter.verbs(case_id)) == (before, ["open"])


def test_a_persons_number_is_no_organisations(chamber: Table):
    case_id = consenting(chamber)
    with pytest.raises(Malformed, match="个人和单位的证件号码不同"):
        correct(chamber, case_id, 2, kind="org")
    correct(chamber, case_id, 2, kind="org", clear=("identity_number",))
    assert row(chamber, case_id, 2)["identity_digest"] == ""


def test_a_side_the_case_needs_cannot_be_corrected_away(chamber: Table):
    case_id = consenting(chamber)
    with pytest.raises(StillNeeded, match="申请人和被申请人各至少一方"):
        correct(chamber, case_id, 1, side="third")
    assert row(chamber, case_id, 1)["side"] == "respondent"


def answered_by_link(chamber: Table, link: Any, tail: str) -> None:
    """An answer whose page was opened before the correction and is sent at the same moment."""
    with chamber.database.writing() as connection:
        page = open_link(connection, link.consent_id, link.token, chamber.now)
        form = LinkAnswer.model_validate({"answer": "yes", "tail": tail})
        Hearing(chamber.office.desk).answer(connection, page, form, chamber.now)


@pytest.mark.parametrize("what", ["mediation", "live_stream"])
def test_an_answer_by_link_in_the_moment_of_the_correction_never_counts_for_the_right_person(chamber: Table, what: str):
    for _ in range(3):
        case_id = consenting(chamber)
        link = linked(chamber, case_id, 0, what)
        answer = partial(answered_by_link, chamber, link, "1111")
        found = at_once(chamber.counter, answer, partial(correct, chamber, case_id, 0, name="程大文"))
        assert not isinstance(found[1], Refusal), found
        assert in_force(chamber, case_id) == set()
        assert row(chamber, case_id, 0)["name"] == "程大文"
