"""Whether anything is under way, and what comes next: what the conductor of a simulated clock asks."""

from __future__ import annotations

from datetime import timedelta

from cases.store.stillness import Stillness, busy_desks, given_up, stillness, written_to
from tests.builders import FIRE, OPERATOR, PROPERTY, STATION
from tests.cases.counter import Counter


def seen(counter: Counter) -> Stillness:
    with counter.database.reading() as connection:
        return stillness(connection, counter.now)


def test_an_empty_office_is_still_for_ever(counter: Counter):
    assert seen(counter) == Stillness(0, 0, 0, 0, 0, 0, 0, 0, None)
    assert seen(counter).still


def test_a_report_waits_for_its_notices_and_then_for_its_clock(counter: Counter):
    opened = counter.open()
    before = seen(counter)
    assert (before.waiting_now, before.open_clues, before.entries) == (2, 1, 1)
    assert not before.still
    counter.deliver()
    after = seen(counter)
    assert after.still
    (clock,) = counter.rows("deadline", case_id=opened.case_id)
    assert after.next_at == clock["next_at"]
    assert after.next_at is not None
    assert after.next_at > counter.now


def test_a_notice_on_its_way_and_a_case_to_be_routed_are_under_way(counter: Counter):
    counter.accepted()
    claimed = counter.claim()
    state = seen(counter)
    assert (state.sending, state.routing) == (len(claimed), 1)
    assert not state.still


def test_a_notice_behind_another_of_its_lane_is_not_due(counter: Counter):
    """The first of the lane is tried again later; what is written behind it waits with it."""
    opened = counter.open()
    later = counter.now + timedelta(minutes=5)
    counter.settle([n for n in counter.claim() if n.recipient == PROPERTY], "retry", next_at=later)
    counter.deliver()
    counter.step(opened.case_id, "ask_more", OPERATOR, request="请补充")
    state = seen(counter)
    assert state.waiting_now == 0
    assert state.next_at == later
    counter.clock.ahead(minutes=5)
    assert seen(counter).waiting_now == 1


def test_a_due_clock_is_under_way(counter: Counter):
    counter.open()
    counter.deliver()
    moment = seen(counter).next_at
    assert moment is not None
    counter.clock.jump(moment)
    assert seen(counter).due_now == 1
    counter.sweep()
    assert seen(counter).due_now == 0


def test_a_recipient_is_given_up_when_everything_to_it_is_parked(counter: Counter):
    def parked() -> dict[str, int]:
        with counter.database.reading() as connection:
            return given_up(connection)

    for _ in range(2):
        counter.accepted()
    counter.route()
    counter.deliver(lambda notice: notice.recipient != FIRE)
    assert parked() == {FIRE: 2}
    with counter.database.reading() as connection:
        assert [org for org, _ in written_to(connection, [FIRE])] == [FIRE, FIRE]
    assert seen(counter).parked == 2
    counter.accepted()
    counter.route()
    assert parked() == {}  # the new one is still to be tried
    before = seen(counter).tries
    counter.deliver(lambda notice: notice.recipient != FIRE)
    assert parked() == {FIRE: 3}
    assert seen(counter).tries > before


def test_a_desk_is_busy_while_a_case_waits_for_a_person(counter: Counter):
    def desks() -> list[str]:
        with counter.database.reading() as connection:
            return busy_desks(connection)

    assert desks() == []
    opened = counter.open()
    assert desks() == [STATION]
    counter.step(opened.case_id, "accept", OPERATOR)
    assert desks() == []  # the router has it
    counter.route()
    assert desks() == []  # the department has it
    counter.deliver()
    counter.answer_all(opened.case_id)
    assert desks() == [STATION]
    counter.step(opened.case_id, "feed_back", OPERATOR)
    assert desks() == []  # the answer is under way
