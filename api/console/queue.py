"""The queue (案件队列) at ``/console``: saved views, filters in the address, a search box, a page of lines.

The address says everything: it can be kept, sent to a colleague, gone back to. What does not live here: the query
(cases.store.queue) and how a line is drawn (rows).
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, fields, replace
from datetime import date
from typing import Annotated, Any
from urllib.parse import urlencode

from fastapi import APIRouter, Depends, Request
from starlette.responses import Response

from api.console.entrance import Seat, SeatOf
from api.console.frame import FRAGMENT, page
from api.console.labels import Labels
from api.console.narrowing import NAMED, SORTS, coded, filters_of
from api.console.rows import Row, line_of, row_of
from api.console.unsigned import VIEW as UNSIGNED
from api.console.unsigned import unsigned_at
from api.counter import Counter
from api.wishes import EARLIEST, LATEST
from cases.desk.desk import ENGINES
from cases.desk.views import Reader
from cases.errors import Malformed
from cases.rules.saved_views import EVERY_VIEW, SAVED_VIEWS
from cases.store.queue.asked import ALL, Asked
from cases.store.queue.asked import LIGHTS as LIT

router = APIRouter()
PAGE = 30
MINE = "mine"
HANDS = frozenset({"dept_officer", "dept_head", "mediator", "committee_head", "court_clerk"})
"""Who, besides the desk of a station, begins the day with what lies with them."""


@dataclass(frozen=True, slots=True)
class Wish:
    """What the address of a queue says; "" leaves a filter out."""

    view: str = ""
    q: str = ""
    matter: str = ""
    community: str = ""
    department: str = ""
    state: str = ""
    light: str = ""
    sort: str = ""
    holder: str = ""
    opened: str = ""
    closed: str = ""
    cursor: str = ""
    type: str = ""

    def address(self, **changed: str) -> str:
        """The address of this queue with some things said differently."""
        wish = replace(self, **changed)
        said = {one.name: getattr(wish, one.name) for one in fields(Wish)}
        query = urlencode({name: value for name, value in said.items() if value})
        return "/console" + (f"?{query}" if query else "")

    def asked(self) -> Asked:
        """The question this is."""
        given = {"matter": self.matter, "community": self.community, "department": self.department}
        given |= {
            "case_type": self.type,
            "state": self.state,
            "light": self.light,
            "sort": self.sort,
            "cursor": self.cursor,
            "search": self.q,
            "holder": self.holder,
        }
        said: dict[str, Any] = {name: value for name, value in given.items() if value}
        opened, closed = (date.fromisoformat(day) if day else None for day in (self.opened, self.closed))
        return Asked(view=self.view or ALL, limit=PAGE, opened_on=opened, closed_on=closed, **said)

    @property
    def narrowed(self) -> bool:
        """Whether one of the filters that are folded away is set."""
        beside = self.type or self.holder or self.opened or self.closed
        return bool(self.department or self.state or self.light or self.sort or beside)


NAMES = tuple(one.name for one in fields(Wish))
SHORT = 64
LONGEST: Mapping[str, int] = {"q": 200, "cursor": 96}
"""Characters of what may be said of a name; of any other ``SHORT``."""

KNOWN: Mapping[str, Collection[str]] = {"view": EVERY_VIEW, "sort": SORTS, "light": LIT, "type": ENGINES}
"""Names of which only this can be said; anything else is as if nothing were."""


async def read_wish(request: Request) -> Wish:
    """The wish of an address; a view, an order, a light, a type or a day there is not is none. Malformed for what is
    longer than anything that could be meant.

    Read by hand: what a dozen declared parameters cost is felt in a page that is asked for all day."""
    given = request.query_params
    said = {name: given.get(name, "") for name in NAMES}
    long = [name for name, value in said.items() if len(value) > LONGEST.get(name, SHORT)]
    if long:
        raise Malformed("填写的内容不完整或不正确", {name: f"最多 {LONGEST.get(name, SHORT)} 个字" for name in long})
    said |= {name: "" for name, known in KNOWN.items() if said[name] not in known}
    return Wish(**said | {"q": said["q"].strip(), "opened": _day(said["opened"]), "closed": _day(said["closed"])})


def _day(text: str) -> str:
    try:
        found = date.fromisoformat(text)
    except ValueError:
        return ""
    return found.isoformat() if EARLIEST <= found <= LATEST else ""


WishOf = Annotated[Wish, Depends(read_wish)]


def usual_view(reader: Reader) -> str:
    """What somebody who asks for no view begins with: what lies with them, or everything."""
    return MINE if reader.at_desk or reader.actor.roles & HANDS else ALL


@router.get("", include_in_schema=False)
def show_queue(request: Request, seat: SeatOf, wish: WishOf) -> Response:
    """The cases the caller may know of, as the address asks; our script gets the list alone."""
    with seat.house.office.database.together(steady=not wish.asked().narrowed):
        return _queue(request, seat, wish)


def _queue(request: Request, seat: Seat, wish: Wish) -> Response:
    if not wish.view:
        wish = replace(wish, view=usual_view(seat.reader))
    labels, counter = Labels(seat.house.office, seat.lang), Counter(seat.house)
    wish = replace(wish, **coded(labels.pack, seat.lang, {name: getattr(wish, name) for name in NAMED}))
    found = counter.cases(seat.reader, wish.asked(), schemas=False, lines=True)
    rows, now = [row_of(view, labels) for view in found["items"]], counter.now
    shown: dict[str, Any] = {
        "wish": wish,
        "lines": [line_of(row, labels, now) for row in rows],
        "next_mark": found["next"],
        "last_mark": found["previous"],
        "bulk_verbs": verbs_of(rows, wish.asked().saved.verbs),
    }
    if request.headers.get(FRAGMENT) == "list":
        return page(request, "queue_list.html", seat=seat, **shown)
    # What a view holds is told of the whole view; how much of each the filters leave nobody can count at once.
    counted = [] if wish.asked().narrowed else counter.views(seat.reader, wish.asked(), _views(wish))["items"]
    tabs = tabs_of(counted, wish, labels)
    fresh = unsigned_at(seat) if wish.view != UNSIGNED else None
    return page(
        request, "queue.html", seat=seat, tabs=tabs, choices=filters_of(labels.pack, seat.lang), fresh=fresh, **shown
    )


def _views(wish: Wish) -> tuple[str, ...]:
    """The saved views in their order, and one of the board's behind them, if that is what is looked at."""
    return (*SAVED_VIEWS, *({wish.view} - set(SAVED_VIEWS)))


def tabs_of(counted: list[dict[str, Any]], wish: Wish, labels: Labels) -> list[dict[str, Any]]:
    """The saved views as links, with how much is in them where that was counted; the filters go along, the place in the
    list does not."""
    many = {one["code"]: f"{one['count']}+" if one["more"] else one["count"] for one in counted}
    return [
        {
            "code": view.code,
            "name": view.label_en if labels.lang == "en" else view.label,
            "href": wish.address(view=view.code, cursor="", sort=""),
            "here": view.code == wish.view,
            "count": many.get(view.code, ""),
        }
        for view in map(EVERY_VIEW.__getitem__, _views(wish))
    ]


def verbs_of(rows: list[Row], waited: Collection[str] = ()) -> list[tuple[str, str]]:
    """What could be done to many of these at once: each step that is open for any of them, what a view waits for
    first."""
    found = {verb: (verb, name) for row in rows for verb, name in row.verbs}
    return sorted(found.values(), key=lambda one: one[0] not in waited)
