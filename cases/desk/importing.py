"""Importing a read file of reports (批量收件): drafts become clues, in batches, each foreign number only once.

The number another system gave a report is unique (来件编号), so the same file may be imported again after a crash and
creates nothing twice. What does not live here: reading files (intake) and what becomes of a clue.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass, field
from datetime import datetime
from typing import Any, NamedTuple

from sqlalchemy import Connection, insert, select, tuple_
from sqlalchemy.exc import IntegrityError

from cases.desk.opening import Opened
from cases.engine import read_form
from cases.errors import Conflict, Refusal
from cases.grammar import Actor
from cases.intake.report import Reading, Report
from cases.machines.clue_forms import ClueReport
from cases.office import Office
from cases.packs.schema import Pack
from cases.store.sheaf import table

BATCH = 200
TRIES = 3


class Taken(NamedTuple):
    """A report that became a clue; the query code is told here and never again."""

    external_id: str
    receipt: str
    code: str
    case_id: str


class Already(NamedTuple):
    """A report that was taken in before."""

    external_id: str
    case_id: str


class Refused(NamedTuple):
    """A report that could not become a clue, and why."""

    external_id: str
    reason: str


@dataclass(slots=True)
class Imported:
    """What an import came to: every report of the reading is in exactly one of the three."""

    opened: list[Taken] = field(default_factory=list)
    already: list[Already] = field(default_factory=list)
    refused: list[Refused] = field(default_factory=list)

    def add(self, other: Imported) -> None:
        """Count another batch in."""
        self.opened += other.opened
        self.already += other.already
        self.refused += other.refused


@dataclass(frozen=True, slots=True)
class _Draft:
    report: Report
    system: str
    fingerprint: str
    form: ClueReport | None
    fault: Refusal | None

    @property
    def key(self) -> tuple[str, str]:
        return self.system, self.report.external_id


def import_reports(
    office: Office,
    reading: Reading,
    actor: Actor,
    now: datetime,
    progress: Callable[[int], None] | None = None,
) -> Imported:
    """Open a clue for each report of a reading, 200 a transaction; ``progress`` is told how many are done.

    A report whose number is known with the same content is answered as already taken in, with other content refused.
    """
    imported = Imported()
    for start in range(0, len(reading.reports), BATCH):
        drafts = [_draft(report, office.pack) for report in reading.reports[start : start + BATCH]]
        imported.add(_batch(office, drafts, actor, now))
        if progress is not None:
            progress(min(start + BATCH, len(reading.reports)))
    return imported


def _batch(office: Office, drafts: Sequence[_Draft], actor: Actor, now: datetime) -> Imported:
    """One batch, one transaction; if another import took the same numbers meanwhile, look again."""
    for _ in range(TRIES - 1):
        try:
            with office.database.writing() as connection:
                return _take_in(office, connection, drafts, actor, now)
        except IntegrityError:
            continue
    with office.database.writing() as connection:
        return _take_in(office, connection, drafts, actor, now)


def _take_in(office: Office, connection: Connection, drafts: Sequence[_Draft], actor: Actor, now: datetime) -> Imported:
    imported, fresh = Imported(), []
    known = _known(connection, drafts)
    for draft in drafts:
        earlier = known.get(draft.key)
        if draft.fault is not None or draft.form is None:
            imported.refused.append(Refused(draft.report.external_id, _why(draft.fault)))
        elif earlier is None:
            fresh.append((draft, draft.form))
        elif earlier[1] == draft.fingerprint:
            imported.already.append(Already(draft.report.external_id, earlier[0]))
        else:
            refusal = Conflict("这个来件编号已经收过,但内容不同;若是另一件事请换编号")
            imported.refused.append(Refused(draft.report.external_id, refusal.sentence))
    answers = office.desk.open_clues(connection, office.pack_id, [form for _, form in fresh], actor, now)
    rows: list[dict[str, Any]] = []
    for (draft, _), answer in zip(fresh, answers, strict=True):
        if isinstance(answer, Opened):
            imported.opened.append(Taken(draft.report.external_id, answer.number, answer.code, answer.case_id))
            rows.append(_reference(draft, answer.case_id))
        else:
            imported.refused.append(Refused(draft.report.external_id, _why(answer)))
    if rows:
        connection.execute(insert(table("foreign_reference")), rows)
    return imported


def _known(connection: Connection, drafts: Sequence[_Draft]) -> dict[tuple[str, str], tuple[str, str]]:
    """Case and fingerprint of the numbers that were taken in before."""
    reference = table("foreign_reference")
    question = select(reference).where(
        tuple_(reference.c.system, reference.c.number).in_([draft.key for draft in drafts])
    )
    return {(row.system, row.number): (row.case_id, row.fingerprint) for row in connection.execute(question)}


def _reference(draft: _Draft, case_id: str) -> dict[str, Any]:
    system, number = draft.key
    return {"system": system, "number": number, "case_id": case_id, "fingerprint": draft.fingerprint}


def _draft(report: Report, pack: Pack) -> _Draft:
    """The form a report fills in. The system a number belongs to is the kind of source and, where the pack knows it,
    the organisation: two firms may count alike."""
    organisation = pack.organisation_named(report.reporter_org) if report.reporter_org else None
    org = organisation.code if organisation else None
    system = f"{report.source}:{org}" if org else report.source
    form, fault = None, None
    try:
        form = read_form(ClueReport, _filled(report, org))
    except Refusal as refusal:
        fault = refusal
    return _Draft(report, system, _fingerprint(report), form if isinstance(form, ClueReport) else None, fault)


def _filled(report: Report, org: str | None) -> dict[str, Any]:
    """The fields of the form, as the report says them; an unreadable phone is kept as it was written."""
    filled = {
        name: getattr(report, name)
        for name in ("community", "building", "room", "lng", "lat", "found_at", "description", "evidence")
    }
    filled |= {name: getattr(report, name) for name in ("emergency", "source", "external_id", "anonymous", "secrecy")}
    return {
        **filled,
        "matter": report.matter_code,
        "dissuasion": asdict(report.dissuasion) if report.dissuasion else None,
        "reporter_org": org,
        "reporter_name": report.reporter_name,
        "reporter_phone": report.reporter_phone or report.reporter_phone_given[:40],
    }


def _fingerprint(report: Report) -> str:
    """A digest of what the report says, wherever it stood in a file."""
    said = {name: value for name, value in asdict(report).items() if name not in {"row", "remarks"}}
    return hashlib.sha256(json.dumps(said, ensure_ascii=False, sort_keys=True, default=str).encode()).hexdigest()


def _why(refusal: Refusal | None) -> str:
    """The refusal in one sentence, with its fields."""
    if refusal is None:
        return ""
    fields = getattr(refusal, "fields", {})
    return ":".join([refusal.sentence, ";".join(f"{name} {said}" for name, said in fields.items())]).rstrip(":")
