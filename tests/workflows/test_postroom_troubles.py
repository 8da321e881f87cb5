"""Receivers and senders that misbehave: nothing crashes, nothing is lost."""

from __future__ import annotations

import time
from datetime import timedelta

import pytest

from cases.desk.courier import seen
from cases.desk.desk import Order
from cases.office import Office
from cases.store.mail import inbox
from cases.store.notices import replay, waiting
from tests.builders import FIRE, PROPERTY, of_department
from tests.workflows.rooms import (
    a_room,
    dispatch,
    hurried,
    listen_at,
    notices,
    send_all,
    task_of,
    tries,
)
from tests.workflows.sink import Got, Reply, Sink
from workflows.postroom import Batch, check_lease


def due(office: Office) -> bool:
    with office.database.reading() as connection:
        return waiting(connection, office.clock.now())


async def test_a_redirect_is_a_failure_and_is_not_followed(office: Office):
    async with Sink() as there, Sink() as sink, a_room(office) as room:
        sink.plan = lambda *_: Reply(302, (f"Location: {there.url}",))
        listen_at(office, FIRE, sink.url)
        dispatch(office)
        await send_all(room)
    assert there.got == []
    assert notices(office, FIRE)[0]["state"] == "waiting"


async def test_a_receiver_may_ask_for_more_time(office: Office):
    async with Sink(lambda *_: Reply(429, ("Retry-After: 9",))) as sink, a_room(office) as room:
        listen_at(office, FIRE, sink.url)
        dispatch(office)
        await send_all(room)
    (row,) = notices(office, FIRE)
    assert row["next_at"] - office.clock.now() == timedelta(seconds=9)


async def test_a_forbidden_address_is_parked_unasked(office: Office):
    async with Sink() as sink, a_room(office) as room:
        listen_at(office, FIRE, sink.url, networks="10.0.0.0/8")
        dispatch(office)
        await send_all(room)
    (row,) = notices(office, FIRE)
    assert (row["state"], sink.got) == ("parked", [])
    assert "许可网段" in row["last_error"]


async def test_a_network_taken_back_since_shuts_what_was_registered_under_it(office: Office):
    """The notice is parked with the reason and lies in the department's inbox; approved again, it can be sent again."""
    async with Sink() as sink:
        listen_at(office, FIRE, sink.url)
        (clue,) = dispatch(office)
        async with a_room(office, hook_networks="10.0.0.0/8") as room:
            await send_all(room)
        (row,) = notices(office, FIRE)
        assert (row["state"], sink.got, tries(office, row["id"])) == ("parked", [], ["parked"])
        assert row["last_error"] == "接收地址所在网段已不在系统管理员批准的范围内,没有发出"
        async with a_room(office, hook_networks="") as room:
            with office.database.writing() as connection:
                assert replay(connection, FIRE, office.clock.now()) == 1
            await send_all(room)
            assert (notices(office, FIRE)[0]["state"], sink.got) == ("parked", []), "none named: none approved"
        async with a_room(office, hook_networks="", demo=True) as room:
            with office.database.writing() as connection:
                assert replay(connection, FIRE, office.clock.now()) == 1
            await send_all(room)
            assert len(sink.got) == 1, "the departments of a demonstration live on this machine"
    assert "sign_for" in task_of(office, clue, FIRE).clocks


async def test_the_department_reads_in_its_inbox_what_was_parked(office: Office):
    listen_at(office, FIRE, "http://127.0.0.1:9/hook")
    (clue,) = dispatch(office)
    async with a_room(office, hook_networks="10.0.0.0/8") as room:
        await send_all(room)
    (row,) = notices(office, FIRE)
    with office.database.reading() as connection:
        found, _ = inbox(connection, FIRE, None, 10, unseen=True)
    assert [one["id"] for one in found] == [row["id"]]
    with office.database.writing() as connection:
        seen(office.desk, connection, row["id"], FIRE, office.clock.now())
    assert "sign_for" in task_of(office, clue, FIRE).clocks, "reading it there is delivery"


