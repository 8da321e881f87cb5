"""Many cases and clocks in one sheaf take the long way, and come to the same."""

from __future__ import annotations

from cases.desk.desk import Order
from tests.builders import OPERATOR
from tests.cases.counter import Counter
from tests.cases.invariants import breaches


def test_steps_of_many_cases_in_one_sheaf_take_the_long_way_and_agree(counter: Counter):
    ids = [counter.open(room=str(n)).case_id for n in range(20)]
    counter.batch([Order(case_id, "accept") for case_id in ids], OPERATOR)
    assert {counter.piece(case_id).state for case_id in ids} == {"accepted"}
    assert counter.whole()


def test_many_clocks_moved_in_one_sheaf_are_all_moved(counter: Counter):
    ids = [counter.open(room=str(n)).case_id for n in range(20)]
    counter.batch([Order(case_id, "ask_more", {"request": "请补照片"}) for case_id in ids], OPERATOR)
    still = [row["stands_since"] for row in counter.rows("deadline", code="acceptance")]
    assert still == [counter.now] * 20
    assert breaches(counter) == []
