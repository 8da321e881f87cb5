"""``import``: how long the web side and the command line take to start, against importing FastAPI alone."""

from __future__ import annotations

import subprocess
import sys

from api.bench.figure import Figure, figure, median, seconds

TRIES = 5


def run() -> list[Figure]:
    """Seconds; the base is the bare interpreter importing FastAPI, in turns with ours."""
    cases = {
        "import api.app": [sys.executable, "-c", "import api.app"],
        "huiyin --help": [sys.executable, "-m", "api.cli", "--help"],
    }
    base_command = [sys.executable, "-c", "import fastapi"]
    found: list[Figure] = []
    for name, command in cases.items():
        ours: list[float] = []
        base: list[float] = []
        for _ in range(TRIES):
            ours.append(seconds(lambda command=command: _quietly(command)))
            base.append(seconds(lambda: _quietly(base_command)))
        found.append(figure(name, "-", median(ours), median(base), "no Prefect import", "seconds"))
    loaded = subprocess.run(
        [sys.executable, "-c", "import api.app, sys; print('prefect' in sys.modules)"],
        capture_output=True,
        text=True,
        check=True,
    )
    if loaded.stdout.strip() != "False":
        raise RuntimeError("the web side imports Prefect")
    return found


def _quietly(command: list[str]) -> None:
    subprocess.run(command, check=True, capture_output=True)
