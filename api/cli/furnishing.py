"""The first data of a demonstration (示例数据): accounts with one random password, reports, departments that listen.

Done once; a later start finds it as it was left. What does not live here: anything outside demo mode.
"""

from __future__ import annotations

import os
import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

from sqlalchemy import Connection, func, select

from api.demo.cast import CLERK, Cast, cast_courts, cast_departments, courts_of, departments_of, register
from api.demo.conductor import AS_OF
from api.demo.household import ROSTER, Household, api_address
from api.demo.script import Script, read_script
from api.identity import Identity, KeyWish
from api.receiver.roster import Roster
from api.receiver.telephone import Telephone
from cases.clocks import SimulatedClock, SystemClock
from cases.desk.importing import import_reports
from cases.desk.mediation.enrolling import enrol
from cases.grammar import Actor
from cases.intake import read_clues
from cases.intake.registers import COMMITTEES, read_register
from cases.office import Office, open_office
from cases.packs.reading import bundled_or
from cases.settings import Settings
from cases.store.accounts import SCOPES, NewAccount
from cases.store.database import Database
from cases.store.sheaf import table

STALE = timedelta(days=60)
"""How long after their time the reports of a demonstration still look like today's."""

ACCOUNTS_FILE = "demo-accounts.txt"
DEPARTMENT_ROLES = frozenset({"dept_officer", "dept_head"})
IMPORTER = Actor("import", "批量导入", None, frozenset({"reporter"}))


@dataclass(frozen=True, slots=True)
class Furnished:
    """What was set up at this start; ``password`` is "" when the accounts were there already."""

    password: str = ""
    logins: tuple[str, ...] = ()
    opened: int = 0
    refused: int = 0


def has_accounts(settings: Settings) -> bool:
    """Whether anybody can log in to this (migrated) installation."""
    database = Database(settings.database_url, durable=settings.durable)
    try:
        with database.reading() as connection:
            return _count(connection) > 0
    finally:
        database.close()


def furnish(office: Office) -> Furnished:
    """Accounts and reports of the pack's demonstration, if the installation has no account yet."""
    with office.database.reading() as connection:
        if _count(connection):
            return Furnished()
    script = read_script(office.settings.pack)
    password = f"{secrets.token_urlsafe(12)}aA1."
    identity = Identity(office.database, office.settings, SystemClock())
    logins: list[str] = []
    with office.database.writing() as connection:
        for player in script.players:
            account = NewAccount(player.login, player.name, player.org, player.roles, "")
            identity.open_account(connection, account, password)
            logins.append(player.login)
        _keep(office.settings, script, password)
        _enrol(office, connection)
    now = _moment_of_the_reports(office)
    imported = import_reports(office, read_clues(script.clues, office.pack, now), IMPORTER, now)
    return Furnished(password, tuple(logins), len(imported.opened), len(imported.refused))


def _enrol(office: Office, connection: Connection) -> None:
    """The committees and mediators of the pack's demonstration, if it has any."""
    folder = bundled_or(office.settings.pack) / "demo"
    if (folder / COMMITTEES).is_file():
        enrol(connection, read_register(folder, office.pack))


def _moment_of_the_reports(office: Office) -> datetime:
    """Now, if the reports of the pack could have been made just then; else the demonstration's time begins with them,
    as its clock may."""
    now = office.clock.now()
    if isinstance(office.clock, SimulatedClock) and not AS_OF <= now <= AS_OF + STALE:
        office.clock.jump_to(AS_OF)
        now = office.clock.now()
    return now


def _count(connection: Connection) -> int:
    return connection.execute(select(func.count()).select_from(table("account"))).scalar_one()


def _keep(settings: Settings, script: Script, password: str) -> None:
    """The accounts in a file only this user may read."""
    settings.home.mkdir(parents=True, exist_ok=True)
    rows = [(one.login, password, one.name, one.org, ";".join(one.roles)) for one in script.players]
    handle = os.open(settings.home / ACCOUNTS_FILE, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(handle, "w", encoding="utf-8") as file:
        file.writelines("\t".join(row) + "\n" for row in rows)


def open_departments(household: Household, settings: Settings) -> None:
    """Start the demo departments, all on one port; the first time they get keys and register where they listen."""
    file = settings.home / ROSTER
    roster = _known_roster(file, settings) or _new_roster(settings)
    telephone = Telephone(roster.departments)
    try:
        household.open_departments(roster, telephone.ready)
    finally:
        telephone.close()


def _known_roster(file: Path, settings: Settings) -> Roster | None:
    """The roster of an earlier start, if the departments still listen and speak where it says."""
    if not file.exists():
        return None
    roster = Roster.model_validate_json(file.read_text(encoding="utf-8"))
    if any(one.port != settings.departments_port for one in roster.departments):
        moved = [one.model_copy(update={"port": settings.departments_port}) for one in roster.departments]
        return register(api_address(settings), moved)
    return roster.model_copy(update={"api": api_address(settings)})


def _new_roster(settings: Settings) -> Roster:
    office = open_office(settings)
    try:
        organisations = departments_of(office.pack)
        identity = Identity(office.database, settings, SystemClock())
        with office.database.writing() as connection:
            keys = {
                one.code: identity.issue_key(connection, KeyWish(one.code, one.name, DEPARTMENT_ROLES, SCOPES))
                for one in organisations
            }
            for one in courts_of(office.pack):
                wish = KeyWish(one.code, one.name, frozenset({CLERK}), SCOPES)
                keys[one.code] = identity.issue_key(connection, wish)
        cast = Cast((), "", keys)
        ports = [settings.departments_port] * len(organisations)
        script = read_script(settings.pack)
        folder = settings.home / "departments"
        planned = cast_departments(office.pack, script, cast, folder, ports)
        courts = cast_courts(office.pack, script, keys, folder, settings.departments_port)
        return register(api_address(settings), [*planned, *courts])
    finally:
        office.close()
