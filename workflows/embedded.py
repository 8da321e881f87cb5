"""The embedded Prefect server's own process: ``python -m workflows.embedded server start …``.

Prefect begins its SQLite transactions as readers, so two requests that write at the same time make one fail at once,
and the client then waits two seconds and more. Here they begin as writers and wait their turn, a few milliseconds.
What does not live here: how the server is reached (server).
"""

from __future__ import annotations

from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager

from prefect.cli import app
from prefect.server.database.configurations import AioSqliteConfiguration
from sqlalchemy.ext.asyncio import AsyncSession, AsyncSessionTransaction

_prefects_own = AioSqliteConfiguration.begin_transaction


@asynccontextmanager
async def begin_as_writer(
    self: AioSqliteConfiguration,
    session: AsyncSession,
    with_for_update: bool = False,  # noqa: ARG001 - Prefect's signature
) -> AsyncGenerator[AsyncSessionTransaction, None]:
    """Begin a transaction that may write, whatever was asked for."""
    async with _prefects_own(self, session, with_for_update=True) as transaction:
        yield transaction


def main() -> None:
    """Run Prefect's command line with that one difference."""
    AioSqliteConfiguration.begin_transaction = begin_as_writer
    app()


if __name__ == "__main__":
    main()
