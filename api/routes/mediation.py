"""Around one mediation: parties, consents, shared facts, the mediator (调解)."""

from __future__ import annotations

from typing import Annotated, Any

from fastapi import APIRouter, Depends, Response

from api.chamber import Chamber, PartyAt
from api.deps import HouseOf, ReaderOf, StatedOf, StrictRoute, respond
from api.describing import problems
from api.shapes import Items, encode
from api.wishes import Reason
from cases.desk.mediation.forms import (
    AppointmentForm,
    ConsentAsked,
    ConsentRecorded,
    DisclosureForm,
    FactNamed,
    Objection,
    PartyCorrection,
    PartyForm,
    PartyWithdrawal,
)
from cases.store.idempotency import Answer, Once

router = APIRouter(prefix="/cases/{case_id}", tags=["mediation"], route_class=StrictRoute)

READ = {200: {"model": Items}, **problems(401, 403, 404, 409)}
LOOKED = {200: {"model": dict[str, Any]}, **problems(400, 401, 403, 404, 409, 415, 422)}
MADE = {201: {"model": dict[str, Any]}, **problems(400, 401, 403, 404, 409, 415, 422)}
RIGHTED = {200: {"model": dict[str, Any]}, **problems(400, 401, 403, 404, 409, 412, 413, 415, 422, 428)}


def get_chamber(house: HouseOf) -> Chamber:
    """The chamber of this house."""
    return Chamber(house)


ChamberOf = Annotated[Chamber, Depends(get_chamber)]


@router.get("/parties", summary="当事人", responses=READ)
def read_parties(case_id: str, chamber: ChamberOf, reader: ReaderOf) -> Response:
    """The parties of a mediation, masked; for the committee that keeps it."""
    return respond(Answer(200, encode(chamber.parties(reader, case_id))))


@router.post("/parties", summary="登记当事人", status_code=201, responses=MADE)
def add_party(case_id: str, form: PartyForm, chamber: ChamberOf, reader: ReaderOf) -> Response:
    """Enter a party; of an identity number only mask and digest are kept."""
    return respond(Answer(201, encode(chamber.add_party(reader, case_id, form))))


@router.post("/parties/reporter", summary="登记报告人为当事人", status_code=201, responses=MADE)
def add_reporter(case_id: str, chamber: ChamberOf, reader: ReaderOf) -> Response:
    """Enter whoever reported the clue this mediation came from, as they agreed; that it was looked up is noted."""
    return respond(Answer(201, encode(chamber.add_reporter(reader, case_id))))


@router.post("/parties/{party_id}/correction", summary="更正当事人", responses=RIGHTED)
def correct_party(
    case_id: str, party_id: str, form: PartyCorrection, chamber: ChamberOf, reader: ReaderOf, stated: StatedOf
) -> Response:
    """Put a party's entry right, on the version that was seen; for the mediator and the head of the committee, until
    somebody has signed. With another name, number, kind or organisation every consent of that party is void; with
    another telephone, those given by link or by telephone; open links and the query code with them. The history keeps
    which parts changed, masked, and the reason, which therefore names nobody."""
    route = f"POST /cases/{case_id}/parties/{party_id}/correction"
    once = Once.of(reader.actor.id, stated.key, route, [stated.version, form.model_dump(mode="json")])
    return respond(chamber.correct(reader, PartyAt(case_id, party_id, stated.version), form, once))


@router.post("/parties/{party_id}/withdrawal", summary="撤回当事人", responses=RIGHTED)
def withdraw_party(
    case_id: str, party_id: str, form: PartyWithdrawal, chamber: ChamberOf, reader: ReaderOf, stated: StatedOf
) -> Response:
    """Take back an entry made by mistake, on the version that was seen: only before that party has answered, come or
    signed, and never so that a case which needs two sides has one. Whoever it was is forgotten; the place stays."""
    route = f"POST /cases/{case_id}/parties/{party_id}/withdrawal"
    once = Once.of(reader.actor.id, stated.key, route, [stated.version, form.model_dump(mode="json")])
    return respond(chamber.withdraw(reader, PartyAt(case_id, party_id, stated.version), form, once))


