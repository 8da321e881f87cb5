"""The office as people use it: open, step, route, deliver, sweep - each in its own transaction, at a time we say.

What does not live here: any rule. Everything goes through the desk and the store, as the edges do it.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any

from sqlalchemy import select

from cases.desk.courier import settle_batch
from cases.desk.desk import Desk, Order, Taken
from cases.desk.opening import Opened
from cases.desk.routing import Routed, route_batch
from cases.desk.sweeping import Swept, sweep_batch
from cases.errors import Refusal
from cases.grammar import Actor
from cases.journal import verify_store
from cases.machines.clue_forms import ClueReport
from cases.office import Office
from cases.packs.schema import Pack
from cases.piece import Piece
from cases.store.notices import Claimed, Fate, claim
from cases.store.sheaf import table
from cases.store.shelf import Shelf
from tests.builders import FIRE, HEAD, OPERATOR, REPORTER, a_clue, of_department
from tests.fakes import FakeClock

LEASE = 30
RESULT = {"measure": "上门核查", "text": "已处理"}


class Counter:
    """An office with a clock we set; ``now`` is handed to everything."""

    def __init__(self, office: Office) -> None:
        self.office = office
        self.database, self.desk, self.pack = office.database, office.desk, office.pack
        self.clock = FakeClock()

    @property
    def now(self) -> datetime:
        return self.clock.now()

    def under(self, pack: Pack) -> None:
        """From now on cases are opened under this pack, which is published for it."""
        shelf = Shelf()
        with self.database.writing() as connection:
            pack_id = shelf.publish(connection, pack, self.now)
        self.desk = Desk(self.database.kind, shelf, self.desk.calendar)
        self.pack = pack
        self.office = replace(self.office, desk=self.desk, pack=pack, pack_id=pack_id)

    def publish(self, pack: Pack) -> int:
        """Publish another version beside the one cases are opened under; the desk forgets what it has read."""
        shelf = Shelf()
        with self.database.writing() as connection:
            pack_id = shelf.publish(connection, pack, self.now)
        self.desk = Desk(self.database.kind, shelf, self.desk.calendar)
        return pack_id

    # --- taking steps

    def open(self, actor: Actor = REPORTER, **fields: Any) -> Opened:
        with self.database.writing() as connection:
            return self.desk.open_case(connection, self.office.pack_id, a_clue(**fields), actor, self.now)

    def step(self, case_id: str, verb: str, actor: Actor, /, **filled: Any) -> Taken:
        return self.order(Order(case_id, verb, filled), actor)

    def order(self, order: Order, actor: Actor) -> Taken:
        with self.database.stepping() as connection:
            return self.desk.take_step(connection, order, actor, self.now)

    def batch(self, orders: Sequence[Order], actor: Actor) -> list[Taken | Refusal]:
        with self.database.writing() as connection:
            return self.desk.take_steps(connection, orders, actor, self.now)

    def open_many(self, forms: Sequence[ClueReport], actor: Actor = REPORTER) -> list[Opened | Refusal]:
        with self.database.writing() as connection:
            return self.desk.open_clues(connection, self.office.pack_id, forms, actor, self.now)

    def route(self, many: int = 100) -> Routed:
        with self.database.writing() as connection:
            return route_batch(self.desk, connection, self.now, many)

    def sweep(self, many: int = 100) -> Swept:
        """Fire what is due, one transaction a batch, until nothing is."""
        total = Swept()
        while (done := self.sweep_once(many)).clocks:
            total.add(done)
        return total

    def sweep_once(self, many: int = 100) -> Swept:
        with self.database.writing() as connection:
            return sweep_batch(self.desk, connection, self.now, many)

    def claim(self, many: int = 100, lease: int = LEASE) -> list[Claimed]:
        with self.database.writing() as connection:
            return claim(connection, self.now, many, lease)

    def settle(self, claimed: Sequence[Claimed], outcome: str = "delivered", **more: Any) -> int:
        fates = [Fate(one, outcome, "test", self.now, **more) for one in claimed]
        with self.database.writing() as connection:
            return settle_batch(self.desk, connection, fates, self.now)

    def deliver(self, wanted: Callable[[Claimed], bool] | None = None) -> list[Claimed]:
        """Deliver every notice that is due, in order; with ``wanted``, give the others back as unreachable."""
        sent: list[Claimed] = []
        while claimed := self.claim():
            good = [one for one in claimed if wanted is None or wanted(one)]
            self.settle(good)
            self.settle([one for one in claimed if one not in good], "parked", detail="unreachable")
            sent += good
        return sent

    # --- longer ways

    def accepted(self, **fields: Any) -> str:
        opened = self.open(**fields)
        self.step(opened.case_id, "accept", OPERATOR)
        return opened.case_id

    def dispatched(self, lead: str = FIRE, assists: Sequence[str] = (), **fields: Any) -> str:
        """A clue dispatched by hand to just these departments, which have received it."""
        case_id = self.accepted(**fields)
        self.step(case_id, "dispatch", OPERATOR, lead=lead, assists=tuple(assists), reason="指定办理")
        self.deliver()
        return case_id

    def handled(self, **fields: Any) -> str:
        case_id = self.dispatched(**fields)
        self.answer_all(case_id)
        return case_id

    def answer_all(self, case_id: str) -> None:
        for task in self.tasks(case_id):
            if task.is_open:
                self.conclude(task)

    def conclude(self, task: Piece, text: str = "已处理") -> None:
        """From delivered to concluded, finding nothing."""
        who = of_department(task.assignee or "")
        self.step(task.id, "sign_for", who)
        self.step(task.id, "verify", who, officers=("甲", "乙"))
        self.step(task.id, "find_nothing", who, text="现场核查")
        self.step(task.id, "report_result", who, measure="上门核查", text=text)

    def confirming(self, **fields: Any) -> str:
        case_id = self.handled(**fields)
        self.step(case_id, "feed_back", OPERATOR)
        self.deliver()
        return case_id

    def return_asked(self, task: Piece) -> None:
        """A return is asked and handed to the station."""
        who = of_department(task.assignee or "")
        self.step(task.id, "ask_return", who, ground="不属管辖", article="某条例第三条", proposed="城管局")
        self.step(task.id, "submit_return", who)

    def return_upheld(self, task: Piece) -> Taken:
        self.return_asked(task)
        return self.step(task.id, "uphold_return", HEAD, reason="理由成立")

    # --- looking

    def piece(self, case_id: str) -> Piece:
        with self.database.reading() as connection:
            found = self.desk.pieces.one(connection, case_id)
        assert found is not None
        return found

    def everything(self) -> list[Piece]:
        """Every case there is, by number."""
        with self.database.reading() as connection:
            ids = connection.execute(select(table("case_file").c.id)).scalars().all()
            return sorted(self.desk.pieces.many(connection, ids), key=lambda p: p.number)

    def children(self, case_id: str) -> list[Piece]:
        with self.database.reading() as connection:
            return sorted(self.desk.pieces.many(connection, [case_id], by="parent_id"), key=lambda p: p.number)

    def tasks(self, case_id: str) -> list[Piece]:
        return [child for child in self.children(case_id) if child.case_type == "assignment"]

    def task(self, case_id: str, org: str) -> Piece:
        """The department's newest task under the clue."""
        return [task for task in self.tasks(case_id) if task.assignee == org][-1]

    def rows(self, name: str, **equal: Any) -> list[dict[str, Any]]:
        """The rows of a table with these values, in the order of its key."""
        rows = table(name)
        question = select(rows).order_by(*rows.primary_key.columns)
        for column, value in equal.items():
            question = question.where(rows.c[column] == value)
        with self.database.reading() as connection:
            return [dict(row) for row in connection.execute(question).mappings()]

    def verbs(self, case_id: str) -> list[str]:
        return [row["verb"] for row in self.rows("entry", case_id=case_id)]

    def notices(self, case_id: str) -> list[dict[str, Any]]:
        """The notices about a case with their bodies read."""
        found = sorted(self.rows("notice", case_id=case_id), key=lambda row: (row["seq"], row["id"]))
        return [row | {"said": json.loads(row["body"])["data"]} for row in found]

    def whole(self) -> bool:
        """Whether every chain in the database holds."""
        return verify_store(self.database.engine).ok
