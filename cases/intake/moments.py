"""Moments (时间) as people write them, read as Chinese local time.

Knows the spellings of exports, spreadsheets and of people who type; every reading that is not the documented
``YYYY-MM-DDTHH:MM:SS`` says how it was understood. What does not live here: whether a moment may be in the future or
how old it may be (``judgement``).
"""

from __future__ import annotations

import re
import unicodedata
from datetime import date, datetime, timedelta, timezone
from typing import NamedTuple

from cases.intake.cleaning import clip, plain_line

CHINA = timezone(timedelta(hours=8))

_EXPECTED = re.compile(r"(\d{4})-(\d\d)-(\d\d)T(\d\d):(\d\d)(?::(\d\d)(?:\.\d{1,9})?)?", re.ASCII)
_OFFSET = re.compile(_EXPECTED.pattern.replace("T", "[T ]") + r"(Z|[+-]\d\d:?\d\d)", re.ASCII)
_COMPACT = re.compile(r"(\d{4})(\d\d)(\d\d)(?:[T ]?(\d\d):?(\d\d)(?::?(\d\d))?)?", re.ASCII)
_DAY_ALONE = re.compile(r"\d{4}-\d\d-\d\d", re.ASCII)
_YEAR_FIRST = re.compile(r"(?:19|20)\d\d(?=[-/.年]|\d{4}(?!\d))", re.ASCII)
_SERIAL = re.compile(r"\d{5}(?:\.\d{1,15})?", re.ASCII)
_SERIAL_DAY_ZERO = datetime(1899, 12, 30, tzinfo=CHINA)
_SERIAL_RANGE = (36_526.0, 73_051.0)  # 2000 to 2099

_DAY = r"(?:(?P<year>\d{4})\s*[-/.年]\s*)?(?P<month>\d{1,2})\s*(?P<sign>[-/.月])\s*(?P<day>\d{1,2})\s*[日号]?"
_PERIOD = r"(?P<period>凌晨|清晨|早晨|早上|上午|中午|下午|傍晚|晚上|夜里|深夜|半夜|早|晚)"
_MINUTE = r"(?:(?P<minute>\d{1,2})(?:\s*[:分]\s*(?P<second>\d{1,2})\s*秒?)?\s*分?|(?P<part>半|一刻|三刻|整|钟))"
_TIME = rf"{_PERIOD}?\s*(?P<hour>\d{{1,2}})\s*[:点时]\s*{_MINUTE}?"
_WRITTEN = re.compile(
    rf"{_DAY}[\sT,]*(?:[(]?(?:星期|周)[一二三四五六日天][)]?\s*)?(?:{_TIME})?\s*(?P<about>左右|前后|许|多)?", re.ASCII
)
_PARTS = {"半": 30, "一刻": 15, "三刻": 45, "整": 0, "钟": 0}
_AFTERNOON = frozenset({"下午", "傍晚"})
_EVENING = frozenset({"晚上", "晚", "夜里", "深夜", "半夜"})
_SMALL_HOURS = 5  # 夜里三点 is three in the morning, 晚上八点 is twenty o'clock


class Moment(NamedTuple):
    """A moment, aware at +08:00, and the sentence on how an unusual spelling was understood."""

    at: datetime
    note: str | None


def read_moment(cell: str, as_of: datetime) -> Moment | None:
    """The moment a cell names, or ``None`` when it names none.

    A date without a year is the latest such date not after ``as_of``; one without an hour is the start of the day.
    """
    text = unicodedata.normalize("NFKC", plain_line(cell).text)
    if len(text) > 60:
        return None
    try:
        return _expected(text) or _with_offset(text) or _serial(text) or _compact(text) or _written(text, as_of)
    except (ValueError, OverflowError):  # digits that are no date: month 13, 30 February, hour 25
        return None


def read_day(cell: str) -> date | None:
    """The day a cell names in full, year included, in any spelling of ``read_moment``; ``None`` when it names none."""
    text = unicodedata.normalize("NFKC", plain_line(cell).text)
    try:
        return date.fromisoformat(text) if _DAY_ALONE.fullmatch(text) else _day_of(text)
    except ValueError:  # 30 February
        return None


