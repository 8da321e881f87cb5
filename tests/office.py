"""A furnished office for tests of the edges: schema, pack and the cast in place, a clock that moves only when told.

One database of each kind is furnished a session and copied for each test. What does not live here: cases (builders,
``tests.cases.counter``) and the app (``tests.api``).
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from sqlalchemy import inspect, make_url

from cases.desk.desk import Desk
from cases.office import Office, open_office, prepare
from cases.settings import Settings
from cases.store.database import Database
from tests import databases, people
from tests.builders import FRIDAY
from tests.fakes import FakeClock


def settings_for(url: str, home: Path) -> Settings:
    """Settings of an office on this database; a test survives no power cut, so neither kind waits for the disk."""
    address = make_url(url)
    if address.get_backend_name() == "postgresql":
        address = address.update_query_dict({"options": "-c synchronous_commit=off"})
    database = address.render_as_string(hide_password=False)
    near = "127.0.0.0/8,10.0.0.0/8"
    return Settings(home=home, database=database, durable=False, pack="jintan", hook_networks=near)


def prepared_office(url: str, tmp_path: Path) -> Office:
    """An office on this database, its files under ``tmp_path``; an empty database is furnished first."""
    settings = settings_for(url, tmp_path)
    _furnish(settings)
    office = open_office(settings)
    return replace(office, clock=FakeClock())


def _furnish(settings: Settings) -> None:
    database = Database(settings.database_url, durable=False)
    try:
        if inspect(database.engine).has_table("account"):
            return
    finally:
        database.close()
    prepare(settings)
    database = Database(settings.database_url, durable=False)
    try:
        with database.writing() as connection:
            people.move_in(connection, FRIDAY)
    finally:
        database.close()


@pytest.fixture(scope="session")
def furnished(database_kind: databases.Kind, tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[str, Office]]:
    """A furnished database nobody works in, and the office as it was read from it."""
    home = tmp_path_factory.mktemp("furnished")
    url = databases.fresh_database(database_kind, home)
    office = prepared_office(url, home)
    office.close()
    yield url, office
    databases.discard(url)


def an_office(furnished: tuple[str, Office], home: Path) -> Iterator[Office]:
    """A copy of the furnished office; pack, shelf and calendar are shared, the connections are not."""
    model = furnished[1]
    kind: databases.Kind = "sqlite" if model.database.kind == "sqlite" else "postgresql"
    url = databases.fresh_database(kind, home, template=furnished[0])
    settings = settings_for(url, home)
    database = Database(settings.database_url, durable=False)
    desk = Desk(kind, model.shelf, model.desk.calendar)
    yield replace(model, settings=settings, database=database, desk=desk, clock=FakeClock())
    database.close()
    databases.discard(url)


@pytest.fixture
def office(furnished: tuple[str, Office], tmp_path: Path) -> Iterator[Office]:
    """A furnished office of its own for the test."""
    yield from an_office(furnished, tmp_path)
