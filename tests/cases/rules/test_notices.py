"""The State Council's notice in its own words: ten real ones, and what is refused."""

from __future__ import annotations

import re
from datetime import date, timedelta

import chinese_calendar
import pytest

from cases.errors import Malformed
from cases.rules.calendar import SATURDAY, Calendar
from cases.rules.notices import read_notice
from cases.rules.revisions import revise
from cases.rules.years import arrangement_of, year_of
from tests.cases.rules.coming_year import STATUTORY
from tests.cases.rules.real_notices import NUMBERS, PARAGRAPHS, TITLE, notice_of
from tests.cases.rules.slow_count import CALENDAR

CHANGED_LATER = {
    # the notice for 2019 spoke of the last days of 2018
    2018: {"2018-12-29", "2018-12-31"},
    # a second notice lengthened the holiday of May 2019
    2019: {"2019-04-28", "2019-05-02", "2019-05-03", "2019-05-05"},
    # the Spring Festival of 2020 was lengthened
    2020: {"2020-01-31", "2020-02-01"},
}


@pytest.mark.parametrize("year", PARAGRAPHS)
def test_ten_real_notices_come_to_the_days_another_library_knows(year: int) -> None:
    found, listed = read_notice(notice_of(year))
    assert found == year
    calendar = Calendar.of((entry for _, entry in listed), [year])
    days = [date(year, 1, 1) + timedelta(days=n) for n in range(365)]
    differing = {str(day) for day in days if calendar.is_working(day) != chinese_calendar.is_workday(day)}
    assert differing == CHANGED_LATER.get(year, set())
    arranged = arrangement_of(year, listed, STATUTORY)
    assert {entry.day.year for entry in arranged.year.days} == {year}


@pytest.mark.parametrize("year", NUMBERS)
def test_the_notices_of_the_built_in_years_say_what_is_built_in(year: int) -> None:
    built_in = year_of(CALENDAR, year)
    assert built_in is not None
    found = arrangement_of(*read_notice(notice_of(year)), STATUTORY).year
    assert found == built_in


def test_the_december_of_the_year_before_is_taken_along() -> None:
    old = arrangement_of(*read_notice(notice_of(2018)), STATUTORY)
    new = arrangement_of(*read_notice(notice_of(2019)), STATUTORY)
    assert [str(entry.day) for entry in new.december] == ["2018-12-29", "2018-12-30", "2018-12-31"]
    calendar = revise(Calendar.of(old.year.days, [2018], statutory=STATUTORY), new, replace=True).calendar
    days = [date(2018, 1, 1) + timedelta(days=n) for n in range(365)]
    assert all(calendar.is_working(day) == chinese_calendar.is_workday(day) for day in days)


FORMS = {
    "full-width signs": lambda text: text.translate(str.maketrans(":,;()", "\uff1a\uff0c\uff1b\uff08\uff09")),
    "full-width figures": lambda text: text.translate({ord("0") + n: 0xFF10 + n for n in range(10)}),
    "no line breaks": lambda text: text.replace("\n", ""),
    "a byte-order mark and Windows lines": lambda text: "\ufeff" + text.replace("\n", "\r\n"),
    "a title over two lines": lambda text: text.replace("国务院办公厅关于", "国务院办公厅\n\n关于"),
    "blanks around the figures": lambda text: re.sub(r"([0-9]+)([月日])", " \\1 \\2 \u3000", text),
    "headings without numbers": lambda text: text.replace("一、", "").replace("二、", "").replace("七、", ""),
    "a clause in the place of a sentence": lambda text: text.replace("共3天。1月", "共3天,1月"),
    "figures for numbers": lambda text: text.replace("一、元旦", "1. 元旦").replace("二、春节", "2. 春节"),
    "the long names of weekdays": lambda text: text.replace("周日)", "星期天)").replace("周六)", "星期六)"),
    "only the body": lambda text: text[text.index("各省") :] + "国办发明电〔2025〕7号",
    "a news story around it": lambda text: "新华社11月4日电 2026年放假安排公布:春节9天\n" + text + "\n附件下载 3月3日",
}


