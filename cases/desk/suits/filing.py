"""Filing the suits of a batch (批量立卷): each usable row becomes a case with the answer of its screening, once.

A row that comes again as it was opens nothing; one that comes again corrected is repaired and screened anew. Bounded
transactions, so an import that was cut off goes on where it was. What does not live here: reading and screening the
file (intake, rules), and handing the batch to the court (submitting).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, NamedTuple

from sqlalchemy import Connection, insert, select, update
from sqlalchemy.exc import IntegrityError

from cases.desk.desk import Order, Taken
from cases.desk.opening import Opened
from cases.desk.suits.wording import fen_of, filing_of, fingerprint, number_of, said_amount, screening_of
from cases.errors import Conflict, Malformed, Overtaken, Refusal
from cases.grammar import Actor
from cases.machines.suit_forms import SuitFiling
from cases.office import Office
from cases.rules.screening import Screened
from cases.store.sheaf import table
from cases.store.suits import add_suits, batch_of, change_suit, open_batch

CASE_TYPE = "litigation"
REPAIRING = "repairing"
BATCH = 200
TRIES = 3
MENDED = "按补正要求重新报送"


@dataclass(frozen=True, slots=True)
class Bound:
    """Where a batch is bound for: which association files it, for which court, under which number; ``pay_within`` is
    how many days the firms' demand letters gave."""

    association: str
    court: str
    number: str
    pay_within: int


class Done(NamedTuple):
    """What became of one row: its number in the file, the case, and the reason where there is one."""

    row: int
    suit_no: str
    case_number: str = ""
    case_id: str = ""
    why: str = ""


@dataclass(slots=True)
class Filed:
    """What a batch file came to: every row is in exactly one of the four."""

    opened: list[Done] = field(default_factory=list)
    repaired: list[Done] = field(default_factory=list)
    already: list[Done] = field(default_factory=list)
    refused: list[Done] = field(default_factory=list)

    def add(self, other: Filed) -> None:
        """Count more rows in."""
        self.opened += other.opened
        self.repaired += other.repaired
        self.already += other.already
        self.refused += other.refused


def file_suits(
    office: Office,
    screened: Sequence[Screened],
    bound: Bound,
    actor: Actor,
    now: datetime,
    progress: Callable[[int], None] | None = None,
) -> Filed:
    """File the screened rows of a batch, 200 a transaction; ``progress`` is told how many are done.

    Malformed for an association that receives no suits or a court that is none; Conflict for a batch that is bound for
    another court.
    """
    check_bound(office, bound)
    filed = Filed()
    filing = _Filing(office, bound, actor, now, _given_twice(screened))
    for start in range(0, len(screened), BATCH):
        filed.add(_in_turn(filing, screened[start : start + BATCH]))
        if progress is not None:
            progress(min(start + BATCH, len(screened)))
    return filed


def _given_twice(screened: Sequence[Screened]) -> frozenset[int]:
    """The rows whose number an earlier row of the same file bears."""
    seen: set[str] = set()
    twice: set[int] = set()
    for one in screened:
        number = number_of(one.suit)
        if number in seen:
            twice.add(one.suit.row)
        seen.add(number)
    return frozenset(twice)


def check_bound(office: Office, bound: Bound) -> None:
    """Malformed for an association that receives no suits, a court that is none, or a batch without number."""
    association, court = (office.pack.organisation(code) for code in (bound.association, bound.court))
    if association is None or "suit_desk" not in association.duties:
        raise Malformed("没有这个接收诉状的机构", {"association": "请填写承担诉状接收和筛查的机构代码"})
    if court is None or court.kind != "court":
        raise Malformed("没有这个人民法院", {"court": "请填写人民法院的机构代码"})
    if not 1 <= len(bound.number.strip()) <= 80:
        raise Malformed("没有批次编号", {"batch": "请填写1至80字的批次编号"})


