"""Notices go out, signed, in order, at their time; nothing is lost and nobody waits for somebody else."""

from __future__ import annotations

import asyncio
import json
from datetime import timedelta

from standardwebhooks import Webhook

from cases.clocks import SystemClock
from cases.desk.courier import PARKED
from cases.office import Office
from cases.rules.retrying import SCHEDULE
from cases.store.notices import Fate, replay, settle, waiting
from cases.store.sheaf import table
from tests.builders import FIRE, STATION, URBAN
from tests.workflows.rooms import (
    a_room,
    clock_of,
    dispatch,
    let_leases_end,
    listen_at,
    notices,
    send_all,
    task_of,
    tries,
    until,
    write_to,
)
from tests.workflows.sink import NEVER, Reply, Sink


def due(office: Office) -> bool:
    with office.database.reading() as connection:
        return waiting(connection, office.clock.now())


async def test_a_dispatch_arrives_signed_and_starts_the_sign_for_clock(office: Office):
    async with Sink() as sink, a_room(office) as room:
        secret = listen_at(office, FIRE, sink.url)
        (clue,) = dispatch(office)
        tally = await send_all(room)
    (got,) = sink.got
    (row,) = notices(office, FIRE)
    assert got.body == bytes(row["body"])
    assert json.loads(got.body)["type"] == "assignment.open"
    assert Webhook(secret).verify(got.body, got.headers)  # another's verifier
    assert got.headers["webhook-id"] == row["id"]
    assert abs(int(got.headers["webhook-timestamp"]) - SystemClock().now().timestamp()) < 30
    assert got.headers["content-type"] == "application/json"
    assert (row["state"], row["channel"], row["attempt"]) == ("delivered", "webhook", 1)
    task = task_of(office, clue, FIRE)
    assert task.facts["delivered"]
    assert "sign_for" in task.clocks
    assert tally.counts[FIRE] == {"delivered": 1, "retry": 0, "parked": 0, "given_back": 0}


async def test_a_failure_is_tried_again_at_its_time_with_the_same_id(office: Office):
    clock = clock_of(office)
    async with Sink(lambda n, _: Reply(500 if n == 0 else 200)) as sink, a_room(office) as room:
        listen_at(office, FIRE, sink.url)
        dispatch(office)
        await send_all(room)
        (row,) = notices(office, FIRE)
        wait = row["next_at"] - clock.now()
        assert timedelta(seconds=4) <= wait <= timedelta(seconds=6)
        assert not due(office)
        clock.ahead(seconds=3.9)
        await send_all(room)
        assert len(sink.got) == 1
        clock.ahead(seconds=2.2)
        assert due(office)
        await send_all(room)
    assert sink.ids == [row["id"]] * 2
    assert tries(office, row["id"]) == ["retry", "delivered"]
    assert notices(office, FIRE)[0]["state"] == "delivered"


async def test_after_the_schedule_it_is_parked_told_to_the_station_and_can_be_replayed(office: Office):
    clock = clock_of(office)
    answer = [500]
    async with Sink(lambda *_: Reply(answer[0])) as sink, a_room(office) as room:
        listen_at(office, FIRE, sink.url)
        dispatch(office)
        for _ in range(len(SCHEDULE) + 1):
            await send_all(room)
            clock.jump(max(clock.now(), notices(office, FIRE)[0]["next_at"]))
        (row,) = notices(office, FIRE)
        assert (row["state"], row["attempt"], len(sink.got)) == ("parked", len(SCHEDULE) + 1, len(SCHEDULE) + 1)
        await send_all(room)
        (alert,) = [one for one in notices(office, STATION) if one["event"] == PARKED]
        told = json.loads(bytes(alert["body"]))["data"]
        assert (told["recipient"], told["attempts"], alert["state"]) == (FIRE, len(SCHEDULE) + 1, "shelved")
        answer[0] = 200
        assert not due(office)
        with office.database.writing() as connection:
            assert replay(connection, FIRE, clock.now()) == 1
        await send_all(room)
    assert notices(office, FIRE)[0]["state"] == "delivered"
    assert set(sink.ids) == {row["id"]}


