"""Commands that look and change nothing but a checkpoint: doctor and verification.

What does not live here: the checks themselves (cases).
"""

from __future__ import annotations

import asyncio
import platform
import sys
from collections.abc import Callable
from importlib.metadata import version
from typing import NamedTuple

from rich.console import Console
from rich.progress import Progress, SpinnerColumn, TextColumn, TimeElapsedColumn
from rich.table import Table
from sqlalchemy.exc import SQLAlchemyError

from cases.clocks import ALARM_SECONDS, database_drift
from cases.errors import Conflict, Refusal
from cases.journal import verify_store, write_checkpoint
from cases.office import open_office
from cases.packs.check import check_folder
from cases.packs.reading import bundled_or
from cases.settings import Settings
from cases.store.database import SQLITE_FIXED, Database
from cases.store.dues import count_provisional, stuck_cases
from workflows import server
from workflows.gates.health import answers

MATCHES, DIFFERS, UNABLE = 0, 1, 2
SHOWN = 50
PARTS = ("prefect", "fastapi", "sqlalchemy", "sqlmodel", "transitions", "pydantic")


class Sign(NamedTuple):
    """One thing looked at: fine or not (None: only to know), and what was found."""

    name: str
    fine: bool | None
    found: str


def doctor() -> int:
    """Look over the installation; 1 when something is wrong."""
    settings = Settings()
    checks: tuple[Callable[[Settings], list[Sign]], ...] = (
        _versions, _database, _pack, _calendar, _prefect, _lease,
    )  # fmt: skip
    signs = [sign for check in checks for sign in check(settings)]
    shown = Table("", "项目", "结果")
    for sign in signs:
        shown.add_row({True: "✓", False: "✗", None: "·"}[sign.fine], sign.name, sign.found)
    Console().print(shown)
    return DIFFERS if any(sign.fine is False for sign in signs) else MATCHES


def _versions(_: Settings) -> list[Sign]:
    return [Sign("Python", True, platform.python_version()), *(Sign(part, None, version(part)) for part in PARTS)]


def _database(settings: Settings) -> list[Sign]:
    database = Database(settings.database_url, durable=settings.durable)
    try:
        drift = database_drift(database)
        with database.reading() as connection:
            stuck = stuck_cases(connection)
    except SQLAlchemyError as error:
        return [Sign("数据库", False, f"无法连接:{type(error).__name__}")]
    finally:
        database.close()
    signs = [Sign("数据库", True, database.kind), Sign("时钟差", abs(drift) <= ALARM_SECONDS, f"{drift:+.2f} 秒")]
    signs.append(Sign("搁置案件", not stuck, f"{stuck} 件" if stuck else "无"))
    if database.kind == "sqlite":
        said = ".".join(map(str, database.sqlite_version))
        fixed = database.sqlite_version >= SQLITE_FIXED
        note = "含 WAL 修复" if fixed else "有 WAL-reset 缺陷,本进程只用一个写连接"
        signs += [
            Sign("SQLite", True if fixed else None, f"{said},{note}"),
            Sign("断电保护", settings.durable, "synchronous=FULL" if settings.durable else "synchronous=NORMAL"),
        ]
    return signs


def _pack(settings: Settings) -> list[Sign]:
    try:
        findings = check_folder(bundled_or(settings.pack))
    except Refusal as refusal:
        return [Sign("地区包", False, refusal.sentence)]
    return [Sign("地区包", not findings, f"{settings.pack}:{len(findings)} 处错误" if findings else settings.pack)]


def _calendar(settings: Settings) -> list[Sign]:
    """How far the calendar knows; deadlines that reach further are provisional."""
    try:
        office = open_office(settings)
    except (Refusal, SQLAlchemyError):
        return [Sign("工作日历", None, "数据库尚未准备")]
    try:
        with office.database.reading() as connection:
            waiting = count_provisional(connection)
        known = office.desk.calendar.known_years
        found = f"已收录 {min(known)} 至 {max(known)} 年,暂算时限 {waiting} 个"
        this_year = office.clock.now().year
        found += "" if this_year in known else f";{this_year}年的放假安排尚未收录"
        return [Sign("工作日历", True if this_year in known else None, found)]
    finally:
        office.close()


def _prefect(settings: Settings) -> list[Sign]:
    there = asyncio.run(answers(server.health_url(settings)))
    # An embedded server runs only while the worker does, so its absence is no fault.
    fine = there or (False if settings.prefect_api else None)
    return [Sign("Prefect", fine, f"{server.page_url(settings)} {'可用' if there else '未运行'}")]


def _lease(settings: Settings) -> list[Sign]:
    least = settings.answer_seconds + 10
    return [Sign("投递租期", settings.lease_seconds >= least, f"{settings.lease_seconds} 秒,至少 {least:.0f} 秒")]


def verify(workers: int) -> int:
    """Verify everything, with the number of entries read so far shown."""
    settings = Settings()
    columns = (SpinnerColumn(), TextColumn("已核验 {task.completed} 条"), TimeElapsedColumn())
    database = Database(settings.database_url, durable=settings.durable)
    try:
        with Progress(*columns, console=Console(stderr=True), transient=True) as progress:
            bar = progress.add_task("", total=None)
            verdict = verify_store(database.engine, lambda n: progress.update(bar, completed=n), workers)
    except (SQLAlchemyError, OSError) as error:
        sys.stderr.write(f"无法核验:{type(error).__name__}\n")
        return UNABLE
    finally:
        database.close()
    sys.stdout.write(f"核验 {verdict.entries} 条办理记录、{verdict.cases} 件案件;依法删除 {verdict.erased} 条\n")
    for problem in verdict.problems[:SHOWN]:
        sys.stdout.write(f"{problem.case_id} 第 {problem.seq} 条:{problem.what}\n")
    sys.stdout.write("全部相符\n" if verdict.ok else f"{verdict.found} 处不符\n")
    return MATCHES if verdict.ok else DIFFERS


def take_checkpoint(acknowledged: bool) -> int:
    """Write a checkpoint; 1 with the problems when the histories do not allow one."""
    office = open_office(Settings())
    try:
        with office.database.writing() as connection:
            point = write_checkpoint(connection, office.clock.now(), acknowledged=acknowledged)
    except Conflict as refusal:
        sys.stdout.write(refusal.sentence + "\n")
        for problem in refusal.details["problems"][:SHOWN]:
            sys.stdout.write(f"{problem.case_id} 第 {problem.seq} 条:{problem.what}\n")
        return DIFFERS
    finally:
        office.close()
    sys.stdout.write(f"检查点:{point.count} 件案件,{point.entries} 条记录,根 {point.root}\n")
    return MATCHES
