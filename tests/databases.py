"""Where the suite's databases come from: SQLite always, PostgreSQL when one can be reached or started.

PostgreSQL is looked for in this order: the server named by ``HUIYIN_TEST_POSTGRES`` (an address whose user may create
databases), a server on 127.0.0.1:5432, a private server started from the programs on this machine. What does not live
here: tables. A fresh database is empty; the migrations fill it.
"""

from __future__ import annotations

import getpass
import itertools
import os
import pwd
import shutil
import socket
import subprocess
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

import psycopg
from psycopg import sql
from sqlalchemy.engine import URL, make_url

Kind = Literal["sqlite", "postgresql"]
KINDS: tuple[Kind, ...] = ("sqlite", "postgresql")
ADDRESS = "HUIYIN_TEST_POSTGRES"
DRIVER = "postgresql+psycopg"

_numbers = itertools.count(1)
_lent: list[str] = []


@dataclass(frozen=True)
class Database:
    """A place where fresh databases can be made; ``url`` is the server's (for SQLite: the bare scheme)."""

    kind: Kind
    url: str


class Unreachable(Exception):
    """The server that was asked for by name does not answer: an error, never a silent skip."""


def available() -> list[Database]:
    """The databases this run tests against. Call :func:`look_for_postgres` once before, in the parent process."""
    found = [Database("sqlite", "sqlite://")]
    if address := os.environ.get(ADDRESS):
        found.append(Database("postgresql", address))
    return found


def fresh_database(kind: Kind, folder: Path, template: str | None = None) -> str:
    """Make one database and return its SQLAlchemy address; with ``template``, as a copy of that (closed) database."""
    if kind == "sqlite":
        file = folder / f"huiyin_{next(_numbers)}.sqlite"
        if template is not None:
            shutil.copyfile(str(make_url(template).database), file)
        return f"sqlite:///{file}"
    worker = os.environ.get("PYTEST_XDIST_WORKER", "main")
    name = f"huiyin_test_{os.getpid()}_{worker}_{next(_numbers)}"
    pattern = "template1" if template is None else str(make_url(template).database)
    _command(sql.SQL("CREATE DATABASE {} TEMPLATE {}").format(sql.Identifier(name), sql.Identifier(pattern)))
    url = make_url(os.environ[ADDRESS]).set(drivername=DRIVER, database=name).render_as_string(hide_password=False)
    _lent.append(url)
    return url


def discard(url: str) -> None:
    """Drop a database made by :func:`fresh_database`, together with any connection a test left open."""
    address = make_url(url)
    if address.get_backend_name() == "sqlite":
        file = Path(str(address.database))
        for part in (file, *(file.with_name(file.name + tail) for tail in ("-wal", "-shm", "-journal"))):
            part.unlink(missing_ok=True)
        return
    _command(sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(sql.Identifier(str(address.database))))
    if url in _lent:
        _lent.remove(url)


def discard_all() -> None:
    """Drop whatever this process made and did not drop yet; called when the session ends."""
    for url in list(_lent):
        discard(url)


def _command(statement: sql.Composed) -> None:
    with psycopg.connect(_libpq(make_url(os.environ[ADDRESS])), autocommit=True, connect_timeout=5) as connection:
        connection.execute(statement)


def _libpq(url: URL) -> str:
    return url.set(drivername="postgresql").render_as_string(hide_password=False)


# --- finding a server ---------------------------------------------------------------------------------------------


def look_for_postgres() -> Iterator[str | None]:
    """Yield once: a sentence saying where PostgreSQL was found, or None. Going on stops a private server."""
    asked = os.environ.get(ADDRESS)
    if asked:
        if not _answers(make_url(asked)):
            raise Unreachable(f"{ADDRESS} is set, but no PostgreSQL that lets this user create databases answers there")
        yield f"{make_url(asked).render_as_string()} (from {ADDRESS})"
        return
    for url in _usual_addresses():
        if _answers(url):
            os.environ[ADDRESS] = url.render_as_string(hide_password=False)
            yield url.render_as_string()
            return
    if (found := programs()) is None:
        yield None
        return
    yield from private_server(found)


def _usual_addresses() -> list[URL]:
    users = dict.fromkeys(("postgres", os.environ.get("PGUSER") or getpass.getuser()))
    server = URL.create(DRIVER, host="127.0.0.1", port=5432, password=os.environ.get("PGPASSWORD"))
    return [server.set(username=user, database=base) for user in users for base in ("postgres", "test")]


def _answers(url: URL) -> bool:
    try:
        with psycopg.connect(_libpq(url), connect_timeout=2) as connection:
            row = connection.execute(
                "SELECT rolcreatedb OR rolsuper FROM pg_roles WHERE rolname = current_user"
            ).fetchone()
    except psycopg.OperationalError:
        return False
    return bool(row and row[0])


def programs() -> Path | None:
    """The folder with initdb and pg_ctl of the newest PostgreSQL installed here."""
    debian = Path("/usr/lib/postgresql")
    versions = sorted(debian.glob("*/bin"), key=lambda folder: float(folder.parent.name), reverse=True)
    on_path = [Path(found).resolve().parent for found in (shutil.which("initdb"), shutil.which("pg_ctl")) if found]
    for folder in (*versions, *on_path):
        if (folder / "initdb").exists() and (folder / "pg_ctl").exists():
            return folder
    return None


def private_server(folder: Path) -> Iterator[str]:
    """Start a server of our own on a free loopback port, as an ordinary user (it refuses to run as root)."""
    home = Path(tempfile.mkdtemp(prefix="huiyin-postgres-"))
    user = _ordinary_user()
    if user is not None:
        os.chown(home, user.pw_uid, user.pw_gid)
    cluster, port = home / "cluster", _free_port()
    # Throw-away data: durability is off, which halves the time of a suite that commits all the time.
    settings = (
        f"-p {port} -k {home} -c listen_addresses=127.0.0.1 -c fsync=off -c full_page_writes=off -c max_connections=200"
    )
    try:
        _run(
            user,
            home,
            folder / "initdb",
            "-D",
            cluster,
            "-U",
            "postgres",
            "--auth=trust",
            "--encoding=UTF8",
            "--locale=C",
        )
        _run(user, home, folder / "pg_ctl", "-D", cluster, "-l", home / "log", "-w", "-o", settings, "start")
        os.environ[ADDRESS] = f"{DRIVER}://postgres@127.0.0.1:{port}/postgres"
        yield f"a private server started from {folder}"
    finally:
        os.environ.pop(ADDRESS, None)
        if (cluster / "postmaster.pid").exists():
            _run(user, home, folder / "pg_ctl", "-D", cluster, "-m", "immediate", "-w", "stop")
        shutil.rmtree(home)


def _ordinary_user() -> pwd.struct_passwd | None:
    """Root borrows another account; everybody else runs the server as themselves."""
    if os.geteuid() != 0:
        return None
    known = {entry.pw_name: entry for entry in pwd.getpwall()}
    return known.get("postgres") or known["nobody"]


def _run(user: pwd.struct_passwd | None, home: Path, *command: str | Path) -> None:
    uid, gid, groups = (None, None, None) if user is None else (user.pw_uid, user.pw_gid, [user.pw_gid])
    environment = {**os.environ, "HOME": str(home), "LC_ALL": "C"}
    line = [str(part) for part in command]
    with (home / "start.log").open("ab") as log:
        # The server inherits the log, not our pipes: else the run would wait for the server to end.
        subprocess.run(
            line,
            check=True,
            cwd=home,
            env=environment,
            stdout=log,
            stderr=log,
            user=uid,
            group=gid,
            extra_groups=groups,
        )


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
