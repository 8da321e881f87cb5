"""The outbox: heads of lanes only, leases that run out, fates that come too late, parking, inboxes and replay."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import delete, update

from cases.desk.courier import seen
from cases.errors import NotFound
from cases.ids import new_id
from cases.store.notices import Claimed, claim, release_expired, replay, waiting
from cases.store.sheaf import Sheaf, Writer, table
from tests.builders import FIRE, FRIDAY, OPERATOR, PROPERTY, STATION, URBAN
from tests.cases.counter import Counter

LONG_AGO = datetime.fromisoformat("2000-01-01T00:00:00+00:00")


def quiet_case(counter: Counter, room: str = "302") -> str:
    """A case whose own notices are out of the way."""
    opened = counter.open(room=room)
    with counter.database.writing() as connection:
        connection.execute(delete(table("notice")).where(table("notice").c.case_id == opened.case_id))
    return opened.case_id


@pytest.fixture
def case_id(counter: Counter) -> str:
    return quiet_case(counter)


def post(counter: Counter, case_id: str, recipient: str, seq: int, **changed: Any) -> str:
    """Put a notice into the outbox; its name says lane and place."""
    row: dict[str, Any] = {
        "id": f"{recipient}-{seq}-{new_id()[-6:]}",
        "case_id": case_id,
        "seq": seq,
        "recipient": recipient,
        "event": "clue.tested",
        "body": f"body {seq}".encode(),
        "on_arrival": None,
        "state": "waiting",
        "attempt": 0,
        "created_at": FRIDAY,
        "next_at": FRIDAY,
        "last_error": "",
    }
    sheaf = Sheaf()
    sheaf.insert("notice", **row | changed)
    with counter.database.writing() as connection:
        Writer(counter.database.kind).write(connection, sheaf)
    return str((row | changed)["id"])


def ids(claimed: list[Claimed]) -> set[str]:
    return {one.id for one in claimed}


def state_of(counter: Counter, notice_id: str) -> dict[str, Any]:
    return counter.rows("notice", id=notice_id)[0]


def attempts(counter: Counter, notice_id: str) -> list[tuple[int, str]]:
    return [(row["n"], row["outcome"]) for row in counter.rows("attempt", notice_id=notice_id)]


def is_waiting(counter: Counter) -> bool:
    with counter.database.reading() as connection:
        return waiting(connection, counter.now)


def expire(counter: Counter) -> int:
    """Let every lease run out; leases are the database's, so time is turned back in the rows."""
    with counter.database.writing() as connection:
        rows = table("notice")
        connection.execute(update(rows).where(rows.c.state == "sending").values(lease_until=LONG_AGO))
        return release_expired(connection)


def test_only_the_head_of_each_lane_is_claimed(counter: Counter, case_id: str):
    other = quiet_case(counter, "9")
    heads = {post(counter, case_id, FIRE, 1), post(counter, case_id, URBAN, 3), post(counter, other, FIRE, 5)}
    behind = {post(counter, case_id, FIRE, 2), post(counter, other, FIRE, 6)}
    assert ids(counter.claim()) == heads
    assert counter.claim() == [], "they are under our lease"
    assert {state_of(counter, one)["state"] for one in heads} == {"sending"}
    assert {state_of(counter, one)["state"] for one in behind} == {"waiting"}


def test_notices_of_one_step_to_one_recipient_go_one_after_the_other(counter: Counter, case_id: str):
    posted = sorted(post(counter, case_id, FIRE, 1) for _ in range(3))
    gone: list[str] = []
    while claimed := counter.claim():
        assert len(claimed) == 1
        gone.append(claimed[0].id)
        counter.settle(claimed)
    assert gone == posted


def test_a_delivered_head_makes_room_for_the_next(counter: Counter, case_id: str):
    first, second = post(counter, case_id, FIRE, 1), post(counter, case_id, FIRE, 2)
    claimed = counter.claim()
    assert (ids(claimed), claimed[0].body, claimed[0].attempt) == ({first}, b"body 1", 1)
    counter.settle(claimed)
    row = state_of(counter, first)
    assert (row["state"], row["delivered_at"], row["lease_token"]) == ("delivered", counter.now, None)
    assert is_waiting(counter)
    assert ids(counter.claim()) == {second}
    assert attempts(counter, first) == [(1, "delivered")]


