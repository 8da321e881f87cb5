"""A CSV file of a pack as rows with their line numbers.

Lives here: reading the file, its column names, and refusing a file that is no such table.
Does not live here: what a row means; that is for the module that asks.
"""

from __future__ import annotations

import csv
import io
from pathlib import Path

from cases.errors import PackBroken


def read_table(file: Path, columns: tuple[str, ...]) -> list[tuple[str, dict[str, str]]]:
    """The rows of a UTF-8 CSV file, each with its place ("2026.csv 第3行") and its cells by column, stripped.

    Raises ``PackBroken`` when the file is missing, is not UTF-8 CSV, has other columns, or a row has too many or too
    few cells.
    """
    return table_rows(file.name, utf8(file), columns)


def utf8(file: Path) -> str:
    """The text of a UTF-8 file; ``PackBroken`` when it is missing or in another encoding."""
    try:
        # utf-8-sig: office spreadsheets put a byte-order mark in front
        return file.read_bytes().decode("utf-8-sig")
    except FileNotFoundError as error:
        raise PackBroken(f"{file.name}: 文件不存在", file=str(file)) from error
    except UnicodeDecodeError as error:
        raise PackBroken(f"{file.name}: 不是 UTF-8 编码的 CSV 文件", file=str(file)) from error


def table_rows(name: str, text: str, columns: tuple[str, ...]) -> list[tuple[str, dict[str, str]]]:
    """The same from the text of a file of that name."""
    try:
        reader = csv.reader(io.StringIO(text, newline=""), strict=True)
        rows = [(f"{name} 第{reader.line_num}行", [cell.strip() for cell in row]) for row in reader if row]
    except csv.Error as error:
        raise PackBroken(f"{name}: 不是 UTF-8 编码的 CSV 文件", file=name) from error
    if not rows or tuple(rows[0][1]) != columns:
        raise PackBroken(f"{name} 第1行: 列名须为 {','.join(columns)}", file=name)
    for place, row in rows[1:]:
        if len(row) != len(columns):
            raise PackBroken(f"{place}: 须有 {len(columns)} 列,实有 {len(row)} 列", file=name)
    return [(place, dict(zip(columns, row, strict=True))) for place, row in rows[1:]]
