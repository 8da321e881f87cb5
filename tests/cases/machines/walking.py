"""A walk at random through an office: people do what they may, sometimes what they may not, and time passes.

The same seed takes the same way on every database: choices are made by number and name, never by what is random in the
office itself (ids, codes, salts). What does not live here: what must hold (``tests.cases.invariants``).
"""

from __future__ import annotations

import json
import re
from collections import Counter as Tally
from collections.abc import Callable
from datetime import timedelta
from random import Random
from typing import Any

from cases.desk.desk import Order
from cases.errors import Refusal
from cases.grammar import Actor, Form, Question
from cases.machines import assignment_forms as task_forms
from cases.machines import clue_forms
from cases.machines.erasure_steps import Erasure
from cases.piece import Piece
from cases.rules.wall import behind_wall
from tests.builders import (
    FIRE,
    HEAD,
    MARKET,
    OPERATOR,
    POLICE,
    PROPERTY,
    REPORTER,
    STATION,
    URBAN,
    a_dissuasion,
    an_actor,
    by_code,
    of_department,
)
from tests.cases.counter import Counter
from tests.cases.machines.filings import Filings
from tests.cases.machines.talks import Talks
from tests.cases.machines.willing import FILLED

MATTERS = ("XF01", "XF02", "XF03", "GA02", "GA07", "GA10", "CG03", "ZJ01", "MS02", "SJ01", None)
COLLEAGUE = an_actor("赵受理", STATION, "operator")
ARCHIVIST = an_actor("钱档案", STATION, "archivist")
CROWDED = 14
RARE = {"pause_clock", "rebase", "order_supervision", "extend_clock", "urge"}
IDENTIFIER = re.compile("[0-9a-f]{32}")
CANARY, NAME, PHONE = "拘留五日", "欧阳举报", "13812345678"


