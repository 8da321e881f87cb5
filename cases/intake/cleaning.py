"""Cells of a hostile table made plain: texts, flags, phones, coordinates, file names, formulas.

Each function takes one cell and answers with its value and, where something was repaired or given up, a sentence about
it. What does not live here: moments (``moments``), anything that needs the pack or another cell (``judgement``).
"""

from __future__ import annotations

import math
import re
import unicodedata
from typing import NamedTuple

CLIP = 40

_LINE_BREAKS = re.compile("\r\n|[\r\x0b\x0c\x85\u2028\u2029]")
_SPACES = re.compile("[\t\u00a0\u2000-\u200a\u202f\u205f\u3000]")
_NONCHARACTER = re.compile("[\ufdd0-\ufdef\ufffe\uffff]")
_JOINER_IN_EMOJI = re.compile(
    "(?<=[\u2600-\u27bf\ufe0f\U0001f000-\U0001faff])\u200d(?=[\u2600-\u27bf\U0001f000-\U0001faff])"
)
_NUMBER = re.compile(r"[+-]?\d{1,6}(?:\.\d{0,20})?")
_MOBILE = re.compile(r"1\d{10}")
_LANDLINE = re.compile(r"0\d{9,11}|[2-9]\d{6,7}|[48]00\d{7}|1\d{4}|9\d{4}")
_FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r", "＝", "＋", "－", "＠")

YES = frozenset({"yes", "y", "true", "1", "是"})
NO = frozenset({"no", "n", "false", "0", "否"})

_LNG_RANGE = (73.0, 136.0)
_LAT_RANGE = (3.0, 54.0)
NEAR_KM = 20.0
"""A place farther than this from its community's own point cannot be in that community."""


class Cleaned(NamedTuple):
    """A text made plain, with the sentence about what was removed."""

    text: str
    note: str | None


def clip(text: str) -> str:
    """``text`` on one line, without invisible characters, cut for quoting in a sentence."""
    line = " ".join(without_invisible(text[: CLIP * 10]).split())
    return line if len(line) <= CLIP else f"{line[:CLIP]}…"


def without_invisible(text: str) -> str:
    """``text`` without control, bidi and zero-width characters; line breaks, tabs and joiners inside emoji stay."""
    if text.isprintable():
        return text
    joiners = {found.start() for found in _JOINER_IN_EMOJI.finditer(text)}
    return "".join(letter for at, letter in enumerate(text) if at in joiners or not _is_invisible(letter))


def _is_invisible(letter: str) -> bool:
    if letter in "\n\t":
        return False
    return unicodedata.category(letter) in ("Cc", "Cf", "Cs") or _NONCHARACTER.match(letter) is not None


def plain_text(cell: str) -> Cleaned:
    """A free text of several lines: line breaks become LF, odd spaces ordinary ones, invisible characters go."""
    if cell.isprintable():
        return Cleaned(cell.strip(), None)
    broken = _SPACES.sub(" ", _LINE_BREAKS.sub("\n", cell))
    text = without_invisible(broken)
    notes = []
    if text != broken:
        removed = dict.fromkeys(letter for letter in broken if _is_invisible(letter))
        codes = "、".join(f"U+{ord(letter):04X}" for letter in list(removed)[:10])
        notes.append(f"已去掉不可见字符 {codes}")
    if "\u2028" in cell or "\u2029" in cell:
        notes.append("特殊行分隔符已换成普通换行")
    return Cleaned(text.strip(), "；".join(notes) or None)


def plain_line(cell: str) -> Cleaned:
    """A short text of one line: as ``plain_text``, with every run of white space made one space."""
    text, note = plain_text(cell)
    return Cleaned(" ".join(text.split()), note)


def half_width(cell: str) -> Cleaned:
    """A building or room: one line, full-width digits and letters made ordinary ones (NFKC)."""
    line, note = plain_line(cell)
    text = " ".join(unicodedata.normalize("NFKC", line).split())
    changed = f"全角字符已改为半角“{clip(text)}”" if text != line else None
    return Cleaned(text, "；".join(part for part in (note, changed) if part) or None)


