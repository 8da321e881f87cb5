"""From bytes to rows of named cells: encoding, line structure, header.

A file comes from outside and may be anything; the only refusal is ``Malformed``, and a damaged row never takes its
neighbours with it. The standard ``csv`` module is not used for reading: it swallows the rest of the file after an
unclosed quote, and its limit on cell size is shared by the whole process. What does not live here: what a cell means.
"""

from __future__ import annotations

import codecs
import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from cases.errors import Malformed
from cases.intake.cleaning import clip, without_invisible

MAX_BYTES = 64 * 1024 * 1024
MAX_ROWS = 100_000

_LINE_END = re.compile(r"\r\n|\r|\n")
_QUOTED = re.compile(r'"((?:[^"]++|"")*+)"')  # possessive: no way back, so no time or memory lost on a hostile cell
_DELIMITERS = {",": "逗号", "\t": "制表符", ";": "分号"}
_DAMAGED_SHARE = 10  # fewer than one unreadable character in ten: a damaged UTF-8 file, not another encoding


@dataclass(frozen=True)
class Row:
    """One row: its number as a spreadsheet counts (header = 1); a ``fault`` left only the cells before it readable."""

    number: int
    cells: dict[str, str]
    fault: str | None = None


@dataclass(frozen=True)
class Sheet:
    """A decoded file: ``rows`` below the header, and ``notes``, sentences on what was unusual about the file."""

    rows: Iterator[Row]
    notes: tuple[str, ...]


@dataclass(frozen=True)
class _Record:
    cells: list[str]
    columns: int
    end: int
    fault: str | None = None


def content_of(source: Path | bytes) -> bytes:
    """The bytes of a file, or the bytes given. Raises ``OSError`` for a path that cannot be read."""
    if isinstance(source, bytes):
        return source
    with source.open("rb") as file:  # read one byte more than allowed, so that the size is known without trusting it
        return file.read(MAX_BYTES + 1)


def read_sheet(content: bytes, columns: Sequence[str], kind: str, optional: Sequence[str] = ()) -> Sheet:
    """Decode ``content`` and split it into rows with exactly ``columns`` (in any order), and ``optional`` ones if they
    are there.

    ``kind`` says in Chinese what sort of file is asked for (线索报告). Raises ``Malformed`` when the file as a whole
    cannot be read: empty, too large, unknown encoding, NUL bytes, header columns missing, unknown or doubled.
    ``Sheet.rows`` is lazy and raises ``Malformed`` past ``MAX_ROWS``.
    """
    text, encoding_note = _decode(content)
    start = next((found.start() for found in re.finditer(r"\S", text)), None)
    if start is None:
        raise Malformed("文件是空的，请重新导出后再上传。")
    start = max(text.rfind("\n", 0, start), text.rfind("\r", 0, start)) + 1
    delimiter = _delimiter(text, start)
    header = _record_at(text, start, delimiter, limit=1_000)
    if header.fault:
        raise Malformed(f"第一行（列名）无法读取：{header.fault}。")
    names = [_header_name(cell) for cell in header.cells]
    _check_header(names, columns, kind, optional)
    notes = [encoding_note] if encoding_note else []
    if delimiter != ",":
        notes.append(f"文件以{_DELIMITERS[delimiter]}分列，已照此读取；标准格式为逗号。")
    first_number = 1 + len(_LINE_END.findall(text, 0, start))
    return Sheet(_rows(text, header.end, delimiter, names, first_number), tuple(notes))


def _decode(content: bytes) -> tuple[str, str | None]:
    if len(content) > MAX_BYTES:
        raise Malformed(f"文件超过 {MAX_BYTES // 1024 // 1024} MB，请分批上传。")
    if content.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        text, note = _strict(content, "utf-16"), "文件为 UTF-16 编码，已转换；标准编码为 UTF-8。"
    elif content.startswith(codecs.BOM_UTF8):
        text, note = _strict(content, "utf-8-sig"), "文件为带 BOM 的 UTF-8 编码，已去掉 BOM。"
    else:
        text, note = _decode_without_mark(content)
    if "\0" in text:
        raise Malformed("文件含有空字节（NUL），不是文本文件；请另存为 UTF-8 编码的 CSV 后再上传。")
    return text, note


def _decode_without_mark(content: bytes) -> tuple[str, str | None]:
    try:
        return content.decode("utf-8"), None
    except UnicodeDecodeError as fault:
        guess = content.decode("utf-8", errors="replace")
        broken = guess.count("\ufffd")
        good = len(guess) - len(guess.encode("ascii", errors="ignore")) - broken
        if broken * _DAMAGED_SHARE < good:
            raise Malformed(
                f"文件是 UTF-8 编码，但第 {fault.start + 1} 字节处已损坏，请重新导出或重新传送。"
            ) from fault
    return _strict(content, "gb18030"), "文件为 GB18030 编码，已转换；标准编码为 UTF-8。"


