"""The database (数据库): which driver, how a transaction begins, and bringing the schema up to date.

SQLite runs in WAL with a driver that carries the WAL-reset fix where one is installed; otherwise every write of the
process goes through one lock and the start-up says so. PostgreSQL runs on psycopg. What does not live here: queries.
"""

from __future__ import annotations

import sqlite3
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from importlib import import_module
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Engine, create_engine, event, make_url
from sqlalchemy.exc import OperationalError, ProgrammingError

from cases.errors import PackBroken

SQLITE_FIXED = (3, 51, 3)
"""First SQLite release without the WAL-reset defect that can lose committed writes of several connections."""


def sqlite_driver() -> Any:
    """The best SQLite driver installed: one that bundles a fixed release, else the standard library's."""
    try:
        return import_module("pysqlite3.dbapi2")
    except ImportError:
        return sqlite3


MOST_PREPARED = 500
"""Statements a connection to PostgreSQL keeps the plans of."""

THOUGHT_OVER = "huiyin_thought_over"
"""The option of a question of which the way to the rows depends on its values: PostgreSQL thinks it over each time."""


class Database:
    """One database as one process sees it. ``durable`` keeps SQLite's synchronous=FULL; without it power loss costs
    acknowledged steps."""

    def __init__(self, url: str, *, durable: bool = True, pool: int = 10) -> None:
        self.url = make_url(url)
        self.kind = self.url.get_backend_name()
        self._one_writer: threading.RLock | None = None
        self._shared = threading.local()
        self.engine = self._sqlite(durable) if self.kind == "sqlite" else self._postgres(pool)
        self._steady = self.engine if self.kind == "sqlite" else self._postgres(pool, steady=True)

    @property
    def sqlite_version(self) -> tuple[int, ...]:
        """The version of the SQLite library in use; empty on PostgreSQL."""
        return tuple(int(p) for p in sqlite_driver().sqlite_version.split(".")) if self.kind == "sqlite" else ()

    @property
    def single_writer(self) -> bool:
        """Whether writes of this process are serialised because the SQLite library has the WAL-reset defect."""
        return self._one_writer is not None

    def _sqlite(self, durable: bool) -> Engine:
        driver = sqlite_driver()
        if self.sqlite_version < SQLITE_FIXED:
            self._one_writer = threading.RLock()
        path = Path(self.url.database or "")
        path.parent.mkdir(parents=True, exist_ok=True)
        engine = create_engine(
            f"sqlite:///{path}",
            module=driver,
            connect_args={"check_same_thread": False, "timeout": 30},
            pool_size=10,
            hide_parameters=True,
        )

        @event.listens_for(engine, "connect")
        def _prepare(connection: Any, _record: Any) -> None:
            connection.isolation_level = None
            connection.execute("PRAGMA journal_mode=WAL")
            connection.execute(f"PRAGMA synchronous={'FULL' if durable else 'NORMAL'}")
            connection.execute("PRAGMA foreign_keys=ON")
            connection.execute("PRAGMA busy_timeout=30000")
            connection.execute("PRAGMA cache_size=-65536")

        @event.listens_for(engine, "begin")
        def _begin(connection: Connection) -> None:
            reading = connection.get_execution_options().get("huiyin_reading")
            connection.exec_driver_sql("BEGIN" if reading else "BEGIN IMMEDIATE")

        return engine

    def _postgres(self, pool: int, *, steady: bool = False) -> Engine:
        engine = create_engine(
            self.url.set(drivername="postgresql+psycopg"), pool_size=pool, max_overflow=10, hide_parameters=True
        )

        @event.listens_for(engine, "connect")
        def _prepare(connection: Any, _record: Any) -> None:
            connection.prepared_max = MOST_PREPARED
            if steady:
                connection.execute("SET plan_cache_mode = force_generic_plan")
                connection.commit()

        @event.listens_for(engine, "do_execute")
        def _execute(cursor: Any, statement: str, values: Any, context: Any) -> bool:
            if not context.execution_options.get(THOUGHT_OVER):
                return False
            cursor.execute(statement, values, prepare=False)
            return True

        return engine

    @contextmanager
    def reading(self) -> Iterator[Connection]:
        """A connection for questions only. On SQLite all of them see the same moment; on PostgreSQL each sees its own,
        as in any transaction there, and none is opened: the end of one makes the driver forget the plans it has."""
        shared = self._at_hand
        if shared is not None:
            yield shared
        else:
            with self._asking(self.engine) as connection:
                yield connection

    @contextmanager
    def _asking(self, engine: Engine) -> Iterator[Connection]:
        options: dict[str, Any] = {"huiyin_reading": True}
        if self.kind == "postgresql":
            options["isolation_level"] = "AUTOCOMMIT"
        with engine.connect().execution_options(**options) as connection:
            yield connection

    @property
    def _at_hand(self) -> Connection | None:
        """The connection the questions of this thread share now, if they do."""
        return getattr(self._shared, "connection", None)

    @contextmanager
    def together(self, *, steady: bool = False) -> Iterator[None]:
        """Let all questions this thread asks inside share one connection, and on SQLite one moment: for a page that
        asks many; a case is read once. Nothing may be written inside. ``steady``: the way to the rows is the same
        whatever the values are, so the page gets a connection on which PostgreSQL does not think of one anew each
        time; inside another page it shares that one's."""
        if self._at_hand is not None:
            yield
            return
        with self._asking(self._steady if steady else self.engine) as connection:
            self._shared.connection = connection.execution_options(huiyin_known={})
            try:
                yield
            finally:
                self._shared.connection = None

    @contextmanager
    def writing(self) -> Iterator[Connection]:
        """One transaction; committed at the end, or nothing happened. RuntimeError among questions that share a moment:
        they would not see what was written."""
        if self._at_hand is not None:
            raise RuntimeError("nothing is written while questions share a moment")
        with self._writer(), self.engine.begin() as connection:
            yield connection

    @contextmanager
    def stepping(self) -> Iterator[Connection]:
        """For units that read and then write one sheaf: on PostgreSQL the sheaf is one statement and commits itself
        in one round trip; on SQLite it is a transaction like any other."""
        if self.kind == "sqlite":
            with self.writing() as connection:
                yield connection
        else:
            with self.engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
                yield connection

    @contextmanager
    def _writer(self) -> Iterator[None]:
        if self._one_writer is None:
            yield
        else:
            with self._one_writer:
                yield

    def close(self) -> None:
        """Give back every connection."""
        self.engine.dispose()
        self._steady.dispose()


