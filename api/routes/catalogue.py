"""What the pack says: matters, organisations and what they hold, communities; and suggested matters (目录)."""

from __future__ import annotations

from dataclasses import asdict
from typing import Annotated

from fastapi import APIRouter, Query, Response

from api.deps import HouseOf, ReaderOf, Short, StrictRoute, VisitorOf, respond
from api.describing import problems
from api.mailroom import require
from api.routes.cases import CounterOf
from api.shapes import Items, encode, rows
from api.timing import HeldView
from api.wishes import HoldingQuery
from cases.desk.views import DESK_ROLES
from cases.store.idempotency import Answer

router = APIRouter(tags=["catalogue"], route_class=StrictRoute)

MATTER = ("code", "name", "group", "description", "severity", "emergency", "emergency_when", "bypass", "bypass_when")
MATTER_MORE = ("dissuasion", "dissuaders", "evidence", "law", "confidence", "sealed", "valid_from", "valid_to")
PLACE = ("code", "name", "aliases", "street", "lng", "lat")
ORGANISATION = ("code", "kind", "name", "parent", "streets", "duties", "phone")


@router.get("/matters", summary="事项清单", responses={200: {"model": Items}, **problems(429)})
def matters(house: HouseOf, visitor: VisitorOf) -> Response:  # noqa: ARG001 - the visitor is counted
    """The matters a report may be about; open to everybody."""
    wanted = (*MATTER, *MATTER_MORE)
    found = [{name: getattr(one, name) for name in wanted} for one in house.office.pack.matters.values()]
    return respond(Answer(200, encode(rows(found))))


@router.get("/communities", summary="小区", responses={200: {"model": Items}, **problems(429)})
def communities(house: HouseOf, visitor: VisitorOf) -> Response:  # noqa: ARG001 - the visitor is counted
    """The communities of the area; open to everybody."""
    found = [{name: getattr(one, name) for name in PLACE} for one in house.office.pack.communities.values()]
    return respond(Answer(200, encode(rows(found))))


@router.get("/organisations", summary="机构", responses={200: {"model": Items}, **problems(401, 403)})
def organisations(house: HouseOf, reader: ReaderOf, kind: Short = None) -> Response:  # noqa: ARG001 - must be let in
    """The organisations of the area, or those of one kind."""
    every = house.office.pack.organisations.values()
    found = [{name: getattr(one, name) for name in ORGANISATION} for one in every if kind in {None, one.kind}]
    return respond(Answer(200, encode(rows(found))))


@router.get(
    "/organisations/{code}/holdings",
    summary="单位经手时间",
    responses={200: {"model": HeldView}, **problems(401, 403, 404, 422)},
)
def holdings(code: str, counter: CounterOf, reader: ReaderOf, wish: Annotated[HoldingQuery, Query()]) -> Response:
    """How long an organisation held how many cases in a period, of those the caller may know of."""
    return respond(Answer(200, encode(counter.held_by(reader, code, wish))))


@router.get("/suggestions", summary="事项推荐", responses={200: {"model": Items}, **problems(401, 403, 422)})
def suggestions(house: HouseOf, reader: ReaderOf, text: Annotated[str, Query(max_length=20_000)]) -> Response:
    """The matters a text may be about, likeliest first; a suggestion decides nothing."""
    require(reader, DESK_ROLES, "只有工作站可以使用事项推荐")
    pack = house.office.pack
    found = [{**asdict(one), "name": pack.matters[one.matter].name} for one in house.suggester().rank(text)]
    return respond(Answer(200, encode(rows(found))))
