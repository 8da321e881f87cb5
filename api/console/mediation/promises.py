"""Promises due (履行跟踪) at ``/console/promises``: what was agreed and is still open, the nearest first, with what may
be done about it.

What does not live here: the steps themselves (acting) and what counts as performed (rules).
"""

from __future__ import annotations

from datetime import date
from typing import Annotated

from fastapi import APIRouter, Query, Request
from starlette.responses import Response

from api.console import talks
from api.console.entrance import SeatOf
from api.console.frame import page
from api.console.labels import Labels
from api.console.moments import read_moment
from api.weekly import ALL, Weekly
from cases.desk.views import View

router = APIRouter()
VERBS = ("record_performance", "visit", "press", "default")
"""Steps of the engine about a promise, where they are offered; the first is about one item."""


@router.get("/promises")
def show_promises(
    request: Request, seat: SeatOf, whose: Annotated[str, Query(max_length=64)] = ""
) -> Response:  # fmt: skip
    """What is still to be performed."""
    labels, weekly = Labels(seat.house.office, seat.lang), Weekly(seat.house)
    who = weekly.whose(seat.reader, whose)
    today = read_moment(seat.house.office.clock.now()).date()
    lines = []
    for one in weekly.promises(seat.reader, who):
        offered = {action["verb"]: action for action in one["case"]["actions"]}
        light = _light(one, today)
        actions = [offered[verb] for verb in VERBS if verb in offered]
        lines.append({**one, "light": light, "light_word": labels.light(light), "actions": actions})
    return page(
        request, "promises.html", seat=seat, labels=labels, lines=lines, whose=who, all=ALL, sides=talks.SIDES,
        late=sum(one["light"] == "red" for one in lines),
    )  # fmt: skip


def _light(promise: View, today: date) -> str:
    """The light of an item: past its day red; the next one of a case as the case's clock says; later ones green."""
    if date.fromisoformat(promise["item"]["due"]) < today:
        return "red"
    clock = next((one for one in promise["case"]["clocks"] if one["code"] == "performance"), None)
    return str(clock["light"]) if promise["first"] and clock else "green"
