"""占用: nobody and nothing twice at the same time, whoever asks first or at once; and nobody who is away."""

from __future__ import annotations

from collections.abc import Callable
from threading import Barrier, Thread
from typing import Any

import pytest

from cases.desk.mediation import convening
from cases.desk.mediation.forms import InvitationAnswer, MeetingCancelled, MeetingMove
from cases.errors import Conflict, NotNow, Overtaken, Refusal
from cases.rules.booking import Span
from tests.cases.chamber import NINE, ROOM, Table, a_plan, away, hours, online, plan


def taken(chamber: Table, resource: str) -> list[int]:
    return [row["slot"] for row in chamber.counter.rows("booking", resource=resource)]


def test_a_room_is_taken_once_and_the_refusal_says_when(chamber: Table):
    plan(chamber, chamber.ready("M1"))
    other = chamber.ready("M2")
    with pytest.raises(Conflict, match=r"^第一调解室2026年11月23日09:00至10:00已有其他会议$"):
        plan(chamber, other, a_plan(hours("09:45", "10:15")))
    assert chamber.counter.rows("meeting", case_id=other) == [], "nothing of a refused plan stays"
    plan(chamber, other, a_plan(hours("10:00", "11:00")))
    assert len(taken(chamber, f"room:{ROOM}")) == 8


def test_a_mediator_is_taken_once(chamber: Table):
    plan(chamber, chamber.ready("M1"))
    with pytest.raises(Conflict, match=r"调解员柏调解2026年11月23日09:00至10:00已有其他会议"):
        plan(chamber, chamber.ready("M1"), online(hours("08:15", "09:15")))


def test_a_party_is_taken_once_across_cases_and_named_with_a_mask(chamber: Table):
    first, second = chamber.open(), chamber.open()
    for case_id, mediator in ((first, "M1"), (second, "M2")):
        chamber.party(case_id, name="陈大文", phone="13811112222", side="respondent")
        chamber.appointed(case_id, mediator)
    plan(chamber, first)
    with pytest.raises(Conflict, match=r"^当事人陈\*\*2026年11月23日09:00至10:00已有其他会议$"):
        plan(chamber, second, online())
    plan(chamber, second, online(hours("14:00", "15:00")))


def test_a_firm_with_two_agents_may_meet_twice_at_once_and_one_agent_may_not(chamber: Table):
    cases = [chamber.open() for _ in range(3)]
    for case_id, mediator, agent in zip(cases, ("M1", "M2", "M2"), ("赵代理", "钱代理", "赵代理"), strict=True):
        chamber.party(
            case_id, kind="org", name="某物业公司", org="JT-WY01", phone="", agent_name=agent, agent_phone="13300000000"
        )
        chamber.appointed(case_id, mediator)
    plan(chamber, cases[0], online())
    plan(chamber, cases[1], online())
    with pytest.raises(Conflict, match="当事人某物业公司"):
        plan(chamber, cases[2], online())


def test_everything_that_is_taken_is_named_at_once(chamber: Table):
    case_id = chamber.ready("M1")
    plan(chamber, case_id)
    with pytest.raises(Conflict) as refused:
        plan(chamber, case_id)
    assert len(refused.value.details["taken"]) == 4, "room, mediator, both parties"


def test_moving_frees_the_old_time_and_takes_the_new_one(chamber: Table):
    case_id, other = chamber.ready("M1"), chamber.ready("M2")
    made = plan(chamber, case_id)
    later = hours("09:30", "10:30")
    with chamber.sitting(case_id) as sitting:
        moved = convening.move(
            sitting, made["id"], MeetingMove(starts=later.starts, ends=later.ends, reason="当事人上班")
        )
    assert (moved["sequence"], moved["room_id"]) == (1, ROOM)
    plan(chamber, other, a_plan(hours("09:00", "09:30")))
    with pytest.raises(Conflict), chamber.sitting(case_id) as sitting:
        convening.move(sitting, made["id"], MeetingMove(starts=NINE.starts, ends=NINE.ends, reason="还是早些"))
    assert taken(chamber, "mediator:M1") == list(later.slots), "a refused move changes nothing"


def test_moving_asks_everybody_again(chamber: Table):
    case_id = chamber.ready()
    made = plan(chamber, case_id)
    invited = chamber.counter.rows("attendance", meeting_id=made["id"])[0]["id"]
    with chamber.sitting(case_id) as sitting:
        convening.reply(sitting, made["id"], InvitationAnswer(attendance_id=invited, answer="yes"))
        convening.move(
            sitting, made["id"], MeetingMove(starts=NINE.ends, ends=hours("09:00", "11:00").ends, reason="改期")
        )
    assert {row["answer"] for row in chamber.counter.rows("attendance", meeting_id=made["id"])} == {None}


