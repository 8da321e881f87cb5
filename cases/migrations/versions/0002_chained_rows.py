"""chained rows are never changed or deleted: the database itself refuses"""

from __future__ import annotations

from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

CHAINED = ("entry", "checkpoint")


def upgrade() -> None:
    if op.get_bind().dialect.name == "sqlite":
        for table in CHAINED:
            for deed in ("UPDATE", "DELETE"):
                op.execute(
                    f"CREATE TRIGGER {table}_no_{deed.lower()} BEFORE {deed} ON {table} "
                    f"BEGIN SELECT RAISE(ABORT, '{table} is append-only'); END"
                )
        return
    op.execute(
        "CREATE FUNCTION chained_rows_stay() RETURNS trigger LANGUAGE plpgsql AS "
        "$$ BEGIN RAISE EXCEPTION '% is append-only', TG_TABLE_NAME; END $$"
    )
    for table in CHAINED:
        op.execute(
            f"CREATE TRIGGER {table}_stays BEFORE UPDATE OR DELETE ON {table} "
            "FOR EACH ROW EXECUTE FUNCTION chained_rows_stay()"
        )
        op.execute(
            f"CREATE TRIGGER {table}_not_emptied BEFORE TRUNCATE ON {table} "
            "FOR EACH STATEMENT EXECUTE FUNCTION chained_rows_stay()"
        )


def downgrade() -> None:
    if op.get_bind().dialect.name == "sqlite":
        for table in CHAINED:
            for deed in ("update", "delete"):
                op.execute(f"DROP TRIGGER {table}_no_{deed}")
        return
    for table in CHAINED:
        op.execute(f"DROP TRIGGER {table}_stays ON {table}")
        op.execute(f"DROP TRIGGER {table}_not_emptied ON {table}")
    op.execute("DROP FUNCTION chained_rows_stay()")
