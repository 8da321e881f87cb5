"""An association at work, on SQLite and on PostgreSQL."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.cases.counter import Counter
from tests.cases.suits import Association


@pytest.fixture
def association(counter: Counter, tmp_path: Path) -> Association:
    return Association(counter, tmp_path)
