"""Families of like suits (案件家族): one is tried as the model, the others wait for it, follow its outcome, or leave.

A choice or a decision writes one family and its members; the steps of the members are taken later, some at a time, each
batch in a transaction that marks what it did. So a family of any size never makes a large transaction, and a fan-out
that is cut off goes on where it was. The court's power is mirrored: every step is its clerk's who ordered it. What does
not live here: the steps themselves (machines), how often the fan-out runs (the families flow).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from copy import copy
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from sqlalchemy import Connection

from cases.desk.desk import Desk, Order, Taken
from cases.desk.suits.forms import Departure, FamilyChoice
from cases.errors import Conflict, Malformed, NotAllowed, NotFound, NotNow, Refusal
from cases.grammar import Actor, Form, Question
from cases.machines.court_forms import Following, ModelChoice, Waiting
from cases.machines.suit_forms import Wish
from cases.piece import Piece
from cases.rules.wall import COURT_ROLES
from cases.store import families
from cases.store.suits import like, suits

WAITABLE = frozenset({"filed", "received"})
WAITING = "waiting"
IN_FORCE = frozenset(
    {"effective", "dismissed", "performed", "settled", "execution_asked", "executing", "stopped", "closed", "withdrawn"}
)
"""States of a model case whose outcome stands, so that others may be led along by it."""

LATE = "示范案件裁判时,本件尚未开始等待"

Row = dict[str, Any]


@dataclass(slots=True)
class Led:
    """What a batch came to: numbers of the cases that began to wait, that followed, and that could not."""

    waiting: list[str] = field(default_factory=list)
    followed: list[str] = field(default_factory=list)
    refused: list[str] = field(default_factory=list)

    @property
    def total(self) -> int:
        return len(self.waiting) + len(self.followed) + len(self.refused)

    def add(self, other: Led) -> None:
        """Count another batch in."""
        self.waiting += other.waiting
        self.followed += other.followed
        self.refused += other.refused


@dataclass(frozen=True, slots=True)
class Bench:
    """The desk and a transaction, for whoever acts at a moment."""

    desk: Desk
    connection: Connection
    actor: Actor
    now: datetime

    def piece(self, case_id: str) -> Piece:
        """A suit before the actor's own court; NotFound for any other."""
        found = self.desk.pieces.one(self.connection, case_id)
        if found is None or found.case_type != "litigation" or found.assignee != self.actor.org:
            raise NotFound("没有这件案件", case=case_id[:64])
        return found

    def at_court(self) -> str:
        """The actor's court; NotAllowed for whoever is no clerk of one."""
        if self.actor.org is None or not self.actor.roles & COURT_ROLES:
            raise NotAllowed("示范案件由人民法院确定")
        return self.actor.org


def choose(bench: Bench, form: FamilyChoice) -> Row:
    """The court chose a model case: the family, its members, and the step of the model, in one transaction.

    Malformed names siblings that are not of the same firm before the same court; Conflict when one stands in another
    family or the court has a family of this name.
    """
    court, model = bench.at_court(), bench.piece(form.model_case)
    known = suits(bench.connection, [model.id]).get(model.id)
    if known is None:
        raise NotNow("只有批次提交的案件可以组成同类案件组")
    community = known["community"] if form.community_only else ""
    kind = (known["firm"], community)
    ids = (
        _siblings(bench, form, court, kind)
        if form.siblings
        else like(bench.connection, court, kind, WAITABLE, model.id)
    )
    if not ids:
        raise NotNow("没有可以等待示范裁判的同类案件")
    made = families.add_family(
        bench.connection,
        {
            "name": form.name,
            "court": court,
            "firm": kind[0],
            "community": community,
            "issue": form.issue,
            "model_case": model.id,
            "document": form.document,
            "chosen_by": bench.actor.id,
            "chosen_at": bench.now,
        },
    )
    families.add_members(bench.connection, made["id"], ids, bench.actor.id, bench.now)
    step = Order(model.id, "choose_model", ModelChoice(family=form.name, document=form.document))
    bench.desk.take_step(bench.connection, step, bench.actor, bench.now)
    return made


def _siblings(bench: Bench, form: FamilyChoice, court: str, kind: tuple[str, str]) -> list[str]:
    """The named siblings; Malformed with the numbers of those that are not alike."""
    wanted = list(dict.fromkeys(form.siblings))
    alike = set(like(bench.connection, court, kind, WAITABLE, form.model_case))
    unlike = [case_id for case_id in wanted if case_id not in alike]
    if unlike:
        found = {
            one.id: one.number for one in bench.desk.pieces.many(bench.connection, unlike) if one.assignee == court
        }
        named = "、".join(found.get(case_id, case_id[:64]) for case_id in unlike[:20])
        raise Malformed("其中有的案件不是同一物业、小区的在办案件,或已在另一组", {"siblings": named})
    return wanted


