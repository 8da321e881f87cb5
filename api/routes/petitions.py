"""Applications for mediation, with an account and without, and the parties' own window (调解申请、当事人窗口)."""

from __future__ import annotations

from typing import Annotated, Any

from fastapi import APIRouter, Body, Depends, Response

from api.deps import CodeOf, FreelyOf, HouseOf, KeyOf, ReaderOf, StrictRoute, VisitorOf, respond
from api.describing import body_of, problems
from api.parlour import Parlour
from api.petitions import Petitions
from api.public_shapes import PartyView, Receipt
from api.shapes import encode
from api.wishes import MediationWish
from cases.desk.desk import Order
from cases.machines.mediation_forms import Leaving
from cases.store.idempotency import Answer, Once

router = APIRouter(route_class=StrictRoute)


def get_petitions(house: HouseOf) -> Petitions:
    """The applications of this house."""
    return Petitions(house)


def get_parlour(house: HouseOf, visitor: VisitorOf) -> Parlour:
    """The parties' window of this house, for a visitor who does not come too often."""
    return Parlour(house, visitor)


PetitionsOf = Annotated[Petitions, Depends(get_petitions)]
ParlourOf = Annotated[Parlour, Depends(get_parlour)]


@router.post(
    "/mediations",
    tags=["mediation"],
    summary="受理调解申请",
    status_code=201,
    responses={201: {"model": dict[str, Any]}, **problems(400, 401, 403, 409, 413, 415, 422)},
)
def file(wish: MediationWish, petitions: PetitionsOf, reader: ReaderOf, key: KeyOf) -> Response:
    """A dispute with its parties: on application, on a visit, or on the committee's own initiative."""
    once = Once.of(reader.actor.id, key, "POST /mediations", wish.model_dump(mode="json"))
    return respond(petitions.file(reader, wish, once))


@router.post(
    "/public/mediations",
    tags=["public"],
    summary="公众申请调解",
    status_code=201,
    responses={201: {"model": Receipt}, **problems(400, 409, 413, 415, 422, 429)},
)
def apply(wish: MediationWish, petitions: PetitionsOf, house: HouseOf, visitor: VisitorOf) -> Response:
    """Apply for mediation without an account; the receipt and the query code are told once."""
    house.throttles.reports.demand(visitor)
    return respond(petitions.apply(wish))


@router.get(
    "/public/mediations/{number}",
    tags=["public"],
    summary="当事人查询",
    responses={200: {"model": PartyView}, **problems(404, 429)},
)
def look(number: str, parlour: ParlourOf, code: CodeOf) -> Response:
    """How far a dispute has come, in plain words, for one of its parties."""
    return respond(Answer(200, encode(parlour.look(number, code))))


@router.post(
    "/public/mediations/{number}/steps/{verb}",
    tags=["public"],
    summary="当事人办理",
    responses={200: {"model": PartyView}, **problems(400, 404, 409, 412, 413, 415, 422, 429)},
    openapi_extra=body_of(Leaving),
)
def take_step(
    number: str,
    verb: str,
    parlour: ParlourOf,
    code: CodeOf,
    stated: FreelyOf,
    filled: Annotated[dict[str, Any] | None, Body()] = None,
) -> Response:
    """Leave mediation at any time; the other routes stay open."""
    once = Once.of("", stated.key, f"POST /public/mediations/{number}/steps/{verb}", [stated.version, filled])
    return respond(parlour.step(number, code, Order("", verb, filled or {}, stated.version), once))
