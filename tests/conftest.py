"""What every test stands on: no network but loopback, no telemetry, warnings are errors, a real database.

The ``database`` fixture runs a test once per kind of database and yields the address of an empty one; when PostgreSQL
is missing its half is skipped and the summary says so in capitals. Tables, people and builders live elsewhere.
"""

from __future__ import annotations

import os
import shutil
import sys
import tempfile
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

from tests import databases

# Every run walks the same way, so a red run can be repeated; the nightly one walks far and at random.
settings.register_profile("default", max_examples=50, deadline=None, derandomize=True, database=None)
settings.register_profile(
    "nightly", max_examples=2000, deadline=None, print_blob=True, suppress_health_check=[HealthCheck.too_slow]
)
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "default"))

# Prefect reads these once, when it is first imported; that is after this file.
TELEMETRY_OFF = {
    "PREFECT_SERVER_ANALYTICS_ENABLED": "false",
    "PREFECT_LOGGING_TO_API_ENABLED": "false",
    "DO_NOT_TRACK": "1",
}

FOUND = pytest.StashKey[str | None]()
SERVER = pytest.StashKey[Iterator[str | None]]()


def pytest_configure(config: pytest.Config) -> None:
    """Settle the environment and look for PostgreSQL, once; the workers of pytest-xdist inherit both."""
    if hasattr(config, "workerinput"):
        return
    _forget_the_users_settings()
    os.environ.update(TELEMETRY_OFF, PREFECT_HOME=tempfile.mkdtemp(prefix="huiyin-prefect-"))
    server = databases.look_for_postgres()
    config.stash[FOUND] = next(server)
    config.stash[SERVER] = server


def pytest_unconfigure(config: pytest.Config) -> None:
    databases.discard_all()
    if SERVER in config.stash:
        next(config.stash[SERVER], None)
        shutil.rmtree(os.environ["PREFECT_HOME"])


def _forget_the_users_settings() -> None:
    """A developer's own HUIYIN_ and PREFECT_ settings must neither decide a test nor be touched by one."""
    for name in [name for name in os.environ if name.startswith(("HUIYIN_", "PREFECT_"))]:
        if not name.startswith("HUIYIN_TEST_"):
            del os.environ[name]


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """Run a test that asks for ``database``, straight or through another fixture, once per kind; one that is marked
    ``only_on`` a kind, because it is of what only that database does, on that alone."""
    if "database_kind" not in metafunc.fixturenames:
        return
    marked = metafunc.definition.get_closest_marker("only_on")
    wanted = marked.args if marked else databases.KINDS
    here = {found.kind for found in databases.available()}
    missing = pytest.mark.skip(reason="PostgreSQL was not found")
    metafunc.parametrize(
        "database_kind",
        [pytest.param(kind, marks=() if kind in here else missing) for kind in wanted],
        scope="session",
        indirect=True,
    )


@pytest.hookimpl(wrapper=True)
def pytest_runtest_protocol(item: pytest.Item) -> Iterator[None]:
    """Count the lines of a test on one database: the other half runs the same ones, and tracing takes longer.

    The store, where the two databases part, is counted on both.
    """
    if "[postgresql" not in item.nodeid or "tests/cases/store/" in item.nodeid:
        return (yield)
    tracer, hook = sys.gettrace(), threading.gettrace()
    sys.settrace(None)
    threading.settrace(None)
    try:
        return (yield)
    finally:
        threading.settrace(hook)
        sys.settrace(tracer)


def pytest_make_parametrize_id(val: object, argname: str) -> str | None:
    """A whole document as a parameter must not become the name of the test."""
    return f"{argname}-of-{len(val)}" if isinstance(val, str | bytes) and len(val) > 80 else None


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter, config: pytest.Config) -> None:
    if FOUND not in config.stash:
        return
    if found := config.stash[FOUND]:
        terminalreporter.write_line(f"PostgreSQL: found, {found}", green=True)
        return
    terminalreporter.write_sep("!", "PostgreSQL: NOT FOUND - half of the suite did not run", red=True, bold=True)
    terminalreporter.write_line(
        f"Name a server in {databases.ADDRESS}, run one on 127.0.0.1:5432, or install the server programs.", red=True
    )


@pytest.fixture(scope="session")
def database_kind(request: pytest.FixtureRequest) -> databases.Kind:
    """``sqlite`` or ``postgresql``; a test that asks for it runs once with each."""
    return request.param


@pytest.fixture
def database(database_kind: databases.Kind, tmp_path: Path) -> Iterator[str]:
    """The address of an empty database of this kind, gone after the test."""
    url = databases.fresh_database(database_kind, tmp_path)
    yield url
    databases.discard(url)
