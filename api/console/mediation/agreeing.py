"""The agreement (调解协议) at ``/console/cases/{id}/agreement``: drafting it with the engine's own check beside it
while one writes, then what was agreed, who has signed, what is next.

What does not live here: what an agreement must state (rules), signing (signing), the document (papers).
"""

from __future__ import annotations

import secrets
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from decimal import Decimal, InvalidOperation
from typing import Annotated, Any

from fastapi import APIRouter, Query, Request
from fastapi.responses import RedirectResponse
from starlette.responses import Response

from api.console import talks
from api.console.acting import Acting, Try
from api.console.entrance import Seat, SeatOf, TypedFormOf
from api.console.fields import Drawing, Field, flat
from api.console.frame import page, wants_part
from api.console.reading import read, typed_of
from api.counter import Counter
from api.papering import Papering
from cases.desk.desk import Order
from cases.desk.views import View
from cases.errors import Malformed, NotNow, StillNeeded
from cases.papers.numerals import capitals
from cases.rules.agreement import MEDIATOR

router = APIRouter()
DRAFT = "draft"
PAPER = "agreement"
TEXTS = ("findings", "issues", "responsibility", "content")
LATER = "尚未填写"
"""Stands for a text while the rest is looked at."""

AFTER = ("check", "seal", "reopen_talks", "agree_orally", "fail")
"""Steps of the engine that stand beside an agreement, where they are offered."""


@dataclass(frozen=True, slots=True)
class Findings:
    """What the check says of a draft: what is wrong by the title of the field, what is missing, the sum."""

    wrong: tuple[tuple[str, str], ...] = ()
    missing: tuple[str, ...] = ()
    total: str = ""
    in_capitals: str = ""

    @property
    def whole(self) -> bool:
        """Whether nothing stands in the way."""
        return not self.wrong and not self.missing


class Drafting:
    """The agreement of one case at one seat."""

    def __init__(self, seat: Seat, case_id: str) -> None:
        self.seat, self.case_id = seat, case_id
        self.acting = Acting(seat, case_id, DRAFT)
        self.view: View = self.acting.view
        self.address = f"/console/cases/{case_id}/agreement"

    def begun(self) -> dict[str, list[str]]:
        """What stands in the draft at first: the draft before, or what the file knows."""
        facts = self.view["facts"]
        kept = {name: facts[name] for name in ("findings", "issues", "responsibility", "content") if facts.get(name)}
        asked = ("obligor", "obligee", "kind", "content", "amount", "due", "manner")
        terms = [{name: item.get(name) for name in asked} for item in facts.get("plan", ())]
        known = {"findings": "\n".join(facts.get("inquiries", ())), "issues": facts.get("requests", "")}
        usual = {"terms": terms or [{"obligor": 2, "obligee": 1, "kind": "给付金钱"}]}
        return flat({**{name: one for name, one in known.items() if one}, **usual, **kept})

    def fields(self, tried: Try) -> tuple[Field, ...]:
        """The draft's fields."""
        schema = self.acting.schema()
        return Drawing.of(schema, tried.typed, tried.wrong, self.acting.choices()).fields(schema)

    def check(self, typed: dict[str, list[str]]) -> Findings:
        """The engine's own check of what was typed; nothing is written."""
        schema = self.acting.schema()
        body = read(schema, typed)
        found = _sums(body)
        try:
            missing = self._rehearsed(body)
        except Malformed as refusal:
            titles = dict(_titles(Drawing.of(schema, typed, {}, self.acting.choices()).fields(schema), self._item))
            found = replace(found, wrong=tuple((titles.get(name, name), said) for name, said in refusal.fields.items()))
            missing = self._past(body, refusal.fields)
        return replace(found, missing=missing)

    def _rehearsed(self, body: Mapping[str, Any]) -> tuple[str, ...]:
        try:
            Counter(self.seat.house).rehearse(self.seat.reader, Order(self.case_id, DRAFT, body))
        except StillNeeded as refusal:
            return refusal.missing
        except NotNow as refusal:
            return (refusal.sentence,)
        return ()

    def _past(self, body: Mapping[str, Any], wrong: Mapping[str, str]) -> tuple[str, ...]:
        """What would be missing still if the texts that are not written yet were written."""
        texts = {name: [LATER] if name == "content" else LATER for name in TEXTS if name in wrong}
        try:
            return self._rehearsed({**body, **texts})
        except Malformed:
            return ()

    def _item(self, place: int) -> str:
        return self.acting.labels.say("第{n}项", n=place)

    def show(
        self, request: Request, tried: Try | None = None, findings: Findings | None = None, done: str = ""
    ) -> Response:
        """The page: the draft where one may be made, else what was agreed."""
        facts, labels = self.view["facts"], self.acting.labels
        may_draft = self.acting.action is not None
        tried = tried or Try(self.begun())
        parties = talks.parties_of(self.view, self.seat)
        signed = {one["signer"]: one for one in facts.get("signatures", ())}
        signers = [(one["id"], talks.called(one, labels), signed.get(one["id"])) for one in parties]
        signers.append((MEDIATOR, labels.say("调解员"), signed.get(MEDIATOR)))
        offered = {one["verb"]: one for one in self.view["actions"]}
        papers = Papering(self.seat.house).listed(self.seat.reader, self.case_id)
        return page(
            request, "agreement.html", tried.status, seat=self.seat, view=self.view, labels=labels, tried=tried,
            fields=self.fields(tried) if may_draft else (), findings=findings, address=self.address, facts=facts,
            needs=self.acting.action["still_needed"] if self.acting.action else (), signers=signers, rest={},
            may_sign="sign" in offered, actions=[offered[verb] for verb in AFTER if verb in offered],
            people={one["ordinal"]: talks.called(one, labels) for one in parties}, agreement=facts,
            may_print=PAPER in {one["code"] for one in papers["offered"]}, paper=PAPER,
            papers=[one for one in papers["items"] if one["code"] == PAPER and one["current"]],
            done=labels.verb(self.view["case_type"], done) if done else "", keeper=self.seat.caller.actor.id,
            once=secrets.token_urlsafe(16),
        )  # fmt: skip


