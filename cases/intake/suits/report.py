"""The screening report (筛查结果表): one line for every row of the batch file, safe to open in a spreadsheet.

What does not live here: the answers. A suit's number comes from outside, so every cell is made safe against being run
as a formula; nothing else of what the firm wrote is repeated.
"""

from __future__ import annotations

import csv
from collections.abc import Iterable, Mapping
from pathlib import Path

from cases.intake.rejects import defused
from cases.rules.screening import Result, Screened

COLUMNS = ("suit_no", "result", "reasons")
OPENED = ("opened", "case")
"""Further columns where the rows were opened as cases: what became of the row, and its case or why there is none."""
IN_ORDER = "各项审查要点齐备，可以提交"


def reasons_of(one: Screened) -> str:
    """The reasons of an answer in one cell: whole sentences joined by ``；`` with one full stop at the end."""
    sentences = (IN_ORDER, *one.reasons) if one.result == Result.PASS else one.reasons
    return "；".join(sentences) + "。"


def write_screening(
    path: Path, screened: Iterable[Screened], opened: Mapping[int, tuple[str, str]] | None = None
) -> None:
    """Write ``suit_no,result,reasons`` to ``path``, whole or not at all; an existing file is replaced. ``opened`` says,
    by row, what became of it.

    UTF-8 with a byte order mark, without which Excel takes the file for the local code page. Raises ``OSError`` when
    the file cannot be written.
    """
    draft = path.with_name(f".{path.name}.part")
    try:
        with draft.open("w", encoding="utf-8-sig", newline="") as out:
            writer = csv.writer(out)
            writer.writerow(COLUMNS if opened is None else (*COLUMNS, *OPENED))
            for one in screened:
                became = () if opened is None else opened[one.suit.row]
                writer.writerow(map(defused, (one.suit.number, one.result, reasons_of(one), *became)))
        draft.replace(path)
    finally:
        draft.unlink(missing_ok=True)