@contextmanager
def prepared() -> Iterator[None]:
    """Questions to tables that are there only after ``huiyin migrate``; PackBroken says so where they are not."""
    try:
        yield
    except (OperationalError, ProgrammingError) as error:
        if any(words in str(error.orig) for words in ("no such table", "does not exist")):
            raise PackBroken("数据库尚未准备,请先运行 huiyin migrate") from error
        raise


@contextmanager
def held_together(connection: Connection) -> Iterator[None]:
    """Make a transaction of what follows where there is none yet, so that locked rows stay locked until it is written,
    and an answer can be read bit by bit.

    SQLite has one writer at a time and needs nothing; inside a transaction there is nothing to do either.
    """
    raw: Any = connection.connection.driver_connection
    if connection.dialect.name == "sqlite" or not raw.autocommit:
        yield
    else:
        with raw.transaction():
            yield


def migrate(database: Database, revision: str = "head") -> None:
    """Bring the schema to ``revision``: alembic, in one transaction."""
    from alembic import command  # noqa: PLC0415 - half a second, only where a schema is changed
    from alembic.config import Config  # noqa: PLC0415

    config = Config()
    config.set_main_option("script_location", str(Path(__file__).parent.parent / "migrations"))
    config.attributes["database"] = database
    if revision == "base":
        command.downgrade(config, revision)
    else:
        command.upgrade(config, revision)
