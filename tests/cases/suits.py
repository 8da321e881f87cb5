"""An association at work with many suits: filed from a batch file, submitted, led through a court in batches.

Everything goes through the desk as the edges do it. What does not live here: any rule, expectations.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

from cases.desk.desk import Order, Taken
from cases.desk.papers import PaperRoom
from cases.desk.suits.families import Bench, Led, lead_along
from cases.desk.suits.filing import Bound, Filed, file_suits
from cases.desk.suits.submitting import Submitted, Submitting
from cases.desk.working import Working
from cases.ids import new_id
from cases.intake.suits import read_suits
from cases.intake.suits.cells import COLUMNS, OPTIONAL
from cases.packs.loader import load_pack
from cases.papers.press import Press
from cases.piece import Piece
from cases.rules.funnel import FunnelStage
from cases.rules.screening import Contact, Screened, screen
from cases.store.attachments import Folder
from cases.store.funnel import Only, funnel
from cases.store.holdings import Period
from cases.store.suits import add_suits, open_batch
from tests.builders import an_actor
from tests.cases.counter import Counter

FILE = Path(__file__).parent / "rules" / "screening" / "suits_batch.csv"
ASSOCIATION, COURT, COMMITTEE, FIRM = "CZ-WX", "CZ-FY", "CZ-TJ", "CZ-WY1"
DESK = an_actor("汪协会", ASSOCIATION, "operator")
CLERK = an_actor("丁法官", COURT, "court_clerk")
BUREAU = an_actor("石司法", "CZ-SF", "justice")
CLAIMANT = an_actor("马物业", FIRM, "reporter")
CONTACT = Contact(ASSOCIATION, "汪协会", "0566-0000001")
PAY_WITHIN = 7
NUMBER = "2026年第1批"

Form = dict[str, Any] | Callable[[int], dict[str, Any]]


class Association:
    """An association under the sample pack that has one, with a court to hand its batches to."""

    def __init__(self, counter: Counter, home: Path) -> None:
        counter.under(load_pack("chizhou"))
        self.counter, self.office = counter, replace(counter.office, clock=counter.clock)
        folder = Folder(home / "files", 10**8)
        self.room = PaperRoom(counter.database, counter.desk.shelf, folder, Press())
        self.submitting = Submitting(self.office, self.room)

    # --- before the court

    def read(self, source: Path | bytes = FILE) -> list[Screened]:
        return screen(read_suits(source).suits, self.office.pack, self.counter.now)

    def file(self, screened: Sequence[Screened], number: str = NUMBER) -> Filed:
        return file_suits(self.office, screened, self.bound(number), DESK, self.counter.now)

    def bound(self, number: str = NUMBER) -> Bound:
        return Bound(ASSOCIATION, COURT, number, PAY_WITHIN)

    def batch(self, number: str = NUMBER) -> dict[str, Any]:
        return self.counter.rows("suit_batch", number=number)[0]

    def submit(self, number: str = NUMBER) -> Submitted:
        return self.submitting.submit(self.batch(number)["id"], CONTACT, DESK, self.counter.now)

    def at_court(self, many: int, *, community: str = "合悦新城", number: str = "家族") -> list[str]:
        """Like suits of one firm in one community, written down as if they had come this far; their cases."""
        now = self.counter.now
        where = next(one for one in self.office.pack.communities.values() if one.name == community)
        columns: dict[str, Any] = {
            "case_type": "litigation", "state": "filed", "version": 0, "head_hash": "", "pack_id": self.office.pack_id,
            "station": ASSOCIATION, "assignee": COURT, "holder": COURT, "reporter_org": FIRM, "community": where.code,
            "street": where.street, "matter": "MS01", "opened_at": now, "updated_at": now,
        }  # fmt: skip
        facts = {"filed_at": now.isoformat(), "procedure": "small_claims"}
        ids = [new_id() for _ in range(many)]
        batch = {"association": ASSOCIATION, "court": COURT, "opened_at": now, "opened_by": DESK.id, "number": number}
        with self.counter.database.writing() as connection:
            made = open_batch(connection, batch)
            working = Working(now, "sha256", self.office.desk.words(connection))
            for n, case_id in enumerate(ids, 1):
                known = {**facts, "court_number": f"(2026)民初{n}号"}
                piece = Piece(id=case_id, number=f"{number}-{n:04d}", facts=known, **columns)
                working.open(piece, DESK, "operator", {})
            self.counter.desk.writer.write(connection, working.bind())
            firm = self.office.pack.organisations[FIRM].name
            kept = {"batch_id": made["id"], "side": "firm", "firm": firm, "community": community, "result": "pass"}
            kept |= {"suit_no": "", "reasons": "", "screened_at": now, "amount_fen": 100_00, "line": None}
            add_suits(connection, [{**kept, "case_id": case_id, "row": n} for n, case_id in enumerate(ids, 2)])
        return ids

    # --- at the court

    def all(self, verb: str, ids: Iterable[str], form: Form, actor: Any = CLERK) -> None:
        """One step of each of these cases, as a court sends them: a batch at a time."""
        orders = [Order(one, verb, form(n) if callable(form) else form) for n, one in enumerate(ids, 1)]
        with self.counter.database.writing() as connection:
            taken = self.counter.desk.take_steps(connection, orders, actor, self.counter.now)
        refused = [one for one in taken if not isinstance(one, Taken)]
        assert not refused, (verb, refused[0].sentence)

    def court(self, connection: Any, actor: Any = CLERK) -> Bench:
        return Bench(self.counter.desk, connection, actor, self.counter.now)

    def lead(self, many: int = 100) -> Led:
        """The fan-out until nothing is pending, each batch in its own transaction."""
        led = Led()
        while True:
            with self.counter.database.writing() as connection:
                some = lead_along(self.counter.desk, connection, self.counter.now, many)
            led.add(some)
            if not some.total:
                return led

    def counts(self, actor: Any = BUREAU, batch: str | None = None) -> dict[FunnelStage, int]:
        with self.counter.database.reading() as connection:
            until = self.counter.now + timedelta(seconds=1)
            found = funnel(connection, actor, Period(None, until), Only(batch))
        return {stage: passed.suits for stage, passed in found.items() if passed.suits}


def filing_decision(n: int, now: Any) -> dict[str, Any]:
    return {"number": f"(2026)皖1702民初{n}号", "procedure": "small_claims", "at": now}


def a_judgment(n: int, now: Any) -> dict[str, Any]:
    paper = {"kind": "judgment", "document": f"(2026)皖1702民初{n}号判决书", "outcome": "granted"}
    return {**paper, "served_at": now}


def a_passing(n: int, **changed: Any) -> Screened:
    """A suit the screening has nothing to say of."""
    said = read_suits(csv_of([a_row(n, **changed)])).suits[0]
    return Screened(said, ())


def a_row(n: int, **changed: str) -> dict[str, str]:
    row = dict.fromkeys(COLUMNS, "")
    row |= {
        "suit_no": f"家诉{n:04d}号",
        "claimant_firm": "池州合悦里物业服务有限公司",
        "community": "合悦新城",
        "room": f"{n // 30 + 1}-1-{n % 30 + 101}",
        "defendant_name": "覃某某",
        "defendant_address": "贵池区晴和大道88号",
        "period_from": "2025-01-01",
        "period_to": "2025-12-31",
        "amount_yuan": f"{1000 + n}.50",
        "demand_letter_sent_at": "2026-09-01",
        "demand_letter_proof": "邮寄回执",
        "mediated_before": "no",
        "limitation_ok": "yes",
    }
    return row | changed


def csv_of(rows: Sequence[dict[str, str]]) -> bytes:
    names = [name for name in (*COLUMNS, *OPTIONAL) if name in rows[0]]
    return "\n".join([",".join(names), *(",".join(row[name] for name in names) for row in rows)]).encode()


def corrected(one: Screened, **changed: Any) -> Screened:
    """The same suit as it comes again."""
    return Screened(replace(one.suit, **changed), ())