@pytest.mark.parametrize("form", FORMS)
def test_the_same_notice_in_another_form_is_the_same(form: str) -> None:
    text = FORMS[form](notice_of(2026))
    assert text != notice_of(2026)
    assert [entry for _, entry in read_notice(text)[1]] == [entry for _, entry in read_notice(notice_of(2026))[1]]


@pytest.mark.parametrize(
    ("old", "new", "sentence"),
    [
        ("共9天", "共8天", "第7行: 春节写明共 8 天,日期却有 9 天"),
        ("1月1日(周四)", "1月1日(周五)", "第6行: 2026-01-01 是周四,不是周五"),
        ("1月4日(周日)上班", "1月4日(周一)上班", "第6行: 2026-01-04 是周日,不是周一"),
        ("23日(农历正月初七、周一)", "23日(农历正月初七、周二)", "2026-02-23 是周一,不是周二"),
        ("5月9日(周六)", "5月39日(周六)", "第9行: 劳动节中的5月39日不存在"),
        ("至7日(周三)", "至11月7日", "国庆节自 2026-10-01 至 2026-11-07,前后颠倒或过长"),
        ("1日(周五)至5日(周二)", "5日(周二)至1日(周五)", "自 2026-05-05 至 2026-05-01,前后颠倒或过长"),
        ("5月9日(周六)上班", "5月9日(周六)上课", "第9行: 看不懂“5月9日(周六)上课”(劳动节)"),
        ("放假调休,共5天", "放假调休,共五天", "看不懂“共五天”"),
        ("6月19日(周五)至21日(周日)放假,共3天。", "待定。", "看不懂“待定”(端午节)"),
        ("6月19日(周五)至21日(周日)放假,共3天。", "", "第10行: 端午节没有放假日期"),
        ("6月19日(周五)至21日(周日)放假,共3天", "6月17日放假,与周末连休", "第10行: 端午节写明与周末连休,日期却"),
        ("关于2026年部分", "关于2027年部分", "不止一个年份:2026、2027"),
        ("〔2025〕7号", "〔2025〕7号 国办发明电〔2025〕8号", "不止一个文号"),
    ],
)  # fmt: skip
def test_a_notice_that_cannot_be_right_is_refused_with_its_line(old: str, new: str, sentence: str) -> None:
    text = notice_of(2026)
    assert old in text
    with pytest.raises(Malformed) as refused:
        read_notice(text.replace(old, new, 1))
    assert sentence in refused.value.sentence


def test_a_file_that_is_no_notice_is_refused() -> None:
    with pytest.raises(Malformed, match="没有找到标题"):
        read_notice("今天放假。")
    with pytest.raises(Malformed, match="没有找到任何节日"):
        read_notice(TITLE.format(2026))
    with pytest.raises(Malformed, match="没有找到标题"):
        read_notice("")


def test_a_holiday_left_out_of_the_notice_is_missed_by_its_date() -> None:
    text = notice_of(2026)
    start = text.index("六、中秋节")
    year, listed = read_notice(text[:start] + text[text.index("七、国庆节") :])
    with pytest.raises(Malformed, match="缺少法定假日 2026-09-25\\(周五,中秋节\\)"):
        arrangement_of(year, listed, STATUTORY)


def test_a_day_told_twice_names_both_lines() -> None:
    text = notice_of(2026).replace("5月9日(周六)上班", "5月5日(周二)放假")
    year, listed = read_notice(text)
    with pytest.raises(Malformed, match="第9行: 2026-05-05 重复,已见于第9行"):
        arrangement_of(year, listed, STATUTORY)


def test_only_the_weekend_is_ever_made_a_working_day() -> None:
    text = notice_of(2026).replace("5月9日(周六)上班", "5月11日(周一)上班")
    year, listed = read_notice(text)
    assert date(2026, 5, 11).weekday() < SATURDAY
    with pytest.raises(Malformed, match="第9行: 2026-05-11 是周一,不是周末"):
        arrangement_of(year, listed, STATUTORY)
