"""The overview (全区概况) at ``/console/overview``: communities as small bars, stations and departments as tables.

A table is sorted by the address, so it needs no script, and is handed out as CSV. What does not live here: the figures
(api.overview).
"""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Annotated, Any
from urllib.parse import urlencode

from fastapi import APIRouter, Depends, Query, Request
from starlette.responses import Response

from api.console.entrance import Seat, SeatOf
from api.console.frame import page
from api.console.labels import Labels
from api.console.queue import Wish
from api.console.today import area_of
from api.overview import Department, Line, Overview, Seen, Span
from api.wishes import EARLIEST
from cases.errors import Malformed
from cases.intake.rejects import defused
from cases.ports import BEIJING
from cases.rules.shares import Share

router = APIRouter()
PERIODS = (7, 30, 90)
USUAL = 30
BOM = "\ufeff"


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a table: its name, what it is sorted by, and, for one that counts, what stands in a cell."""

    code: str
    name: str
    key: Callable[[Any], float | str]
    cell: Callable[[Any], Any]


def _share(code: str, name: str, of: Callable[[Any], Share]) -> Column:
    return Column(code, name, lambda one: of(one).count / of(one).of if of(one).of else -1.0, of)


def _figure(code: str, name: str, of: Callable[[Any], float | None]) -> Column:
    return Column(code, name, lambda one: -1.0 if (found := of(one)) is None else found, of)


_PLACE: Sequence[Column] = (
    _figure("open", "在办", lambda one: one.open),
    _share("overdue", "超期/在办", lambda one: one.overdue),
    _figure("came", "本期登记", lambda one: one.came),
)
TABLES: Mapping[str, Sequence[Column]] = {
    "communities": _PLACE,
    "stations": _PLACE,
    "departments": (
        _figure("given", "本期派遣", lambda one: one.given),
        _share("signed", "按时签收", lambda one: one.signed),
        _share("handled", "按时办结", lambda one: one.handled),
        _share("returned", "退单/派遣", lambda one: one.returned),
        _figure("open", "在办", lambda one: one.open),
        _share("overdue", "超期/在办", lambda one: one.overdue),
        _figure("mean", "平均用时(小时)", lambda one: one.took.mean),
        _figure("middle", "中位用时(小时)", lambda one: one.took.middle),
    ),
}
NAMES: Mapping[str, str] = {"communities": "小区", "stations": "工作站", "departments": "部门"}


@dataclass(frozen=True, slots=True)
class Look:
    """What the address says: the days, and by which column which table is sorted."""

    span: Span
    days: int
    sort: str = "open"
    up: bool = False

    def address(self, path: str = "/console/overview", **changed: str) -> str:
        """The address of this look, with some things said differently."""
        said = {"from": self.span.first.isoformat(), "to": self.span.last.isoformat(), "sort": self.sort}
        said |= {"order": "up"} if self.up else {}
        return f"{path}?{urlencode({**said, **changed})}"


def read_look(
    seat: SeatOf,
    days: Annotated[str, Query(max_length=8)] = "",
    first: Annotated[str, Query(alias="from", max_length=16)] = "",
    last: Annotated[str, Query(alias="to", max_length=16)] = "",
    sort: Annotated[str, Query(max_length=16)] = "open",
    order: Annotated[str, Query(max_length=4)] = "",
) -> Look:
    """The look of an address; days nobody knows are the usual ones. Malformed for days out of order."""
    today = seat.house.office.clock.now().astimezone(BEIJING).date()
    many = int(days) if days.isascii() and days.isdigit() and int(days) in PERIODS else USUAL
    begins, ends = _day(first), _day(last)
    if begins is None or ends is None:
        return Look(Span(today - timedelta(days=many - 1), today), many, sort, order == "up")
    if ends < begins:
        raise Malformed("截止日不得早于起始日", {"to": "截止日不得早于起始日"})
    ends = min(ends, today)
    back = (ends - begins).days + 1
    return Look(Span(begins, max(begins, ends)), back if ends == today and back in PERIODS else 0, sort, order == "up")


def _day(text: str) -> date | None:
    try:
        found = date.fromisoformat(text)
    except ValueError:
        return None
    return found if found >= EARLIEST else None


LookOf = Annotated[Look, Depends(read_look)]


@router.get("/overview", include_in_schema=False)
def show_overview(request: Request, seat: SeatOf, look: LookOf) -> Response:
    """The overview of whoever looks; 403 for whoever has none."""
    seen, labels = Overview(seat.house).view(seat.reader, look.span), Labels(seat.house.office, seat.lang)
    tables = {
        name: (NAMES[name], columns, ordered(rows_of(seen, name), columns, look)) for name, columns in TABLES.items()
    }
    most = max((one.open for one in seen.communities), default=0) or 1
    return page(
        request,
        "overview.html",
        seat=seat,
        area=area_of(seat.reader, labels),
        look=look,
        periods=PERIODS,
        tables=tables,
        smalls=[(one, _bar(one, most), _cases(one)) for one in tables["communities"][2]],
        matters=[
            (code, name or labels.say("未认定事项"), many, round(100 * many / seen.matters[0][2], 1))
            for code, name, many in seen.matters
        ],
    )


@router.get("/overview.csv", include_in_schema=False)
def download(seat: SeatOf, look: LookOf, table: Annotated[str, Query(max_length=16)] = "departments") -> Response:
    """One table as CSV: counts with their bases, never a share."""
    if table not in TABLES:
        raise Malformed("没有这张表", {"table": "、".join(TABLES)})
    seen = Overview(seat.house).view(seat.reader, look.span)
    rows = ordered(rows_of(seen, table), TABLES[table], look)
    name = f"huiyin-{table}-{look.span.first}-{look.span.last}.csv"
    headers = {"Content-Disposition": f'attachment; filename="{name}"', "Cache-Control": "no-store"}
    return Response(written(rows, table, seat), media_type="text/csv; charset=utf-8", headers=headers)


def rows_of(seen: Seen, table: str) -> Sequence[Line | Department]:
    """The rows of a table."""
    return {"communities": seen.communities, "stations": seen.stations, "departments": seen.departments}[table]


def ordered(rows: Sequence[Any], columns: Sequence[Column], look: Look) -> list[Any]:
    """The rows by the column that is asked for, if this table has it: else by name."""
    key = next((one.key for one in columns if one.code == look.sort), None)
    named = sorted(rows, key=lambda one: (one.name, one.code))
    return named if key is None else sorted(named, key=key, reverse=not look.up)


def written(rows: Sequence[Any], table: str, seat: Seat) -> str:
    """A table as CSV, with the mark by which table programs know its letters."""
    labels = Labels(seat.house.office, seat.lang)
    out = io.StringIO()
    pen = csv.writer(out)
    heads = [labels.say("代码"), labels.say(NAMES[table])]
    for column in TABLES[table]:
        counts = [column.name, f"{labels.say(column.name)}·{labels.say('基数')}"]
        heads += [labels.say(counts[0]), counts[1]] if _is_share(rows, column) else [labels.say(counts[0])]
    pen.writerow(heads)
    for row in rows:
        cells: list[Any] = [row.code, row.name]
        for column in TABLES[table]:
            cell = column.cell(row)
            cells += [cell.count, cell.of] if isinstance(cell, Share) else ["" if cell is None else cell]
        pen.writerow([defused(cell) if isinstance(cell, str) else cell for cell in cells])
    return BOM + out.getvalue()


def _is_share(rows: Sequence[Any], column: Column) -> bool:
    return bool(rows) and isinstance(column.cell(rows[0]), Share)


def _bar(one: Line, most: int) -> tuple[float, float]:
    """The overdue part of a community's bar, and all of it."""
    return round(100 * one.overdue.count / most, 1), round(100 * one.open / most, 1)


def _cases(one: Line) -> str:
    return Wish(view="open", type="clue", community=one.code).address() if one.code else ""
