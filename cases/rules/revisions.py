"""What a holiday arrangement changes in the calendar (历年修订): which years get a new revision, and which days differ.

Lives here: whether an arrangement may be taken in, and what it changes. Does not live here: whether it holds together
(``years``) and writing it down (store).
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from cases.errors import Conflict, Malformed
from cases.rules.calendar import Calendar
from cases.rules.years import Arrangement, Year, with_years, year_of


@dataclass(frozen=True)
class Change:
    """One day that is not what it was: whether it is worked and why, before and after."""

    day: date
    was_working: bool
    was: str
    working: bool
    now: str


@dataclass(frozen=True)
class Revision:
    """The years to be written, the calendar with them, and the days that change; no years: nothing is new.

    ``replaces``: a year that was known is another now, so deadlines that were certain may move.
    """

    years: tuple[Year, ...]
    calendar: Calendar
    changes: tuple[Change, ...]
    replaces: bool = False


def revise(calendar: Calendar, arrangement: Arrangement, *, replace: bool = False) -> Revision:
    """What taking in an arrangement comes to.

    Raises ``Malformed`` when a year between it and the known ones is missing, and ``Conflict`` when a known year would
    get other content and no ``reason`` is given for replacing it.
    """
    _check_gap(calendar, arrangement.year.year)
    wanted = [arrangement.year, *_december(calendar, arrangement)]
    years = tuple(one for one in wanted if not _is_known(calendar, one))
    for one in years:
        known = year_of(calendar, one.year)
        if known is not None and not replace:
            days = "、".join(str(day) for day in _differing(known, one))
            raise Conflict(f"{one.year}年的放假安排已收录,内容不同({days});确需替换的,请写明替换和理由")
    after = with_years(calendar, years)
    replaces = any(one.year in calendar.known_years for one in years)
    return Revision(years, after, tuple(_changes(calendar, after, years)), replaces)


def _check_gap(calendar: Calendar, year: int) -> None:
    known = calendar.known_years
    if not known or min(known) - 1 <= year <= max(known) + 1:
        return
    missing = max(known) + 1 if year > max(known) else min(known) - 1
    raise Malformed(f"{year}年与已收录的{min(known)}至{max(known)}年不相连,请先收录{missing}年的放假安排")


def _december(calendar: Calendar, arrangement: Arrangement) -> Iterator[Year]:
    """The year before, where the notice speaks of its last days."""
    if not arrangement.december:
        return
    before = year_of(calendar, arrangement.year.year - 1)
    if before is None:
        days = "、".join(str(entry.day) for entry in arrangement.december)
        raise Malformed(f"通知涉及上一年的 {days},请先收录{arrangement.year.year - 1}年的放假安排")
    yield before.amended(arrangement.december)


def _is_known(calendar: Calendar, year: Year) -> bool:
    known = year_of(calendar, year.year)
    return known is not None and known.digest == year.digest


def _differing(known: Year, other: Year) -> list[date]:
    return sorted({entry.day for entry in set(known.days) ^ set(other.days)})


def _changes(before: Calendar, after: Calendar, years: tuple[Year, ...]) -> Iterator[Change]:
    """Days worked otherwise than before, and in a known year also those whose reason is another."""
    for year in sorted(one.year for one in years):
        first, was_known = date(year, 1, 1), year in before.known_years
        for n in range((date(year, 12, 31) - first).days + 1):
            day = first + timedelta(days=n)
            was, now = before.is_working(day), after.is_working(day)
            if was != now or (was_known and before.days.get(day) != after.days.get(day)):
                yield Change(day, was, before.why(day), now, after.why(day))
