"""Opening cases (立卷): a birth becomes a case with its first entry, its clocks and its first notices.

Which case a form or a parent's step opens is the case type's own answer (machines); the reporter's identity and query
code are kept apart here. What does not live here: later steps (desk) and reading files of reports (intake).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from cases.desk.telling import Letter, party_addresses, write_notice
from cases.desk.timing import Timing, note_next_due, start_clock
from cases.desk.working import Working
from cases.engine import COLUMNS, Engine, holder_of
from cases.errors import NotAllowed, Refusal
from cases.grammar import Actor, Birth, Form, Founding, read_effect
from cases.ids import code_hash, new_code, new_id
from cases.machines.clue_forms import ClueReport, Dissuasion
from cases.machines.suit_forms import SuitFiling
from cases.packs.schema import Pack
from cases.piece import Piece
from cases.rules.calendar import Calendar
from cases.rules.folder import Folder
from cases.rules.visibility import is_suit
from cases.rules.wall import behind_wall

INHERITED = (
    "station", "lead", "community", "street", "place", "matter", "severity", "emergency", "sealed", "summary",
    "found_on",
)  # fmt: skip
"""What a child takes from its parent where its birth says nothing else."""


SIDE_FACTS = {"applicant": "plaintiff", "respondent": "defendant"}
UNTOLD = (
    "identity_masked", "identity_digest", "contact_digest", "agent_name", "agent_phone", "agent_digest",
    "agent_authority", "guardian", "language",
)  # fmt: skip
"""What a suit does not ask of its parties."""


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
    """Under what a case is opened: pack and calendar with the pack's row id, and the folder shared with its parent."""

    pack: Pack
    pack_id: int
    calendar: Calendar
    folder: Folder | None = None


def opener(engine: Engine, actor: Actor) -> str:
    """The role in which the actor opens a case of this type; NotAllowed when none lets them."""
    role = next((who.code for who in engine.case_type.opening.who if who.code in actor.roles), None)
    if role is None:
        raise NotAllowed(f"您的岗位不能提交{engine.case_type.label}")
    return role


def open_root(working: Working, engine: Engine, setting: Setting, birth: Birth, actor: Actor, number: str) -> Piece:
    """A case of its own."""
    piece = Piece(
        id=new_id(),
        number=number,
        case_type=engine.case_type.code,
        state=birth.state or engine.case_type.opening.states[0],
        version=0,
        head_hash="",
        pack_id=setting.pack_id,
        opened_at=working.now,
        updated_at=working.now,
        facts=_facts(engine, birth),
        **birth.columns,
    )
    _stand(working, engine, setting, piece, birth, (actor, opener(engine, actor)))
    return piece


def open_child(working: Working, engine: Engine, setting: Setting, parent: Piece, birth: Birth, actor: Actor) -> Piece:
    """A case under another; its number continues the parent's."""
    ordinal = 1 + sum(child.case_type == engine.case_type.code for child in parent.children or ())
    columns = {name: getattr(parent, name) for name in inherited(parent)} | dict(birth.columns)
    piece = Piece(
        id=new_id(),
        number=f"{parent.number}-{engine.case_type.number_mark}{ordinal:02d}",
        case_type=engine.case_type.code,
        state=birth.state or engine.case_type.opening.states[0],
        version=0,
        head_hash="",
        pack_id=parent.pack_id,
        parent_id=parent.id,
        opened_at=working.now,
        updated_at=working.now,
        facts=_facts(engine, birth, ordinal=ordinal),
        **columns,
    )
    if parent.children is None:
        parent.children = []
    parent.children.append(piece)
    piece.parent = parent
    _stand(working, engine, setting, piece, birth, (actor, opener(engine, actor)))
    return piece


def inherited(parent: Piece) -> tuple[str, ...]:
    """What a child takes from this parent: of a case behind the wall not the summary, in which something is said."""
    return tuple(name for name in INHERITED if name != "summary" or not behind_wall(parent))


def _facts(engine: Engine, birth: Birth, **more: Any) -> dict[str, Any]:
    facts = {**birth.facts, **more}
    return engine.read_facts({k: v for k, v in facts.items() if v not in (None, "", 0, False, [])})