async def test_a_lane_keeps_its_order_and_holds_nobody_else(office: Office):
    clock = clock_of(office)
    async with Sink() as sink, a_room(office) as room:
        listen_at(office, FIRE, sink.url)
        first, other = dispatch(office, 2)
        heads = {task_of(office, clue, FIRE).id: clue for clue in (first, other)}
        mine = task_of(office, first, FIRE).id
        (head,) = [row["id"] for row in notices(office, FIRE) if row["case_id"] == mine]
        later = write_to(office, mine, FIRE, [100, 101])
        sink.plan = lambda _, got: Reply(500 if got.headers["webhook-id"] == head and clock.now() < moment else 200)
        moment = clock.now() + timedelta(seconds=1)
        await send_all(room)
        assert len(heads) == 2
        assert len(sink.got) == 2  # both heads; the notices behind the failed one were not sent
        assert not due(office)
        clock.ahead(seconds=7)
        await send_all(room)
    assert [one for one in sink.ids if one in {head, *later}] == [head, head, *later]


async def test_a_parked_head_holds_its_lane_without_being_asked_about_again(office: Office):
    async with Sink(lambda *_: Reply(410)) as sink, a_room(office) as room:
        listen_at(office, FIRE, sink.url)
        (clue,) = dispatch(office)
        await send_all(room)
        with office.database.writing() as connection:
            connection.execute(table("endpoint").update().values(active=True))
        write_to(office, task_of(office, clue, FIRE).id, FIRE, [100])
        assert due(office)
        await send_all(room)
        assert not due(office)
    assert len(sink.got) == 1


async def test_a_hanging_receiver_holds_up_nobody(office: Office):
    async with Sink(lambda *_: Reply(after=NEVER)) as dead, Sink() as alive, a_room(office, answer_seconds=5) as room:
        listen_at(office, FIRE, dead.url)
        listen_at(office, URBAN, alive.url)
        dispatch(office, 12)
        batch = await room.post.take()
        assert batch is not None
        sending = asyncio.create_task(room.post.deliver(batch))
        await until(lambda: len(alive.got) == 12)
        assert not sending.done(), "the dead one is still waited for"
        dispatch(office, 1, building="7幢")  # and so are new ones, while the dead one still hangs
        await until(lambda: URBAN not in room.post.busy())
        second = await room.post.take()
        assert second is not None
        assert {one.recipient for one in second.notices} == {URBAN}
        await room.post.deliver(second)
        room.post.let_go(second)
        assert len(alive.got) == 13
        assert not sending.done()
        await sending
        room.post.let_go(batch)
        states = [(row["state"], row["attempt"]) for row in notices(office, FIRE)]
        assert FIRE in room.post.busy()  # left alone for a while, then tried with one
    assert states.count(("waiting", 1)) == 8  # eight at once were tried and timed out
    assert states.count(("waiting", 0)) == 5  # the others were given back untried


async def test_what_a_dead_sender_held_is_sent_again_under_the_same_id(office: Office):
    async with Sink() as sink, a_room(office) as room:
        listen_at(office, FIRE, sink.url)
        dispatch(office)
        dead = await room.post.take()
        assert dead is not None
        room.post.let_go(dead)
        assert await room.post.take() is None  # its lease still runs
        let_leases_end(office)
        assert due(office)
        await send_all(room)
        (row,) = notices(office, FIRE)
        assert sink.ids == [row["id"]]
        assert (row["state"], row["attempt"]) == ("delivered", 2)
        with office.database.writing() as connection:  # and the dead one comes back after all
            late = next(one for one in dead.notices if one.recipient == FIRE)
            assert settle(connection, [Fate(late, "parked", "webhook", office.clock.now())]) == set()
    assert notices(office, FIRE)[0]["state"] == "delivered"
    assert sorted(tries(office, row["id"])) == ["delivered", "late"]
