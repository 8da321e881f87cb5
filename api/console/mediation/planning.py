"""Meetings planned, moved and called off (约定会议), as slips; whoever or whatever is taken is named with the time.

What does not live here: the page of a meeting (meeting), and who may book what (cases.desk.mediation.convening).
"""

from __future__ import annotations

from fastapi import APIRouter, Request
from starlette.responses import Response

from api.console import talks
from api.console.acting import Try, go_on
from api.console.entrance import OwnFormOf, Seat, SeatOf
from api.console.labels import Labels
from api.console.mediation.slips import Given, Slip, attempt, carry_out, filled_in
from api.console.mediation.words import KINDS, options
from api.console.reading import read, typed_of
from api.convention import Convention
from api.counter import Counter
from cases.desk.mediation.forms import MeetingCancelled, MeetingMove, MeetingPlan
from cases.desk.views import View

router = APIRouter()


def _given(seat: Seat, case_id: str) -> Given:
    labels = Labels(seat.house.office, seat.lang)
    listed = Convention(seat.house).listed(seat.reader, case_id)
    view = Counter(seat.house).case(seat.reader, case_id)
    return {
        "kind": options(KINDS, labels),
        "room_id": tuple((one["id"], f"{one['name']} {one['address']}".strip()) for one in listed["rooms"]),
        "parties": tuple((one["id"], talks.called(one, labels)) for one in talks.parties_of(view, seat)),
    }


def _planning(seat: Seat, case_id: str) -> Slip:
    return Slip(
        MeetingPlan, "约定会议", f"/console/cases/{case_id}/meetings/new", f"/console/cases/{case_id}", seat,
        _given(seat, case_id), button="约定", hint="以一刻钟为单位。不选当事人的,邀请全部当事人;入户的写地址。",
    )  # fmt: skip


@router.get("/cases/{case_id}/meetings/new")
def ask_plan(case_id: str, request: Request, seat: SeatOf) -> Response:
    """The form of a meeting."""
    slip = _planning(seat, case_id)
    return slip.show(request, slip.fresh(kind="committee"))


@router.post("/cases/{case_id}/meetings/new")
def plan(case_id: str, request: Request, seat: SeatOf, filled: OwnFormOf) -> Response:
    """Plan a meeting, and go on to its page."""
    slip, typed = _planning(seat, case_id), typed_of(filled)

    def arrange() -> View:
        return Convention(seat.house).plan(seat.reader, case_id, filled_in(MeetingPlan, read(slip.schema(), typed)))

    done = attempt(arrange, typed)
    if isinstance(done, Try):
        return slip.show(request, done)
    return go_on(request, f"/console/cases/{case_id}/meetings/{done['id']}")


def _moving(seat: Seat, case_id: str, meeting_id: str) -> Slip:
    at = f"/console/cases/{case_id}/meetings/{meeting_id}"
    return Slip(
        MeetingMove, "改期", f"{at}/move", at, seat, _given(seat, case_id), button="改期",
        hint="改期后重新征求各方是否参加。调解室不选的不变。",
    )  # fmt: skip


@router.get("/cases/{case_id}/meetings/{meeting_id}/move")
def ask_move(case_id: str, meeting_id: str, request: Request, seat: SeatOf) -> Response:
    """The form of another time."""
    slip = _moving(seat, case_id, meeting_id)
    return slip.show(request, slip.fresh())


@router.post("/cases/{case_id}/meetings/{meeting_id}/move")
def move(case_id: str, meeting_id: str, request: Request, seat: SeatOf, filled: OwnFormOf) -> Response:
    """Move a meeting."""
    slip, deed = _moving(seat, case_id, meeting_id), Convention(seat.house).move
    return carry_out(request, slip, filled, MeetingMove, lambda form: deed(seat.reader, case_id, meeting_id, form))


def _calling_off(seat: Seat, case_id: str, meeting_id: str) -> Slip:
    at = f"/console/cases/{case_id}/meetings/{meeting_id}"
    return Slip(MeetingCancelled, "取消会议", f"{at}/cancel", at, seat, button="取消会议")


@router.get("/cases/{case_id}/meetings/{meeting_id}/cancel")
def ask_cancel(case_id: str, meeting_id: str, request: Request, seat: SeatOf) -> Response:
    """Why it is called off."""
    slip = _calling_off(seat, case_id, meeting_id)
    return slip.show(request, slip.fresh())


@router.post("/cases/{case_id}/meetings/{meeting_id}/cancel")
def cancel(case_id: str, meeting_id: str, request: Request, seat: SeatOf, filled: OwnFormOf) -> Response:
    """Call a meeting off."""
    slip, deed = _calling_off(seat, case_id, meeting_id), Convention(seat.house).cancel
    return carry_out(request, slip, filled, MeetingCancelled, lambda form: deed(seat.reader, case_id, meeting_id, form))
