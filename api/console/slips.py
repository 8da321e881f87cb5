"""A task on one sheet of paper (任务单) at ``/console/cases/{id}/slip``: to take along, and to write on there.

What does not live here: official documents (papers), and who may know what (cases.desk.views).
"""

from __future__ import annotations

from fastapi import APIRouter, Request
from starlette.responses import Response

from api.console.entrance import SeatOf
from api.console.facts import facts_of
from api.console.frame import page
from api.console.labels import Labels
from api.console.rows import place_of, row_of
from api.console.sheet import PICTURES, described
from api.counter import Counter
from api.filing import Filing
from cases.errors import NotFound

router = APIRouter()
MOST_PICTURES = 4
TOLD = frozenset({"found_at", "reason", "complete_by", "officers", "mediations"})
"""Of the facts, what is of use on the spot."""


@router.get("/cases/{case_id}/slip")
def show_slip(case_id: str, request: Request, seat: SeatOf) -> Response:
    """The sheet of a department's task; no other case has one."""
    counter, labels = Counter(seat.house), Labels(seat.house.office, seat.lang)
    view = counter.case(seat.reader, case_id)
    if not view["duty"]:
        raise NotFound("只有部门任务有任务单")
    clocks = [one for one in counter.deadlines(seat.reader, case_id)["items"] if not one["stopped_at"]]
    files = Filing(seat.house).listed(seat.reader, case_id)["items"]
    known = {**(view.get("report") or {}), **view["facts"]}
    return page(
        request, "task_sheet.html", seat=seat, view=view, row=row_of(view, labels), labels=labels, place=place_of(view),
        description=described(view), clocks=clocks, station=labels.pack.organisation(view["station"] or ""),
        facts=facts_of({name: one for name, one in known.items() if name in TOLD}, labels),
        pictures=[one for one in files if one["media_type"] in PICTURES][:MOST_PICTURES],
    )  # fmt: skip
