"""indexes of long lists carry the matter, so a list of one matter is sorted out without reading the rows between; open
mediations that came from a report have an index by state"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

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


def _replace(name: str, columns: tuple[str, ...], rows: str) -> None:
    op.drop_index(name, "case_file")
    _create(name, columns, rows)


def _create(name: str, columns: tuple[str, ...], rows: str) -> None:
    where = sa.text(rows) if rows else None
    op.create_index(name, "case_file", list(columns), sqlite_where=where, postgresql_where=where)


def upgrade() -> None:
    for name, before, rows in CHANGED:
        _replace(name, (*before, "matter"), rows)
    _create("case_walled_state", ("state", "id", "parent_id"), REFERRED)


def downgrade() -> None:
    op.drop_index("case_walled_state", "case_file")
    for name, before, rows in CHANGED:
        _replace(name, before, rows)