def _day_of(text: str) -> date | None:
    """A day in another spelling; without a year it would be a guess, and a moment of the day is let go."""
    if not _YEAR_FIRST.match(text) and not _SERIAL.fullmatch(text):
        return None
    moment = read_moment(text, datetime.max.replace(tzinfo=CHINA))
    return moment.at.date() if moment else None


def said(at: datetime) -> str:
    """A moment in a sentence, in Chinese local time to the minute."""
    return f"{at.astimezone(CHINA):%Y-%m-%d %H:%M}"


def _expected(text: str) -> Moment | None:
    found = _EXPECTED.fullmatch(text)
    return Moment(_at(*found.groups()), None) if found else None


def _with_offset(text: str) -> Moment | None:
    if not _OFFSET.fullmatch(text):
        return None
    at = datetime.fromisoformat(text.upper()).astimezone(CHINA).replace(microsecond=0)
    return Moment(at, _understood(text, at, "带时区的时间已换算为北京时间"))


def _serial(text: str) -> Moment | None:
    if not _SERIAL.fullmatch(text) or not _SERIAL_RANGE[0] <= float(text) < _SERIAL_RANGE[1]:
        return None
    at = _SERIAL_DAY_ZERO + timedelta(seconds=round(float(text) * 86_400))
    return Moment(at, _understood(text, at, "电子表格的日期序号已换算"))


def _compact(text: str) -> Moment | None:
    found = _COMPACT.fullmatch(text)
    if not found:
        return None
    at = _at(*found.groups())
    return Moment(at, _understood(text, at, "" if found[4] else "没有钟点，按当日零时"))


def _written(text: str, as_of: datetime) -> Moment | None:
    found = _WRITTEN.fullmatch(text)
    if not found or (found["year"] is None and found["sign"] == "."):
        return None
    minute = found["minute"] or _PARTS.get(found["part"], 0)
    hour = _hour(int(found["hour"] or 0), found["period"] or "")
    clock = (hour, minute, found["second"])
    remarks = []
    if found["year"]:
        at = _at(found["year"], found["month"], found["day"], *clock)
    else:
        at = _latest(found["month"], found["day"], clock, as_of)
        remarks.append("没有年份，取最近的一个")
    if not found["hour"]:
        remarks.append("没有钟点，按当日零时")
    if found["about"]:
        remarks.append("为大约时间")
    return Moment(at, _understood(text, at, "，".join(remarks)))


def _hour(hour: int, period: str) -> int:
    if period in _AFTERNOON and hour < 12:
        return hour + 12
    if period == "中午" and hour < 10:
        return hour + 12
    if period in _EVENING and _SMALL_HOURS < hour <= 12:
        return hour + 12
    return hour


def _latest(month: str, day: str, clock: tuple[int, int | str, str | None], as_of: datetime) -> datetime:
    here = as_of.astimezone(CHINA)
    for year in range(here.year, here.year - 9, -1):  # nine years reach over a century without a leap day
        try:
            at = _at(year, month, day, *clock)
        except ValueError:  # 29 February in a common year
            continue
        if at <= here:
            return at
    raise ValueError("no such day")


def _at(
    year: int | str,
    month: int | str,
    day: int | str,
    hour: int | str | None,
    minute: int | str | None,
    second: int | str | None,
) -> datetime:
    midnight = datetime(int(year), int(month), int(day), tzinfo=CHINA)
    if int(hour or 0) == 24:  # twelve at night belongs to the next day
        midnight, hour = midnight + timedelta(days=1), 0
    return midnight.replace(hour=int(hour or 0), minute=int(minute or 0), second=int(second or 0))


def _understood(text: str, at: datetime, remark: str) -> str:
    extra = f"（{remark}）" if remark else ""
    return f"时间“{clip(text)}”已按 {at:%Y-%m-%d %H:%M:%S} 记录{extra}；标准写法如 2026-10-03T14:20:00"
