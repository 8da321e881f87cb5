"""Opening demo departments: ``python -m api.receiver.department --config FILE``.

Departments that share a port share a process; a roster with several ports becomes one process a port, forked from
this one, which ends them when it ends. What does not live here: what a department does (``bureau``, ``windows``).
"""

from __future__ import annotations

import argparse
import logging
import multiprocessing
import os
import signal
import sys
import threading
from pathlib import Path

import uvicorn

from api.receiver.bureau import Bureau
from api.receiver.client import Client, Patience
from api.receiver.roster import Department, Roster
from api.receiver.windows import application
from cases.clocks import SystemClock

PARENT_SECONDS = 1.0
HOST = "127.0.0.1"


def houses(roster: Roster) -> list[list[Department]]:
    """The departments by port, one list for each process."""
    by_port: dict[int, list[Department]] = {}
    for department in roster.departments:
        by_port.setdefault(department.port, []).append(department)
    return list(by_port.values())


def serve(api: str, departments: list[Department]) -> None:
    """Run the departments of one port until told to stop."""
    bureaus = [
        Bureau(department, Client(api, department.api_key, patience=Patience()), SystemClock())
        for department in departments
    ]
    for bureau in bureaus:
        threading.Thread(target=bureau.work, name=bureau.department.org, daemon=True).start()
    config = uvicorn.Config(
        application(bureaus),
        host=HOST,
        port=departments[0].port,
        log_level="warning",
        access_log=False,
        lifespan="off",
        timeout_graceful_shutdown=2,
    )
    uvicorn.Server(config).run()
    for bureau in bureaus:
        bureau.close()


def _end_with(parent: int) -> None:
    """End this process when the one that started it is gone, so that nobody is left behind."""

    def watch() -> None:
        pause = threading.Event()
        while os.getppid() == parent:
            pause.wait(PARENT_SECONDS)
        os.kill(os.getpid(), signal.SIGTERM)

    threading.Thread(target=watch, name="parent", daemon=True).start()


def _forked(api: str, departments: list[Department], parent: int) -> None:
    signal.signal(signal.SIGTERM, signal.SIG_DFL)
    _end_with(parent)
    serve(api, departments)


def _leave(*_: object) -> None:
    """Leave by the usual way, and only once: the signal may come from the group and from the kernel."""
    signal.signal(signal.SIGTERM, signal.SIG_IGN)
    sys.exit(0)


def run(roster: Roster, *, bound: bool = False) -> None:
    """Open all departments of a roster. ``bound``: end when the process that started this one ends."""
    parent = os.getppid()
    groups = houses(roster)
    if len(groups) == 1:
        if bound:
            _end_with(parent)
        serve(roster.api, groups[0])
        return
    fork = multiprocessing.get_context("fork")
    children = [fork.Process(target=_forked, args=(roster.api, group, os.getpid())) for group in groups]
    for child in children:
        child.start()
    if bound:
        _end_with(parent)
    signal.signal(signal.SIGTERM, _leave)
    try:
        for child in children:
            child.join()
    finally:
        for child in children:
            child.terminate()


def main(arguments: list[str] | None = None) -> None:
    """The command line."""
    parser = argparse.ArgumentParser(prog="api.receiver.department", description="Demo departments of Huiyin")
    parser.add_argument("--config", type=Path, required=True, help="roster as JSON, see the README")
    parser.add_argument("--bound", action="store_true", help="end with the process that started this one")
    given = parser.parse_args(arguments)
    logging.basicConfig(level=logging.WARNING, format="%(asctime)s %(levelname)s %(message)s")
    run(Roster.model_validate_json(given.config.read_text(encoding="utf-8")), bound=given.bound)


if __name__ == "__main__":
    main()
