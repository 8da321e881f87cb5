"""``streams`` and ``beside``: what the console costs while people leave it open and the office goes on working.

``streams``: memory of a server process for each open live stream. ``beside``: how much longer the slowest pages of the
queue take while cases are dispatched at a steady pace by another process. What does not live here: filling the office
(many) and asking for a page (pages).
"""

from __future__ import annotations

import asyncio
import multiprocessing
import os
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

from sqlalchemy import select

from api.app import create_app
from api.bench.console import everybody, reached
from api.bench.figure import Figure, figure
from api.bench.ground import NOW, accepted
from api.bench.many import NOW as THEN
from api.bench.pages import Standing, ask, session_of
from api.collecting import settle
from api.deps import COOKIE
from api.house import House
from cases.desk.routing import route_batch
from cases.office import Office, open_office
from cases.settings import Settings
from cases.store.sheaf import table

STREAMS, WARM, LINES = 500, 20, 50
PATIENCE = 30.0
PACE, SECONDS = 50, 20
"""Cases dispatched a second, and for how long."""


def streams(kind: str, office: Office) -> list[Figure]:
    """Kilobytes a live stream, of a server that serves ``STREAMS`` of them; there is no base."""
    with office.database.reading() as connection:
        ids = list(connection.execute(select(table("case_file").c.id).limit(LINES)).scalars())
    cookie = session_of(House.of(office), next(everybody(office)))
    each_kb = asyncio.run(_held_open(office, f"/console/stream?ids={','.join(ids)}", cookie))
    return [figure(f"one of {STREAMS} live streams", kind, each_kb, 0, "<= 64", "KB")]


async def _held_open(office: Office, address: str, cookie: str) -> float:
    with server(office) as (port, memory):
        writers = [await _listen(port, address, cookie) for _ in range(WARM)]
        before = memory()
        writers += [await _listen(port, address, cookie) for _ in range(STREAMS)]
        await asyncio.sleep(5)
        after = memory()
        for writer in writers:
            writer.close()
    return (after - before) / STREAMS / 1000


async def _listen(port: int, address: str, cookie: str) -> asyncio.StreamWriter:
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    writer.write(f"GET {address} HTTP/1.1\r\nHost: localhost\r\nCookie: {COOKIE}={cookie}\r\n\r\n".encode())
    head = await asyncio.wait_for(reader.readuntil(b"retry:"), PATIENCE)
    if not head.startswith(b"HTTP/1.1 200"):
        raise RuntimeError(head.split(b"\r\n")[0].decode())
    return writer


@contextmanager
def server(office: Office) -> Iterator[tuple[int, Callable[[], int]]]:
    """A server of this office in a process of its own: its port, and how many bytes of memory it holds."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    command = [sys.executable, "-m", "uvicorn", "--factory", "api.app:create_app", "--port", str(port)]
    environ = {**os.environ, "HUIYIN_DATABASE": office.settings.database_url, "HUIYIN_PACK": office.settings.pack}
    process = subprocess.Popen([*command, "--log-level", "warning"], env=environ)
    try:
        _wait(port, process)
        yield port, lambda: _resident(process.pid)
    finally:
        process.kill()
        process.wait(PATIENCE)


def _wait(port: int, process: subprocess.Popen[bytes]) -> None:
    until = time.monotonic() + PATIENCE
    while time.monotonic() < until and process.poll() is None:
        try:
            socket.create_connection(("127.0.0.1", port), 1).close()
        except OSError:
            time.sleep(0.1)
        else:
            return
    raise RuntimeError("the server did not start")


def _resident(pid: int) -> int:
    pages = int(Path(f"/proc/{pid}/statm").read_text(encoding="ascii").split()[1])
    return pages * os.sysconf("SC_PAGE_SIZE")


def beside(kind: str, office: Office) -> list[Figure]:
    """The slowest of a hundred pages of the queue beside routing; base is the same without it."""
    accepted(office, PACE * SECONDS)
    house = House.of(replace(office, clock=Standing(THEN)))
    app = create_app(house)
    cookie = session_of(house, next(everybody(office)))
    settle()

    async def pages(going: Callable[[float], bool]) -> float:
        times: list[float] = []
        began = time.perf_counter()
        while going(time.perf_counter() - began):
            start = time.perf_counter()
            await ask(app, "/console?view=to_dispatch", cookie)
            times.append(1000 * (time.perf_counter() - start))
            await asyncio.sleep(0.05)
        return reached(times[1:], 99)

    alone = asyncio.run(pages(lambda passed: passed < SECONDS))
    process = multiprocessing.get_context("spawn").Process(target=dispatch, args=(office.settings.database_url,))
    process.start()
    meanwhile = asyncio.run(pages(lambda _: process.is_alive()))
    process.join()
    if process.exitcode:
        raise RuntimeError("the dispatching process failed")
    return [figure(f"p99 of the queue beside {PACE} cases/s", kind, meanwhile, alone, "ratio <= 2", "ms")]


def dispatch(url: str) -> None:
    """Dispatch what is accepted at a steady pace, a few cases at a time; runs in a process of its own."""
    office = open_office(Settings(database=url))
    each = PACE // 5
    done, began = 0, time.perf_counter()
    while done < PACE * SECONDS:
        with office.database.writing() as connection:
            routed = route_batch(office.desk, connection, NOW, each).total
        if not routed:
            break
        done += routed
        time.sleep(max(0.0, done / PACE - (time.perf_counter() - began)))
    office.close()
