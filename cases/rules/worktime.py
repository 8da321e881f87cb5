"""Time used up (已用时间): seconds of a unit between two moments, and the moment when a share of them is gone.

Lives here: office time to the second, clock time, and the start of the service clock (rule CR11).
Does not live here: the end of a limit (``counting``).
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from cases.errors import Malformed
from cases.ports import BEIJING
from cases.rules.calendar import Calendar, local
from cases.rules.pauses import Measure, Pause, pushed
from cases.rules.spans import UNITS, WORKING_UNITS

ONE_DAY = timedelta(days=1)


@dataclass(frozen=True)
class ClockTime:
    """Seconds by the clock, through nights and holidays (rule CR9)."""

    def gap(self, low: datetime, high: datetime) -> int:
        """Whole seconds from ``low`` to ``high``; 0 when ``high`` is not later."""
        return max(int((high - low).total_seconds()), 0)

    def push(self, point: datetime, amount: int) -> datetime:
        """The moment ``amount`` seconds later."""
        return point + timedelta(seconds=amount)


@dataclass(frozen=True)
class OfficeTime:
    """Seconds of office time (办公时间); moments in legal time."""

    calendar: Calendar

    def gap(self, low: datetime, high: datetime) -> int:
        """Office seconds from ``low`` to ``high``; 0 when ``high`` is not later."""
        if high <= low:
            return 0
        first, last = low.date(), high.date()
        here = self._done_today(high) - self._done_today(low)
        if first == last:
            return here
        days = self.calendar.working_between(first - ONE_DAY, last - ONE_DAY)
        return days * self.calendar.shift_seconds + here

    def push(self, point: datetime, amount: int) -> datetime:
        """The first moment at which ``amount`` office seconds have passed since ``point``."""
        if amount <= 0:
            return point
        day, amount = point.date(), amount + self._done_today(point)
        if not self.calendar.is_working(day):
            day = self.calendar.working_after(day, 1)
        full_days, today = divmod(amount - 1, self.calendar.shift_seconds)
        if full_days:
            day = self.calendar.working_after(day, full_days)
        return self._moment(day, today + 1)

    def end(self, begin: datetime, amount: int, spells: Iterable[tuple[datetime, datetime]]) -> datetime:
        """The first moment at which ``amount`` office seconds have passed since ``begin``, those of the spells left
        out: what ``pushed`` does, on a scale of office seconds since the midnight before, so that only the end itself
        is turned into a moment."""
        before = begin.date() - ONE_DAY
        floor = self._done_today(begin)
        end = floor + amount
        for begins, ends in sorted(spells):
            low = max(self._scaled(before, begins), floor)
            if low >= end:
                break
            high = self._scaled(before, ends)
            if high > low:
                end, floor = end + high - low, high
        full_days, today = divmod(end - 1, self.calendar.shift_seconds)
        return self._moment(self.calendar.working_after(before, full_days + 1), today + 1)

    def _scaled(self, before: date, moment: datetime) -> int:
        """Office seconds from the end of a day to a moment; 0 when the moment is not later."""
        day = moment.date()
        if day <= before:
            return 0
        days = self.calendar.working_between(before, day - ONE_DAY)
        return days * self.calendar.shift_seconds + self._done_today(moment)

    def _done_today(self, moment: datetime) -> int:
        """Office seconds of the moment's own day that have passed; 0 on a day off."""
        if not self.calendar.is_working(moment.date()):
            return 0
        clock, done = moment.hour * 3600 + moment.minute * 60 + moment.second, 0
        for opens, closes in self.calendar.shifts:
            if clock <= opens:
                break
            done += min(clock, closes) - opens
        return done

    def _moment(self, day: date, done: int) -> datetime:
        """The first moment of a working day at which ``done`` of its office seconds (1 or more) have passed."""
        for opens, closes in self.calendar.shifts:
            if done <= closes - opens:
                return _at(day, opens + done)
            done -= closes - opens
        raise ValueError("more seconds than the day has office time")


def sla_start(moment: datetime, calendar: Calendar) -> datetime:
    """When the service clock (服务时限) of something received at ``moment`` starts (rule CR11).

    Inside office hours, and exactly at closing time: at once. Otherwise at the next opening: after work and on days
    off that of the next working day, before work or in the lunch break that of the same day. The statutory clock is
    not asked here: it starts at receipt.
    """
    here = local(moment)
    day, clock = here.date(), here.time()
    if not calendar.is_working(day) or clock > calendar.windows[-1].closes:
        return _at(calendar.working_after(day, 1), calendar.shifts[0][0])
    for window in calendar.windows:
        if clock < window.opens:
            return datetime.combine(day, window.opens, BEIJING)
        if clock <= window.closes:
            break
    return here


def elapsed(start: datetime, now: datetime, unit_kind: str, calendar: Calendar, pauses: Sequence[Pause] = ()) -> int:
    """Whole seconds of the unit's own time from ``start`` to ``now``, pauses left out; 0 when ``now`` is not later.

    Limits in wd and work_h are measured in office time, all others by the clock. All moments are cut to the second.
    Raises ``Malformed`` for an unknown unit or a moment without time zone.
    """
    measure = _measure(unit_kind, calendar)
    floor, end = local(start).replace(microsecond=0), local(now).replace(microsecond=0)
    total = measure.gap(floor, end)
    for begins, ends in sorted(pause.seconds for pause in pauses):
        low, high = max(begins, floor), min(ends, end)
        if high > low:
            total -= measure.gap(low, high)
            floor = high
    return total


def moment_at_share(
    start: datetime, due_at: datetime, share: float, unit: str, calendar: Calendar, pauses: Sequence[Pause] = ()
) -> datetime:
    """The moment when ``share`` (0 to 1) of the limit from ``start`` to ``due_at`` is used up, to the next second.

    Measured as ``elapsed`` does: ``elapsed(start, moment)`` is ``share`` of ``elapsed(start, due_at)``, rounded up. A
    limit in working time is wholly used up at the last closing time, not at midnight. Where the limit holds no such
    time at all the answer is ``due_at``. Raises ``Malformed`` when the share is outside 0 to 1 or the limit ends before
    it starts.
    """
    if not 0 <= share <= 1:
        raise Malformed(f"比例有误:{share!r}", {"share": "须在 0 与 1 之间"})
    begin, end = local(start), local(due_at)
    if end < begin:
        raise Malformed("期限届满早于起算", {"due_at": "不得早于起算时间"})
    total = elapsed(begin, end, unit, calendar, pauses)
    if total == 0:
        return end
    # the allowance keeps 0.8 of 100 s at 80 s, which floating point may put a hair above
    target = math.ceil(total * share - 1e-6)
    if target == 0:
        return begin
    measure, floor = _measure(unit, calendar), begin.replace(microsecond=0)
    return pushed(measure.push(floor, target), floor, [pause.seconds for pause in pauses], measure)


def _measure(unit: str, calendar: Calendar) -> Measure[datetime]:
    if unit not in UNITS:
        raise Malformed(f"期限单位不明:{unit!r}", {"unit": f"只能是 {'、'.join(UNITS)}"})
    return OfficeTime(calendar) if unit in WORKING_UNITS else ClockTime()


def _at(day: date, seconds: int) -> datetime:
    return datetime.combine(day, time(), BEIJING) + timedelta(seconds=seconds)
