"""One installation as one process sees it (办公室): database, pack, calendar, desk and clock, opened from settings.

Both sides of the house open it: the API and the flows. What does not live here: any use case (desk).
"""

from __future__ import annotations

import logging
import os
import secrets
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from cases import packs
from cases.clocks import SimulatedClock, SystemClock
from cases.desk.backtesting import left_behind, stranded
from cases.desk.desk import Desk
from cases.packs.loader import load_pack
from cases.packs.schema import Pack
from cases.ports import Clock
from cases.rules.calendar import Calendar, hours_of
from cases.rules.years import read_calendar
from cases.settings import Settings
from cases.store.database import Database, migrate, prepared
from cases.store.shelf import Shelf

log = logging.getLogger(__name__)

IDENTITY_KEY = "identity.key"
CALENDARS = Path(packs.__file__).parent / "base" / "calendar"


@dataclass(frozen=True)
class Office:
    """Everything a process needs to work on cases."""

    settings: Settings
    database: Database
    shelf: Shelf
    desk: Desk
    clock: Clock
    pack: Pack
    pack_id: int

    def calendar(self) -> Calendar:
        """The calendar in force, with this pack's office hours; for whoever asks without being at work on a case."""
        if not self.desk.almanac.stale:
            return self.desk.calendar
        with self.database.reading() as connection:
            return self.desk.almanac.look(connection)

    def close(self) -> None:
        """Give back the connections."""
        self.database.close()

    @cached_property
    def secret(self) -> bytes:
        """The key for digests of identity numbers. It lies outside the database, which holds the digests; all hosts of
        an installation need the same one."""
        given = self.settings.identity_key
        return given.encode() if given else _kept_key(self.settings.home / IDENTITY_KEY)


def _kept_key(file: Path) -> bytes:
    """The key in a file only this user may read; made by whoever comes first, whole or not at all."""
    if not file.exists():
        file.parent.mkdir(parents=True, exist_ok=True)
        draft = file.with_name(f"{file.name}.{secrets.token_hex(4)}")
        handle = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(handle, "w", encoding="ascii") as out:
            out.write(secrets.token_hex(32))
        try:
            os.link(draft, file)
        except FileExistsError:
            pass
        finally:
            draft.unlink()
    return file.read_bytes()


def prepare(settings: Settings) -> None:
    """Bring an installation up to date: schema and published pack. Safe to repeat.

    A new pack that would leave an open case without a lawful next step is not published: the office goes on under the
    version it has, and the log says so.
    """
    database = Database(settings.database_url, durable=settings.durable)
    try:
        migrate(database)
        _publish(database, load_pack(settings.pack))
    finally:
        database.close()


def _publish(database: Database, pack: Pack) -> None:
    shelf = Shelf()
    with database.reading() as connection:
        versions = left_behind(connection, shelf, pack)
        found = stranded(connection, shelf, pack, versions) if versions else None
    if found is not None and found.stranded:
        log.warning(
            "地区包 %s %s 未发布:%d 件在办案件将没有合法的下一步,继续使用已发布的版本。%s",
            pack.name, pack.version, found.stranded, " ".join(found.named[:3]),
        )  # fmt: skip
        return
    with database.writing() as connection:
        shelf.publish(connection, pack, SystemClock().now())


def ready(settings: Settings) -> None:
    """Prepare an embedded database, as whoever comes first does; an outside one is prepared by ``huiyin migrate``."""
    if not settings.database:
        prepare(settings)


def open_office(settings: Settings) -> Office:
    """Open a prepared installation; PackBroken when no pack was published."""
    database = Database(settings.database_url, durable=settings.durable)
    try:
        shelf, pack_id, pack, desk = _furniture(settings, database)
    except Exception:
        database.close()
        raise
    clock: Clock = SimulatedClock(database) if settings.demo else SystemClock()
    return Office(settings, database, shelf, desk, clock, pack, pack_id)


def _furniture(settings: Settings, database: Database) -> tuple[Shelf, int, Pack, Desk]:
    """What a prepared database says an office works with."""
    shelf = Shelf()
    with database.reading() as connection, prepared():
        pack_id, pack = shelf.newest(connection, Path(settings.pack).name)
        calendar = read_calendar(CALENDARS, hours_of(pack.working_hours))
        desk = Desk(database.kind, shelf, calendar, alg=settings.digest)
        desk.almanac.look(connection)
    return shelf, pack_id, pack, desk
