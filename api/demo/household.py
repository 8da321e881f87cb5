"""The processes of a demonstration (演示进程): API, worker and departments, in a folder of their own.

What does not live here: starting and stopping a single process (``api.processes``).
"""

from __future__ import annotations

import time
from collections.abc import Callable
from pathlib import Path

from api.processes import Child, Crew
from api.receiver.client import Client
from api.receiver.roster import Roster
from api.receiver.telephone import free_ports
from cases.settings import Settings

START_SECONDS = 90.0
ANSWER_SECONDS = 5.0
"""How long the demonstration waits for a receiver's answer; the departments that hang hold out longer."""

LINGER_SECONDS = 30.0
"""Flows stay awake between two jumps of the clock."""

ROSTER = "departments.json"


class Broken(Exception):
    """A process of the demonstration ended or never began; the message holds the end of its log."""


class Household:
    """The processes, watched. ``crew`` stops them when its block is left."""

    def __init__(self, crew: Crew, settings: Settings) -> None:
        self._crew = crew
        self._settings = settings
        self._environment = environment(settings)

    def open_api(self) -> None:
        """Start the API and wait until it answers."""
        child = self._crew.start("api", ("-m", "api.cli", "serve"), self._environment)
        self._wait(child, lambda: answers(api_address(self._settings)))

    def open_worker(self) -> None:
        """Start the worker, which runs the flows; it begins when it is ready."""
        self._crew.start("worker", ("-m", "api.cli", "work"), self._environment)

    def open_departments(self, roster: Roster, ready: Callable[[], bool]) -> None:
        """Start every department, one process each, and wait until all answer."""
        file = self._settings.home / ROSTER
        file.write_text(roster.model_dump_json(indent=1), encoding="utf-8")
        file.chmod(0o600)
        command = ("-m", "api.receiver.department", "--bound", "--config", str(file))
        self._wait(self._crew.start("departments", command, self._environment), ready)

    def check(self) -> None:
        """Broken if a process has ended by itself."""
        for child in self._crew.dead():
            raise Broken(f"{child.name} ended with {child.ended}:\n{child.last_words()}")

    def _wait(self, child: Child, ready: Callable[[], bool]) -> None:
        until = time.monotonic() + START_SECONDS
        while not ready():
            self.check()
            if time.monotonic() > until:
                raise Broken(f"{child.name} did not begin within {START_SECONDS:.0f} s:\n{child.last_words()}")
            time.sleep(0.1)


def environment(settings: Settings) -> dict[str, str]:
    """The settings as environment variables, so that every process runs the same installation."""
    named = settings.model_dump(exclude_none=True)
    given = {f"HUIYIN_{name.upper()}": _said(value) for name, value in named.items()}
    return {**given, "DO_NOT_TRACK": "1"}


def _said(value: object) -> str:
    return str(value).lower() if isinstance(value, bool) else str(value)


def api_address(settings: Settings) -> str:
    """Where the API of an installation is reached."""
    return f"http://{settings.host}:{settings.port}"


def answers(address: str) -> bool:
    """Whether the API answers at all."""
    with Client(address) as client:
        return client.alive()


def own_settings(home: Path, base: Settings) -> Settings:
    """The settings of a demonstration: a folder and a database of its own, free ports, simulated time.

    The database may lose its last moments with the power, since it is thrown away; a receiver that does not answer is
    waited for a shorter while than in life.
    """
    port, prefect_port = free_ports(2)
    changed = {"home": home, "database": "", "durable": False, "demo": True, "host": "127.0.0.1", "prefect_api": ""}
    changed |= {"port": port, "prefect_port": prefect_port, "session_hours": 24, "idle_minutes": 480}
    return base.model_copy(update={**changed, "answer_seconds": ANSWER_SECONDS, "linger_seconds": LINGER_SECONDS})
