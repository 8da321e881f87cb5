"""Reports without an account (公众)."""

from __future__ import annotations

from typing import Annotated, Any

from fastapi import APIRouter, Body, Depends, Response

from api.deps import CodeOf, FreelyOf, HouseOf, StrictRoute, VisitorOf, respond
from api.describing import body_of, problems, public_step
from api.public_shapes import PublicView, Receipt
from api.shapes import encode
from api.window import PublicReport, Window
from cases.desk.desk import Order
from cases.store.idempotency import Answer, Once

router = APIRouter(prefix="/public/reports", tags=["public"], route_class=StrictRoute)

Filled = Annotated[dict[str, Any], Body()]


def get_window(house: HouseOf, visitor: VisitorOf) -> Window:
    """The public counter of this house, for a visitor who does not come too often."""
    return Window(house, visitor)


WindowOf = Annotated[Window, Depends(get_window)]


@router.post(
    "",
    summary="公众报告",
    status_code=201,
    responses={201: {"model": Receipt}, **problems(400, 413, 415, 422, 429)},
    openapi_extra=body_of(PublicReport),
)
def report(filled: Filled, window: WindowOf, house: HouseOf, visitor: VisitorOf) -> Response:
    """Report something; the receipt and the query code are told once."""
    house.throttles.reports.demand(visitor)
    return respond(window.open(filled))


@router.get("/{receipt}", summary="查询报告", responses={200: {"model": PublicView}, **problems(404, 429)})
def look(receipt: str, window: WindowOf, code: CodeOf) -> Response:
    """How far a report has come, in plain words."""
    return respond(Answer(200, encode(window.look(receipt, code))))


@router.post(
    "/{receipt}/steps/{verb}",
    summary="报告人办理",
    responses={200: {"model": PublicView}, **problems(400, 404, 409, 412, 413, 415, 422, 429)},
    openapi_extra=public_step(),
)
def take_step(
    receipt: str,
    verb: str,
    window: WindowOf,
    code: CodeOf,
    stated: FreelyOf,
    filled: Annotated[dict[str, Any] | None, Body()] = None,
) -> Response:
    """Confirm, object, supplement, or say that it is not solved."""
    once = Once.of("", stated.key, f"POST /public/reports/{receipt}/steps/{verb}", [stated.version, filled])
    return respond(window.step(receipt, code, Order("", verb, filled or {}, stated.version), once))
