"""``filters``: every value of every filter, on three views and in both orders, for everybody, over very many cases.

It looks for the question nobody thought of: a page of each after a first look, against the bare driver reading the same
rows in the same run, and by name the one that took longest. What does not live here: filling the office (many), the
views and searches (console).
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from itertools import product
from typing import Any

from rich.console import Console
from rich.progress import track
from sqlalchemy import Connection

from api.bench.console import PAGE_GOAL, Times, Who, everybody, figures, rows_of
from api.bench.figure import Figure, figure, seconds
from api.bench.many import NOW, places_of
from api.collecting import settle
from cases.machines import CASE_TYPES
from cases.office import Office
from cases.rules.saved_views import DUE, NEWEST
from cases.store.queue.asked import LIGHTS, NOBODY, Asked
from cases.store.queue.paging import page

VIEWS = ("all", "mine", "overdue")
EACH_MATTER = 5
"""Of the matters every fifth is asked for: they are all alike."""


def measured(kind: str, office: Office) -> list[Figure]:
    """Each filter once for everybody, in an office that is full of cases."""
    settle()
    with office.database.reading() as connection:
        return [one for who in everybody(office) for one in _of_one(kind, office, connection, who)]


def _of_one(kind: str, office: Office, connection: Connection, who: Who) -> list[Figure]:
    times, named = Times(), list[tuple[float, str]]()
    some = list(product(VIEWS, (DUE, NEWEST), values(office)))
    for view, sort, (name, value) in track(some, f"{kind}: {who.name}", console=Console(stderr=True), transient=True):
        asked = Asked(view=view, sort=sort, **{name: value})
        page(connection, who.actor, who.kind, asked, NOW)
        ids: list[str] = []
        took = 1000 * seconds(
            lambda asked=asked, ids=ids: ids.extend(
                one.id for one in page(connection, who.actor, who.kind, asked, NOW).pieces
            )
        )
        times.ours.append(took)
        times.base.append(1000 * seconds(lambda ids=ids: rows_of(connection, ids)))
        named.append((took, f"{view}, {sort}, {name} {value}"))
    slowest, which = max(named)
    return [
        *figures(f"any filter ({who.name})", kind, times, PAGE_GOAL),
        figure(f"slowest filter ({who.name}): {which}", kind, slowest, max(times.base), "-", "ms"),
    ]


def values(office: Office) -> Iterator[tuple[str, Any]]:
    """Every value each filter can be set to; of matters, organisations and communities one of each kind."""
    for case_type in CASE_TYPES:
        yield "case_type", case_type.code
    for state in sorted({state.code for case_type in CASE_TYPES for state in case_type.states}):
        yield "state", state
    for light in LIGHTS:
        yield "light", light
    for org in {one.kind: one.code for one in office.pack.organisations.values()}.values():
        yield "holder", org
        yield "department", org
    yield "holder", NOBODY
    for day in (NOW.date() - timedelta(days=2), NOW.date() - timedelta(days=900)):
        yield "opened_on", day
        yield "closed_on", day
    for matter in list(office.pack.matters)[::EACH_MATTER]:
        yield "matter", matter
    yield "community", places_of(office)[0].community
