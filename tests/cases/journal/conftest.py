"""A database of either kind that holds honest chains."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from sqlalchemy import Engine, create_engine, make_url

from tests.cases.journal.chains import a_store
from tests.cases.journal.tables import fill, make_tables


@pytest.fixture
def engine(database: str) -> Iterator[Engine]:
    """An engine on a database holding ``a_store()``; sessions on PostgreSQL run in Beijing time."""
    zone = {"options": "-c timezone=Asia/Shanghai"} if make_url(database).get_backend_name() == "postgresql" else {}
    made = create_engine(database, connect_args=zone)
    make_tables(made)
    fill(made, a_store())
    yield made
    made.dispose()