def _strict(content: bytes, encoding: str) -> str:
    try:
        text = content.decode(encoding)
        text.encode("utf-8")  # a lone surrogate cannot be stored; some decoders let it pass
    except UnicodeError as fault:
        raise Malformed("无法识别文件的编码，请另存为 UTF-8 编码的 CSV 后再上传。") from fault
    return text


def _delimiter(text: str, start: int) -> str:
    end = _LINE_END.search(text, start)
    line = text[start : end.start() if end else len(text)][:10_000]
    return max(_DELIMITERS, key=line.count)


def _header_name(cell: str) -> str:
    return unicodedata.normalize("NFKC", without_invisible(cell[:200])).strip().lower()


def _check_header(names: list[str], columns: Sequence[str], kind: str, optional: Sequence[str]) -> None:
    known = (*columns, *optional)
    missing = [name for name in columns if name not in names]
    unknown = [name for name in dict.fromkeys(names) if name not in known]
    doubled = [name for name in known if names.count(name) > 1]
    fields = dict.fromkeys(missing, "缺少这一列。")
    fields |= {clip(name) or "（空列名）": "没有这一列，请删去或改正列名。" for name in unknown[:20]}
    fields |= dict.fromkeys(doubled, "这一列出现了不止一次，请只留一列。")
    if not fields:
        return
    parts = [
        f"{label}：{'、'.join(clip(name) or '（空列名）' for name in found[:20])}"
        for label, found in (("缺少列", missing), ("不认识的列", unknown), ("重复的列", doubled))
        if found
    ]
    raise Malformed(f"第一行（列名）不符合{kind}格式。{'；'.join(parts)}。", fields)


def _rows(text: str, start: int, delimiter: str, names: list[str], number: int) -> Iterator[Row]:
    position = start
    rows = 0
    while position < len(text):
        record = _record_at(text, position, delimiter, limit=len(names))
        position = record.end
        number += 1
        rows += 1
        if rows > MAX_ROWS:
            raise Malformed(f"文件超过 {MAX_ROWS} 行，请分批上传。")
        cells = dict(zip(names, record.cells, strict=False))
        if record.fault:
            yield Row(number, cells, record.fault)
        elif not any(cell.strip() for cell in record.cells) and record.columns <= len(names):
            continue
        elif record.columns != len(names):
            yield Row(
                number, cells, f"应有 {len(names)} 列，实有 {record.columns} 列；含逗号或换行的内容须加英文双引号"
            )
        else:
            yield Row(number, cells)


def _record_at(text: str, start: int, delimiter: str, limit: int) -> _Record:
    """Read the record that begins at ``start``; of its cells at most ``limit`` are held.

    After a fault in the quoting the record ends with its first line, so that the next line is read afresh; what stood
    before the fault is held.
    """
    found = _LINE_END.search(text, start)
    line_end, after_line = (found.start(), found.end()) if found else (len(text), len(text))
    if text.find('"', start, line_end) < 0:
        columns = text.count(delimiter, start, line_end) + 1
        cells = text[start:line_end].split(delimiter, limit)[:limit] if columns > limit else None
        return _Record(cells or text[start:line_end].split(delimiter), columns, after_line)
    plain = re.compile(f"[^{re.escape(delimiter)}\r\n]*")
    cells, columns, position = [], 0, start
    while True:
        cell, position, fault = _cell_at(text, position, plain)
        columns += 1
        if columns <= limit:
            cells.append(cell)
        if fault or columns > limit + 1_000:
            return _Record(cells[:-1], columns, after_line, fault or "列数过多")
        follower = text[position : position + 1]
        if follower != delimiter:
            break
        position += 1
    if follower not in ("", "\r", "\n"):
        return _Record(cells[:-1], columns, after_line, "右引号之后还有内容；内容中的双引号须写成两个")
    return _Record(cells, columns, position + (2 if text.startswith("\r\n", position) else len(follower)))


def _cell_at(text: str, start: int, plain: re.Pattern[str]) -> tuple[str, int, str | None]:
    if text.startswith('"', start):
        quoted = _QUOTED.match(text, start)
        if quoted is None:
            return "", len(text), "双引号没有成对，请补上右引号"
        return quoted[1].replace('""', '"'), quoted.end(), None
    found = plain.match(text, start)
    end = found.end() if found else start
    return text[start:end], end, None
