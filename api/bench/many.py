"""Very many cases, written in bulk (大量案件): rows as they would stand, past the desk. Only benches use this.

The cases of a town over some years: most are closed, some are late, a few are sealed or behind the wall. What does not
live here: measuring.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from random import Random
from typing import Any

from rich.console import Console
from rich.progress import Progress
from sqlalchemy import Connection

from api.bench.ground import offices
from cases.desk.timing import note_next_due
from cases.engine import holder_of
from cases.grammar import CaseType, State
from cases.ids import new_id
from cases.machines import CASE_TYPES
from cases.office import Office
from cases.piece import Piece
from cases.rules.wall import WALLED
from cases.rules.words import words_of
from cases.store.pieces import row_of
from cases.store.sheaf import sqlite_value, table

SEED = 20261120
CHUNK = 20_000
OPEN = 0.3
"""The share of cases that are still open."""

REFERRED = 0.7
"""The share of mediations that came from a report."""

COMMUNITIES = 2_000
"""So many communities the cases come from."""

REPORTING = frozenset({"property", "owners_committee", "grid", "hotline"})
"""Kinds of organisations that report and handle nothing."""

SHARES = {"clue": 40, "assignment": 50, "supervision": 5, "mediation": 4, "confirmation": 1}

PLACES = (
    "楼道",
    "地下车库",
    "架空层",
    "屋顶",
    "绿化带",
    "消防通道",
    "电梯厅",
    "围墙边",
    "门卫处",
    "单元门口",
    "配电房",
    "水泵房",
)
THINGS = (
    "电动车",
    "纸箱",
    "旧家具",
    "广告牌",
    "玻璃房",
    "隔离桩",
    "空调外机",
    "菜地",
    "建筑垃圾",
    "鸽笼",
    "晾衣架",
    "充电线",
)
DEEDS = (
    "占用",
    "堆放",
    "私拉",
    "搭建",
    "漏水",
    "扰民",
    "损坏",
    "种植",
    "拒绝整改",
    "多次劝阻无效",
    "影响通行",
    "散发异味",
)
RARE = ("孔雀", "蜂箱", "钢琴", "泳池", "无人机", "石磨", "锅炉", "篝火", "羊圈", "酿酒")


@dataclass(frozen=True, slots=True)
class Place:
    """A community, and who works for it."""

    station: str
    community: str
    street: str


def full_offices(many: int, only: str = "") -> Iterator[tuple[str, Office]]:
    """A fresh office full of cases on each kind of database there is, or on one, one after the other."""
    with offices() as each:
        for kind, office in each:
            if only in {"", kind}:
                filled(office, many)
                yield kind, office


def filled(office: Office, many: int) -> None:
    """Fill an office, said on the screen, and let the database look at what it has."""
    with Progress(console=Console(stderr=True)) as progress:
        fill(office, many, progress)
    if office.database.kind == "postgresql":
        with office.database.engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
            connection.exec_driver_sql("VACUUM ANALYZE")


def fill(office: Office, many: int, progress: Progress) -> None:
    """Write ``many`` cases with their words into an office that has none."""
    bar = progress.add_task(f"{office.database.kind}: cases", total=many)
    with office.database.writing() as connection:
        made = _without_indexes(connection)
        for chunk in _chunks(cases(office, many)):
            words = [(piece.id, words_of(piece, office.pack)) for piece in chunk]
            _insert(connection, "case_file", [tuple(row_of(piece).values()) for piece in chunk])
            _insert(connection, "case_words", words, ("case_id", "words"))
            progress.advance(bar, len(chunk))
    progress.update(bar, description=f"{office.database.kind}: indexes", total=None)
    with office.database.writing() as connection:
        _with_indexes(connection, made)
    progress.remove_task(bar)


def cases(office: Office, many: int) -> Iterator[Piece]:
    """Random cases, the same for the same number but for their ids."""
    random = Random(SEED)
    types = {case_type.code: case_type for case_type in CASE_TYPES}
    codes = random.choices(list(SHARES), weights=list(SHARES.values()), k=many)
    places = places_of(office)
    report = ""
    for n, code in enumerate(codes):
        piece = _case(random, office, types[code], n, random.choice(places))
        if code == "mediation" and random.random() < REFERRED:
            piece.parent_id = report or None
        elif code == "clue":
            report = piece.id
        yield piece


def places_of(office: Office) -> list[Place]:
    """The communities of a city: those of the pack, and beside each of them as many more as make ``COMMUNITIES``."""
    known = [
        Place(station.code, community.code, community.street)
        for community in office.pack.communities.values()
        if (station := office.pack.station_for(community.street)) is not None
    ]
    beside = (replace(known[n % len(known)], community=f"B{n:04d}") for n in range(COMMUNITIES - len(known)))
    return [*known, *beside]


def _case(random: Random, office: Office, case_type: CaseType, n: int, place: Place) -> Piece:
    state = _state(random, case_type)
    every = office.pack.organisations.values()
    departments = [one.code for one in every if one.kind not in {"station", "street", *REPORTING}]
    reporters = [one.code for one in every if one.kind in REPORTING]
    opened = NOW - timedelta(days=random.random() * 900)
    closed = None if not state.end else opened + (NOW - opened) * random.random()
    piece = Piece(
        id=new_id(),
        number=f"B{place.street}-{case_type.number_mark}-{opened:%Y%m%d}-{n:07d}",
        case_type=case_type.code,
        state=state.code,
        version=3,
        head_hash="0" * 64,
        pack_id=office.pack_id,
        station="bench-committee" if case_type.code in WALLED else place.station,
        assignee=random.choice(departments) if case_type.code in {"assignment", "supervision"} else None,
        duty="lead" if case_type.code == "assignment" else None,
        lead=random.choice(departments) if case_type.code == "clue" else None,
        reporter_org=random.choice(reporters) if random.random() < 0.5 else None,
        community=place.community,
        street=place.street,
        matter=random.choice(list(office.pack.matters)),
        severity=random.randrange(4),
        sealed=case_type.code not in WALLED and random.random() < 0.08,
        summary=_summary(random, n),
        found_on=opened.date(),
        opened_at=opened,
        updated_at=closed or opened,
        closed_at=closed,
        is_open=not state.end,
        facts={"building": f"{random.randrange(60)}幢", "room": f"{random.randrange(100, 3300)}", "source": "property"},
    )
    clocks = [clock.code for clock in case_type.clocks if state.code in clock.during]
    piece.clocks = {code: _due(random) for code in clocks[:3]}
    late = [code for code, due in piece.clocks.items() if due and datetime.fromisoformat(due) < NOW + WARNING]
    piece.warned = "".join(f"|{code}|" for code in late)
    note_next_due(piece)
    piece.holder = holder_of(piece, state.holder)
    return piece


NOW = datetime(2026, 11, 20, 1, 0, tzinfo=UTC)
WARNING = timedelta(days=2)


def _state(random: Random, case_type: CaseType) -> State:
    wanted = random.random() >= OPEN
    return random.choice([state for state in case_type.states if state.end == wanted])


def _due(random: Random) -> str:
    """Due within some weeks; one in twelve is late, one in twenty stands still."""
    if random.random() < 0.05:
        return ""
    late = random.random() < 1 / 12
    days = -random.random() * 10 if late else random.random() * 40
    return (NOW + timedelta(days=days)).isoformat()


def _summary(random: Random, n: int) -> str:
    rare = random.choice(RARE) if n % 5_000 == 0 else ""
    return "".join((random.choice(PLACES), random.choice(THINGS), random.choice(DEEDS), rare, f"{n % 997}号"))


def _chunks(pieces: Iterator[Piece]) -> Iterator[list[Piece]]:
    while chunk := list(itertools.islice(pieces, CHUNK)):
        yield chunk


def _insert(connection: Connection, name: str, rows: list[tuple[Any, ...]], columns: tuple[str, ...] = ()) -> None:
    names = columns or tuple(column.name for column in table(name).columns)
    quoted = ", ".join(f'"{one}"' for one in names)
    raw: Any = connection.connection.driver_connection
    if connection.dialect.name == "sqlite":
        marks = ", ".join("?" * len(names))
        values = [tuple(map(sqlite_value, row)) for row in rows]
        raw.executemany(f"INSERT INTO {name} ({quoted}) VALUES ({marks})", values)
        return
    with raw.cursor() as cursor, cursor.copy(f"COPY {name} ({quoted}) FROM STDIN") as copy:
        for row in rows:
            copy.write_row(row)


def _without_indexes(connection: Connection) -> list[str]:
    """Drop what would be kept up row by row; answers how the indexes of cases are made again, on SQLite in the order
    they were made: of two that are as good and as narrow it takes the later one."""
    lite = connection.dialect.name == "sqlite"
    asked = (
        "SELECT name, sql FROM sqlite_master WHERE type = 'index' AND tbl_name = 'case_file' ORDER BY rowid"
        if lite
        else "SELECT indexname, indexdef FROM pg_indexes WHERE tablename = 'case_file'"
    )
    made = [(name, sql) for name, sql in connection.exec_driver_sql(asked) if sql and "UNIQUE" not in sql]
    for name, _ in made:
        connection.exec_driver_sql(f"DROP INDEX {name}")
    connection.exec_driver_sql("DROP TRIGGER case_words_added" if lite else "DROP INDEX case_words_words")
    return [sql for _, sql in made]


def _with_indexes(connection: Connection, made: list[str]) -> None:
    for sql in made:
        connection.exec_driver_sql(sql)
    if connection.dialect.name == "sqlite":
        connection.exec_driver_sql("INSERT INTO case_words_index(case_words_index) VALUES ('rebuild')")
    else:
        connection.exec_driver_sql("SET LOCAL maintenance_work_mem = '512MB'")
        connection.exec_driver_sql("CREATE INDEX case_words_words ON case_words USING gin (words)")
        connection.exec_driver_sql("ANALYZE case_file")
        connection.exec_driver_sql("ANALYZE case_words")
