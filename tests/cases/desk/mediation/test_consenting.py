"""征求同意: a link is worth something once, to its own party, for a while; facts cross the wall by everybody's word."""

from __future__ import annotations

from threading import Barrier, Thread
from typing import Any

import pytest

from cases.desk.mediation.consenting import Asked, answer_by_link, ask, open_link, record, told_to_party
from cases.desk.mediation.convening import plan
from cases.desk.mediation.forms import ConsentAsked, ConsentRecorded, FactNamed, LinkAnswer, MeetingPlan
from cases.desk.mediation.sittings import facts_for_side, name_for_sharing
from cases.errors import Conflict, Malformed, NotAllowed, NotFound, NotNow, Refusal
from cases.rules.consents import all_agreed, anyone_refused
from cases.rules.wall import INSIDE, ORIGIN, OVERSIGHT, PARTY
from cases.store.parties import given_in
from tests.builders import OPERATOR, STRANGER, an_actor
from tests.cases.chamber import MEDIATOR_ACTOR, Table, hours

YES, NO = "yes", "no"


@pytest.fixture
def case(chamber: Table) -> str:
    """A case of two parties, known by the last four digits of their telephones."""
    case_id = chamber.open()
    chamber.party(case_id, side="applicant", name="陈一一", phone="13800001111")
    chamber.party(case_id, side="respondent", name="林二二", phone="13900002222")
    return case_id


def asked(chamber: Table, case_id: str, n: int = 0, what: str = "mediation", days: int = 7) -> Asked:
    with chamber.sitting(case_id) as sitting:
        return ask(sitting, ConsentAsked(party_id=chamber.parties(case_id)[n], what=what, days=days))


def answer(chamber: Table, link: Asked, said: str = YES, tail: str = "1111", consent_id: str = "") -> None:
    with chamber.database.writing() as connection:
        opened = open_link(connection, consent_id or link.consent_id, link.token, chamber.now)
        answer_by_link(connection, opened, LinkAnswer.model_validate({"answer": said, "tail": tail}), chamber.now)


def both(chamber: Table, case_id: str) -> tuple[bool, bool]:
    with chamber.database.reading() as connection:
        given = given_in(connection, case_id)
    parties = chamber.parties(case_id)
    return all_agreed(given, parties), anyone_refused(given, parties)


def test_each_party_answers_for_itself_at_its_own_time(chamber: Table, case: str):
    answer(chamber, asked(chamber, case, 0))
    assert both(chamber, case) == (False, False)
    link = asked(chamber, case, 1)
    chamber.clock.ahead(days=2)
    answer(chamber, link, NO, "2222")
    assert both(chamber, case) == (False, True)
    rows = chamber.counter.rows("consent")
    assert {row["answered_at"] for row in rows} == {chamber.now, chamber.now.replace(day=20)}
    assert {(row["means"], row["token_digest"]) for row in rows} == {("link", "")}


def test_the_token_is_kept_nowhere(chamber: Table, case: str):
    link = asked(chamber, case)
    assert link.token not in str(chamber.counter.rows("consent"))


def test_somebody_elses_link_is_refused(chamber: Table, case: str):
    mine, theirs = asked(chamber, case, 0), asked(chamber, case, 1)
    with pytest.raises(NotFound):
        answer(chamber, mine, YES, "1111", consent_id=theirs.consent_id)
    with pytest.raises(NotFound):
        answer(chamber, mine, YES, "2222")
    assert both(chamber, case) == (False, False)
    assert {row["answer"] for row in chamber.counter.rows("consent")} == {None}
    answer(chamber, mine)


def test_a_link_works_once_and_only_in_time(chamber: Table, case: str):
    link, late = asked(chamber, case), asked(chamber, case, days=1)
    answer(chamber, link)
    with pytest.raises(NotFound):
        answer(chamber, link, NO)
    chamber.clock.ahead(days=1)
    with pytest.raises(NotFound):
        answer(chamber, late)


@pytest.mark.parametrize("wrong", ["", "x", "\udc80", "0" * 32])
def test_a_link_nobody_wrote_opens_nothing(chamber: Table, case: str, wrong: str):
    link = asked(chamber, case)
    for consent_id, token in ((link.consent_id, wrong), (wrong, link.token), ("none", "none")):
        with pytest.raises(NotFound), chamber.database.reading() as connection:
            open_link(connection, consent_id.encode("utf-8", "replace").decode(), token, chamber.now)


