"""How the house is (运行状况)."""

from __future__ import annotations

from fastapi import APIRouter, Response

from api.deps import HouseOf, respond
from api.describing import problems
from api.shapes import Health, encode
from cases.store.idempotency import Answer

router = APIRouter(tags=["house"])


@router.get("/health", summary="运行状况", responses={200: {"model": Health}, **problems(503)})
def health(house: HouseOf) -> Response:
    """Whether the database answers, and the office's present moment."""
    content = {"status": "ok", "database": house.ping(), "now": house.office.clock.now()}
    return respond(Answer(200, encode(content)))
