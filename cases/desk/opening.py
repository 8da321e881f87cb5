"""Opening cases (立卷): the first entry of a clue or an assignment, its number, its identity kept apart.

What does not live here: later steps (desk) and reading files of reports (intake).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from cases.desk.telling import write_notice
from cases.desk.timing import note_next_due, start_clock
from cases.desk.working import Working
from cases.engine import Engine, holder_of
from cases.errors import Malformed, NotAllowed
from cases.grammar import Actor, read_effect
from cases.ids import code_hash, new_code, new_id
from cases.machines.assignment_forms import Task
from cases.machines.clue_forms import ClueReport, Dissuasion
from cases.packs.schema import Pack
from cases.piece import Piece
from cases.ports import BEIJING
from cases.rules.calendar import Calendar
from cases.rules.place import place_key

IDENTITY = frozenset({"reporter_name", "reporter_phone"})
SUMMARY_LENGTH = 60


@dataclass(frozen=True, slots=True)
class Opened:
    """An opened report: the case, its receipt number, and the query code, which is told once and never kept."""

    case_id: str
    number: str
    state: str
    version: int
    code: str


@dataclass(frozen=True, slots=True)
class Setting:
    """Under what a case is opened: pack and calendar with the pack's row id."""

    pack: Pack
    pack_id: int
    calendar: Calendar


def new_clue(working: Working, engine: Engine, setting: Setting, form: ClueReport, actor: Actor, number: str) -> Opened:
    """A report becomes a clue. Malformed when the community or a named matter is not in the pack, or the time lies
    ahead; NotAllowed when the case type does not let the actor open one."""
    pack, now = setting.pack, working.now
    role = next((who.code for who in engine.case_type.opening.who if who.code in actor.roles), None)
    if role is None:
        raise NotAllowed("您的岗位不能提交报告")
    community = pack.communities.get(form.community) or pack.community_named(form.community)
    if community is None:
        raise Malformed("没有这个小区", {"community": "请填写本辖区的小区名称"})
    if form.found_at > now:
        raise Malformed("发现时间不能晚于现在", {"found_at": "发现时间不能晚于现在"})
    matter = pack.matter(form.matter) if form.matter else None
    if form.matter and matter is None:
        raise Malformed("没有这个事项", {"matter": "请从事项清单中选择,不确定可留空"})
    station = pack.station_for(community.street)
    if station is None:
        raise Malformed("该小区所在街道没有工作站", {"community": "请联系街道办事处"})
    piece = Piece(
        id=new_id(),
        number=number,
        case_type=engine.case_type.code,
        state=_first_state(engine, form),
        version=0,
        head_hash="",
        pack_id=setting.pack_id,
        station=station.code,
        reporter_org=form.reporter_org,
        community=community.code,
        street=community.street,
        place=place_key(community.code, form.building, form.room),
        matter=matter.code if matter else None,
        severity=matter.severity if matter else 0,
        emergency=bool(
            matter and (matter.emergency == "yes" or (matter.emergency == "conditional" and form.emergency))
        ),
        sealed=bool(matter and matter.sealed),
        summary=" ".join(form.description.split())[:SUMMARY_LENGTH],
        found_on=form.found_at.astimezone(BEIJING).date(),
        opened_at=now,
        updated_at=now,
        facts=_facts(engine, form),
    )
    code = new_code()
    working.open(piece, actor, role, _payload(form))
    _identity(working, piece, form, code)
    if form.dissuasion is not None:
        record_dissuasion(working, piece, form.dissuasion, actor)
    _begin(working, engine, setting, piece)
    return Opened(piece.id, piece.number, piece.state, piece.version, code)


def _first_state(engine: Engine, form: ClueReport) -> str:
    """Reported, or still being dissuaded by whoever may report it later."""
    reported, dissuading = engine.case_type.opening.states
    return dissuading if form.dissuading else reported


def _facts(engine: Engine, form: ClueReport) -> dict[str, Any]:
    facts = {
        "source": form.source,
        "external_id": form.external_id,
        "found_at": form.found_at.isoformat(),
        "building": form.building,
        "room": form.room,
        "lng": form.lng,
        "lat": form.lat,
        "description": form.description,
        "evidence": list(form.evidence),
        "secrecy": form.secrecy,
        "anonymous": form.anonymous,
        "urgent": bool(form.emergency),
        "dissuasions": 1 if form.dissuasion else 0,
    }
    return engine.read_facts({k: v for k, v in facts.items() if v not in (None, "", 0, False, [])})