def test_of_two_answers_at_the_same_moment_one_counts(chamber: Table, case: str):
    link = asked(chamber, case)
    start, found = Barrier(2), list[Any]()

    def go(said: str) -> None:
        start.wait(10)
        try:
            answer(chamber, link, said)
            found.append(said)
        except Refusal as refusal:
            found.append(refusal)

    threads = [Thread(target=go, args=(said,)) for said in (YES, NO)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    (counted,) = [one for one in found if isinstance(one, str)]
    (refused,) = [one for one in found if isinstance(one, Refusal)]
    assert isinstance(refused, Conflict | NotFound)
    assert [row["answer"] for row in chamber.counter.rows("consent")] == [counted]


def test_who_has_nothing_on_file_is_asked_on_the_spot(chamber: Table):
    case_id = chamber.open()
    party = chamber.party(case_id, phone="")
    with pytest.raises(Malformed, match="不能用链接"):
        asked(chamber, case_id)
    with chamber.sitting(case_id) as sitting:
        form = ConsentRecorded(party_id=party["id"], what="mediation", answer="yes", means="written")
        assert record(sitting, form)["recorded_by"] == sitting.actor.id
    assert both(chamber, case_id) == (True, False)


@pytest.mark.parametrize("what", ["everything", "share_fact:1", "share_fact:", "attend:none", "share_fact:x"])
def test_a_question_about_nothing_is_not_asked(chamber: Table, case: str, what: str):
    with pytest.raises(Malformed):
        asked(chamber, case, what=what)


def test_a_party_of_another_case_cannot_be_asked(chamber: Table, case: str):
    other = chamber.party(chamber.open())
    with pytest.raises(Malformed), chamber.sitting(case) as sitting:
        ask(sitting, ConsentAsked(party_id=other["id"], what="mediation"))


def test_an_answer_about_a_meeting_answers_its_invitation(chamber: Table):
    case_id = chamber.ready()
    span = hours("09:00", "10:00")
    with chamber.sitting(case_id) as sitting:
        made = plan(sitting, MeetingPlan(kind="online", starts=span.starts, ends=span.ends))
    link = asked(chamber, case_id, 0, f"attend:{made['id']}")
    with chamber.database.reading() as connection:
        page = told_to_party(connection, open_link(connection, link.consent_id, link.token, chamber.now))
    assert page["meeting"]["starts"] == span.starts
    answer(chamber, link, NO, chamber.counter.rows("party", id=chamber.parties(case_id)[0])[0]["phone"][-4:])
    answers = {row["party_id"]: row["answer"] for row in chamber.counter.rows("attendance") if row["party_id"]}
    assert answers == dict(zip(chamber.parties(case_id), [NO, None], strict=True))


# --- facts that cross the wall


def fact(chamber: Table, case_id: str, actor: Any, wording: str) -> int:
    with chamber.sitting(case_id, actor) as sitting:
        return name_for_sharing(sitting, FactNamed(wording=wording))["n"]


def visible(chamber: Table, case_id: str, side: str) -> list[tuple[str, bool]]:
    with chamber.sitting(case_id) as sitting:
        found = facts_for_side(sitting.connection, sitting.piece, side)
    return [(one["wording"], one["shared"]) for one in found]


def test_a_fact_crosses_only_when_every_party_agreed_to_that_very_fact(chamber: Table):
    report = chamber.counter.open().case_id
    case_id = chamber.open(parent=report)
    chamber.party(case_id, name="陈一一", phone="13800001111")
    chamber.party(case_id, name="林二二", phone="13900002222", side="respondent")
    inside = fact(chamber, case_id, MEDIATOR_ACTOR, "漏水点在四楼阳台")
    outside = fact(chamber, case_id, OPERATOR, "消防已责令改正")
    own = {
        INSIDE: [("漏水点在四楼阳台", False)],
        ORIGIN: [("消防已责令改正", False)],
        OVERSIGHT: [],
        PARTY: [],
    }
    assert {side: visible(chamber, case_id, side) for side in own} == own
    answer(chamber, asked(chamber, case_id, 0, f"share_fact:{inside}"))
    assert visible(chamber, case_id, ORIGIN) == own[ORIGIN]
    answer(chamber, asked(chamber, case_id, 1, f"share_fact:{inside}"), YES, "2222")
    assert visible(chamber, case_id, ORIGIN) == [("漏水点在四楼阳台", True), ("消防已责令改正", False)]
    assert visible(chamber, case_id, INSIDE) == [("漏水点在四楼阳台", True)]
    for n, tail in ((0, "1111"), (1, "2222")):
        answer(chamber, asked(chamber, case_id, n, f"share_fact:{outside}"), YES, tail)
    assert visible(chamber, case_id, INSIDE) == [("漏水点在四楼阳台", True), ("消防已责令改正", True)]
    assert visible(chamber, case_id, OVERSIGHT) == []


def test_nobody_else_names_facts_and_nobody_after_the_end(chamber: Table):
    case_id = chamber.open(parent=chamber.counter.open().case_id)
    for actor in (STRANGER, an_actor("督", "JT", "supervisor")):
        with pytest.raises(NotAllowed):
            fact(chamber, case_id, actor, "某事")
    chamber.closed(case_id)
    with pytest.raises(NotNow):
        fact(chamber, case_id, OPERATOR, "某事")
