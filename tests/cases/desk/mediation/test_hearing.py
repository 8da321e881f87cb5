"""记入案卷: what is written beside a mediation moves it, in the same transaction, also of two at once."""

from __future__ import annotations

from functools import partial

import pytest

from cases.desk.mediation.forms import ConsentRecorded, MeetingHeld, Objection
from cases.desk.mediation.hearing import Hearing
from cases.errors import NotFound, StillNeeded
from cases.office import Office
from tests.cases.chamber import MEDIATOR_ACTOR, Table, hours, plan
from tests.cases.racing import at_once


@pytest.fixture
def chamber(office: Office) -> Table:
    made = Table(office)
    made.register()
    return made


def said(chamber: Table, case_id: str, n: int, answer: str = "yes", what: str = "mediation") -> None:
    with chamber.sitting(case_id) as sitting:
        form = {"party_id": sitting.parties()[n]["id"], "what": what, "answer": answer, "means": "phone"}
        Hearing(chamber.office.desk).record(sitting, ConsentRecorded.model_validate(form))


def asked(chamber: Table) -> str:
    """A mediation whose two parties are being asked."""
    case_id = chamber.open(state="consenting")
    chamber.party(case_id)
    chamber.party(case_id, side="respondent", phone="13900002222")
    return case_id


def state(chamber: Table, case_id: str) -> str:
    return chamber.counter.piece(case_id).state


def test_the_last_yes_goes_on_and_each_answer_is_a_line_of_the_history(chamber: Table):
    case_id = asked(chamber)
    said(chamber, case_id, 0)
    assert state(chamber, case_id) == "consenting", "silence is no consent"
    said(chamber, case_id, 1)
    assert state(chamber, case_id) == "choosing"
    assert chamber.counter.verbs(case_id)[-2:] == ["hear", "hear"]


@pytest.mark.parametrize("before", [(), ("yes",)])
def test_one_no_ends_it_whatever_the_other_said(chamber: Table, before: tuple[str, ...]):
    case_id = asked(chamber)
    for answer in before:
        said(chamber, case_id, 0, answer)
    said(chamber, case_id, 1, "no")
    piece = chamber.counter.piece(case_id)
    assert (piece.state, piece.facts["outcome"]) == ("terminated", "withdrawn")


def test_a_party_may_change_its_mind_in_the_midst_of_it(chamber: Table):
    case_id = chamber.ready()
    said(chamber, case_id, 1, "yes")
    assert state(chamber, case_id) == "mediating"
    said(chamber, case_id, 1, "no")
    assert state(chamber, case_id) == "terminated"


def test_other_questions_move_nothing(chamber: Table):
    case_id = asked(chamber)
    said(chamber, case_id, 0, "no", "live_stream")
    assert (state(chamber, case_id), chamber.counter.verbs(case_id)) == ("consenting", ["open"])


def test_an_answer_before_acceptance_is_kept_and_counts_later(chamber: Table):
    case_id = chamber.open(state="examining")
    chamber.party(case_id)
    chamber.party(case_id, side="respondent", phone="13900002222")
    said(chamber, case_id, 1, "no")
    assert state(chamber, case_id) == "examining"
    with pytest.raises(StillNeeded, match="已明确拒绝调解"):
        chamber.counter.step(case_id, "accept", MEDIATOR_ACTOR)
    said(chamber, case_id, 1, "yes")
    said(chamber, case_id, 0, "yes")
    chamber.counter.step(case_id, "accept", MEDIATOR_ACTOR)
    chamber.counter.step(case_id, "proceed", MEDIATOR_ACTOR)
    assert state(chamber, case_id) == "choosing"


def test_two_answers_at_once_do_not_miss_each_other(chamber: Table):
    for _ in range(3):
        case_id = asked(chamber)
        at_once(chamber.counter, partial(said, chamber, case_id, 0), partial(said, chamber, case_id, 1))
        assert state(chamber, case_id) == "choosing"
        assert chamber.counter.verbs(case_id).count("hear") == 2


def test_an_objection_goes_back_to_choosing(chamber: Table):
    case_id = chamber.ready()
    with chamber.sitting(case_id) as sitting:
        objection = Objection(party_id=sitting.parties()[0]["id"])
        Hearing(chamber.office.desk).object_to(sitting, objection)
    assert state(chamber, case_id) == "choosing"
    with pytest.raises(StillNeeded, match="选定调解员"):
        chamber.counter.step(case_id, "begin", MEDIATOR_ACTOR)


def test_a_meeting_the_case_does_not_allow_was_not_held(chamber: Table):
    case_id = chamber.ready()
    planned = plan(chamber, case_id)
    who = [row["id"] for row in chamber.counter.rows("attendance", meeting_id=planned["id"])]
    chamber.party(case_id, side="third", name="丙方", phone="13700003333")
    chamber.clock.jump(hours("09:00", "10:00").ends)
    with pytest.raises(StillNeeded, match=r"第3方当事人\(第三人\)告知权利义务"), chamber.sitting(case_id) as sitting:
        Hearing(chamber.office.desk).hold(sitting, planned["id"], MeetingHeld(attended=tuple(who)))
    assert [row["status"] for row in chamber.counter.rows("meeting")] == ["planned"], "nothing was written"


def test_what_is_handed_up_leaves_no_meeting_and_no_mediator_behind(chamber: Table):
    chamber.add_tiers()
    case_id = chamber.ready(facts={"tier": "street"})
    plan(chamber, case_id)
    assert chamber.counter.rows("booking")
    chamber.counter.step(case_id, "hand_up", MEDIATOR_ACTOR, reason="标的较大")
    assert (chamber.counter.rows("booking"), [row["status"] for row in chamber.counter.rows("meeting")]) == (
        [], ["cancelled"],
    )  # fmt: skip
    (row,) = chamber.counter.rows("appointment")
    assert (row["ended_because"], chamber.counter.piece(case_id).station) == ("handed_on", "JT-TJ")
    with pytest.raises(NotFound):
        chamber.counter.step(case_id, "hand_down", MEDIATOR_ACTOR, reason="收回")
