"""The reject file (退回清单): the remarks of a reading as a CSV that the sender can open in a spreadsheet.

What does not live here: the decision what is rejected. The sender's words come back in the reasons, so every cell is
made safe against being run as a formula.
"""

from __future__ import annotations

import csv
from collections.abc import Iterable
from pathlib import Path

from cases.intake.report import Remark

COLUMNS = ("row", "external_id", "field", "reason", "outcome")

_FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")


def defused(cell: str) -> str:
    """``cell`` with a leading apostrophe when a spreadsheet would take it for a formula."""
    return f"'{cell}" if cell.startswith(_FORMULA_STARTS) else cell


def write_rejects(path: Path | str, remarks: Iterable[Remark]) -> None:
    """Write ``remarks`` to ``path`` as ``row,external_id,field,reason,outcome``; an existing file is replaced.

    UTF-8 with a byte order mark, without which Excel takes the file for the local code page. Raises ``OSError`` when
    the file cannot be written.
    """
    with Path(path).open("w", encoding="utf-8-sig", newline="") as out:
        writer = csv.writer(out)
        writer.writerow(COLUMNS)
        for remark in remarks:
            cells = (remark.external_id, remark.field, remark.reason, remark.outcome)
            writer.writerow((remark.row, *map(defused, cells)))
