"""The statutory holidays (法定节假日): on which days a year has them by the law itself, before any yearly notice.

Lives here: the holidays as a value and the reader of its two tables, the law's (``statutory.csv``) and the lunar days
(``lunar.csv``). Does not live here: what a State Council notice makes of them (``years``, ``calendar``).
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import cached_property
from pathlib import Path

from cases.errors import PackBroken
from cases.rules.tables import read_table

LAW_FILE, LUNAR_FILE = "statutory.csv", "lunar.csv"
ANCHORS = ("spring_festival", "qingming", "dragon_boat", "mid_autumn")
LAW_COLUMNS = ("name", "from_year", "to_year", "anchor", "offset", "days", "law", "article", "confidence")
LUNAR_COLUMNS = ("year", *ANCHORS)


@dataclass(frozen=True)
class HolidayRule:
    """One holiday of the law: so many ``days``, the first ``offset`` days after the anchor, in the years named.

    ``anchor`` is a day of the year ("10-01") or a column of the lunar table; ``last`` is the last year of this wording.
    """

    name: str
    first: int
    last: int
    anchor: str
    offset: int
    days: int
    source: str


@dataclass(frozen=True)
class Statutory:
    """Which days are holidays by law (全国年节及纪念日放假办法 2), year by year."""

    rules: tuple[HolidayRule, ...] = ()
    lunar: Mapping[int, Mapping[str, date]] = field(default_factory=dict)

    def __hash__(self) -> int:
        return hash(self.digest)

    @cached_property
    def digest(self) -> str:
        """Of everything in the tables."""
        lines = [repr(rule) for rule in self.rules]
        lines += [f"{year}|{sorted(days.items())}" for year, days in sorted(self.lunar.items())]
        return hashlib.sha256("\n".join(lines).encode()).hexdigest()

    @cached_property
    def _years(self) -> dict[int, Mapping[date, str]]:
        return {}

    def days(self, year: int) -> Mapping[date, str]:
        """The holidays of a year by day, with their names; where the lunar days are not known, only the others."""
        found = self._years.get(year)
        if found is None:
            found = self._years[year] = self._days_of(year)
        return found

    def count(self, year: int) -> int:
        """How many days the law gives in a year; two holidays on one day are two (article 6)."""
        return sum(rule.days for rule in self._rules_of(year))

    def knows(self, year: int) -> bool:
        """Whether the tables hold every holiday of the year."""
        rules = self._rules_of(year)
        return bool(rules) and all(self._anchor(rule, year) for rule in rules)

    def source(self, year: int) -> str:
        """The law the days of a year come from, such as "全国年节及纪念日放假办法第2条"."""
        return "、".join(dict.fromkeys(rule.source for rule in self._rules_of(year)))

    def _rules_of(self, year: int) -> list[HolidayRule]:
        return [rule for rule in self.rules if rule.first <= year <= rule.last]

    def _anchor(self, rule: HolidayRule, year: int) -> date | None:
        if rule.anchor in ANCHORS:
            return self.lunar.get(year, {}).get(rule.anchor)
        return date.fromisoformat(f"{year}-{rule.anchor}")

    def _days_of(self, year: int) -> dict[date, str]:
        found: dict[date, str] = {}
        for rule in self._rules_of(year):
            anchor = self._anchor(rule, year)
            for n in range(rule.days if anchor else 0):
                day = (anchor or date.min) + timedelta(days=rule.offset + n)
                found[day] = f"{found[day]}、{rule.name}" if day in found else rule.name
        return found


def read_statutory(folder: Path) -> Statutory:
    """Read both tables of the folder; ``PackBroken`` names file, line and what is wrong."""
    rules = tuple(_read_rule(place, row) for place, row in read_table(folder / LAW_FILE, LAW_COLUMNS))
    lunar: dict[int, Mapping[str, date]] = {}
    for place, row in read_table(folder / LUNAR_FILE, LUNAR_COLUMNS):
        year, days = _read_lunar(place, row)
        if year in lunar:
            raise PackBroken(f"{place}: {year} 年重复", place=place)
        lunar[year] = days
    return Statutory(rules, lunar)


def _read_rule(place: str, row: Mapping[str, str]) -> HolidayRule:
    years = re.fullmatch(r"([0-9]{4}),([0-9]{4})?", f"{row['from_year']},{row['to_year']}")
    size = re.fullmatch(r"(-?[0-9]),([1-9])", f"{row['offset']},{row['days']}")
    if years is None or size is None or not all(row[name] for name in ("name", "law", "article", "confidence")):
        raise PackBroken(f"{place}: 名称、起止年份、天数、法律条文须填写完整", place=place)
    if row["anchor"] not in ANCHORS and not re.fullmatch(r"(0[1-9]|1[0-2])-(0[1-9]|1[0-9]|2[0-8])", row["anchor"]):
        raise PackBroken(f"{place}: anchor 只能是月日或 {'、'.join(ANCHORS)}", place=place)
    last = int(years[2]) if years[2] else date.max.year
    source = f"{row['law']}第{row['article']}条"
    return HolidayRule(row["name"], int(years[1]), last, row["anchor"], int(size[1]), int(size[2]), source)


def _read_lunar(place: str, row: Mapping[str, str]) -> tuple[int, Mapping[str, date]]:
    try:
        year, days = int(row["year"]), {name: date.fromisoformat(row[name]) for name in ANCHORS}
    except ValueError as error:
        raise PackBroken(f"{place}: 年份或日期无法识别", place=place) from error
    if any(day.year != year for day in days.values()):
        raise PackBroken(f"{place}: 日期不在 {year} 年内", place=place)
    return year, days
