"""Putting a party's entry right, and taking one back (更正、撤回当事人), each on a slip with the version that was seen.

What is left empty stays as it is; what stands in the way is said before anything is typed. What does not live here:
what follows from it (chamber, desk), and the page of the parties (people).
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from fastapi import APIRouter, Request
from pydantic import BaseModel
from starlette.datastructures import FormData
from starlette.responses import Response

from api.chamber import Chamber, PartyAt
from api.console import talks
from api.console.acting import Acting, Try, go_on, version_of
from api.console.entrance import OwnFormOf, Seat, SeatOf, key_of
from api.console.labels import Labels
from api.console.mediation.people import party_of, party_words
from api.console.mediation.slips import Given, Slip, attempt, filled_in
from api.console.mediation.words import PARTY, options
from api.console.reading import read, typed_of
from api.counter import Counter
from cases.desk.mediation.forms import PartyCorrection, PartyWithdrawal
from cases.desk.views import View
from cases.errors import Overtaken
from cases.rules.corrections import PARTS
from cases.store.idempotency import Answer, Once

router = APIRouter()
KEPT = ("side", "kind", "org", "agent_authority", "language")
"""What may stand in the form of a correction already: it tells nobody who the party is."""

CLEARED = {**PARTS, "agent": "代理人和代理权限"}


@dataclass(frozen=True)
class Righting:
    """One of the two deeds at one seat: its step, its shape, and how its slip looks."""

    verb: str
    path: str
    shape: type[BaseModel]
    title: str
    button: str
    hint: str
    needs: str

    def slip(self, seat: Seat, case_id: str, party: View) -> Slip:
        """The slip, with what is known of the party, masked, and what stands in the way."""
        labels, at = Labels(seat.house.office, seat.lang), f"/console/cases/{case_id}/parties"
        return Slip(
            self.shape, self.title, f"{at}/{party['id']}/{self.path}", at, seat, _given(labels, self.shape),
            hint=self.hint, button=self.button, version=Counter(seat.house).case(seat.reader, case_id)["version"],
            known=tuple(_known(party, labels)), needs=tuple(party["still_needed"][self.needs]),
        )  # fmt: skip

    def ask(self, request: Request, seat: Seat, case_id: str, party_id: str) -> Response:
        """The slip before anybody typed."""
        party = party_of(seat, case_id, party_id)
        slip = self.slip(seat, case_id, party)
        known = {name: party[name] for name in KEPT} if self.shape is PartyCorrection else {}
        return slip.show(request, slip.fresh(**known))

    def take(self, request: Request, seat: Seat, at: PartyAt, filled: FormData) -> Response:
        """Do it, and go back to the parties; or the slip again, with who was faster where somebody was."""
        typed, back = typed_of(filled), f"/console/cases/{at.case}/parties"

        def do() -> Answer | Try:
            body = read(self.shape.model_json_schema(), typed)
            once = Once.of(seat.reader.actor.id, key_of(filled), f"{back}/{at.party}/{self.path}", [at.version, body])
            try:
                return self.deed(seat, at, filled_in(self.shape, body), once)
            except Overtaken as refusal:
                return Try(typed, 412, refusal.sentence, seen=at.version)

        done = attempt(do, typed)
        if not isinstance(done, Try):
            return go_on(request, f"{back}?{urlencode(_became(done))}")
        slip = self.slip(seat, at.case, party_of(seat, at.case, at.party))
        faster = Acting(seat, at.case, self.verb).since(done.seen) if done.seen is not None else ()
        return slip.show(request, done, tuple(faster))

    def deed(self, seat: Seat, at: PartyAt, form: Any, once: Once) -> Answer:
        """The deed itself."""
        chamber = Chamber(seat.house)
        act = chamber.correct if self.shape is PartyCorrection else chamber.withdraw
        return act(seat.reader, at, form, once)


CORRECTION = Righting(
    "correct_party", "correct", PartyCorrection, "更正当事人", "更正",
    "只填要更正的,其余留空不变。更正姓名、证件号码、电话的,原来的同意、链接和查询码作废,须重新征求;只改地址等不影响。",
    "correct",
)  # fmt: skip
WITHDRAWAL = Righting(
    "withdraw_party", "withdraw", PartyWithdrawal, "撤回当事人", "撤回",
    "只用于登记错的当事人:还没有答复、到会、签名的才能撤回。撤回后这一方的信息清除,序号不再使用。不愿调解的,请记录答复。",
    "withdraw",
)  # fmt: skip


def _given(labels: Labels, shape: type[BaseModel]) -> Given:
    if shape is not PartyCorrection:
        return {}
    parts = shape.model_json_schema()["properties"]["clear"]["items"]["enum"]
    return {**party_words(labels), "clear": options(CLEARED, labels, parts)}


def _known(party: View, labels: Labels) -> Iterator[tuple[str, str]]:
    """The entry as it stands, masked."""
    yield "当事人", f"{party['ordinal']} {labels.say(talks.SIDES[party['side']])} {party['name']}"
    yield "个人或单位", labels.say(PARTY["kind"][party["kind"]])
    for name, title in (
        ("phone", "电话"),
        ("identity_masked", "证件号码"),
        ("agent_name", "代理人"),
        ("guardian", "监护人"),
    ):
        if party[name]:
            yield title, party[name]


def _became(done: Answer) -> dict[str, str]:
    """What the page of the parties says afterwards."""
    told = json.loads(done.body)
    again = told.get("ask_again") or told.get("void_links") or told.get("void_consents")
    return {"done": told["verb"]} | ({"again": "1"} if again and not told["withdrawn"] else {}) | (
        {"tied": "1"} if told["mediator_conflict"] else {}
    )  # fmt: skip


@router.get("/cases/{case_id}/parties/{party_id}/correct")
def ask_correction(case_id: str, party_id: str, request: Request, seat: SeatOf) -> Response:
    """What is to be put right."""
    return CORRECTION.ask(request, seat, case_id, party_id)


@router.post("/cases/{case_id}/parties/{party_id}/correct")
def correct(case_id: str, party_id: str, request: Request, seat: SeatOf, filled: OwnFormOf) -> Response:
    """Put it right."""
    return CORRECTION.take(request, seat, PartyAt(case_id, party_id, version_of(filled)), filled)


@router.get("/cases/{case_id}/parties/{party_id}/withdraw")
def ask_withdrawal(case_id: str, party_id: str, request: Request, seat: SeatOf) -> Response:
    """Why an entry is to be taken back."""
    return WITHDRAWAL.ask(request, seat, case_id, party_id)


@router.post("/cases/{case_id}/parties/{party_id}/withdraw")
def withdraw(case_id: str, party_id: str, request: Request, seat: SeatOf, filled: OwnFormOf) -> Response:
    """Take it back."""
    return WITHDRAWAL.take(request, seat, PartyAt(case_id, party_id, version_of(filled)), filled)
