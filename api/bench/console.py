"""``console``: pages of the operators' queue over very many cases, against a bare driver reading the same rows.

Milliseconds a page, half of the pages (p50) and all but one in a hundred (p99); the base reads the rows of those very
pages by their ids, in the same run. What does not live here: filling the office (many) and the queue itself (store).
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from random import Random
from typing import Any

from sqlalchemy import Connection

from api.bench.figure import Figure, figure, seconds
from api.bench.ground import operator
from api.bench.many import DEEDS, NOW, RARE, SEED, THINGS, places_of
from api.collecting import settle
from cases.grammar import Actor
from cases.office import Office
from cases.rules.area import placed
from cases.rules.saved_views import NEWEST, SAVED_VIEWS
from cases.store.pieces import piece_of
from cases.store.queue.asked import CLOSED, LIGHTS, Asked, Mark, Place, write_mark
from cases.store.queue.paging import counts, page
from cases.store.sheaf import table

ROUNDS = 40
PAGE_GOAL, SEARCH_GOAL = "p50 <= 15, p99 <= 50", "p99 <= 50"

STATES = ("reported", "accepted", "dispatched", "verifying", "confirming", "closed", "archived", "mediating")
COMMON = ("充电", "漏水", "电动", "堆放")
PHRASES = ("消防通道", "多次劝阻", "建筑垃圾 影响")


@dataclass(slots=True)
class Times:
    """What a kind of page took, in milliseconds: ours and the base's."""

    ours: list[float] = field(default_factory=list)
    base: list[float] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Who:
    """Somebody at the queue."""

    name: str
    actor: Actor
    kind: str


def measured(kind: str, office: Office) -> list[Figure]:
    """Pages of every saved view, the counts of all views, and searches, in an office that is full of cases."""
    settle()
    found: list[Figure] = []
    with office.database.reading() as connection:
        bench = _Bench(connection, office, Random(SEED))
        for who in everybody(office):
            for name, asked, goal in bench.kinds():
                times = bench.times(who, asked)
                found += figures(f"{name} ({who.name})", kind, times, goal)
            found += figures(f"counts of all views ({who.name})", kind, bench.counted(who), "-")
    return found


def everybody(office: Office) -> Iterator[Who]:
    """An operator, an officer of a department, and somebody who supervises the whole."""
    yield Who("operator", operator(office), "station")
    fire = next(o for o in office.pack.organisations.values() if o.kind not in {"station", "street", "police"})
    yield Who("department", Actor("bench:officer", "测试承办人", fire.code, frozenset({"dept_officer"})), fire.kind)
    top = next(o for o in office.pack.organisations.values() if not o.parent)
    street = next(o for o in office.pack.organisations.values() if o.kind == "street")
    for name, over in (("supervisor", top), ("street's supervisor", street)):
        actor = Actor("bench:supervisor", "测试督办", over.code, frozenset({"supervisor"}))
        yield Who(name, placed(actor, office.pack), over.kind)


class _Bench:
    """One database full of cases, and the questions asked of it."""

    def __init__(self, connection: Connection, office: Office, random: Random) -> None:
        self.connection, self.random = connection, random
        self.communities = [place.community for place in places_of(office)]
        self.matters, self.orgs = list(office.pack.matters), list(office.pack.organisations)

    def kinds(self) -> Iterator[tuple[str, Callable[[], Asked], str]]:
        """Every kind of page: its name, how one is asked for, and its goal."""
        for view, saved in SAVED_VIEWS.items():
            yield f"{view} first page", lambda v=view: Asked(view=v), PAGE_GOAL
            yield f"{view} filtered", lambda v=view: self._filtered(v), PAGE_GOAL
            yield f"{view} last page", lambda v=view, s=saved.sort: Asked(view=v, cursor=_end(s)), PAGE_GOAL
        for view in ("all", "mine", "overdue", "to_accept"):
            yield (
                f"{view} of a community",
                lambda v=view: Asked(view=v, community=self._one(self.communities)),
                PAGE_GOAL,
            )
            yield f"{view} of a matter", lambda v=view: Asked(view=v, matter=self._one(self.matters)), PAGE_GOAL
            yield f"{view} of a department", lambda v=view: Asked(view=v, department=self._one(self.orgs)), PAGE_GOAL
            yield f"{view} in a state", lambda v=view: Asked(view=v, state=self._one(STATES)), PAGE_GOAL
            yield f"{view} of a light", lambda v=view: Asked(view=v, light=self._one(LIGHTS)), PAGE_GOAL
        yield "search rare word", lambda: Asked(search=self.random.choice(RARE)), SEARCH_GOAL
        yield "search common word", lambda: Asked(search=self.random.choice(COMMON)), SEARCH_GOAL
        yield "search phrase", lambda: Asked(search=self.random.choice(PHRASES)), SEARCH_GOAL
        yield "search two words", lambda: Asked(search=self._two_words()), SEARCH_GOAL
        yield "search among overdue", lambda: Asked(view="overdue", search=self.random.choice(DEEDS)), SEARCH_GOAL

    def _one(self, some: Sequence[str]) -> str:
        return self.random.choice(some)

    def _filtered(self, view: str) -> Asked:
        return Asked(view=view, community=self._one(self.communities), matter=self._one(self.matters))

    def _two_words(self) -> str:
        return f"{self.random.choice(THINGS)} {self.random.randrange(997)}号"

    def times(self, who: Who, asked: Callable[[], Asked]) -> Times:
        """Pages of one kind, each followed by its base; the first is not counted."""
        found = Times()
        for _ in range(ROUNDS + 1):
            one = asked()
            ids: list[str] = []
            found.ours.append(1000 * seconds(lambda one=one, ids=ids: ids.extend(self._page(who, one))))
            found.base.append(1000 * seconds(lambda ids=ids: rows_of(self.connection, ids)))
        return Times(found.ours[1:], found.base[1:])

    def _page(self, who: Who, asked: Asked) -> list[str]:
        return [piece.id for piece in page(self.connection, who.actor, who.kind, asked, NOW).pieces]

    def counted(self, who: Who) -> Times:
        """All views counted at once; there is no base."""
        some = [1000 * seconds(lambda: counts(self.connection, who.actor, who.kind, NOW)) for _ in range(6)]
        return Times(some[1:], [0.0])


def rows_of(connection: Connection, ids: Sequence[str]) -> None:
    """The base: read the rows of these cases with the bare driver."""
    columns = ", ".join(column.name for column in table("case_file").columns)
    sql = f"SELECT {columns} FROM case_file WHERE id "
    raw: Any = connection.connection.driver_connection
    if connection.dialect.name == "sqlite":
        rows = raw.execute(f"{sql} IN ({','.join('?' * len(ids))})", tuple(ids)).fetchall()
    else:
        rows = raw.execute(f"{sql} = ANY(%s)", (list(ids),)).fetchall()
    for row in rows:
        piece_of(row)


def _end(sort: str) -> str:
    """The mark behind the last row of a list."""
    return write_mark(Mark(("0" if sort == NEWEST else "f") * 32, sort, Place(CLOSED), backwards=True))


def figures(name: str, kind: str, times: Times, goal: str) -> list[Figure]:
    """Times as figures: half of the pages, and all but one in a hundred."""
    return [
        figure(f"{name} p{share}", kind, reached(times.ours, share), reached(times.base, share), goal, "ms")
        for share in (50, 99)
    ]


def reached(values: Sequence[float], share: int) -> float:
    """The time within which this share of the pages came."""
    ordered = sorted(values)
    return ordered[min(len(ordered), math.ceil(len(ordered) * share / 100)) - 1]
