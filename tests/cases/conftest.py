"""An office of each kind for every test that asks: without cases, with a pack, and a clock that stands still."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from sqlalchemy import delete, insert, make_url, text
from sqlmodel import SQLModel

from cases.desk.desk import Desk
from cases.models import CHAINED
from cases.office import Office, open_office, prepare
from cases.settings import Settings
from cases.store.sheaf import table
from tests import databases
from tests.builders import FRIDAY
from tests.cases.counter import Counter
from tests.fakes import FakeClock

KEPT = {"pack_version", "endpoint"}


def settings_for(url: str) -> Settings:
    """Settings of an office on this database; a test survives no power cut, so neither waits for the disk."""
    address = make_url(url)
    if address.get_backend_name() == "postgresql":
        address = address.update_query_dict({"options": "-c synchronous_commit=off"})
    return Settings(database=address.render_as_string(hide_password=False), durable=False, pack="jintan")


@pytest.fixture(scope="session")
def template(database_kind: databases.Kind, tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[str, Office]]:
    """A prepared database and the office on it: SQLite tests copy the file, PostgreSQL tests work in it by turns."""
    url = databases.fresh_database(database_kind, tmp_path_factory.mktemp("template"))
    prepare(settings_for(url))
    office = open_office(settings_for(url))
    all_can_be_reached(office)
    if database_kind == "sqlite":
        office.close()
    yield url, office
    office.close()
    databases.discard(url)


@pytest.fixture
def office(template: tuple[str, Office], database_kind: databases.Kind, tmp_path: Path) -> Iterator[Office]:
    """An office without cases, on SQLite and on PostgreSQL."""
    url, model = template
    if database_kind == "sqlite":
        url = databases.fresh_database("sqlite", tmp_path, template=url)
        model = a_like_office(model, url)
    yield replace(model, desk=Desk(database_kind, model.shelf, model.desk.calendar))
    if database_kind == "sqlite":
        model.close()
        databases.discard(url)
    else:
        _emptied(model)


def _emptied(office: Office) -> None:
    """Away with everything but packs and addresses: a hundred times faster than a new database."""
    tables = [one for one in reversed(SQLModel.metadata.sorted_tables) if one.name not in KEPT]
    with office.database.writing() as connection:
        for chained in CHAINED:
            connection.execute(text(f"ALTER TABLE {chained} DISABLE TRIGGER USER"))
        for one in tables:
            connection.execute(delete(one))
        for chained in CHAINED:
            connection.execute(text(f"ALTER TABLE {chained} ENABLE TRIGGER USER"))


def all_can_be_reached(office: Office) -> None:
    """Every organisation has a receiving address, so that its notices are claimed and not put into an inbox."""
    row = {"secret": "-", "networks": "", "active": True, "created_at": FRIDAY}
    rows = [row | {"org": org, "url": f"https://{org.lower()}.example"} for org in office.pack.organisations]
    with office.database.writing() as connection:
        connection.execute(insert(table("endpoint")), rows)


def a_like_office(model: Office, url: str) -> Office:
    """An office on another database with the same pack, shelf and calendar; only the connections are new."""
    settings = settings_for(url)
    database = type(model.database)(settings.database_url, durable=False)
    return replace(model, settings=settings, database=database, clock=FakeClock())


@pytest.fixture
def counter(office: Office) -> Counter:
    """The office as the people at its counter use it."""
    return Counter(office)