@pytest.mark.parametrize(
    "reply",
    [
        Reply(raw=b""),
        Reply(raw=b"garbage\r\n\r\n"),
        Reply(raw=b"HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nhalf"),
        Reply(raw=b"HTTP/1.1 200 OK\r\nBad\x00Header: \xff\r\n\r\n"),
        Reply(raw=b"HTTP/1.1 999999 ?\r\n\r\n"),
    ],
    ids=["reset", "garbage", "half", "odd-header", "odd-status"],
)
async def test_odd_answers_are_failures_not_crashes(office: Office, reply: Reply):
    async with Sink(lambda *_: reply) as sink, a_room(office) as room:
        listen_at(office, FIRE, sink.url)
        dispatch(office)
        await send_all(room)
    assert sink.got
    (row,) = notices(office, FIRE)
    assert (row["state"], tries(office, row["id"])) == ("waiting", ["retry"])


async def test_what_comes_back_is_kept_but_capped(office: Office):
    async with Sink(lambda *_: Reply(500, body=b"x" * 1_000_000)) as sink, a_room(office) as room:
        listen_at(office, FIRE, sink.url)
        dispatch(office)
        await send_all(room)
    assert sink.got
    assert len(notices(office, FIRE)[0]["last_error"]) == 500


async def test_what_would_outlive_its_lease_is_given_back_untried(office: Office):
    async with Sink() as sink, a_room(office) as room:
        listen_at(office, FIRE, sink.url)
        dispatch(office)
        batch = await room.post.take()
        assert batch is not None
        slow = Batch(batch.notices, time.monotonic() - 1)
        await room.post.deliver(slow)
        room.post.let_go(slow)
        (row,) = notices(office, FIRE)
        assert (row["state"], row["attempt"], tries(office, row["id"])) == ("waiting", 0, [])
        await send_all(room)
    assert len(sink.got) == 1


async def test_a_repeated_batch_sends_only_what_has_not_been_sent(office: Office, monkeypatch: pytest.MonkeyPatch):
    async with Sink() as sink, a_room(office) as room:
        listen_at(office, FIRE, sink.url)
        dispatch(office, 3)
        batch = await room.post.take()
        assert batch is not None
        with monkeypatch.context() as patch:
            patch.setattr("workflows.postroom.settle_batch", _away)
            with pytest.raises(ConnectionError):
                await room.post.deliver(batch)
        await room.post.deliver(batch)
        room.post.let_go(batch)
    assert len(sink.got) == len(set(sink.ids)) == 3
    assert {row["state"] for row in notices(office, FIRE)} == {"delivered"}


def _away(*_: object) -> int:
    raise ConnectionError("the database is away")


async def test_a_signature_before_the_acknowledgement_is_no_trouble(office: Office):
    async with Sink() as sink, a_room(office) as room:
        listen_at(office, FIRE, sink.url)
        (clue,) = dispatch(office)

        def sign(_: int, __: Got) -> Reply:
            with office.database.writing() as connection:
                task = task_of(office, clue, FIRE)
                office.desk.take_step(
                    connection, Order(task.id, "sign_for", {}), of_department(FIRE), office.clock.now()
                )
            return Reply()

        sink.plan = sign
        await send_all(room)
    task = task_of(office, clue, FIRE)
    assert (task.state, task.version) == ("signed_for", 2)
    assert notices(office, FIRE)[0]["state"] == "delivered"


def test_a_lease_shorter_than_a_try_is_refused(office: Office):
    with pytest.raises(ValueError, match="at least 25"):
        check_lease(hurried(office, lease_seconds=11).settings)


async def test_a_property_firm_without_a_system_reads_its_inbox(office: Office):
    async with a_room(office) as room:
        dispatch(office)
        await send_all(room)
    assert {row["state"] for row in notices(office, PROPERTY)} == {"shelved"}
