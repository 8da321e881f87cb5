"""The process that works by itself: it finds work, survives errors and crashes, and keeps the schedule."""

from __future__ import annotations

import asyncio
import time
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from datetime import timedelta
from pathlib import Path

import pytest
from prefect.client.orchestration import get_client

from api.processes import Child
from cases.journal import latest_checkpoint, verify_store
from cases.office import Office, open_office, prepare
from cases.settings import Settings
from tests.builders import FIRE, a_dissuasion
from tests.workflows.rooms import LOOPBACK, a_room, accept, let_leases_end, listen_at, notices, send_all, until
from tests.workflows.sink import Reply, Sink
from workflows import nightly, routing, server
from workflows.serve import Lane, lanes, work

pytestmark = [
    pytest.mark.xdist_group("prefect"),
    pytest.mark.usefixtures("prefect"),
    pytest.mark.asyncio(loop_scope="session"),  # Prefect keeps connections to the loop it first met
    pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning"),  # and leaves some to the collector
]


@pytest.fixture
def installed(prefect: Settings, tmp_path: Path) -> Iterator[Office]:
    """An installation of its own on real time, and the Prefect server of the session."""
    settings = prefect.model_copy(
        update={
            "home": tmp_path,
            "durable": False,
            "poll_seconds": 0.1,
            "linger_seconds": 1.0,
            "prefect_api": prefect.prefect_url,
            "hook_networks": LOOPBACK,
        }
    )
    prepare(settings)
    office = open_office(settings)
    yield office
    office.close()


def accept_now(office: Office, many: int = 1) -> list[str]:
    now = office.clock.now()
    told = a_dissuasion(at=now - timedelta(hours=2))
    return accept(office, many, found_at=now - timedelta(hours=3), dissuasion=told)


def environment(settings: Settings) -> dict[str, str]:
    given = {f"HUIYIN_{name.upper()}": str(value) for name, value in settings.model_dump().items()}
    return {**given, **server.environment(settings)}


@asynccontextmanager
async def working(settings: Settings, *, scheduled: bool = False) -> AsyncIterator[None]:
    stop = asyncio.Event()
    worker = asyncio.create_task(work(settings, stop, scheduled=scheduled))
    try:
        yield
    finally:
        stop.set()
        await worker


async def test_from_acceptance_to_arrival_in_three_seconds(installed: Office):
    async with Sink() as sink, working(installed.settings):
        listen_at(installed, FIRE, sink.url)
        accept_now(installed)
        await until(lambda: len(sink.got) == 1, 30)  # the first time tables and caches are cold
        took: list[float] = []
        for n in range(2, 5):
            began = time.monotonic()
            accept_now(installed)
            await until(lambda n=n: len(sink.got) == n, 30)
            took.append(time.monotonic() - began)
    assert min(took) < 3.0
    assert len(set(sink.ids)) == 4
    assert verify_store(installed.database.engine).ok


async def test_an_idle_house_runs_nothing(installed: Office):
    async with get_client() as client:
        before = await client.read_flow_runs(limit=200)
        async with working(installed.settings):
            await asyncio.sleep(1.0)
        assert len(await client.read_flow_runs(limit=200)) == len(before)


async def test_an_error_in_one_lane_leaves_the_others_alone(
    installed: Office, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
):
    async def broken() -> None:
        raise RuntimeError("this lane is broken")

    calm = [lane for lane in lanes() if lane.name != "deadlines"]
    sick = Lane("deadlines", lambda *_: True, broken)
    monkeypatch.setattr("workflows.serve.lanes", lambda: [sick, *calm])
    async with Sink() as sink, working(installed.settings):
        listen_at(installed, FIRE, sink.url)
        accept_now(installed)
        await until(lambda: len(sink.got) == 1, 30)
    assert sick.failures >= 1
    assert sick.not_before > 0
    assert "lane deadlines failed" in caplog.text


async def test_a_database_that_is_away_for_a_while_does_not_end_the_worker(
    installed: Office, monkeypatch: pytest.MonkeyPatch
):
    asked: list[int] = []
    real = routing.something_to_route

    def away_at_first(*given: object) -> bool:
        asked.append(1)
        if len(asked) == 1:
            raise ConnectionError("away")
        return real(*given)  # type: ignore[arg-type]

    usual = [lane for lane in lanes() if lane.name != routing.NAME]
    monkeypatch.setattr("workflows.serve.lanes", lambda: [Lane(routing.NAME, away_at_first, routing.route), *usual])
    async with Sink() as sink, working(installed.settings):
        listen_at(installed, FIRE, sink.url)
        accept_now(installed)
        await until(lambda: len(sink.got) == 1, 30)
    assert len(asked) >= 2


async def test_kill_9_in_the_middle_loses_nothing(installed: Office, tmp_path: Path):
    """The worker dies while notices are on their way; the next one sends them under the same ids."""
    many = 12
    async with Sink(lambda n, _: Reply(after=0.0 if n < 3 else 3600.0)) as sink:
        listen_at(installed, FIRE, sink.url)
        accept_now(installed, many)
        child = Child("worker", ("-m", "api.cli", "work"), environment(installed.settings), tmp_path / "worker.log")
        try:
            await until(lambda: len(sink.got) > 3, 60)
        finally:
            child.kill()
        before = {row["id"]: row["state"] for row in notices(installed, FIRE)}
        assert "sending" in before.values()
        let_leases_end(installed)
        sink.plan = lambda *_: Reply()
        async with a_room(installed) as room, working(installed.settings):
            await until(lambda: _all_delivered(installed, many), 60)
            await send_all(room)
    rows = notices(installed, FIRE)
    assert set(before) <= {row["id"] for row in rows}
    assert {row["id"] for row in rows} == set(sink.ids)
    assert verify_store(installed.database.engine).ok


def _all_delivered(office: Office, many: int) -> bool:
    states = [row["state"] for row in notices(office, FIRE)]
    return len(states) == many and set(states) == {"delivered"}


async def test_a_scheduled_run_really_runs(installed: Office, monkeypatch: pytest.MonkeyPatch):
    """The server makes a run of the schedule, the worker's process takes it up, and a checkpoint stands."""
    for name, value in environment(installed.settings).items():
        monkeypatch.setenv(name, value)
    accept_now(installed)
    async with working(installed.settings.model_copy(update={"nightly": "* * * * *"}), scheduled=True):
        await until(lambda: _checkpoint(installed) is not None, 110)
    point = _checkpoint(installed)
    assert point is not None
    assert point.count >= 1
    async with get_client() as client:
        runs = [run for run in await client.read_flow_runs(limit=50) if run.deployment_id is not None]
    assert any(run.auto_scheduled and nightly.NAME in run.tags for run in runs)


def _checkpoint(office: Office):
    with office.database.reading() as connection:
        return latest_checkpoint(connection)


async def test_the_nightly_flow_fails_loudly_when_a_history_was_changed(
    installed: Office, monkeypatch: pytest.MonkeyPatch
):
    for name, value in environment(installed.settings).items():
        monkeypatch.setenv(name, value)
    (clue,) = accept_now(installed)
    with installed.database.writing() as connection:
        connection.exec_driver_sql("UPDATE case_file SET head_hash = 'bad' WHERE id = ?", (clue,))
    with pytest.raises(nightly.Broken):
        await nightly.nightly()
    assert _checkpoint(installed) is None