def _in_turn(filing: _Filing, some: Sequence[Screened]) -> Filed:
    """One transaction; if another import was at the same rows meanwhile, look again."""
    for left in reversed(range(TRIES)):
        try:
            with filing.office.database.writing() as connection:
                return filing.take(connection, some)
        except (IntegrityError, Overtaken):
            if not left:
                raise
    raise AssertionError("unreachable")


class _Earlier(NamedTuple):
    """A suit that was filed before: its case, what it said then, the number of the case."""

    case_id: str
    fingerprint: str
    number: str


@dataclass(slots=True)
class _Filing:
    office: Office
    bound: Bound
    actor: Actor
    now: datetime
    twice: frozenset[int]

    def take(self, connection: Connection, some: Sequence[Screened]) -> Filed:
        """File some rows."""
        filed, batch = Filed(), self._batch(connection)
        known = self._known(connection, some)
        fresh: list[tuple[Screened, SuitFiling]] = []
        again: list[tuple[Screened, str]] = []
        for one in some:
            earlier = known.get(number_of(one.suit))
            if one.suit.row in self.twice:
                filed.refused.append(_done(one, why="这个诉状编号在文件中不止一次,只收第一件"))
            elif earlier is None:
                self._draft(one, batch, fresh, filed)
            elif earlier.fingerprint == fingerprint(one.suit):
                filed.already.append(_done(one, earlier.number, earlier.case_id))
            else:
                again.append((one, earlier.case_id))
        self._open(connection, batch, fresh, filed)
        self._repair(connection, batch, again, filed)
        return filed

    def _batch(self, connection: Connection) -> dict[str, Any]:
        found = batch_of(connection, self.bound.association, self.bound.number)
        if found is None:
            named = {"number": self.bound.number, "association": self.bound.association, "court": self.bound.court}
            return open_batch(connection, {**named, "opened_at": self.now, "opened_by": self.actor.id})
        if found["court"] != self.bound.court:
            raise Conflict("这个批次提交的是另一个人民法院", fields={"court": "请改用另一个批次编号"})
        return found

    def _draft(
        self, one: Screened, batch: dict[str, Any], fresh: list[tuple[Screened, SuitFiling]], filed: Filed
    ) -> None:
        """The form of a row nobody has seen yet, or why it cannot be one."""
        try:
            if one.suit.faults:
                raise Malformed("这一行无法读取:" + ";".join(one.suit.faults))
            if batch["closed_at"] is not None:
                raise Conflict("这个批次已经封存提交,请换一个批次编号")
            fresh.append((one, filing_of(one, self.office.pack, self.bound.number, self.bound.pay_within)))
        except Refusal as refusal:
            filed.refused.append(_done(one, why=said(refusal)))

    def _open(
        self, connection: Connection, batch: dict[str, Any], fresh: list[tuple[Screened, SuitFiling]], filed: Filed
    ) -> None:
        forms = [form for _, form in fresh]
        desk, pack_id = self.office.desk, self.office.pack_id
        answers = desk.open_many(connection, pack_id, CASE_TYPE, forms, self.actor, self.now)
        suits: list[dict[str, Any]] = []
        references: list[dict[str, Any]] = []
        for (one, _), answer in zip(fresh, answers, strict=True):
            if not isinstance(answer, Opened):
                filed.refused.append(_done(one, why=said(answer)))
                continue
            filed.opened.append(_done(one, answer.number, answer.case_id))
            suits.append({"case_id": answer.case_id, "batch_id": batch["id"], "line": None, **self._columns(one)})
            key = {"system": self._system, "number": number_of(one.suit), "case_id": answer.case_id}
            references.append({**key, "fingerprint": fingerprint(one.suit)})
        add_suits(connection, suits)
        if references:
            connection.execute(insert(table("foreign_reference")), references)

    def _columns(self, one: Screened) -> dict[str, Any]:
        suit = one.suit
        return {
            "row": suit.row,
            "suit_no": suit.number,
            "side": "firm" if suit.by_firm else "owner",
            "firm": suit.claimant if suit.by_firm else suit.defendant,
            "community": suit.community,
            "amount_fen": fen_of(suit),
            "result": str(one.result),
            "reasons": ";".join(one.reasons),
            "screened_at": self.now,
        }

    @property
    def _system(self) -> str:
        return f"suits:{self.bound.association}"

    def _known(self, connection: Connection, some: Iterable[Screened]) -> dict[str, _Earlier]:
        """The suits of these rows that this association filed before."""
        reference, case = table("foreign_reference").c, table("case_file").c
        question = (
            select(reference.number, reference.case_id, reference.fingerprint, case.number.label("case_number"))
            .select_from(table("foreign_reference").join(table("case_file"), case.id == reference.case_id))
            .where(reference.system == self._system, reference.number.in_([number_of(one.suit) for one in some]))
        )
        return {row[0]: _Earlier(*row[1:]) for row in connection.execute(question)}

    # --- what was corrected comes again

    def _repair(
        self, connection: Connection, batch: dict[str, Any], again: list[tuple[Screened, str]], filed: Filed
    ) -> None:
        """A suit that was to be repaired and comes again with other content is repaired and screened anew."""
        pieces = {one.id: one for one in self.office.desk.pieces.many(connection, [case_id for _, case_id in again])}
        due: list[tuple[Screened, str]] = []
        for one, case_id in again:
            if pieces[case_id].state != REPAIRING or one.suit.faults or batch["closed_at"] is not None:
                refusal = Conflict("这个诉状编号已经收过,内容不同而本件不在补正中;若是另一件请换编号")
                filed.refused.append(_done(one, pieces[case_id].number, case_id, refusal.sentence))
            else:
                due.append((one, case_id))
        taken = self._steps(connection, [Order(case_id, "repair", self._mending(one)) for one, case_id in due])
        due = [pair for pair, one in zip(due, taken, strict=True) if self._went(one, pair, filed)]
        taken = self._steps(connection, [Order(case_id, "screen", screening_of(one)) for one, case_id in due])
        for pair, step in zip(due, taken, strict=True):
            if self._went(step, pair, filed):
                one, case_id = pair
                filed.repaired.append(_done(one, pieces[case_id].number, case_id))
                change_suit(connection, case_id, {"batch_id": batch["id"], **self._columns(one)})
                self._remember(connection, one)

    def _steps(self, connection: Connection, orders: list[Order]) -> list[Taken | Refusal]:
        return self.office.desk.take_steps(connection, orders, self.actor, self.now)

    def _went(self, step: Taken | Refusal, pair: tuple[Screened, str], filed: Filed) -> bool:
        if isinstance(step, Refusal):
            filed.refused.append(_done(pair[0], case_id=pair[1], why=said(step)))
        return not isinstance(step, Refusal)

    def _mending(self, one: Screened) -> dict[str, Any]:
        form = filing_of(one, self.office.pack, self.bound.number, self.bound.pay_within)
        demand = form.demand.model_dump(mode="json") if form.demand else None
        return {"words": MENDED, "amount": said_amount(one.suit), "demand": demand}

    def _remember(self, connection: Connection, one: Screened) -> None:
        reference = table("foreign_reference")
        row = (reference.c.system == self._system) & (reference.c.number == number_of(one.suit))
        connection.execute(update(reference).where(row).values(fingerprint=fingerprint(one.suit)))


def _done(one: Screened, number: str = "", case_id: str = "", why: str = "") -> Done:
    return Done(one.suit.row, one.suit.number, number, case_id, why)


def said(refusal: Refusal) -> str:
    """A refusal in one sentence, with its fields and what is still needed."""
    fields = ";".join(f"{name} {why}" for name, why in getattr(refusal, "fields", {}).items())
    return f"{refusal.sentence}:{fields}" if fields else refusal.sentence
