"""Steps: one, or many at once (办理)."""

from __future__ import annotations

from typing import Annotated, Any

from fastapi import APIRouter, Body, Response

from api.deps import ReaderOf, StatedOf, StrictRoute, respond
from api.describing import any_step, problems
from api.routes.cases import CounterOf
from api.shapes import Items, TakenView, encode
from api.wishes import StepOrders
from cases.desk.desk import Order
from cases.store.idempotency import Answer, Once

router = APIRouter(tags=["cases"], route_class=StrictRoute)


@router.post(
    "/cases/{case_id}/steps/{verb}",
    summary="办理一步",
    responses={200: {"model": TakenView}, **problems(400, 401, 403, 404, 409, 412, 413, 415, 422, 428)},
    openapi_extra=any_step(),
)
def take_step(
    case_id: str,
    verb: str,
    counter: CounterOf,
    reader: ReaderOf,
    stated: StatedOf,
    filled: Annotated[dict[str, Any] | None, Body()] = None,
) -> Response:
    """Take a step with the form of its verb, on the version that was seen."""
    once = Once.of(reader.actor.id, stated.key, f"POST /cases/{case_id}/steps/{verb}", [stated.version, filled])
    return respond(counter.step(reader, Order(case_id, verb, filled or {}, stated.version), once))


@router.post(
    "/steps",
    summary="批量办理",
    responses={200: {"model": Items}, **problems(400, 401, 403, 409, 413, 415, 422)},
)
def take_steps(wish: StepOrders, counter: CounterOf, reader: ReaderOf) -> Response:
    """Take many steps in one unit; each is answered for itself, in order."""
    orders = [Order(one.case_id, one.verb, one.form or {}, one.version) for one in wish.orders]
    return respond(Answer(200, encode(counter.steps(reader, orders))))
