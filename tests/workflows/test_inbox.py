"""An organisation without a receiving address reads its notices in the inbox, and has received them when it did."""

from __future__ import annotations

import pytest

from cases.desk.courier import seen
from cases.errors import NotFound
from cases.office import Office
from cases.store.notices import waiting
from tests.builders import FIRE, URBAN
from tests.workflows.rooms import (
    a_room,
    dispatch,
    listen_at,
    notices,
    send_all,
    task_of,
)
from tests.workflows.sink import Reply, Sink


def due(office: Office) -> bool:
    with office.database.reading() as connection:
        return waiting(connection, office.clock.now())


async def test_410_withdraws_the_address_and_what_follows_goes_to_the_inbox(office: Office):
    async with Sink(lambda *_: Reply(410)) as sink, a_room(office) as room:
        listen_at(office, FIRE, sink.url)
        dispatch(office)
        await send_all(room)
        dispatch(office, building="7幢")
        await send_all(room)
    assert [row["state"] for row in notices(office, FIRE)] == ["parked", "shelved"]
    assert len(sink.got) == 1


async def test_without_an_address_it_lies_in_the_inbox_until_it_is_seen(office: Office):
    async with a_room(office) as room:
        (clue,) = dispatch(office)
        assert due(office)
        assert (await send_all(room)).counts == {}
        assert not due(office)
    (row,) = notices(office, FIRE)
    assert (row["state"], row["channel"]) == ("shelved", "inbox")
    assert "delivered" not in task_of(office, clue, FIRE).facts
    with office.database.writing() as connection, pytest.raises(NotFound):
        seen(office.desk, connection, row["id"], URBAN, office.clock.now())
    for _ in range(2):
        with office.database.writing() as connection:
            seen(office.desk, connection, row["id"], FIRE, office.clock.now())
    (row,) = notices(office, FIRE)
    assert (row["state"], row["seen_at"], row["delivered_at"]) == ("delivered", office.clock.now(), office.clock.now())
    task = task_of(office, clue, FIRE)
    assert task.facts["delivered"]
    assert task.version == 2


async def test_seeing_does_not_stop_what_is_on_its_way_to_a_system(office: Office):
    async with Sink() as sink, a_room(office) as room:
        listen_at(office, FIRE, sink.url)
        dispatch(office)
        (row,) = notices(office, FIRE)
        with office.database.writing() as connection:
            seen(office.desk, connection, row["id"], FIRE, office.clock.now())
        assert notices(office, FIRE)[0]["state"] == "waiting"
        await send_all(room)
    assert len(sink.got) == 1


async def test_an_address_registered_later_gets_what_lies_in_the_inbox(office: Office):
    async with Sink() as sink, a_room(office) as room:
        dispatch(office)
        await send_all(room)
        listen_at(office, FIRE, sink.url)
        assert due(office)
        await send_all(room)
    assert len(sink.got) == 1
    assert notices(office, FIRE)[0]["state"] == "delivered"
