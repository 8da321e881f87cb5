"""Query codes of parties (当事人查询码): told once, bound to the party, worthless once another is issued.

A party without an account follows the case under number and code, as a reporter does. What does not live here: what
they may see (views, telling) and do (machines).
"""

from __future__ import annotations

import hmac
from collections.abc import Sequence
from typing import Any

from sqlalchemy import Connection

from cases.grammar import Actor
from cases.ids import code_hash, new_code
from cases.store.parties import keep_code, parties_of

Row = dict[str, Any]
NOBODY = "0" * 32


def issue_code(connection: Connection, party_id: str) -> str:
    """A new code for a party; an earlier one is worth nothing from now on."""
    code = new_code()
    keep_code(connection, party_id, code_hash(party_id, code))
    return code


def party_of_code(connection: Connection, case_id: str, code: str) -> Row | None:
    """The party of the case whose code this is, or None; a case that does not exist costs as much as one that does."""
    rows: Sequence[Row] = parties_of(connection, case_id) or [{"id": NOBODY, "code_hash": ""}]
    found = None
    for row in rows:
        if hmac.compare_digest(row["code_hash"], code_hash(row["id"], code)):
            found = row
    return found


def party_actor(case_id: str, party_id: str) -> Actor:
    """Whoever holds the code of a party."""
    return Actor(f"party:{party_id}", "当事人", None, frozenset({"party"}), frozenset({case_id}))
