"""The world of the API tests, on SQLite and on PostgreSQL."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from anyio.from_thread import BlockingPortal, start_blocking_portal

from cases.office import Office
from tests.api.chambers import Chambers
from tests.api.world import World
from tests.office import an_office, furnished, office

__all__ = ["furnished", "office"]


@pytest.fixture(scope="session")
def portal() -> Iterator[BlockingPortal]:
    """An event loop in a thread, for all tests of the session."""
    with start_blocking_portal() as made:
        yield made


@pytest.fixture
def world(office: Office, portal: BlockingPortal) -> Iterator[World]:
    """The API over a furnished office of its own."""
    made = World(office, portal)
    yield made
    made.client.close()


@pytest.fixture
def chambers(office: Office, portal: BlockingPortal) -> Iterator[Chambers]:
    """The API over a furnished office with a mediation committee at work."""
    made = Chambers(office, portal)
    yield made
    made.client.close()


@pytest.fixture(scope="module")
def shared(
    furnished: tuple[str, Office], tmp_path_factory: pytest.TempPathFactory, portal: BlockingPortal
) -> Iterator[World]:
    """One world for all tests of a file that leave nothing behind the next one minds."""
    for own in an_office(furnished, tmp_path_factory.mktemp("shared")):
        made = World(own, portal, shared=True)
        yield made
        made.client.close()
