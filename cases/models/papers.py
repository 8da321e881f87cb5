# pyright: reportAssignmentType=false
"""Papers of a case (材料) and the small books of the house, such as serials and idempotency. Tables only."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import Index
from sqlmodel import Field, SQLModel

from cases.models.columns import case_key, exact, moment, prose


class DissuasionRecord(SQLModel, table=True):
    """劝阻记录."""

    __tablename__ = "dissuasion"
    id: str = Field(primary_key=True)
    case_id: str = case_key()
    at: datetime = moment()
    by: str
    words: str = prose()
    response: str = prose()
    medium: str = ""
    witness: str = ""
    recorded_by: str = ""
    recorded_at: datetime = moment()
    __table_args__ = (Index("dissuasion_case", "case_id"),)


class Attachment(SQLModel, table=True):
    """附件: a file belonging to a case, addressed by its content."""

    __tablename__ = "attachment"
    __table_args__ = (Index("attachment_case", "case_id"),)
    id: str = Field(primary_key=True)
    case_id: str = case_key()
    name: str
    media_type: str
    size: int
    sha256: str
    added_by: str
    added_org: str | None = None
    added_at: datetime = moment()


class ForeignReference(SQLModel, table=True):
    """来件编号: the number another system gave a report; unique, so that nothing is taken in twice."""

    __tablename__ = "foreign_reference"
    system: str = Field(primary_key=True)
    number: str = Field(primary_key=True)
    case_id: str = case_key()
    fingerprint: str = ""


class Serial(SQLModel, table=True):
    """流水号: gap-free, per organ, kind and year."""

    __tablename__ = "serial"
    series: str = Field(primary_key=True)
    last: int = 0


class IdempotencyRecord(SQLModel, table=True):
    """幂等键: the stored answer to a request that may be repeated."""

    __tablename__ = "idempotency"
    principal: str = Field(primary_key=True)
    key: str = Field(primary_key=True)
    route: str
    fingerprint: str
    status: int
    body: bytes = exact()
    created_at: datetime = moment()


class SimulatedTime(SQLModel, table=True):
    """模拟时间: only in demonstrations; one row, the simulated moment at a real one."""

    __tablename__ = "simulated_time"
    id: int = Field(default=1, primary_key=True)
    real: datetime = moment()
    simulated: datetime = moment()


class Shredding(SQLModel, table=True):
    """销毁: the files and documents a case had when its content was lawfully erased are handed out no more, and the
    files themselves go; ``done_at`` is when they were gone."""

    __tablename__ = "shredding"
    __table_args__ = (Index("shredding_case", "case_id"),)
    id: str = Field(primary_key=True)
    case_id: str = case_key()
    at: datetime = moment()
    ground: str = prose()
    done_at: datetime | None = moment(nullable=True)
