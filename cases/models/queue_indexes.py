"""The indexes a queue is read along (清单索引): one for each way in which rows in sight are sorted by their due moment.

Nearly all hold open cases only, so their size grows with what is at work, not with what is archived. What does not
live here: the questions that use them (store).
"""

from __future__ import annotations

from collections.abc import Iterator

from sqlalchemy import Index, text

OPEN = "is_open"
ASSIGNED = "is_open AND assignee IS NOT NULL"
WARNED = "is_open AND warned <> ''"
SEALED = "is_open AND sealed AND assignee IS NOT NULL"
HELD = "is_open AND holder IS NOT NULL"
UNHELD = "is_open AND holder IS NULL"
REFERRED = "case_type = 'mediation' AND parent_id IS NOT NULL"
"""Mediations that came from a report: its station knows of them."""

SEEN = ("case_type", "sealed")
"""What the wall and the seal ask of a row: with it in the index, a row need not be read to be counted."""

KNOWN = (*SEEN, "assignee", "matter")
"""The same where rows of all are in sight, and the matter: a list of one is sorted out without reading the rows
between."""

REACHED = ("case_type", "warned", "state", "holder", "matter")
"""What the wall asks of rows that are all behind the seal, the rungs they reached, and what they are filtered by."""

OF_STATE = ("holder", "sealed", "assignee", "matter")
"""What the seal asks of rows of one kind and state, and what they are filtered by."""

AMONG_HELD = ("state", "station", "reporter_org", "lead")
"""What somebody holds is filtered by, and by which it is told apart from what is seen otherwise."""

QUEUE_INDEXES: tuple[tuple[str, tuple[str, ...], str], ...] = (
    ("case_due", ("next_due", "id", "warned", *KNOWN), OPEN),
    ("case_state_due", ("case_type", "state", "next_due", "id", *OF_STATE), OPEN),
    ("case_station_due", ("station", "next_due", "id", "warned", *KNOWN), OPEN),
    ("case_station_state_due", ("station", "case_type", "state", "next_due", "id", *OF_STATE), OPEN),
    ("case_assignee_due", ("assignee", "next_due", "id", "warned", *SEEN, "matter", "holder"), ASSIGNED),
    ("case_assignee_state_due", ("assignee", "case_type", "state", "next_due", "id", "opened_at"), ASSIGNED),
    ("case_reporter_due", ("reporter_org", "told_due", "id"), "is_open AND reporter_org IS NOT NULL"),
    ("case_warned", ("next_due", "id", *KNOWN), WARNED),
    ("case_station_warned", ("station", "next_due", "id", *KNOWN), WARNED),
    ("case_assignee_warned", ("assignee", "next_due", "id", *SEEN, "matter"), f"{WARNED} AND assignee IS NOT NULL"),
    ("case_sealed_due", ("told_due", "id", *REACHED), SEALED),
    ("case_station_sealed_due", ("station", "told_due", "id", *REACHED), SEALED),
    ("case_assignee_sealed_due", ("assignee", "told_due", "id", *REACHED), SEALED),
    ("case_walled", ("id", "parent_id", "matter"), REFERRED),
    ("case_walled_state", ("state", "id", "parent_id"), REFERRED),
    ("case_ended", ("case_type", "state", "id"), "NOT is_open"),
    ("case_of_place", ("community", "matter", "is_open", "id"), "community IS NOT NULL"),
    ("case_lead", ("lead", "id"), "assignee IS NULL AND lead IS NOT NULL"),
    ("case_lead_due", ("lead", "next_due", "id"), "is_open AND assignee IS NULL AND lead IS NOT NULL"),
    ("case_holder_due", ("holder", "next_due", "id", *KNOWN, *AMONG_HELD), HELD),
    ("case_holder_station_due", ("holder", "station", "next_due", "id", *KNOWN, "state", "warned", "lead"), HELD),
    ("case_unheld", ("next_due", "id", *KNOWN, "state"), UNHELD),
    ("case_station_unheld", ("station", "next_due", "id", *KNOWN, "state"), UNHELD),
    ("case_of_matter", ("matter", "is_open", "id"), "matter IS NOT NULL"),
    ("case_opened", ("opened_at", "case_type", "id"), "opened_at IS NOT NULL"),
    ("case_station_opened", ("station", "opened_at", "case_type", "id"), "opened_at IS NOT NULL"),
    ("case_closed", ("closed_at", "case_type", "id"), "closed_at IS NOT NULL"),
    ("case_station_closed", ("station", "closed_at", "case_type", "id"), "closed_at IS NOT NULL"),
)
"""Name, columns and the condition of the rows they hold."""


def queue_indexes() -> Iterator[Index]:
    """The indexes as the model names them."""
    for name, columns, rows in QUEUE_INDEXES:
        yield Index(name, *columns, sqlite_where=text(rows), postgresql_where=text(rows))
