# pyright: reportAssignmentType=false
"""The outbox (待发箱): notices, their tries, and where organisations receive them. Tables only."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import CheckConstraint, Index, text
from sqlmodel import Field, SQLModel

from cases.models.columns import case_key, exact, moment, prose


class Notice(SQLModel, table=True):
    """待发通知: one message to one recipient, written in the step's transaction, exact bytes.

    ``shelved`` (放入收件箱) lies in the inbox of an organisation without a receiving address and is
    delivered when seen.
    """

    __tablename__ = "notice"
    __table_args__ = (
        Index(
            "notice_due",
            "recipient",
            "next_at",
            "id",
            sqlite_where=text("state = 'waiting'"),
            postgresql_where=text("state = 'waiting'"),
        ),
        Index(
            "notice_lane",
            "recipient",
            "case_id",
            "seq",
            sqlite_where=text("state IN ('waiting','sending','parked')"),
            postgresql_where=text("state IN ('waiting','sending','parked')"),
        ),
        Index(
            "notice_lease",
            "lease_until",
            sqlite_where=text("state = 'sending'"),
            postgresql_where=text("state = 'sending'"),
        ),
        Index(
            "notice_shelf",
            "recipient",
            "id",
            sqlite_where=text("state = 'shelved'"),
            postgresql_where=text("state = 'shelved'"),
        ),
        Index("notice_recipient", "recipient", "id"),
        Index("notice_case", "case_id", "seq"),
        CheckConstraint("state IN ('waiting','sending','shelved','delivered','parked','skipped')", name="notice_state"),
        CheckConstraint("state <> 'delivered' OR delivered_at IS NOT NULL", name="notice_delivered"),
        CheckConstraint("(state = 'sending') = (lease_token IS NOT NULL)", name="notice_leased"),
    )
    id: str = Field(primary_key=True)
    case_id: str = case_key()
    seq: int
    recipient: str
    event: str
    body: bytes = exact()
    on_arrival: str | None = None
    state: str = "waiting"
    channel: str | None = None
    attempt: int = 0
    created_at: datetime = moment()
    next_at: datetime = moment()
    lease_until: datetime | None = moment(nullable=True)
    lease_token: str | None = None
    delivered_at: datetime | None = moment(nullable=True)
    seen_at: datetime | None = moment(nullable=True)
    last_error: str = prose()


class Attempt(SQLModel, table=True):
    """投递记录: one try at delivering a notice."""

    __tablename__ = "attempt"
    notice_id: str = Field(primary_key=True, foreign_key="notice.id")
    n: int = Field(primary_key=True)
    lease_token: str = Field(primary_key=True)
    at: datetime = moment()
    channel: str
    status: int | None = None
    milliseconds: int = 0
    outcome: str
    detail: str = prose()


class Endpoint(SQLModel, table=True):
    """接收地址: where an organisation receives its webhooks."""

    __tablename__ = "endpoint"
    org: str = Field(primary_key=True)
    url: str
    secret: str
    networks: str = ""
    active: bool = True
    created_at: datetime = moment()
