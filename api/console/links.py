"""Links to a task at the desk (办件链接) at ``/console/cases/{id}/links``: issue one, see what was done with each, take
one back.

A link is shown once, as text and as a QR code drawn into the page, so that the code stands in no address. What does not
live here: who may hand out a link and what it opens (linkroom).
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import segno
from fastapi import APIRouter, Request
from fastapi.responses import RedirectResponse
from starlette.responses import Response

from api.console.entrance import OwnFormOf, Seat, SeatOf, text_of
from api.console.frame import page
from api.console.labels import Labels
from api.counter import Counter
from api.deps import client
from api.linkroom import LinkRoom
from cases.desk.task_links import LinkWish
from cases.desk.views import View
from cases.engine import read_form
from cases.errors import Malformed, NotNow
from cases.rules.links import HEAD, LONGEST_DAYS, OFFICER, USUAL_DAYS

router = APIRouter()
LONGEST_BASE = 200
HOLDERS: Mapping[str, str] = {OFFICER: "承办人", HEAD: "负责人(可提交退单、批准延期)"}
SHUT: Mapping[str, str] = {
    "": "有效",
    "revoked": "已收回",
    "expired": "已到期",
    "closed": "任务已结束",
    "sealed": "已封存",
    "barred": "发出人账号已停用",
}
DEEDS: Mapping[str, str] = {"issued": "发出", "opened": "打开", "revoked": "收回", "file": "看材料"}


@router.get("/cases/{case_id}/links")
def show_links(case_id: str, request: Request, seat: SeatOf) -> Response:
    """The links of a task."""
    return _page(request, seat, case_id)


@router.post("/cases/{case_id}/links")
def issue(case_id: str, request: Request, seat: SeatOf, filled: OwnFormOf) -> Response:
    """Issue a link and show it, this once."""
    typed = {name: text_of(filled, name) for name in ("role", "days")}
    try:
        made = _room(request, seat).issue(seat.reader, case_id, read_form(LinkWish, dict(typed)))
    except Malformed as refusal:
        return _page(request, seat, case_id, 422, typed=typed, said="有效天数应为 1 至 {most}", wrong=refusal.fields)
    except NotNow as refusal:
        return _page(request, seat, case_id, 409, typed=typed, said=refusal.sentence)
    base = seat.house.office.settings.public_url or str(request.base_url)[:LONGEST_BASE]
    address = f"{base.rstrip('/')}{made['page']}"
    code = segno.make(address, error="m", micro=False).svg_data_uri(scale=6, border=4, light="#fff")
    return _page(request, seat, case_id, 201, made={**made, "address": address, "qr": code})


@router.post("/cases/{case_id}/links/{link_id}/revoke")
def revoke(case_id: str, link_id: str, request: Request, seat: SeatOf, filled: OwnFormOf) -> Response:  # noqa: ARG001
    """Take a link back."""
    _room(request, seat).revoke(seat.reader, case_id, link_id)
    return RedirectResponse(f"/console/cases/{case_id}/links", 303)


def _room(request: Request, seat: Seat) -> LinkRoom:
    return LinkRoom(seat.house, client(request, seat.house))


def _page(request: Request, seat: Seat, case_id: str, status: int = 200, **more: Any) -> Response:
    view: View = Counter(seat.house).case(seat.reader, case_id)
    found = _room(request, seat).listed(seat.reader, case_id)
    shown: dict[str, Any] = {"made": None, "said": "", "wrong": {}, "typed": {"role": OFFICER, "days": str(USUAL_DAYS)}}
    return page(
        request, "links.html", status, seat=seat, view=view, labels=Labels(seat.house.office, seat.lang),
        items=found["items"], refused=found["refused"], holders=HOLDERS, shut=SHUT, deeds=DEEDS, most=LONGEST_DAYS,
        **{**shown, **more},
    )  # fmt: skip
