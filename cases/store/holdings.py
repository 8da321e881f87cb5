"""Who held a case from when to when (经手): the rows of ``holding``, each ended by the next one of its case.

Asked by case or by holder, through their indexes. What does not live here: adding them up (desk).
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Select, or_, select

from cases.grammar import Actor
from cases.store.database import held_together
from cases.store.queues import branches
from cases.store.sheaf import table

AT_ONCE = 1000
"""Rows fetched at once, so that the years of a whole town are never in memory together."""


@dataclass(frozen=True, slots=True)
class Held:
    """One interval: the case, its holder (None: nobody any more), the state it came into their hands in, from when, and
    until when (None while it lasts)."""

    case_id: str
    number: str
    case_type: str
    pack_id: int
    holder: str | None
    state: str
    begins: datetime
    ends: datetime | None


@dataclass(frozen=True, slots=True)
class Period:
    """From ``since`` (None: from the beginning) up to, not including, ``until``."""

    since: datetime | None
    until: datetime


def _intervals() -> Select[Any]:
    held, following = table("holding"), table("holding").alias("following")
    case, entry = table("case_file"), table("entry")
    ends = (
        select(following.c.at)
        .where(following.c.case_id == held.c.case_id, following.c.seq > held.c.seq)
        .order_by(following.c.seq)
        .limit(1)
        .scalar_subquery()
    )
    named = (held.c.case_id, case.c.number, case.c.case_type, case.c.pack_id, held.c.holder, entry.c.to_state)
    return (
        select(*named, held.c.at, ends.label("ends"), held.c.seq)
        .join(case, case.c.id == held.c.case_id)
        .join(entry, (entry.c.case_id == held.c.case_id) & (entry.c.seq == held.c.seq))
    )


def held_of(connection: Connection, case_id: str) -> list[Held]:
    """The intervals of a case, in order."""
    held = table("holding")
    question = _intervals().where(held.c.case_id == case_id).order_by(held.c.seq)
    return [Held(*row[:8]) for row in connection.execute(question)]


def held_by(
    connection: Connection, holder: str, reader: Actor, period: Period, case_type: str | None = None
) -> Iterator[Held]:
    """The intervals of a holder that touch a period, of cases that lie in the reader's office or department; what the
    reader only knows of, as who reported it or as the station a mediation came from, does not count."""
    held, case = table("holding"), table("case_file")
    scope = [branch.holds for branch in branches(reader) if branch.why not in {"reporter", "station"}]
    if not scope or (period.since is not None and period.since >= period.until):
        return
    question = _intervals().where(held.c.holder == holder, held.c.at < period.until, or_(*scope))
    if case_type:
        question = question.where(case.c.case_type == case_type)
    with held_together(connection):
        for row in connection.execute(question.execution_options(yield_per=AT_ONCE)):
            if period.since is None or row.ends is None or row.ends > period.since:
                yield Held(*row[:8])
