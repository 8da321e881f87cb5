"""What administrators did (管理记录) at ``/console/admin/records``, for them and for auditors; the newest first.
Beside it, for auditors alone, what was refused and who looked at identities.

What does not live here: the records themselves (store) and who may read them (staffing).
"""

from __future__ import annotations

from typing import Annotated
from urllib.parse import urlencode

from fastapi import APIRouter, Query, Request
from starlette.responses import Response

from api.console.admin.frame import ROOT, AuditorOf, ReaderOf, show
from api.console.admin.words import DEEDS
from api.problems import TABLE
from api.staff_shapes import PageQuery, RecordQuery
from api.staffing import Staffing

router = APIRouter()
PAGE = 50


@router.get("/records")
def list_records(
    request: Request, seat: ReaderOf, deed: Annotated[str, Query(max_length=64)] = "",
    q: Annotated[str, Query(max_length=100)] = "", before: Annotated[str, Query(max_length=64)] = "",
) -> Response:  # fmt: skip
    """A page of records, filtered by what was done and by names."""
    wish = RecordQuery(deed=deed or None, text=q.strip() or None, before=before or None, limit=PAGE)
    found = Staffing(seat.house).records(seat.reader, wish)
    asked = {"deed": deed, "q": q.strip()}
    more = urlencode({name: value for name, value in {**asked, "before": found["next"] or ""}.items() if value})
    return show(
        request, seat, "admin_records.html", records=found["items"], asked=asked, deeds=DEEDS, first=bool(before),
        more=f"{ROOT}/records?{more}" if found["next"] else "",
    )  # fmt: skip


@router.get("/refusals")
def list_refusals(
    request: Request, seat: AuditorOf, part: Annotated[str, Query(max_length=8)] = "",
    before: Annotated[str, Query(max_length=64)] = "",
) -> Response:  # fmt: skip
    """What was refused, or, with ``part`` "looks", who looked at reporters' identities and why."""
    staffing, wish = Staffing(seat.house), PageQuery(before=before or None, limit=PAGE)
    looks = part == "looks"
    found = staffing.looks(seat.reader, wish) if looks else staffing.refusals(seat.reader, wish)
    said = {"part": "looks" if looks else "", "before": found["next"] or ""}
    more = urlencode({name: value for name, value in said.items() if value})
    return show(
        request, seat, "admin_refusals.html", looks=looks, records=found["items"], first=bool(before),
        kinds={kind: title for kind, (_, title) in TABLE.items()},
        more=f"{ROOT}/refusals?{more}" if found["next"] else "",
    )  # fmt: skip
