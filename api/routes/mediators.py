"""The register of mediation: committees, mediators, absences, calendars, hired bodies (调解员名册)."""

from __future__ import annotations

from typing import Annotated, Any

from fastapi import APIRouter, Depends, Query, Response

from api.calendars import MEDIA_TYPE
from api.deps import HouseOf, ReaderOf, Short, StrictRoute, VisitorOf, respond
from api.describing import problems
from api.roll import Roll
from api.shapes import Items, encode
from api.wishes import MediatorQuery
from cases.desk.mediation.forms import AbsenceForm, ComplaintDecided, ComplaintForm, ContractForm, TieForm
from cases.store.idempotency import Answer
from cases.store.registers import Searched

router = APIRouter(tags=["mediation"], route_class=StrictRoute)

READ = {200: {"model": Items}, **problems(401, 403, 404, 422)}
MADE = {201: {"model": dict[str, Any]}, **problems(400, 401, 403, 404, 409, 415, 422)}
DONE = {200: {"model": dict[str, Any]}, **problems(400, 401, 403, 404, 415, 422)}


def get_roll(house: HouseOf) -> Roll:
    """The roll of this house."""
    return Roll(house)


RollOf = Annotated[Roll, Depends(get_roll)]


@router.get("/committees", summary="调解委员会", responses={200: {"model": Items}, **problems(401, 403)})
def committees(roll: RollOf, reader: ReaderOf) -> Response:  # noqa: ARG001 - must be let in
    """The committees of the register with tier and house rules."""
    return respond(Answer(200, encode(roll.committees())))


@router.get("/mediators", summary="调解员", responses={200: {"model": Items}, **problems(401, 403, 422)})
def mediators(
    roll: RollOf,
    reader: ReaderOf,  # noqa: ARG001 - must be let in
    wish: Annotated[MediatorQuery, Query()],
) -> Response:
    """Mediators by committee, matter, language, area or name, each with the present load."""
    return respond(Answer(200, encode(roll.mediators(Searched(**wish.model_dump())))))


@router.get("/mediators/{mediator_id}/absences", summary="请假", responses=READ)
def read_absences(mediator_id: str, roll: RollOf, reader: ReaderOf) -> Response:
    """Absences that are not over."""
    return respond(Answer(200, encode(roll.absences(reader, mediator_id))))


@router.post("/mediators/{mediator_id}/absences", summary="登记请假", status_code=201, responses=MADE)
def go_away(mediator_id: str, form: AbsenceForm, roll: RollOf, reader: ReaderOf) -> Response:
    """From one moment to another, over nights and days; meetings planned then must be moved first."""
    return respond(Answer(201, encode(roll.go_away(reader, mediator_id, form))))


@router.delete("/mediators/{mediator_id}/absences/{absence_id}", summary="销假", responses=DONE)
def come_back(mediator_id: str, absence_id: str, roll: RollOf, reader: ReaderOf) -> Response:
    """Take an absence back."""
    return respond(Answer(200, encode(roll.come_back(reader, mediator_id, absence_id))))


@router.post("/mediators/{mediator_id}/ties", summary="申报利害关系", status_code=201, responses=MADE)
def declare(mediator_id: str, form: TieForm, roll: RollOf, reader: ReaderOf) -> Response:
    """A person or an organisation the mediator is tied to; of a person only a digest is kept."""
    return respond(Answer(201, encode(roll.declare(reader, mediator_id, form))))


@router.get("/mediators/{mediator_id}/feed-keys", summary="日历订阅密钥", responses=READ)
def read_feed_keys(mediator_id: str, roll: RollOf, reader: ReaderOf) -> Response:
    """The keys there are, without what they read."""
    return respond(Answer(200, encode(roll.feed_keys(reader, mediator_id))))


@router.post("/mediators/{mediator_id}/feed-keys", summary="新建日历订阅", status_code=201, responses=MADE)
def issue_feed_key(mediator_id: str, roll: RollOf, reader: ReaderOf) -> Response:
    """A new key; told once, in this answer."""
    return respond(Answer(201, encode(roll.issue_feed_key(reader, mediator_id))))


@router.delete("/mediators/{mediator_id}/feed-keys/{key_id}", summary="撤销日历订阅", responses=DONE)
def revoke_feed_key(mediator_id: str, key_id: str, roll: RollOf, reader: ReaderOf) -> Response:
    """Make a key worthless."""
    return respond(Answer(200, encode(roll.revoke_feed_key(reader, mediator_id, key_id))))


@router.get(
    "/mediators/{mediator_id}/calendar.ics",
    summary="日历(iCalendar)",
    responses={200: {"content": {"text/calendar": {}}}, **problems(404, 422, 429)},
)
def calendar(
    mediator_id: str,
    roll: RollOf,
    visitor: VisitorOf,  # noqa: ARG001 - the visitor is counted
    key: Annotated[str, Query(max_length=100)] = "",
) -> Response:
    """A mediator's meetings for a calendar program; nothing of the parties but the case number."""
    return Response(roll.calendar(mediator_id, key), media_type=MEDIA_TYPE)


@router.post("/contracts", summary="受聘机构合同", status_code=201, responses=MADE)
def add_contract(form: ContractForm, roll: RollOf, reader: ReaderOf) -> Response:
    """A professional body hired to mediate for a committee: term and targets."""
    return respond(Answer(201, encode(roll.add_contract(reader, form))))


@router.post("/complaints", summary="对调解机构的投诉", status_code=201, responses=MADE)
def complain(form: ComplaintForm, roll: RollOf, reader: ReaderOf) -> Response:
    """Note a complaint; it counts once it was upheld."""
    return respond(Answer(201, encode(roll.complain(reader, form))))


@router.post("/complaints/{complaint_id}/decide", summary="投诉认定", responses=DONE)
def decide(complaint_id: str, form: ComplaintDecided, roll: RollOf, reader: ReaderOf) -> Response:
    """Whether a complaint was upheld."""
    return respond(Answer(200, encode(roll.decide(reader, complaint_id, form))))


@router.get("/appraisals", summary="受聘机构年度考核", responses=READ)
def appraisals(
    roll: RollOf, reader: ReaderOf, year: Annotated[int, Query(ge=2000, le=2200)], org: Short = None
) -> Response:
    """Accepted, on time, success, performance, complaints per contract; money is no input."""
    return respond(Answer(200, encode(roll.appraisals(reader, year, org))))