def test_nothing_is_claimed_before_its_time(counter: Counter, case_id: str):
    post(counter, case_id, FIRE, 1, next_at=FRIDAY + timedelta(hours=1))
    assert not is_waiting(counter)
    assert counter.claim() == []
    counter.clock.ahead(hours=1)
    assert is_waiting(counter)
    assert len(counter.claim()) == 1


def test_a_retry_waits_for_its_moment_and_holds_its_lane_only(counter: Counter, case_id: str):
    slow, behind = post(counter, case_id, FIRE, 1), post(counter, case_id, FIRE, 2)
    other = post(counter, case_id, URBAN, 1)
    claimed = counter.claim()
    assert ids(claimed) == {slow, other}
    retry = [one for one in claimed if one.id == slow]
    counter.settle(retry, "retry", next_at=counter.now + timedelta(minutes=5), status=503, detail="busy")
    row = state_of(counter, slow)
    assert (row["state"], row["last_error"], row["delivered_at"]) == ("waiting", "busy", None)
    assert counter.claim() == []
    counter.clock.ahead(minutes=5)
    again = counter.claim()
    assert [(one.id, one.attempt) for one in again] == [(slow, 2)]
    counter.settle(again)
    assert ids(counter.claim()) == {behind}
    assert attempts(counter, slow) == [(1, "retry"), (2, "delivered")]


def test_a_dead_senders_lease_runs_out_and_the_notice_goes_again(counter: Counter, case_id: str):
    notice = post(counter, case_id, FIRE, 1)
    dead = counter.claim()
    with counter.database.writing() as connection:
        assert release_expired(connection) == 0, "a living lease is left alone"
    assert not is_waiting(counter)
    assert expire(counter) == 1
    assert is_waiting(counter)
    again = counter.claim()
    assert [(one.id, one.attempt) for one in again] == [(notice, 2)]
    assert again[0].token != dead[0].token


def test_a_fate_that_comes_after_the_lease_changes_nothing_but_is_written_down(counter: Counter, case_id: str):
    notice = post(counter, case_id, FIRE, 1)
    dead = counter.claim()
    expire(counter)
    again = counter.claim()
    assert counter.settle(dead) == 0
    assert state_of(counter, notice)["state"] == "sending"
    assert counter.settle(again) == 1
    assert state_of(counter, notice)["state"] == "delivered"
    assert sorted(outcome for _, outcome in attempts(counter, notice)) == ["delivered", "late"]


def test_a_parked_notice_holds_its_lane_and_nothing_else(counter: Counter, case_id: str):
    parked, behind = post(counter, case_id, FIRE, 1), post(counter, case_id, FIRE, 2)
    other = quiet_case(counter, "9")
    counter.settle(counter.claim(), "parked", detail="gone")
    free = {post(counter, case_id, URBAN, 9), post(counter, other, FIRE, 9)}
    counter.clock.ahead(days=3)
    claimed = [one for one in counter.claim() if one.event != "delivery.parked"]
    assert ids(claimed) == free
    assert state_of(counter, behind)["state"] == "waiting"
    assert state_of(counter, parked)["last_error"] == "gone"


def test_replay_sets_parked_notices_going_again_in_order(counter: Counter, case_id: str):
    parked, behind = post(counter, case_id, FIRE, 1), post(counter, case_id, FIRE, 2)
    elsewhere = post(counter, case_id, URBAN, 1)
    counter.settle(counter.claim(), "parked")
    with counter.database.writing() as connection:
        assert replay(connection, FIRE, counter.now) == 1
    claimed = [one for one in counter.claim() if one.recipient != STATION]
    assert [(one.id, one.attempt) for one in claimed] == [(parked, 1)], "its tries begin anew"
    counter.settle(claimed)
    assert ids(counter.claim()) == {behind}
    assert state_of(counter, elsewhere)["state"] == "parked"
    with counter.database.writing() as connection:
        assert replay(connection, None, counter.now) == 1
        assert replay(connection, None, counter.now) == 0
    assert ids(counter.claim()) == {elsewhere}


def test_the_station_is_told_of_what_could_not_be_delivered(counter: Counter):
    case_id = counter.open().case_id
    counter.settle([one for one in counter.claim() if one.recipient == PROPERTY], "parked")
    told = [n for n in counter.notices(case_id) if n["event"] == "delivery.parked"]
    assert [(n["recipient"], n["said"]["recipient"], n["said"]["event"]) for n in told] == [
        (STATION, PROPERTY, "clue.open")
    ]


