"""选定、披露、更换: who is tied is out, an objection replaces, and the meetings follow whoever mediates."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import pytest

from cases.desk.mediation import convening, mediating
from cases.desk.mediation.enrolling import declare_tie
from cases.desk.mediation.forms import (
    AppointmentForm,
    DisclosureForm,
    MeetingCancelled,
    MeetingPlan,
    Objection,
    TieForm,
)
from cases.desk.mediation.sittings import shown_party
from cases.desk.opening import inherited
from cases.errors import Conflict, Malformed, NotAllowed, NotFound, NotNow, StillNeeded
from cases.packs.reading import BUNDLED
from cases.rules.mediators import Proposal, read_points
from cases.store.accounts import NewAccount, add_account
from tests.builders import OPERATOR
from tests.cases.chamber import ROOM, SECRET, Table, away, hours

POINTS = read_points(BUNDLED / "base" / "mediator_points.csv")
NUMBER = "11010519491231002X"


def proposal(chamber: Table, case_id: str, *, wide: bool = False) -> Proposal:
    with chamber.sitting(case_id) as sitting:
        return mediating.proposal_for(sitting, POINTS, wide=wide)


def ranked(found: Proposal) -> list[str]:
    return [one.id for one in found.ranked]


def why_not(found: Proposal) -> dict[str, str]:
    return {one.id: one.why for one in found.excluded}


def tie(chamber: Table, mediator_id: str, **form: Any) -> None:
    with chamber.database.writing() as connection:
        declare_tie(connection, mediator_id, TieForm(**form), SECRET, chamber.now)


def appoint(chamber: Table, case_id: str, mediator_id: str) -> dict[str, Any]:
    with chamber.sitting(case_id) as sitting:
        return mediating.appoint(sitting, AppointmentForm(mediator_id=mediator_id, chosen_by="parties"))


def disclose(chamber: Table, case_id: str, mediator_id: str, tied: bool = False) -> None:
    with chamber.sitting(case_id) as sitting:
        mediating.disclose(sitting, DisclosureForm(mediator_id=mediator_id, tied=tied, statement="如实声明"))


def test_the_proposal_reads_the_register(chamber: Table):
    case_id = chamber.open()
    assert ranked(proposal(chamber, case_id)) == ["M1", "M2"]
    assert ranked(proposal(chamber, case_id, wide=True)) == ["M1", "M2", "M3", "M4"]
    chamber.appointed(chamber.open(), "M1")
    assert ranked(proposal(chamber, case_id)) == ["M2", "M1"]
    (first, second) = proposal(chamber, case_id).ranked
    assert first.reasons == ("擅长这一类事项(+14)", "熟悉当地(+6)", "在办 0 件(+0)", "近一年办理 0 件(+0)")
    assert "在办 1 件" in second.reasons[2]


def test_a_closed_case_is_no_longer_carried_but_still_counts_for_the_year(chamber: Table):
    case_id = chamber.open()
    chamber.appointed(case_id, "M1")
    chamber.closed(case_id)
    found = {one.id: one.reasons for one in proposal(chamber, chamber.open()).ranked}
    assert "在办 0 件(+0)" in found["M1"]
    assert any(reason.startswith("近一年办理 1 件") for reason in found["M1"])
    chamber.clock.ahead(days=366)
    assert "近一年办理 0 件(+0)" in {o.id: o.reasons for o in proposal(chamber, chamber.open()).ranked}["M1"]


def test_who_is_full_or_away_is_left_out(chamber: Table):
    for _ in range(4):
        chamber.appointed(chamber.open(), "M1")
    away(chamber, hours("08:00", "18:00", day=20), "M2")
    chamber.clock.jump(hours("09:00", "10:00", day=20).ends)
    found = proposal(chamber, chamber.open())
    assert ranked(found) == []
    assert why_not(found) == {"M1": "在办 4 件,已达上限", "M2": "请假2026年11月20日08:00至18:00"}


@pytest.mark.parametrize(
    ("tied", "party", "why"),
    [
        (
            {"kind": "person", "identity_number": NUMBER, "relation": "堂兄"},
            {"identity_number": NUMBER.lower()},
            "与当事人一方有利害关系(堂兄)",
        ),
        (
            {"kind": "org", "org": "JT-WY01", "relation": "法律顾问"},
            {"kind": "org", "org": "JT-WY01", "name": "某物业"},
            "与当事人单位有利害关系(法律顾问)",
        ),
        (
            {"kind": "org", "org": "某装修公司", "relation": "股东"},
            {"kind": "org", "name": "某装修公司"},
            "与当事人单位有利害关系(股东)",
        ),
    ],
)
def test_who_is_tied_to_a_party_is_refused_whatever_they_disclose(
    chamber: Table, tied: dict[str, Any], party: dict[str, Any], why: str
):
    tie(chamber, "M1", **tied)
    case_id = chamber.open()
    chamber.party(case_id, **party)
    found = proposal(chamber, case_id)
    assert (ranked(found), why_not(found)) == (["M2"], {"M1": why})
    disclose(chamber, case_id, "M1")
    with pytest.raises(NotNow, match="不能调解这起纠纷") as refused:
        appoint(chamber, case_id, "M1")
    assert why in refused.value.sentence
    assert NUMBER not in str(chamber.counter.rows("mediator_tie") + chamber.counter.rows("party"))


def test_a_party_entered_later_rules_the_present_mediator_out(chamber: Table):
    case_id = chamber.ready("M1")
    tie(chamber, "M1", kind="person", identity_number=NUMBER, relation="妻")
    chamber.party(case_id, side="third", name="后来人", identity_number=NUMBER)
    span = hours("09:00", "10:00")
    with pytest.raises(NotNow, match="请先更换"), chamber.sitting(case_id) as sitting:
        convening.plan(sitting, MeetingPlan(kind="online", starts=span.starts, ends=span.ends))


def test_without_a_disclosure_and_with_a_tied_one_nobody_is_appointed(chamber: Table):
    case_id = chamber.open()
    with pytest.raises(StillNeeded, match="披露声明"):
        appoint(chamber, case_id, "M1")
    disclose(chamber, case_id, "M1", tied=True)
    with pytest.raises(NotNow, match="已声明"):
        appoint(chamber, case_id, "M1")
    assert [row["tied"] for row in chamber.counter.rows("disclosure")] == [True], "the disclosure stays on file"
    with pytest.raises(NotFound):
        disclose(chamber, case_id, "M9")


def test_a_case_has_one_mediator_at_a_time(chamber: Table):
    case_id = chamber.open()
    chamber.appointed(case_id, "M1")
    with pytest.raises(Conflict, match="已经选定"):
        chamber.appointed(case_id, "M2")


def test_an_objection_is_enough_and_the_one_objected_to_does_not_come_back(chamber: Table):
    case_id = chamber.ready("M1")
    with chamber.sitting(case_id) as sitting:
        ended = mediating.object_to(sitting, Objection(party_id=chamber.parties(case_id)[0]))
    assert (ended["ended_because"], ended["objected_by"]) == ("objection", chamber.parties(case_id)[0])
    assert why_not(proposal(chamber, case_id)) == {"M1": "此前已在本案中更换"}
    with pytest.raises(NotNow, match="没有选定"), chamber.sitting(case_id) as sitting:
        mediating.object_to(sitting, Objection(party_id=chamber.parties(case_id)[0]))
    with pytest.raises(Malformed), chamber.sitting(case_id) as sitting:
        mediating.object_to(sitting, Objection(party_id="somebody"))


def meet(chamber: Table, case_id: str) -> dict[str, Any]:
    span = hours("09:00", "10:00")
    with chamber.sitting(case_id) as sitting:
        return convening.plan(sitting, MeetingPlan(kind="committee", room_id=ROOM, starts=span.starts, ends=span.ends))


def holders(chamber: Table, mediators: Sequence[str] = ("M1", "M2")) -> dict[str, int]:
    return {one: len(chamber.counter.rows("booking", resource=f"mediator:{one}")) for one in mediators}


def test_planned_meetings_pass_to_the_new_mediator(chamber: Table):
    case_id = chamber.ready("M1")
    made = meet(chamber, case_id)
    with chamber.sitting(case_id) as sitting:
        mediating.object_to(sitting, Objection(party_id=chamber.parties(case_id)[0], reason="与对方同村"))
    assert holders(chamber) == {"M1": 0, "M2": 0}
    chamber.appointed(case_id, "M2")
    assert holders(chamber) == {"M1": 0, "M2": 4}
    invited = {
        row["mediator_id"]: row["released_at"] for row in chamber.counter.rows("attendance") if row["mediator_id"]
    }
    assert invited == {"M1": chamber.now, "M2": None}
    assert chamber.counter.rows("meeting", id=made["id"])[0]["sequence"] == 1


def test_who_is_taken_or_away_then_cannot_take_over(chamber: Table):
    case_id = chamber.ready("M1")
    meet(chamber, case_id)
    span = hours("09:00", "10:00")
    other = chamber.ready("M2")
    with chamber.sitting(other) as sitting:
        busy = convening.plan(sitting, MeetingPlan(kind="online", starts=span.starts, ends=span.ends))
    with chamber.sitting(case_id) as sitting:
        mediating.hand_on(sitting, "withdrawn", "调解员生病")
    with pytest.raises(Conflict, match="安调解2026年11月23日09:00至10:00已有其他会议"):
        chamber.appointed(case_id, "M2")
    with chamber.sitting(other) as sitting:
        convening.cancel(sitting, busy["id"], MeetingCancelled(reason="让出时间"))
    away(chamber, span, "M2")
    with pytest.raises(Conflict, match="请假"):
        chamber.appointed(case_id, "M2")


def test_who_had_a_hand_in_the_enforcement_does_not_mediate(chamber: Table):
    with chamber.database.writing() as connection:
        account = add_account(connection, NewAccount("an", "安", "JT-JC-ZD", ("operator",), "-"), chamber.now)
        connection.exec_driver_sql(f"UPDATE mediator SET account_id = '{account}' WHERE id = 'M2'")
    report = chamber.counter.open().case_id
    actor = OPERATOR.__class__(account, "安", "JT-JC-ZD", frozenset({"operator"}))
    chamber.counter.step(report, "accept", actor)
    assert why_not(proposal(chamber, chamber.open(parent=report))) == {"M2": "此前参与过这起纠纷的执法处理"}
    assert why_not(proposal(chamber, chamber.open())) == {}


def test_only_the_keeper_sees_the_proposal(chamber: Table):
    case_id = chamber.open()
    with pytest.raises(NotAllowed), chamber.sitting(case_id, OPERATOR) as sitting:
        mediating.proposal_for(sitting, POINTS, wide=False)
    report = chamber.counter.open().case_id
    with pytest.raises(NotNow, match="不是调解案件"), chamber.sitting(report, OPERATOR) as sitting:
        mediating.proposal_for(sitting, POINTS, wide=False)


def test_a_party_is_shown_masked(chamber: Table):
    shown = shown_party(
        chamber.party(chamber.open(), name="陈大文", identity_number=NUMBER, address="6幢302", agent_name="欧阳律师")
    )
    assert (shown["name"], shown["phone"], shown["agent_name"]) == ("陈**", "138****1111", "欧***")
    assert shown["identity_masked"] == "**************002X"
    assert not {"identity_digest", "contact_digest", "address"} & set(shown)
    firm = shown_party(chamber.party(chamber.open(), kind="org", name="某物业公司", phone=""))
    assert firm["name"] == "某物业公司", "a firm's name is no personal data"


def test_a_child_of_a_mediation_does_not_inherit_what_was_said(chamber: Table):
    talk = chamber.counter.piece(chamber.open(summary="双方争吵的经过"))
    report = chamber.counter.piece(chamber.counter.open().case_id)
    assert "summary" in inherited(report)
    assert set(inherited(report)) - set(inherited(talk)) == {"summary"}
