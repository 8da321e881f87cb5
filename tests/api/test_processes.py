"""Processes are started as groups and end as groups."""

from __future__ import annotations

import os
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from api.processes import Child, Crew

CHILD = "import subprocess, sys, time; subprocess.Popen([sys.executable, '-c', 'import time; time.sleep(60)'])"


def waits_for(come_true: Callable[[], bool], seconds: float = 10) -> None:
    deadline = time.monotonic() + seconds
    while not come_true():
        assert time.monotonic() < deadline, "it did not happen"
        time.sleep(0.02)


def a_parent(crew: Crew, more: str = "time.sleep(60)") -> Child:
    return crew.start("parent", ("-m", "timeit", "-n1", "-r1", f"{CHILD}; print('up', flush=True); {more}"))


def gone(group: int) -> bool:
    try:
        os.killpg(group, 0)
    except ProcessLookupError:
        return True
    return False


def test_a_crew_leaves_nobody_behind(tmp_path: Path):
    with Crew(tmp_path) as crew:
        child = a_parent(crew)
        waits_for(lambda: "up" in child.last_words())
        assert os.getpgid(child.pid) == child.pid
        assert crew.dead() == []
    waits_for(lambda: gone(child.pid))
    assert crew.children == []


def test_one_that_does_not_listen_is_killed(tmp_path: Path):
    deaf = "import signal; signal.signal(signal.SIGTERM, signal.SIG_IGN); print('deaf', flush=True); time.sleep(60)"
    crew = Crew(tmp_path)
    child = a_parent(crew, deaf)
    waits_for(lambda: "deaf" in child.last_words())
    assert child.stop(patience=0.2) == -9
    waits_for(lambda: gone(child.pid))


def test_one_that_ends_by_itself_is_noticed(tmp_path: Path):
    with Crew(tmp_path) as crew:
        child = crew.start("brief", ("-m", "no_such_module_anywhere"))
        waits_for(lambda: child.ended is not None)
        assert crew.dead() == [child]
        assert "no_such_module_anywhere" in child.last_words()


@pytest.mark.skipif(not Path("/proc/self").exists(), reason="the kernel has no word for it")
def test_a_child_does_not_outlive_a_killed_parent(tmp_path: Path):
    inner = tmp_path / "inner"
    script = (
        "from pathlib import Path; from api.processes import Child; import time; "
        f"c = Child('c', ('-m', 'timeit', '-n1', '-r1', 'import time; time.sleep(60)'), {{}}, Path({str(inner)!r})); "
        "print('pid', c.pid, flush=True); time.sleep(60)"
    )
    parent = Child("parent", ("-m", "timeit", "-n1", "-r1", script), {}, tmp_path / "log")
    waits_for(lambda: "pid" in parent.last_words())
    orphan = int(parent.last_words().split()[1])
    parent.kill()
    waits_for(lambda: gone(orphan))
