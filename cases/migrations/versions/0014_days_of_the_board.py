"""indexes by the days cases were opened and closed, and of reminders that wait for an answer"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0014"
down_revision = "0013"
branch_labels = None
depends_on = None

BY_DAY = (
    ("case_opened", ("opened_at", "case_type", "id"), "opened_at IS NOT NULL"),
    ("case_station_opened", ("station", "opened_at", "case_type", "id"), "opened_at IS NOT NULL"),
    ("case_closed", ("closed_at", "case_type", "id"), "closed_at IS NOT NULL"),
    ("case_station_closed", ("station", "closed_at", "case_type", "id"), "closed_at IS NOT NULL"),
)
URGED = "code = 'urge_reply' AND stopped_at IS NULL"


def upgrade() -> None:
    for name, columns, rows in BY_DAY:
        op.create_index(name, "case_file", list(columns), sqlite_where=sa.text(rows), postgresql_where=sa.text(rows))
    op.create_index(
        "deadline_urged", "deadline", ["case_id"], sqlite_where=sa.text(URGED), postgresql_where=sa.text(URGED)
    )


def downgrade() -> None:
    op.drop_index("deadline_urged", "deadline")
    for name, _, _ in reversed(BY_DAY):
        op.drop_index(name, "case_file")
