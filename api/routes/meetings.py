"""Meetings of a mediation (调解会议)."""

from __future__ import annotations

from typing import Annotated, Any

from fastapi import APIRouter, Depends, Response

from api.convention import Convention
from api.deps import HouseOf, ReaderOf, StrictRoute, respond
from api.describing import problems
from api.shapes import Items, encode
from cases.desk.mediation.forms import (
    InvitationAnswer,
    MeetingCancelled,
    MeetingHeld,
    MeetingMove,
    MeetingPlan,
    Minutes,
    MinutesSigned,
)
from cases.store.idempotency import Answer

router = APIRouter(prefix="/cases/{case_id}/meetings", tags=["mediation"], route_class=StrictRoute)

MADE = {201: {"model": dict[str, Any]}, **problems(400, 401, 403, 404, 409, 415, 422)}
DONE = {200: {"model": dict[str, Any]}, **problems(400, 401, 403, 404, 409, 415, 422)}


def get_convention(house: HouseOf) -> Convention:
    """The meetings of this house."""
    return Convention(house)


ConventionOf = Annotated[Convention, Depends(get_convention)]


@router.get("", summary="会议清单", responses={200: {"model": Items}, **problems(401, 403, 404, 409)})
def read_meetings(case_id: str, convention: ConventionOf, reader: ReaderOf) -> Response:
    """The meetings with who is invited and how they answered, and the rooms that can be booked."""
    return respond(Answer(200, encode(convention.listed(reader, case_id))))


@router.post("", summary="安排会议", status_code=201, responses=MADE)
def plan(case_id: str, form: MeetingPlan, convention: ConventionOf, reader: ReaderOf) -> Response:
    """Plan a meeting; a room, a mediator or a party that is taken is named with the time."""
    return respond(Answer(201, encode(convention.plan(reader, case_id, form))))


@router.post("/{meeting_id}/move", summary="改期", responses=DONE)
def move(case_id: str, meeting_id: str, form: MeetingMove, convention: ConventionOf, reader: ReaderOf) -> Response:
    """Another time, or another room as well; everybody is asked again."""
    return respond(Answer(200, encode(convention.move(reader, case_id, meeting_id, form))))


@router.post("/{meeting_id}/cancel", summary="取消会议", responses=DONE)
def cancel(
    case_id: str, meeting_id: str, form: MeetingCancelled, convention: ConventionOf, reader: ReaderOf
) -> Response:
    """Cancel; the time is free again."""
    return respond(Answer(200, encode(convention.cancel(reader, case_id, meeting_id, form))))


@router.post("/{meeting_id}/hold", summary="会议已召开", responses=DONE)
def hold(case_id: str, meeting_id: str, form: MeetingHeld, convention: ConventionOf, reader: ReaderOf) -> Response:
    """Who of the invited attended."""
    return respond(Answer(200, encode(convention.hold(reader, case_id, meeting_id, form))))


@router.post("/{meeting_id}/answers", summary="回复邀请", responses=DONE)
def reply(
    case_id: str, meeting_id: str, form: InvitationAnswer, convention: ConventionOf, reader: ReaderOf
) -> Response:
    """Whether somebody invited will come, as the committee was told."""
    return respond(Answer(200, encode(convention.reply(reader, case_id, meeting_id, form))))


@router.put("/{meeting_id}/minutes", summary="调解记录", responses=DONE)
def keep_minutes(case_id: str, meeting_id: str, form: Minutes, convention: ConventionOf, reader: ReaderOf) -> Response:
    """Name the attachment that holds the minutes; not once somebody has signed."""
    return respond(Answer(200, encode(convention.minutes(reader, case_id, meeting_id, form))))


@router.post("/{meeting_id}/signatures", summary="签名", responses=DONE)
def sign(case_id: str, meeting_id: str, form: MinutesSigned, convention: ConventionOf, reader: ReaderOf) -> Response:
    """A signature under the minutes: its image, and the hash of what was signed."""
    return respond(Answer(200, encode(convention.sign(reader, case_id, meeting_id, form))))
