"""Many suits at once: batches with their submission, families of like suits, the funnel (批量诉讼)."""

from __future__ import annotations

from typing import Annotated, Any

from fastapi import APIRouter, Depends, Query, Response

from api.deps import HouseOf, ReaderOf, StrictRoute, respond
from api.describing import problems
from api.figures import BatchView, FamilyView, FunnelView
from api.shapes import Items, encode
from api.suing import Suing
from api.wishes import FunnelQuery
from cases.desk.suits.forms import Departure, FamilyChoice, HandOver
from cases.machines.court_forms import Following
from cases.store.idempotency import Answer

router = APIRouter(tags=["suits"], route_class=StrictRoute)

READ = problems(401, 403, 404)
WRITTEN = problems(400, 401, 403, 404, 409, 415, 422)


def get_suing(house: HouseOf) -> Suing:
    """Batches and families of this house."""
    return Suing(house)


SuingOf = Annotated[Suing, Depends(get_suing)]


@router.get("/batches", summary="诉状批次", responses={200: {"model": Items}, **problems(401, 403)})
def list_batches(suing: SuingOf, reader: ReaderOf) -> Response:
    """The batches of the caller's association, or those its court has received."""
    return respond(Answer(200, encode(suing.batches(reader))))


@router.get("/batches/{batch_id}", summary="批次及诉状", responses={200: {"model": BatchView}, **READ})
def read_batch(batch_id: str, suing: SuingOf, reader: ReaderOf) -> Response:
    """A batch and the suits in it, with the answer of the screening; nobody is named."""
    return respond(Answer(200, encode(suing.batch(reader, batch_id))))


@router.post("/batches/{batch_id}/submit", summary="提交批次", responses={200: {"model": dict[str, Any]}, **WRITTEN})
def submit_batch(batch_id: str, form: HandOver, suing: SuingOf, reader: ReaderOf) -> Response:
    """Close the batch, draw its manifest, hand every suit that may go to the court; asked again, it goes on."""
    return respond(Answer(200, encode(suing.submit(reader, batch_id, form))))


@router.get("/families", summary="同类案件组", responses={200: {"model": Items}, **problems(401, 403)})
def list_families(suing: SuingOf, reader: ReaderOf) -> Response:
    """The families of the caller's court or association, with how many wait and follow."""
    return respond(Answer(200, encode(suing.families(reader))))


@router.get("/families/{family_id}", summary="同类案件组及成员", responses={200: {"model": FamilyView}, **READ})
def read_family(family_id: str, suing: SuingOf, reader: ReaderOf) -> Response:
    """A family with its model case and everybody who stood in it."""
    return respond(Answer(200, encode(suing.family(reader, family_id))))


@router.post("/families", summary="确定示范案件", status_code=201, responses={201: {"model": FamilyView}, **WRITTEN})
def choose_model(form: FamilyChoice, suing: SuingOf, reader: ReaderOf) -> Response:
    """The court chose a model case; its siblings begin to wait soon afterwards, some at a time."""
    return respond(Answer(201, encode(suing.choose(reader, form))))


@router.post("/families/{family_id}/follow", summary="参照示范裁判", responses={200: {"model": FamilyView}, **WRITTEN})
def follow_model(family_id: str, form: Following, suing: SuingOf, reader: ReaderOf) -> Response:
    """The model is decided in force: the others are mediated on its result, or go on; some at a time."""
    return respond(Answer(200, encode(suing.decide(reader, family_id, form))))


@router.post("/families/{family_id}/retry", summary="重试未成的成员", responses={200: {"model": FamilyView}, **READ})
def retry_family(family_id: str, suing: SuingOf, reader: ReaderOf) -> Response:
    """Try again with those for whom a step was refused."""
    return respond(Answer(200, encode(suing.retry(reader, family_id))))


@router.post(
    "/families/{family_id}/members/{case_id}/leave",
    summary="退出同类案件组",
    responses={200: {"model": dict[str, Any]}, **WRITTEN},
)
def leave_family(family_id: str, case_id: str, form: Departure, suing: SuingOf, reader: ReaderOf) -> Response:
    """A suit leaves at any time on its party's wish; the reason is kept."""
    return respond(Answer(200, encode(suing.depart(reader, family_id, case_id, form))))


@router.get("/funnel", summary="批次漏斗", responses={200: {"model": FunnelView}, **problems(401, 403, 422)})
def read_funnel(suing: SuingOf, reader: ReaderOf, wish: Annotated[FunnelQuery, Query()]) -> Response:
    """How many suits were received, passed, submitted, settled, filed, ended and performed; scoped by the caller."""
    return respond(Answer(200, encode(suing.funnel(reader, wish))))
