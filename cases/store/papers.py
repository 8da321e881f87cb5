"""The register of official documents (文书登记簿): numbers without gaps, rows that are never changed but to void them.

A number is drawn in the transaction that keeps its document; whoever draws holds its series until then. What does not
live here: what a document says (papers), and who may make or read one (desk, edge).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, insert, select, update

from cases.store.both import run
from cases.store.sheaf import table

SERIES = "文书"
"""What the name of a series of documents begins with among the serials."""


@dataclass(frozen=True, slots=True)
class Place:
    """Where a document goes: which of its kind in the case, which version, which number. ``series`` is the number
    as it is printed, without the serial, so that no two documents can ever bear the same one."""

    ordinal: int
    version: int
    series: str | None = None
    serial: int | None = None
    number: str = ""


@dataclass(frozen=True, slots=True)
class Kept:
    """A document as it is kept."""

    id: str
    case_id: str
    code: str
    title: str
    ordinal: int
    version: int
    series: str | None
    serial: int | None
    number: str
    pack_id: int
    facts_digest: str
    content_digest: str
    pdf_sha256: str
    pdf_size: int
    docx_sha256: str
    docx_size: int
    made_at: datetime
    made_by: str
    made_org: str | None
    voided_at: datetime | None = None
    voided_by: str = ""
    void_reason: str = ""
    case_version: int | None = None
    bears: str | None = None

    @property
    def place(self) -> Place:
        """Where it stands."""
        return Place(self.ordinal, self.version, self.series, self.serial, self.number)


def hold(connection: Connection, *names: str) -> None:
    """Let nobody else pass until this transaction ends: one lock a name, always taken in the order given.

    SQLite has one writer at a time and needs nothing.
    """
    if connection.dialect.name == "postgresql":
        for name in names:
            connection.exec_driver_sql("SELECT pg_advisory_xact_lock(hashtextextended(%s, 0))", (f"{SERIES}:{name}",))


def last_serial(connection: Connection, series: str) -> int:
    """The last number drawn of a series; 0 when none was."""
    serial = table("serial")
    question = select(serial.c.last).where(serial.c.series == f"{SERIES}:{series}")
    return int(connection.execute(question).scalar() or 0)


def keep(connection: Connection, kept: Kept) -> None:
    """Write the row and, with a first version, use its number up."""
    connection.execute(insert(table("paper")).values(**asdict(kept)))
    if kept.series is not None and kept.version == 1:
        run(
            connection,
            "INSERT INTO serial (series, last) VALUES (?, ?) ON CONFLICT (series) DO UPDATE SET last = excluded.last",
            f"{SERIES}:{kept.series}",
            kept.serial,
        )


def papers_of(connection: Connection, case_ids: Sequence[str]) -> list[Kept]:
    """The documents of these cases in the order they were made."""
    paper = table("paper")
    question = select(paper).where(paper.c.case_id.in_(case_ids)).order_by(paper.c.made_at, paper.c.id)
    return [_kept(row) for row in connection.execute(question).mappings()]


def paper_kept(connection: Connection, paper_id: str) -> Kept | None:
    """One document, or None."""
    paper = table("paper")
    row = connection.execute(select(paper).where(paper.c.id == paper_id)).mappings().first()
    return _kept(row) if row else None


def void(connection: Connection, kept: Kept, by: str, reason: str, now: datetime) -> int:
    """Void a document in all its versions; how many were in force until now. Its number stays used up."""
    paper = table("paper")
    same = (paper.c.case_id == kept.case_id, paper.c.code == kept.code, paper.c.ordinal == kept.ordinal)
    change = update(paper).where(*same, paper.c.voided_at.is_(None))
    return connection.execute(change.values(voided_at=now, voided_by=by, void_reason=reason)).rowcount


def _kept(row: Any) -> Kept:
    return Kept(**row)
