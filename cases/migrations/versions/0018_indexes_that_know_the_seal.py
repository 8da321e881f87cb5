"""indexes of due moments carry what the wall and the seal ask of a row, so no row is read only to be counted; and what
a station holds itself, and the cases of a matter, have indexes of their own"""

from __future__ import annotations

from cases.migrations.indexing import create, drop, replace

revision = "0018"
down_revision = "0017"
branch_labels = None
depends_on = None

OPEN = "is_open"
TASKS = "is_open AND assignee IS NOT NULL"
WARNED = "is_open AND warned <> ''"
SEALED = "is_open AND sealed AND assignee IS NOT NULL"

KNOWN = ("case_type", "sealed")
CHANGED = (
    ("case_due", ("next_due", "id", "warned"), (*KNOWN, "assignee"), OPEN),
    ("case_station_due", ("station", "next_due", "id", "warned"), (*KNOWN, "assignee"), OPEN),
    ("case_assignee_due", ("assignee", "next_due", "id", "warned"), KNOWN, TASKS),
    ("case_assignee_state_due", ("assignee", "case_type", "state", "next_due", "id"), ("opened_at",), TASKS),
    ("case_warned", ("next_due", "id"), (*KNOWN, "assignee"), WARNED),
    ("case_station_warned", ("station", "next_due", "id"), (*KNOWN, "assignee"), WARNED),
    ("case_assignee_warned", ("assignee", "next_due", "id"), KNOWN, f"{WARNED} AND assignee IS NOT NULL"),
    ("case_sealed_due", ("told_due", "id"), ("case_type", "warned"), SEALED),
    ("case_station_sealed_due", ("station", "told_due", "id"), ("case_type", "warned"), SEALED),
    ("case_assignee_sealed_due", ("assignee", "told_due", "id"), ("case_type", "warned"), SEALED),
)
"""Each with its columns before, those that are added, and the rows it holds."""


ADDED = (
    (
        "case_holder_station_due",
        ("holder", "station", "next_due", "id", *KNOWN, "assignee"),
        "is_open AND holder IS NOT NULL",
    ),
    ("case_of_matter", ("matter", "is_open", "id"), "matter IS NOT NULL"),
)


def upgrade() -> None:
    for name, before, added, rows in CHANGED:
        replace(name, (*before, *added), rows)
    for name, columns, rows in ADDED:
        create(name, columns, rows)


def downgrade() -> None:
    for name, _, _ in ADDED:
        drop(name)
    for name, before, _, rows in CHANGED:
        replace(name, before, rows)
