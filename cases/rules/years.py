"""One year's holiday arrangement (一年的放假安排): what a State Council notice says about every day it speaks of.

Lives here: the arrangement as a value, what must hold of it before anybody counts by it, its CSV form, and putting
years together to a calendar. Does not live here: reading the notice's own text (``notices``) and keeping it (store).
"""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property
from itertools import groupby, pairwise
from pathlib import Path
from typing import get_args

from cases.errors import Malformed, PackBroken
from cases.rules.calendar import OFFICE_HOURS, SATURDAY, WEEKDAYS, Calendar, CalendarDay, Kind, Window
from cases.rules.statutory import LAW_FILE, LUNAR_FILE, Statutory, read_statutory
from cases.rules.tables import table_rows, utf8

COLUMNS = ("date", "kind", "name", "notice")
DECEMBER = 12
ONE_DAY = timedelta(days=1)

Listed = tuple[str, CalendarDay]
"""A day with the place it was read from, such as "2027.csv 第3行"."""


@dataclass(frozen=True)
class Year:
    """The days a year's notices speak of, in order; every other day of the year follows the weekend."""

    year: int
    days: tuple[CalendarDay, ...]

    @cached_property
    def notice(self) -> str:
        """Title and number of the notice, or of each, where several made the year."""
        return "、".join(dict.fromkeys(entry.notice for entry in self.days))

    @cached_property
    def canonical(self) -> str:
        """The days as one JSON text, the same for the same days."""
        rows = [[entry.day.isoformat(), entry.kind, entry.name, entry.notice] for entry in self.days]
        return json.dumps(rows, ensure_ascii=False, separators=(",", ":"))

    @cached_property
    def digest(self) -> str:
        """SHA-256 of the canonical text: two arrangements are the same exactly when their digests are."""
        return hashlib.sha256(self.canonical.encode()).hexdigest()

    @classmethod
    def from_canonical(cls, year: int, text: str) -> Year:
        """The year from its canonical text."""
        rows = json.loads(text)
        return cls(year, tuple(CalendarDay(date.fromisoformat(day), *rest) for day, *rest in rows))

    def amended(self, days: Iterable[CalendarDay]) -> Year:
        """The same year where a later notice speaks of some of its days."""
        merged = {entry.day: entry for entry in (*self.days, *days)}
        return Year(self.year, tuple(entry for _, entry in sorted(merged.items())))


@dataclass(frozen=True)
class Arrangement:
    """What one notice arranges: a year, and sometimes the last days of the December before it."""

    year: Year
    december: tuple[CalendarDay, ...] = ()


def arrangement_of(year: int, listed: Sequence[Listed], statutory: Statutory, extra: int = 0) -> Arrangement:
    """The arrangement of these days, if they hold together; else ``Malformed`` names the place and the day.

    Refused: a day twice; a day of another year (but of the December before); "work" on a weekday; a hole in the run of
    a holiday; a holiday of the law that is not off; and days off on weekdays that neither the law gives nor make-up
    days pay for. ``extra`` is how many days off the State Council gave beyond the law in this year.
    """
    _check_days(year, listed)
    _check_runs(listed)
    _check_law(year, listed, statutory, extra)
    days = sorted((entry for _, entry in listed), key=lambda entry: entry.day)
    ours = tuple(entry for entry in days if entry.day.year == year)
    return Arrangement(Year(year, ours), tuple(entry for entry in days if entry.day.year < year))


def _check_days(year: int, listed: Sequence[Listed]) -> None:
    seen: dict[date, str] = {}
    for place, entry in listed:
        day = entry.day
        if day.year != year and (day.year, day.month) != (year - 1, DECEMBER):
            raise Malformed(f"{place}: {day} 不在{year}年内")
        if day in seen:
            raise Malformed(f"{place}: {day} 重复,已见于{seen[day]}")
        if entry.kind == "work" and day.weekday() < SATURDAY:
            raise Malformed(f"{place}: {day} 是{WEEKDAYS[day.weekday()]},不是周末,不能标为调休上班")
        seen[day] = place


def _check_runs(listed: Sequence[Listed]) -> None:
    """The days off of a holiday follow each other; only 元旦 may come twice, at both ends of a year."""
    off = sorted(((entry.name, entry.day, place) for place, entry in listed if entry.kind == "off"))
    for _, run in groupby(off, key=lambda one: one[0]):
        for (_, before, _), (name, after, place) in pairwise(run):
            at_both_ends = before.month == 1 and after.month == DECEMBER
            if after - before > ONE_DAY and not at_both_ends:
                missing = before + ONE_DAY
                raise Malformed(f"{place}: {name}放假缺少 {missing}({WEEKDAYS[missing.weekday()]}),各日须相连")


