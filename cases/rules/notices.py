"""The State Council's notice in its own words (放假安排通知), read into the days it speaks of.

Lives here: the phrases of the notices, and refusing what is not one of them. A notice is read whole or not at all: a
phrase that names a date and is not understood, a weekday that is not the date's, a "共N天" that is not the number of
days are refused with the line. Does not live here: what the days must come to together (``years``).
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta

from cases.errors import Malformed
from cases.rules.calendar import SATURDAY, WEEKDAYS, CalendarDay
from cases.rules.years import DECEMBER, Listed

HOLIDAYS = "元旦|春节|清明节?|劳动节|端午节?|中秋节?|国庆节?"
ONE_DAY = timedelta(days=1)
LONGEST_RUN = 15
NEW_YEAR = "元旦"
TITLE = "国务院办公厅关于{}年部分节假日安排的通知"

_YEAR = re.compile(r"关于\s*([0-9]{4})\s*年\s*部分节假日安排的通知|现将\s*([0-9]{4})\s*年\s*元旦")
_NUMBER = re.compile(r"(国办发(?:明电)?)\s*[〔\[【(]\s*([0-9]{4})\s*[〕\]】)]\s*([0-9]{1,3})\s*号")
_HEADING = re.compile(
    rf"(?:^|(?<=。))\s*(?:[一二三四五六七八九十]{{1,3}}\s*、|[0-9]{{1,2}}[.、])?\s*"
    rf"((?:{HOLIDAYS})(?:[、和及\s]+(?:{HOLIDAYS}))*)\s*:",
    re.MULTILINE,
)
_CLOSING = re.compile(r"(?:^|(?<=。))\s*(?:节?假?日期间|各地区|国务院办公厅\s*$)", re.MULTILINE)
_DATE = r"(?:([0-9]{4})年)?(?:([0-9]{1,2})月)?([0-9]{1,2})日(?:\(([^()]*)\))?"
_ONE = re.compile(_DATE)
_RUN = re.compile(rf"{_DATE}(?:(?:至|到|[-—~]+){_DATE})?(?:放假|补休)(?:调休|公休)?(?:共?([0-9]{{1,2}})天)?")
_TOTAL = re.compile(r"共(?:放假)?([0-9]{1,2})天")
_WORK = re.compile(rf"{_DATE}(?:[、和及]{_DATE})*(?:照常)?(?:上班|为工作日)")
_WITH_WEEKEND = "与周末连休"
_SAYS_NOTHING = ("不调休", "调休")
_ENCOURAGES = "鼓励"
_WEEKDAY = re.compile(r"(?:周|星期)([一二三四五六日天])")


@dataclass
class _Reading:
    """One holiday of the notice as far as it has been read."""

    year: int
    name: str
    notice: str
    place: str = ""
    month: int = 0
    run: list[date] = field(default_factory=list)
    off: list[Listed] = field(default_factory=list)
    work: list[Listed] = field(default_factory=list)


def read_notice(text: str) -> tuple[int, list[Listed]]:
    """The year a notice arranges and the days it names, each with its line; ``Malformed`` where it cannot be read.

    Full-width and half-width signs are the same; blanks mean nothing.
    """
    text = unicodedata.normalize("NFKC", text.removeprefix("\ufeff")).replace("\r\n", "\n")
    year, notice = _title(text)
    headings = list(_HEADING.finditer(text))
    if not headings:
        raise Malformed("通知中没有找到任何节日的安排,应有“一、元旦:1月1日……”这样的段落")
    closing = _CLOSING.search(text, headings[-1].end())
    ends = [*(one.start() for one in headings[1:]), closing.start() if closing else len(text)]
    listed: list[Listed] = []
    for heading, end in zip(headings, ends, strict=True):
        reading = _Reading(year, re.sub(r"[和及\s]+", "、", heading[1]), notice)
        for start, stop in _pieces(text, (heading.end(), end), "。;"):
            if not text[start:stop].lstrip().startswith(_ENCOURAGES):
                _read_sentence(reading, text, (start, stop))
        if not reading.off:
            raise Malformed(f"第{_line(text, heading.start(1))}行: {reading.name}没有放假日期")
        listed += [*reading.off, *reading.work]
    return year, listed


def _title(text: str) -> tuple[int, str]:
    """The year of the notice, and its title with its number, where the text has one."""
    years = sorted({one[1] or one[2] for one in _YEAR.finditer(text)})
    if not years:
        raise Malformed(f"没有找到标题,应有“{TITLE.format(2027)}”这样的一行")
    numbers = sorted({f"{one[1]}〔{one[2]}〕{one[3]}号" for one in _NUMBER.finditer(text)})
    for what, found in (("年份", years), ("文号", numbers)):
        if len(found) > 1:
            raise Malformed(f"通知中有不止一个{what}:{'、'.join(found)}")
    title = TITLE.format(years[0])
    return int(years[0]), f"{title}({numbers[0]})" if numbers else title


def _pieces(text: str, span: tuple[int, int], signs: str) -> Iterator[tuple[int, int]]:
    """The stretches between these signs, brackets left whole, empty ones left out."""
    begin, depth = span[0], 0
    for at in range(span[0], span[1] + 1):
        sign = text[at] if at < span[1] else ""
        depth += (sign == "(") - (sign == ")")
        if at == span[1] or (depth <= 0 and sign in signs):
            if text[begin:at].strip():
                yield begin, at
            begin = at + 1


def _read_sentence(reading: _Reading, text: str, span: tuple[int, int]) -> None:
    for start, stop in _pieces(text, span, ","):
        clause = text[start:stop]
        reading.place = f"第{_line(text, start + len(clause) - len(clause.lstrip()))}行"
        _read_clause(reading, re.sub(r"\s", "", clause))


def _line(text: str, at: int) -> int:
    return text.count("\n", 0, at) + 1


def _read_clause(reading: _Reading, words: str) -> None:
    if found := _RUN.fullmatch(words):
        _take_run(reading, found)
    elif found := _TOTAL.fullmatch(words):
        _check_total(reading, int(found[1]))
    elif _WORK.fullmatch(words):
        for one in _ONE.finditer(words):
            day = _day(reading, one.groups())
            reading.work.append((reading.place, CalendarDay(day, "work", reading.name, reading.notice)))
    elif words == _WITH_WEEKEND:
        _check_weekend(reading)
    elif words not in _SAYS_NOTHING:
        raise Malformed(f"{reading.place}: 看不懂“{words}”({reading.name})")


def _take_run(reading: _Reading, found: re.Match[str]) -> None:
    first = _day(reading, found.groups()[:4])
    last = _day(reading, found.groups()[4:8]) if found[7] else first
    if not first <= last <= first + LONGEST_RUN * ONE_DAY:
        raise Malformed(f"{reading.place}: {reading.name}自 {first} 至 {last},前后颠倒或过长")
    reading.run = [first + n * ONE_DAY for n in range((last - first).days + 1)]
    days = [CalendarDay(day, "off", reading.name, reading.notice) for day in reading.run]
    reading.off += [(reading.place, day) for day in days]
    if found[9]:
        _check_total(reading, int(found[9]))


def _check_total(reading: _Reading, told: int) -> None:
    if told != len(reading.run):
        raise Malformed(f"{reading.place}: {reading.name}写明共 {told} 天,日期却有 {len(reading.run)} 天")


def _check_weekend(reading: _Reading) -> None:
    """A day "joined to the weekend" lies beside one."""
    beside = [day for one in reading.run[:1] + reading.run[-1:] for day in (one - ONE_DAY, one, one + ONE_DAY)]
    if not any(day.weekday() >= SATURDAY for day in beside):
        raise Malformed(f"{reading.place}: {reading.name}写明与周末连休,日期却不与周末相连")


def _day(reading: _Reading, parts: tuple[str | None, ...]) -> date:
    """A date of the notice; the month is that of the date before, where it is left out, the year the notice's."""
    year, month, day, aside = parts
    reading.month = int(month) if month else reading.month
    # The days before New Year belong to the old year, whether it is written or not.
    its_year = reading.year - (reading.name == NEW_YEAR and reading.month == DECEMBER)
    try:
        found = date(int(year) if year else its_year, reading.month, int(day or 0))
    except ValueError as error:
        raise Malformed(f"{reading.place}: {reading.name}中的{reading.month}月{day}日不存在") from error
    told = _WEEKDAY.search(aside or "")
    if told and WEEKDAYS[found.weekday()] != "周" + told[1].replace("天", "日"):
        raise Malformed(f"{reading.place}: {found} 是{WEEKDAYS[found.weekday()]},不是{told[0]}")
    return found
