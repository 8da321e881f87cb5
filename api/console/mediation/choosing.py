"""Choosing the mediator (选定调解员) at ``/console/cases/{id}/mediators``: who could, best first, with every reason;
who could not, and why; the disclosure, the appointment, an objection, a declared tie.

What does not live here: the ranking (rules) and what an appointment does (chamber).
"""

from __future__ import annotations

from typing import Literal

from fastapi import APIRouter, Request
from pydantic import Field
from starlette.responses import Response

from api.chamber import Chamber
from api.console import talks
from api.console.entrance import OwnFormOf, Seat, SeatOf
from api.console.frame import page
from api.console.labels import Labels
from api.console.mediation.slips import Slip, carry_out
from api.console.mediation.words import CHOSEN, PARTY, options
from api.counter import Counter
from api.roll import Roll
from api.wishes import Wish
from cases.desk.mediation.forms import AppointmentForm, DisclosureForm, Objection, TieForm, Words
from cases.errors import NotFound

router = APIRouter()


class Choice(Wish):
    """披露和选定: what the mediator declares, and by whom they are chosen."""

    tied: bool = Field(title="与当事人或纠纷有利害关系")
    statement: Words = Field(title="声明")
    chosen_by: Literal["parties", "committee"] = Field(title="由谁选定")


@router.get("/cases/{case_id}/mediators")
def show_mediators(case_id: str, request: Request, seat: SeatOf, wide: str = "") -> Response:
    """The proposal; ``wide`` also asks committees that help others."""
    labels = Labels(seat.house.office, seat.lang)
    found = Chamber(seat.house).proposal(seat.reader, case_id, bool(wide))
    now_led = [one for one in found["appointments"] if one["ended_at"] is None]
    return page(
        request, "mediators.html", seat=seat, labels=labels, found=found, wide=bool(wide), led=now_led,
        view=Counter(seat.house).case(seat.reader, case_id), chosen=CHOSEN,
    )  # fmt: skip


def _choosing(seat: Seat, case_id: str, mediator_id: str) -> Slip:
    labels, at = Labels(seat.house.office, seat.lang), f"/console/cases/{case_id}/mediators"
    found = Chamber(seat.house).proposal(seat.reader, case_id, True)
    who = next((one for one in (*found["items"], *found["excluded"]) if one["id"] == mediator_id), None)
    if who is None:
        raise NotFound("没有这位调解员")
    title = labels.say("选定{name}", name=who["name"])
    return Slip(
        Choice, title, f"{at}/{mediator_id}", at, seat, {"chosen_by": options(CHOSEN, labels)}, button="披露并选定",
        hint="先由调解员说明与当事人、与这起纠纷有没有利害关系。有利害关系的只记声明,不能选定。",
    )  # fmt: skip


@router.get("/cases/{case_id}/mediators/objection")
def ask_objection(case_id: str, request: Request, seat: SeatOf) -> Response:
    """The form of an objection."""
    slip = _objecting(seat, case_id)
    return slip.show(request, slip.fresh())


@router.post("/cases/{case_id}/mediators/objection")
def object_to(case_id: str, request: Request, seat: SeatOf, filled: OwnFormOf) -> Response:
    """A party wants another mediator."""
    slip, deed = _objecting(seat, case_id), Chamber(seat.house).object_to
    return carry_out(request, slip, filled, Objection, lambda form: deed(seat.reader, case_id, form))


def _objecting(seat: Seat, case_id: str) -> Slip:
    labels, at = Labels(seat.house.office, seat.lang), f"/console/cases/{case_id}/mediators"
    parties = Chamber(seat.house).parties(seat.reader, case_id)["items"]
    given = {"party_id": tuple((one["id"], talks.called(one, labels)) for one in parties)}
    return Slip(
        Objection, "要求更换调解员", f"{at}/objection", at, seat, given, button="更换",
        hint="当事人提出就更换,不审查理由;已约定的会议由新的调解员接手。",
    )  # fmt: skip


@router.get("/cases/{case_id}/mediators/{mediator_id}")
def ask_choice(case_id: str, mediator_id: str, request: Request, seat: SeatOf) -> Response:
    """The form of a disclosure with the appointment; nothing in it is said for the mediator."""
    slip = _choosing(seat, case_id, mediator_id)
    return slip.show(request, slip.fresh())


@router.post("/cases/{case_id}/mediators/{mediator_id}")
def choose(case_id: str, mediator_id: str, request: Request, seat: SeatOf, filled: OwnFormOf) -> Response:
    """Write the disclosure down, and appoint whoever is not tied."""
    slip, chamber = _choosing(seat, case_id, mediator_id), Chamber(seat.house)

    def appoint(form: Choice) -> None:
        said = DisclosureForm(mediator_id=mediator_id, tied=form.tied, statement=form.statement)
        chamber.disclose(seat.reader, case_id, said)
        chosen = AppointmentForm(mediator_id=mediator_id, chosen_by=form.chosen_by)
        chamber.appoint(seat.reader, case_id, chosen)

    return carry_out(request, slip, filled, Choice, appoint)


@router.get("/mediators/{mediator_id}/tie")
def ask_tie(mediator_id: str, request: Request, seat: SeatOf) -> Response:
    """The form of a declared tie."""
    slip = _tying(seat, mediator_id)
    return slip.show(request, slip.fresh(kind="person"))


@router.post("/mediators/{mediator_id}/tie")
def declare(mediator_id: str, request: Request, seat: SeatOf, filled: OwnFormOf) -> Response:
    """Note a tie a mediator declares."""
    slip, deed = _tying(seat, mediator_id), Roll(seat.house).declare
    return carry_out(request, slip, filled, TieForm, lambda form: deed(seat.reader, mediator_id, form))


def _tying(seat: Seat, mediator_id: str) -> Slip:
    labels = Labels(seat.house.office, seat.lang)
    return Slip(
        TieForm, "申报利害关系", f"/console/mediators/{mediator_id}/tie", "/console/week", seat,
        {"kind": options(PARTY["kind"], labels)}, button="申报",
        hint="申报后,涉及此人或此单位的纠纷不再推荐您。对个人只保存摘要,不保存号码。",
    )  # fmt: skip
