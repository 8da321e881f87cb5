"""The register of mediation from files (调解登记簿文件): committees, mediators, rooms of one folder, checked together.

The files are ``committees.csv``, ``mediators.csv`` and ``rooms.csv``. Either all of it can be used, or the refusal
names every fault with its place. What does not live here: writing it down (desk), and ties, which mediators
declare themselves.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from cases.errors import Malformed
from cases.packs.schema import Pack
from cases.rules.tables import read_table
from cases.rules.tiers import mediates

COMMITTEES, MEDIATORS, ROOMS = "committees.csv", "mediators.csv", "rooms.csv"
TIERS = ("grid", "community", "street", "district", "court")
"""网格、社区、街道、区级专业、共享法庭指导: from the nearest to the farthest."""

Row = dict[str, Any]
_CODE = re.compile(r"[A-Z0-9]+(-[A-Z0-9]+)*")
_PATTERN = re.compile(r"\*|[A-Z]{2}\d{0,2}\*?")


@dataclass(frozen=True, slots=True)
class Register:
    """The rows of a register, by table; ``login`` of a mediator names the account they work with, if any."""

    committees: tuple[Row, ...]
    mediators: tuple[Row, ...]
    rooms: tuple[Row, ...]


class _Cells:
    """One row while it is read; what cannot be read is noted with its place."""

    def __init__(self, place: str, cells: Mapping[str, str], faults: list[str]) -> None:
        self.place, self._cells, self._faults = place, cells, faults

    def wrong(self, name: str, right: str) -> None:
        """Note that a cell is wrong, and what would be right."""
        self._faults.append(f"{self.place} {name}:「{self._cells[name]}」应为{right}")

    def text(self, name: str, fits: Callable[[str], Any] = bool, right: str = "非空文字") -> str:
        """A cell that fits."""
        if not fits(self._cells[name]):
            self.wrong(name, right)
        return self._cells[name]

    def free(self, name: str) -> str:
        """Any text."""
        return self._cells[name]

    def number(self, name: str, least: int, most: int) -> int:
        """A whole number within bounds."""
        cell = self._cells[name]
        if cell.isdecimal() and len(cell) < 7 and least <= int(cell) <= most:
            return int(cell)
        self.wrong(name, f"{least} 到 {most} 的整数")
        return least

    def yes(self, name: str) -> bool:
        """yes or no."""
        return self.text(name, {"yes", "no"}.__contains__, "yes 或 no") == "yes"

    def day(self, name: str, *, blank: bool = False) -> date | None:
        """A date, or nothing where it may be left out."""
        cell = self._cells[name]
        if blank and not cell:
            return None
        try:
            return date.fromisoformat(cell)
        except ValueError:
            self.wrong(name, "日期,如 2026-01-31")
            return None

    def several(self, name: str, fits: Callable[[str], Any], right: str) -> str:
        """A list separated by semicolons, each part of which fits."""
        parts = [part.strip() for part in self._cells[name].split(";") if part.strip()]
        if not all(map(fits, parts)):
            self.wrong(name, right)
        return ";".join(parts)


def read_register(folder: Path, pack: Pack) -> Register:
    """Read a folder; Malformed with every fault, PackBroken for a file that is no such table."""
    faults: list[str] = []
    known = {code for code in pack.organisations if mediates(pack, code)}
    committees = tuple(_committee(cells, known) for cells in _rows(folder / COMMITTEES, _COMMITTEE, faults))
    homes = {row["org"] for row in committees}
    mediators = tuple(_mediator(cells, homes, pack) for cells in _rows(folder / MEDIATORS, _MEDIATOR, faults))
    rooms = tuple(_room(cells, homes) for cells in _rows(folder / ROOMS, _ROOM, faults))
    for rows, key in ((committees, "org"), (mediators, "id"), (rooms, "id")):
        faults += _twice([row[key] for row in rows])
    faults += [
        f"{row['org']} 的上一级「{row['above']}」不在登记簿中"
        for row in committees
        if row["above"] not in {None, *homes}
    ]
    if faults:
        raise Malformed(f"调解登记簿有 {len(faults)} 处错误:" + "\n".join(faults[:50]), findings=tuple(faults))
    return Register(committees, mediators, rooms)


_COMMITTEE = ("org", "tier", "open_cap", "above", "helps", "sample")
_MEDIATOR = (
    "code", "name", "committee", "login", "expertise", "languages", "areas", "active_from", "active_to", "full_time",
    "sample",
)  # fmt: skip
_ROOM = ("code", "committee", "kind", "name", "address", "seats", "sample")


def _rows(file: Path, columns: tuple[str, ...], faults: list[str]) -> Iterator[_Cells]:
    for place, cells in read_table(file, columns):
        yield _Cells(place, cells, faults)


def _twice(keys: list[str]) -> list[str]:
    return [f"代码「{key}」写了不止一行" for key in sorted({key for key in keys if keys.count(key) > 1})]


def _committee(cells: _Cells, known: set[str]) -> Row:
    return {
        "org": cells.text("org", known.__contains__, "地区包中承担调解的机构代码"),
        "tier": cells.text("tier", TIERS.__contains__, "、".join(TIERS)),
        "open_cap": cells.number("open_cap", 1, 1000),
        "above": cells.free("above") or None,
        "helps": cells.yes("helps"),
        "sample": cells.yes("sample"),
        "active": True,
    }


def _mediator(cells: _Cells, homes: set[str], pack: Pack) -> Row:
    first, last = cells.day("active_from"), cells.day("active_to", blank=True)
    if first and last and last < first:
        cells.wrong("active_to", "不早于 active_from")
    return {
        "id": cells.text("code", _CODE.fullmatch, "大写字母、数字和连字符"),
        "name": cells.text("name"),
        "committee": cells.text("committee", homes.__contains__, "committees.csv 中的代码"),
        "login": cells.free("login"),
        "expertise": cells.several("expertise", _PATTERN.fullmatch, "事项代码或前缀,如 MS01;MS*;*"),
        "languages": cells.several("languages", bool, "语言名称"),
        "areas": cells.several("areas", pack.organisations.__contains__, "街道或区的机构代码"),
        "active_from": first,
        "active_to": last,
        "full_time": cells.yes("full_time"),
        "sample": cells.yes("sample"),
    }


def _room(cells: _Cells, homes: set[str]) -> Row:
    return {
        "id": cells.text("code", _CODE.fullmatch, "大写字母、数字和连字符"),
        "committee": cells.text("committee", homes.__contains__, "committees.csv 中的代码"),
        "kind": cells.text("kind", {"committee", "shared_court"}.__contains__, "committee 或 shared_court"),
        "name": cells.text("name"),
        "address": cells.free("address"),
        "seats": cells.number("seats", 0, 1000),
        "active": True,
        "sample": cells.yes("sample"),
    }
