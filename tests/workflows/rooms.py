"""Open rooms for the tests of the flows: an office with cases on their way and somebody who listens."""

from __future__ import annotations

import asyncio
import time
from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import replace
from typing import Any

from sqlalchemy import insert, select, update

from cases.desk.desk import Order
from cases.desk.routing import route_batch
from cases.office import Office
from cases.signing import new_secret
from cases.store.sheaf import table
from tests.builders import OPERATOR, a_clue
from tests.fakes import FakeClock
from workflows.gates.messages import Messages
from workflows.gates.webhook import Webhooks
from workflows.postroom import PostRoom, Tally
from workflows.room import Room, working_in

LOOPBACK = "127.0.0.0/8"


def hurried(office: Office, **changed: Any) -> Office:
    """The same office that asks often. How long it waits for a receiver is left as it is: on a busy machine a receiver
    in good health may take seconds, and must not be taken for a silent one."""
    quick = {"poll_seconds": 0.02, "linger_seconds": 0.1}
    return replace(office, settings=office.settings.model_copy(update=quick | changed))


async def until(come_true: Callable[[], bool], seconds: float = 10) -> None:
    """Wait until something outside this test's hands has happened."""
    deadline = time.monotonic() + seconds
    while not come_true():
        assert time.monotonic() < deadline, "it did not happen"
        await asyncio.sleep(0.02)


@asynccontextmanager
async def a_room(office: Office, **changed: Any) -> AsyncIterator[Room]:
    """A room in which flows and the post room find everything."""
    quick = hurried(office, **changed)
    settings = quick.settings
    async with AsyncExitStack() as stack:
        webhooks = await stack.enter_async_context(
            Webhooks(settings.connect_seconds, settings.answer_seconds, settings.approved_networks)
        )
        messages = await stack.enter_async_context(Messages(settings))
        room = Room(quick, PostRoom(quick, webhooks, messages))
        with working_in(room):
            yield room


async def send_all(room: Room) -> Tally:
    """Claim and send until nothing is due, without a flow."""
    tally = Tally()
    while batch := await room.post.take():
        try:
            tally.add(await room.post.deliver(batch))
        finally:
            room.post.let_go(batch)
    return tally


def clock_of(office: Office) -> FakeClock:
    assert isinstance(office.clock, FakeClock)
    return office.clock


def listen_at(office: Office, org: str, url: str, networks: str = LOOPBACK, **changed: Any) -> str:
    """Register a receiving address; answers its secret."""
    secret = new_secret()
    values = {"url": url, "secret": secret, "networks": networks, "active": True, "created_at": office.clock.now()}
    with office.database.writing() as connection:
        connection.execute(insert(table("endpoint")).values(org=org, **(values | changed)))
    return secret


def accept(office: Office, many: int = 1, **changed: Any) -> list[str]:
    """Open and accept so many clues; answers their ids."""
    now = office.clock.now()
    found: list[str] = []
    for n in range(many):
        with office.database.writing() as connection:
            form = a_clue(**({"room": str(n)} | changed))
            opened = office.desk.open_case(connection, office.pack_id, form, OPERATOR, now)
            office.desk.take_step(connection, Order(opened.case_id, "accept", {}, 1), OPERATOR, now)
        found.append(opened.case_id)
    return found


def dispatch(office: Office, many: int = 1, **changed: Any) -> list[str]:
    """The same, routed: their departments have tasks and notices wait."""
    found = accept(office, many, **changed)
    with office.database.writing() as connection:
        routed = route_batch(office.desk, connection, office.clock.now(), many)
    assert sum(routed.counts().values()) == many
    return found


def notices(office: Office, recipient: str | None = None) -> list[dict[str, Any]]:
    """The notices to a recipient as rows, oldest first."""
    notice = table("notice")
    question = select(notice).order_by(notice.c.id)
    if recipient is not None:
        question = question.where(notice.c.recipient == recipient)
    with office.database.reading() as connection:
        return [dict(row) for row in connection.execute(question).mappings()]


def tries(office: Office, notice_id: str) -> list[str]:
    """The outcomes of the tries of a notice, in order."""
    attempt = table("attempt")
    question = select(attempt.c.outcome).where(attempt.c.notice_id == notice_id).order_by(attempt.c.at, attempt.c.n)
    with office.database.reading() as connection:
        return [row[0] for row in connection.execute(question)]


def task_of(office: Office, clue: str, org: str) -> Any:
    """The task of one department under a clue."""
    with office.database.reading() as connection:
        children = office.desk.pieces.many(connection, [clue], by="parent_id")
    return next(child for child in children if child.assignee == org)


def let_leases_end(office: Office) -> None:
    """As if the senders had died long ago."""
    notice = table("notice")
    long_ago = office.clock.now().replace(year=2020, day=1)
    with office.database.writing() as connection:
        connection.execute(update(notice).where(notice.c.lease_token.is_not(None)).values(lease_until=long_ago))


def write_to(office: Office, case_id: str, recipient: str, seqs: Sequence[int]) -> list[str]:
    """Further notices in one lane."""
    now, ids = office.clock.now(), [f"zz{seq:030}" for seq in seqs]
    rows = [
        {
            "id": new,
            "case_id": case_id,
            "seq": seq,
            "recipient": recipient,
            "event": "assignment.warn",
            "body": b'{"type":"assignment.warn","data":{}}',
            "state": "waiting",
            "attempt": 0,
            "created_at": now,
            "next_at": now,
            "last_error": "",
        }
        for new, seq in zip(ids, seqs, strict=True)
    ]
    with office.database.writing() as connection:
        connection.execute(insert(table("notice")), rows)
    return ids
