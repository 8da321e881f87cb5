"""The week (我的一周) at ``/console/week``: meetings day by day, what is due, the cases on hand, who carries how much;
the address of one's calendar for a calendar program, and absences.

What does not live here: whose week one may see (weekly), the register (roll).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Annotated, Any

from fastapi import APIRouter, Query, Request
from starlette.responses import Response

from api.console.acting import go_on
from api.console.entrance import OwnFormOf, Seat, SeatOf
from api.console.frame import page
from api.console.labels import Labels
from api.console.mediation.slips import Slip, carry_out
from api.console.mediation.words import COMING, KINDS, STATUS
from api.console.moments import brief, read_moment
from api.console.phone.board import LONGEST_BASE
from api.console.rows import Row, row_of
from api.roll import Roll
from api.weekly import ALL, DAYS, Weekly, Whose
from cases.desk.mediation.forms import AbsenceForm
from cases.desk.views import View
from cases.store.registers import Searched

router = APIRouter()
WEEK = "/console/week"
EARLIEST, LATEST = date(2000, 1, 1), date(2200, 1, 1)


@dataclass
class Day:
    """One day of the week: what happens, what is due, who is away."""

    on: date
    name: str
    today: bool
    working: bool
    meetings: list[View] = field(default_factory=list)
    due: list[Row] = field(default_factory=list)
    away: list[str] = field(default_factory=list)

    @property
    def quiet(self) -> bool:
        """Whether nothing stands in it."""
        return not (self.meetings or self.due or self.away)


def monday_of(given: str, today: date) -> date:
    """The Monday of the week a day lies in; of this week for what is no day."""
    try:
        found = date.fromisoformat(given) if given else today
    except ValueError:
        found = today
    found = found if EARLIEST <= found <= LATEST else today
    return found - timedelta(days=found.weekday())


Short = Annotated[str, Query(max_length=64)]


@router.get("/week")
def show_week(request: Request, seat: SeatOf, on: Short = "", whose: Short = "") -> Response:
    """The week one asks for."""
    return _week(request, seat, on, whose)


def _week(request: Request, seat: Seat, on: str, asked: str, feed: str = "") -> Response:
    labels, weekly = Labels(seat.house.office, seat.lang), Weekly(seat.house)
    today = read_moment(seat.house.office.clock.now()).date()
    monday, who = monday_of(on, today), weekly.whose(seat.reader, asked)
    led = weekly.cases(seat.reader, who)
    rows = [(row_of(view, labels), leader) for view, leader in led]
    found = weekly.week(who, monday)
    colleagues = Roll(seat.house).mediators(Searched(committee=who.committee))["items"]
    return page(
        request, "week.html", 201 if feed else 200, seat=seat, labels=labels, whose=who, all=ALL,
        days=_days(seat, monday, today, found, [row for row, _ in rows], _names(colleagues, who)),
        monday=monday, last=monday + timedelta(days=DAYS - 1), rows=rows, colleagues=colleagues, feed=feed,
        back=monday - timedelta(days=DAYS), ahead=monday + timedelta(days=DAYS), kinds=KINDS, statuses=STATUS,
        coming=COMING, keys=_keys(seat, who), this_week=monday_of("", today), asked=asked,
        head="committee_head" in seat.roles, matters=labels.pack.matters,
    )  # fmt: skip


def _names(colleagues: list[View], who: Whose) -> dict[str, str]:
    return {one["id"]: one["name"] for one in colleagues} | ({who.me["id"]: who.me["name"]} if who.me else {})


def _keys(seat: Seat, who: Whose) -> list[View]:
    """The keys of one's own calendar that still open it."""
    if who.me is None:
        return []
    found = Roll(seat.house).feed_keys(seat.reader, who.me["id"])["items"]
    return [one for one in found if one["revoked_at"] is None]


def _days(
    seat: Seat, monday: date, today: date, found: View, rows: list[Row], names: Mapping[str, str]
) -> list[Day]:  # fmt: skip
    calendar = seat.house.office.desk.calendar
    every = [monday + timedelta(days=n) for n in range(DAYS)]
    days = [Day(on, brief(on, seat.lang), on == today, calendar.is_working(on)) for on in every]
    for day in days:
        day.meetings = [one for one in found["meetings"] if _on(one["starts"]) == day.on]
        day.due = [row for row in rows if row.due_at and _on(row.due_at) == day.on]
        spans = ((who, span) for who, some in found["absences"].items() for span in some)
        day.away = [names.get(who, who) for who, span in spans if _on(span.starts) <= day.on <= _on(span.ends)]
    return days


def _on(moment: datetime) -> date:
    return read_moment(moment).date()


# --- the calendar's address


@router.post("/week/feed")
def make_feed(request: Request, seat: SeatOf, filled: OwnFormOf) -> Response:  # noqa: ARG001 - ours
    """A new address of one's calendar, shown once."""
    weekly = Weekly(seat.house)
    mine = weekly.whose(seat.reader, "").me
    if mine is None:
        return go_on(request, WEEK)
    made: dict[str, Any] = Roll(seat.house).issue_feed_key(seat.reader, mine["id"])
    base = (seat.house.office.settings.public_url or str(request.base_url)[:LONGEST_BASE]).rstrip("/")
    return _week(request, seat, "", "", f"{base}{made['path']}")


@router.post("/week/feed/{key_id}/revoke")
def revoke_feed(key_id: str, request: Request, seat: SeatOf, filled: OwnFormOf) -> Response:  # noqa: ARG001 - ours
    """Make an address worthless."""
    mine = Weekly(seat.house).whose(seat.reader, "").me
    if mine is not None:
        Roll(seat.house).revoke_feed_key(seat.reader, mine["id"], key_id)
    return go_on(request, f"{WEEK}#feed")


# --- absences


def _away(seat: Seat, mediator_id: str) -> Slip:
    return Slip(
        AbsenceForm, "登记请假", f"/console/mediators/{mediator_id}/away", WEEK, seat, button="登记",
        hint="请假期间不会被约会议;已约定的会议要先改期。",
    )  # fmt: skip


@router.get("/mediators/{mediator_id}/away")
def ask_away(mediator_id: str, request: Request, seat: SeatOf) -> Response:
    """The form of an absence."""
    slip = _away(seat, mediator_id)
    return slip.show(request, slip.fresh())


@router.post("/mediators/{mediator_id}/away")
def go_away(mediator_id: str, request: Request, seat: SeatOf, filled: OwnFormOf) -> Response:
    """Note an absence."""
    slip, deed = _away(seat, mediator_id), Roll(seat.house).go_away
    return carry_out(request, slip, filled, AbsenceForm, lambda form: deed(seat.reader, mediator_id, form))
