"""One batch of suits (一个批次) at ``/console/suits/batches/{id}``: the suits by state, one step for many of them, and
handing it to the court, with what became of each suit.

What does not live here: taking steps (bulk), what a submission does (desk).
"""

from __future__ import annotations

from collections import Counter as Count
from typing import Annotated, Any

from fastapi import APIRouter, Query, Request
from starlette.responses import Response

from api.console.acting import Try
from api.console.entrance import OwnFormOf, Seat, SeatOf
from api.console.frame import page
from api.console.labels import Labels
from api.console.mediation.slips import Slip, attempt, filled_in
from api.console.queue import verbs_of
from api.console.reading import read, typed_of
from api.console.rows import row_of
from api.console.suits.board import state_of
from api.suing import Suing
from cases.desk.suits.forms import HandOver
from cases.desk.views import DESK_ROLES, View

router = APIRouter()
PAGE = 100
CASE_TYPE = "litigation"
RESULTS = {"pass": "通过", "repair": "需补正", "reject": "不予提交"}


@router.get("/suits/batches/{batch_id}")
def show_batch(
    batch_id: str,
    request: Request,
    seat: SeatOf,
    state: Annotated[str, Query(max_length=64)] = "",
    leaf: Annotated[int, Query(alias="page", ge=1, le=1000)] = 1,
) -> Response:
    """The suits of a batch, of one state or all, a page at a time, with what may be done to many of them."""
    suing, labels = Suing(seat.house), Labels(seat.house.office, seat.lang)
    batch = suing.batch(seat.reader, batch_id)
    states = Count(one["state"] for one in batch["items"])
    wanted = [one for one in batch["items"] if not state or one["state"] == state]
    wanted.sort(key=lambda one: (one["line"] is None, one["line"] or one["row"] or 0, one["number"]))
    shown = wanted[PAGE * (leaf - 1) : PAGE * leaf]
    rows = {view["id"]: row_of(view, labels) for view in suing.lines(seat.reader, [one["case_id"] for one in shown])}
    order = [one.code for one in seat.house.office.desk.engines[CASE_TYPE].case_type.states]
    return page(
        request, "suits_batch.html", seat=seat, labels=labels, batch=batch, said=state_of(batch), lines=shown,
        rows=rows, states=sorted(states.items(), key=lambda one: order.index(one[0])), state=state, leaf=leaf,
        leaves=max(1, -(-len(wanted) // PAGE)), results=RESULTS, bulk_verbs=verbs_of(list(rows.values())),
        may_submit=_may_submit(seat, batch),
    )  # fmt: skip


def _may_submit(seat: Seat, batch: View) -> bool:
    at_desk = batch["association"] == seat.caller.actor.org and bool(seat.roles & DESK_ROLES)
    return at_desk and batch["submitted_at"] is None


def _slip(seat: Seat, batch_id: str) -> tuple[Slip, View]:
    batch = Suing(seat.house).batch(seat.reader, batch_id)
    at = f"/console/suits/batches/{batch_id}"
    labels = Labels(seat.house.office, seat.lang)
    title = labels.say("提交批次 {number}", number=batch["number"])
    hint = "清单一经出具不再变动;还不能提交的诉状编入下一批。中途断开的,再提交一次就接着办。"
    return Slip(HandOver, title, f"{at}/submit", at, seat, button="出具清单并提交", hint=hint), batch


@router.get("/suits/batches/{batch_id}/submit")
def ask_submission(batch_id: str, request: Request, seat: SeatOf) -> Response:
    """Whom the court may ask."""
    slip, _ = _slip(seat, batch_id)
    return slip.show(request, slip.fresh(person=seat.name))


@router.post("/suits/batches/{batch_id}/submit")
def submit(batch_id: str, request: Request, seat: SeatOf, filled: OwnFormOf) -> Response:
    """Hand the batch over; what became of each suit."""
    slip, batch = _slip(seat, batch_id)
    typed, suing = typed_of(filled), Suing(seat.house)

    def hand_over() -> View:
        form = filled_in(HandOver, read(slip.schema(), typed))
        return suing.submit(seat.reader, batch_id, form)

    done = attempt(hand_over, typed)
    if isinstance(done, Try):
        return slip.show(request, done)
    return page(
        request, "suits_submitted.html", seat=seat, done=done, batch=suing.batch(seat.reader, batch_id),
        left=[_left(one, batch) for one in done["left"]],
    )  # fmt: skip


def _left(one: dict[str, Any], batch: View) -> dict[str, str]:
    """A suit that stayed behind, by number whichever way it was named, with its reason."""
    suit = next((row for row in batch["items"] if one["case"] in (row["case_id"], row["number"])), None)
    return {"id": suit["case_id"] if suit else "", "number": suit["number"] if suit else one["case"], "why": one["why"]}
