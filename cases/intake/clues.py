"""Reading a clue file (线索报告) from its bytes to its last row.

Here the rows meet each other: numbers given twice, texts handed in twice. What does not live here: the judgement of a
single row (``judgement``), and any look at reports that were taken in before this file.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import NamedTuple

from cases.errors import Malformed
from cases.intake.findings import COLUMNS, Findings
from cases.intake.judgement import LocalNames, judge
from cases.intake.reading import Row, Sheet, content_of, read_sheet
from cases.intake.report import KEPT, REJECTED, WHOLE_FILE, WHOLE_ROW, Reading, Remark, Report

_PROGRESS_EVERY = 100


def read_clues(
    source: Path | bytes, pack: LocalNames, as_of: datetime, *, progress: Callable[[int], None] | None = None
) -> Reading:
    """Read a clue file; every row ends either as a report or with its reasons in ``rejected``.

    ``as_of`` (aware) is the moment of intake, against which dates are judged. ``progress`` is told the number of rows
    done, now and then and at the end. The same bytes, pack and moment give the same reading. Raises ``Malformed`` when
    the file as a whole is unusable, ``OSError`` when ``source`` is a path that cannot be read, ``ValueError`` when
    ``as_of`` carries no offset.
    """
    if as_of.tzinfo is None:
        raise ValueError("as_of must be aware")
    return _read(read_sheet(content_of(source), COLUMNS, "线索报告"), pack, as_of, progress or (lambda _: None))


def _read(sheet: Sheet, pack: LocalNames, as_of: datetime, progress: Callable[[int], None]) -> Reading:
    reading = Reading([], [], [Remark(0, "", WHOLE_FILE, note, KEPT) for note in sheet.notes], 0)
    register = _Register()
    rows = 0
    for row in sheet.rows:
        rows += 1
        findings = Findings(row.number)
        report = None if row.fault else judge(row.cells, pack, as_of, findings)
        if row.fault:
            findings.external_id = row.cells.get("external_id", "")[:60]
            findings.refuse(WHOLE_ROW, f"这一行无法读取：{row.fault}。")
        else:
            register.compare(row, findings)
        register.enter(row, findings)
        _file(reading, report, findings)
        if rows % _PROGRESS_EVERY == 0:
            progress(rows)
    if rows == 0:
        raise Malformed("文件只有列名，没有线索报告。")
    progress(rows)
    return replace(reading, rows=rows)


def _file(reading: Reading, report: Report | None, findings: Findings) -> None:
    if findings.refused or report is None:
        reading.rejected.extend(findings.remarks(REJECTED))
        return
    kept = findings.remarks(KEPT)
    reading.reports.append(replace(report, remarks=tuple(kept)))
    reading.remarks.extend(kept)


class _Entry(NamedTuple):
    number: int
    cells: dict[str, str]
    accepted: bool


class _Register:
    """Which numbers and which contents have been seen in this file."""

    def __init__(self) -> None:
        self._by_id: dict[str, _Entry] = {}
        self._by_content: dict[tuple[str, ...], int] = {}

    def compare(self, row: Row, findings: Findings) -> None:
        """Refuse ``row`` when an earlier one has its number; note when an earlier one has its content."""
        earlier = self._by_id.get(_key(findings.external_id))
        if earlier:
            _compare_same_number(row, earlier, findings)
            return
        twin = self._by_content.get(_content_of(row))
        if twin is not None:
            findings.note(WHOLE_ROW, f"除编号外与第{twin}行完全相同，可能是同一件事报了两次，请核对后合并。")

    def enter(self, row: Row, findings: Findings) -> None:
        """Remember ``row``; an accepted row takes the place of a rejected one with the same number."""
        key = _key(findings.external_id)
        earlier = self._by_id.get(key)
        if key and not row.fault and (earlier is None or not earlier.accepted):
            self._by_id[key] = _Entry(row.number, row.cells, not findings.refused)
        if not findings.refused:
            self._by_content.setdefault(_content_of(row), row.number)


def _compare_same_number(row: Row, earlier: _Entry, findings: Findings) -> None:
    differing = [name for name in COLUMNS if row.cells[name].strip() != earlier.cells[name].strip()]
    if not differing:
        findings.refuse_first("external_id", f"重复行：与第{earlier.number}行完全相同，只保留一行即可。")
    elif earlier.accepted:
        names = "、".join(differing)
        findings.refuse_first(
            "external_id",
            f"编号与第{earlier.number}行相同，但内容不同（{names}）；若是另一件事请换编号，若是更正请只留一行。",
        )
    else:
        findings.note("external_id", f"编号与第{earlier.number}行相同；该行未能导入，以本行为准。")


def _key(external_id: str) -> str:
    return external_id.casefold()


def _content_of(row: Row) -> tuple[str, ...]:
    return tuple(row.cells[name].strip() for name in COLUMNS if name != "external_id")
