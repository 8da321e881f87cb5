"""What the tests of the store share beside the office. What does not live here: rows (queue_rows)."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from cases.store.queue import narrowing


@pytest.fixture
def nothing_is_few(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Every filter leaves more than a few, so every list is walked; questions put into words before are forgotten."""
    monkeypatch.setattr(narrowing, "FEW", 0)
    narrowing.left.cache_clear()
    narrowing.beyond.cache_clear()
    yield
    narrowing.left.cache_clear()
    narrowing.beyond.cache_clear()
