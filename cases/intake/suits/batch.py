"""Reading a batch file of suits (诉状批次) from its bytes to its last row.

A file that is no batch at all is refused; a row that cannot be read stays in its place as a suit with faults, so that
the answer has one line for every row. What does not live here: single cells (``cells``, ``fees``).
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from cases.errors import Malformed
from cases.intake.cleaning import plain_line
from cases.intake.reading import Row, content_of, read_sheet
from cases.intake.suits.cells import COLUMNS, LONGEST, LONGEST_OTHER, OPTIONAL, read_suit
from cases.rules.screening.suit import Suit

KIND = "诉状批次"


@dataclass(frozen=True)
class Batch:
    """A batch file read to its end: one suit for each row that is not blank, and what was unusual about the file."""

    suits: tuple[Suit, ...]
    notes: tuple[str, ...]


def read_suits(source: Path | bytes) -> Batch:
    """Read a batch file; the same bytes give the same batch.

    Raises ``Malformed`` when the file as a whole is unusable (see ``cases.intake.reading``) or holds no row,
    ``OSError`` when ``source`` is a path that cannot be read.
    """
    sheet = read_sheet(content_of(source), COLUMNS, KIND, OPTIONAL)
    suits = tuple(map(_suit, sheet.rows))
    if not suits:
        raise Malformed("文件只有列名，没有诉状。")
    return Batch(suits, sheet.notes)


def _suit(row: Row) -> Suit:
    faults = [row.fault] if row.fault else list(_too_long(row.cells))
    if faults:
        return Suit(row.number, plain_line(row.cells.get("suit_no", "")[:LONGEST_OTHER]).text, faults=tuple(faults))
    suit = read_suit(row.number, row.cells)
    if not suit.claimant_kind:
        return Suit(row.number, suit.number, faults=("claimant_kind 应为 firm、owner 或 committee",))
    return suit


def _too_long(cells: dict[str, str]) -> tuple[str, ...]:
    return tuple(
        f"{name} 有 {len(cell)} 个字符，最多 {LONGEST.get(name, LONGEST_OTHER)} 个"
        for name, cell in cells.items()
        if len(cell) > LONGEST.get(name, LONGEST_OTHER)
    )