def test_a_cancelled_meeting_gives_its_time_back_and_can_be_cancelled_once(chamber: Table):
    case_id = chamber.ready()
    made = plan(chamber, case_id)
    with chamber.sitting(case_id) as sitting:
        convening.cancel(sitting, made["id"], MeetingCancelled(reason="一方生病"))
    assert chamber.counter.rows("booking") == []
    with pytest.raises(NotNow), chamber.sitting(case_id) as sitting:
        convening.cancel(sitting, made["id"], MeetingCancelled(reason="再取消"))
    plan(chamber, case_id)


def at_once(*deeds: Callable[[], Any]) -> list[Any]:
    """Run the deeds in threads that start together; answers what came of each."""
    found: list[Any] = [None] * len(deeds)
    start = Barrier(len(deeds))

    def run(n: int) -> None:
        start.wait(10)
        try:
            found[n] = deeds[n]()
        except Refusal as refusal:
            found[n] = refusal

    threads = [Thread(target=run, args=(n,)) for n in range(len(deeds))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return found


def test_of_many_at_the_same_moment_one_gets_the_room(chamber: Table):
    cases = [chamber.ready("M1" if n % 2 else "M2") for n in range(4)]
    spans = [hours("09:00", "10:00"), hours("09:15", "10:15"), hours("09:30", "10:30"), hours("09:45", "10:45")]
    found = at_once(*(lambda c=c, s=s: plan(chamber, c, a_plan(s)) for c, s in zip(cases, spans, strict=True)))
    won = [one for one in found if isinstance(one, dict)]
    assert len(won) == 1
    assert all(isinstance(one, Conflict | Overtaken | dict) for one in found)
    assert [row["meeting_id"] for row in chamber.counter.rows("booking", resource=f"room:{ROOM}")] == [won[0]["id"]] * 4


def test_two_meetings_that_change_places_at_once_never_overlap(chamber: Table):
    """Each wants what the other has: at most one gets it, none of the two ends up half moved."""
    first, second = chamber.ready("M1"), chamber.ready("M2")
    ten = hours("10:00", "11:00")
    a, b = plan(chamber, first, a_plan(NINE)), plan(chamber, second, a_plan(ten))

    def to(case_id: str, meeting_id: str, span: Span) -> None:
        with chamber.sitting(case_id) as sitting:
            convening.move(sitting, meeting_id, MeetingMove(starts=span.starts, ends=span.ends, reason="对调"))

    found = at_once(lambda: to(first, a["id"], ten), lambda: to(second, b["id"], NINE))
    assert all(one is None or isinstance(one, Conflict | Overtaken) for one in found)
    for meeting in chamber.counter.rows("meeting"):
        span = Span(meeting["starts"], meeting["ends"])
        slots = chamber.counter.rows("booking", resource=f"room:{ROOM}", meeting_id=meeting["id"])
        assert [row["slot"] for row in slots] == list(span.slots)


# --- absences


def test_nobody_is_booked_while_away_be_it_over_night_or_for_days(chamber: Table):
    case_id = chamber.ready("M1")
    away(chamber, Span(hours("17:30", "18:00", day=22).starts, hours("08:00", "09:30", day=23).ends))
    with pytest.raises(Conflict, match=r"柏调解2026年11月22日17:30至2026年11月23日09:30请假"):
        plan(chamber, case_id)
    plan(chamber, case_id, a_plan(hours("09:30", "10:00")))
    away(chamber, Span(hours("08:00", "09:00", day=25).starts, hours("08:00", "09:00", day=28).starts))
    with pytest.raises(Conflict, match="请假"):
        plan(chamber, case_id, a_plan(hours("15:00", "16:00", day=26)))


def test_who_goes_away_hears_which_meetings_must_be_moved_first(chamber: Table):
    plan(chamber, chamber.ready("M1"))
    with pytest.raises(Conflict, match=r"请先改期:2026年11月23日09:00至10:00"):
        away(chamber, hours("08:00", "12:00"))
    away(chamber, hours("10:00", "12:00"))
    away(chamber, hours("08:00", "12:00"), "M2")


def test_of_an_absence_and_a_meeting_at_the_same_moment_one_waits_and_is_refused(chamber: Table):
    case_id = chamber.ready("M1")
    found = at_once(lambda: plan(chamber, case_id), lambda: away(chamber, hours("08:00", "12:00")))
    assert sum(isinstance(one, Refusal) for one in found) == 1
    assert len(chamber.counter.rows("meeting")) + len(chamber.counter.rows("mediator_absence")) == 1
