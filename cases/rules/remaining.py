"""How much of a limit is left, was used, or is overrun (余时、用时、超时), in office time and in words.

Lives here: the figures and the phrase of one clock. Does not live here: counting itself (``worktime``, ``counting``)
and the light (``lights``).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from cases.rules.calendar import Calendar
from cases.rules.lights import ended_at
from cases.rules.pauses import Pause
from cases.rules.worktime import elapsed

BY_THE_CLOCK = frozenset({"min", "h"})
"""Units that run on through nights and holidays: what is left of them is said by the clock."""

DAY = 86_400


@dataclass(frozen=True, slots=True)
class Run:
    """How far one clock has come. ``stood`` are its stands that are over."""

    unit: str
    started: datetime
    due_at: datetime
    stopped_at: datetime | None = None
    stands_since: datetime | None = None
    stood: Sequence[Pause] = ()


@dataclass(frozen=True, slots=True)
class Standing:
    """How far a clock has come. ``left`` is office time in seconds until the end, negative past it, None once the clock
    was stopped; ``used`` is office time in seconds used up, without stands. ``kept`` says of a stopped clock whether it
    ended in time, ``spent`` how much it used up."""

    left: int | None
    used: int
    kept: bool | None
    words: str
    spent: str = ""


def standing_of(run: Run, now: datetime, calendar: Calendar) -> Standing:
    """How a clock stands at ``now``, under the office hours of whoever holds it."""
    until = ended_at(now, run.stopped_at, run.stands_since)
    used = elapsed(run.started, until, "work_h", calendar, run.stood)
    left = office_seconds(until, run.due_at, calendar)
    if run.stopped_at is None:
        return Standing(left, used, None, left_words(run, until, left, calendar))
    kept = until <= run.due_at
    spoken = _measured(run, run.started, until, used, calendar)
    words = "未超期" if kept else f"超期{_over(run, until, -left, calendar)}"
    return Standing(None, used, kept, words, f"用时{spoken}")


def left_words(run: Run, until: datetime, left: int, calendar: Calendar) -> str:
    """What is left of a clock that runs or stands still: "还剩1个工作日3小时"."""
    if until > run.due_at:
        return f"已超期{_over(run, until, -left, calendar)}"
    if run.unit not in BY_THE_CLOCK and not left:
        said = "未届满,办公时间已用完"
    else:
        said = f"还剩{_measured(run, until, run.due_at, left, calendar)}"
    return f"停表,{said}" if run.stands_since is not None else said


def office_seconds(until: datetime, due_at: datetime, calendar: Calendar) -> int:
    """Office time from ``until`` to ``due_at`` in seconds; negative when ``until`` is later."""
    if until > due_at:
        return -elapsed(due_at, until, "work_h", calendar)
    return elapsed(until, due_at, "work_h", calendar)


def spoken_office(seconds: int, calendar: Calendar) -> str:
    """Office time in words, a working day being as long as the office is open: "1个工作日3小时"."""
    return _spoken(seconds, calendar.shift_seconds, "个工作日")


def spoken_clock(seconds: int) -> str:
    """Time by the clock in words: "2天3小时"."""
    return _spoken(seconds, DAY, "天")


def _over(run: Run, until: datetime, office: int, calendar: Calendar) -> str:
    """By how much a clock is overrun; nothing where no office hour has passed since."""
    return "" if not office and run.unit not in BY_THE_CLOCK else _measured(run, run.due_at, until, office, calendar)


def _measured(run: Run, start: datetime, end: datetime, office: int, calendar: Calendar) -> str:
    """A stretch of a clock in words: by the clock where it runs through nights, else in office time."""
    if run.unit in BY_THE_CLOCK:
        return spoken_clock(elapsed(start, end, run.unit, calendar, run.stood))
    return spoken_office(office, calendar)


def _spoken(seconds: int, day: int, of_days: str) -> str:
    days, rest = divmod(seconds, day)
    hours, minutes = rest // 3600, rest % 3600 // 60
    said = f"{days}{of_days}" if days else ""
    if hours:
        said += f"{hours}小时"
    if minutes and not days:
        said += f"{minutes}分钟"
    return said or "不到1分钟"
