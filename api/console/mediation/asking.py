"""Asking a party (征求同意): writing down what they said, or making a link they answer by, shown once with its QR code.

What does not live here: the page the link leads to (phone/consenting), and what an answer does (chamber).
"""

from __future__ import annotations

from typing import Annotated

import segno
from fastapi import APIRouter, Query, Request
from starlette.responses import Response

from api.chamber import Chamber
from api.console import talks
from api.console.acting import Try
from api.console.choices import Option
from api.console.entrance import OwnFormOf, Seat, SeatOf
from api.console.frame import page
from api.console.labels import Labels
from api.console.mediation.slips import Given, Slip, attempt, carry_out, filled_in
from api.console.mediation.words import ABOUT, ANSWERS, MEANS, about, options
from api.console.phone.board import LONGEST_BASE
from api.console.reading import read, typed_of
from api.convention import Convention
from cases.desk.mediation.forms import ConsentAsked, ConsentRecorded
from cases.desk.views import View
from cases.rules.consents import ATTEND, MEDIATION, SHARE

router = APIRouter()
Short = Annotated[str, Query(max_length=80)]


def asked_about(seat: Seat, case_id: str, labels: Labels) -> tuple[Option, ...]:
    """What the parties of a case can be asked: the usual, each meeting planned, each fact named for sharing."""
    chamber = Chamber(seat.house)
    found = [(code, labels.say(word)) for code, word in ABOUT.items() if code not in {SHARE, ATTEND}]
    for one in Convention(seat.house).listed(seat.reader, case_id)["items"]:
        if one["status"] == "planned":
            what = f"{ATTEND}{one['id']}"
            found.append((what, about(what, {one["id"]: one["starts"]}, labels)))
    for fact in chamber.facts(seat.reader, case_id)["items"]:
        found.append((f"{SHARE}{fact['n']}", f"{labels.say(ABOUT[SHARE])}: {fact['wording'][:40]}"))
    return tuple(found)


def _given(seat: Seat, case_id: str) -> Given:
    labels = Labels(seat.house.office, seat.lang)
    parties = Chamber(seat.house).parties(seat.reader, case_id)["items"]
    return {
        "party_id": tuple((one["id"], talks.called(one, labels)) for one in parties),
        "what": asked_about(seat, case_id, labels),
        "answer": options(ANSWERS, labels),
        "means": options(MEANS, labels, ("on_site", "phone", "written")),
    }


def _recording(seat: Seat, case_id: str) -> Slip:
    at = f"/console/cases/{case_id}/parties"
    return Slip(
        ConsentRecorded, "记录答复", f"/console/cases/{case_id}/consents/new", at, seat, _given(seat, case_id),
        button="记录",
        hint="照当事人说的记。一方明确拒绝调解的,调解随即终止。",
    )  # fmt: skip


def _linking(seat: Seat, case_id: str) -> Slip:
    at = f"/console/cases/{case_id}/parties"
    return Slip(
        ConsentAsked, "用链接征求同意", f"/console/cases/{case_id}/consents/link", at, seat, _given(seat, case_id),
        button="生成链接", hint="链接只能用一次,只认这一位当事人:答复时要填登记号码的后四位。",
    )  # fmt: skip


@router.get("/cases/{case_id}/consents/new")
def ask_record(case_id: str, request: Request, seat: SeatOf, party: Short = "") -> Response:
    """The form of an answer given by word of mouth."""
    slip = _recording(seat, case_id)
    return slip.show(request, slip.fresh(party_id=party, what=MEDIATION, means="on_site"))


@router.post("/cases/{case_id}/consents/new")
def record(case_id: str, request: Request, seat: SeatOf, filled: OwnFormOf) -> Response:
    """Write an answer down."""
    slip, deed = _recording(seat, case_id), Chamber(seat.house).record
    return carry_out(request, slip, filled, ConsentRecorded, lambda form: deed(seat.reader, case_id, form))


@router.get("/cases/{case_id}/consents/link")
def ask_link(case_id: str, request: Request, seat: SeatOf, party: Short = "", what: Short = "") -> Response:
    """The form of a question by link."""
    slip = _linking(seat, case_id)
    return slip.show(request, slip.fresh(party_id=party, what=what or MEDIATION))


@router.post("/cases/{case_id}/consents/link")
def make_link(case_id: str, request: Request, seat: SeatOf, filled: OwnFormOf) -> Response:
    """A link, shown once."""
    slip, typed = _linking(seat, case_id), typed_of(filled)

    def make() -> View:
        return Chamber(seat.house).ask(seat.reader, case_id, filled_in(ConsentAsked, read(slip.schema(), typed)))

    done = attempt(make, typed)
    if isinstance(done, Try):
        return slip.show(request, done)
    base = (seat.house.office.settings.public_url or str(request.base_url)[:LONGEST_BASE]).rstrip("/")
    address = f"{base}{done['page']}"
    image = segno.make(address, error="m", micro=False).svg_data_uri(scale=5, border=4, light="#fff")
    return page(request, "link_made.html", 201, seat=seat, address=address, image=image, made=done, back=slip.back)
