"""The working calendar: every day of the known years, the unknown years, and the files it refuses."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from pathlib import Path

import chinese_calendar
import holidays
import pytest

from cases.errors import Malformed, PackBroken
from cases.rules.calendar import OFFICE_HOURS, Calendar, Window, local, read_calendar, windows_of
from tests.cases.rules.slow_count import CALENDAR, LUNCH, at

KNOWN_DAYS = [date(2025, 1, 1) + timedelta(days=n) for n in range(730)]
HEADER = "date,kind,name,notice\n"
FIXED = "".join(f"2026-{day},off,节日,通知\n" for day in ("01-01", "05-01", "05-02", "10-01", "10-02", "10-03"))


def test_every_day_of_two_years_agrees_with_two_other_calendars() -> None:
    other = holidays.country_holidays("CN", years=(2025, 2026))
    assert (KNOWN_DAYS[-1], len(KNOWN_DAYS)) == (date(2026, 12, 31), 730)
    for day in KNOWN_DAYS:
        verdicts = (CALENDAR.is_working(day), chinese_calendar.is_workday(day), other.is_working_day(day))
        assert len(set(verdicts)) == 1, f"{day}: {verdicts}"


@pytest.mark.parametrize("year", [2025, 2026])
def test_each_year_has_248_working_days(year: int) -> None:
    assert sum(CALENDAR.is_working(day) for day in KNOWN_DAYS if day.year == year) == 248
    assert CALENDAR.working_between(date(year - 1, 12, 31), date(year, 12, 31)) == 248


@pytest.mark.parametrize(
    ("day", "works", "why"),
    [
        ("2026-02-14", True, "周六,调休上班"),
        ("2026-01-04", True, "周日,调休上班"),
        ("2026-10-01", False, "国庆节放假"),
        ("2025-10-06", False, "国庆节、中秋节放假"),
        ("2026-11-22", False, "周日"),
        ("2026-11-21", False, "周六"),
        ("2026-11-23", True, "工作日"),
    ],
)
def test_a_day_says_why(day: str, works: bool, why: str) -> None:
    assert CALENDAR.is_working(date.fromisoformat(day)) is works
    assert CALENDAR.why(date.fromisoformat(day)) == why


def test_an_unknown_year_takes_weekends_and_fixed_holidays_and_says_so() -> None:
    assert not CALENDAR.knows(date(2027, 1, 1))
    assert CALENDAR.knows_all(date(2025, 1, 1), date(2026, 12, 31))
    assert not CALENDAR.knows_all(date(2026, 12, 31), date(2027, 1, 1))
    off = [date(2027, month, day) for month in range(1, 13) for day in range(1, 29)]
    off = [day for day in off if day.weekday() < 5 and not CALENDAR.is_working(day)]
    # 2027-05-01, 05-02, 10-02 and 10-03 are weekend days
    assert off == [date(2027, 1, 1), date(2027, 10, 1)]
    assert CALENDAR.why(date(2027, 10, 1)).startswith("国庆节放假(固定假日推定")
    assert "农历节日和调休未推算" in CALENDAR.why(date(2027, 2, 8))
    assert "2027年放假通知未收录" in CALENDAR.why(date(2027, 2, 6))


def test_working_days_are_found_forwards_and_backwards() -> None:
    assert CALENDAR.working_from(date(2026, 10, 1)) == date(2026, 10, 8)
    assert CALENDAR.working_from(date(2026, 10, 10)) == date(2026, 10, 10)
    assert CALENDAR.working_until(date(2026, 10, 7)) == date(2026, 9, 30)
    assert CALENDAR.working_until(date(2026, 9, 20)) == date(2026, 9, 20)
    assert CALENDAR.working_between(date(2026, 10, 8), date(2026, 10, 1)) == 0


def test_counting_past_the_last_year_is_refused() -> None:
    with pytest.raises(Malformed):
        CALENDAR.working_after(date(9999, 12, 30), 5)


def test_the_version_changes_with_days_and_hours_and_with_nothing_else(tmp_path: Path) -> None:
    (tmp_path / "2026.csv").write_text(HEADER + FIXED, encoding="utf-8")
    plain = read_calendar(tmp_path)
    assert read_calendar(tmp_path, LUNCH).version != plain.version
    (tmp_path / "2026.csv").write_bytes((HEADER + FIXED).replace("\n", "\r\n").encode("utf-8-sig"))
    assert read_calendar(tmp_path) == plain
    assert hash(read_calendar(tmp_path)) == hash(plain)
    (tmp_path / "2026.csv").write_text(HEADER + FIXED + "2026-06-19,off,端午节,通知\n", encoding="utf-8")
    assert read_calendar(tmp_path).version != plain.version
    assert plain.version.startswith("2026-2026.")


@pytest.mark.parametrize(
    ("name", "text", "sentence"),
    [
        ("2026.csv", HEADER + FIXED + "2026-01-01,off,元旦,通知\n", "第8行: 2026-01-01 重复"),
        ("2026.csv", HEADER + FIXED + "2027-01-02,off,元旦,通知\n", "不在2026年内"),
        ("2026.csv", HEADER + FIXED + "2026-06-19,holiday,端午节,通知\n", "off 或 work"),
        ("2026.csv", HEADER + FIXED + "2026-06-17,work,端午节,通知\n", "是周三,不是周末"),
        ("2026.csv", HEADER + FIXED + "2026-02-30,off,春节,通知\n", "无法识别"),
        ("2026.csv", HEADER + FIXED + "2026-06-19,off,端午节,\n", "须填满"),
        ("2026.csv", HEADER + FIXED + "2026-06-19,off,端午节\n", "须有 4 列"),
        ("2026.csv", HEADER + FIXED.replace("2026-10-02,off,节日,通知\n", ""), "缺少法定假日 2026-10-02"),
        ("2026.csv", HEADER, "缺少法定假日"),
        ("2026.csv", "", "列名须为"),
        ("2026.csv", "day,kind,name,notice\n" + FIXED, "列名须为"),
        ("2026.csv", HEADER + '"2026', "不是 UTF-8 编码的 CSV"),
        ("holidays.csv", HEADER + FIXED, "文件名须为四位年份"),
        ("2028.csv", HEADER + FIXED.replace("2026-", "2028-"), "缺少2027年"),
    ],
)
def test_a_broken_file_is_refused_with_its_place(tmp_path: Path, name: str, text: str, sentence: str) -> None:
    (tmp_path / "2026.csv").write_text(HEADER + FIXED, encoding="utf-8")
    (tmp_path / name).write_text(text, encoding="utf-8")
    with pytest.raises(PackBroken) as refused:
        read_calendar(tmp_path)
    assert sentence in refused.value.sentence


def test_a_folder_without_files_and_a_file_in_another_encoding_are_refused(tmp_path: Path) -> None:
    with pytest.raises(PackBroken, match="没有任何年份"):
        read_calendar(tmp_path)
    (tmp_path / "2026.csv").write_bytes((HEADER + FIXED).encode("gb18030"))
    with pytest.raises(PackBroken, match="UTF-8"):
        read_calendar(tmp_path)


@pytest.mark.parametrize(
    "windows",
    [
        (),
        (Window(time(12), time(9)),),
        (Window(time(9), time(9)),),
        (Window(time(13), time(17)), Window(time(9), time(12))),
        (Window(time(9), time(13)), Window(time(12), time(17))),
    ],
)
def test_office_hours_that_make_no_sense_are_refused(windows: tuple[Window, ...]) -> None:
    with pytest.raises(PackBroken):
        Calendar("x", {}, frozenset(), windows)


def test_office_hours_are_read_from_text() -> None:
    assert windows_of("09:00-12:00, 13:30-17:30") == LUNCH
    assert windows_of("09:00-17:30") == OFFICE_HOURS


@pytest.mark.parametrize(
    "text", ["", "9-12", "09:00-12:00;13:30-17:30", "09:00-25:00", "09:00-12:00,", "x,09:00-12:00"]
)
def test_office_hours_that_cannot_be_read_are_refused(text: str) -> None:
    with pytest.raises(PackBroken):
        windows_of(text)


def test_a_moment_is_told_in_legal_time_and_needs_a_zone() -> None:
    assert local(datetime.fromisoformat("2026-11-21T16:30:00+00:00")).isoformat() == "2026-11-22T00:30:00+08:00"
    with pytest.raises(Malformed, match="时区"):
        local(at("2026-11-21").replace(tzinfo=None))
    with pytest.raises(Malformed, match="年份"):
        local(at("1899-12-31"))
