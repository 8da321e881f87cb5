"""The supervision view (执法监督) at ``/console/oversight``: numbers of cases, and links to lists where the reader may
open them.

What does not live here: the numbers (overseeing), and anything that is in a file.
"""

from __future__ import annotations

from urllib.parse import urlencode

from fastapi import APIRouter, Request
from starlette.responses import Response

from api.console.choices import NO_DEPARTMENTS
from api.console.entrance import SeatOf
from api.console.frame import page
from api.console.labels import Labels
from api.console.suits.asking import asked_of, bars_of
from api.overseeing import Overseeing
from api.wishes import PeriodQuery
from cases.packs.schema import Pack
from cases.rules.area import OVERSIGHT_ROLES

router = APIRouter()
HOW = {"declined": "不予受理", "no_violation": "查无违法"}


@router.get("/oversight")
def show_oversight(request: Request, seat: SeatOf) -> Response:
    """Overdue now, returned and not filed in the period, the load of mediation."""
    asked = asked_of(PeriodQuery, request.query_params)
    found = Overseeing(seat.house).view(seat.reader, asked.query)
    opens = bool(seat.roles & OVERSIGHT_ROLES)
    pack = seat.house.office.pack
    late = bars_of([one["cases"] for one in found["overdue"]["by"]])
    return page(
        request, "oversight.html", asked.status, seat=seat, labels=Labels(seat.house.office, seat.lang), asked=asked,
        found=found, late=list(zip(found["overdue"]["by"], late, strict=True)), opens=opens, how=HOW,
        list_of=lambda org: _list_of(org, pack) if opens else "",
    )  # fmt: skip


def _list_of(org: str, pack: Pack) -> str:
    """The queue of what lies overdue with a department; "" for whoever has no queue of its own."""
    known = pack.organisation(org)
    if known is None or known.kind in NO_DEPARTMENTS:
        return ""
    return "/console?" + urlencode({"view": "overdue", "department": org})
