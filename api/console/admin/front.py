"""Where the administrator begins (管理概况) at ``/console/admin``: what there is to keep, and what needs a look.

What does not live here: the pages it leads to.
"""

from __future__ import annotations

from datetime import timedelta

from fastapi import APIRouter, Request
from fastapi.responses import RedirectResponse
from starlette.responses import Response

from api.console.admin.frame import ROOMS, LookerOf, show
from api.console.entrance import Seat
from cases.ports import BEIJING
from cases.store import roster
from cases.store.records import how_many_noted
from cases.store.roster import Sought

router = APIRouter()
SOON = timedelta(days=30)
NOTICE_MONTH = 11
"""From November on the notice for the next year may be out."""


@router.get("")
def show_front(request: Request, seat: LookerOf) -> Response:
    """Figures and what needs a look; who is no administrator is led to the first page they may open."""
    if "admin" not in seat.roles:
        return RedirectResponse(next(one.href for one in ROOMS if one.path and one.roles & seat.roles), 303)
    office, now = seat.house.office, seat.house.clock.now()
    with office.database.reading() as connection:
        keys = roster.keys(connection, alive_at=now)
        figures = {
            "people": roster.how_many(connection, Sought(active=True)),
            "barred": roster.how_many(connection, Sought(active=False)),
            "administrators": roster.how_many(connection, Sought(role=roster.ADMIN, active=True)),
            "keys": len(keys),
            "records": how_many_noted(connection),
        }
    soon = [key for key in keys if key["expires_at"] <= now + SOON]
    known = office.calendar().known_years
    return show(
        request, seat, "admin_front.html", figures=figures, soon=soon, known=known, pack=office.pack,
        next_year=_missing_year(seat, max(known)),
    )  # fmt: skip


def _missing_year(seat: Seat, last: int) -> int | None:
    """The year whose holidays are not known yet although it is time to ask for them, or None."""
    today = seat.house.office.clock.now().astimezone(BEIJING)
    wanted = today.year + (today.month >= NOTICE_MONTH)
    return last + 1 if last < wanted else None