def _payload(form: ClueReport) -> dict[str, Any]:
    """What enters the history: the report without who made it, and numbers as text (the chain knows no fractions)."""
    return plain_payload(form.model_dump(mode="json", exclude=set(IDENTITY)))


def plain_payload(value: Any) -> Any:
    """A payload the chain accepts: fractions become text."""
    if isinstance(value, float):
        return repr(value)
    if isinstance(value, dict):
        return {str(k): plain_payload(v) for k, v in value.items()}
    if isinstance(value, list | tuple):
        return [plain_payload(v) for v in value]
    return value


def _identity(working: Working, piece: Piece, form: ClueReport, code: str) -> None:
    working.sheaf.insert(
        "reporter",
        case_id=piece.id,
        org=form.reporter_org,
        name="" if form.anonymous else form.reporter_name,
        phone="" if form.anonymous else form.reporter_phone,
        anonymous=form.anonymous,
        secrecy=form.secrecy,
        code_hash=code_hash(piece.id, code),
        created_at=working.now,
    )


def record_dissuasion(working: Working, piece: Piece, form: Dissuasion, actor: Actor) -> None:
    """A dissuasion record becomes a row of its own."""
    working.sheaf.insert(
        "dissuasion",
        id=new_id(),
        case_id=piece.id,
        at=form.at,
        by=form.by,
        words=form.words,
        response=form.response,
        medium=form.medium,
        witness=form.witness,
        recorded_by=actor.id,
        recorded_at=working.now,
    )


def new_assignment(
    working: Working, engine: Engine, setting: Setting, parent: Piece, task: Task, actor: Actor
) -> Piece:
    """A department's task is opened under its clue; its number continues the clue's."""
    organisation = setting.pack.organisation(task.org)
    siblings = [c for c in parent.children or () if c.duty is not None]
    ordinal = len(siblings) + 1
    facts = {"ordinal": ordinal, "reason": task.reason, "final": task.final, "round": task.round}
    piece = Piece(
        id=new_id(),
        number=f"{parent.number}-{engine.case_type.number_mark}{ordinal:02d}",
        case_type=engine.case_type.code,
        state=engine.case_type.opening.states[0],
        version=0,
        head_hash="",
        pack_id=parent.pack_id,
        parent_id=parent.id,
        station=parent.station,
        assignee=task.org,
        duty=task.duty,
        lead=parent.lead,
        community=parent.community,
        street=parent.street,
        place=parent.place,
        matter=parent.matter,
        severity=parent.severity,
        emergency=parent.emergency,
        sealed=parent.sealed and organisation is not None and organisation.kind == "police",
        summary=parent.summary,
        found_on=parent.found_on,
        opened_at=working.now,
        updated_at=working.now,
        facts=engine.read_facts({k: v for k, v in facts.items() if v not in (None, "", 0, False, [])}),
    )
    role = "router" if "router" in actor.roles else "operator"
    working.open(piece, actor, role, {"org": task.org, "duty": task.duty, "reason": task.reason})
    if parent.children is None:
        parent.children = []
    parent.children.append(piece)
    piece.parent = parent
    _begin(working, engine, setting, piece)
    return piece


def _begin(working: Working, engine: Engine, setting: Setting, piece: Piece) -> None:
    """Start the clocks of the opening state and write its notices."""
    for clock in engine.opened(piece):
        start_clock(working.sheaf, piece, clock, setting.pack, setting.calendar, working.now)
    note_next_due(piece)
    piece.holder = holder_of(piece, engine.states[piece.state].holder)
    for name in engine.case_type.opening.then:
        effect = read_effect(name)
        recipient = {"reporter": piece.reporter_org or "reporter", "station": piece.station}.get(
            effect.arg, piece.assignee
        )
        # A case that begins with the reporter (still dissuading) is not yet the station's.
        if recipient and (effect.arg != "station" or piece.holder == piece.station):
            event = f"{piece.case_type}.open"
            write_notice(working.sheaf, piece, event, (recipient, effect.on_arrival), setting.pack, working.now)
