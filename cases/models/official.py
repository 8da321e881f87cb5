# pyright: reportAssignmentType=false
"""Official documents (文书): the register of every one ever made, voided ones too. Table only."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import CheckConstraint, Index, UniqueConstraint
from sqlmodel import Field, SQLModel

from cases.models.columns import case_key, moment, prose


class PaperRow(SQLModel, table=True):
    """文书登记: one version of one document. ``ordinal`` counts the documents of a kind in a case, ``version`` the
    times this one was made. The row is never changed but to void it; the files lie in the folder under their digests.
    ``bears`` are the parties that stand on it, by ordinal, with which of their parts (JSON, no names), and
    ``case_version`` the version of the case it was made from; both are empty on documents older than these columns.
    """

    __tablename__ = "paper"
    __table_args__ = (
        UniqueConstraint("case_id", "code", "ordinal", "version", name="paper_place"),
        UniqueConstraint("series", "serial", "version", name="paper_serial"),
        CheckConstraint("(series IS NULL) = (serial IS NULL)", name="paper_numbered"),
        CheckConstraint("(voided_at IS NULL) = (void_reason = '')", name="paper_voided"),
        Index("paper_case", "case_id"),
    )
    id: str = Field(primary_key=True)
    case_id: str = case_key()
    code: str
    title: str
    ordinal: int
    version: int
    series: str | None = None
    serial: int | None = None
    number: str = ""
    pack_id: int
    facts_digest: str
    content_digest: str
    pdf_sha256: str
    pdf_size: int
    docx_sha256: str
    docx_size: int
    made_at: datetime = moment()
    made_by: str
    made_org: str | None = None
    voided_at: datetime | None = moment(nullable=True)
    voided_by: str = ""
    void_reason: str = prose()
    case_version: int | None = None
    bears: str | None = prose(nullable=True, default=None)
