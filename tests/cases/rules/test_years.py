"""One year's holiday arrangement: its file, what must hold of it, and years put together."""

from __future__ import annotations

import shutil
from datetime import date, timedelta
from pathlib import Path

import chinese_calendar
import pytest

from cases.errors import Malformed, PackBroken
from cases.rules.calendar import SATURDAY, CalendarDay
from cases.rules.statutory import read_statutory
from cases.rules.years import (
    Listed,
    Year,
    arrangement_of,
    read_calendar,
    read_year,
    with_years,
    year_of,
)
from tests.cases.rules.slow_count import BASE, CALENDAR, LUNCH

STATUTORY = read_statutory(BASE / "calendar")
HEADER = "date,kind,name,notice\n"
NOTICE = "国务院办公厅关于2026年部分节假日安排的通知(国办发明电〔2025〕7号)"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """The base pack's calendar with the year 2026 alone."""
    for name in ("statutory.csv", "lunar.csv", "2026.csv"):
        shutil.copyfile(BASE / "calendar" / name, tmp_path / name)
    return tmp_path


def changed(folder: Path, old: str, new: str) -> Path:
    file = folder / "2026.csv"
    text = file.read_text(encoding="utf-8")
    assert old in text
    file.write_text(text.replace(old, new, 1), encoding="utf-8")
    return file


def of_library(year: int) -> list[Listed]:
    """A year as another library has it: its runs of days off that hold a weekday, and its make-up days."""
    days = [date(year, 1, 1) + timedelta(days=n) for n in range((date(year, 12, 31) - date(year, 1, 1)).days + 1)]
    found: list[Listed] = []
    run: list[date] = []
    for day in [*days, date(year + 1, 1, 1)]:
        if day.year == year and chinese_calendar.is_holiday(day):
            run.append(day)
            continue
        if any(one.weekday() < SATURDAY for one in run) or any(one in STATUTORY.days(year) for one in run):
            found += [
                (f"第{len(found) + n}行", CalendarDay(one, "off", f"{run[0]}", "另一历")) for n, one in enumerate(run)
            ]
        run = []
        if day.year == year and day.weekday() >= SATURDAY:
            found.append((f"{day}", CalendarDay(day, "work", f"{day}", "另一历")))
    return found


@pytest.mark.parametrize(("year", "extra"), [(y, {2015: 1, 2020: 2}.get(y, 0)) for y in range(2014, 2027)])
def test_thirteen_real_years_hold_together(year: int, extra: int) -> None:
    """In 2015 a day off was given beyond the law, in 2020 two."""
    arranged = arrangement_of(year, of_library(year), STATUTORY, extra)
    assert arranged.year.year == year
    assert arranged.december == ()
    for wrong in (extra - 1, extra + 1):
        with pytest.raises(Malformed, match="相差"):
            arrangement_of(year, of_library(year), STATUTORY, wrong)


def test_the_version_changes_with_days_and_hours_and_with_nothing_else(folder: Path) -> None:
    plain = read_calendar(folder)
    assert plain.version.startswith("2026-2026.")
    assert read_calendar(folder, LUNCH).version != plain.version
    file = folder / "2026.csv"
    file.write_bytes(file.read_text(encoding="utf-8").replace("\n", "\r\n").encode("utf-8-sig"))
    assert read_calendar(folder) == plain
    assert hash(read_calendar(folder)) == hash(plain)
    changed(folder, "2026-06-19,off,端午节,国务院办公厅", "2026-06-19,off,端午节,国务院")
    assert read_calendar(folder).version != plain.version


LAST = f"2026-10-10,work,国庆节,{NOTICE}\n"


