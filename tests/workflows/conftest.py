"""Fixtures of the flows' tests: a furnished office, and one real Prefect server a session."""

from __future__ import annotations

import asyncio
import gc
import socket
from collections.abc import Iterator
from pathlib import Path

import pytest
from prefect.settings import PREFECT_API_URL, temporary_settings

from api.processes import Crew
from cases.settings import Settings
from tests.office import furnished, office
from workflows import server
from workflows.gates.health import wait_for

__all__ = ["furnished", "office"]


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@pytest.fixture(scope="session")
def prefect_settings(tmp_path_factory: pytest.TempPathFactory, pytestconfig: pytest.Config) -> Iterator[Settings]:
    """Settings whose Prefect server runs: the embedded one, as in life.

    Prefect's client leaves connections to its server to the garbage collector, which comes when it likes, maybe during
    somebody else's test. Sockets to this one port are therefore no error in any test of this process; all others are.
    """
    home: Path = tmp_path_factory.mktemp("prefect")
    settings = Settings(home=home, prefect_port=free_port())
    pytestconfig.addinivalue_line(
        "filterwarnings",
        rf"ignore:unclosed <socket.* raddr=\('127\.0\.0\.1', {settings.prefect_port}\):ResourceWarning",
    )
    with Crew(home / "log") as crew:
        child = crew.start("prefect", server.command(settings), server.environment(settings))
        assert asyncio.run(wait_for(server.health_url(settings), server.START_SECONDS)), child.last_words()
        yield settings


@pytest.fixture
def prefect(prefect_settings: Settings) -> Iterator[Settings]:
    """Flows of this test run against the server; what Prefect left lying is collected before the next test."""
    with temporary_settings({PREFECT_API_URL: prefect_settings.prefect_url}):
        yield prefect_settings
    gc.collect()