def _stand(
    working: Working, engine: Engine, setting: Setting, piece: Piece, birth: Birth, by: tuple[Actor, str]
) -> None:
    """Write down the case, the rows that belong to it, its clocks and its notices."""
    unknown = set(birth.columns) - COLUMNS - {"reporter_org"}
    if unknown:
        raise ValueError(f"a birth of {engine.case_type.code} names unknown columns {sorted(unknown)}")
    working.open(piece, by[0], by[1], plain_payload(birth.payload))
    for table, row in birth.rows:
        working.sheaf.insert(table, case_id=piece.id, **row)
    begin(working, engine, setting, piece)


def begin(working: Working, engine: Engine, setting: Setting, piece: Piece) -> None:
    """Start the clocks of the opening state and write its notices."""
    timing = Timing(working.sheaf, setting.pack, setting.calendar, working.now, lambda _: [])
    for clock in engine.opened(piece):
        start_clock(timing, piece, clock)
    note_next_due(piece)
    piece.holder = holder_of(piece, engine.states[piece.state].holder)
    working.hold_by(piece)
    for name in engine.case_type.opening.then:
        effect, event = read_effect(name), f"{piece.case_type}.open"
        if effect.arg == "parties":
            for party in party_addresses(setting.folder):
                letter = Letter(party, event, to_party=True)
                write_notice(working.sheaf, piece, letter, setting.pack, working.now)
            continue
        if effect.arg == "reporter" and is_suit(piece) and piece.reporter_org is None:
            continue  # a plaintiff without an organisation has just been told the query code
        recipient = {"reporter": piece.reporter_org or "reporter", "station": piece.station}.get(
            effect.arg, piece.assignee
        )
        # A case that begins with the reporter (still dissuading) is not yet the station's.
        if recipient and (effect.arg != "station" or piece.holder == piece.station):
            write_notice(working.sheaf, piece, Letter(recipient, event, effect.on_arrival), setting.pack, working.now)


def birth_of(engine: Engine, asked: Founding) -> Birth | Refusal:
    """The case a form opens on its own, or the refusal."""
    founded = engine.case_type.opening.founded
    try:
        opener(engine, asked.actor)
        if founded is None:
            raise NotAllowed(f"{engine.case_type.label}不能单独提交")
        return founded(asked)
    except Refusal as refusal:
        return refusal


def keep_apart(working: Working, piece: Piece, form: Form, actor: Actor) -> str:
    """What a report brings that is kept apart from the case: a dissuasion record and the reporter's identity, or the
    parties of a suit; answers the query code (of a suit its plaintiff's), empty where the case keeps nobody."""
    if isinstance(form, SuitFiling):
        return _enter_parties(working, piece, form, actor)
    if not isinstance(form, ClueReport):
        return ""
    if form.dissuasion is not None:
        record_dissuasion(working, piece, form.dissuasion, actor)
    return _keep_identity(working, piece, form)


def _enter_parties(working: Working, piece: Piece, form: SuitFiling, actor: Actor) -> str:
    """Both sides of a suit, in a table of their own; answers the plaintiff's query code, told once. The defendant's is
    issued when it is asked for."""
    code = new_code()
    for ordinal, (side, person) in enumerate((("applicant", form.plaintiff), ("respondent", form.defendant)), 1):
        key = new_id()
        working.sheaf.insert(
            "party",
            **dict.fromkeys(UNTOLD, ""),
            id=key,
            case_id=piece.id,
            ordinal=ordinal,
            side=side,
            kind="person" if person.kind == "owner" else "org",
            org=person.org,
            name=person.name or piece.facts.get(f"{SIDE_FACTS[side]}_masked", ""),
            phone=person.phone,
            address=person.address,
            code_hash=code_hash(key, code) if side == "applicant" else "",
            added_by=actor.id,
            added_at=working.now,
            withdrawn_at=None,
        )
    return code


def _keep_identity(working: Working, piece: Piece, form: ClueReport) -> str:
    """Who reported, in a table of its own; answers the query code, which is told once."""
    code = new_code()
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
    return code


def plain_payload(value: Any) -> Any:
    """A payload the chain accepts: fractions become text."""
    if isinstance(value, float):
        return repr(value)
    if isinstance(value, dict):
        return {str(k): plain_payload(v) for k, v in value.items()}
    if isinstance(value, list | tuple):
        return [plain_payload(v) for v in value]
    return value


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
