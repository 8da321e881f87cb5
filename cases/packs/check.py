"""The check of a pack folder (地区包检查, ``huiyin check-pack``): everything wrong with it, in one list.

What does not live here: the checks themselves; they are grouped by what they need to see (``reading``,
``references``, ``coherence``).
"""

from __future__ import annotations

from pathlib import Path

from cases.packs import tables
from cases.packs.checklist import checklist_faults
from cases.packs.coherence import contradictions, leaderless
from cases.packs.finding import Finding
from cases.packs.reading import Draft, read_folder
from cases.packs.references import unknown_references

__all__ = ["Finding", "check_draft", "check_folder"]

_NEEDED = (tables.DUTIES, tables.LIMITS, tables.MATTERS, tables.CLOCKS, tables.LADDER, tables.WORDING)


def check_folder(path: str | Path) -> list[Finding]:
    """All findings about a pack folder and what it extends, by file and line; an empty list means it may be used."""
    return check_draft(read_folder(Path(path)))


def check_draft(draft: Draft) -> list[Finding]:
    """All findings about a pack already read. Later checks are held back where an earlier fault would echo."""
    found = list(draft.findings)
    if not draft.whole:
        return sorted(found)
    found += _missing(draft)
    found += unknown_references(draft)
    found += contradictions(draft)
    found += checklist_faults(draft)
    if not found:
        pack = draft.pack()
        found += leaderless(draft, pack)
    return sorted(found)


def _missing(draft: Draft) -> list[Finding]:
    return [
        Finding(table.file, 0, "", "没有这个文件或没有一行数据", "底包或地区包中至少一行")
        for table in _NEEDED
        if not draft.lines(table)
    ]
