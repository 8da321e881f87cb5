"""Dates and times as people write them."""

from __future__ import annotations

from datetime import datetime

import pytest

from cases.intake.moments import CHINA, read_moment

AS_OF = datetime(2026, 11, 21, 9, 0, tzinfo=CHINA)

UNDERSTOOD = [
    ("2026-10-03T14:20:00", "2026-10-03 14:20:00"),
    ("2026-10-03T14:20", "2026-10-03 14:20:00"),
    ("2026-10-03T14:20:09.5", "2026-10-03 14:20:09"),
    ("2026-10-03T06:20:00Z", "2026-10-03 14:20:00"),
    ("2026-10-03T14:20:00+08:00", "2026-10-03 14:20:00"),
    ("2026-10-03 14:20:05", "2026-10-03 14:20:05"),
    ("2026/10/3 14:20", "2026-10-03 14:20:00"),
    ("2026.10.3 14:20", "2026-10-03 14:20:00"),
    ("２０２６－１０－０３　１４：２０", "2026-10-03 14:20:00"),
    ("2026-10-03", "2026-10-03 00:00:00"),
    ("20261003", "2026-10-03 00:00:00"),
    ("20261003142005", "2026-10-03 14:20:05"),
    ("2026年10月5日下午3点左右", "2026-10-05 15:00:00"),
    ("2026年10月5日 上午10点半", "2026-10-05 10:30:00"),
    ("2026年10月5日（星期一）20时15分", "2026-10-05 20:15:00"),
    ("2026年10月5日 20:15:30", "2026-10-05 20:15:30"),
    ("2026年10月5日中午12点", "2026-10-05 12:00:00"),
    ("2026年10月5日中午1点一刻", "2026-10-05 13:15:00"),
    ("2026年10月5日凌晨1点", "2026-10-05 01:00:00"),
    ("2026年10月5日夜里3点", "2026-10-05 03:00:00"),
    ("2026年10月5日晚上9点", "2026-10-05 21:00:00"),
    ("2026年10月5日晚上12点半", "2026-10-06 00:30:00"),
    ("46310.59375", "2026-10-15 14:15:00"),
    ("46310", "2026-10-15 00:00:00"),
    ("10-12 8:30", "2026-10-12 08:30:00"),
    ("11/21 9:00", "2026-11-21 09:00:00"),
    ("11/21 9:01", "2025-11-21 09:01:00"),
    ("12月24日", "2025-12-24 00:00:00"),
    ("2-29 8:00", "2024-02-29 08:00:00"),
]

NOT_UNDERSTOOD = [
    "",
    "昨天",
    "2026-13-01T00:00:00",
    "2026-02-29T00:00:00",
    "2026-10-03T24:61:00",
    "0000-01-01",
    "9999-12-31T24:00:00",
    "0001-01-01T00:00:00+14:00",
    "3/10/2026",
    "12345",
    "99999.5",
    "10.12",
    "8:30",
    "2-30 8:00",
    "2026-10-03T14:20:00+99:00",
    "二〇二六年",
    "1" * 1000,
    "²⁰²⁶-10-03 ١٤:20",
]


@pytest.mark.parametrize(("text", "expected"), UNDERSTOOD)
def test_spellings_that_are_understood(text: str, expected: str) -> None:
    moment = read_moment(text, AS_OF)
    assert moment is not None
    assert f"{moment.at:%Y-%m-%d %H:%M:%S}" == expected
    assert moment.at.utcoffset() == CHINA.utcoffset(None)
    assert (moment.note is None) == (text.startswith("2026-10-03T14:20") and "+" not in text)


@pytest.mark.parametrize("text", NOT_UNDERSTOOD)
def test_spellings_that_are_not(text: str) -> None:
    assert read_moment(text, AS_OF) is None


def test_how_a_guess_was_made_is_said() -> None:
    guess = read_moment("10月5日下午3点左右", AS_OF)
    assert guess is not None
    assert guess.note is not None
    assert "没有年份" in guess.note
    assert "大约" in guess.note
    day = read_moment("2026-10-05", AS_OF)
    assert day is not None
    assert day.note is not None
    assert "当日零时" in day.note
