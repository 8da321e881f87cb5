"""The words of the page about limits (时限试算页) in two languages, and the reasons of days in English.

What does not live here: the page (``day_page``) and the reasons themselves, which the rules give in Chinese.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

WORDS: Mapping[str, Mapping[str, str]] = {
    "zh": {
        "lang": "zh-CN", "title": "时限试算", "start": "起算", "rule": "期限", "ask": "计算", "other": "English",
        "start_hint": "日期,或日期和时刻(北京时间),如 2026-02-13、2026-10-02T10:00",
        "rule_hint": "3wd 工作日;30d 自然日(末日遇休息日顺延);30d! 不顺延;24h 小时;4work_h 工作小时;2m 月;1y 年",
        "due": "期限届满", "provisional": "暂算:涉及的年份尚无放假安排通知,通知收录后重新计算",
        "how": "计算规则", "date": "日期", "verdict": "是否计入", "why": "理由", "yes": "计入", "no": "不计入",
        "known": "已收录放假安排的年份", "hours": "办公时间", "number": "第几日", "days": "逐日说明",
    },
    "en": {
        "lang": "en", "title": "When does a limit end?", "start": "Start", "rule": "Limit", "ask": "Count",
        "other": "中文", "start_hint": "a date, or a date and a time in Beijing, e.g. 2026-02-13, 2026-10-02T10:00",
        "rule_hint": "3wd working days; 30d natural days, rolling over days off; 30d! not rolling; 24h hours; "
        "4work_h office hours; 2m months; 1y years",
        "due": "Due", "provisional": "Provisional: no holiday notice is known for a year on the way; it is counted "
        "again when it is", "how": "Counting rule", "date": "Date", "verdict": "Counted", "why": "Why", "yes": "yes",
        "no": "no", "known": "Years with a holiday notice", "hours": "Office hours", "number": "Day",
        "days": "Day by day",
    },
}  # fmt: skip

_NAMES = {
    "元旦": "New Year", "春节": "Spring Festival", "清明节": "Tomb-Sweeping Day", "劳动节": "Labour Day",
    "端午节": "Dragon Boat Festival", "中秋节": "Mid-Autumn Festival", "国庆节": "National Day",
    "周一": "Monday", "周二": "Tuesday", "周三": "Wednesday", "周四": "Thursday", "周五": "Friday", "周六": "Saturday",
    "周日": "Sunday", "工作日": "working day", "自然日": "natural day", "、": " and ",
}  # fmt: skip
_PHRASES = (
    (r"\(法定假日推定,(\d+)年放假通知未收录\)", r" (by law; no notice for \1 is known yet)"),
    (r"\(暂定,(\d+)年放假通知未收录,农历节日和调休未推算\)", r" (assumed: no notice for \1, lunar holidays not known)"),
    (r"\(暂定,(\d+)年放假通知未收录,调休未推算\)", r" (assumed: no notice for \1 is known yet)"),
    ("起算当日不计", "the day it starts is not counted"),
    ("连续计算,节假日不停", "runs on through holidays"),
    ("当日办公时间已过", "office hours were over"),
    ("零时届满", "it ends as this day begins"),
    (",调休上班", ", worked to make up for a holiday"),
    ("末日,", "last day, "),
    (",须顺延", ", rolls on"),
    (",不顺延", ", does not roll on"),
    (",继续顺延", ", rolls on"),
    ("顺延至此,", "rolled on to this day, "),
    ("放假", " holiday"),
)


def in_english(why: str) -> str:
    """A day's reason in English; a name the notice gave and nobody translated stays as it is."""
    for chinese, english in _PHRASES:
        why = re.sub(chinese, english, why)
    for chinese, english in _NAMES.items():
        why = why.replace(chinese, english)
    return why
