"""One value read and worded (取值): a line, a day, an amount, a choice, as it will stand on the paper.

What does not live here: which values a document needs, and how a fault is told (``facts``).
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from typing import Any, Final

from cases.packs.paper_rows import Column
from cases.papers.numerals import LARGEST, capitals, figures, said_day, said_moment

LONGEST: Final = {"line": 200, "text": 20_000}
MOST: Final = 1000
"""Rows of a list."""

LARGEST_COUNT: Final = 10**9
TICKED: Final = "■"
EMPTY: Final = "□"

_AMOUNT = re.compile(r"[0-9]{1,12}(\.[0-9]{1,2})?")
_NEWLINES = re.compile("\r\n?")
_HIDDEN = frozenset({"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"})


@dataclass(frozen=True, slots=True)
class Said:
    """One value in words. ``other`` holds its other forms; a list has ``lines`` or ``rows`` instead."""

    text: str = ""
    other: Mapping[str, str] = field(default_factory=dict)
    lines: tuple[str, ...] = ()
    rows: tuple[Mapping[str, Said], ...] = ()
    raw: Any = None

    @property
    def given(self) -> bool:
        """Whether anything was filled in."""
        return bool(self.text or self.lines or self.rows)


def _shown(value: str, longest: int) -> str:
    """Text as it will stand on the paper; ValueError for signs that do not show or too many that do."""
    text = _NEWLINES.sub("\n", value).strip()
    for sign in text:
        if unicodedata.category(sign) in _HIDDEN and sign not in "\n\t":
            raise ValueError(f"含有看不见或不能印出的字符(U+{ord(sign):04X})")
    if len(text) > longest:
        raise ValueError(f"最多 {longest} 个字")
    return text.replace("\t", "    ")


def _string(value: Any, kind: str = "line") -> str:
    if not isinstance(value, str):
        raise ValueError("应为文字")
    text = _shown(value, LONGEST[kind])
    if kind == "line" and "\n" in text:
        raise ValueError("应写成一行")
    return text


def _line(_: Column, value: Any) -> Said:
    return Said(_string(value))


def _text(_: Column, value: Any) -> Said:
    return Said(_string(value, "text"))


def _date(_: Column, value: Any) -> Said:
    if isinstance(value, str):
        try:
            value = date.fromisoformat(value.strip())
        except ValueError as fault:
            raise ValueError("应为日期,如 2026-01-31") from fault
    if type(value) is not date:
        raise ValueError("应为日期,如 2026-01-31")
    return Said(said_day(value))


def _moment(_: Column, value: Any) -> Said:
    if isinstance(value, str):
        try:
            value = datetime.fromisoformat(value.strip())
        except ValueError as fault:
            raise ValueError("应为日期时间,如 2026-01-31T09:30") from fault
    if not isinstance(value, datetime):
        raise ValueError("应为日期时间,如 2026-01-31T09:30")
    return Said(said_moment(value))


def _amount(_: Column, value: Any) -> Said:
    written = "" if isinstance(value, bool) else str(value).strip()
    if not _AMOUNT.fullmatch(written) or Decimal(written) > LARGEST:
        raise ValueError("应为金额(元),如 5472.95")
    amount = Decimal(written)
    return Said(figures(amount), {"capitals": f"人民币{capitals(amount)}"}, raw=amount)


def _count(_: Column, value: Any) -> Said:
    if isinstance(value, bool) or not isinstance(value, int) or not 0 <= value <= LARGEST_COUNT:
        raise ValueError("应为不小于 0 的整数")
    return Said(str(value), raw=value)


def boxes(choices: Iterable[str], chosen: Iterable[str]) -> str:
    """Every choice with its box."""
    taken = set(chosen)
    return "  ".join(f"{TICKED if one in taken else EMPTY}{one}" for one in choices)


def _choice(column: Column, value: Any) -> Said:
    if value not in column.choices:
        raise ValueError(f"应为 {'、'.join(column.choices)} 之一")
    return Said(value, {"boxes": boxes(column.choices, [value])})


def _choices(column: Column, value: Any) -> Said:
    if not isinstance(value, list | tuple) or not set(map(str, value)) <= set(column.choices):
        raise ValueError(f"应为 {'、'.join(column.choices)} 中的若干项")
    return Said("、".join(one for one in column.choices if one in value), {"boxes": boxes(column.choices, value)})


def _yes_no(_: Column, value: Any) -> Said:
    if not isinstance(value, bool):
        raise ValueError("应为是或否")
    said = "是" if value else "否"
    return Said(said, {"boxes": boxes(("是", "否"), [said])})


def _lines(_: Column, value: Any) -> Said:
    if not isinstance(value, list | tuple) or len(value) > MOST:
        raise ValueError(f"应为列表,最多 {MOST} 项")
    return Said(lines=tuple(filter(None, (_string(one, "text") for one in value))))


READ: Final[Mapping[str, Callable[[Column, Any], Said]]] = {
    "line": _line,
    "text": _text,
    "date": _date,
    "moment": _moment,
    "amount": _amount,
    "count": _count,
    "choice": _choice,
    "choices": _choices,
    "yes_no": _yes_no,
    "lines": _lines,
}


def blank(value: Any) -> bool:
    """Whether a value says nothing."""
    return value is None or (isinstance(value, str) and not value.strip()) or (
        isinstance(value, list | tuple | dict) and not value
    )  # fmt: skip
