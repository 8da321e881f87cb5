"""An arrangement for 2027 as tests need one: invented, but balanced. What does not live here: a notice ever issued."""

from __future__ import annotations

from datetime import date, timedelta

from sqlalchemy import Connection

from cases.rules.calendar import CalendarDay
from cases.rules.revisions import Revision
from cases.rules.statutory import read_statutory
from cases.rules.years import Arrangement, Listed, arrangement_of
from cases.store.almanac import Almanac, Signed
from tests.builders import FRIDAY
from tests.cases.rules.slow_count import BASE

STATUTORY = read_statutory(BASE / "calendar")
NOTICE = "国务院办公厅关于2027年部分节假日安排的通知(样例)"

OFF = {
    "元旦": ("2027-01-01", 3),
    "春节": ("2027-02-05", 8),
    "清明节": ("2027-04-03", 3),
    "劳动节": ("2027-05-01", 5),
    "端午节": ("2027-06-09", 1),
    "中秋节": ("2027-09-15", 1),
    "国庆节": ("2027-10-01", 7),
}
WORK = {
    "2027-02-14": "春节",
    "2027-02-20": "春节",
    "2027-05-08": "劳动节",
    "2027-09-26": "国庆节",
    "2027-10-09": "国庆节",
}


def listed_2027(off: dict[str, tuple[str, int]] | None = None, work: dict[str, str] | None = None) -> list[Listed]:
    """Its days, each with a place."""
    found: list[tuple[str, str, str]] = []
    for name, (first, many) in (OFF if off is None else off).items():
        found += [(f"{date.fromisoformat(first) + timedelta(days=n)}", "off", name) for n in range(many)]
    found += [(day, "work", name) for day, name in (WORK if work is None else work).items()]
    days = [
        CalendarDay(date.fromisoformat(day), "work" if kind == "work" else "off", name, NOTICE)
        for day, kind, name in sorted(found)
    ]
    return [(f"第{line}行", day) for line, day in enumerate(days, 2)]


def the_2027() -> Arrangement:
    return arrangement_of(2027, listed_2027(), STATUTORY)


def take_in_2027(almanac: Almanac, connection: Connection) -> Revision:
    return almanac.take_in(connection, the_2027(), Signed("测试", FRIDAY))
