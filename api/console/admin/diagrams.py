"""State diagrams (状态图) at ``/console/admin/states``: each case type with its open cases in sight.

Drawn from the machine; every diagram is a table as well. What does not live here: the drawing (figure) and which
cases are in sight (store).
"""

from __future__ import annotations

from collections import Counter
from typing import Any
from urllib.parse import urlencode

from fastapi import APIRouter, Request
from starlette.responses import Response

from api.console.admin.figure import figure_of, passages
from api.console.admin.frame import ROOT, LookerOf, show
from api.console.entrance import Seat
from api.console.labels import Labels
from cases.errors import NotFound
from cases.grammar import CaseType
from cases.store.queue.census import census

router = APIRouter()
NO_CASES = frozenset({"admin", "justice"})
"""Roles that see how cases go and open none."""

HOLDERS = {
    "station": "受理单位", "assignee": "承办方", "departments": "各承办部门", "reporter": "报告人", "none": "无人",
    "receiver": "送达后的承办单位",
}  # fmt: skip


@router.get("/states")
def list_diagrams(request: Request, seat: LookerOf) -> Response:
    """The case types with how many open cases of each are in sight."""
    counts = _counts(seat)
    types = [engine.case_type for engine in seat.house.office.desk.engines.values()]
    lines = [
        {"type": one, "open": sum(counts[one.code, state.code] for state in one.states) if _sees(seat) else None}
        for one in types
    ]
    return show(request, seat, "admin_states.html", lines=lines)


@router.get("/states/{code}")
def show_diagram(code: str, request: Request, seat: LookerOf) -> Response:
    """One case type: its diagram with live counts, and the same as a table."""
    engines = seat.house.office.desk.engines
    if code not in engines:
        raise NotFound("没有这种案件类型")
    case_type, labels = engines[code].case_type, Labels(seat.house.office, seat.lang)
    counts = _counts(seat, code)
    sees = _sees(seat)
    states = {
        one.code: _state(case_type, one.code, counts[code, one.code] if sees else None) for one in case_type.states
    }
    onward: dict[str, list[tuple[str, str]]] = {}
    for one in passages(case_type, seat.lang):
        words = (", " if seat.lang == "en" else "、").join(one.words)
        onward.setdefault(one.source, []).append((words, labels.state(code, one.target)))
    return show(
        request, seat, "admin_state.html", type=case_type, figure=figure_of(code, seat.lang), states=states,
        onward=onward, sees=sees, types=[engine.case_type for engine in engines.values()], holders=HOLDERS,
        root=f"{ROOT}/states", most=max((one["open"] or 0 for one in states.values()), default=0),
    )  # fmt: skip


def _sees(seat: Seat) -> bool:
    """Whether the reader sees cases at all; who does not gets no counts, rather than noughts."""
    return bool(seat.roles - NO_CASES)


def _counts(seat: Seat, case_type: str | None = None) -> Counter[tuple[str, str]]:
    with seat.house.office.database.reading() as connection:
        return census(connection, seat.reader.actor, seat.reader.kind, case_type)


def _state(case_type: CaseType, code: str, many: int | None) -> dict[str, Any]:
    """A state, and where its cases are listed, for whoever sees any."""
    query = urlencode({"view": "all", "type": case_type.code, "state": code})
    state = case_type.state(code)
    return {"state": state, "open": many, "href": "" if many is None else f"/console?{query}"}
