# pyright: reportAssignmentType=false
"""Cases, their history and their clocks (案件、办理记录、时限), pack versions and calendar years. Tables only."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import Column, ForeignKey, Index, Text, UniqueConstraint, text
from sqlmodel import Field, SQLModel

from cases.models.columns import Words, case_key, exact, moment, prose
from cases.models.queue_indexes import queue_indexes


class PackVersion(SQLModel, table=True):
    """地区包版本: an immutable published version of a pack; running cases keep theirs."""

    __tablename__ = "pack_version"
    id: int | None = Field(default=None, primary_key=True)
    name: str = Field(index=True)
    version: str
    digest: str = Field(unique=True)
    document: str = prose()
    published_at: datetime = moment()


class CalendarYear(SQLModel, table=True):
    """历年修订: one revision of a year's holiday arrangement; ``days`` is its canonical JSON, ``reason`` says why it
    replaces an earlier one."""

    __tablename__ = "calendar_year"
    __table_args__ = (UniqueConstraint("year", "revision", name="calendar_year_revision"),)
    id: int | None = Field(default=None, primary_key=True)
    year: int
    revision: int
    notice: str = prose()
    days: str = prose()
    digest: str
    imported_at: datetime = moment()
    imported_by: str
    reason: str = prose()


class CaseFile(SQLModel, table=True):
    """案件: everything that has a state, a holder and a deadline.

    ``told_due`` is the nearest due moment as whoever stands outside may know it; ``warned`` are the running clocks
    whose first rung was reached, as ``|code||code|``.
    """

    __tablename__ = "case_file"
    __table_args__ = (
        Index(
            "case_lane", "lane", "id", sqlite_where=text("lane IS NOT NULL"), postgresql_where=text("lane IS NOT NULL")
        ),
        Index("case_parent", "parent_id"),
        Index("case_station_queue", "station", "case_type", "state", "id"),
        Index("case_station_pages", "station", "id", "matter"),
        Index("case_assignee_queue", "assignee", "state", "id"),
        Index("case_assignee_pages", "assignee", "id", "matter", "case_type"),
        Index("case_reporter_queue", "reporter_org", "id"),
        Index("case_place", "place", "matter", "found_on"),
        *queue_indexes(),
    )
    id: str = Field(primary_key=True)
    number: str = Field(unique=True)
    case_type: str
    state: str
    version: int
    head_hash: str
    pack_id: int = Field(foreign_key="pack_version.id")
    parent_id: str | None = case_key(nullable=True)
    station: str | None = None
    assignee: str | None = None
    duty: str | None = None
    lead: str | None = None
    holder: str | None = None
    reporter_org: str | None = None
    community: str | None = None
    street: str | None = None
    place: str | None = None
    matter: str | None = None
    severity: int = 0
    emergency: bool = False
    sealed: bool = False
    lane: str | None = None
    summary: str = prose()
    found_on: date | None = None
    opened_at: datetime = moment()
    updated_at: datetime = moment()
    closed_at: datetime | None = moment(nullable=True)
    is_open: bool = True
    next_due: datetime | None = moment(nullable=True)
    told_due: datetime | None = moment(nullable=True)
    warned: str = prose(server_default=text("''"))
    level: int = 0
    facts: str = prose(default="{}")
    clocks: str = prose(default="[]")


class CaseWords(SQLModel, table=True):
    """检索词: what a case is found by; written in the transaction that changes it.

    SQLite keeps a full-text index ``case_words_index`` over it by triggers, which the migrations know.
    """

    __tablename__ = "case_words"
    __table_args__ = (Index("case_words_words", "words", postgresql_using="gin").ddl_if(dialect="postgresql"),)
    id: int | None = Field(default=None, primary_key=True)
    case_id: str = Field(sa_column=Column(Text(), ForeignKey("case_file.id"), unique=True, nullable=False))
    words: str = Field(sa_column=Column(Words(), nullable=False))


class Entry(SQLModel, table=True):
    """办理记录: one append-only, hash-chained line of a case's history."""

    __tablename__ = "entry"
    case_id: str = case_key(primary=True)
    seq: int = Field(primary_key=True)
    at: datetime = moment()
    actor: str
    actor_org: str = ""
    role: str
    verb: str
    from_state: str
    to_state: str
    alg: str
    prev_hash: str
    digest: str
    hash: str
    record: bytes = exact()


