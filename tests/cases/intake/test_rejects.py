"""The reject file as a spreadsheet sees it."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest

from cases.intake import Remark, write_rejects
from cases.intake.rejects import COLUMNS, defused


def test_the_file_opens_in_a_spreadsheet_and_runs_nothing(tmp_path: Path) -> None:
    path = tmp_path / "rejects.csv"
    remarks = [
        Remark(3, "=cmd|' /C calc'!A0", "community", '"锦澜",\n请改正。', "rejected"),
        Remark(4, "WY-1", "found_at", "-2+3 也不行", "kept"),
    ]
    write_rejects(path, remarks)
    assert path.read_bytes().startswith(b"\xef\xbb\xbf")
    with path.open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.reader(file))
    assert rows == [
        list(COLUMNS),
        ["3", "'=cmd|' /C calc'!A0", "community", '"锦澜",\n请改正。', "rejected"],
        ["4", "WY-1", "found_at", "'-2+3 也不行", "kept"],
    ]


def test_an_older_file_is_replaced(tmp_path: Path) -> None:
    path = tmp_path / "rejects.csv"
    write_rejects(path, [Remark(2, "A", "整行", "一。", "rejected")] * 5)
    write_rejects(path, [])
    assert path.read_bytes().decode("utf-8-sig") == ",".join(COLUMNS) + "\r\n"


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠"])
def test_every_formula_start_is_defused(start: str) -> None:
    assert defused(f"{start}1") == f"'{start}1"


@pytest.mark.parametrize("cell", ["", "WG/0921/01", "3-101", "'=1"])
def test_plain_cells_stay_as_they_are(cell: str) -> None:
    assert defused(cell) == cell
