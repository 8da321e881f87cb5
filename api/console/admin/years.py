"""The working calendar (工作日历) at ``/console/admin/years``: years, revisions; a notice taken in after a look.

A notice is read first and shown: which days change, how many open cases' limits move. Only then it is published, and
the deadlines are counted again as an errand. What does not live here: what must hold of a year (rules), taking it in
(arranging).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from threading import Event
from typing import Any

from fastapi import APIRouter, Request
from fastapi.responses import RedirectResponse
from starlette.datastructures import FormData
from starlette.responses import Response

from api.arranging import Preview, Wish, arrangement_in, preview, publish, recount, text_in
from api.console.admin.frame import ROOT, AdminOf, show, watched
from api.console.entrance import OwnFormOf, Seat, files_of, text_of
from api.errands import Hear
from api.house import House
from cases.errors import Conflict, Malformed, PackBroken, Refusal
from cases.rules.calendar import Calendar
from cases.rules.years import Arrangement
from cases.store.almanac import LOOK_SECONDS, revisions
from cases.store.records import By

router = APIRouter()
YEARS = f"{ROOT}/years"
KIND = "recount"
MOST_EXTRA = 30
SHOWN_DAYS = 80
TEXT, NAME, FILE = "text", "name", "_file"
SEEN = "seen"
"""The version of the calendar the preview was made with."""


@dataclass(frozen=True)
class Sent:
    """What was sent: the notice, and how it is to be taken in."""

    name: str
    text: str
    wish: Wish
    typed: Mapping[str, str]


@router.get("/years")
def list_years(request: Request, seat: AdminOf) -> Response:
    """The known years and how they came, and the form that takes in another."""
    return _list(request, seat)


@router.post("/years/preview")
def look_at_year(request: Request, seat: AdminOf, filled: OwnFormOf) -> Response:
    """Read a notice and show what it changes; nothing is written yet."""
    try:
        sent = _sent(filled)
        sent.wish.check()
        found = preview(seat.house.office, _arrangement(seat, sent), sent.wish)
    except (Malformed, Conflict) as refusal:
        return _list(request, seat, refusal, _typed(filled))
    return _shown(request, seat, sent, found)


@router.post("/years/take")
def take_year(request: Request, seat: AdminOf, filled: OwnFormOf) -> Response:
    """Publish what was looked at, if the calendar is still the same, and begin to count the deadlines again."""
    office = seat.house.office
    try:
        sent = _sent(filled)
        last = seat.house.errands.newest(KIND)
        if last is not None and last.running(seat.house.clock.now()):
            raise Conflict("上一次重算时限还没有做完,请稍后再收录")
        if text_of(filled, SEEN) != office.calendar().version:
            raise Conflict("日历在您查看之后有了变化,请重新预览")
        by = By(seat.caller.actor.id, seat.name)
        revision = publish(office, _arrangement(seat, sent), sent.wish, by)
    except (Malformed, Conflict) as refusal:
        return _list(request, seat, refusal, _typed(filled))
    what = {"years": [one.year for one in revision.years], "calendar": revision.calendar.version}
    every = revision.replaces
    errand = seat.house.errands.begin(KIND, what, by, lambda hear: _recounted(seat.house, hear, every=every))
    return RedirectResponse(f"{YEARS}/errands/{errand}", 303)


@router.post("/years/recount")
def recount_again(seat: AdminOf, filled: OwnFormOf) -> Response:  # noqa: ARG001 - the form is the proof
    """Count every running deadline again, where an import was interrupted."""
    by = By(seat.caller.actor.id, seat.name)
    what = {"years": [], "calendar": seat.house.office.calendar().version}
    errand = seat.house.errands.begin(KIND, what, by, lambda hear: _recounted(seat.house, hear, every=True))
    return RedirectResponse(f"{YEARS}/errands/{errand}", 303)


@router.get("/years/errands/{errand_id}")
def show_recount(errand_id: str, request: Request, seat: AdminOf) -> Response:
    """How the counting stands."""
    return watched(request, seat, "admin_recount.html", seat.house.errands.one(errand_id))


def _recounted(house: House, hear: Hear, *, every: bool) -> dict[str, Any]:
    """Other processes notice a published year within seconds; until then they would count by the old one."""
    Event().wait(LOOK_SECONDS)
    found = recount(house.office, hear, every=every)
    return {"settled": found.settled, "moved": found.moved, "cases": len(set(found.numbers)),
            "refused": len(found.refused)}  # fmt: skip


def _sent(filled: FormData) -> Sent:
    """The notice that was sent, as a file or as text."""
    extra = text_of(filled, "extra") or "0"
    if not (extra.isascii() and extra.isdigit() and int(extra) <= MOST_EXTRA):
        raise Malformed("另行放假天数应为整数", {"extra": f"0 至 {MOST_EXTRA}"})
    wish = Wish(text_of(filled, "replace") == "true", text_of(filled, "reason")[:400], int(extra))
    files = files_of(filled, FILE)
    name, text = text_of(filled, NAME), str(filled.get(TEXT) or "")
    if files:
        name = files[0].filename or ""
        text = text_in(name, files[0].file.read())
    if not text.strip():
        raise Malformed("请选择文件,或贴上通知原文", {TEXT: "文件和原文至少给一样"})
    return Sent(name or "放假安排", text, wish, _typed(filled))


def _typed(filled: FormData) -> dict[str, str]:
    return {name: text_of(filled, name) for name in (TEXT, "extra", "replace", "reason")}


def _arrangement(seat: Seat, sent: Sent) -> Arrangement:
    """What the notice arranges; a table that cannot be read is no fault of a pack here."""
    try:
        return arrangement_in(sent.name, sent.text, seat.house.office.calendar(), sent.wish.extra)
    except PackBroken as broken:
        raise Malformed(broken.sentence) from broken


def _shown(request: Request, seat: Seat, sent: Sent, found: Preview) -> Response:
    revision = found.revision
    off = {one.year: sum(entry.kind == "off" for entry in one.days) for one in revision.years}
    return show(
        request, seat, "admin_year.html", sent=sent, revision=revision, foreseen=found.foreseen, off=off,
        changes=revision.changes[:SHOWN_DAYS], hidden=max(0, len(revision.changes) - SHOWN_DAYS),
        seen=seat.house.office.calendar().version,
    )  # fmt: skip


def _list(
    request: Request, seat: Seat, refusal: Refusal | None = None, typed: Mapping[str, str] | None = None
) -> Response:
    office = seat.house.office
    with office.database.reading() as connection:
        kept = revisions(connection)
    calendar = office.calendar()
    status = 200 if refusal is None else 409 if isinstance(refusal, Conflict) else 422
    return show(
        request, seat, "admin_years.html", status, years=list(_years(calendar, kept)), calendar=calendar,
        kept=list(reversed(kept)), said=refusal.sentence if refusal else "",
        wrong=refusal.fields if isinstance(refusal, Malformed) else {}, typed=typed or {},
        last=seat.house.errands.newest(KIND),
    )  # fmt: skip


def _years(calendar: Calendar, kept: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Each known year with its days off and make-up days, and its newest revision, if it has one."""
    newest = {row["year"]: row for row in kept}
    found: list[dict[str, Any]] = []
    for year in sorted(calendar.known_years, reverse=True):
        days = [entry for day, entry in calendar.days.items() if day.year == year]
        off = sum(entry.kind == "off" for entry in days)
        notices = list(dict.fromkeys(entry.notice for entry in days))
        found.append(
            {"year": year, "off": off, "work": len(days) - off, "notices": notices, "revision": newest.get(year)}
        )
    return found