class EntryPayload(SQLModel, table=True):
    """办理内容: what was filled in; lawfully erasable, leaving a tombstone."""

    __tablename__ = "entry_payload"
    case_id: str = case_key(primary=True)
    seq: int = Field(primary_key=True)
    salt: bytes | None = exact(nullable=True)
    body: str | None = prose(nullable=True, default=None)
    erased_at: datetime | None = moment(nullable=True)
    tombstone: str | None = None


class Deadline(SQLModel, table=True):
    """时限: one running or stopped clock of a case, with what it was computed from.

    ``extra`` was added by ``extensions`` extensions, in ``unit``; ``stood`` are the stands that are over (JSON);
    ``stands_since`` is set while it stands still, at the longest until ``stands_until``. ``hours`` are the office hours
    it is counted in. What moved it is in ``deadline_change``.
    """

    __tablename__ = "deadline"
    __table_args__ = (
        Index(
            "deadline_next",
            "next_at",
            "id",
            sqlite_where=text("stopped_at IS NULL AND next_at IS NOT NULL"),
            postgresql_where=text("stopped_at IS NULL AND next_at IS NOT NULL"),
        ),
        Index("deadline_case", "case_id", "code"),
        Index(
            "deadline_urged",
            "case_id",
            sqlite_where=text("code = 'urge_reply' AND stopped_at IS NULL"),
            postgresql_where=text("code = 'urge_reply' AND stopped_at IS NULL"),
        ),
        Index(
            "deadline_provisional",
            "id",
            sqlite_where=text("provisional AND stopped_at IS NULL"),
            postgresql_where=text("provisional AND stopped_at IS NULL"),
        ),
    )
    id: str = Field(primary_key=True)
    case_id: str = case_key()
    code: str
    limit_code: str
    amount: int
    unit: str
    rolls: bool = True
    extra: int = 0
    extensions: int = 0
    started_at: datetime = moment()
    due_at: datetime = moment()
    next_at: datetime | None = moment(nullable=True)
    rung: int = 0
    stopped_at: datetime | None = moment(nullable=True)
    stood: str = prose(default="[]")
    stands_since: datetime | None = moment(nullable=True)
    stands_until: datetime | None = moment(nullable=True)
    ground: str = ""
    provisional: bool = False
    hours: str = ""
    pack_id: int
    calendar: str = ""


class DeadlineChange(SQLModel, table=True):
    """时限变动: what moved a clock and by whose leave: a stand, its end, an extension, another limit or calendar.

    ``kind`` is ``pause``, ``resume``, ``extend``, ``rebase`` or ``recount``.
    """

    __tablename__ = "deadline_change"
    __table_args__ = (Index("deadline_change_of", "deadline_id", "at", "id"), Index("deadline_change_case", "case_id"))
    id: str = Field(primary_key=True)
    deadline_id: str = Field(foreign_key="deadline.id")
    case_id: str = case_key()
    at: datetime = moment()
    kind: str
    actor: str
    ground: str = ""
    document: str = prose()
    reason: str = prose()
    amount: int = 0
    unit: str = ""
    due_before: datetime = moment()
    due_after: datetime = moment()
    pack_id: int
    calendar: str = ""


class Holding(SQLModel, table=True):
    """经手: since when a case has been in whose hands; the next row of the case ends it."""

    __tablename__ = "holding"
    __table_args__ = (Index("holding_holder", "holder", "at"),)
    case_id: str = case_key(primary=True)
    seq: int = Field(primary_key=True)
    holder: str | None = None
    at: datetime = moment()


class CheckpointRow(SQLModel, table=True):
    """检查点: the Merkle root over the heads of all chains at a moment."""

    __tablename__ = "checkpoint"
    id: int | None = Field(default=None, primary_key=True)
    at: datetime = moment()
    count: int
    entries: int
    root: str
    previous: str = Field(default="", unique=True)
    leaves: bytes = exact()
