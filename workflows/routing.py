"""The routing flow (派遣流程): accepted clues go to their lead and assisting departments, batch by batch.

What does not live here: who is competent (rules), what a batch does (desk).
"""

from __future__ import annotations

from datetime import datetime

from prefect import flow, get_run_logger, task
from prefect.cache_policies import NO_CACHE
from sqlalchemy import Connection

from cases.desk.routing import LANE, Routed, route_batch
from cases.store.dues import anything_in_lane
from workflows.records import leave, routed_rows, untagged
from workflows.room import here

NAME = "routing"
RETRIES, DELAYS = 3, [0.5, 2, 10]


def something_to_route(connection: Connection, now: datetime) -> bool:  # noqa: ARG001 - every lane's question is alike
    """Whether a clue waits for its departments."""
    return anything_in_lane(connection, LANE)


@task(name="route a batch", retries=RETRIES, retry_delay_seconds=DELAYS, cache_policy=NO_CACHE)
async def route_some() -> Routed:
    """One batch in one transaction. Overtaken by a step somebody else took, it has changed nothing and is repeated."""
    desk, many = here().office.desk, here().office.settings.batch
    return await here().does(lambda connection, now: route_batch(desk, connection, now, many))


@flow(name=NAME, flow_run_name=lambda: here().run_name(NAME), retries=0)
async def route() -> Routed:
    """While clues wait: route a batch. At the end say how many each department got, and which."""
    routed = Routed()
    async for window in here().while_there_is(something_to_route):
        with untagged():
            some = await route_some()
        routed.add(some)
        if some.total:
            window.worked()
    get_run_logger().info("routed %d cases to %d departments", routed.total, len(routed.dispatched))
    await leave(NAME, routed_rows(routed, here().office.pack), f"{routed.total} 件线索")
    return routed
