"""The families flow (同类案件流程): suits begin to wait for their model case, or follow it, batch by batch.

What does not live here: which suits wait for which, and what they do once it is decided (desk).
"""

from __future__ import annotations

from prefect import flow, get_run_logger, task
from prefect.cache_policies import NO_CACHE

from cases.desk.suits.families import Led, lead_along
from cases.store.families import anything_pending
from workflows.records import leave, led_rows, untagged
from workflows.room import here

NAME = "families"
RETRIES, DELAYS = 3, [0.5, 2, 10]


@task(name="lead some suits along", retries=RETRIES, retry_delay_seconds=DELAYS, cache_policy=NO_CACHE)
async def lead_some() -> Led:
    """One batch in one transaction, which marks what it did; cut off, it has changed nothing and is repeated."""
    desk, many = here().office.desk, here().office.settings.batch
    return await here().does(lambda connection, now: lead_along(desk, connection, now, many))


@flow(name=NAME, flow_run_name=lambda: here().run_name(NAME), retries=0)
async def lead() -> Led:
    """While suits of a family are to wait or to follow: take the step for some. At the end say which, and which not."""
    led = Led()
    async for window in here().while_there_is(anything_pending):
        with untagged():
            some = await lead_some()
        led.add(some)
        if some.total:
            window.worked()
    get_run_logger().info("led %d suits along", led.total)
    await leave(NAME, led_rows(led), f"{led.total} 件诉讼")
    return led