def decide(bench: Bench, family_id: str, form: Following) -> Row:
    """The outcome of the model stands, and this is what the others do; they follow later, some at a time.

    NotNow while the model is not decided in force; Conflict when it was said before; the refusal of the step itself
    where the form could not be followed.
    """
    court = bench.at_court()
    family = families.family(bench.connection, family_id, lock=True)
    if family["court"] != court:
        raise NotFound("没有这个同类案件组", case=family_id[:64])
    if family["decided_at"] is not None:
        raise Conflict("这个同类案件组已经参照示范裁判处理")
    if bench.piece(family["model_case"]).state not in IN_FORCE:
        raise NotNow("示范案件的裁判还没有生效")
    _try_on(bench, family_id, form)
    said = {"following": form.model_dump_json(), "decided_by": bench.actor.id, "decided_at": bench.now}
    families.change_family(bench.connection, family_id, said)
    families.pass_over(bench.connection, family_id, LATE)
    return {**family, **said}


def _try_on(bench: Bench, family_id: str, form: Following) -> None:
    """Whether the first member that waits could follow this; raises what would stand in its way."""
    waiting = next((row for row in families.members_of(bench.connection, family_id) if row["state"] == WAITING), None)
    if waiting is None:
        return
    piece = copy(bench.piece(waiting["case_id"]))
    question = Question(piece, bench.actor, bench.now, bench.desk.shelf.pack(bench.connection, piece.pack_id))
    question.folder = bench.desk.folder(bench.connection, piece)
    bench.desk.engines[piece.case_type].decide("follow", question, form)


def depart(bench: Bench, family_id: str, case_id: str, form: Departure) -> None:
    """A suit leaves its family on its party's wish, whether it waits already or not; the reason stays with the family.

    NotFound for whoever is neither of the case's parties nor of its court.
    """
    piece = bench.desk.pieces.one(bench.connection, case_id)
    mine = piece is not None and (bench.actor.org in {piece.reporter_org, piece.assignee} and bench.actor.org)
    if piece is None or not (mine or case_id in bench.actor.own_cases):
        raise NotFound("没有这件案件", case=case_id[:64])
    families.member(bench.connection, family_id, case_id)
    if piece.state == WAITING:
        order = Order(case_id, "leave_family", Wish(words=form.words))
        bench.desk.take_step(bench.connection, order, bench.actor, bench.now)
    else:
        families.leave(bench.connection, case_id=case_id, why=form.words, by=bench.actor.id, now=bench.now)


def retry(bench: Bench, family_id: str) -> None:
    """Those for whom a step was refused are tried again; for the court of the family."""
    court = bench.at_court()
    if families.family(bench.connection, family_id)["court"] != court:
        raise NotFound("没有这个同类案件组", case=family_id[:64])
    families.forget_refusals(bench.connection, family_id)
    if families.family(bench.connection, family_id)["decided_at"] is not None:
        families.pass_over(bench.connection, family_id, LATE)


def lead_along(desk: Desk, connection: Connection, now: datetime, many: int) -> Led:
    """Take the next step of up to ``many`` members in one transaction; an empty answer means none is pending."""
    rows = families.pending(connection, many)
    led = Led()
    groups: dict[tuple[str, bool], list[Row]] = {}
    for row in rows:
        groups.setdefault((row["family_id"], row["stood_at"] is not None), []).append(row)
    for (family_id, follows), some in groups.items():
        family = families.family(connection, family_id)
        taken = desk.take_steps(
            connection, _orders(desk, connection, family, some, follows), _clerk(family, follows), now
        )
        _mark(connection, some, taken, "followed_at" if follows else "stood_at", now)
        went = [one.number for one in taken if isinstance(one, Taken)]
        (led.followed if follows else led.waiting).extend(went)
        held = [row["case_id"] for row, one in zip(some, taken, strict=True) if isinstance(one, Refusal)]
        led.refused += [one.number for one in desk.pieces.many(connection, held)]
    return led


def _orders(desk: Desk, connection: Connection, family: Row, some: Sequence[Row], follows: bool) -> list[Order]:
    form: Form
    if follows:
        form = Following.model_validate_json(family["following"])
    else:
        model = desk.pieces.one(connection, family["model_case"])
        number = (model.facts.get("court_number") or model.number) if model else ""
        form = Waiting(family=family["name"], model=number)
    return [Order(row["case_id"], "follow" if follows else "wait", form) for row in some]


def _clerk(family: Mapping[str, Any], follows: bool) -> Actor:
    """The clerk who ordered it: whoever chose the model, or said what the others do."""
    by = family["decided_by"] if follows else family["chosen_by"]
    return Actor(by, "", family["court"], COURT_ROLES)


def _mark(
    connection: Connection, some: Sequence[Row], taken: Sequence[Taken | Refusal], name: str, now: datetime
) -> None:
    """Write down what was done for each member, in the same transaction."""
    done = [row["id"] for row, one in zip(some, taken, strict=True) if isinstance(one, Taken)]
    families.mark_members(connection, done, {name: now})
    for row, one in zip(some, taken, strict=True):
        if isinstance(one, Refusal):
            families.mark_members(connection, [row["id"]], {"refused": one.sentence})
