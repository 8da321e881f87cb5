"""The light object the engine decides on (件): the columns of one case, no database session, no behaviour.

It is read from a row and becomes one again; the engine only ever changes it through the state machine. What does not
live here: the table (models) and the reading (store).
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any


@dataclass(slots=True)
class Piece:
    """One case in memory. Organisation, matter and place columns hold codes of the pack the case was opened under.

    ``clocks`` maps each running clock to its due moment (ISO, UTC); a clock just started is "" until the desk fills it.
    """

    id: str
    number: str
    case_type: str
    state: str
    version: int
    head_hash: str
    pack_id: int
    parent_id: str | None = None
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
    summary: str = ""
    found_on: date | None = None
    opened_at: datetime | None = None
    updated_at: datetime | None = None
    closed_at: datetime | None = None
    is_open: bool = True
    next_due: datetime | None = None
    told_due: datetime | None = None
    warned: str = ""
    level: int = 0
    facts: dict[str, Any] = field(default_factory=dict)
    clocks: dict[str, str] = field(default_factory=dict)
    children: list[Piece] | None = None
    parent: Piece | None = None
