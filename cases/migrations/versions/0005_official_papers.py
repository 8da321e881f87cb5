"""the register of official documents"""

from __future__ import annotations

import sqlalchemy as sa
import sqlmodel
from alembic import op

import cases.models

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None


def upgrade() -> None:
    text = sqlmodel.sql.sqltypes.AutoString
    op.create_table(
        "paper",
        sa.Column("id", text(), nullable=False),
        sa.Column("case_id", sa.Text(), nullable=False),
        sa.Column("code", text(), nullable=False),
        sa.Column("title", text(), nullable=False),
        sa.Column("ordinal", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("series", text(), nullable=True),
        sa.Column("serial", sa.Integer(), nullable=True),
        sa.Column("number", text(), nullable=False),
        sa.Column("pack_id", sa.Integer(), nullable=False),
        sa.Column("facts_digest", text(), nullable=False),
        sa.Column("content_digest", text(), nullable=False),
        sa.Column("pdf_sha256", text(), nullable=False),
        sa.Column("pdf_size", sa.Integer(), nullable=False),
        sa.Column("docx_sha256", text(), nullable=False),
        sa.Column("docx_size", sa.Integer(), nullable=False),
        sa.Column("made_at", cases.models.columns.Instant(timezone=True), nullable=False),
        sa.Column("made_by", text(), nullable=False),
        sa.Column("made_org", text(), nullable=True),
        sa.Column("voided_at", cases.models.columns.Instant(timezone=True), nullable=True),
        sa.Column("voided_by", text(), nullable=False),
        sa.Column("void_reason", sa.Text(), nullable=False),
        sa.CheckConstraint("(series IS NULL) = (serial IS NULL)", name="paper_numbered"),
        sa.CheckConstraint("(voided_at IS NULL) = (void_reason = '')", name="paper_voided"),
        sa.ForeignKeyConstraint(["case_id"], ["case_file.id"]),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("case_id", "code", "ordinal", "version", name="paper_place"),
        sa.UniqueConstraint("series", "serial", "version", name="paper_serial"),
    )
    op.create_index("paper_case", "paper", ["case_id"], unique=False)


def downgrade() -> None:
    op.drop_index("paper_case", table_name="paper")
    op.drop_table("paper")
