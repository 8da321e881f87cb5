"""links by which a department without an account comes to one task; their uses are never changed or deleted"""

from __future__ import annotations

import sqlalchemy as sa
import sqlmodel
from alembic import op

import cases.models.columns

revision = "0013"
down_revision = "0012"
branch_labels = None
depends_on = None

USES = "task_link_use"


def _text() -> sqlmodel.sql.sqltypes.AutoString:
    return sqlmodel.sql.sqltypes.AutoString()


def _moment() -> cases.models.columns.Instant:
    return cases.models.columns.Instant(timezone=True)


def upgrade() -> None:
    op.create_table(
        "task_link",
        sa.Column("id", _text(), nullable=False),
        sa.Column("case_id", sa.Text(), nullable=False),
        sa.Column("org", _text(), nullable=False),
        sa.Column("role", _text(), nullable=False),
        sa.Column("code_hash", _text(), nullable=False),
        sa.Column("issued_by", _text(), nullable=False),
        sa.Column("issued_at", _moment(), nullable=False),
        sa.Column("expires_at", _moment(), nullable=False),
        sa.Column("revoked_at", _moment(), nullable=True),
        sa.Column("revoked_by", _text(), nullable=False),
        sa.CheckConstraint("role IN ('dept_officer','dept_head')", name="task_link_role"),
        sa.CheckConstraint("(revoked_at IS NULL) = (revoked_by = '')", name="task_link_revoked"),
        sa.ForeignKeyConstraint(["case_id"], ["case_file.id"]),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index("task_link_case", "task_link", ["case_id"])
    op.create_table(
        USES,
        sa.Column("id", _text(), nullable=False),
        sa.Column("link_id", _text(), nullable=False),
        sa.Column("at", _moment(), nullable=False),
        sa.Column("deed", _text(), nullable=False),
        sa.Column("actor", _text(), nullable=False),
        sa.ForeignKeyConstraint(["link_id"], ["task_link.id"]),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index("task_link_use_of", USES, ["link_id", "id"])
    if op.get_bind().dialect.name == "sqlite":
        for deed in ("UPDATE", "DELETE"):
            op.execute(
                f"CREATE TRIGGER {USES}_no_{deed.lower()} BEFORE {deed} ON {USES} "
                f"BEGIN SELECT RAISE(ABORT, '{USES} is append-only'); END"
            )
        return
    op.execute(
        f"CREATE TRIGGER {USES}_stays BEFORE UPDATE OR DELETE ON {USES} "
        "FOR EACH ROW EXECUTE FUNCTION chained_rows_stay()"
    )
    op.execute(
        f"CREATE TRIGGER {USES}_not_emptied BEFORE TRUNCATE ON {USES} "
        "FOR EACH STATEMENT EXECUTE FUNCTION chained_rows_stay()"
    )


def downgrade() -> None:
    op.drop_table(USES)
    op.drop_table("task_link")
