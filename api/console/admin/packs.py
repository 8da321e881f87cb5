"""Packs (地区包) at ``/console/admin/packs``: versions and cases under them, what one says, check, back-test.

What does not live here: publishing (the command line) and what is checked and compared (trials).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Annotated, Any, TypeVar

from fastapi import APIRouter, Query, Request
from fastapi.responses import RedirectResponse
from starlette.responses import Response

from api.console.admin.frame import ROOT, AdminOf, show, watched
from api.console.admin.ladders import spoken
from api.console.entrance import OwnFormOf, Seat, text_of
from api.console.labels import Labels
from api.trials import STEPS, Trials
from cases.errors import Malformed, PackBroken
from cases.packs.schema import Pack
from cases.rules.provenance import CERTAINTY

router = APIRouter()
PARTS: Mapping[str, str] = {
    "matters": "事项", "limits": "时限", "words": "用语", "papers": "文书", "grounds": "停表事由", "notes": "说明",
}  # fmt: skip
MOST_CARRIERS = 3
MOST_FINDINGS = 200

PartOf = Annotated[str, Query(max_length=16)]


@router.get("/packs")
def list_packs(request: Request, seat: AdminOf) -> Response:
    """The published versions, the folders on this machine, the last back-test."""
    return _list(request, seat)


@router.get("/packs/{pack_id:int}")
def show_pack(
    pack_id: int, request: Request, seat: AdminOf, part: PartOf = "matters",
    q: Annotated[str, Query(max_length=100)] = "",
) -> Response:  # fmt: skip
    """What a published version says, a part at a time, or what of it has some words."""
    pack, labels = Trials(seat.house).pack(seat.reader, pack_id), Labels(seat.house.office, seat.lang)
    part, words = part if part in PARTS else "matters", q.strip()
    return show(
        request, seat, "admin_pack.html", pack=pack, pack_id=pack_id, part=part, parts=PARTS, certainty=CERTAINTY,
        q=words, matters=_having(words, _matters(pack, labels)) if part == "matters" else [],
        limits=[(one, spoken(one.amount, one.unit, seat.lang)) for one in _having(words, pack.limits.values())],
        wording=_having(words, pack.wording.values()), papers=_having(words, pack.papers.values()),
        grounds=_having(words, pack.grounds),
    )  # fmt: skip


@router.post("/packs/check")
def check_pack(request: Request, seat: AdminOf, filled: OwnFormOf) -> Response:
    """Everything wrong with a folder, by file and line."""
    checked = Trials(seat.house).check(seat.reader, text_of(filled, "pack"))
    found = checked.findings
    return _list(request, seat, checked=checked, findings=found[:MOST_FINDINGS], status=422 if found else 200)


@router.post("/packs/trial")
def begin_trial(request: Request, seat: AdminOf, filled: OwnFormOf) -> Response:
    """Begin the back-test of a folder, and go to where its progress is shown."""
    many = text_of(filled, "many")
    if not (many.isascii() and many.isdigit() and int(many) in STEPS):
        raise Malformed("请选择回放多少件案件", {"many": "、".join(map(str, STEPS))})
    trials = Trials(seat.house)
    try:
        errand = trials.begin(seat.reader, text_of(filled, "pack"), int(many))
    except PackBroken:
        checked = trials.check(seat.reader, text_of(filled, "pack"))
        return _list(request, seat, checked=checked, findings=checked.findings[:MOST_FINDINGS], status=422)
    return RedirectResponse(f"{ROOT}/packs/trials/{errand}", 303)


@router.get("/packs/trials/{errand_id}")
def show_trial(errand_id: str, request: Request, seat: AdminOf) -> Response:
    """How a back-test stands, or what came of it; the page asks again by itself while it runs."""
    one = seat.house.errands.one(errand_id)
    return watched(request, seat, "admin_trial.html", one)


def _list(request: Request, seat: Seat, status: int = 200, **more: Any) -> Response:
    trials = Trials(seat.house)
    last = trials.last()
    shown: dict[str, Any] = {
        "versions": trials.versions(seat.reader),
        "folders": list(trials.folders()),
        "own": seat.house.office.pack.name,
        "steps": STEPS,
        "last": last,
        "checked": None,
        "findings": [],
    }
    return show(request, seat, "admin_packs.html", status, **{**shown, **more})


Row = TypeVar("Row")


def _having(words: str, rows: Iterable[Row]) -> list[Row]:
    """The rows in any of whose cells the words stand."""
    return [row for row in rows if not words or words.lower() in repr(row).lower()]


def _matters(pack: Pack, labels: Labels) -> list[dict[str, Any]]:
    """The matters with who leads and who assists them: the duty, and the organisations that carry it."""
    return [
        {
            "matter": one,
            "lead": _carried(pack, one.lead, labels),
            "assist": [_carried(pack, duty, labels) for duty in one.assist],
        }
        for one in pack.matters.values()
    ]


def _carried(pack: Pack, duty: str, labels: Labels) -> str:
    known = pack.duties.get(duty)
    name = (known.en if labels.lang == "en" else known.name) if known else duty
    carriers = [one.name for one in pack.organisations.values() if duty in one.duties]
    if not carriers:
        return name
    some = "、".join(carriers[:MOST_CARRIERS]) + (" …" if len(carriers) > MOST_CARRIERS else "")
    return f"{name}({some})"
