"""Handing a batch to the court (批次提交): closed once, one manifest, then a step for every suit in it.

Each stage is a transaction of its own and reads from the rows what is still to be done, so that it may be cut off at
any instant and asked for again: the lines of the manifest never change once they are drawn up. What does not live
here: filing the suits (filing), drawing the paper (papers).
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from copy import copy
from dataclasses import dataclass, field
from datetime import datetime
from decimal import Decimal
from typing import Any

from sqlalchemy import Connection

from cases.desk.desk import Order, Taken
from cases.desk.papers import PaperRoom, Wanted
from cases.desk.suits.filing import CASE_TYPE, TRIES, said
from cases.desk.suits.wording import FEN
from cases.errors import Broken, Malformed, NotNow, Overtaken, Refusal
from cases.grammar import Actor, Question
from cases.machines.suit_forms import Submission
from cases.office import Office
from cases.piece import Piece
from cases.ports import BEIJING
from cases.rules.screening import Contact, ManifestLine, manifest_of_lines
from cases.store.papers import Kept, paper_kept
from cases.store.suits import batch as batch_row
from cases.store.suits import batch_of, change_batch, change_suit, names_of, open_batch, suits_of, to_submit

ACCEPTED = "accepted"
TO_COME = (ACCEPTED, "screening", "repairing")
"""States of a suit that may still go to the court with some batch."""

MOST_LINES = 1000
MANIFEST = "batch_manifest"
AT_ONCE = 100
APPLICANT, RESPONDENT = "applicant", "respondent"

Row = dict[str, Any]
_FOLLOWING = re.compile(r"(.*)续(\d{1,6})", re.DOTALL)


@dataclass(slots=True)
class Submitted:
    """What a submission came to: cases handed to the court, and those left behind with the reason."""

    number: str
    manifest: str
    submitted: list[str] = field(default_factory=list)
    left: dict[str, str] = field(default_factory=dict)


class Submitting:
    """Hands batches to courts. Shared by all threads."""

    def __init__(self, office: Office, room: PaperRoom) -> None:
        self.office, self.room = office, room

    def submit(self, batch_id: str, contact: Contact, actor: Actor, now: datetime) -> Submitted:
        """Hand a batch over, or go on where an earlier try ended. NotNow when no suit of it is fit to go."""
        left = self._close(batch_id, contact, actor, now)
        batch, manifest = self._manifest(batch_id, contact, actor, now)
        done = Submitted(batch["number"], manifest.number, left=left)
        line = 0
        while (reached := self._some(batch, manifest.number, (actor, now), line, done)) > line:
            line = reached
        if not self._waiting(batch):
            with self.office.database.writing() as connection:
                if batch_row(connection, batch_id, lock=True)["submitted_at"] is None:
                    change_batch(connection, batch_id, {"submitted_at": now})
        return done

    # --- the lines of the manifest

    def _close(self, batch_id: str, contact: Contact, actor: Actor, now: datetime) -> dict[str, str]:
        """Draw the lines up, once; answers the suits that passed but may not go yet, with the reason."""
        with self.office.database.writing() as connection:
            batch = batch_row(connection, batch_id, lock=True)
            if batch["closed_at"] is not None:
                return {}
            fit, left = self._fit(connection, batch, actor, now)
            if not fit:
                raise NotNow("这个批次没有可以提交的诉状" + "".join(f";{why}" for why in sorted(set(left.values()))))
            manifest = manifest_of_lines(batch["number"], contact, self._lines(connection, fit))
            counted = {"suits": len(fit), "total_fen": int(manifest.total * FEN), "digest": manifest.digest}
            self._try_on(connection, {**batch, **counted}, contact, (fit, manifest.lines), (actor, now))
            for place, row in enumerate(fit, 1):
                change_suit(connection, row["case_id"], {"line": place})
            change_batch(connection, batch_id, {"closed_at": now, "closed_by": actor.id, **counted})
            self._hand_on(connection, batch, actor, now)
        return left

    def _try_on(
        self,
        connection: Connection,
        batch: Row,
        contact: Contact,
        drawn: tuple[list[Row], Sequence[ManifestLine]],
        by: tuple[Actor, datetime],
    ) -> None:
        """Whether the manifest could be drawn; raises what stands in its way before anything is closed."""
        rows, lines = drawn
        first = self.office.desk.pieces.one(connection, rows[0]["case_id"])
        if first is not None:
            self.room.check(connection, first, Wanted(MANIFEST, self._facts(batch, contact, lines)), *by)

    def _hand_on(self, connection: Connection, batch: Row, actor: Actor, now: datetime) -> None:
        """What did not go with this batch goes with the next one, which is opened for it."""
        staying = [row for row in suits_of(connection, batch["id"], TO_COME) if row["line"] is None]
        if not staying:
            return
        number, following = batch["number"], None
        while following is None or following["closed_at"] is not None:
            number = next_number(number)
            following = batch_of(connection, batch["association"], number) or open_batch(
                connection,
                {
                    "number": number,
                    "association": batch["association"],
                    "court": batch["court"],
                    "opened_at": now,
                    "opened_by": actor.id,
                },
            )
        for row in staying:
            change_suit(connection, row["case_id"], {"batch_id": following["id"]})

    def _fit(self, connection: Connection, batch: Row, actor: Actor, now: datetime) -> tuple[list[Row], dict[str, str]]:
        """The suits that may go to the court now, and why others may not."""
        rows = suits_of(connection, batch["id"], [ACCEPTED])
        desk = self.office.desk
        pieces = {one.id: one for one in desk.pieces.many(connection, [row["case_id"] for row in rows])}
        folders = desk.folders(connection, list(pieces.values()))
        fit: list[Row] = []
        left: dict[str, str] = {}
        for row in rows:
            piece = pieces[row["case_id"]]
            question = Question(copy(piece), actor, now, desk.shelf.pack(connection, piece.pack_id))
            question.folder = folders.get(piece.id)
            try:
                if len(fit) == MOST_LINES:
                    raise NotNow(f"一份清单最多 {MOST_LINES} 件,余下的编入下一批")
                if row["amount_fen"] is None:
                    raise Malformed("没有确定的金额")
                desk.engines[CASE_TYPE].decide("submit", question, self._form(batch, "-", 1))
                fit.append(row)
            except Refusal as refusal:
                left[row["number"]] = said(refusal)
        return fit, left

    def _lines(self, connection: Connection, rows: list[Row]) -> list[ManifestLine]:
        ids = [row["case_id"] for row in rows]
        names = names_of(connection, ids)
        pieces = {one.id: one for one in self.office.desk.pieces.many(connection, ids)}
        return [_line(place, row, pieces[row["case_id"]], names[row["case_id"]]) for place, row in enumerate(rows, 1)]

    def _form(self, batch: Row, manifest: str, place: int) -> Submission:
        return Submission(court=batch["court"], batch=batch["number"], manifest=manifest, position=place)

    # --- the paper

    def _manifest(self, batch_id: str, contact: Contact, actor: Actor, now: datetime) -> tuple[Row, Kept]:
        """The batch with its manifest, drawn unless there is one; it lies in the file of the suit it begins with."""
        with self.office.database.reading() as connection:
            batch = batch_row(connection, batch_id)
            if batch["manifest_id"] is not None:
                return batch, _kept(connection, batch)
            rows = [row for row in suits_of(connection, batch_id) if row["line"] is not None]
            rows.sort(key=lambda row: row["line"])
            lines = self._lines(connection, rows)
            first = self.office.desk.pieces.one(connection, rows[0]["case_id"])
        if first is None:
            raise AssertionError("a suit of a batch is a case")
        wanted = Wanted(MANIFEST, self._facts(batch, contact, lines))

        def remember(connection: Connection, kept: Kept) -> None:
            if batch_row(connection, batch_id, lock=True)["manifest_id"] is not None:
                raise Overtaken("这个批次的清单刚刚由别人出具,请刷新后再办")
            change_batch(connection, batch_id, {"manifest_id": kept.id})

        try:
            kept = self.room.make(first, wanted, actor, now, also=remember)
        except Overtaken:
            with self.office.database.reading() as connection:
                batch = batch_row(connection, batch_id)
                return batch, _kept(connection, batch)
        return {**batch, "manifest_id": kept.id}, kept

    def _facts(self, batch: Row, contact: Contact, lines: Sequence[ManifestLine]) -> Row:
        court = self.office.pack.organisation(batch["court"])
        return {
            "batch": batch["number"],
            "court": court.name if court else batch["court"],
            "contact": contact.person,
            "phone": contact.phone,
            "many": len(lines),
            "total": f"{Decimal(batch['total_fen']) / FEN:.2f}",
            "cases": [
                {
                    "suit_no": line.number,
                    "plaintiff": line.claimant,
                    "defendant": line.defendant,
                    "community": f"{line.community}{line.room}",
                    "amount": f"{line.amount:.2f}",
                }
                for line in lines
            ],
        }

    # --- the steps

    def _some(self, batch: Row, manifest: str, by: tuple[Actor, datetime], line: int, done: Submitted) -> int:
        """Hand over some suits behind a line of the manifest in one transaction; the line it reached."""
        orders, taken = self._taken(batch, manifest, by, line)
        for order, one in zip(orders, taken, strict=True):
            if isinstance(one, Taken):
                done.submitted.append(one.number)
            else:
                done.left[order.case_id] = said(one)
        return max((order.filled.position for order in orders if isinstance(order.filled, Submission)), default=line)

    def _taken(
        self, batch: Row, manifest: str, by: tuple[Actor, datetime], line: int
    ) -> tuple[list[Order], list[Taken | Refusal]]:
        for left in reversed(range(TRIES)):
            try:
                with self.office.database.stepping() as connection:
                    due = to_submit(connection, batch["id"], [ACCEPTED], AT_ONCE, line)
                    orders = [Order(case_id, "submit", self._form(batch, manifest, place)) for case_id, place in due]
                    return orders, self.office.desk.take_steps(connection, orders, *by)
            except Overtaken:
                if not left:
                    raise
        raise AssertionError("unreachable")

    def _waiting(self, batch: Row) -> bool:
        with self.office.database.reading() as connection:
            return bool(to_submit(connection, batch["id"], [ACCEPTED], 1))


def next_number(number: str) -> str:
    """The number of the batch that follows: 第1批 → 第1批续1 → 第1批续2."""
    found = _FOLLOWING.fullmatch(number)
    return f"{found[1]}续{int(found[2]) + 1}" if found else f"{number}续1"


def _line(place: int, row: Row, piece: Piece, names: dict[str, str]) -> ManifestLine:
    facts = piece.facts
    building, room = facts.get("building", ""), facts.get("room", "")
    days = [_day(facts.get(name, "")) for name in ("period_from", "period_to")]
    return ManifestLine(
        position=place,
        number=row["suit_no"] or piece.number,
        claimant=names.get(APPLICANT, ""),
        community=row["community"],
        room=f"{building}{room}",
        defendant=names.get(RESPONDENT, ""),
        period_from=days[0],
        period_to=days[1],
        amount=Decimal(row["amount_fen"]) / FEN,
    )


def _day(said_day: str | None) -> Any:
    return datetime.fromisoformat(said_day).replace(tzinfo=BEIJING).date() if said_day else None


def _kept(connection: Connection, batch: Row) -> Kept:
    kept = paper_kept(connection, batch["manifest_id"])
    if kept is None:
        raise Broken("批次清单没有登记,请联系管理员", batch=batch["id"])
    return kept
