"""A pack folder to spoil: a copy of the two bundled packs, one cell of which a test may change."""

from __future__ import annotations

import csv
import io
import shutil
from pathlib import Path

from cases.packs.check import Finding, check_folder
from cases.packs.reading import BUNDLED


def copied(folder: Path) -> Path:
    """A copy of ``base`` and ``jintan`` under ``folder``; returns the copy of ``jintan``."""
    for name in ("base", "jintan"):
        shutil.copytree(
            BUNDLED / name, folder / name, ignore=shutil.ignore_patterns("demo", "calendar", "matter_texts*")
        )
    return folder / "jintan"


def table(path: Path) -> list[dict[str, str]]:
    """The rows of a pack file as they are written."""
    return list(csv.DictReader(io.StringIO(path.read_text(encoding="utf-8"), newline="")))


def write(path: Path, rows: list[dict[str, str]]) -> None:
    """Write the rows of a pack file back."""
    text = io.StringIO(newline="")
    writer = csv.DictWriter(text, list(rows[0]), lineterminator="\n")
    writer.writeheader()
    writer.writerows(rows)
    path.write_text(text.getvalue(), encoding="utf-8", newline="")


def change(path: Path, line: int, **cells: str) -> None:
    """Put other cells into a line (2 is the first row)."""
    rows = table(path)
    unknown = set(cells) - set(rows[0])
    assert not unknown, unknown
    rows[line - 2].update(cells)
    write(path, rows)


def add(path: Path, **cells: str) -> int:
    """Add a row with these cells, all others blank; returns its line."""
    rows = table(path)
    rows.append({name: cells.get(name, "") for name in rows[0]})
    write(path, rows)
    return len(rows) + 1


def line_of(path: Path, **cells: str) -> int:
    """The line of the first row that has these cells."""
    return next(n for n, row in enumerate(table(path), 2) if cells.items() <= row.items())


def only(folder: Path, file: str, line: int, field: str) -> Finding:
    """The single finding about a folder, which must be at this place."""
    findings = check_folder(folder)
    assert [(one.file, one.line, one.field) for one in findings] == [(file, line, field)], "\n".join(map(str, findings))
    return findings[0]
