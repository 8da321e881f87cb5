"""Parties of cases (当事人) and their consents (同意): rows read and written. Identity leaves masked or not at all.

A party that was withdrawn is nobody's any more, and a consent that is void counts for nothing.

What does not live here: who may see a party (wall), who may answer (desk), and whether all agreed (rules).
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, func, insert, select, update
from sqlalchemy.exc import IntegrityError

from cases.errors import Overtaken
from cases.ids import new_id
from cases.rules.consents import Given
from cases.store.sheaf import FASTER, table

Row = dict[str, Any]
DIGESTS = ("identity_digest", "contact_digest", "agent_digest")
"""The columns that recognise a party or its agent across cases."""


def add_party(connection: Connection, case_id: str, values: Row) -> Row:
    """Add a party to a case with the next ordinal, and answer its row."""
    kept = table("party")
    last = connection.execute(select(func.max(kept.c.ordinal)).where(kept.c.case_id == case_id)).scalar() or 0
    row = {"id": new_id(), "case_id": case_id, "ordinal": last + 1, **values}
    _add_numbered(connection, "party", row)
    return row


def _add_numbered(connection: Connection, name: str, row: Row) -> None:
    """Write a row with the next number of its case; Overtaken when somebody took that number a moment ago."""
    try:
        with connection.begin_nested():
            connection.execute(insert(table(name)).values(**row))
    except IntegrityError as error:
        raise Overtaken(FASTER) from error


def parties_of(connection: Connection, case_id: str) -> list[Row]:
    """The parties of a case in order."""
    kept = table("party")
    question = select(kept).where(kept.c.case_id == case_id, kept.c.withdrawn_at.is_(None)).order_by(kept.c.ordinal)
    return [dict(row) for row in connection.execute(question).mappings()]


def parties_in(connection: Connection, case_ids: Iterable[str]) -> dict[str, list[Row]]:
    """The parties of many cases in order, by case."""
    kept = table("party")
    theirs = kept.c.case_id.in_(sorted(set(case_ids)))
    question = select(kept).where(theirs, kept.c.withdrawn_at.is_(None)).order_by(kept.c.case_id, kept.c.ordinal)
    found: dict[str, list[Row]] = {}
    for row in connection.execute(question).mappings():
        found.setdefault(row["case_id"], []).append(dict(row))
    return found


def party(connection: Connection, party_id: str) -> Row | None:
    """One party, or None."""
    kept = table("party")
    row = connection.execute(select(kept).where(kept.c.id == party_id)).mappings().first()
    return dict(row) if row else None


def keep_code(connection: Connection, party_id: str, hashed: str) -> None:
    """Keep the hash of a party's query code in place of an earlier one."""
    kept = table("party")
    connection.execute(update(kept).where(kept.c.id == party_id).values(code_hash=hashed))


def change_party(connection: Connection, party_id: str, values: Row) -> None:
    """Change what is known of a party."""
    kept = table("party")
    connection.execute(update(kept).where(kept.c.id == party_id).values(**values))


def digests_of(parties: Iterable[Row]) -> frozenset[str]:
    """All that recognises these parties and their agents."""
    return frozenset(one[column] for one in parties for column in DIGESTS if one[column])


def add_consent(connection: Connection, values: Row) -> Row:
    """Write a question to a party, or its answer at once, and answer the row."""
    row = {"id": new_id(), **values}
    connection.execute(insert(table("consent")).values(**row))
    return row


def consent(connection: Connection, consent_id: str) -> Row | None:
    """One question to a party, or None."""
    kept = table("consent")
    row = connection.execute(select(kept).where(kept.c.id == consent_id)).mappings().first()
    return dict(row) if row else None


def consents_of(connection: Connection, case_id: str) -> list[Row]:
    """Every question to the parties of a case, in the order they were asked; never a link's digest."""
    kept = table("consent")
    columns = [column for column in kept.c if column.name != "token_digest"]
    question = select(*columns).where(kept.c.case_id == case_id).order_by(kept.c.asked_at, kept.c.id)
    return [dict(row) for row in connection.execute(question).mappings()]


def given_in(connection: Connection, case_id: str) -> list[Given]:
    """The answers of a case's parties that count, for the questions of the rules."""
    rows = [row for row in consents_of(connection, case_id) if row["void_at"] is None]
    return [Given(row["party_id"], row["what"], row["answer"], row["answered_at"]) for row in rows]


def make_void(connection: Connection, consent_ids: Iterable[str], now: datetime) -> None:
    """These questions and answers count for nothing from now on, and their links open nothing."""
    kept = table("consent")
    wanted = kept.c.id.in_(sorted(set(consent_ids)))
    connection.execute(update(kept).where(wanted).values(void_at=now, token_digest=""))


def answer_once(connection: Connection, consent_id: str, answer: str, means: str, now: datetime) -> bool:
    """Write the answer, if there is none yet: of two at the same moment one finds it taken. The link is used up."""
    kept = table("consent")
    change = update(kept).where(kept.c.id == consent_id, kept.c.answer.is_(None), kept.c.void_at.is_(None))
    done = connection.execute(change.values(answer=answer, means=means, answered_at=now, token_digest=""))
    return bool(done.rowcount)


def name_fact(connection: Connection, case_id: str, toward: str, wording: str, named: tuple[str, datetime]) -> Row:
    """Name a fact for sharing, with the next number of the case; ``named`` is by whom and when."""
    kept = table("shared_fact")
    last = connection.execute(select(func.max(kept.c.n)).where(kept.c.case_id == case_id)).scalar() or 0
    row = {"case_id": case_id, "n": last + 1, "toward": toward, "wording": wording}
    row |= {"named_by": named[0], "named_at": named[1]}
    _add_numbered(connection, "shared_fact", row)
    return row


def facts_named(connection: Connection, case_id: str) -> list[Row]:
    """The facts named for sharing in a case, in order."""
    kept = table("shared_fact")
    question = select(kept).where(kept.c.case_id == case_id).order_by(kept.c.n)
    return [dict(row) for row in connection.execute(question).mappings()]
