"""The world of the console's tests: that of the API's, looked at by a browser."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.api.conftest import chambers, portal, shared, world
from tests.api.world import World
from tests.console.browser import Browser
from tests.office import furnished, office

__all__ = ["chambers", "furnished", "office", "portal", "shared", "world"]


@pytest.fixture
def browser(world: World) -> Iterator[Browser]:
    """A browser of the operator in a world of its own."""
    yield Browser(world)
    world.client.forget()


@pytest.fixture
def looker(shared: World) -> Iterator[Browser]:
    """A browser for tests that change nothing."""
    yield Browser(shared)
    shared.client.forget()
