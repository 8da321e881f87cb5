"""When a limit ends (期限计算): the statutory counting rules CR1 to CR11 as arithmetic.

Lives here: ``due`` (the end of a limit), ``later`` (an offset from a moment) and ``plan_by`` (the day to finish by).
Does not live here: which limit applies (pack), its pauses' causes (case type), and the words of the law
(``counting_rules``). The neighbours' names are offered here too, so that callers need one import.
"""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from cases.ports import BEIJING
from cases.rules.calendar import Calendar, local
from cases.rules.counting_rules import CountingRule, read_rules, rule_for
from cases.rules.pauses import Pause, pushed
from cases.rules.reasons import Counted, Course, Due, explain_lines
from cases.rules.spans import ROLLING_UNITS, Span, parse_rule, span_of
from cases.rules.worktime import ClockTime, OfficeTime, elapsed, moment_at_share, sla_start

__all__ = (
    "Counted",
    "CountingRule",
    "Due",
    "Pause",
    "Span",
    "due",
    "elapsed",
    "explain_lines",
    "later",
    "moment_at_share",
    "parse_rule",
    "plan_by",
    "read_rules",
    "rule_for",
    "sla_start",
    "span_of",
)

DAY_ENDS = time(23, 59, 59, tzinfo=BEIJING)
SECONDS = {"min": 60, "h": 3600, "work_h": 3600}

PLAIN_RULES = {
    "min": "按分钟连续计算,夜间和节假日不停(CR9)",
    "h": "按小时连续计算,夜间和节假日不停(CR9)",
    "work_h": "按工作小时计算,只计工作日的办公时间(CR11)",
    "wd": "按工作日计算,起算当日不计,调休上班日计入,止于末日24时(CR8)",
    "d": "按自然日计算,起算当日不计,末日为休息日的顺延至下一个工作日,止于末日24时(CR7)",
    "m": "按月计算,起算当日不计,止于到期月的对应日或月末日,末日为休息日的顺延至下一个工作日(CR7)",
    "y": "按年计算,起算当日不计,止于到期年的对应日或月末日,末日为休息日的顺延至下一个工作日(CR7)",
    "d!": "按自然日计算,起算当日不计,末日为休息日的不顺延(CR10)",
    "m!": "按月计算,起算当日不计,止于到期月的对应日或月末日,末日为休息日的不顺延(CR10)",
    "y!": "按年计算,起算当日不计,止于到期年的对应日或月末日,末日为休息日的不顺延(CR10)",
}
"""How the limit was counted, where the caller names no rule of a law."""


@dataclass(frozen=True)
class NaturalDays:
    """Calendar days (自然日)."""

    def gap(self, low: date, high: date) -> int:
        """Days after ``low`` up to ``high``."""
        return (high - low).days

    def push(self, point: date, amount: int) -> date:
        """The day ``amount`` days later."""
        return point + timedelta(days=amount)


@dataclass(frozen=True)
class WorkingDays:
    """Working days (工作日), make-up days included (rule CR8)."""

    calendar: Calendar

    def gap(self, low: date, high: date) -> int:
        """Working days after ``low`` up to ``high``."""
        return self.calendar.working_between(low, high)

    def push(self, point: date, amount: int) -> date:
        """The ``amount``-th working day after ``point``."""
        return self.calendar.working_after(point, amount) if amount else point


