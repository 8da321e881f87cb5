"""Departments as processes: started from a roster, each on its port, gone when told or when their starter is gone."""

from __future__ import annotations

import contextlib
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from datetime import datetime
from pathlib import Path

import httpx
import pytest

from api.receiver.department import houses
from api.receiver.roster import Department, Roster, hook_address
from api.receiver.signature import signed_headers
from api.receiver.telephone import Telephone, free_ports
from cases.clocks import SystemClock
from cases.ports import BEIJING
from tests.api.receiver.roster import SECRET, a_department
from tests.api.receiver.test_bureau import House

SATURDAY = datetime(2026, 11, 21, 9, 0, tzinfo=BEIJING)


def eventually(holds: Callable[[], bool], seconds: float = 20.0) -> bool:
    until = time.monotonic() + seconds
    while time.monotonic() < until:
        if holds():
            return True
        time.sleep(0.05)
    return False


def listens(port: int) -> bool:
    with socket.socket() as one:
        return one.connect_ex(("127.0.0.1", port)) == 0


def two_departments(folder: Path) -> tuple[Department, ...]:
    return tuple(
        a_department(org=f"D{n}", port=port, inbox=folder / f"d{n}.db") for n, port in enumerate(free_ports(2), 1)
    )


@pytest.fixture
def started(tmp_path: Path) -> Iterator[tuple[subprocess.Popen[bytes], tuple[Department, ...]]]:
    departments = two_departments(tmp_path)
    file = tmp_path / "roster.json"
    file.write_text(Roster(api="http://127.0.0.1:9", departments=departments).model_dump_json(), encoding="utf-8")
    command = [sys.executable, "-m", "api.receiver.department", "--config", str(file)]
    process = subprocess.Popen(command, start_new_session=True)
    yield process, departments
    with contextlib.suppress(ProcessLookupError):
        os.killpg(process.pid, signal.SIGKILL)
    process.wait()


def test_one_port_is_one_process():
    departments = tuple(a_department(org=org, port=port) for org, port in (("A", 1), ("B", 2), ("C", 1)))
    groups = houses(Roster(api="http://x", departments=departments))
    assert [[one.org for one in group] for group in groups] == [["A", "C"], ["B"]]


def test_a_roster_survives_its_file(tmp_path: Path):
    roster = Roster(api="http://x", departments=two_departments(tmp_path))
    assert Roster.model_validate_json(roster.model_dump_json()) == roster


def test_processes_take_messages_in_and_leave_nobody_behind(
    started: tuple[subprocess.Popen[bytes], tuple[Department, ...]],
):
    process, departments = started
    telephone = Telephone(departments)
    assert eventually(telephone.ready)
    body = House.body("assignment.open", "0193")
    for n, department in enumerate(departments):
        headers = signed_headers(SECRET, f"m{n}", int(SystemClock().now().timestamp()), body)
        answer = httpx.post(hook_address(department), content=body, headers=headers, trust_env=False)
        assert answer.status_code == 204
    assert [log.ids for log in telephone.logs()] == [{"m0"}, {"m1"}]
    plans = telephone.tell(SATURDAY)
    assert (plans.in_flight, plans.done, plans.stuck) == (0, 0, ())
    assert plans.next_at == datetime(2026, 11, 21, 9, 30, tzinfo=BEIJING)
    telephone.accept("D1")
    telephone.close()
    process.terminate()
    assert process.wait(20) == 0
    assert eventually(lambda: not any(listens(department.port) for department in departments))


def test_departments_end_with_their_starter(started: tuple[subprocess.Popen[bytes], tuple[Department, ...]]):
    process, departments = started
    assert eventually(lambda: all(listens(department.port) for department in departments))
    process.kill()
    process.wait()
    assert eventually(lambda: not any(listens(department.port) for department in departments))
