"""The sheet of a case (案件页): facts, clocks and why, history, tasks, files, documents, what may be done.

Everything on it comes from the same views as the API's; the buttons are the engine's own actions and no others. What
does not live here: who may know what (cases.desk) and the forms behind the buttons (acting).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Annotated, Any

from fastapi import APIRouter, Query, Request
from fastapi.responses import RedirectResponse
from starlette.responses import Response

from api.console import talks
from api.console.entrance import OwnFormOf, Seat, SeatOf, files_of, text_of
from api.console.facts import Fact, facts_of
from api.console.frame import page
from api.console.gallery import PICTURES, pairs_of
from api.console.labels import SYSTEM, Labels
from api.console.mediation.words import KINDS, STATUS
from api.console.rows import Row, place_of, row_of
from api.counter import Counter
from api.filing import Filing
from api.mailroom import MailRoom
from api.papering import Papering
from api.wishes import Reason
from cases.desk.deeds import BY_LINK
from cases.desk.views import View
from cases.engine import Engine
from cases.errors import Malformed, NotFound
from cases.machines.clock_steps import STANDING_VERBS
from cases.machines.clock_steps import VERBS as CLOCK_VERBS
from cases.machines.erasure_steps import VERBS as ERASURE_VERBS

router = APIRouter()
SELDOM = frozenset({*CLOCK_VERBS, *STANDING_VERBS, *ERASURE_VERBS})
"""Steps that move clocks or remove what was written: offered in a place of their own."""


@dataclass(frozen=True, slots=True)
class Line:
    """One line of history; ``folded``: what was written stands elsewhere too, or nobody wrote it."""

    seq: int
    at: Any
    label: str
    actor: str
    org: str
    change: str
    facts: list[Fact]
    folded: bool


@router.get("/cases/{case_id}")
def show_case(
    case_id: str, request: Request, seat: SeatOf, done: Annotated[str, Query(max_length=64)] = ""
) -> Response:
    """The sheet; ``done`` is the step that was just taken. Whoever opens a task of their department has seen it; a
    browser that only fetches ahead has not."""
    if not any("prefetch" in request.headers.get(name, "") for name in ("sec-purpose", "purpose")):
        MailRoom(seat.house).looked(seat.reader, case_id)
    return sheet(request, seat, case_id, done=done)


@router.post("/cases/{case_id}/reporter")
def show_reporter(case_id: str, request: Request, seat: SeatOf, filled: OwnFormOf) -> Response:
    """The sheet with the reporter's identity in full, once, for a reason that is written down."""
    reason = text_of(filled, "reason")
    least = next(one.min_length for one in Reason.model_fields["reason"].metadata if hasattr(one, "min_length"))
    if not least <= len(reason) <= 400:
        said = Labels(seat.house.office, seat.lang).say("请写明查看的理由(至少 {least} 个字)", least=least)
        return sheet(request, seat, case_id, status=422, unmasking=(reason, said))
    return sheet(request, seat, case_id, reporter=Counter(seat.house).reporter(seat.reader, case_id, reason))


@router.post("/cases/{case_id}/files")
def add_files(case_id: str, request: Request, seat: SeatOf, filled: OwnFormOf) -> Response:
    """Add files to the case; none chosen is said."""
    sent = files_of(filled, "files")
    if not sent:
        raise Malformed("请先选择文件", {"files": "请选择照片、录音或文档"})
    for one in sent:
        Filing(seat.house).add(seat.reader, case_id, one.filename or "", one.file)
    return RedirectResponse(f"{request.url.path.removesuffix('/files')}#files-title", 303)


def sheet(request: Request, seat: Seat, case_id: str, *, status: int = 200, **more: Any) -> Response:
    """The page of a case, with what a request adds to it."""
    with seat.house.office.database.together():
        return _sheet(request, seat, case_id, status, more)


