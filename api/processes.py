"""The processes of one installation on one machine (进程): started together, watched, stopped together, never orphaned.

Each child leads a process group of its own and writes to its own log file; stopping takes the whole group. On Linux
the kernel ends a child whose parent was killed. What does not live here: which processes there are (the command line).
"""

from __future__ import annotations

import ctypes
import os
import signal
import subprocess
import sys
import time
from collections.abc import Mapping, Sequence
from pathlib import Path
from types import TracebackType

PATIENCE = 20.0
"""Seconds a child may take to stop by itself before its group is killed."""

_PARENT_DEATH_SIGNAL = 1  # PR_SET_PDEATHSIG


class Child:
    """A child process. ``command`` is run with this Python when it begins with ``-m``."""

    def __init__(self, name: str, command: Sequence[str], environment: Mapping[str, str], log: Path) -> None:
        self.name = name
        self.log = log
        line = [sys.executable, *command] if command[0] == "-m" else list(command)
        log.parent.mkdir(parents=True, exist_ok=True)
        with log.open("ab") as out:
            self._process = subprocess.Popen(
                line,
                env={**os.environ, **environment},
                stdin=subprocess.DEVNULL,
                stdout=out,
                stderr=subprocess.STDOUT,
                start_new_session=True,
                preexec_fn=_die_with_parent if sys.platform == "linux" else None,
            )

    @property
    def pid(self) -> int:
        """The process id, which is also that of its group."""
        return self._process.pid

    @property
    def ended(self) -> int | None:
        """The exit code, or None while it runs."""
        return self._process.poll()

    def last_words(self, lines: int = 15) -> str:
        """The end of its log."""
        return "\n".join(self.log.read_text(encoding="utf-8", errors="replace").splitlines()[-lines:])

    def ask_to_stop(self) -> None:
        """Send SIGTERM to the group, without waiting."""
        self._signal(signal.SIGTERM)

    def stop(self, patience: float = PATIENCE) -> int:
        """End the whole group: politely, then by force; answers the exit code."""
        self.ask_to_stop()
        try:
            code = self._process.wait(patience)
        except subprocess.TimeoutExpired:
            self._signal(signal.SIGKILL)
            code = self._process.wait()
        self._signal(signal.SIGKILL)  # whatever the child itself left behind in its group
        return code

    def kill(self) -> None:
        """End the whole group at once (a crash, for tests)."""
        self._signal(signal.SIGKILL)
        self._process.wait()

    def _signal(self, number: signal.Signals) -> None:
        try:
            os.killpg(self._process.pid, number)
        except (ProcessLookupError, PermissionError):
            return  # the group is gone


class Crew:
    """The children of one start; leaving the block stops them, the last started first."""

    def __init__(self, logs: Path) -> None:
        self.logs = logs
        self.children: list[Child] = []

    def __enter__(self) -> Crew:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, tb: TracebackType | None) -> None:
        self.stop()

    def start(self, name: str, command: Sequence[str], environment: Mapping[str, str] | None = None) -> Child:
        """Start one child; its output goes to ``<logs>/<name>.log``."""
        child = Child(name, command, environment or {}, self.logs / f"{name}.log")
        self.children.append(child)
        return child

    def dead(self) -> list[Child]:
        """The children that ended although nobody stopped them."""
        return [child for child in self.children if child.ended is not None]

    def stop(self) -> None:
        """Ask all at once, then wait for each."""
        for child in reversed(self.children):
            child.ask_to_stop()
        deadline = time.monotonic() + PATIENCE
        for child in reversed(self.children):
            child.stop(max(0.1, deadline - time.monotonic()))
        self.children.clear()


def _die_with_parent() -> None:
    """Runs in the child before its program: SIGTERM when the parent is gone."""
    ctypes.CDLL(None).prctl(_PARENT_DEATH_SIGNAL, signal.SIGTERM)


__all__ = ["PATIENCE", "Child", "Crew"]
