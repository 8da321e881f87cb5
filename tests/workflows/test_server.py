"""How the embedded Prefect server is started: on loopback, in the office's own folder, telling nobody."""

from __future__ import annotations

import inspect
from pathlib import Path

from prefect.server.database.configurations import AioSqliteConfiguration

from cases.settings import Settings
from workflows import server


def test_the_server_waits_its_turn_where_prefect_would_fail():
    """The one place of Prefect's inside that the embedded server leans on."""
    asked = inspect.signature(AioSqliteConfiguration.begin_transaction)
    assert "with_for_update" in asked.parameters


def test_the_server_keeps_to_itself(tmp_path: Path):
    settings = Settings(home=tmp_path, prefect_port=12345)
    told = server.environment(settings)
    assert told["PREFECT_SERVER_ANALYTICS_ENABLED"] == "false"
    assert told["DO_NOT_TRACK"] == "1"
    assert told["PREFECT_HOME"].startswith(str(tmp_path))
    assert "127.0.0.1" in server.command(settings)
    assert server.page_url(settings) == "http://127.0.0.1:12345"