class Walk:
    """One walk; ``refused`` tallies what was refused, by kind, ``done`` what was done, by verb; of the cases that come
    in, the share of ``suits`` goes to court."""

    def __init__(self, counter: Counter, seed: int, suits: float = 0.2) -> None:
        self.suits = suits
        self.counter, self.dice = counter, Random(seed)
        self.refused: Tally[str] = Tally()
        self.done: Tally[str] = Tally()
        self.ids: dict[str, str] = {}
        self.still_open: list[str] = []
        self.talks = Talks(counter, self.dice)
        self.filings = Filings(counter, self.dice)

    def go(self) -> None:
        """One move."""
        moves: tuple[tuple[Callable[[], None], int], ...] = (
            (self.open, 3), (self.act, 24), (self.batch, 2), (self.misbehave, 3), (self.talk, 5),
            (self.route, 3), (self.deliver, 5), (self.sweep, 3), (self.pass_time, 4),
        )  # fmt: skip
        move = self.dice.choices([one for one, _ in moves], [weight for _, weight in moves])[0]
        try:
            move()
        except Refusal as refusal:
            self.refused[refusal.kind] += 1
        self._learn()

    def _learn(self) -> None:
        pieces = self.counter.everything()
        self.ids = {piece.number: piece.id for piece in pieces}
        self.still_open = [piece.number for piece in pieces if piece.is_open]

    # --- moves

    def open(self) -> None:
        """A report, unless the office has its hands full."""
        if len(self.still_open) > CROWDED:
            return
        dice = self.dice
        if self.suits and dice.random() < self.suits:
            self.filings.begin()
            self.done["sue"] += 1
            return
        if dice.random() < 0.35:
            self.talks.begin()
            self.done["apply"] += 1
            return
        self.counter.open(
            room=str(dice.randint(1, 3)),
            matter=dice.choice(MATTERS),
            found_at=self.counter.now - timedelta(hours=dice.randint(0, 30)),
            dissuasion=a_dissuasion() if dice.random() < 0.7 else None,
            emergency=dice.choice([True, False, None, None]),
            reporter_org=PROPERTY if dice.random() < 0.6 else None,
            anonymous=dice.random() < 0.3,
        )
        self.done["open"] += 1

    def act(self) -> None:
        """Somebody takes up a case and for a while does one or another of the things offered."""
        piece, actor = self._somebody()
        for _ in range(self.dice.randint(1, 4)):
            offered = self._offered(piece, actor)
            if not offered:
                return
            action = self.dice.choice(offered)
            self._step(piece, action.verb, actor, self._filled(action.form, piece))
            piece = self.counter.piece(piece.id)

    def misbehave(self) -> None:
        """Somebody tries what nobody offered them, or with an old version."""
        piece, actor = self._somebody()
        verbs = sorted(self.counter.desk.engines[piece.case_type].case_type.verbs)
        verb = self.dice.choice([*verbs, "abolish"])
        form = next(iter(self.counter.desk.engines[piece.case_type].by_verb.get(verb, {}).values()), None)
        filled = self._filled(form[0].form, piece) if form else {}
        if self.dice.random() < 0.3:
            filled["stray"] = "x"
        version = piece.version - 1 if self.dice.random() < 0.3 else None
        self._step(piece, verb, actor, filled, version)

    def batch(self) -> None:
        """Several things at once, some of them refused."""
        actor = self.dice.choice([OPERATOR, HEAD])
        orders: list[Order] = []
        for number in self.dice.sample(sorted(self.ids), min(4, len(self.ids))):
            piece = self.counter.piece(self.ids[number])
            for action in self.dice.sample(self._offered(piece, actor) or [None], 1):
                if action is not None:
                    orders.append(Order(piece.id, action.verb, self._filled(action.form, piece)))
        for order, taken in zip(orders, self.counter.batch(orders, actor), strict=True):
            if isinstance(taken, Refusal):
                self.refused[taken.kind] += 1
            else:
                self.done[order.verb] += 1

    def talk(self) -> None:
        """Something is written down beside an open mediation: parties, answers, a mediator."""
        numbers = [number for number in self.still_open if self._piece(number).case_type == "mediation"]
        if numbers:
            self.done[self.talks.go_on(self._piece(self.dice.choice(numbers)))] += 1

    def _piece(self, number: str) -> Piece:
        return self.counter.piece(self.ids[number])

    def route(self) -> None:
        self.done["route"] += self.counter.route(self.dice.choice([1, 100])).total

    def deliver(self) -> None:
        """Some recipients may be out of reach today."""
        away = self.dice.choice([None, None, None, FIRE, "reporter", STATION])
        self.done["deliver"] += len(self.counter.deliver(lambda notice: notice.recipient != away))

    def sweep(self) -> None:
        self.done["sweep"] += self.counter.sweep(self.dice.choice([2, 100])).clocks

    def pass_time(self) -> None:
        hours = self.dice.choice([1, 5, 24, 24, 72, 200])
        self.counter.clock.ahead(hours=hours, minutes=self.dice.randint(0, 59))

    # --- choices

    def _somebody(self) -> tuple[Piece, Actor]:
        if not self.still_open:
            self.open()
            self._learn()
        numbers = self.still_open if self.dice.random() < 0.85 else sorted(self.ids)
        # Orders of supervision pile up when nobody answers; the loop itself must go on beside them.
        loop = [number for number in numbers if "-DB" not in number]
        numbers = loop if loop and self.dice.random() < 0.8 else numbers
        piece = self.counter.piece(self.ids[self.dice.choice(numbers)])
        cast = [OPERATOR, COLLEAGUE, HEAD, REPORTER, by_code(piece.id)]
        if behind_wall(piece):
            cast = self.talks.cast(piece)
        elif piece.case_type == "litigation":
            cast = self.filings.cast(piece)
        elif piece.assignee:
            cast = [of_department(piece.assignee)] * 3 + [OPERATOR, HEAD]
            if piece.case_type == "supervision":
                cast += [an_actor("陈督办", piece.station, "supervisor")] * 2
        elif not piece.is_open:
            cast.append(ARCHIVIST)
        return piece, self.dice.choice(cast)

    def _offered(self, piece: Piece, actor: Actor) -> list[Any]:
        with self.counter.database.reading() as connection:
            folder = self.counter.desk.folder(connection, piece)
        question = Question(piece, actor, self.counter.now, self.counter.pack, folder=folder)
        actions = self.counter.desk.engines[piece.case_type].actions(question)
        # Refusing and redirecting are always offered; left to chance they would end every report at once.
        rare = RARE | {"decline", "redirect", "ask_return", "erase", "record_dissuasion", "classify", "reopen"}
        rare |= {
            "refer",
            "terminate",
            "leave",
            "withdraw",
            "ask_more",
            "fail",
            "hand_up",
            "hand_down",
            "hand_over",
            "report_danger",
            "reopen_talks",
            "return_suit",
            "refuse_filing",
            "grant_withdrawal",
            "record_performance",
        }
        return [a for a in actions if a.verb not in rare or self.dice.random() < 0.2]

    def _step(self, piece: Piece, verb: str, actor: Actor, filled: dict[str, Any], version: int | None = None) -> None:
        self.counter.order(Order(piece.id, verb, filled, version), actor)
        self.done[verb] += 1

    def _filled(self, form: type[Form], piece: Piece) -> dict[str, Any]:
        filled = {**FILLED[form], **self._varied(form, piece)}
        if piece.assignee == POLICE and "text" in filled:
            filled["text"] = CANARY
        return filled

    def _varied(self, form: type[Form], piece: Piece) -> dict[str, Any]:
        """What differs from one time to the next; some of it will be refused."""
        dice = self.dice
        if form is clue_forms.Dispatch:
            lead, *others = dice.sample([FIRE, POLICE, URBAN, MARKET, STATION], 3)
            assists = tuple(others[: dice.randint(0, 2)])
            return {"lead": lead, "assists": assists, "reason": dice.choice(["", "协调确定"])}
        if piece.case_type == "mediation":
            return self.talks.varied(form, piece)
        if piece.case_type == "litigation" and form is not Erasure:
            return self.filings.varied(form)
        if form is Erasure:
            entries = dice.sample(range(1, piece.version + 1), min(2, piece.version))
            return {"entries": tuple(entries), "identity": dice.random() < 0.5}
        if form is task_forms.Order:
            day = self.counter.now + timedelta(days=dice.randint(0, 20))
            return {"complete_by": day.date().isoformat()}
        choices: dict[type[Form], dict[str, list[Any]]] = {
            clue_forms.Acceptance: {"matter": [None, *MATTERS, "XX99"], "emergency": [None, True]},
            clue_forms.Supplement: {"matter": [None, *MATTERS]},
            clue_forms.Classification: {"matter": ["XX99", *filter(None, MATTERS)]},
            clue_forms.Feedback: {"text": ["", "", "已核实"]},
            clue_forms.Merge: {"master": sorted(self.ids)},
            task_forms.Officers: {"officers": [("甲", "乙"), ("甲", "乙"), ("甲",)]},
            task_forms.Recheck: {"done": [True, False]},
        }
        return {name: dice.choice(some) for name, some in choices.get(form, {}).items()}


