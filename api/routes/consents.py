"""A party's own answers by link, without an account (当事人答复)."""

from __future__ import annotations

from typing import Any

from fastapi import APIRouter, Response

from api.deps import CodeOf, StrictRoute, VisitorOf, respond
from api.describing import problems
from api.routes.mediation import ChamberOf
from api.shapes import encode
from cases.desk.mediation.forms import LinkAnswer
from cases.store.idempotency import Answer

router = APIRouter(prefix="/public/consents", tags=["public"], route_class=StrictRoute)


@router.get(
    "/{consent_id}", summary="查看征求事项", responses={200: {"model": dict[str, Any]}, **problems(404, 422, 429)}
)
def look(consent_id: str, chamber: ChamberOf, code: CodeOf, visitor: VisitorOf) -> Response:
    """What a party is asked; the token of the link is the code."""
    return respond(Answer(200, encode(chamber.look(consent_id, code, visitor))))


@router.post(
    "/{consent_id}",
    summary="答复",
    responses={200: {"model": dict[str, Any]}, **problems(400, 404, 409, 413, 415, 422, 429)},
)
def answer(
    consent_id: str,
    form: LinkAnswer,
    chamber: ChamberOf,
    code: CodeOf,
    visitor: VisitorOf,
) -> Response:
    """Yes or no, once; whoever answers must know the last four signs of the number on file."""
    return respond(Answer(200, encode(chamber.answer(consent_id, code, form, visitor))))