@pytest.mark.parametrize(
    ("old", "new", "sentence"),
    [
        (LAST, LAST + LAST, "2026.csv 第41行: 2026-10-10 重复,已见于2026.csv 第40行"),
        (LAST, LAST.replace("2026-10-10", "2027-01-02"), "第40行: 2027-01-02 不在2026年内"),
        ("2026-06-19,off", "2026-06-19,holiday", "off 或 work"),
        ("2026-10-10,work", "2026-10-12,work", "第40行: 2026-10-12 是周一,不是周末"),
        ("2026-06-19,off", "2026-06-31,off", "无法识别"),
        (LAST, f"2026-10-10,work,,{NOTICE}\n", "第40行: 须填满"),
        (LAST, "2026-10-10,work,国庆节\n", "第40行: 须有 4 列"),
        (f"2026-02-18,off,春节,{NOTICE}\n", "", "春节放假缺少 2026-02-18(周三),各日须相连"),
        (f"2026-10-04,off,国庆节,{NOTICE}\n", "", "国庆节放假缺少 2026-10-04(周日),各日须相连"),
        (f"2026-06-19,off,端午节,{NOTICE}\n", "", "缺少法定假日 2026-06-19(周五,端午节)"),
        (f"2026-02-15,off,春节,{NOTICE}\n2026-02-16,off,春节,{NOTICE}\n", "", "缺少法定假日 2026-02-16(周一,春节)"),
        (LAST, "", "占用工作日 19 天,调休上班 5 天,相差 14 天;法定节假日为 13 天(全国年节及纪念日放假办法第2条)"),
        (LAST, LAST + LAST.replace("10-10", "10-17"), "相差 12 天"),
        (LAST, LAST + f"2026-10-08,off,国庆节,{NOTICE}\n", "相差 14 天"),
        (HEADER, "day,kind,name,notice\n", "列名须为"),
        ("2026-01-01,off", '"2026-01-01,off', "不是 UTF-8 编码的 CSV"),
    ],
)  # fmt: skip
def test_a_broken_year_is_refused_with_its_place(folder: Path, old: str, new: str, sentence: str) -> None:
    changed(folder, old, new)
    with pytest.raises(PackBroken) as refused:
        read_calendar(folder)
    assert sentence in refused.value.sentence


def test_a_folder_with_a_gap_a_strange_file_or_nothing_is_refused(folder: Path) -> None:
    later = folder / "2028.csv"
    shutil.copyfile(folder / "2026.csv", later)
    with pytest.raises(PackBroken, match="第2行: 2026-01-01 不在2028年内"):
        read_calendar(folder)
    later.unlink()
    (folder / "holidays.csv").write_text(HEADER, encoding="utf-8")
    with pytest.raises(PackBroken, match="文件名须为四位年份"):
        read_calendar(folder)
    (folder / "holidays.csv").unlink()
    (folder / "2026.csv").write_text("", encoding="utf-8")
    with pytest.raises(PackBroken, match="列名须为"):
        read_calendar(folder)
    (folder / "2026.csv").write_bytes((HEADER + "2026-01-01,off,元旦,通知\n").encode("gb18030"))
    with pytest.raises(PackBroken, match="UTF-8"):
        read_calendar(folder)
    (folder / "2026.csv").unlink()
    with pytest.raises(PackBroken, match="没有任何年份"):
        read_calendar(folder)


def test_years_must_follow_each_other(folder: Path) -> None:
    (folder / "2024.csv").write_text(
        HEADER + "".join(f"{d.day},{d.kind},{d.name},{d.notice}\n" for _, d in of_library(2024)), encoding="utf-8"
    )
    with pytest.raises(PackBroken, match="缺少2025年"):
        read_calendar(folder)


def test_a_year_of_which_the_law_is_not_known_cannot_be_checked() -> None:
    listed: list[Listed] = [("第1行", CalendarDay(date(2060, 1, 1), "off", "元旦", "通知"))]
    with pytest.raises(Malformed, match="2060年的法定节假日未收录"):
        arrangement_of(2060, listed, STATUTORY)


def test_a_year_is_read_with_the_year_of_its_first_day() -> None:
    text = (BASE / "calendar" / "2026.csv").read_text(encoding="utf-8")
    assert read_year("a.csv", text)[0] == 2026
    with pytest.raises(PackBroken, match=r"a\.csv: 没有任何一天"):
        read_year("a.csv", HEADER)


def test_a_year_survives_being_written_down() -> None:
    year = year_of(CALENDAR, 2026)
    assert year is not None
    again = Year.from_canonical(2026, year.canonical)
    assert again == year
    assert again.digest == year.digest
    assert year.notice == NOTICE
    assert year_of(CALENDAR, 2027) is None
    assert with_years(CALENDAR, [again]) == CALENDAR


def test_a_year_put_into_a_calendar_takes_the_place_of_its_own() -> None:
    other = Year(2026, (CalendarDay(date(2026, 1, 1), "off", "元旦", "通知"),))
    calendar = with_years(CALENDAR, [other])
    assert calendar.version != CALENDAR.version
    assert calendar.is_working(date(2026, 10, 1))
    assert not calendar.is_working(date(2025, 10, 1))
    assert calendar.windows == CALENDAR.windows