def looks_like_formula(text: str) -> bool:
    """Whether a spreadsheet might run ``text`` as a formula."""
    return text.lstrip(" \n").startswith(_FORMULA_STARTS)


def flag(cell: str) -> bool | None:
    """``yes`` or ``no`` in one of the usual spellings (是, 否, true, 1 …); ``None`` for anything else and for empty."""
    word = unicodedata.normalize("NFKC", plain_line(cell).text).lower()
    if word in YES:
        return True
    return False if word in NO else None


def phone(cell: str) -> str | None:
    """The digits of a Chinese phone number, without +86; empty for an empty cell, ``None`` when none can be read."""
    given = unicodedata.normalize("NFKC", plain_line(cell).text)
    if not given:
        return ""
    compact = re.sub(r"[\s\-‐-―.()]", "", given)
    digits = re.sub(r"^(?:\+|00)86", "", compact)
    if re.fullmatch(r"86" + _MOBILE.pattern, digits):
        digits = digits[2:]
    if not digits.isascii():
        return None
    return digits if _MOBILE.fullmatch(digits) or _LANDLINE.fullmatch(digits) else None


class Point(NamedTuple):
    """A place in degrees, both or neither, with the sentence about what was repaired or given up."""

    lng: float | None
    lat: float | None
    note: str | None


def point(lng_cell: str, lat_cell: str, near: tuple[float, float] | None = None) -> Point:
    """Longitude and latitude; exchanged ones are put right, impossible ones dropped.

    ``near`` is the (longitude, latitude) of the community: a point farther from it than ``NEAR_KM`` is impossible.
    """
    cells = [unicodedata.normalize("NFKC", plain_line(cell).text) for cell in (lng_cell, lat_cell)]
    if not any(cells):
        return Point(None, None, None)
    if not all(cells):
        return Point(None, None, "经纬度只填了一个，已不采用；应两个都填或都不填")
    if not all(_NUMBER.fullmatch(cell) for cell in cells):
        return Point(None, None, "经纬度不是数字，已不采用；应为十进制度数，如 119.597400")
    first, second = (float(cell) for cell in cells)
    if _possible(first, second, near):
        return Point(first, second, None)
    if _possible(second, first, near):
        return Point(second, first, f"经度与纬度填反了，已对调为 {second}，{first}")
    return Point(None, None, "坐标不在该小区附近或不在国内，已不采用；请核对经度、纬度")


def _possible(lng: float, lat: float, near: tuple[float, float] | None) -> bool:
    if not (_LNG_RANGE[0] <= lng <= _LNG_RANGE[1] and _LAT_RANGE[0] <= lat <= _LAT_RANGE[1]):
        return False
    return near is None or _kilometres((lng, lat), near) <= NEAR_KM


def _kilometres(one: tuple[float, float], other: tuple[float, float]) -> float:
    """Distance on the flat, good enough for "the same part of town"."""
    east = (one[0] - other[0]) * math.cos(math.radians((one[1] + other[1]) / 2))
    return math.hypot(east, one[1] - other[1]) * 111.2


class FileNames(NamedTuple):
    """Names of evidence files without paths, with the sentence about what was changed."""

    names: tuple[str, ...]
    note: str | None


def file_names(cell: str) -> FileNames:
    """The names in a cell separated by ``;``: no folders, no leading dots, no invisible characters, none twice."""
    given = [part.strip() for part in re.split(r"[;；\n\r]", cell) if part.strip()]
    names = tuple(name for name in dict.fromkeys(map(_file_name, given)) if name)
    note = "证据文件名已去掉路径、控制字符或重复项；只填文件名，以分号隔开" if list(names) != given else None
    return FileNames(names, note)


def _file_name(given: str) -> str:
    last = re.split(r"[/\\∕⧵／＼]", plain_line(given).text)[-1]
    name = re.sub(r"[:|<>?*]", "_", last).lstrip(". ").rstrip(". ")
    if len(name) <= 120:
        return name
    stem, dot, suffix = name.rpartition(".")
    return f"{stem[:100]}.{suffix}" if dot and len(suffix) <= 10 else name[:120]
