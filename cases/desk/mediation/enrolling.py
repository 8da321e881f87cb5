"""Writing a register of mediation down (登记): committees, mediators with their accounts, rooms; and declared ties.

The same register twice changes nothing. What does not live here: reading its files (intake).
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection

from cases.desk.mediation.forms import TieForm
from cases.errors import Malformed
from cases.intake.registers import Register
from cases.rules.persons import checked_identity, digest_of
from cases.store.accounts import person_named
from cases.store.registers import declare, mediator, put


@dataclass(frozen=True, slots=True)
class Enrolled:
    """How many rows were new, and how many stood there before."""

    new: int
    known: int


def enrol(connection: Connection, register: Register) -> Enrolled:
    """Write a register over what is there; Malformed names mediators whose account does not exist."""
    accounts = {row["login"]: person_named(connection, row["login"]) for row in register.mediators if row["login"]}
    missing = sorted(login for login, person in accounts.items() if person is None)
    if missing:
        raise Malformed(f"没有这些账号:{'、'.join(missing)}", {"login": "先建账号,或留空"})
    fresh = [put(connection, "committee", "org", row) for row in register.committees]
    for row in register.mediators:
        person = accounts.get(row["login"])
        values = {name: value for name, value in row.items() if name != "login"}
        fresh.append(put(connection, "mediator", "id", {**values, "account_id": person.id if person else None}))
    fresh += [put(connection, "room", "id", row) for row in register.rooms]
    return Enrolled(sum(fresh), len(fresh) - sum(fresh))


def declare_tie(connection: Connection, mediator_id: str, form: TieForm, secret: bytes, now: datetime) -> None:
    """Note a tie a mediator declares; of a person only the keyed digest is kept. Malformed when it names nobody."""
    mediator(connection, mediator_id)
    if form.kind == "org":
        key, field = form.org.strip(), "org"
    else:
        key, field = digest_of(secret, checked_identity(form.identity_number, "person")), "identity_number"
    if not key:
        raise Malformed("没有写明与谁有关系", {field: "必填"})
    declare(connection, mediator_id, [(form.kind, key, form.relation)], now)