def _sums(body: Mapping[str, Any]) -> Findings:
    """What is to be paid altogether."""
    total = Decimal(0)
    for one in body.get("terms") or ():
        try:
            total += Decimal(one.get("amount") or 0)
        except InvalidOperation:
            return Findings()
    fits = total.is_finite() and 0 < total < Decimal("1e12")
    return Findings(total=f"{total:,.2f}", in_capitals=capitals(total)) if fits else Findings()


def _titles(fields: tuple[Field, ...], item: Any, before: str = "") -> Iterator[tuple[str, str]]:
    """What each field is called, by its path; one of a list with its place."""
    for one in fields:
        yield one.name, f"{before}{one.title}"
        yield from _titles(one.fields, item, before)
        for place, parts in enumerate(one.items, 1):
            yield from _titles(parts, item, f"{item(place)} ")


@router.get("/cases/{case_id}/agreement")
def show_agreement(
    case_id: str, request: Request, seat: SeatOf, done: Annotated[str, Query(max_length=32)] = ""
) -> Response:  # fmt: skip
    """The agreement."""
    return Drafting(seat, case_id).show(request, done=done)


@router.post("/cases/{case_id}/agreement")
def draft(case_id: str, request: Request, seat: SeatOf, filled: TypedFormOf) -> Response:
    """Check a draft, or make it the agreement that is signed; our script gets the findings alone."""
    drafting, typed = Drafting(seat, case_id), typed_of(filled)
    if wants_part(request):
        return page(request, "agreement_check.html", seat=seat, findings=drafting.check(typed))
    if "_check" in filled:
        return drafting.show(request, Try(typed), drafting.check(typed))
    tried = drafting.acting.take(filled)
    if tried is None:
        return RedirectResponse(f"{drafting.address}?done={DRAFT}", 303)
    if tried.status == 200:
        return drafting.show(request, tried)
    drafting.view = drafting.acting.view
    return drafting.show(request, tried, drafting.check(typed))
