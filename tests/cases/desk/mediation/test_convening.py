"""召集会议: what must hold before anybody is invited; held meetings, minutes and their signatures."""

from __future__ import annotations

from typing import Any

import pytest

from cases.desk.mediation import convening
from cases.desk.mediation.consenting import record
from cases.desk.mediation.forms import ConsentRecorded, MeetingHeld, Minutes, MinutesSigned
from cases.errors import Conflict, Malformed, NotAllowed, NotNow, StillNeeded
from cases.store.attachments import Attached, attach
from tests.builders import OPERATOR
from tests.cases.chamber import COMMITTEE, COURT_ROOM, MEDIATOR_ACTOR, NINE, Table, a_plan, hours, plan


def test_a_meeting_needs_parties_and_a_mediator(chamber: Table):
    case_id = chamber.open()
    with pytest.raises(StillNeeded, match="登记当事人"):
        plan(chamber, case_id)
    chamber.party(case_id)
    with pytest.raises(StillNeeded, match="选定调解员"):
        plan(chamber, case_id)


@pytest.mark.parametrize(
    ("changed", "field"),
    [
        ({"room_id": None}, "room_id"),
        ({"room_id": "R9"}, "room_id"),
        ({"room_id": COURT_ROOM}, "room_id"),
        ({"kind": "shared_court"}, "room_id"),
        ({"kind": "visit", "room_id": None}, "address"),
        ({"parties": ("somebody",)}, "party_id"),
        ({"starts": hours("09:05", "10:00").starts}, "starts"),
    ],
)
def test_a_plan_that_cannot_be_is_refused_by_field(chamber: Table, changed: dict[str, Any], field: str):
    case_id = chamber.ready()
    with pytest.raises(Malformed) as refused:
        plan(chamber, case_id, a_plan(**changed))
    assert field in refused.value.fields


@pytest.mark.parametrize(
    "changed",
    [
        {"kind": "shared_court", "room_id": COURT_ROOM},
        {"kind": "visit", "room_id": None, "address": "6幢302"},
        {"kind": "online", "room_id": None, "address": "不用"},
    ],
)
def test_every_kind_of_meeting_can_be_planned(chamber: Table, changed: dict[str, Any]):
    made = plan(chamber, chamber.ready(), a_plan(**changed))
    assert made["address"] == ("6幢302" if changed["kind"] == "visit" else "")


def consent(chamber: Table, case_id: str, party_id: str, what: str, answer: str = "yes") -> None:
    with chamber.sitting(case_id) as sitting:
        record(sitting, ConsentRecorded.model_validate(
            {"party_id": party_id, "what": what, "answer": answer, "means": "on_site"}
        ))  # fmt: skip


def test_a_meeting_is_streamed_only_if_each_party_said_so(chamber: Table):
    case_id = chamber.ready()
    one, other = chamber.parties(case_id)
    consent(chamber, case_id, one, "live_stream")
    with pytest.raises(StillNeeded, match="每一方当事人单独同意直播"):
        plan(chamber, case_id, a_plan(live_stream=True))
    consent(chamber, case_id, other, "live_stream")
    assert plan(chamber, case_id, a_plan(live_stream=True))["live_stream"] is True


def test_after_a_clear_refusal_nobody_is_invited(chamber: Table):
    case_id = chamber.ready()
    consent(chamber, case_id, chamber.parties(case_id)[1], "mediation", "no")
    with pytest.raises(NotNow, match="明确拒绝调解的,不得调解"):
        plan(chamber, case_id)


def test_only_the_keeper_plans_and_only_while_it_goes_on(chamber: Table):
    case_id = chamber.ready()
    for actor in (OPERATOR, OPERATOR.__class__("x", "x", "JT-DC-TJ", frozenset({"mediator"}))):
        with pytest.raises(NotAllowed), chamber.sitting(case_id, actor) as sitting:
            convening.plan(sitting, a_plan())
    chamber.closed(case_id)
    with pytest.raises(NotNow, match="已经结束"):
        plan(chamber, case_id)
    assert MEDIATOR_ACTOR.org == COMMITTEE


# --- held, minutes, signatures


def paper(chamber: Table, case_id: str, name: str, media_type: str) -> str:
    attached = Attached(name, case_id, name, media_type, 9, name[0] * 64, "x", COMMITTEE, chamber.now)
    with chamber.database.writing() as connection:
        attach(connection, attached)
    return name


def test_from_meeting_to_signed_minutes(chamber: Table):
    case_id = chamber.ready()
    made = plan(chamber, case_id)
    invited = chamber.counter.rows("attendance", meeting_id=made["id"])
    mediator = next(row["id"] for row in invited if row["mediator_id"])
    here, absent = (row["id"] for row in invited if row["party_id"])
    minutes, changed = (
        paper(chamber, case_id, "a.pdf", "application/pdf"),
        paper(chamber, case_id, "b.pdf", "application/pdf"),
    )
    image = paper(chamber, case_id, "c.png", "image/png")

    def sign(who: str, digest: str, signature: str = image) -> None:
        with chamber.sitting(case_id) as sitting:
            form = MinutesSigned(attendance_id=who, signature_id=signature, minutes_sha256=digest)
            convening.sign(sitting, made["id"], form)

    def hold(*attended: str) -> None:
        with chamber.sitting(case_id) as sitting:
            convening.hold(sitting, made["id"], MeetingHeld(attended=attended))

    def keep(name: str) -> None:
        with chamber.sitting(case_id) as sitting:
            convening.keep_minutes(sitting, made["id"], Minutes(attachment_id=name))

    with pytest.raises(NotNow, match="还没有开始"):
        hold(mediator, here)
    with pytest.raises(NotNow, match="召开后"):
        keep(minutes)
    chamber.clock.jump(NINE.ends)
    with pytest.raises(Malformed):
        hold(here)
    with pytest.raises(Malformed):
        hold(mediator, "somebody")
    hold(mediator, here)
    with pytest.raises(NotNow, match="还没有调解记录"):
        sign(here, "a" * 64)
    keep(minutes)
    with pytest.raises(Conflict, match="重新核对"):
        sign(here, "b" * 64)
    with pytest.raises(NotNow, match="没有到会"):
        sign(absent, "a" * 64)
    with pytest.raises(Malformed):
        sign(here, "a" * 64, minutes)
    sign(here, "a" * 64)
    with pytest.raises(Conflict, match="签过名"):
        sign(here, "a" * 64)
    with pytest.raises(Conflict, match="不能更换"):
        keep(changed)
    (signed,) = [row for row in chamber.counter.rows("attendance") if row["id"] == here]
    assert (signed["signed_sha256"], signed["signature_sha256"]) == ("a" * 64, "c" * 64)
    assert signed["signed_at"] == chamber.now
