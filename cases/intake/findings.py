"""One row on the table: its cells, cleaned on request, and what was noticed about them.

What does not live here: what a finding means for the report (``judgement``, ``parties``).
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal

from cases.intake import cleaning
from cases.intake.report import KEPT, REJECTED, Remark

COLUMNS = (
    "external_id",
    "source",
    "reporter_org",
    "reporter_name",
    "reporter_phone",
    "anonymous",
    "secrecy_wish",
    "community",
    "building",
    "room",
    "lng",
    "lat",
    "found_at",
    "matter_code",
    "description",
    "dissuaded",
    "dissuaded_at",
    "dissuaded_by",
    "dissuasion_words",
    "dissuasion_response",
    "evidence",
    "emergency",
)

LONGEST = {"description": 20_000, "dissuasion_words": 4_000, "dissuasion_response": 4_000, "evidence": 4_000}
"""Longest cell taken, in characters; every other column ``LONGEST_OTHER``."""
LONGEST_OTHER = 400


class Findings:
    """What was noticed about one row, in the order it was noticed."""

    def __init__(self, row: int) -> None:
        self.row = row
        self.external_id = ""
        self._found: list[tuple[str, str, Literal["rejected", "kept"]]] = []

    def refuse(self, field: str, reason: str) -> None:
        """The row cannot be taken, because of ``reason``."""
        self._found.append((field, reason, REJECTED))

    def refuse_first(self, field: str, reason: str) -> None:
        """As ``refuse``, and this is the chief reason."""
        self._found.insert(0, (field, reason, REJECTED))

    def note(self, field: str, reason: str | None) -> None:
        """Something was repaired or left open; nothing is noted when ``reason`` is ``None``."""
        if reason:
            self._found.append((field, reason if reason.endswith("。") else f"{reason}。", KEPT))

    @property
    def refused(self) -> bool:
        """Whether the row cannot be taken."""
        return any(outcome == REJECTED for _, _, outcome in self._found)

    def remarks(self, outcome: Literal["rejected", "kept"]) -> list[Remark]:
        """The findings of one kind as remarks."""
        return [
            Remark(self.row, self.external_id, field, reason, kind)
            for field, reason, kind in self._found
            if kind == outcome
        ]


def _of_size(cell: str, name: str, findings: Findings) -> str:
    longest = LONGEST.get(name, LONGEST_OTHER)
    if len(cell) <= longest:
        return cell
    findings.refuse(name, f"{name} 有 {len(cell)} 个字符，最多 {longest} 个；请缩短，或把长文作为附件。")
    return ""


class ClueRow:
    """The cells of one row; what cleaning notices goes to the findings under the cell's name.

    ``cells`` holds all ``COLUMNS``. A cell that is too long is refused unread and counts as empty.
    """

    def __init__(self, cells: Mapping[str, str], findings: Findings) -> None:
        self._cells = {name: _of_size(cells[name], name, findings) for name in COLUMNS}
        self.findings = findings

    def cell(self, name: str) -> str:
        """The cell as given, without the space around it."""
        return self._cells[name].strip()

    def take(self, name: str, remark: str | None, *, refused: bool = False) -> None:
        """File ``remark`` as a reason to refuse the row, or as a mere note."""
        if refused:
            self.findings.refuse(name, remark or "")
        else:
            self.findings.note(name, remark)

    def text(self, name: str) -> str:
        """A cell of several lines."""
        return self._safe(name, cleaning.plain_text(self._cells[name]))

    def line(self, name: str) -> str:
        """A cell of one line."""
        return self._safe(name, cleaning.plain_line(self._cells[name]))

    def place(self, name: str) -> str:
        """A building or room."""
        return self._safe(name, cleaning.half_width(self._cells[name]))

    def flag(self, name: str) -> bool | None:
        """A yes or no; ``None`` for anything else."""
        return cleaning.flag(self._cells[name])

    def _safe(self, name: str, cleaned: cleaning.Cleaned) -> str:
        self.findings.note(name, cleaned.note)
        if cleaning.looks_like_formula(cleaned.text):
            self.findings.note(name, "内容以公式符号开头，按普通文字保存，不会作为公式执行")
        return cleaned.text
