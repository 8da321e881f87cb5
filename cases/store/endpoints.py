"""Where organisations receive their webhooks (接收地址): one row an organisation.

What does not live here: which addresses are allowed (rules) and sending (gates).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, insert, select, update

from cases.ports import Door
from cases.store.sheaf import table

COMMA = ","


@dataclass(frozen=True, slots=True)
class Receiver:
    """An organisation's endpoint, without its secret."""

    org: str
    url: str
    networks: tuple[str, ...]
    active: bool
    created_at: datetime


def endpoint_of(connection: Connection, org: str) -> Receiver | None:
    """The endpoint of an organisation, or None."""
    ends = table("endpoint").c
    columns = (ends.org, ends.url, ends.networks, ends.active, ends.created_at)
    row = connection.execute(select(*columns).where(ends.org == org)).first()
    if row is None:
        return None
    networks = tuple(part for part in row.networks.split(COMMA) if part)
    return Receiver(row.org, row.url, networks, row.active, row.created_at)


def door_of(connection: Connection, org: str) -> Door | None:
    """The active endpoint of an organisation with its secret, for sending; None where there is none."""
    ends = table("endpoint").c
    question = select(ends.url, ends.secret, ends.networks).where(ends.org == org, ends.active)
    row = connection.execute(question).first()
    return Door(org, row.url, row.secret, row.networks) if row else None


def switch_off(connection: Connection, org: str) -> bool:
    """Stop sending to an organisation's endpoint; what waits goes to its inbox. False where nothing was on."""
    kept = table("endpoint")
    off = update(kept).where(kept.c.org == org, kept.c.active).values(active=False)
    return bool(connection.execute(off).rowcount)


def set_endpoint(
    connection: Connection, org: str, url: str, networks: Sequence[str], secret: str, now: datetime
) -> None:
    """Register or replace an organisation's endpoint with a new secret."""
    endpoint = table("endpoint")
    values = {"url": url, "networks": COMMA.join(networks), "secret": secret, "active": True, "created_at": now}
    if not connection.execute(update(endpoint).where(endpoint.c.org == org).values(**values)).rowcount:
        connection.execute(insert(endpoint).values(org=org, **values))


def reachable(connection: Connection) -> set[str]:
    """The organisations that have an endpoint in use."""
    ends = table("endpoint").c
    return set(connection.execute(select(ends.org).where(ends.active.is_(True))).scalars())