@router.post("/parties/{party_id}/code", summary="发给查询码", status_code=201, responses=MADE)
def issue_code(case_id: str, party_id: str, chamber: ChamberOf, reader: ReaderOf) -> Response:
    """A query code for a party, told once; an earlier one is worth nothing from now on."""
    return respond(Answer(201, encode(chamber.issue_code(reader, case_id, party_id))))


@router.post("/parties/{party_id}/identity", summary="查看当事人身份", responses=LOOKED)
def read_identity(case_id: str, party_id: str, why: Reason, chamber: ChamberOf, reader: ReaderOf) -> Response:
    """A party in full, for a reason that is written down; only for the committee that keeps the file."""
    return respond(Answer(200, encode(chamber.identity(reader, case_id, party_id, why.reason))))


@router.get("/consents", summary="同意记录", responses=READ)
def read_consents(case_id: str, chamber: ChamberOf, reader: ReaderOf) -> Response:
    """Every question to the parties, with its answer or none yet."""
    return respond(Answer(200, encode(chamber.consents(reader, case_id))))


@router.post("/consents", summary="记录同意或拒绝", status_code=201, responses=MADE)
def record_consent(case_id: str, form: ConsentRecorded, chamber: ChamberOf, reader: ReaderOf) -> Response:
    """Write down what a party said on the spot, on the telephone or in writing."""
    return respond(Answer(201, encode(chamber.record(reader, case_id, form))))


@router.post("/consents/links", summary="以链接征求同意", status_code=201, responses=MADE)
def ask_by_link(case_id: str, form: ConsentAsked, chamber: ChamberOf, reader: ReaderOf) -> Response:
    """A one-time link bound to the party; its token is told once, in this answer."""
    return respond(Answer(201, encode(chamber.ask(reader, case_id, form))))


@router.get("/shared-facts", summary="共享事实", responses=READ)
def read_facts(case_id: str, chamber: ChamberOf, reader: ReaderOf) -> Response:
    """Facts named for sharing: one's own, and the other side's that every party agreed to."""
    return respond(Answer(200, encode(chamber.facts(reader, case_id))))


@router.post("/shared-facts", summary="提出共享事实", status_code=201, responses=MADE)
def name_fact(case_id: str, form: FactNamed, chamber: ChamberOf, reader: ReaderOf) -> Response:
    """Name one fact for the other side; it crosses only when every party has agreed to it."""
    return respond(Answer(201, encode(chamber.name_fact(reader, case_id, form))))


@router.get("/mediators", summary="推荐调解员", responses={**READ, **problems(422)})
def propose(case_id: str, chamber: ChamberOf, reader: ReaderOf, wide: bool = False) -> Response:
    """Who could mediate, best first, with every reason; ``wide`` also asks committees that help others."""
    return respond(Answer(200, encode(chamber.proposal(reader, case_id, wide))))


@router.post("/disclosures", summary="披露声明", status_code=201, responses=MADE)
def disclose(case_id: str, form: DisclosureForm, chamber: ChamberOf, reader: ReaderOf) -> Response:
    """What a mediator declares about ties to the parties; needed before they can be appointed."""
    return respond(Answer(201, encode(chamber.disclose(reader, case_id, form))))


@router.post("/mediators", summary="选定调解员", status_code=201, responses=MADE)
def appoint(case_id: str, form: AppointmentForm, chamber: ChamberOf, reader: ReaderOf) -> Response:
    """Appoint a mediator, who takes planned meetings over."""
    return respond(Answer(201, encode(chamber.appoint(reader, case_id, form))))


@router.post("/mediators/objections", summary="要求更换调解员", status_code=201, responses=MADE)
def object_to(case_id: str, form: Objection, chamber: ChamberOf, reader: ReaderOf) -> Response:
    """A party wants another mediator; that is enough."""
    return respond(Answer(201, encode(chamber.object_to(reader, case_id, form))))
