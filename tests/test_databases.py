"""The suite's own databases: fresh, apart from each other, copied from a template, gone afterwards."""

from __future__ import annotations

from pathlib import Path

import pytest
from sqlalchemy import create_engine, text
from sqlalchemy.exc import OperationalError
from sqlalchemy.pool import NullPool

from tests import databases


def ask(url: str, statement: str) -> list[tuple[object, ...]]:
    engine = create_engine(url, poolclass=NullPool)
    with engine.begin() as connection:
        found = connection.execute(text(statement))
        return [tuple(row) for row in found] if found.returns_rows else []


def test_a_fresh_database_is_of_the_kind_that_was_asked_for(database: str, database_kind: databases.Kind):
    assert database.startswith(database_kind)
    assert ask(database, "SELECT 1") == [(1,)]


def test_a_copy_has_what_its_template_had_and_changes_alone(
    database: str, database_kind: databases.Kind, tmp_path: Path
):
    ask(database, "CREATE TABLE piece (number INTEGER)")
    ask(database, "INSERT INTO piece VALUES (7)")
    copy = databases.fresh_database(database_kind, tmp_path, template=database)
    ask(copy, "INSERT INTO piece VALUES (8)")
    assert ask(copy, "SELECT number FROM piece ORDER BY number") == [(7,), (8,)]
    assert ask(database, "SELECT number FROM piece") == [(7,)]
    databases.discard(copy)


def test_a_discarded_database_is_gone_even_with_a_connection_left_open(database_kind: databases.Kind, tmp_path: Path):
    url = databases.fresh_database(database_kind, tmp_path)
    engine = create_engine(url, poolclass=NullPool)
    left_open = engine.connect()
    left_open.execute(text("SELECT 1"))
    databases.discard(url)
    if database_kind == "sqlite":
        assert not Path(url.removeprefix("sqlite:///")).exists()
    else:
        with pytest.raises(OperationalError):
            ask(url, "SELECT 1")
    left_open.invalidate()


def test_a_server_asked_for_by_name_that_does_not_answer_is_an_error(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setenv(databases.ADDRESS, "postgresql://postgres@127.0.0.1:1/postgres")
    with pytest.raises(databases.Unreachable):
        next(databases.look_for_postgres())


@pytest.mark.nightly
@pytest.mark.skipif(databases.programs() is None, reason="no PostgreSQL server programs are installed")
def test_a_private_server_starts_as_root_or_not_and_leaves_nothing(monkeypatch: pytest.MonkeyPatch, tmp_path: Path):
    monkeypatch.setenv(databases.ADDRESS, "")  # so that the address of the run comes back afterwards
    folder = databases.programs()
    assert folder is not None
    server = databases.private_server(folder)
    next(server)
    url = databases.fresh_database("postgresql", tmp_path)
    assert ask(url, "SELECT 1") == [(1,)]
    databases.discard(url)
    assert next(server, None) is None
    with pytest.raises(OperationalError):
        ask(url, "SELECT 1")
