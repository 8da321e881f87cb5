"""When a limit ends (时限试算): as JSON, and as a page; open to everybody, for a calendar is no secret."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Query, Response
from fastapi.responses import HTMLResponse

from api.day_page import POLICY, Question, page
from api.deps import HouseOf, StrictRoute, VisitorOf, respond
from api.describing import problems
from api.reckoning import LONGEST, reckon, told
from api.shapes import Reckoned, encode
from cases.store.idempotency import Answer

router = APIRouter(prefix="/calendar", tags=["calendar"], route_class=StrictRoute)
pages = APIRouter()

Typed = Annotated[str, Query(max_length=1000)]
Start = Annotated[str, Query(max_length=40, description="起算,如 2026-02-13 或 2026-10-02T10:00;不写时区为北京时间")]
Rule = Annotated[str, Query(max_length=20, description="期限,如 3wd、30d(顺延)、30d!(不顺延)、24h、4work_h、2m、1y")]


@router.get("/due", summary="时限试算", responses={200: {"model": Reckoned}, **problems(422, 429)})
def due(house: HouseOf, visitor: VisitorOf, start: Start, rule: Rule) -> Response:  # noqa: ARG001 - the visitor is counted
    """When a limit ends, with every day that counted or did not, and why."""
    found = reckon(start, rule, house.office.calendar(), LONGEST)
    return respond(Answer(200, encode(told(found))))


@pages.get("/calendar")
def calendar(
    house: HouseOf,
    visitor: VisitorOf,  # noqa: ARG001 - the visitor is counted
    start: Typed = "",
    rule: Typed = "",
    lang: Typed = "zh",
) -> Response:
    """The same as a page with a form."""
    status, text = page(Question(start, rule, lang), house.office.calendar())
    return HTMLResponse(text, status, {"Content-Security-Policy": POLICY})
