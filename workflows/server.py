"""The Prefect server of an installation (流程服务器): how it is started and reached; nothing is sent home.

What does not live here: starting processes (the command line) and asking whether it answers (gates).
"""

from __future__ import annotations

from cases.settings import Settings

START_SECONDS = 90.0
"""How long the first start may take: the server makes its own tables."""

KEPT_DAYS = 14
"""Days that finished runs stay to be looked at."""

QUIET = {"PREFECT_SERVER_ANALYTICS_ENABLED": "false", "DO_NOT_TRACK": "1"}


def command(settings: Settings) -> list[str]:
    """The embedded server, on loopback."""
    port = str(settings.prefect_port)
    return ["-m", "workflows.embedded", "server", "start", "--host", "127.0.0.1", "--port", port, "--no-prompt"]


def environment(settings: Settings) -> dict[str, str]:
    """What every process that speaks Prefect is started with, the server itself included."""
    home = settings.home.absolute() / "prefect"
    return {
        **QUIET,
        "PREFECT_HOME": str(home),
        "PREFECT_API_URL": settings.prefect_url,
        "PREFECT_SERVER_LOGGING_LEVEL": "WARNING",
        "PREFECT_LOGGING_LEVEL": settings.log_level,
        "PREFECT_SERVER_SERVICES_DB_VACUUM_ENABLED": "events,flow_runs",
        "PREFECT_SERVER_SERVICES_DB_VACUUM_RETENTION_PERIOD": str(KEPT_DAYS * 86400),
        "PREFECT_SERVER_EVENTS_RETENTION_PERIOD": f"P{KEPT_DAYS}D",
        "PREFECT_CLIENT_CSRF_SUPPORT_ENABLED": "false",
        "PREFECT_CLI_PROMPT": "false",
    }


def health_url(settings: Settings) -> str:
    """The page that answers when the server is up."""
    return f"{settings.prefect_url}/health"


def page_url(settings: Settings) -> str:
    """Where a person looks at the runs."""
    return settings.prefect_url.removesuffix("/api")