def due(
    start: datetime,
    span: Span,
    calendar: Calendar,
    *,
    explain: bool = False,
    rule: CountingRule | None = None,
    pauses: Sequence[Pause] = (),
) -> Due:
    """When a limit that starts at ``start`` ends (期限届满).

    - d, m, y: the starting day is not counted; months and years end on the matching day or the month's last day; a
      last day that is not worked rolls to the next working day (民事诉讼法 85; 民法典 200-204) but for "!" (CR10).
    - wd: the starting day is not counted, make-up days are (行政处罚法 85; 行政强制法 69; 行政复议法 88; CR8).
    - h, min: run on through nights and holidays to the exact moment (CR9). work_h: office time only (CR11).
    - ``pauses`` are not counted; one that begins after the limit has ended changes nothing. No limit runs out in a
      pause: if its last day falls into one, the day the pause ends is the last (or the next day that can be).

    ``rule`` puts the words of a law into the answer; ``explain`` fills in every day, which is slower. The end is
    provisional only where a day of an unknown year was asked: a limit by the clock or without roll-over never is.
    Raises ``Malformed`` when ``start`` has no time zone or the end lies beyond the countable years.
    """
    begin = local(start)
    if span.unit in SECONDS:
        nominal = last = _end_moment(begin, span, calendar, pauses)
    else:
        end = _end_day(begin.date(), span, calendar, pauses)
        nominal = datetime.combine(end, DAY_ENDS)
        last = datetime.combine(_last_day(end, span, calendar, pauses), DAY_ENDS)
    days = Course(begin, nominal, last, pauses).days(span, calendar) if explain else ()
    words = rule.said if rule is not None else PLAIN_RULES[span.kind]
    return Due(last, _provisional(begin, nominal, last, span, calendar), days, words, begin, span)


def later(moment: datetime, span: Span, calendar: Calendar) -> datetime:
    """The moment after an offset: "1wd" or "1h" past a deadline, for the rungs of a ladder (督办).

    Unlike ``due`` the time of day is kept: "1wd" after 23:59:59 is 23:59:59 of the next working day.
    """
    here = local(moment)
    if span.unit in SECONDS:
        return _end_moment(here, span, calendar, ())
    day = _end_day(here.date(), span, calendar, ())
    return datetime.combine(calendar.working_from(day) if _rolls(span) else day, here.timetz())


def plan_by(start: datetime, span: Span, calendar: Calendar, pauses: Sequence[Pause] = ()) -> datetime:
    """When an authority should be done (rule CR10): its last working day not after the end without roll-over.

    Where no working day lies between start and end, the end itself. Limits by the clock end when they end.
    """
    begin, fixed = local(start), span_of(span.amount, span.unit, rolls=False)
    end = due(begin, fixed, calendar, pauses=pauses).at
    if span.unit in SECONDS:
        return end
    planned = datetime.combine(calendar.working_until(end.date()), DAY_ENDS)
    return planned if planned >= begin else end


def _end_moment(begin: datetime, span: Span, calendar: Calendar, pauses: Sequence[Pause]) -> datetime:
    seconds = span.amount * SECONDS[span.unit]
    if span.unit == "work_h":
        return OfficeTime(calendar).end(begin, seconds, [pause.seconds for pause in pauses])
    clock = ClockTime()
    end = clock.push(begin, seconds)
    return pushed(end, begin, [pause.seconds for pause in pauses], clock) if pauses else end


def _end_day(begin: date, span: Span, calendar: Calendar, pauses: Sequence[Pause]) -> date:
    if span.unit == "wd":
        end = calendar.working_after(begin, span.amount)
    elif span.unit == "d":
        end = begin + timedelta(days=span.amount)
    else:
        end = _months_later(begin, span.amount * (12 if span.unit == "y" else 1))
    if not pauses:
        return end
    measure = WorkingDays(calendar) if span.unit == "wd" else NaturalDays()
    return pushed(end, begin, [pause.days for pause in pauses], measure)


def _last_day(end: date, span: Span, calendar: Calendar, pauses: Sequence[Pause]) -> date:
    """The last day after what happens on it: a day off rolls on, and so does a day at whose end the limit stood."""
    last = calendar.working_from(end) if _rolls(span) else end
    for begins, ends in sorted(pause.days for pause in pauses) if pauses else ():
        if begins <= last < ends:
            last = calendar.working_from(ends) if _rolls(span) or span.unit == "wd" else ends
    return last


def _months_later(day: date, months: int) -> date:
    """The matching day (对应日) so many months on, or that month's last day (rule CR7)."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def _rolls(span: Span) -> bool:
    return span.rolls and span.unit in ROLLING_UNITS


def _provisional(begin: datetime, nominal: datetime, last: datetime, span: Span, calendar: Calendar) -> bool:
    if span.unit == "wd":
        return not calendar.knows_all(begin.date() + timedelta(days=1), last.date())
    if span.unit == "work_h":
        return not calendar.knows_all(begin.date(), last.date())
    return _rolls(span) and not calendar.knows_all(nominal.date(), last.date())
