# pyright: reportAssignmentType=false
"""Suits handed in many at once (批量诉讼): what is counted of a suit, the batch it came in, the family it stands in.

Tables only. Who is sued stands with the case and its parties, never here. What does not live here: the state of a
suit, which is its case's, and when it reached which stage, which is its history.
"""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import BigInteger, CheckConstraint, Column, Index, UniqueConstraint, text
from sqlmodel import Field, SQLModel

from cases.models.columns import case_key, moment, prose


class SuitBatch(SQLModel, table=True):
    """批次: suits that one association received together and hands to one court with one manifest.

    ``closed_at`` is when its suits were counted for the manifest: from then on it takes no more. ``submitted_at`` is
    when the last of them had gone. Sums are in fen. ``digest`` is the manifest's; ``manifest_id`` the paper.
    """

    __tablename__ = "suit_batch"
    __table_args__ = (
        UniqueConstraint("association", "number", name="suit_batch_number"),
        Index("suit_batch_court", "court"),
        CheckConstraint("submitted_at IS NULL OR closed_at IS NOT NULL", name="suit_batch_in_order"),
    )
    id: str = Field(primary_key=True)
    number: str
    association: str
    court: str
    opened_at: datetime = moment()
    opened_by: str
    closed_at: datetime | None = moment(nullable=True)
    closed_by: str = ""
    suits: int = 0
    total_fen: int = Field(default=0, sa_column=Column(BigInteger(), nullable=False))
    digest: str = ""
    manifest_id: str | None = Field(default=None, foreign_key="paper.id")
    submitted_at: datetime | None = moment(nullable=True)


class Suit(SQLModel, table=True):
    """诉状: what the court path asks of a case without reading its facts. ``side`` says who claims, a firm or an owner;
    ``firm`` is the firm's name whoever claims. ``line`` is its place in the manifest, once there is one."""

    __tablename__ = "suit"
    __table_args__ = (
        Index("suit_batch_line", "batch_id", "line"),
        Index("suit_kind", "firm", "community"),
        CheckConstraint("side IN ('firm','owner')", name="suit_side"),
        CheckConstraint("result IN ('pass','repair','reject')", name="suit_result"),
    )
    case_id: str = case_key(primary=True)
    batch_id: str = Field(foreign_key="suit_batch.id")
    row: int
    suit_no: str = ""
    side: str = "firm"
    firm: str = ""
    community: str = ""
    amount_fen: int | None = Field(default=None, sa_column=Column(BigInteger(), nullable=True))
    result: str
    reasons: str = prose()
    screened_at: datetime = moment()
    line: int | None = None


class SuitFamily(SQLModel, table=True):
    """案件家族: like suits of one firm in one community on one issue, with the one that is tried first (示范案件).

    ``following`` is what the others are to do once it is decided, as the form said it (JSON); empty until then.
    """

    __tablename__ = "suit_family"
    __table_args__ = (
        UniqueConstraint("court", "name", name="suit_family_name"),
        Index("suit_family_model", "model_case"),
        CheckConstraint("(decided_at IS NULL) = (following = '')", name="suit_family_decided"),
    )
    id: str = Field(primary_key=True)
    name: str
    court: str
    firm: str
    community: str = ""
    issue: str = prose()
    model_case: str = case_key()
    document: str = ""
    chosen_by: str
    chosen_at: datetime = moment()
    following: str = prose()
    decided_by: str = ""
    decided_at: datetime | None = moment(nullable=True)


class FamilyMember(SQLModel, table=True):
    """家族成员: one suit that waits for the model case of a family. A suit stands in one family at a time, and may
    leave it at any time, with the reason its party gave.

    ``stood_at`` is when it began to wait, ``followed_at`` when it followed the outcome; ``refused`` says why a step
    could not be taken for it: then it is somebody's to look at.
    """

    __tablename__ = "family_member"
    __table_args__ = (
        Index(
            "family_member_one",
            "case_id",
            unique=True,
            sqlite_where=text("left_at IS NULL"),
            postgresql_where=text("left_at IS NULL"),
        ),
        Index("family_member_of", "family_id", "id"),
        Index(
            "family_member_to_stand",
            "id",
            sqlite_where=text("stood_at IS NULL AND left_at IS NULL AND refused = ''"),
            postgresql_where=text("stood_at IS NULL AND left_at IS NULL AND refused = ''"),
        ),
        Index(
            "family_member_to_follow",
            "family_id",
            "id",
            sqlite_where=text("followed_at IS NULL AND stood_at IS NOT NULL AND left_at IS NULL AND refused = ''"),
            postgresql_where=text("followed_at IS NULL AND stood_at IS NOT NULL AND left_at IS NULL AND refused = ''"),
        ),
        CheckConstraint("(left_at IS NULL) = (left_because = '')", name="family_member_left"),
    )
    id: str = Field(primary_key=True)
    family_id: str = Field(foreign_key="suit_family.id")
    case_id: str = case_key()
    joined_at: datetime = moment()
    joined_by: str
    stood_at: datetime | None = moment(nullable=True)
    followed_at: datetime | None = moment(nullable=True)
    refused: str = prose()
    left_at: datetime | None = moment(nullable=True)
    left_because: str = prose()
    left_by: str = ""
