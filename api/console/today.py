"""The board of the day (今日看板) at ``/console/board``: figures that each lead into the list they count.

A tile is a question to the queue; its figure and its address come from the same one. What does not live here: counting
(api.board), the list (queue).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from fastapi import APIRouter, Request
from starlette.responses import Response

from api.board import Board, Day, Figures
from api.console.entrance import SeatOf
from api.console.frame import page
from api.console.graphs import Bars, bars_of
from api.console.labels import Labels
from api.console.queue import Wish
from api.console.rows import row_of
from api.counter import Counter
from cases.desk.views import Reader
from cases.grammar import EVERYWHERE
from cases.rules.area import OVERSIGHT_ROLES
from cases.store.queue.asked import NOBODY, Asked, Tally

router = APIRouter()
ORDERS = Asked(view="to_reply", limit=8)
"""The supervision orders that are shown one by one: those that must be answered first."""


@dataclass(frozen=True, slots=True)
class Tile:
    """One figure of the board: what it is called, what it means, the list behind it, and whether it calls for haste."""

    code: str
    name: str
    means: str
    wish: Wish
    haste: bool = False


def tiles(today: str) -> dict[str, list[Tile]]:
    """The tiles by heading."""
    given_back = Wish(view="all", type="assignment", state="returned", closed=today)
    return {
        "手上的": [
            Tile("open", "在办", "还没有结束的案件", Wish(view="open")),
            Tile("due_today", "今日到期", "今天之内到期,尚未超期", Wish(view="due_today")),
            Tile("overdue", "超期", "最近的时限已过", Wish(view="overdue"), haste=True),
            Tile("reopened", "重办", "等待重新派遣", Wish(view="to_dispatch", state="reopened")),
        ],
        "要决定的": [
            Tile("to_rule", "待裁定退单", "部门已提交,等站长裁定", Wish(view="to_rule"), haste=True),
            Tile("to_extend", "待批延期", "申请人以外的人批准", Wish(view="to_extend"), haste=True),
        ],
        "等答复的": [
            Tile("returns", "退单在途", "部门申请中和裁定中", Wish(view="returns")),
            Tile("returned", "今日退单", "今天同意退回的任务", given_back),
            Tile("to_reply", "督办待答复", "督办单已签发,单位未答复", Wish(view="to_reply")),
            Tile("urged", "催办未答复", "已催办,部门未答复", Wish(view="urged")),
        ],
    }


@router.get("/board", include_in_schema=False)
def show_board(request: Request, seat: SeatOf) -> Response:
    """The figures of whoever looks; 403 for whoever has no board."""
    board, labels = Board(seat.house), Labels(seat.house.office, seat.lang)
    groups = tiles(board.today().isoformat())
    every = [tile for some in groups.values() for tile in some]
    figures = board.figures(seat.reader, [(tile.code, tile.wish.asked()) for tile in every])
    orders = Counter(seat.house).cases(seat.reader, ORDERS, schemas=False)["items"]
    return page(
        request,
        "board.html",
        seat=seat,
        area=area_of(seat.reader, labels),
        groups=groups,
        figures={code: figure_of(one) for code, one in figures.tallies.items()},
        late=list(late_of(figures, labels)),
        late_more=figures.late_more,
        days=[_day(one) for one in figures.days],
        graph=graph_of(figures.days),
        orders=[(row_of(view, labels), labels.org(view["assignee"])) for view in orders],
    )


def figure_of(tally: Tally) -> str:
    """A figure, or that it is more than was counted."""
    return f"{tally.count}+" if tally.more else str(tally.count)


def area_of(reader: Reader, labels: Labels) -> str:
    """Whose cases these are, in words."""
    actor = reader.actor
    if not actor.roles & OVERSIGHT_ROLES:
        return labels.org(actor.org)
    return (
        labels.say("全部机构") if actor.area == EVERYWHERE else labels.say("{org}及下属机构", org=labels.org(actor.org))
    )


def late_of(figures: Figures, labels: Labels) -> Iterator[Mapping[str, Any]]:
    """What is overdue in whose hands, with the share of the longest bar."""
    most = max(figures.late.values(), default=1)
    for holder, many in figures.late.items():
        name = labels.say("不在任何单位手上") if holder == NOBODY else labels.org(holder)
        address = Wish(view="overdue", holder=holder).address()
        yield {"name": name, "count": many, "href": address, "share": round(100 * many / most, 1)}


def _day(one: Day) -> Mapping[str, Any]:
    on = one.on.isoformat()
    return {
        "on": one.on,
        "opened": (one.opened, Wish(view="all", type="clue", opened=on).address()),
        "closed": (one.closed, Wish(view="all", type="clue", closed=on).address()),
    }


def graph_of(days: list[Day]) -> Bars:
    """The days as pairs of bars."""
    return bars_of([(f"{one.on.month}-{one.on.day}", (one.opened, one.closed)) for one in days])
