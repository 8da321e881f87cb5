"""Who heard (告知对象): each rung told to whom its ladder names, each once, at the moment's own holder; the orders of
supervision a rung opens; the level of a case.

What does not live here: which rungs fired (``climbs``).
"""

from __future__ import annotations

from collections import Counter as Tally
from datetime import datetime
from typing import Any

from cases.rules.visibility import SEALED_CLOCKS
from tests.cases.desk.year.judge.climbs import Due
from tests.cases.desk.year.judge.lives import Biographer, Life, Point, owner
from tests.cases.desk.year.judge.records import Records, Row


def named(records: Records, row: Row, point: Point, name: str) -> str | None:
    """The organisation a rung names."""
    if name in ("district", "leading_group"):
        return records.laws[point.standing.pack_id].named[name]
    return {"holder": owner(row, point, point.body["clock"]), "station_head": row["station"], "street": row["street"]}[
        name
    ]


def unheard(records: Records, life: Life, due: Due, point: Point) -> list[str]:
    """Whether just those heard of a rung whom the ladder names, and what they were told of the clock."""
    row = life.row
    must = {org for name in due.rung.tell if (org := named(records, row, point, name))}
    said = records.said.get((row["id"], point.seq, f"{row['case_type']}.{point.verb}"), [])
    heard = Tally(one.recipient for one in said)
    found = [f"rung {due.rung.n} told to {dict(heard)}, must be {sorted(must)}"] if heard != Tally(must) else []
    for one in said:
        if one.deadline != _told(records, life, one.recipient, due, point):
            found.append(f"rung {due.rung.n} tells {one.recipient} {one.deadline}")
    return found


def _told(records: Records, life: Life, recipient: str, due: Due, point: Point) -> dict[str, Any] | None:
    """What a recipient hears of the clock: nothing for the person who reported, nor of what is under seal."""
    row, body = life.row, point.body
    if row["assignee"] is None and recipient in {"reporter", row["reporter_org"]}:
        return None
    organisation = records.laws[point.standing.pack_id].pack.organisations.get(recipient)
    police = organisation is not None and organisation.kind == "police"
    if row["sealed"] and row["assignee"] and not police and body["clock"] in SEALED_CLOCKS:
        return None
    names = ("clock", "n", "level", "due_at", "reached_at")
    return {"deed": point.verb, **{name: body[name] for name in names}}


def orders(records: Records, life: Life, due: Due, point: Point) -> list[str]:
    """A rung that supervises opens one order: by the issuer it names, to whoever holds the case."""
    row = life.row
    opened = [
        child for child in records.children[row["id"]]
        if child["case_type"] == "supervision" and child["opened_at"] == point.at
        and (child["facts"].get("clock"), child["facts"].get("grade")) == (point.body["clock"], due.rung.level)
    ]  # fmt: skip
    organisations = records.laws[point.standing.pack_id].pack.organisations
    must, unit = [], owner(row, point, point.body["clock"])
    if due.rung.deed == "supervise" and unit in organisations and point.holder != row["reporter_org"]:
        issuer = named(records, row, point, due.rung.issuer)
        issuer = organisations[unit].parent if issuer == unit else issuer
        must = [(issuer, unit)] if issuer else []
    did = [(child["station"], child["assignee"]) for child in opened]
    return [] if did == must else [f"rung {due.rung.n} opened orders {did}, must be {must}"]


def level_of(life: Life, writer: Biographer) -> list[str]:
    """The level is the highest that was ever reached: it never falls."""
    first = int(life.row["facts"].get("grade", 0)) if life.row["case_type"] == "supervision" else 0
    reached = [first]
    for point in life.points:
        if point.verb in {"overdue", "escalate", "supervise", "order_supervision"}:
            reached.append(point.body["level"])
        if point.verb == "deem_signed":
            reached.append(1)
    return [] if life.row["level"] == max(reached) else [f"level {life.row['level']}, must be {max(reached)}"]


def held(records: Records, life: Life) -> list[str]:
    """The book of holders says who held the case when."""
    book: list[tuple[int, str | None, datetime]] = []
    for point in life.points:
        if not book or book[-1][1] != point.holder:
            book.append((point.seq, point.holder, point.at))
    rows = [(row["seq"], row["holder"], row["at"]) for row in records.holdings[life.row["id"]]]
    return [] if rows == book else [f"held by {rows}, must be {book}"]
