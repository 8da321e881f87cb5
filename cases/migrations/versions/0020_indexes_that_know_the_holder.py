"""indexes of states carry holder, seal and matter, those of what is behind the seal also state and holder, and those of a
holder and of an assignee the matter, so a list that is filtered by these is sorted out without reading the rows between;
mediations that came from a report have an index by state also when they have ended, and what nobody holds has one"""

from __future__ import annotations

from cases.migrations.indexing import create, drop, replace

revision = "0020"
down_revision = "0019"
branch_labels = None
depends_on = None

OPEN = "is_open"
ASSIGNED = "is_open AND assignee IS NOT NULL"
WARNED = "is_open AND warned <> '' AND assignee IS NOT NULL"
SEALED = "is_open AND sealed AND assignee IS NOT NULL"
HELD = "is_open AND holder IS NOT NULL"

SEEN = ("case_type", "sealed")
KNOWN = (*SEEN, "assignee", "matter")
OF_STATE = ("holder", "sealed", "assignee", "matter")
REACHED = ("case_type", "warned")
AMONG_HELD = ("state", "station", "reporter_org", "lead")
BEHIND = ("state", "holder", "matter")

CHANGED = (
    ("case_assignee_pages", ("assignee", "id"), ("matter", "case_type"), ""),
    ("case_state_due", ("case_type", "state", "next_due", "id"), OF_STATE, OPEN),
    ("case_station_state_due", ("station", "case_type", "state", "next_due", "id"), OF_STATE, OPEN),
    ("case_assignee_due", ("assignee", "next_due", "id", "warned", *SEEN), ("matter", "holder"), ASSIGNED),
    ("case_assignee_warned", ("assignee", "next_due", "id", *SEEN), ("matter",), WARNED),
    ("case_sealed_due", ("told_due", "id", *REACHED), BEHIND, SEALED),
    ("case_station_sealed_due", ("station", "told_due", "id", *REACHED), BEHIND, SEALED),
    ("case_assignee_sealed_due", ("assignee", "told_due", "id", *REACHED), BEHIND, SEALED),
    ("case_holder_station_due", ("holder", "station", "next_due", "id", *KNOWN), ("state", "warned", "lead"), HELD),
)
"""Each with its columns before, those it carries besides, and the rows it holds. Of two that are as good and as
narrow SQLite takes the one made later, so what holds all cases comes first."""

UNHELD = "is_open AND holder IS NULL"
NEW = (
    ("case_unheld", ("next_due", "id", *KNOWN, "state"), UNHELD),
    ("case_station_unheld", ("station", "next_due", "id", *KNOWN, "state"), UNHELD),
)

REFERRED = "case_type = 'mediation' AND parent_id IS NOT NULL"


def upgrade() -> None:
    for name, before, besides, rows in CHANGED:
        replace(name, (*before, *besides), rows)
    replace("case_walled_state", ("state", "id", "parent_id"), REFERRED)
    replace("case_holder_due", ("holder", "next_due", "id", *KNOWN, *AMONG_HELD), HELD)
    for index in NEW:
        create(*index)


def downgrade() -> None:
    for name, _, _ in NEW:
        drop(name)
    replace("case_holder_due", ("holder", "next_due", "id"), "holder IS NOT NULL")
    for name, before, _, rows in CHANGED:
        replace(name, before, rows)
    replace("case_walled_state", ("state", "id", "parent_id"), f"is_open AND {REFERRED}")
