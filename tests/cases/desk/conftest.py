"""A mediation committee at work, for tests that ask for ``chamber``."""

from __future__ import annotations

import pytest

from cases.office import Office
from tests.cases.chamber import Table


@pytest.fixture
def chamber(office: Office) -> Table:
    """The committee's table, its register filled."""
    made = Table(office)
    made.register()
    return made
