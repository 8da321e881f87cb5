"""The tables (SQLModel), one class each; nothing but columns, keys and checks.

Bodies that are hashed or signed are stored as exact bytes or text, never as a JSON type that may reorder keys. What
does not live here: queries (store) and meaning (grammar, machines).
"""

from __future__ import annotations

from cases.models.cases import (
    CalendarYear,
    CaseFile,
    CaseWords,
    CheckpointRow,
    Deadline,
    DeadlineChange,
    Entry,
    EntryPayload,
    Holding,
    PackVersion,
)
from cases.models.columns import Instant, Words
from cases.models.links import TaskLink, TaskLinkUse
from cases.models.mediation import Appointment, Consent, Disclosure, Party, SharedFact
from cases.models.meetings import Attendance, Booking, Meeting, Room
from cases.models.official import PaperRow
from cases.models.outbox import Attempt, Endpoint, Notice
from cases.models.papers import (
    Attachment,
    DissuasionRecord,
    ForeignReference,
    IdempotencyRecord,
    Serial,
    Shredding,
    SimulatedTime,
)
from cases.models.people import Account, AdminRecord, ApiKey, Errand, IdentityView, Refused, Reporter, Session
from cases.models.registers import (
    BodyComplaint,
    BodyContract,
    Committee,
    FeedKey,
    Mediator,
    MediatorAbsence,
    MediatorTie,
)
from cases.models.suits import FamilyMember, Suit, SuitBatch, SuitFamily

CHAINED = ("entry", "checkpoint", "calendar_year", "admin_record", "task_link_use")
"""Tables whose rows the database itself refuses to change or delete."""

__all__ = [
    "CHAINED",
    "Account",
    "AdminRecord",
    "ApiKey",
    "Appointment",
    "Attachment",
    "Attempt",
    "Attendance",
    "BodyComplaint",
    "BodyContract",
    "Booking",
    "CalendarYear",
    "CaseFile",
    "CaseWords",
    "CheckpointRow",
    "Committee",
    "Consent",
    "Deadline",
    "DeadlineChange",
    "Disclosure",
    "DissuasionRecord",
    "Endpoint",
    "Entry",
    "EntryPayload",
    "Errand",
    "FamilyMember",
    "FeedKey",
    "ForeignReference",
    "Holding",
    "IdempotencyRecord",
    "IdentityView",
    "Instant",
    "Mediator",
    "MediatorAbsence",
    "MediatorTie",
    "Meeting",
    "Notice",
    "PackVersion",
    "PaperRow",
    "Party",
    "Refused",
    "Reporter",
    "Room",
    "Serial",
    "Session",
    "SharedFact",
    "Shredding",
    "SimulatedTime",
    "Suit",
    "SuitBatch",
    "SuitFamily",
    "TaskLink",
    "TaskLinkUse",
    "Words",
]
