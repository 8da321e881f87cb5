"""Why a limit ends on that date (期限说明): the end with its reasons, and the sentences that tell them.

Lives here: ``Due``, the list of days behind it, and its sentences.
Does not live here: finding the end (``counting``).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from itertools import groupby

from cases.ports import BEIJING
from cases.rules.calendar import Calendar
from cases.rules.pauses import Pause
from cases.rules.spans import ROLLING_UNITS, Span
from cases.rules.worktime import ONE_DAY, elapsed

STARTING_DAY = "起算当日不计"
PASSED = "当日办公时间已过"
CLOCK_UNITS = frozenset({"min", "h", "work_h"})


@dataclass(frozen=True)
class Counted:
    """One day on the way to the end: whether the limit counts it, and why."""

    day: date
    counted: bool
    why: str


@dataclass(frozen=True)
class Due:
    """When a limit ends (期限届满).

    ``at`` is in legal time (+08:00): 23:59:59 of the last day for wd, d, m, y; the exact moment for h and min; the
    exact second for work_h. ``provisional`` (暂算): a day was asked whose State Council notice is not known, so the end
    may move. ``days`` is filled only when an explanation was asked for. ``rule`` is the counting rule in Chinese.
    """

    at: datetime
    provisional: bool
    days: tuple[Counted, ...]
    rule: str
    start: datetime
    span: Span


@dataclass(frozen=True)
class Course:
    """The way of a limit: its start, where it ends by its own length, and where it ends after rolling over days off."""

    begin: datetime
    nominal: datetime
    last: datetime
    pauses: Sequence[Pause]

    def days(self, span: Span, calendar: Calendar) -> tuple[Counted, ...]:
        """Every day from the start to the end, each with its reason."""
        if span.unit in CLOCK_UNITS:
            return tuple(self._timed_days(span, calendar))
        return tuple(self._whole_days(span, calendar))

    def _timed_days(self, span: Span, calendar: Calendar) -> Iterator[Counted]:
        """A day counts if some of its time was used; a pause that took all of it or a part is named."""
        for day in _days(self.begin.date(), self.last.date()):
            midnight = datetime.combine(day, time(), BEIJING)
            low, high = max(self.begin, midnight), min(self.last, midnight + ONE_DAY)
            could = elapsed(low, high, span.unit, calendar)
            used = elapsed(low, high, span.unit, calendar, self.pauses) if self.pauses else could
            pause = next((p for p in self.pauses if p.begins < high and p.ends > low), None)
            if used or not could:
                why = _why_timed(day, span, calendar, could > 0)
                yield Counted(day, used > 0, f"{why};其间{_paused(pause)}" if used < could and pause else why)
            else:
                yield Counted(day, False, _paused(pause) if pause else PASSED)

    def _whole_days(self, span: Span, calendar: Calendar) -> Iterator[Counted]:
        begin, nominal, last = self.begin.date(), self.nominal.date(), self.last.date()
        spells = [(pause.days, pause) for pause in self.pauses]
        yield Counted(begin, False, STARTING_DAY)
        for day in _days(begin + ONE_DAY, nominal):
            pause = next((pause for (low, high), pause in spells if low < day <= high), None)
            if pause is not None:
                yield Counted(day, False, _paused(pause))
            elif span.unit in ROLLING_UNITS:
                yield Counted(day, True, "自然日" if day != nominal else self._last_why(span, calendar))
            else:
                yield Counted(day, calendar.is_working(day), calendar.why(day))
        for day in _days(nominal + ONE_DAY, last):
            pause = next((pause for (low, high), pause in spells if low < day <= high), None)
            why = calendar.why(day) if pause is None else _paused(pause)
            yield Counted(day, False, f"{why},继续顺延" if day != last else f"顺延至此,{why}")

    def _last_why(self, span: Span, calendar: Calendar) -> str:
        why = calendar.why(self.nominal.date())
        if calendar.is_working(self.nominal.date()):
            return f"末日,{why}"
        return f"末日,{why},{'须顺延' if span.rolls else '不顺延'}"


def explain_lines(due: Due) -> list[str]:
    """The deadline told in Chinese, one sentence a line: start, rule, the days in runs, the end, 暂算 if provisional.

    The runs of days appear only when ``due`` was asked with ``explain=True``.
    """
    lines = [f"起算:{due.start:%Y-%m-%d %H:%M:%S},期限:{due.span.spoken}", f"计算规则:{due.rule}"]
    reached, by_days = 0, due.span.unit not in CLOCK_UNITS
    for (counted, why), run in groupby(due.days, key=lambda entry: (entry.counted, entry.why)):
        days = [entry.day for entry in run]
        when = f"{days[0]}" if len(days) == 1 else f"{days[0]}至{days[-1]}"
        first, reached = reached + 1, reached + (len(days) if counted else 0)
        number = f",第{first}日" if first == reached else f",第{first}至{reached}日"
        verdict = "不计入" if not counted else f"计入{number if by_days else ''}"
        lines.append(f"{when}:{verdict},{why}")
    lines.append(f"期限届满:{due.at:%Y-%m-%d %H:%M:%S}")
    if due.provisional:
        lines.append("暂算:涉及的年份尚无放假安排通知,通知收录后重新计算")
    return lines


def _why_timed(day: date, span: Span, calendar: Calendar, some: bool) -> str:
    """Why a day's time counts, or why it has none."""
    if span.unit != "work_h":
        return "连续计算,节假日不停" if some else "零时届满"
    return PASSED if calendar.is_working(day) and not some else calendar.why(day)


def _paused(pause: Pause) -> str:
    return f"暂停:{pause.reason}" if pause.reason else "暂停"


def _days(first: date, last: date) -> Iterator[date]:
    return (first + timedelta(days=n) for n in range((last - first).days + 1))