def _check_law(year: int, listed: Sequence[Listed], statutory: Statutory, extra: int) -> None:
    if not statutory.knows(year):
        raise Malformed(f"{year}年的法定节假日未收录,不能核对,请先更新法定节假日表")
    kinds = {entry.day: entry.kind for _, entry in listed}
    for day, name in sorted(statutory.days(year).items()):
        if kinds.get(day) != "off":
            raise Malformed(f"{year}年缺少法定假日 {day}({WEEKDAYS[day.weekday()]},{name}),安排不完整")
    off = sum(kind == "off" and day.weekday() < SATURDAY for day, kind in kinds.items())
    work = sum(kind == "work" for kind in kinds.values())
    given = statutory.count(year)
    if off - work != given + extra:
        raise Malformed(
            f"{year}年放假占用工作日 {off} 天,调休上班 {work} 天,相差 {off - work} 天;"
            f"法定节假日为 {given} 天({statutory.source(year)}){f',另行放假 {extra} 天' if extra else ''},两数应当相等"
        )


def read_year(name: str, text: str, year: int | None = None) -> tuple[int, list[Listed]]:
    """The days in the CSV text of one year, ``date,kind,name,notice``, and the year (of the first day, unless given).

    ``PackBroken`` names file and line where a cell cannot be read; what the days mean together is not checked here.
    """
    listed: list[Listed] = []
    for place, row in table_rows(name, text, COLUMNS):
        entry = _read_day(place, row)
        year = entry.day.year if year is None else year
        if entry.day.year != year:
            raise PackBroken(f"{place}: {entry.day} 不在{year}年内", place=place)
        listed.append((place, entry))
    if year is None:
        raise PackBroken(f"{name}: 没有任何一天", file=name)
    return year, listed


def _read_day(place: str, row: Mapping[str, str]) -> CalendarDay:
    if not all(row.values()):
        raise PackBroken(f"{place}: 须填满 {len(COLUMNS)} 列", place=place)
    text, kind, name, notice = (row[column] for column in COLUMNS)
    try:
        day = date.fromisoformat(text)
    except ValueError as error:
        raise PackBroken(f"{place}: 日期 {text!r} 无法识别,应形如 2026-01-01", place=place) from error
    if kind not in get_args(Kind):
        raise PackBroken(f"{place}: kind 只能是 off 或 work,不能是 {kind!r}", place=place)
    return CalendarDay(day, "work" if kind == "work" else "off", name, notice)


def read_calendar(folder: Path, windows: tuple[Window, ...] = OFFICE_HOURS) -> Calendar:
    """Read every ``<year>.csv`` of the folder and the holidays of the law beside them.

    Raises ``PackBroken`` naming file, line and reason: a file name without a year, a missing year between two files,
    and whatever ``arrangement_of`` refuses (a half-entered file would pass for a known year and give wrong deadlines
    unmarked).
    """
    statutory = read_statutory(folder)
    files = [file for file in sorted(folder.glob("*.csv")) if file.name not in (LAW_FILE, LUNAR_FILE)]
    if not files:
        raise PackBroken(f"{folder.name}: 没有任何年份的放假安排文件", file=str(folder))
    years = [_read_file(file, statutory) for file in files]
    known = [one.year for one in years]
    missing = sorted(set(range(known[0], known[-1] + 1)) - set(known))
    if missing:
        raise PackBroken(f"{folder.name}: 缺少{missing[0]}年的放假安排,年份必须连续", file=str(folder))
    return Calendar.of((entry for one in years for entry in one.days), known, windows, statutory)


def _read_file(file: Path, statutory: Statutory) -> Year:
    if not re.fullmatch(r"(19|20|21)[0-9]{2}", file.stem):
        raise PackBroken(f"{file.name}: 文件名须为四位年份,例如 2026.csv", file=file.name)
    year, listed = read_year(file.name, utf8(file), int(file.stem))
    try:
        return arrangement_of(year, listed, statutory).year
    except Malformed as refusal:
        raise PackBroken(f"{file.name}: {refusal.sentence}", file=file.name) from refusal


def year_of(calendar: Calendar, year: int) -> Year | None:
    """The arrangement of a known year as it stands in a calendar."""
    if year not in calendar.known_years:
        return None
    return Year(year, tuple(entry for day, entry in sorted(calendar.days.items()) if day.year == year))


def with_years(calendar: Calendar, years: Iterable[Year]) -> Calendar:
    """The calendar with these years in the place of its own."""
    put = {one.year: one for one in years}
    kept = [entry for day, entry in calendar.days.items() if day.year not in put]
    days = [*kept, *(entry for one in put.values() for entry in one.days)]
    return Calendar.of(days, calendar.known_years | set(put), calendar.windows, calendar.statutory)
