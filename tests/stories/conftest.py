"""The same furnished office and cast as the API tests."""

from __future__ import annotations

from tests.api.conftest import portal, world
from tests.office import furnished, office

__all__ = ["furnished", "office", "portal", "world"]
