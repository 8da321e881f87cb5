"""The part of a walk that goes to court: suits come in, and who works on them.

What does not live here: the walk itself (``walking``).
"""

from __future__ import annotations

from datetime import timedelta
from random import Random
from typing import Any

from cases.errors import Refusal
from cases.grammar import Actor, Form
from cases.machines import court_forms as court
from cases.machines import suit_forms as suit
from cases.piece import Piece
from tests.builders import COMMUNITY, PROPERTY, REPORTER, an_actor
from tests.cases.counter import Counter
from tests.cases.machines.amicable import COURT
from tests.cases.machines.at_court import items

DESK = "JT-XH"
CLERK, HEAD = an_actor("许协会", DESK, "operator"), an_actor("谢会长", DESK, "station_head")
ARCHIVIST = an_actor("金档案", DESK, "archivist")
JUDGE = an_actor("丁法官", COURT, "court_clerk")
FIRM, OWNER = {"kind": "firm", "org": PROPERTY}, {"kind": "owner", "name": "欧阳业主", "phone": "13700001111"}


class Filings:
    """Suits; ``dice`` are those of the walk."""

    def __init__(self, counter: Counter, dice: Random) -> None:
        self.counter, self.dice = counter, dice

    def begin(self) -> None:
        """The desk enters the suit of a firm or of an owner, screened or not."""
        sides = (FIRM, OWNER) if self.dice.random() < 0.7 else (OWNER, FIRM)
        filed: dict[str, Any] = {"plaintiff": sides[0], "defendant": sides[1], "community": COMMUNITY}
        if self.dice.random() < 0.6:
            filed["screening"] = {"result": "pass", "items": items()}
        form = suit.SuitFiling.model_validate(filed)
        with self.counter.database.writing() as connection:
            office, now = self.counter.office, self.counter.now
            (opened,) = self.counter.desk.open_many(connection, office.pack_id, "litigation", [form], CLERK, now)
        if isinstance(opened, Refusal):
            raise opened

    def cast(self, piece: Piece) -> list[Actor]:
        """Who works on a suit."""
        party = Actor("party:x", "当事人", None, frozenset({"party"}), frozenset({piece.id}))
        if not piece.is_open:
            return [ARCHIVIST, CLERK]
        if piece.assignee is not None:
            return [*[JUDGE] * 5, *[REPORTER] * 2, party, CLERK]
        return [*[CLERK] * 4, REPORTER, party, HEAD]

    def varied(self, form: type[Form]) -> dict[str, Any]:
        """What hangs on the day it is done, and what may go one way or another."""
        now, dice = self.counter.now, self.dice
        today = now.date().isoformat()
        moments = {name: now for name in ("at", "served_at", "signed_at") if name in form.model_fields}
        choices: dict[type[Form], dict[str, list[Any]]] = {
            suit.Demand: {"pay_by": [(now + timedelta(days=9)).date().isoformat()], "served_on": [today]},
            suit.Paid: {"on": [today], "complete": [True, False]},
            suit.Advice: {"side": ["plaintiff", "defendant"]},
            court.FilingDecision: {"procedure": ["ordinary", "summary", "small_claims"]},
            court.Following: {"way": ["mediate", "go_on"]},
            court.Judgment: {"outcome": ["granted", "partly", "dismissed"]},
            court.SecondRuling: {"result": ["upheld", "changed", "retrial", "file"]},
            court.ExecutionResult: {"complete": [True, False]},
        }
        return moments | {name: dice.choice(some) for name, some in choices.get(form, {}).items()}
