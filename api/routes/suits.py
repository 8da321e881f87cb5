"""Suits, filed with an account and without, and the parties' own window (诉状、当事人窗口)."""

from __future__ import annotations

from typing import Annotated, Any

from fastapi import APIRouter, Body, Depends, Response

from api.deps import CodeOf, FreelyOf, HouseOf, KeyOf, ReaderOf, StrictRoute, VisitorOf, respond
from api.describing import body_of, problems, step_forms
from api.parlour import VERBS, Parlour
from api.public_shapes import PartyView, Receipt
from api.shapes import encode
from api.suits import Suits
from api.wishes import CodeWish
from cases.desk.desk import ENGINES, Order
from cases.machines.suit_forms import SuitFiling
from cases.rules.visibility import SUIT
from cases.store.idempotency import Answer, Once

router = APIRouter(route_class=StrictRoute)


def get_suits(house: HouseOf) -> Suits:
    """The suits of this house."""
    return Suits(house)


def get_parlour(house: HouseOf, visitor: VisitorOf) -> Parlour:
    """The parties' window of this house, for a visitor who does not come too often."""
    return Parlour(house, visitor, SUIT)


SuitsOf = Annotated[Suits, Depends(get_suits)]
ParlourOf = Annotated[Parlour, Depends(get_parlour)]


@router.post(
    "/suits",
    tags=["suits"],
    summary="提交诉状",
    status_code=201,
    responses={201: {"model": dict[str, Any]}, **problems(400, 401, 403, 409, 413, 415, 422)},
)
def file(form: SuitFiling, suits: SuitsOf, reader: ReaderOf, key: KeyOf) -> Response:
    """A suit of a firm, an owner or an owners' committee; the same route for all of them."""
    once = Once.of(reader.actor.id, key, "POST /suits", form.model_dump(mode="json"))
    return respond(suits.file(reader, form, once))


@router.post(
    "/suits/{case_id}/codes",
    tags=["suits"],
    summary="发给查询码",
    status_code=201,
    responses={201: {"model": dict[str, Any]}, **problems(400, 401, 403, 404, 413, 415, 422)},
)
def issue_code(case_id: str, wish: CodeWish, suits: SuitsOf, reader: ReaderOf) -> Response:
    """A query code for either side, told once; an earlier one is worth nothing from now on."""
    return respond(Answer(201, encode(suits.code(reader, case_id, wish.side))))


@router.post(
    "/public/suits",
    tags=["public"],
    summary="业主提交诉状",
    status_code=201,
    responses={201: {"model": Receipt}, **problems(400, 403, 409, 413, 415, 422, 429)},
)
def apply(form: SuitFiling, suits: SuitsOf, house: HouseOf, visitor: VisitorOf) -> Response:
    """Sue without an account; the receipt and the query code are told once."""
    house.throttles.reports.demand(visitor)
    return respond(suits.apply(form))


@router.get(
    "/public/suits/{number}",
    tags=["public"],
    summary="当事人查询",
    responses={200: {"model": PartyView}, **problems(404, 429)},
)
def look(number: str, parlour: ParlourOf, code: CodeOf) -> Response:
    """How far a suit has come, in plain words, for one of its parties."""
    return respond(Answer(200, encode(parlour.look(number, code))))


@router.post(
    "/public/suits/{number}/steps/{verb}",
    tags=["public"],
    summary="当事人办理",
    responses={200: {"model": PartyView}, **problems(400, 403, 404, 409, 412, 413, 415, 422, 429)},
    openapi_extra=body_of(*step_forms([ENGINES[SUIT]], VERBS[SUIT])),
)
def take_step(
    number: str,
    verb: str,
    parlour: ParlourOf,
    code: CodeOf,
    stated: FreelyOf,
    filled: Annotated[dict[str, Any] | None, Body()] = None,
) -> Response:
    """A party's own step: appeal, withdraw, leave a family of like suits, apply for execution and the like."""
    once = Once.of("", stated.key, f"POST /public/suits/{number}/steps/{verb}", [stated.version, filled])
    return respond(parlour.step(number, code, Order("", verb, filled or {}, stated.version), once))