def _sheet(request: Request, seat: Seat, case_id: str, status: int, more: Mapping[str, Any]) -> Response:
    house, labels = seat.house, Labels(seat.house.office, seat.lang)
    counter = Counter(house)
    view = counter.case(seat.reader, case_id)
    engine = house.office.desk.engines[view["case_type"]]
    parties = talks.parties_of(view, seat)
    people = {one["id"]: talks.called(one, labels) for one in parties}
    entries = [talks.named(one, people) for one in counter.entries(seat.reader, case_id)["items"]]
    files = Filing(house).listed(seat.reader, case_id)["items"]
    tasks = tasks_of(view, seat, labels)
    shown: dict[str, Any] = {
        "view": view,
        "row": row_of(view, labels),
        "labels": labels,
        "actions": [one for one in view["actions"] if one["verb"] not in SELDOM],
        "aside": [one for one in view["actions"] if one["verb"] in SELDOM],
        "place": place_of(view),
        "description": described(view),
        "facts": facts_of(talks.named(view["facts"], people), labels, case_type=view["case_type"]),
        "clocks": counter.deadlines(seat.reader, case_id)["items"],
        "lines": [line_of(one, engine, labels) for one in reversed(entries)],
        "tasks": tasks,
        "pairs": pairs_of(view, files, (shown for _, shown in tasks), seat, labels),
        "parent": parent_of(view, seat, labels),
        "files": files,
        "pictures": PICTURES,
        "may_add": Filing(house).takes(seat.reader, case_id),
        "papers": Papering(house).listed(seat.reader, case_id),
        "voids": Papering(house).voids(seat.reader, case_id),
        "parties": parties,
        "meetings": talks.meetings_of(view, seat),
        "sides": talks.SIDES,
        "at_table": talks.works_here(view, seat),
        "kinds": KINDS,
        "statuses": STATUS,
        "may_unmask": bool(view.get("reporter")) and seat.reader.at_desk,
        "may_link": seat.reader.at_desk and bool(view["duty"]) and view["station"] == seat.caller.actor.org,
        "reporter": view.get("reporter"),
        "unmasking": ("", ""),
        "done": "",
    }
    shown |= {name: value for name, value in more.items() if value}
    shown["done"] = labels.verb(view["case_type"], shown["done"]) if shown["done"] else ""
    shown["unmasked"] = "reporter" in more
    return page(request, "case.html", status, seat=seat, **shown)


def described(view: View) -> str:
    """What is said to have happened: the report's words, or the dispute's."""
    facts = {**(view.get("report") or {}), **view["facts"]}
    return str(facts.get("description") or facts.get("dispute") or view["summary"])


def line_of(entry: dict[str, Any], engine: Engine, labels: Labels) -> Line:
    """A line of history in words."""
    before, after = (labels.state(engine.case_type.code, entry[name]) for name in ("from_state", "to_state"))
    verb = entry["verb"]
    label = labels.verb(engine.case_type.code, verb) if labels.lang == "en" else entry["label"]
    steps = [step for steps in engine.by_verb.get(verb, {}).values() for step in steps]
    titles = {name: one.title or "" for step in steps[:1] for name, one in step.form.model_fields.items()}
    return Line(
        seq=entry["seq"],
        at=entry["at"],
        label=label,
        actor=labels.actor(entry),
        org=labels.org(entry["actor_org"]),
        change=f"{before} → {after}" if before and after and before != after else "",
        facts=facts_of(entry["payload"], labels, frozenset({"evidence", BY_LINK}), titles, engine.case_type.code),
        folded=verb == "open" or entry["actor"].startswith(SYSTEM),
    )


def tasks_of(view: View, seat: Seat, labels: Labels) -> list[tuple[Row, View]]:
    """The cases under this one, side by side; one that went out of sight meanwhile is left out."""
    ids = [child["id"] for child in view.get("children") or ()]
    return [(row_of(shown, labels), shown) for shown in Counter(seat.house).several(seat.reader, ids)]


def parent_of(view: View, seat: Seat, labels: Labels) -> Row | None:
    """The case this one belongs to, if the reader may see it."""
    if not view["parent_id"]:
        return None
    try:
        return row_of(Counter(seat.house).case(seat.reader, view["parent_id"]), labels)
    except NotFound:
        return None
