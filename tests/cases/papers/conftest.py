"""The documents of the bundled packs and one press for all tests."""

from __future__ import annotations

from collections.abc import Mapping

import pytest

from cases.packs.loader import load_pack
from cases.packs.schema import Paper
from cases.papers.press import Press


@pytest.fixture(scope="session")
def papers() -> Mapping[str, Paper]:
    """Every document of the sample town."""
    return load_pack("jintan").papers


@pytest.fixture(scope="session")
def press() -> Press:
    """A press; its fonts are read once."""
    return Press()
