"""A court refers a suit to mediation (委派、委托调解): the parties come along, so that nobody enters them twice.

Consents do not: each party is asked again, by the committee. What does not live here: the step of the court (machines).
"""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import Connection

from cases.store.parties import add_party, parties_of

NEW = frozenset({"id", "case_id", "ordinal", "code_hash", "added_by", "added_at"})


def bring_parties(connection: Connection, *, suit_id: str, case_id: str, now: datetime) -> None:
    """Enter the parties of a suit in the mediation it was referred to; query codes are issued there anew."""
    for one in parties_of(connection, suit_id):
        kept = {name: value for name, value in one.items() if name not in NEW}
        add_party(connection, case_id, {**kept, "code_hash": "", "added_by": "system:carried", "added_at": now})
