"""Moments as a person reads them (时间写法): Beijing time, how long ago, how far ahead; Babel knows the languages.

What does not live here: the present moment (the office's clock) and office time left on a clock (rules).
"""

from __future__ import annotations

from datetime import date, datetime, timedelta
from functools import lru_cache

from babel import Locale
from babel.dates import format_date, format_datetime, format_timedelta

from cases.ports import BEIJING

LOCALES = {"zh": Locale.parse("zh_CN"), "en": Locale.parse("en_GB")}
PATTERNS = {"zh": "y年M月d日 EEE HH:mm", "en": "EEE d MMM y, HH:mm"}
DAYS = {"zh": "y年M月d日 EEE", "en": "EEE d MMM y"}
BRIEF = {"zh": "EEE M月d日", "en": "EEE d MMM"}
SOON = timedelta(seconds=45)
NOW = {"zh": "刚刚", "en": "just now"}


def read_moment(value: datetime | str) -> datetime:
    """A moment kept as such or as ISO text, in Beijing time; one without a zone is Beijing's."""
    found = datetime.fromisoformat(value) if isinstance(value, str) else value
    return found.replace(tzinfo=BEIJING) if found.tzinfo is None else found.astimezone(BEIJING)


def full(value: datetime | str, lang: str) -> str:
    """The whole moment with its weekday."""
    return _written(read_moment(value).replace(second=0, microsecond=0), lang)


@lru_cache(maxsize=10_000)
def _written(minute: datetime, lang: str) -> str:
    return format_datetime(minute, PATTERNS[lang], locale=LOCALES[lang])


def short(value: datetime | str) -> str:
    """Month, day and time, for lists of the same year."""
    return f"{read_moment(value):%m-%d %H:%M}"


def day(value: date | str, lang: str) -> str:
    """A day with its weekday."""
    found = date.fromisoformat(value) if isinstance(value, str) else value
    return format_date(found, DAYS[lang], locale=LOCALES[lang])


def brief(value: date, lang: str) -> str:
    """A day as the head of a column: weekday, day and month."""
    return format_date(value, BRIEF[lang], locale=LOCALES[lang])


def distance(value: datetime | str, now: datetime, lang: str) -> str:
    """How long ago, or how far ahead, a moment is: 3小时前, 2天后."""
    away = read_moment(value) - now
    if abs(away) < SOON:
        return NOW[lang]
    return format_timedelta(away, add_direction=True, threshold=1.2, locale=LOCALES[lang])
