"""How one cell of a pack file is read: each reader turns the text into a value or says what would be right.

What does not live here: which column is read how (``tables``).
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection
from datetime import date

Cell = Callable[[str], object]


class Unreadable(ValueError):
    """A cell that does not say what its column asks for."""

    def __init__(self, wrong: str, right: str) -> None:
        super().__init__(wrong)
        self.wrong = wrong
        self.right = right


def filled(cell: str) -> str:
    """Text that may not be blank."""
    if not cell:
        raise Unreadable("空白", "填写内容")
    return cell


def free(cell: str) -> str:
    """Any text, also none."""
    return cell


def optional(cell: str) -> str | None:
    """Text, or ``None`` when blank."""
    return cell or None


def shape(pattern: str, right: str) -> Callable[[str], str]:
    """Text of a given form; ``right`` says the form in words."""
    compiled = re.compile(pattern)

    def read(cell: str) -> str:
        if not compiled.fullmatch(cell):
            raise Unreadable(f"「{cell}」格式不对", right)
        return cell

    return read


def one_of(choices: Collection[str]) -> Callable[[str], str]:
    """One of the choices."""
    right = "、".join(choices) + "之一"

    def read(cell: str) -> str:
        if cell not in choices:
            raise Unreadable(f"「{cell}」不在可选值中", right)
        return cell

    return read


def several(cell: str) -> tuple[str, ...]:
    """A list separated by semicolons, without blanks or repetition."""
    parts = tuple(part.strip() for part in cell.split(";")) if cell else ()
    if "" in parts:
        raise Unreadable(f"「{cell}」中有空项", "以英文分号分隔,各项不空")
    if len(set(parts)) != len(parts):
        raise Unreadable(f"「{cell}」中有重复项", "每项只写一次")
    return parts


def several_filled(cell: str) -> tuple[str, ...]:
    """A list with at least one entry."""
    return several(filled(cell))


def clause(cell: str) -> str:
    """A clause that is put into a sentence: not blank, on one line, without full stop or semicolon."""
    return clause_or_none(filled(cell))


def clause_or_none(cell: str) -> str:
    """A clause that is put into a sentence, or nothing."""
    if re.search(r"[。；;\r\n]", cell):
        raise Unreadable("含有句号、分号或换行", "一个不带句号、分号的分句")
    return cell


def several_of(choices: Collection[str]) -> Callable[[str], tuple[str, ...]]:
    """A list of some of the choices."""
    one = one_of(choices)

    def read(cell: str) -> tuple[str, ...]:
        return tuple(one(part) for part in several(cell))

    return read


def several_or_unset(cell: str) -> tuple[str, ...] | None:
    """Blank leaves the matter's own list; ``-`` says that nobody assists."""
    if cell == "-":
        return ()
    return several(cell) or None


def whole_number(least: int, most: int) -> Cell:
    """A whole number within bounds, both inclusive."""

    def read(cell: str) -> int:
        if not re.fullmatch(r"-?\d{1,6}", cell) or not least <= int(cell) <= most:
            raise Unreadable(f"「{cell}」不是 {least} 到 {most} 的整数", f"{least} 到 {most} 的整数")
        return int(cell)

    return read


def degrees(cell: str) -> float | None:
    """Decimal degrees, or ``None`` when blank."""
    if not cell:
        return None
    if not re.fullmatch(r"\d{1,3}(\.\d{1,8})?", cell):
        raise Unreadable(f"「{cell}」不是经纬度", "十进制度数,如 119.571486,或留空")
    return float(cell)


def yes_no(cell: str) -> bool:
    """``yes`` or ``no``."""
    return one_of(("yes", "no"))(cell) == "yes"


def day(cell: str) -> date | None:
    """A real date in ISO form, or ``None`` when blank."""
    if not cell:
        return None
    try:
        if len(cell) != len("2026-01-31"):
            raise ValueError(cell)
        return date.fromisoformat(cell)
    except ValueError as fault:
        raise Unreadable(f"「{cell}」不是日期", "真实存在的日期,写作 2026-01-31,或留空") from fault
