"""The register of mediation (调解登记簿): committees, mediators, ties, absences, rooms; read and written.

What does not live here: reading files (intake), who mediates a case (appointments), and ranking (rules).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, delete, insert, or_, select, update

from cases.errors import NotFound
from cases.ids import new_id
from cases.packs.rows import matches
from cases.rules.booking import Span
from cases.store.sheaf import table

Row = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Searched:
    """What mediators are looked for by; None or "" leaves it out."""

    committee: str | None = None
    matter: str | None = None
    language: str | None = None
    area: str | None = None
    text: str | None = None


def split(listed: str) -> tuple[str, ...]:
    """A list as it is kept in one column."""
    return tuple(part for part in listed.split(";") if part)


def put(connection: Connection, name: str, key: str, row: Mapping[str, Any]) -> bool:
    """Write a row of the register over the one with the same key; True if it is new."""
    kept = table(name)
    found = connection.execute(select(kept.c[key]).where(kept.c[key] == row[key])).first()
    if found is None:
        connection.execute(insert(kept).values(**row))
    else:
        changed = {column: value for column, value in row.items() if column != key}
        connection.execute(update(kept).where(kept.c[key] == row[key]).values(**changed))
    return found is None


def committees(connection: Connection) -> dict[str, Row]:
    """Every committee of the register by its organisation's code."""
    rows = connection.execute(select(table("committee")).order_by(table("committee").c.org)).mappings()
    return {row["org"]: dict(row) for row in rows}


def mediator(connection: Connection, mediator_id: str) -> Row:
    """One mediator; NotFound when nobody has this id."""
    kept = table("mediator")
    row = connection.execute(select(kept).where(kept.c.id == mediator_id)).mappings().first()
    if row is None:
        raise NotFound("没有这位调解员")
    return dict(row)


def mediators(connection: Connection, homes: Sequence[str] | None = None) -> list[Row]:
    """The mediators of these committees, or of all, in order of their ids."""
    kept, home = table("mediator"), table("committee")
    question = select(kept).join(home, home.c.org == kept.c.committee).where(home.c.active.is_(True))
    if homes is not None:
        question = question.where(kept.c.committee.in_(homes))
    return [dict(row) for row in connection.execute(question.order_by(kept.c.id)).mappings()]


def found(connection: Connection, asked: Searched) -> list[Row]:
    """The mediators a search is for. A matter is covered by a pattern of their expertise, so it is compared here and
    not in the query; a register has few rows."""
    rows = mediators(connection, [asked.committee] if asked.committee else None)
    return [row for row in rows if _fits(row, asked)]


def _fits(row: Row, asked: Searched) -> bool:
    patterns = split(row["expertise"])
    return (
        (not asked.matter or any(matches(pattern, asked.matter) for pattern in patterns))
        and (not asked.language or asked.language in split(row["languages"]))
        and (not asked.area or asked.area in split(row["areas"]))
        and (not asked.text or asked.text in row["name"] or asked.text == row["id"])
    )


def ties_of(connection: Connection, ids: Iterable[str]) -> dict[str, dict[str, dict[str, str]]]:
    """What these mediators declared to be tied to: by mediator, then "org" or "person", then key: the relation."""
    kept = table("mediator_tie")
    ties: dict[str, dict[str, dict[str, str]]] = {}
    for row in connection.execute(select(kept).where(kept.c.mediator_id.in_(sorted(set(ids))))):
        ties.setdefault(row.mediator_id, {}).setdefault(row.kind, {})[row.key] = row.relation
    return ties


def declare(connection: Connection, mediator_id: str, ties: Sequence[tuple[str, str, str]], now: datetime) -> None:
    """Note ties (kind, key, relation) a mediator declared; a tie declared again has its newest relation."""
    kept = table("mediator_tie")
    for kind, key, relation in ties:
        same = (kept.c.mediator_id == mediator_id) & (kept.c.kind == kind) & (kept.c.key == key)
        connection.execute(delete(kept).where(same))
        row = {"mediator_id": mediator_id, "kind": kind, "key": key, "relation": relation, "declared_at": now}
        connection.execute(insert(kept).values(**row))


def lock_mediators(connection: Connection, ids: Iterable[str]) -> None:
    """Keep these mediators' diaries from other writers until the transaction ends: absences and meetings see each
    other. SQLite has one writer anyway."""
    kept = table("mediator")
    wanted = sorted(set(ids))
    connection.execute(select(kept.c.id).where(kept.c.id.in_(wanted)).order_by(kept.c.id).with_for_update()).all()


def absences(connection: Connection, ids: Iterable[str], span: Span) -> dict[str, list[Span]]:
    """When these mediators are away within a span, by mediator, in order."""
    kept = table("mediator_absence")
    question = select(kept).where(
        kept.c.mediator_id.in_(sorted(set(ids))), kept.c.starts < span.ends, kept.c.ends > span.starts
    )
    away: dict[str, list[Span]] = {}
    for row in connection.execute(question.order_by(kept.c.starts)):
        away.setdefault(row.mediator_id, []).append(Span(row.starts, row.ends))
    return away


def absences_of(connection: Connection, mediator_id: str, since: datetime) -> list[Row]:
    """The absences of a mediator that are not over."""
    kept = table("mediator_absence")
    question = select(kept).where(kept.c.mediator_id == mediator_id, kept.c.ends > since).order_by(kept.c.starts)
    return [dict(row) for row in connection.execute(question).mappings()]


def add_absence(connection: Connection, mediator_id: str, span: Span, noted: tuple[str, str], now: datetime) -> str:
    """Write an absence and answer its id; ``noted`` is the reason and by whom."""
    reason, by = noted
    made = new_id()
    row = {"id": made, "mediator_id": mediator_id, "starts": span.starts, "ends": span.ends, "reason": reason}
    connection.execute(insert(table("mediator_absence")).values(**row, noted_by=by, noted_at=now))
    return made


def drop_absence(connection: Connection, mediator_id: str, absence_id: str) -> None:
    """Take an absence back; NotFound when this mediator has none of this id."""
    kept = table("mediator_absence")
    same = (kept.c.id == absence_id) & (kept.c.mediator_id == mediator_id)
    if not connection.execute(delete(kept).where(same)).rowcount:
        raise NotFound("没有这次请假")


def rooms(connection: Connection, homes: Sequence[str]) -> list[Row]:
    """The rooms these committees can book: their own, and those of shared courts."""
    kept = table("room")
    usable = or_(kept.c.committee.in_(homes), kept.c.kind == "shared_court")
    question = select(kept).where(kept.c.active.is_(True), usable).order_by(kept.c.id)
    return [dict(row) for row in connection.execute(question).mappings()]


def room(connection: Connection, room_id: str) -> Row | None:
    """One room, or None."""
    kept = table("room")
    row = connection.execute(select(kept).where(kept.c.id == room_id)).mappings().first()
    return dict(row) if row else None
