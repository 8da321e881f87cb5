"""The delivery flow (送达流程): due notices go out, several batches at once, and what came of them is written down.

What does not live here: sending (post room, gates), order and leases (store), the retry schedule (rules).
"""

from __future__ import annotations

import asyncio
from datetime import datetime

from prefect import flow, get_run_logger, task
from prefect.cache_policies import NO_CACHE
from sqlalchemy import Connection

from cases.store.notices import waiting
from workflows.postroom import Batch, Tally
from workflows.records import delivered_rows, leave, untagged
from workflows.room import here

NAME = "delivery"
RETRIES, DELAYS = 3, [0.5, 2, 10]
BATCHES_AT_ONCE = 16


def something_to_deliver(connection: Connection, now: datetime) -> bool:
    """Whether a notice is due for somebody who is not being served already."""
    return waiting(connection, now, here().post.busy())


@task(name="deliver a batch", retries=RETRIES, retry_delay_seconds=DELAYS, cache_policy=NO_CACHE)
async def deliver_batch(batch: Batch) -> Tally:
    """Send one claimed batch and settle it. Repeated, it sends only what has not been sent."""
    return await here().post.deliver(batch)


class UnderWay:
    """The batches of a run that have been sent off, and what came of those that are through."""

    def __init__(self) -> None:
        self.tally = Tally()
        self.troubles: list[BaseException] = []
        self._batches: set[asyncio.Task[Tally]] = set()

    @property
    def full(self) -> bool:
        """Whether another batch has to wait."""
        return len(self._batches) >= BATCHES_AT_ONCE

    def send_off(self, batch: Batch) -> None:
        """Begin one more."""
        self._batches.add(asyncio.create_task(_carry(batch)))

    async def some_time(self, seconds: float | None) -> None:
        """Until one is through, at most so long; ``None`` until all are."""
        if self._batches:
            when = asyncio.FIRST_COMPLETED if seconds is not None else asyncio.ALL_COMPLETED
            await asyncio.wait(self._batches, timeout=seconds, return_when=when)
        elif seconds is not None:
            await asyncio.sleep(seconds)
        self._count()

    def _count(self) -> None:
        for batch in [batch for batch in self._batches if batch.done()]:
            self._batches.discard(batch)
            trouble = batch.exception()
            if trouble is None:
                self.tally.add(batch.result())
            else:
                self.troubles.append(trouble)


@flow(name=NAME, flow_run_name=lambda: here().run_name(NAME), retries=0)
async def deliver() -> Tally:
    """While notices are due: claim a batch and send it, beside those still on their way. At the end say what came of
    them for each recipient. A batch that failed for good ends the run."""
    under_way, window = UnderWay(), here().window()
    while window.is_open() and not under_way.troubles:
        batch = None if under_way.full else await _claim()
        if batch is None:
            await under_way.some_time(here().office.settings.poll_seconds)
        else:
            under_way.send_off(batch)
            window.worked()
    here().handed_over.add(NAME)
    await under_way.some_time(None)
    await _report(under_way.tally)
    for trouble in under_way.troubles:
        raise trouble
    return under_way.tally


async def _claim() -> Batch | None:
    return await here().post.take() if await here().asks(something_to_deliver) else None


async def _carry(batch: Batch) -> Tally:
    try:
        with untagged():
            return await deliver_batch(batch)
    finally:
        here().post.let_go(batch)


async def _report(tally: Tally) -> None:
    delivered, parked = tally.total("delivered"), tally.total("parked")
    get_run_logger().info("delivered %d, parked %d", delivered, parked)
    await leave(NAME, delivered_rows(tally, here().office.pack), f"送达 {delivered},搁置 {parked}")
