"""Many suits at once at the edge (批量诉讼): batches and their submission, families of like suits, the funnel.

Each as one answer; a submission is as many transactions as it needs. What does not live here: HTTP (routes), reading
files (the command line), and any rule.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from decimal import Decimal
from typing import Any

from api.house import House
from api.mailroom import require
from api.shapes import rows
from api.wishes import FunnelQuery
from cases.desk.suits import families as leading
from cases.desk.suits.families import Bench
from cases.desk.suits.forms import Departure, FamilyChoice, HandOver
from cases.desk.suits.submitting import Submitting
from cases.desk.suits.wording import FEN
from cases.desk.views import DESK_ROLES, Reader, View
from cases.errors import NotAllowed
from cases.machines.court_forms import Following
from cases.rules.screening import Contact
from cases.rules.visibility import may_see
from cases.store import families, suits
from cases.store.funnel import Only, funnel, may_count

NEWEST = 200
"""Batches and families listed, the newest first."""

BATCH = (
    "id", "number", "association", "court", "opened_at", "closed_at", "submitted_at", "suits", "digest", "manifest_id",
)  # fmt: skip
SUIT = ("case_id", "number", "state", "row", "line", "suit_no", "side", "firm", "community", "result", "reasons")
FAMILY = (
    "id", "name", "association", "court", "firm", "community", "issue", "model_case", "model_number", "document",
    "chosen_at", "decided_at",
)  # fmt: skip
MEMBER = (
    "case_id", "number", "state", "joined_at", "stood_at", "followed_at", "refused", "left_at", "left_because",
)  # fmt: skip


class Suing:
    """Batches and families for callers who are known."""

    def __init__(self, house: House) -> None:
        self.house = house
        self.office = house.office

    # --- batches

    def batches(self, reader: Reader) -> View:
        """The newest batches of the caller's association or court, or all for whoever supervises."""
        with self.office.database.reading() as connection:
            found = suits.batches_seen(connection, reader.actor, NEWEST)
            counts = suits.counts_of(connection, [row["id"] for row in found])
        return rows([_batch(row, counts[row["id"]]) for row in found])

    def batch(self, reader: Reader, batch_id: str) -> View:
        """A batch with its suits; nobody is named."""
        with self.office.database.reading() as connection:
            row = suits.batch_seen(connection, batch_id, reader.actor)
            inside = suits.suits_of(connection, batch_id)
            counts = suits.counts_of(connection, [batch_id])
        if row["court"] == reader.actor.org:
            inside = [one for one in inside if one["line"] is not None]
        return {**_batch(row, counts[batch_id]), "items": [_suit(one) for one in inside]}

    def lines(self, reader: Reader, case_ids: Sequence[str]) -> list[View]:
        """Suits as lists show them, with what may be done; those the caller may not open are left out."""
        with self.office.database.reading() as connection:
            pieces = self.office.desk.pieces.many(connection, case_ids)
            seen = [piece for piece in pieces if may_see(reader.actor, piece)]
            return self.house.views.many(connection, seen, reader, self.office.clock.now(), schemas=False)

    def openable(self, reader: Reader, case_ids: Sequence[str]) -> frozenset[str]:
        """Which of these suits the caller may open."""
        with self.office.database.reading() as connection:
            pieces = self.office.desk.pieces.many(connection, case_ids)
            return frozenset(piece.id for piece in pieces if may_see(reader.actor, piece))

    def submit(self, reader: Reader, batch_id: str, form: HandOver) -> View:
        """Hand a batch to its court, or go on with it; for the desk of its association."""
        org = require(reader, DESK_ROLES, "只有接收诉状的机构可以提交批次")
        with self.office.database.reading() as connection:
            row = suits.batch_seen(connection, batch_id, reader.actor)
        if row["association"] != org:
            raise NotAllowed("只有接收诉状的机构可以提交批次")
        contact = Contact(org, form.person, form.phone)
        submitting = Submitting(self.office, self.house.papers)
        done = submitting.submit(batch_id, contact, reader.actor, self.office.clock.now())
        left = [{"case": case, "why": why} for case, why in sorted(done.left.items())]
        return {"number": done.number, "manifest": done.manifest, "submitted": done.submitted, "left": left}

    # --- families

    def families(self, reader: Reader) -> View:
        """The newest families of the caller's court or association, with how far they are."""
        with self.office.database.reading() as connection:
            found = families.families_seen(connection, reader.actor, NEWEST)
            counts = families.counts_of(connection, [row["id"] for row in found])
        return rows([_family(row, counts[row["id"]]) for row in found])

    def family(self, reader: Reader, family_id: str) -> View:
        """A family with everybody who stood in it."""
        with self.office.database.reading() as connection:
            row = families.family_seen(connection, family_id, reader.actor)
            counts = families.counts_of(connection, [family_id])
            inside = families.members_of(connection, family_id)
        members = [{name: one[name] for name in MEMBER} for one in inside]
        return {**_family(row, counts[family_id]), "following": row["following"], "members": members}

    def choose(self, reader: Reader, form: FamilyChoice) -> View:
        """The court chose a model case; the others wait for it from now on, some at a time."""
        with self._bench(reader) as bench:
            made = leading.choose(bench, form)
        return self.family(reader, made["id"])

    def decide(self, reader: Reader, family_id: str, form: Following) -> View:
        """The model is decided; the others follow, some at a time."""
        with self._bench(reader) as bench:
            leading.decide(bench, family_id, form)
        return self.family(reader, family_id)

    def depart(self, reader: Reader, family_id: str, case_id: str, form: Departure) -> View:
        """A suit leaves its family on its party's wish."""
        with self._bench(reader) as bench:
            leading.depart(bench, family_id, case_id, form)
        return {"family_id": family_id, "case_id": case_id}

    def retry(self, reader: Reader, family_id: str) -> View:
        """Try again with those for whom a step was refused; for the court, once the reason is gone."""
        with self._bench(reader) as bench:
            leading.retry(bench, family_id)
        return self.family(reader, family_id)

    @contextmanager
    def _bench(self, reader: Reader) -> Iterator[Bench]:
        with self.office.database.writing() as connection:
            yield Bench(self.office.desk, connection, reader.actor, self.office.clock.now())

    # --- the funnel

    def funnel(self, reader: Reader, wish: FunnelQuery) -> View:
        """How many suits have come how far, as far as the caller may count them."""
        if not may_count(reader.actor):
            raise NotAllowed("您的岗位不能查看批次漏斗")
        now, pack = self.office.clock.now(), self.office.pack
        period = wish.period(now)
        with self.office.database.reading() as connection:
            found = funnel(connection, reader.actor, period, Only(wish.batch, wish.association, wish.court))
        stages = [
            {"stage": stage, "name": pack.words(f"funnel.{stage}"), "suits": passed.suits, "amount": _yuan(passed.fen)}
            for stage, passed in found.items()
        ]
        return {"as_of": now, "since": period.since, "stages": stages}


def _yuan(fen: int | None) -> str | None:
    return None if fen is None else f"{Decimal(fen) / FEN:.2f}"


def _batch(row: dict[str, Any], counts: dict[str, int]) -> View:
    shown = {name: row[name] for name in BATCH}
    paper = f"/api/v1/papers/{row['manifest_id']}.pdf" if row["manifest_id"] else None
    return {**shown, "total": _yuan(row["total_fen"]), "screened": counts, "manifest": paper}


def _suit(row: dict[str, Any]) -> View:
    return {**{name: row[name] for name in SUIT}, "amount": _yuan(row["amount_fen"])}


def _family(row: dict[str, Any], counts: dict[str, int]) -> View:
    return {**{name: row[name] for name in FAMILY}, "counts": counts}
