"""撤回当事人: who may be taken back and who not; and what holds for corrections as well."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from threading import Thread
from typing import Any

import pytest

from cases.desk.mediation import convening
from cases.desk.mediation.consenting import ask
from cases.desk.mediation.convening import reply
from cases.desk.mediation.correcting import in_the_way
from cases.desk.mediation.forms import (
    ConsentAsked,
    InvitationAnswer,
    MeetingMove,
    Objection,
    PartyCorrection,
    PartyWithdrawal,
)
from cases.desk.mediation.hearing import Hearing
from cases.desk.mediation.sittings import Sitting
from cases.errors import Malformed, NotAllowed, NotFound, NotNow, Overtaken, Refusal, StillNeeded
from cases.grammar import Actor
from tests.builders import an_actor
from tests.cases.chamber import COMMITTEE, MEDIATOR_ACTOR, OTHER_COMMITTEE, Table, a_plan, hours, plan
from tests.cases.desk.mediation.righting import (
    HEAD,
    consenting,
    correct,
    history,
    linked,
    opened,
    row,
    said,
    withdraw,
)
from tests.cases.racing import at_once


def test_an_entry_made_by_mistake_is_forgotten_but_for_its_place(chamber: Table):
    case_id = consenting(chamber)
    link = linked(chamber, case_id, 2)
    for n in (0, 1):
        said(chamber, case_id, n)
    withdraw(chamber, case_id, 2)
    gone = row(chamber, case_id, 2)
    kept = [gone[one] for one in ("name", "phone", "identity_masked", "identity_digest", "contact_digest", "code_hash")]
    assert (kept, gone["ordinal"], gone["withdrawn_at"]) == ([""] * 6, 3, chamber.now)
    with chamber.sitting(case_id) as sitting:
        assert [one["ordinal"] for one in sitting.parties()] == [1, 2]
    with pytest.raises(NotFound):
        opened(chamber, link)
    told = history(chamber, case_id)[-1]
    assert (told["party"], told["masked"]) == (3, ["地位:第三人", "姓名或名称:王**"])
    chamber.counter.step(case_id, "proceed", MEDIATOR_ACTOR)
    assert chamber.party(case_id, side="third", name="新的人", phone="13300001111")["ordinal"] == 4


def test_a_withdrawn_party_is_not_invited_and_takes_nobodys_time(chamber: Table):
    case_id = chamber.ready()
    chamber.party(case_id, side="third", name="王误登", phone="13700003333")
    planned = plan(chamber, case_id)
    before = len({one["resource"] for one in chamber.counter.rows("booking")})
    withdraw(chamber, case_id, 2)
    assert len({one["resource"] for one in chamber.counter.rows("booking")}) == before - 1
    (one,) = [
        one for one in chamber.counter.rows("attendance", meeting_id=planned["id"]) if one["released_at"] is not None
    ]
    assert one["party_id"] == row(chamber, case_id, 2)["id"]


@pytest.mark.parametrize("answer", ["yes", "no"])
@pytest.mark.parametrize("what", ["mediation", "live_stream"])
def test_who_has_answered_anything_is_not_withdrawn(chamber: Table, what: str, answer: str):
    case_id = chamber.open(state="examining")
    chamber.party(case_id)
    said(chamber, case_id, 0, what, answer=answer)
    with pytest.raises(NotNow, match="已经答复、到会或签名"):
        withdraw(chamber, case_id, 0)
    assert row(chamber, case_id, 0)["withdrawn_at"] is None


def test_who_said_they_come_or_wants_another_mediator_has_answered_too(chamber: Table):
    case_id = chamber.ready()
    chamber.party(case_id, side="third", name="王误登", phone="13700003333")
    chamber.party(case_id, side="third", name="李误登", phone="13700004444")
    planned = plan(chamber, case_id)
    invited = chamber.counter.rows("attendance", meeting_id=planned["id"])
    third = next(one for one in invited if one["party_id"] == row(chamber, case_id, 2)["id"])
    with chamber.sitting(case_id) as sitting:
        reply(sitting, planned["id"], InvitationAnswer(attendance_id=third["id"], answer="yes"))
    with chamber.sitting(case_id) as sitting:
        Hearing(chamber.office.desk).object_to(sitting, Objection(party_id=row(chamber, case_id, 3)["id"]))
    for n in (2, 3):
        with pytest.raises(NotNow, match="已经答复、到会或签名"):
            withdraw(chamber, case_id, n)


def test_neither_side_is_withdrawn_where_the_case_needs_both_and_before_acceptance_it_may_be(chamber: Table):
    case_id = consenting(chamber)
    for n in (0, 1):
        with pytest.raises(StillNeeded, match="申请人和被申请人各至少一方"):
            withdraw(chamber, case_id, n)
    assert {one["withdrawn_at"] for one in chamber.counter.rows("party", case_id=case_id)} == {None}
    early = chamber.open(state="examining")
    chamber.party(early, side="respondent")
    withdraw(chamber, early, 0)
    with pytest.raises(StillNeeded, match="登记申请人和被申请人"):
        chamber.counter.step(early, "accept", MEDIATOR_ACTOR)


def test_whom_the_draft_names_is_not_withdrawn(chamber: Table):
    item = {"n": 1, "obligor": 3, "obligee": 1, "due": "2026-12-20"}
    case_id = chamber.ready(state="agreeing", facts={"plan": [item], "signatures": []})
    chamber.party(case_id, side="third", name="王误登", phone="13700003333")
    with pytest.raises(NotNow, match="协议草案写有这一方"):
        withdraw(chamber, case_id, 2)


# --- for both


@pytest.mark.parametrize(
    ("deed", "form"),
    [
        (Hearing.correct, PartyCorrection(reason="写错了", address="某处")),
        (Hearing.withdraw, PartyWithdrawal(reason="重复登记")),
    ],
)
@pytest.mark.parametrize(
    ("state", "facts", "why"),
    [
        (
            "agreeing",
            {"signatures": [{"signer": "x", "manner": "签名", "at": "2026-11-20T09:00:00+08:00"}]},
            "已有人签名",
        ),
        ("performing", {}, "已经签订协议、终止或结束"),
        ("performed", {}, "已经签订协议、终止或结束"),
        ("terminated", {}, "已经签订协议、终止或结束"),
        ("archived", {}, "已经签订协议、终止或结束"),
    ],
)
def test_after_signing_or_the_end_an_entry_stays_as_it_is(
    chamber: Table, deed: Any, form: Any, state: str, facts: dict[str, Any], why: str
):
    case_id = consenting(chamber)
    third = chamber.parties(case_id)[2]
    with chamber.sitting(case_id) as sitting:
        sitting.piece.state, sitting.piece.facts = state, facts
        with pytest.raises(NotNow, match=why):
            deed(Hearing(chamber.office.desk), sitting, third, form, None)
        shown = in_the_way(sitting, sitting.party(third))
        assert shown["correct"] == shown["withdraw"]
        assert why in shown["correct"][0]


@pytest.mark.parametrize("deed", [partial(correct, address="建新路9号"), withdraw])
@pytest.mark.parametrize(
    "actor", [an_actor("高调解", OTHER_COMMITTEE, "mediator"), an_actor("钱档案", COMMITTEE, "archivist")]
)
def test_only_who_mediates_or_heads_the_committee_of_the_case_may(chamber: Table, deed: Any, actor: Actor):
    case_id = consenting(chamber)
    with pytest.raises(NotAllowed):
        deed(chamber, case_id, 2, actor)


@pytest.mark.parametrize("deed", [partial(correct, address="建新路9号"), withdraw])
def test_on_a_version_of_yesterday_nothing_is_written(chamber: Table, deed: Any):
    case_id = consenting(chamber)
    said(chamber, case_id, 0)
    before = chamber.counter.rows("party", case_id=case_id)
    with pytest.raises(Overtaken):
        deed(chamber, case_id, 2, version=1)
    assert chamber.counter.rows("party", case_id=case_id) == before
    deed(chamber, case_id, 2, version=2)


def test_nobody_writes_such_a_line_without_the_deed(chamber: Table):
    case_id = consenting(chamber)
    with pytest.raises(NotAllowed):
        chamber.counter.step(case_id, "correct_party", MEDIATOR_ACTOR, party=1, changed=("电话",), reason="写错")
    with pytest.raises(NotAllowed):
        chamber.counter.step(case_id, "withdraw_party", HEAD, party=1, reason="写错")


def test_an_answer_and_a_withdrawal_at_once_do_not_both_hold(chamber: Table):
    for _ in range(3):
        case_id = consenting(chamber)
        found = at_once(
            chamber.counter, partial(said, chamber, case_id, 2), partial(withdraw, chamber, case_id, 2)
        )  # fmt: skip
        refused = [one for one in found if isinstance(one, Refusal)]
        assert len(refused) == 1, found
        answered = any(one["answer"] for one in chamber.counter.rows("consent", case_id=case_id))
        assert answered is (row(chamber, case_id, 2)["withdrawn_at"] is None)


# --- at the very moment of something else


def third_by_mistake(chamber: Table) -> tuple[str, str]:
    """A mediation with a mediator, and the third party entered by mistake."""
    case_id = chamber.ready()
    chamber.party(case_id, side="third", name="王误登", phone="13700003333")
    return case_id, row(chamber, case_id, 2)["id"]


def places_of(chamber: Table, party_id: str) -> tuple[list[Any], int]:
    """The invitations of a party that stand, and how many who are no longer parties have their time taken."""
    standing = [one for one in chamber.counter.rows("attendance", party_id=party_id) if one["released_at"] is None]
    planned = {one["id"] for one in chamber.counter.rows("meeting") if one["status"] == "planned"}
    taken = {one["resource"] for one in chamber.counter.rows("booking") if one["meeting_id"] in planned}
    # The mediator, the room, and the two parties that stay.
    return standing, len(taken) - 4


def after_it(chamber: Table, case_id: str, deed: Callable[[Sitting], Any]) -> None:
    """The deed is done and not yet committed when the withdrawal comes; whichever may, waits for the other."""
    coming = Thread(target=withdraw, args=(chamber, case_id, 2))
    with chamber.sitting(case_id) as sitting:
        deed(sitting)
        coming.start()
        coming.join(0.4)
    coming.join()


def test_who_is_withdrawn_while_a_meeting_is_planned_is_not_invited_to_it(chamber: Table):
    case_id, third = third_by_mistake(chamber)
    found = at_once(chamber.counter, partial(plan, chamber, case_id), partial(withdraw, chamber, case_id, 2))
    assert not [one for one in found if isinstance(one, Refusal)]
    assert row(chamber, case_id, 2)["withdrawn_at"] is not None
    assert places_of(chamber, third) == ([], 0)


def test_who_is_withdrawn_right_after_a_meeting_was_planned_is_taken_out_of_it(chamber: Table):
    case_id, third = third_by_mistake(chamber)
    after_it(chamber, case_id, lambda sitting: convening.plan(sitting, a_plan()))
    assert places_of(chamber, third) == ([], 0)


def test_who_is_withdrawn_while_a_meeting_is_moved_takes_nobodys_time(chamber: Table):
    later = hours("14:00", "15:00")
    move = MeetingMove(starts=later.starts, ends=later.ends, reason="改到下午")
    case_id, third = third_by_mistake(chamber)
    planned = plan(chamber, case_id)
    after_it(chamber, case_id, lambda sitting: convening.move(sitting, planned["id"], move))
    assert places_of(chamber, third) == ([], 0)


def test_who_said_they_come_at_that_moment_is_not_withdrawn(chamber: Table):
    case_id, third = third_by_mistake(chamber)
    planned = plan(chamber, case_id)
    (invited,) = chamber.counter.rows("attendance", party_id=third)
    form = InvitationAnswer(attendance_id=invited["id"], answer="yes")

    def coming() -> None:
        with chamber.sitting(case_id) as sitting:
            reply(sitting, planned["id"], form)

    found = at_once(chamber.counter, coming, partial(withdraw, chamber, case_id, 2))
    assert len([one for one in found if isinstance(one, Refusal)]) == 1, found
    answered = any(one["answer"] for one in chamber.counter.rows("attendance", party_id=third))
    assert answered is (row(chamber, case_id, 2)["withdrawn_at"] is None)


def test_a_link_asked_for_at_that_moment_opens_nothing(chamber: Table):
    case_id, third = third_by_mistake(chamber)

    def asking() -> Any:
        with chamber.sitting(case_id) as sitting:
            return ask(sitting, ConsentAsked(party_id=third, what="mediation"))

    link, _ = at_once(chamber.counter, asking, partial(withdraw, chamber, case_id, 2))
    if not isinstance(link, Malformed):
        with pytest.raises(NotFound):
            opened(chamber, link)
    assert all(one["void_at"] for one in chamber.counter.rows("consent", party_id=third))


def test_a_meeting_is_not_planned_for_a_case_that_ended_at_that_moment(chamber: Table):
    case_id = chamber.ready()
    with chamber.database.reading() as connection:
        piece = chamber.office.desk.pieces.one(connection, case_id)
    assert piece is not None
    chamber.closed(case_id)
    with chamber.database.writing() as connection:
        before = Sitting(connection, piece, MEDIATOR_ACTOR, chamber.office.pack, chamber.now, b"x")
        with pytest.raises(NotNow, match="调解已经结束"):
            convening.plan(before, a_plan())
    assert chamber.counter.rows("meeting", case_id=case_id) == []
