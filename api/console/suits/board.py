"""Batches and families (批次、同类案件组) at ``/console/suits``, and how far suits have come (漏斗) beside them.

What does not live here: one batch (batch), one family (family).
"""

from __future__ import annotations

from fastapi import APIRouter, Request
from starlette.responses import Response

from api.console.entrance import Seat, SeatOf
from api.console.frame import page
from api.console.labels import Labels
from api.console.suits.asking import asked_of, bars_of, choices_of
from api.suing import Suing
from api.wishes import FunnelQuery
from cases.errors import NotAllowed
from cases.rules.wall import COURT_ROLES
from cases.store.funnel import may_count
from cases.store.suits import DESK

router = APIRouter()
STATES = {"open": "收集中", "closed": "清单已定,提交中", "submitted": "已提交"}


def let_in(seat: Seat) -> None:
    """Batches are for associations, courts, those who sue and those who supervise."""
    if not may_count(seat.reader.actor):
        raise NotAllowed("批量诉讼由协会、法院和监督岗位使用")


def state_of(batch: dict[str, object]) -> str:
    """How far a batch is, in a word."""
    return STATES["submitted" if batch["submitted_at"] else "closed" if batch["closed_at"] else "open"]


@router.get("/suits")
def show_board(request: Request, seat: SeatOf) -> Response:
    """The newest batches and families the caller may know of."""
    let_in(seat)
    suing = Suing(seat.house)
    batches, families = (found(seat.reader)["items"] for found in (suing.batches, suing.families))
    return page(
        request, "suits.html", seat=seat, labels=Labels(seat.house.office, seat.lang), batches=batches,
        families=families, state_of=state_of, at_desk=bool(seat.roles & DESK), at_court=bool(seat.roles & COURT_ROLES),
    )  # fmt: skip


@router.get("/suits/funnel")
def show_funnel(request: Request, seat: SeatOf) -> Response:
    """How many suits have come how far, for a period, a batch, an association, a court."""
    let_in(seat)
    suing, pack = Suing(seat.house), seat.house.office.pack
    asked = asked_of(FunnelQuery, request.query_params)
    found = suing.funnel(seat.reader, asked.query)
    stages = [
        {**one, "bar": bar, "name": pack.words(f"funnel.{one['stage']}", seat.lang)}
        for one, bar in zip(found["stages"], bars_of([one["suits"] for one in found["stages"]]), strict=True)
    ]
    choices = {
        "batch": [(one["id"], one["number"]) for one in suing.batches(seat.reader)["items"]],
        "association": choices_of(pack, kind="association", duty="suit_desk"),
        "court": choices_of(pack, kind="court"),
    }
    return page(
        request, "suits_funnel.html", asked.status, seat=seat, asked=asked, found=found, stages=stages, choices=choices
    )
