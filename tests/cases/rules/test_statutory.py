"""The holidays of the law, year by year, and the tables they are read from."""

from __future__ import annotations

import shutil
from datetime import date
from pathlib import Path

import holidays
import pytest

from cases.errors import PackBroken
from cases.rules.statutory import read_statutory
from tests.cases.rules.slow_count import BASE

STATUTORY = read_statutory(BASE / "calendar")
OF_2027 = "2027,2027-02-06,2027-04-05,2027-06-09,2027-09-15"


def test_thirteen_days_since_2025_and_eleven_before() -> None:
    assert [STATUTORY.count(year) for year in (2013, 2014, 2024, 2025, 2050)] == [0, 11, 11, 13, 13]
    assert [STATUTORY.knows(year) for year in (2013, 2014, 2050, 2051)] == [False, True, True, False]
    assert STATUTORY.source(2026) == "全国年节及纪念日放假办法第2条"


def test_the_days_of_2027() -> None:
    found = [f"{day:%m-%d} {name}" for day, name in sorted(STATUTORY.days(2027).items())]
    assert found == [
        "01-01 元旦",
        "02-05 春节",
        "02-06 春节",
        "02-07 春节",
        "02-08 春节",
        "04-05 清明节",
        "05-01 劳动节",
        "05-02 劳动节",
        "06-09 端午节",
        "09-15 中秋节",
        "10-01 国庆节",
        "10-02 国庆节",
        "10-03 国庆节",
    ]


def test_two_holidays_on_one_day_are_told_as_two() -> None:
    assert STATUTORY.days(2020)[date(2020, 10, 1)] == "中秋节、国庆节"
    assert len(STATUTORY.days(2020)) == STATUTORY.count(2020) - 1


def test_where_the_moon_is_not_known_only_the_days_of_the_sun_are_told() -> None:
    assert set(STATUTORY.days(2060).values()) == {"元旦", "劳动节", "国庆节"}
    assert STATUTORY.days(2000) == {}


@pytest.mark.parametrize("year", range(2014, 2051))
def test_the_holidays_of_the_law_agree_with_another_library(year: int) -> None:
    other = holidays.country_holidays("CN", years=year, language="zh_CN")
    given_once = ("补假", "休息日", "70周年纪念日", "延长假期")
    by_law = {day for day, name in other.items() if not any(words in name for words in given_once)}
    assert set(STATUTORY.days(year)) == by_law


@pytest.mark.parametrize(
    ("file", "old", "new", "sentence"),
    [
        ("statutory.csv", "元旦,2014,", "元旦,,", "起止年份"),
        ("statutory.csv", "01-01,0,1", "01-01,0,0", "天数"),
        ("statutory.csv", "01-01,0,1", "1月1日,0,1", "anchor"),
        ("statutory.csv", "01-01,0,1,全国年节及纪念日放假办法", "01-01,0,1,", "法律条文"),
        ("lunar.csv", "2027-02-06", "2027-02-30", "lunar.csv 第15行: 年份或日期无法识别"),
        ("lunar.csv", "2027-02-06", "2026-02-06", "不在 2027 年内"),
        ("lunar.csv", "2027-09-15\n", f"2027-09-15\n{OF_2027}\n", "lunar.csv 第16行: 2027 年重复"),
    ],
)
def test_a_broken_table_is_refused_with_its_place(tmp_path: Path, file: str, old: str, new: str, sentence: str) -> None:
    for name in ("statutory.csv", "lunar.csv"):
        shutil.copyfile(BASE / "calendar" / name, tmp_path / name)
    text = (tmp_path / file).read_text(encoding="utf-8")
    assert old in text
    (tmp_path / file).write_text(text.replace(old, new), encoding="utf-8")
    with pytest.raises(PackBroken) as refused:
        read_statutory(tmp_path)
    assert sentence in refused.value.sentence
