"""How enforcement and mediation go, for those who supervise (执法监督)."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Depends, Query, Response

from api.deps import HouseOf, ReaderOf, StrictRoute, respond
from api.describing import problems
from api.figures import OversightView
from api.overseeing import Overseeing
from api.shapes import encode
from api.wishes import PeriodQuery
from cases.store.idempotency import Answer

router = APIRouter(tags=["oversight"], route_class=StrictRoute)


def get_overseeing(house: HouseOf) -> Overseeing:
    """The supervision view of this house."""
    return Overseeing(house)


OverseeingOf = Annotated[Overseeing, Depends(get_overseeing)]


@router.get("/oversight", summary="执法监督", responses={200: {"model": OversightView}, **problems(401, 403, 422)})
def read_oversight(overseeing: OverseeingOf, reader: ReaderOf, wish: Annotated[PeriodQuery, Query()]) -> Response:
    """Overdue, returned and not filed by organisation, and the load of the committees; never what is in a file."""
    return respond(Answer(200, encode(overseeing.view(reader, wish))))
