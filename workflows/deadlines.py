"""The deadline flow (时限流程): clocks that are due warn, mark overdue, escalate, or take their step.

What does not live here: the ladder (packs), what a batch does (desk).
"""

from __future__ import annotations

from prefect import flow, get_run_logger, task
from prefect.cache_policies import NO_CACHE

from cases.desk.sweeping import Swept, sweep_batch
from cases.store.dues import anything_due
from workflows.records import leave, swept_rows, untagged
from workflows.room import here

NAME = "deadlines"
RETRIES, DELAYS = 3, [0.5, 2, 10]


@task(name="sweep a batch", retries=RETRIES, retry_delay_seconds=DELAYS, cache_policy=NO_CACHE)
async def sweep_some() -> Swept:
    """One batch in one transaction; each rung fires once, however often this is repeated."""
    desk, many = here().office.desk, here().office.settings.batch
    return await here().does(lambda connection, now: sweep_batch(desk, connection, now, many))


@flow(name=NAME, flow_run_name=lambda: here().run_name(NAME), retries=0)
async def sweep() -> Swept:
    """While clocks are due: fire their next rung. At the end say which cases were warned about, escalated, ended."""
    swept = Swept()
    async for window in here().while_there_is(anything_due):
        with untagged():
            some = await sweep_some()
        swept.add(some)
        if some.clocks:
            window.worked()
    get_run_logger().info("swept %d clocks", swept.clocks)
    await leave(NAME, swept_rows(swept), f"{swept.clocks} 个时限")
    return swept
