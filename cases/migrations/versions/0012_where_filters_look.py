"""indexes of the filters of a queue: by place, and by lead department"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0012"
down_revision = "0011"
branch_labels = None
depends_on = None

LEAD = "assignee IS NULL AND lead IS NOT NULL"
INDEXES = (
    ("case_of_place", ("community", "matter", "is_open", "id"), "community IS NOT NULL"),
    ("case_lead", ("lead", "id"), LEAD),
    ("case_lead_due", ("lead", "next_due", "id"), f"is_open AND {LEAD}"),
)
BEFORE = ("case_community_matter", ("community", "matter", "id"), "community IS NOT NULL AND matter IS NOT NULL")


def _made(name: str, columns: tuple[str, ...], rows: str) -> None:
    where = sa.text(rows)
    op.create_index(name, "case_file", list(columns), sqlite_where=where, postgresql_where=where)


def upgrade() -> None:
    op.drop_index(BEFORE[0], "case_file")
    for one in INDEXES:
        _made(*one)


def downgrade() -> None:
    for name, _, _ in INDEXES:
        op.drop_index(name, "case_file")
    _made(*BEFORE)