def test_a_batch_takes_no_more_than_asked_and_the_earliest_first(counter: Counter):
    def posts(recipient: str) -> list[str]:
        """The later posted, the earlier due."""
        cases = [quiet_case(counter, f"{recipient}{n}") for n in range(4)]
        return [
            post(counter, case_id, recipient, 1, next_at=FRIDAY - timedelta(minutes=n))
            for n, case_id in enumerate(cases)
        ]

    fire, urban = posts(FIRE), posts(URBAN)
    with counter.database.writing() as connection:
        taken = claim(connection, counter.now, 5, 30, at_most=[(URBAN, 2), (FIRE, 2)])
    assert [one.next_at for one in taken] == sorted(one.next_at for one in taken)
    assert ids(taken) == {*fire[2:], *urban[2:]}
    with counter.database.writing() as connection:
        assert {one.recipient for one in claim(connection, counter.now, 100, 30, busy=[FIRE])} == {URBAN}
    assert [len(counter.claim(1)) for _ in range(3)] == [1, 1, 0]


def test_the_step_that_waits_for_an_arrival_is_taken_with_it(counter: Counter):
    case_id = counter.accepted()
    counter.step(case_id, "dispatch", OPERATOR, lead=FIRE)
    task = counter.task(case_id, FIRE)
    assert list(task.clocks) == ["delivery"]
    counter.clock.ahead(minutes=10)
    counter.deliver()
    task = counter.piece(task.id)
    assert (set(task.clocks), task.facts["delivered"]) == (
        {"sign_for", "handling", "verification"},
        counter.now.isoformat(),
    )
    assert counter.verbs(task.id) == ["open", "mark_delivered"]


# --- organisations without a receiving address


def address(counter: Counter, org: str, active: bool) -> None:
    with counter.database.writing() as connection:
        connection.execute(update(table("endpoint")).where(table("endpoint").c.org == org).values(active=active))


@pytest.fixture
def no_address(counter: Counter) -> Iterator[str]:
    """An organisation without a receiving address."""
    address(counter, FIRE, active=False)
    yield FIRE
    address(counter, FIRE, active=True)


def test_what_waits_for_nobodys_address_lies_in_the_inbox_and_arrives_when_seen(counter: Counter, no_address: str):
    case_id = counter.accepted()
    counter.step(case_id, "dispatch", OPERATOR, lead=no_address)
    task = counter.task(case_id, no_address)
    assert no_address not in {one.recipient for one in counter.deliver()}
    (notice,) = counter.rows("notice", case_id=task.id)
    assert (notice["state"], notice["channel"]) == ("shelved", "inbox")
    assert not is_waiting(counter), "it wakes nobody"
    counter.clock.ahead(hours=1)
    with counter.database.writing() as connection:
        seen(counter.desk, connection, notice["id"], no_address, counter.now)
    row = state_of(counter, notice["id"])
    assert (row["state"], row["seen_at"], row["delivered_at"]) == ("delivered", counter.now, counter.now)
    assert counter.verbs(task.id)[-1] == "mark_delivered"
    counter.clock.ahead(hours=1)
    with counter.database.writing() as connection:
        seen(counter.desk, connection, notice["id"], no_address, counter.now)
        with pytest.raises(NotFound):
            seen(counter.desk, connection, notice["id"], URBAN, counter.now)
    assert state_of(counter, notice["id"])["seen_at"] == counter.now - timedelta(hours=1), "first seen stays"
    assert counter.verbs(task.id) == ["open", "mark_delivered"]


def test_with_an_address_the_shelf_is_emptied_in_order(counter: Counter, case_id: str, no_address: str):
    posted = [post(counter, case_id, no_address, n) for n in (1, 2)]
    assert counter.claim() == []
    assert {state_of(counter, one)["state"] for one in posted} == {"shelved"}
    address(counter, no_address, active=True)
    assert is_waiting(counter)
    assert [one.id for one in counter.deliver()] == posted


# --- the table itself


@pytest.mark.parametrize("changed", [{"state": "lost"}, {"state": "delivered"}], ids=["unknown state", "no moment"])
def test_a_state_that_makes_no_sense_is_refused(counter: Counter, case_id: str, changed: dict[str, Any]):
    driver = counter.database.engine.dialect.loaded_dbapi
    with pytest.raises(driver.IntegrityError):
        post(counter, case_id, FIRE, 1, **changed)


def test_a_notice_about_no_case_is_refused(counter: Counter):
    driver = counter.database.engine.dialect.loaded_dbapi
    with pytest.raises(driver.IntegrityError):
        post(counter, "no-such-case", FIRE, 1)
