"""Taking an application for mediation down (受理申请) at ``/console/petition``: the dispute and its parties on one
page, as somebody tells it at the counter; the codes of the parties are shown once.

What does not live here: what may be mediated (rules) and opening the case (petitions).
"""

from __future__ import annotations

import json
import secrets

from fastapi import APIRouter, Request
from starlette.responses import Response

from api.console import talks
from api.console.acting import Try
from api.console.choices import Choices
from api.console.entrance import Seat, SeatOf, TypedFormOf, is_ours, key_of, text_of
from api.console.fields import Drawing, count_of, flat
from api.console.frame import page
from api.console.labels import Labels
from api.console.mediation.people import party_words
from api.console.mediation.slips import Given, attempt, filled_in
from api.console.mediation.words import MEDIATIONS, PARTY, options
from api.console.reading import read, typed_of
from api.console.step_words import TOO_OLD
from api.mailroom import require
from api.petitions import Petitions
from api.weekly import AT_TABLE
from api.wishes import MediationWish
from cases.store.idempotency import Answer, Once

router = APIRouter()
PLACE = "/console/petition"


def _let_in(seat: Seat) -> str:
    return require(seat.reader, AT_TABLE, "只有调解员和调解委员会主任可以登记调解申请")


@router.get("/petition")
def show_petition(request: Request, seat: SeatOf) -> Response:
    """The form, begun as an application made by word of mouth to one's own committee."""
    org = _let_in(seat)
    usual = {
        "application": {"source": "当事人申请", "oral": True, "kind": "people", "committee": org},
        "parties": [{"side": "applicant", "kind": "person"}, {"side": "respondent", "kind": "person"}],
    }
    return _form(request, seat, Try(flat(usual)))


@router.post("/petition")
def file(request: Request, seat: SeatOf, filled: TypedFormOf) -> Response:
    """Open the mediation, or show the form again."""
    _let_in(seat)
    typed = typed_of(filled)
    if more := text_of(filled, "_more"):
        return _form(request, seat, Try({**typed, f"{more}.{count_of(more, typed)}.side": ["third"]}))
    if not is_ours(filled, seat):
        return _form(request, seat, Try(typed, 403, TOO_OLD))

    def open_() -> Answer:
        wish = filled_in(MediationWish, read(_schema(), typed))
        once = Once.of(seat.reader.actor.id, key_of(filled), PLACE, wish.model_dump(mode="json"))
        return Petitions(seat.house).file(seat.reader, wish, once)

    done = attempt(open_, typed)
    if isinstance(done, Try):
        return _form(request, seat, done)
    return page(request, "petitioned.html", 201, seat=seat, opened=json.loads(done.body), sides=talks.SIDES)


def _schema() -> dict[str, object]:
    return MediationWish.model_json_schema()


def _given(labels: Labels, org: str) -> Given:
    """What one chooses from: the parties' words, kinds of mediation, the grounds that rule mediation out; a committee
    takes applications for itself alone."""
    kinds = (*options(PARTY["kind"], labels), *options(MEDIATIONS, labels))
    return {
        **party_words(labels),
        "kind": kinds,
        "natures": tuple(talks.grounds(labels)),
        "committee": ((org, labels.org(org)),),
    }


def _form(request: Request, seat: Seat, tried: Try) -> Response:
    labels, schema = Labels(seat.house.office, seat.lang), _schema()
    drawing = Drawing.of(
        schema, tried.typed, tried.wrong, Choices(labels, given=_given(labels, seat.caller.actor.org or ""))
    )
    rest = {name: said for name, said in tried.wrong.items() if name.count(".") == 0}
    return page(
        request, "petition.html", tried.status, seat=seat, tried=tried, fields=drawing.fields(schema), rest=rest,
        once=secrets.token_urlsafe(16),
    )  # fmt: skip
