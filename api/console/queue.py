"""The queue (案件队列) at ``/console``: saved views, filters in the address, a search box, a page of lines.

The address says everything: it can be kept, sent to a colleague, gone back to. What does not live here: the query
(cases.store) and how a line is drawn (rows).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Annotated, Any
from urllib.parse import urlencode

from fastapi import APIRouter, Depends, Query, Request
from starlette.responses import Response

from api.console.entrance import Seat, SeatOf
from api.console.frame import page
from api.console.labels import Labels
from api.console.rows import Row, row_of
from cases.store.queue.asked import Asked
from cases.store.queue.paging import listed

router = APIRouter()
PAGE = 50

VIEWS: Mapping[str, tuple[str, Asked]] = {
    "all": ("全部", Asked()),
    "to_accept": ("待受理", Asked("clue", "reported")),
    "to_dispatch": ("待派遣", Asked("clue", "accepted")),
    "to_sign": ("待签收", Asked("assignment", "dispatched")),
    "returns": ("退单", Asked("assignment", "return_ruling")),
    "overdue": ("超期", Asked(overdue=True)),
    "to_call": ("待回访", Asked("clue", "fed_back")),
}
"""The saved views: what each is called and asks for."""


@dataclass(frozen=True, slots=True)
class Wish:
    """What the address of a queue says; "" leaves a filter out."""

    view: str = "all"
    q: str = ""
    matter: str = ""
    community: str = ""
    state: str = ""
    cursor: str = ""

    def address(self, **changed: str) -> str:
        """The address of this queue with some things said differently."""
        wish = replace(self, **changed)
        said = {name: getattr(wish, name) for name in Wish.__slots__}
        query = urlencode({name: value for name, value in said.items() if value and (name, value) != ("view", "all")})
        return "/console" + (f"?{query}" if query else "")


Short = Annotated[str, Query(max_length=64)]


def read_wish(
    view: Short = "all",
    q: Annotated[str, Query(max_length=200)] = "",
    matter: Short = "",
    community: Short = "",
    state: Short = "",
    cursor: Short = "",
) -> Wish:
    """The wish of an address; a view nobody saved is the whole queue."""
    return Wish(view if view in VIEWS else "all", q.strip(), matter, community, state, cursor)


WishOf = Annotated[Wish, Depends(read_wish)]


@router.get("", include_in_schema=False)
def show_queue(request: Request, seat: SeatOf, wish: WishOf) -> Response:
    """The cases the caller may know of, as the address asks; our script gets the list alone."""
    labels = Labels(seat.house.office, seat.lang)
    lines, mark = lines_of(seat, wish, labels)
    name = "queue_list.html" if request.headers.get("huiyin-fragment") == "list" else "queue.html"
    return page(
        request, name, seat=seat, wish=wish, rows=lines, next_mark=mark, tabs=tabs_of(wish, labels),
        bulk_verbs=verbs_of(lines),
        choices=filters_of(seat, labels), labels=labels,
    )  # fmt: skip


def lines_of(seat: Seat, wish: Wish, labels: Labels) -> tuple[list[Row], str | None]:
    """The lines of a page, and the mark of the next one."""
    house, reader = seat.house, seat.reader
    given = {"matter": wish.matter, "community": wish.community, "state": wish.state, "text": wish.q}
    said = {name: value for name, value in given.items() if value}
    asked = replace(VIEWS[wish.view][1], **said, limit=PAGE, cursor=wish.cursor or None)
    now = house.office.clock.now()
    with house.office.database.reading() as connection:
        pieces, mark = listed(connection, reader.actor, reader.kind, asked, now)
        views = house.views.many(connection, pieces, reader, now, schemas=False)
    return [row_of(view, labels) for view in views], mark


def tabs_of(wish: Wish, labels: Labels) -> list[dict[str, Any]]:
    """The saved views as links; the search goes along, the place in the list does not."""
    return [
        {"code": code, "name": labels.say(name), "href": wish.address(view=code, cursor=""), "here": code == wish.view}
        for code, (name, _) in VIEWS.items()
    ]


def filters_of(seat: Seat, labels: Labels) -> dict[str, list[tuple[str, str]]]:
    """What each filter can be set to, as (code, name)."""
    pack, engines = seat.house.office.pack, seat.house.office.desk.engines
    states = {s.code: labels.state(kind, s.code) for kind, e in engines.items() for s in e.case_type.states}
    return {
        "matter": [(one.code, one.name) for one in pack.matters.values()],
        "community": [(one.code, one.name) for one in pack.communities.values()],
        "state": list(states.items()),
    }


def verbs_of(lines: list[Row]) -> list[tuple[str, str]]:
    """What could be done to many of these at once: each step that is open for any of them."""
    return list({verb: (verb, name) for line in lines for verb, name in line.verbs}.values())
