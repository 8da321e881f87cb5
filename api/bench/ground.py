"""Databases to measure on (测试场地), and filling them quickly. Only benches use this; it writes rows past the desk on
purpose, copies of rows the desk itself wrote.

What does not live here: measuring.
"""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import psycopg
from sqlalchemy import insert, select

from cases.desk.desk import Order, Taken
from cases.grammar import Actor
from cases.ids import new_id
from cases.machines.clue_forms import ClueReport, Dissuasion
from cases.office import Office, open_office, prepare
from cases.ports import BEIJING
from cases.settings import Settings
from cases.store.sheaf import table

NOW = datetime(2026, 11, 20, 9, 0, tzinfo=BEIJING)
MATTERS = ("XF01", "CG02", "GA04", "SJ01", "HJ03", "ZJ09", "CG10", "GA09", "XF06", "CG04")
"""A mixture of matters with none to three assisting departments."""


def postgres_address() -> str:
    """Where PostgreSQL may be reached for benches; empty when nowhere."""
    url = os.environ.get("HUIYIN_TEST_POSTGRES", "postgresql://postgres@127.0.0.1:5432/postgres")
    url = url.replace("postgresql+psycopg://", "postgresql://")
    try:
        with psycopg.connect(url, connect_timeout=2):
            return url
    except psycopg.OperationalError:
        return ""


@contextmanager
def offices() -> Iterator[list[tuple[str, Office]]]:
    """A fresh office on each kind of database there is; removed afterwards."""
    with tempfile.TemporaryDirectory(prefix="huiyin-bench-") as folder:
        found = [("sqlite", _office(f"sqlite:///{Path(folder) / 'bench.db'}"))]
        server = postgres_address()
        name = f"huiyin_bench_{os.getpid()}"
        if server:
            with psycopg.connect(server, autocommit=True) as connection:
                connection.execute(f"CREATE DATABASE {name}")  # type: ignore[arg-type]
            found.append(("postgresql", _office(server.rsplit("/", 1)[0] + f"/{name}")))
        try:
            yield found
        finally:
            for _, office in found:
                office.close()
            if server:
                with psycopg.connect(server, autocommit=True) as connection:
                    connection.execute(f"DROP DATABASE {name} WITH (FORCE)")  # type: ignore[arg-type]


def _office(url: str) -> Office:
    settings = Settings(database=url)
    prepare(settings)
    return open_office(settings)


def operator(office: Office) -> Actor:
    """The clerk of the first community's station."""
    community = next(iter(office.pack.communities.values()))
    station = office.pack.station_for(community.street)
    return Actor("bench:operator", "测试受理员", station.code if station else None, frozenset({"operator"}))


def reported(office: Office, many: int, now: datetime = NOW) -> list[str]:
    """Open reports through the desk; answers their case ids."""
    community = next(iter(office.pack.communities.values()))
    forms = [
        ClueReport(
            community=community.code,
            building=f"{i}幢",
            found_at=now - timedelta(hours=3),
            matter=MATTERS[i % len(MATTERS)],
            description="从楼上放下一根电线给电动车充电,劝阻过两次没有用。",
            dissuasion=Dissuasion(at=now, by="物业", words="请收起来"),
        )
        for i in range(many)
    ]
    ids: list[str] = []
    for start in range(0, many, 500):
        with office.database.writing() as connection:
            opened = office.desk.open_clues(
                connection, office.pack_id, forms[start : start + 500], operator(office), now
            )
            ids += [one.case_id for one in opened if not isinstance(one, Exception)]
    return ids


def accepted(office: Office, many: int) -> list[str]:
    """Open and accept reports through the desk; answers their case ids."""
    ids = reported(office, many)
    for start in range(0, many, 500):
        with office.database.writing() as connection:
            orders = [Order(i, "accept", {}) for i in ids[start : start + 500]]
            taken = office.desk.take_steps(connection, orders, operator(office), NOW)
            if not all(isinstance(one, Taken) for one in taken):
                raise RuntimeError("a report of the bench was not accepted")
    return ids


def multiply(office: Office, case_ids: list[str], many: int) -> None:
    """Copies of waiting cases, with copied rows only for the case itself, until ``many`` wait."""
    case_file = table("case_file")
    with office.database.reading() as connection:
        rows = connection.execute(select(case_file).where(case_file.c.id.in_(case_ids[:100]))).mappings().all()
    made = len(case_ids)
    while made < many:
        batch: list[dict[str, Any]] = []
        for row in [*rows] * 20:
            batch.append({**row, "id": new_id(), "number": f"bench-{made}"})
            made += 1
            if made >= many:
                break
        with office.database.writing() as connection:
            connection.execute(insert(case_file), batch)
