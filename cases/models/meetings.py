# pyright: reportAssignmentType=false
"""Meetings (调解会议): rooms, meetings, who attends, and the quarter hours that are taken. Tables only.

Moments are UTC; a quarter hour is counted from the epoch. What does not live here: who may book what (rules, desk).
"""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import BigInteger, CheckConstraint, Column, Index, UniqueConstraint
from sqlmodel import Field, SQLModel

from cases.models.columns import case_key, moment, prose


class Room(SQLModel, table=True):
    """调解室: a place that can be booked, at a committee or at a shared court (共享法庭)."""

    __tablename__ = "room"
    __table_args__ = (CheckConstraint("kind IN ('committee','shared_court')", name="room_kind"),)
    id: str = Field(primary_key=True)
    committee: str = Field(foreign_key="committee.org", index=True)
    kind: str
    name: str
    address: str = ""
    seats: int = 0
    active: bool = True
    sample: bool = False


class Meeting(SQLModel, table=True):
    """调解会议. ``sequence`` grows with every change, as calendars ask; ``minutes_id`` is the minutes' attachment."""

    __tablename__ = "meeting"
    __table_args__ = (
        UniqueConstraint("case_id", "ordinal", name="meeting_ordinal"),
        CheckConstraint("starts < ends", name="meeting_forward"),
        CheckConstraint("kind IN ('committee','visit','online','shared_court')", name="meeting_kind"),
        CheckConstraint("status IN ('planned','held','cancelled')", name="meeting_status"),
    )
    id: str = Field(primary_key=True)
    case_id: str = case_key()
    ordinal: int
    kind: str
    room_id: str | None = Field(default=None, foreign_key="room.id")
    address: str = ""
    starts: datetime = moment()
    ends: datetime = moment()
    status: str = "planned"
    live_stream: bool = False
    sequence: int = 0
    reason: str = prose()
    minutes_id: str | None = Field(default=None, foreign_key="attachment.id")
    minutes_sha256: str = ""
    planned_by: str = ""
    planned_at: datetime = moment()
    changed_at: datetime = moment()


class Attendance(SQLModel, table=True):
    """参会: one mediator or party invited to a meeting; answer, attendance, and the signature under the minutes.

    ``signed_sha256`` is the hash of the minutes as they were when signed; ``released_at`` says since when a mediator,
    or a party that was withdrawn, no longer belongs to it.
    """

    __tablename__ = "attendance"
    __table_args__ = (
        UniqueConstraint("meeting_id", "mediator_id", name="attendance_mediator"),
        UniqueConstraint("meeting_id", "party_id", name="attendance_party"),
        Index("attendance_of_mediator", "mediator_id"),
        CheckConstraint("(mediator_id IS NULL) <> (party_id IS NULL)", name="attendance_one"),
        CheckConstraint("answer IS NULL OR answer IN ('yes','no')", name="attendance_answer"),
    )
    id: str = Field(primary_key=True)
    meeting_id: str = Field(foreign_key="meeting.id")
    mediator_id: str | None = Field(default=None, foreign_key="mediator.id")
    party_id: str | None = Field(default=None, foreign_key="party.id")
    invited_at: datetime = moment()
    answer: str | None = None
    answered_at: datetime | None = moment(nullable=True)
    attended: bool | None = None
    signature_id: str | None = Field(default=None, foreign_key="attachment.id")
    signature_sha256: str = ""
    signed_sha256: str = ""
    signed_at: datetime | None = moment(nullable=True)
    released_at: datetime | None = moment(nullable=True)


class Booking(SQLModel, table=True):
    """占用: one quarter hour of one room, mediator or party. The key is what keeps two meetings apart."""

    __tablename__ = "booking"
    __table_args__ = (Index("booking_meeting", "meeting_id"),)
    resource: str = Field(primary_key=True)
    slot: int = Field(sa_column=Column(BigInteger(), primary_key=True, autoincrement=False))
    meeting_id: str = Field(foreign_key="meeting.id")
