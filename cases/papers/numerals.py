"""How a document writes numbers (数字写法): amounts in capital numerals, days in Chinese, ordinals, stems.

What does not live here: what the numbers mean.
"""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from typing import Final

from cases.ports import BEIJING

DIGITS: Final = "零壹贰叁肆伍陆柒捌玖"
PLACES: Final = ("仟", "佰", "拾", "")
GROUPS: Final = ("亿", "万", "")
SMALL: Final = "〇一二三四五六七八九"
STEMS: Final = "甲乙丙丁戊己庚辛壬癸"
LARGEST: Final = Decimal("999999999999.99")
"""Up to this many yuan can be said."""


def capitals(amount: Decimal) -> str:
    """An amount in yuan as banks and courts write it (人民币大写); at least 0, at most LARGEST, whole fen.

    Zeros between digits are said once; a sum without fen ends in 整 after 元 (正确填写票据和结算凭证的基本规定).
    """
    if not 0 <= amount <= LARGEST or amount != amount.quantize(Decimal("0.01")):
        raise ValueError("no amount in yuan and fen")
    yuan, fen = divmod(int(amount * 100), 100)
    jiao, fen = divmod(fen, 10)
    said = _whole(yuan) + "元" if yuan else ""
    if not jiao and not fen:
        return (said or "零元") + "整"
    if jiao:
        said += DIGITS[jiao] + "角"
    elif yuan:
        said += "零"
    return said + (DIGITS[fen] + "分" if fen else "")


def _whole(number: int) -> str:
    """A whole number, four digits at a time from the left; an empty group says nothing but leaves a zero."""
    said, gap = "", False
    for unit, group in zip(GROUPS, (number // 10**8, number // 10**4 % 10**4, number % 10**4), strict=True):
        if not group:
            gap = True
            continue
        said += ("零" if said and (gap or group < 1000) else "") + _four(group) + unit
        gap = False
    return said


def _four(group: int) -> str:
    """Up to four digits, zeros inside said once, zeros at the end not at all."""
    said = ""
    for digit, place in zip(f"{group:04d}", PLACES, strict=True):
        if digit == "0":
            said += "零" if said and not said.endswith("零") else ""
        else:
            said += DIGITS[int(digit)] + place
    return said.rstrip("零")


def figures(amount: Decimal) -> str:
    """An amount in figures, with thousands set apart: ``12,345.60``."""
    return f"{amount:,.2f}"


def said_day(day: date) -> str:
    """A day as documents write it: ``2026年11月21日``."""
    return f"{day.year}年{day.month}月{day.day}日"


def said_moment(moment: datetime) -> str:
    """A moment in local time: ``2026年11月21日9时05分``; one without zone is local already."""
    local = moment.astimezone(BEIJING) if moment.tzinfo else moment
    return f"{said_day(local.date())}{local.hour}时{local.minute:02d}分"


def ordinal(n: int) -> str:
    """1 to 99 as 一 to 九十九; larger numbers in figures."""
    if not 0 < n < 100:
        return str(n)
    tens, ones = divmod(n, 10)
    said = SMALL[ones] if ones else ""
    if tens:
        said = ("" if tens == 1 else SMALL[tens]) + "十" + said
    return said


def stem(n: int) -> str:
    """甲 to 癸 for 1 to 10; beyond that an ordinal."""
    return STEMS[n - 1] if 0 < n <= len(STEMS) else f"第{ordinal(n)}"