def leaks(counter: Counter) -> list[str]:
    """Where what must stay apart has come out: the reporter's identity, and how the police dealt with a matter."""
    found: list[str] = []
    sealed = {row["id"] for row in counter.rows("case_file", sealed=True)}
    for notice in counter.rows("notice"):
        said = notice["body"].decode()
        if NAME in said or PHONE in said:
            found.append(f"identity in {notice['event']} to {notice['recipient']}")
        told = json.loads(said)["data"]
        items = told.get("items", [{"case_id": notice["case_id"], **told}])
        about = [item for item in items if item["case_id"] in sealed]
        if notice["recipient"] != POLICE and CANARY in json.dumps(about, ensure_ascii=False):
            found.append(f"sealed text in {notice['event']} to {notice['recipient']}")
    for name, column in (("entry_payload", "body"), ("case_file", "facts"), ("case_file", "summary")):
        found += [f"identity in {name}" for row in counter.rows(name) if NAME in str(row[column])]
    return found


def told(counter: Counter) -> list[Any]:
    """The whole office without what is random in it, to be compared with another that went the same way."""
    rows = counter.rows("case_file")
    numbers = {row["id"]: row["number"] for row in rows}
    numbers |= {row["id"]: f"{numbers[row['case_id']]}/{row['ordinal']}" for row in counter.rows("party")}

    def plain(value: Any) -> Any:
        if isinstance(value, bytes):
            value = value.decode()
        return IDENTIFIER.sub(lambda found: numbers.get(found[0], found[0]), value) if isinstance(value, str) else value

    def table(name: str, *columns: str, order: tuple[str, ...]) -> list[Any]:
        found = [{column: plain(row[column]) for column in columns} for row in counter.rows(name)]
        return sorted(found, key=lambda row: [str(row[column]) for column in order])

    columns = [c for c in rows[0] if c not in {"id", "head_hash"}] if rows else []
    step = ("case_id", "seq")
    clock = (
        "case_id", "code", "started_at", "stopped_at", "due_at", "rung", "next_at", "extra", "stood", "stands_until",
    )  # fmt: skip
    change = ("case_id", "at", "kind", "actor", "due_before", "due_after")
    notice = ("case_id", "seq", "recipient", "event", "body", "state", "delivered_at")
    return [
        table("case_file", *columns, order=("number",)),
        table("entry", *step, "at", "actor", "role", "verb", "from_state", "to_state", order=step),
        table("entry_payload", *step, "body", "erased_at", order=step),
        table("deadline", *clock, order=clock),
        table("deadline_change", *change, order=change),
        table("holding", *step, "holder", "at", order=step),
        table("notice", *notice, order=notice),
        table("dissuasion", "case_id", "at", "words", order=("case_id", "at", "words")),
        counter.rows("serial"),
    ]
