"""What comes out of a clue file: reports, remarks, and the whole reading.

Plain frozen records without behaviour beyond counting. What does not live here: how a cell is cleaned
(``cleaning``), how a row is judged (``judgement``), and anything about cases: a report is a draft until the desk
opens a case for it.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Literal

WHOLE_FILE = "文件"
"""``Remark.field`` of a remark about the file itself; its row is 0."""

WHOLE_ROW = "整行"
"""``Remark.field`` of a remark about a row that could not be split into cells, or about the row as one."""

REJECTED: Literal["rejected"] = "rejected"
KEPT: Literal["kept"] = "kept"


@dataclass(frozen=True)
class Remark:
    """One thing noticed while reading, in a sentence that says what would be right.

    ``row`` counts as a spreadsheet does: the header is row 1, the first report row 2; 0 is the file as a whole.
    ``reason`` never repeats the reporter's name or phone. ``outcome`` is ``rejected`` (the row was not imported) or
    ``kept`` (repaired or noted; the row was imported).
    """

    row: int
    external_id: str
    field: str
    reason: str
    outcome: Literal["rejected", "kept"]


@dataclass(frozen=True)
class Dissuasion:
    """劝阻记录: who dissuaded the person concerned, when, with what words, and what came back (may be empty)."""

    at: datetime | None
    by: str
    words: str
    response: str


@dataclass(frozen=True)
class Report:
    """线索报告 draft: one row of a clue file that can become a case.

    ``source`` is one of ``property``, ``owners_committee``, ``grid_worker``, ``resident_snapshot``, ``inspection``,
    ``hotline``. ``reporter_phone`` holds digits only (empty when none could be read); ``reporter_phone_given`` what was
    written. An anonymous reporter has neither name nor phone. ``community`` is a pack code; ``lng`` and ``lat`` are
    degrees, both or neither. ``found_at`` is aware, +08:00. ``matter_code`` is a code of the pack or ``None``.
    ``emergency`` is the reporter's own opinion, ``None`` when not given. ``remarks`` repeats what was noted
    about this row.
    """

    row: int
    external_id: str
    source: str
    reporter_org: str
    reporter_name: str
    reporter_phone: str
    reporter_phone_given: str
    anonymous: bool
    secrecy: bool
    community: str
    building: str
    room: str
    lng: float | None
    lat: float | None
    found_at: datetime
    matter_code: str | None
    description: str
    dissuasion: Dissuasion | None
    evidence: tuple[str, ...]
    emergency: bool | None
    remarks: tuple[Remark, ...]


@dataclass(frozen=True)
class Reading:
    """A clue file read to its end: every row is either one of ``reports`` or has its reasons in ``rejected``.

    ``rejected`` is in row order; a rejected row has at least one remark, the first is the chief reason.
    ``remarks`` are the kept ones: of the file (row 0) and of imported rows. ``rows`` counts rows, empty ones left out.
    """

    reports: list[Report]
    rejected: list[Remark]
    remarks: list[Remark]
    rows: int

    @property
    def rejected_rows(self) -> tuple[int, ...]:
        """The numbers of the rejected rows, each once, in order: ``len(reports) + len(rejected_rows) == rows``."""
        return tuple(dict.fromkeys(remark.row for remark in self.rejected))
