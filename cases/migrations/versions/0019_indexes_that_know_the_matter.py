"""indexes of long lists carry the matter, so a list of one matter is sorted out without reading the rows between; open
mediations that came from a report have an index by state"""

from __future__ import annotations

from cases.migrations.indexing import create, drop, replace

revision = "0019"
down_revision = "0018"
branch_labels = None
depends_on = None

KNOWN = ("case_type", "sealed", "assignee")
OPEN = "is_open"
WARNED = "is_open AND warned <> ''"

CHANGED = (
    ("case_station_pages", ("station", "id"), ""),
    ("case_due", ("next_due", "id", "warned", *KNOWN), OPEN),
    ("case_station_due", ("station", "next_due", "id", "warned", *KNOWN), OPEN),
    ("case_warned", ("next_due", "id", *KNOWN), WARNED),
    ("case_station_warned", ("station", "next_due", "id", *KNOWN), WARNED),
    ("case_holder_station_due", ("holder", "station", "next_due", "id", *KNOWN), "is_open AND holder IS NOT NULL"),
)
"""Each with its columns before, and the rows it holds."""


REFERRED = "is_open AND case_type = 'mediation' AND parent_id IS NOT NULL"


def upgrade() -> None:
    for name, before, rows in CHANGED:
        replace(name, (*before, "matter"), rows)
    create("case_walled_state", ("state", "id", "parent_id"), REFERRED)


def downgrade() -> None:
    drop("case_walled_state")
    for name, before, rows in CHANGED:
        replace(name, before, rows)
