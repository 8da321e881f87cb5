"""The same furnished office and cast as the API tests."""

from __future__ import annotations

import pytest

from tests.api.chambers import Chambers
from tests.api.conftest import chambers, portal, world
from tests.office import furnished, office
from tests.stories.amicably import Amicably

__all__ = ["chambers", "furnished", "office", "portal", "world"]


@pytest.fixture
def amicably(chambers: Chambers) -> Amicably:
    """A mediation to be led by the street's committee."""
    return Amicably(chambers)
