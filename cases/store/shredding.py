"""Files that must go (待销毁): which cases lost theirs by lawful erasure, and which files nobody else needs.

What does not live here: removing a file (desk), and who may erase (machines).
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, func, literal, select, union_all, update

from cases.store.sheaf import table


@dataclass(frozen=True, slots=True)
class Due:
    """One erasure whose files are still there."""

    id: str
    case_id: str
    at: datetime


def erased_at(connection: Connection, case_id: str) -> datetime | None:
    """When the files of a case were last erased; what came later is not concerned."""
    rows = table("shredding")
    return connection.execute(select(func.max(rows.c.at)).where(rows.c.case_id == case_id)).scalar()


def waiting(connection: Connection, many: int) -> list[Due]:
    """The oldest erasures whose files are still there."""
    rows = table("shredding")
    question = (
        select(rows.c.id, rows.c.case_id, rows.c.at).where(rows.c.done_at.is_(None)).order_by(rows.c.at).limit(many)
    )
    return [Due(*row) for row in connection.execute(question)]


def digests_of(connection: Connection, due: Due) -> frozenset[str]:
    """The files of a case that an erasure concerns, by content."""
    files, paper = table("attachment"), table("paper")
    attached = select(files.c.sha256).where(files.c.case_id == due.case_id, files.c.added_at <= due.at)
    made = (paper.c.case_id == due.case_id, paper.c.made_at <= due.at)
    both = (select(paper.c.pdf_sha256).where(*made), select(paper.c.docx_sha256).where(*made))
    return frozenset(row[0] for row in connection.execute(union_all(attached, *both)))


def still_needed(connection: Connection, digests: Iterable[str]) -> frozenset[str]:
    """Those of these contents that some file or document not erased has as well."""
    wanted = sorted(digests)
    if not wanted:
        return frozenset()
    files, paper, gone = table("attachment"), table("paper"), table("shredding")
    erased = select(literal(1)).where(gone.c.case_id == files.c.case_id, files.c.added_at <= gone.c.at).exists()
    voided = select(literal(1)).where(gone.c.case_id == paper.c.case_id, paper.c.made_at <= gone.c.at).exists()
    questions = [select(files.c.sha256).where(files.c.sha256.in_(wanted), ~erased)]
    for column in (paper.c.pdf_sha256, paper.c.docx_sha256):
        questions.append(select(column).where(column.in_(wanted), ~voided))
    return frozenset(row[0] for row in connection.execute(union_all(*questions)))


def done(connection: Connection, due: Due, now: datetime) -> None:
    """The files of this erasure are gone."""
    rows = table("shredding")
    connection.execute(update(rows).where(rows.c.id == due.id, rows.c.done_at.is_(None)).values(done_at=now))
