"""Alembic's entry: runs the migrations on the database handed in by `cases.store.database.migrate`."""

from __future__ import annotations

from alembic import context

from cases.models import CaseFile
from cases.store.database import Database

database: Database = context.config.attributes["database"]

with database.writing() as connection:
    if database.kind == "sqlite":
        connection.exec_driver_sql("PRAGMA defer_foreign_keys=ON")
    context.configure(
        connection=connection,
        target_metadata=CaseFile.metadata,
        render_as_batch=database.kind == "sqlite",
        compare_type=True,
        transactional_ddl=True,
    )
    if database.kind == "postgresql":
        connection.exec_driver_sql("SELECT pg_advisory_xact_lock(727001)")
    context.run_migrations()
