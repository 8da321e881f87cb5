"""Making an official document (出具文书): its form with what the case knows, a draft to look at, the document itself.

What does not live here: what a document says and who may make it (papering, cases.papers).
"""

from __future__ import annotations

import secrets

from fastapi import APIRouter, Request
from fastapi.responses import RedirectResponse
from starlette.responses import Response

from api.console.choices import Choices
from api.console.entrance import OwnFormOf, Seat, SeatOf, key_of, text_of
from api.console.fields import Drawing, count_of, flat
from api.console.frame import page
from api.console.labels import Labels
from api.console.mediation.slips import Slip, carry_out
from api.console.reading import read, typed_of
from api.counter import Counter
from api.papering import Papering
from api.routes.papers import handed_out
from api.wishes import VoidWish
from cases.desk.papers import Wanted
from cases.errors import Malformed
from cases.store.idempotency import Once

router = APIRouter()


@router.get("/cases/{case_id}/papers/{code}")
def show_form(case_id: str, code: str, request: Request, seat: SeatOf) -> Response:
    """The form, begun with what the case knows."""
    asked = Papering(seat.house).asked(seat.reader, case_id, code)
    return _form(request, seat, case_id, code, flat(asked["facts"]))


@router.post("/cases/{case_id}/papers/{code}")
def make(case_id: str, code: str, request: Request, seat: SeatOf, filled: OwnFormOf) -> Response:
    """A draft where one was asked for; else the document, numbered and kept, and back to the case."""
    papering, typed = Papering(seat.house), typed_of(filled)
    if more := text_of(filled, "_more"):
        return _form(request, seat, case_id, code, {**typed, f"{more}.{count_of(more, typed)}._": [""]})
    wanted = Wanted(code, read(papering.asked(seat.reader, case_id, code)["schema"], typed))
    if "_draft" in filled:
        return handed_out(papering.draft(seat.reader, case_id, wanted), inline=True)
    once = Once.of(seat.reader.actor.id, key_of(filled), request.url.path, wanted.facts)
    try:
        papering.make(seat.reader, case_id, wanted, once)
    except Malformed as refusal:
        return _form(request, seat, case_id, code, typed, refusal)
    return RedirectResponse(f"/console/cases/{case_id}#papers-title", 303)


@router.get("/papers/{paper_id}/void")
def ask_void(paper_id: str, request: Request, seat: SeatOf) -> Response:
    """Why a document is voided."""
    slip = _voiding(seat, paper_id)
    return slip.show(request, slip.fresh())


@router.post("/papers/{paper_id}/void")
def void(paper_id: str, request: Request, seat: SeatOf, filled: OwnFormOf) -> Response:
    """Void a document; its number stays used up."""
    slip, papering = _voiding(seat, paper_id), Papering(seat.house)
    return carry_out(
        request, slip, filled, VoidWish, lambda form: papering.void(seat.reader, paper_id, form.reason)
    )  # fmt: skip


def _voiding(seat: Seat, paper_id: str) -> Slip:
    paper = Papering(seat.house).one(seat.reader, paper_id)
    title = Labels(seat.house.office, seat.lang).say(
        "作废{paper}", paper=f" {paper['title']} {paper['number']}".rstrip()
    )
    return Slip(
        VoidWish, title, f"/console/papers/{paper_id}/void", f"/console/cases/{paper['case_id']}", seat, button="作废",
        hint="作废后不能恢复,文号不再使用;作废的理由、时间和作废人留在文书登记上。",
    )  # fmt: skip


def _form(
    request: Request, seat: Seat, case_id: str, code: str, typed: dict[str, list[str]], refusal: Malformed | None = None
) -> Response:  # fmt: skip
    asked = Papering(seat.house).asked(seat.reader, case_id, code)
    labels = Labels(seat.house.office, seat.lang)
    drawing = Drawing.of(asked["schema"], typed, refusal.fields if refusal else {}, Choices(labels, coded=False))
    return page(
        request, "paper.html", 422 if refusal else 200, seat=seat, asked=asked, fields=drawing.fields(asked["schema"]),
        said=refusal.sentence if refusal else "", view=Counter(seat.house).case(seat.reader, case_id),
        once=secrets.token_urlsafe(16), title=asked["en"] if seat.lang == "en" else asked["title"],
    )  # fmt: skip
