"""Taking steps: who was faster, all or nothing, batches with refusals, and what may be found at all."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from threading import Barrier, Thread
from typing import Any

import pytest
from sqlalchemy import Connection

from cases.desk.desk import Beside, Order, Taken
from cases.errors import Malformed, NotAllowed, NotFound, NotNow, Overtaken, Refusal, StillNeeded, UnknownVerb
from cases.grammar import Actor
from cases.machines.clue_forms import Acceptance
from cases.store.sheaf import Sheaf, Writer
from tests.builders import FIRE, HEAD, OPERATOR, REPORTER, STATION, STRANGER, URBAN, an_actor, by_code, of_department
from tests.cases.counter import Counter
from tests.cases.invariants import breaches
from tests.cases.racing import at_once


def snapshot(counter: Counter) -> dict[str, list[dict[str, Any]]]:
    names = ("case_file", "entry", "entry_payload", "deadline", "notice", "dissuasion", "serial")
    return {name: counter.rows(name) for name in names}


# --- who was faster


def test_a_step_with_an_old_version_is_overtaken(counter: Counter):
    case_id = counter.accepted()
    before = snapshot(counter)
    with pytest.raises(Overtaken) as refused:
        counter.order(Order(case_id, "dispatch", {"lead": FIRE}, version=1), OPERATOR)
    assert refused.value.kind == "overtaken"
    assert snapshot(counter) == before
    assert counter.order(Order(case_id, "dispatch", {"lead": FIRE}, version=2), OPERATOR).state == "dispatched"


def test_of_two_at_once_exactly_one_wins(counter: Counter):
    case_id = counter.open().case_id
    found = at_once(
        counter,
        lambda: counter.step(case_id, "accept", OPERATOR),
        lambda: counter.step(case_id, "decline", HEAD, reason="不属受理范围"),
    )
    won = [one for one in found if isinstance(one, Taken)]
    assert len(won) == 1
    lost = next(one for one in found if one not in won)
    assert isinstance(lost, Overtaken | NotNow), "found out when writing, or already when reading"
    assert counter.piece(case_id).state == won[0].state
    assert counter.verbs(case_id) == ["open", won[0].verb]
    assert breaches(counter) == []


def test_when_the_last_two_departments_answer_at_once_the_clue_is_collected(counter: Counter):
    case_id = counter.dispatched(FIRE, [URBAN])
    for task in counter.tasks(case_id):
        who = of_department(task.assignee or "")
        counter.step(task.id, "sign_for", who)
        counter.step(task.id, "verify", who, officers=("甲", "乙"))
        counter.step(task.id, "find_nothing", who, text="现场核查")

    def answer(org: str) -> Callable[[], Taken]:
        task = counter.task(case_id, org)
        return lambda: counter.step(task.id, "report_result", of_department(org), measure="核查", text=f"{org}已处理")

    found = at_once(counter, answer(FIRE), answer(URBAN))
    for one, org in zip(found, (FIRE, URBAN), strict=True):
        if isinstance(one, Overtaken):
            answer(org)()
    assert counter.piece(case_id).state == "handled"
    assert {r["org"] for r in counter.piece(case_id).facts["results"]} == {FIRE, URBAN}
    assert breaches(counter) == []


# --- all or nothing


def test_a_carried_step_moves_with_its_carrier_in_one_transaction(counter: Counter):
    case_id = counter.dispatched()
    task = counter.task(case_id, FIRE)
    counter.step(task.id, "sign_for", of_department(FIRE))
    clue = counter.rows("entry", case_id=case_id)[-1]
    own = counter.rows("entry", case_id=task.id)[-1]
    assert (clue["verb"], clue["actor"], clue["role"]) == ("sign_for", "system:carried", "carried")
    assert (own["verb"], own["at"]) == ("sign_for", clue["at"])
    assert counter.piece(case_id).state == "signed_for"


def test_an_optional_carry_is_left_out_when_its_guard_does_not_hold(counter: Counter):
    case_id = counter.dispatched(FIRE, [URBAN])
    before = counter.piece(case_id)
    taken = counter.step(counter.task(case_id, URBAN).id, "sign_for", of_department(URBAN))
    assert taken.state == "signed_for"
    assert counter.piece(case_id) == before, "the assisting department does not move the clue"


def test_when_the_parent_refuses_a_binding_carry_the_child_stays(counter: Counter):
    """No row of the house carries bindingly yet, so one is made binding here."""
    case_id = counter.dispatched(FIRE, [URBAN])
    task = counter.task(case_id, URBAN)
    engine = counter.desk.engines["assignment"]
    step = engine.by_verb["sign_for"]["dispatched"][0]
    usual = engine.effects[id(step)]
    engine.effects[id(step)] = tuple(replace(effect, optional=False) for effect in usual)
    before = snapshot(counter)
    try:
        with pytest.raises(StillNeeded):
            counter.step(task.id, "sign_for", of_department(URBAN))
        assert snapshot(counter) == before
        batch = [Order(counter.task(case_id, org).id, "sign_for") for org in (FIRE, URBAN)]
        found = [counter.batch([order], of_department(org))[0] for order, org in zip(batch, (FIRE, URBAN), strict=True)]
    finally:
        engine.effects[id(step)] = usual
    assert [type(one) for one in found] == [Taken, NotNow]
    assert breaches(counter) == []


# --- batches


def test_in_a_batch_a_refused_order_leaves_no_trace_and_the_others_go_on(counter: Counter):
    good, bad, done = (counter.open(room=room).case_id for room in ("1", "2", "3"))
    counter.step(done, "accept", OPERATOR)
    untouched = counter.piece(bad)
    found = counter.batch(
        [
            Order(good, "accept"),
            Order(bad, "accept", {"matter": "XX99"}),
            Order(done, "accept"),
            Order("no-such-case", "accept"),
            Order(bad, "accept", version=7),
            Order(bad, "abolish"),
            Order(bad, "decline", {"reson": "写错栏目"}),
            Order(bad, "close"),
        ],
        OPERATOR,
    )
    kinds = [one.kind if isinstance(one, Refusal) else one.state for one in found]
    assert kinds == [
        "accepted", "still_needed", "not_now", "not_found", "overtaken", "unknown_verb", "malformed", "not_now",
    ]  # fmt: skip
    assert counter.piece(bad) == untouched
    assert counter.verbs(good) == ["open", "accept"]
    assert breaches(counter) == []


def test_a_batch_may_take_a_case_several_steps_on(counter: Counter):
    case_id = counter.open(matter=None).case_id
    found = counter.batch(
        [
            Order(case_id, "ask_more", {"request": "请补照片"}),
            Order(case_id, "supplement", {"matter": "XF01"}),
            Order(case_id, "ask_more", {"request": "再补照片"}),
            Order(case_id, "accept", Acceptance()),
            Order(case_id, "dispatch", {"lead": FIRE, "assists": (URBAN,), "reason": "指定"}),
        ],
        OPERATOR,
    )
    assert [one.kind if isinstance(one, Refusal) else one.state for one in found] == [
        "incomplete", "reported", "still_needed", "accepted", "dispatched",
    ]  # fmt: skip
    assert len(counter.tasks(case_id)) == 2
    assert breaches(counter) == []


def test_a_clock_stopped_and_started_again_in_one_batch_runs_once(counter: Counter):
    both = an_actor("两岗", STATION, "operator", "reporter")
    case_id = counter.open(both, reporter_org=STATION).case_id
    counter.clock.ahead(hours=1)
    counter.batch(
        [Order(case_id, "decline", {"reason": "不属受理"}), Order(case_id, "object", {"reason": "属受理"})], both
    )
    rows = [(row["code"], row["started_at"] == counter.now) for row in counter.rows("deadline", stopped_at=None)]
    assert rows == [("acceptance", True)]
    assert breaches(counter) == []


def test_a_clock_that_stands_and_goes_on_in_one_batch_lost_nothing(counter: Counter):
    case_id = counter.open(matter=None).case_id
    due = counter.piece(case_id).next_due
    counter.clock.ahead(hours=1)
    counter.batch([Order(case_id, "ask_more", {"request": "请补照片"}), Order(case_id, "supplement")], OPERATOR)
    (row,) = counter.rows("deadline", stopped_at=None)
    assert (row["code"], row["due_at"], row["stands_since"]) == ("acceptance", due, None)
    assert breaches(counter) == []


def test_children_of_one_parent_may_move_in_one_batch(counter: Counter):
    case_id = counter.dispatched()
    task = counter.task(case_id, FIRE)
    ask = {"ground": "不属管辖", "article": "某条例第三条", "proposed": "城管局"}
    orders = [Order(task.id, "ask_return", ask), Order(task.id, "submit_return"), Order(task.id, "drop_return")]
    found = counter.batch(orders, of_department(FIRE))
    assert [one.kind if isinstance(one, Refusal) else one.state for one in found] == [
        "return_asked", "return_ruling", "not_now",
    ]  # fmt: skip
    assert counter.piece(case_id).state == "return_ruling"
    assert breaches(counter) == []


def test_an_empty_batch_and_a_batch_of_refusals_write_nothing(counter: Counter):
    case_id = counter.open().case_id
    before = snapshot(counter)
    assert counter.batch([], OPERATOR) == []
    assert [type(one) for one in counter.batch([Order(case_id, "close")], OPERATOR)] == [NotNow]
    assert snapshot(counter) == before


def test_a_batch_overtaken_in_the_middle_changes_nothing(counter: Counter):
    ids = [counter.open(room=str(n)).case_id for n in range(3)]
    barrier = Barrier(2, timeout=60)

    class Waiting(Writer):
        def write(self, connection: Connection, sheaf: Sheaf) -> None:
            if len(sheaf.inserts["entry"]) == 3:
                barrier.wait()
                barrier.wait()
            super().write(connection, sheaf)

    if counter.database.kind == "sqlite":
        pytest.skip("one writer at a time: nobody comes between reading and writing")
    counter.desk.writer = Waiting(counter.database.kind)
    found: list[type[Refusal]] = []

    def late() -> None:
        try:
            counter.batch([Order(case_id, "accept") for case_id in ids], OPERATOR)
        except Overtaken as refusal:
            found.append(type(refusal))

    thread = Thread(target=late)
    thread.start()
    barrier.wait()
    counter.step(ids[1], "decline", HEAD, reason="不属受理范围")
    barrier.wait()
    thread.join()
    assert found == [Overtaken]
    assert [counter.piece(case_id).state for case_id in ids] == ["reported", "declined", "reported"]
    assert breaches(counter) == []


def test_more_rows_may_join_the_sheaf_of_a_step(counter: Counter):
    case_id = counter.open().case_id

    def remember(working: Any, taken: Taken) -> None:
        working.sheaf.insert(
            "foreign_reference", system="12345", number=taken.number, case_id=taken.case_id, fingerprint=taken.state
        )

    with counter.database.stepping() as connection:
        counter.desk.take_step(connection, Order(case_id, "accept"), OPERATOR, counter.now, also=Beside(remember))
    assert [(r["case_id"], r["fingerprint"]) for r in counter.rows("foreign_reference")] == [(case_id, "accepted")]


# --- what may be found at all


@pytest.mark.parametrize(
    "actor",
    [STRANGER, of_department(FIRE), an_actor("邻居", "JT-WY04", "reporter"), by_code("another"), an_actor("x", None)],
    ids=["other station", "department", "other reporter", "other code", "nobody"],
)
def test_a_case_one_may_not_see_does_not_exist(counter: Counter, actor: Actor):
    case_id = counter.open().case_id
    with pytest.raises(NotFound):
        counter.step(case_id, "accept", actor)


def test_refusals_of_a_single_step_are_raised(counter: Counter):
    case_id = counter.open().case_id
    with pytest.raises(NotAllowed):
        counter.step(case_id, "accept", REPORTER)
    with pytest.raises(NotNow):
        counter.step(case_id, "explain", OPERATOR, explanation="依法")
    with pytest.raises(UnknownVerb):
        counter.step(case_id, "abolish", OPERATOR)
    with pytest.raises(Malformed):
        counter.step(case_id, "decline", OPERATOR)
    assert counter.verbs(case_id) == ["open"]
