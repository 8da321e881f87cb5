"""``huiyin up`` and ``huiyin serve``: the whole office on this machine, or its API alone.

What does not live here: single processes (``api.processes``), the first data of a demonstration (``furnishing``).
"""

from __future__ import annotations

import io
import os
import signal
import socket
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import uvicorn
from rich.console import Console

from api.cli.furnishing import ACCOUNTS_FILE, Furnished, furnish, has_accounts, open_departments
from api.demo.household import Broken, Household, api_address
from api.processes import Crew
from cases.office import open_office, prepare, ready
from cases.settings import Settings
from workflows import server

LOOK_SECONDS = 1.0
STOP_SECONDS = 5
BROKEN, FINE = 1, 0


def serve() -> None:
    """Run the API until told to stop."""
    settings = Settings()
    ready(settings)
    uvicorn.run(
        "api.cli.serving:app",
        factory=True,
        host=settings.host,
        port=settings.port,
        log_level=settings.log_level.lower(),
        server_header=False,
        proxy_headers=False,
        access_log=False,  # an address may carry a query code
        timeout_graceful_shutdown=STOP_SECONDS,  # a page that listens would never let the server go
    )


def up(demo: bool | None) -> int:
    """Prepare, start everything, and stay until SIGTERM or Ctrl-C; 1 when something could not start or ended."""
    if isinstance(sys.stdout, io.TextIOWrapper):
        sys.stdout.reconfigure(line_buffering=True)  # what is said shows at once, also in a log
    console, settings = Console(), Settings()
    prepare(settings)
    settings = settings.model_copy(update={"demo": is_demo(settings, demo)})
    if complaint := taken_port(settings, settings.demo):
        sys.stderr.write(complaint + "\n")
        return BROKEN
    furnished = _furnish(settings) if settings.demo else None
    with stopping() as stop, Crew(settings.home / "log") as crew:
        try:
            _start(settings, Household(crew, settings), console, furnished)
            _stay(Household(crew, settings), stop)
        except Broken as broken:
            sys.stderr.write(f"{broken}\n")
            return BROKEN
    console.print("已停止。")
    return FINE


def is_demo(settings: Settings, asked: bool | None) -> bool:
    """Whether this start is a demonstration: as asked; else as HUIYIN_DEMO says; else when the installation has no
    account yet, or was begun as a demonstration."""
    if asked is not None:
        return asked
    if "HUIYIN_DEMO" in os.environ:
        return settings.demo
    return (settings.home / ACCOUNTS_FILE).exists() or not has_accounts(settings)


def taken_port(settings: Settings, demo: bool) -> str | None:
    """The sentence for the first port somebody else listens on, with the setting that changes it."""
    wanted = [("HUIYIN_PORT", settings.host, settings.port)]
    if demo:
        wanted.append(("HUIYIN_DEPARTMENTS_PORT", "127.0.0.1", settings.departments_port))
    if not settings.prefect_api:
        wanted.append(("HUIYIN_PREFECT_PORT", "127.0.0.1", settings.prefect_port))
    for setting, host, port in wanted:
        if not port_is_free(host, port):
            return f"端口 {port} 已被占用;请关闭占用它的程序,或用 {setting} 改为别的端口。"
    return None


def port_is_free(host: str, port: int) -> bool:
    """Whether a server could listen there now."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.socket(family, socket.SOCK_STREAM) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError:
            return False
    return True


@contextmanager
def stopping() -> Iterator[threading.Event]:
    """An event that SIGTERM or Ctrl-C sets."""
    stop = threading.Event()
    before = {number: signal.signal(number, lambda *_: stop.set()) for number in (signal.SIGTERM, signal.SIGINT)}
    try:
        yield stop
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)


def _furnish(settings: Settings) -> Furnished:
    office = open_office(settings)
    try:
        return furnish(office)
    finally:
        office.close()


def _start(settings: Settings, household: Household, console: Console, furnished: Furnished | None) -> None:
    with console.status("正在启动接口 …"):
        household.open_api()
    if furnished is not None:
        with console.status("正在启动示例部门 …"):
            open_departments(household, settings)
    household.open_worker()
    console.print(f"办公台  {api_address(settings)}/console", markup=False)
    console.print(f"接口与说明  {api_address(settings)}/docs", markup=False)
    console.print(f"流程(Prefect,约 20 秒后可用)  {server.page_url(settings)}", markup=False)
    console.print(f"数据  {_shown(settings.home)}", markup=False)
    if furnished is not None:
        _introduce(console, settings, furnished)
    console.print("按 Ctrl-C 停止。")


def _introduce(console: Console, settings: Settings, furnished: Furnished) -> None:
    console.print("演示模式:示例账号和线索,请勿用于真实案件。")
    if furnished.opened or furnished.refused:
        console.print(f"已收入示例线索 {furnished.opened} 件,未收入 {furnished.refused} 件。")
    if furnished.password:
        console.print(f"全部示例账号的密码  {furnished.password}", markup=False)
        console.print(f"示例账号  {'、'.join(furnished.logins[:4])} …", markup=False)
    console.print(f"账号清单  {_shown(settings.home / ACCOUNTS_FILE)}", markup=False)


def _shown(path: Path) -> str:
    return str(path.absolute())


def _stay(household: Household, stop: threading.Event) -> None:
    while not stop.wait(LOOK_SECONDS):
        household.check()
