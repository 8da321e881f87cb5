"""Numbers other systems gave their reports (来件编号), so that nothing is taken in twice.

What does not live here: reading files of reports (intake) and importing them (desk).
"""

from __future__ import annotations

from sqlalchemy import Connection, insert
from sqlalchemy.exc import IntegrityError

from cases.errors import Conflict
from cases.store.sheaf import table


def note_reference(connection: Connection, system: str, number: str, case_id: str) -> None:
    """Tie a foreign number to its case; Conflict when it was taken in before."""
    row = {"system": system, "number": number, "case_id": case_id, "fingerprint": ""}
    try:
        with connection.begin_nested():
            connection.execute(insert(table("foreign_reference")).values(**row))
    except IntegrityError as error:
        raise Conflict("这个来件编号已经收过", external_id=number) from error
