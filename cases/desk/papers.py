"""The paper room (文书室): makes official documents, numbers them, keeps them, voids them.

Making has two steps: what the document says is checked and drawn before anything is written; then, in one short
transaction, its number is drawn, found to be the one it was drawn with, and kept together with it. If drawing fails no
number is used up; if somebody was faster it is drawn again. What does not live here: who may see a case (views, edge),
and what a document says (papers).
"""

from __future__ import annotations

import hashlib
import io
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection

from cases.desk.mediation.folder_facts import folder_facts
from cases.desk.paper_facts import Knowledge
from cases.desk.paper_parties import bears
from cases.desk.suit_papers import suit_papers
from cases.errors import Broken, Conflict, NotAllowed, NotFound, NotNow
from cases.grammar import Actor
from cases.ids import new_id
from cases.packs.schema import Pack, Paper
from cases.papers.filling import Occasion, fill
from cases.papers.press import Press, Printed
from cases.papers.sheet import Filled, Imprint
from cases.piece import Piece
from cases.ports import BEIJING
from cases.rules.wall import behind_wall, keeps, wall_between
from cases.store.attachments import Folder
from cases.store.database import Database
from cases.store.papers import Kept, Place, hold, keep, last_serial, papers_of, void
from cases.store.pieces import Pieces
from cases.store.shelf import Shelf

TRIES = 2
"""How often a document is drawn before its number is drawn, while others are faster; then drawn in its turn."""

INSIDE = "system:"
FORMATS: Mapping[str, str] = {
    "pdf": "application/pdf",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
}


@dataclass(frozen=True, slots=True)
class Wanted:
    """What is to be made: which document, with which facts (those given go before those the case knows), and of which
    document it is to be a new version, if the case may have several."""

    code: str
    facts: Mapping[str, Any]
    revises: str | None = None


@dataclass(frozen=True, slots=True)
class Commission:
    """委托: a document ready to be drawn: everything but its number. ``bears`` are the parties that stand on it."""

    piece: Piece
    paper: Paper
    filled: Filled
    short: str | None
    revises: str | None
    actor: Actor
    now: datetime
    bears: str


Also = Callable[[Connection, Kept], None]


class PaperRoom:
    """Makes and keeps documents. Shared by all threads of a process."""

    def __init__(self, database: Database, shelf: Shelf, folder: Folder, press: Press) -> None:
        self.database, self.shelf, self.folder, self.press = database, shelf, folder, press
        self._pieces = Pieces(database.kind)

    # --- what there is -------------------------------------------------------------------------------------------

    def declared(self, connection: Connection, piece: Piece, code: str) -> Paper:
        """The declaration of a document for this case; NotFound where its pack or its type has none."""
        paper = self.shelf.pack(connection, piece.pack_id).papers.get(code)
        if paper is None or piece.case_type not in paper.case_types:
            raise NotFound("这类案件没有这种文书")
        return paper

    def offered(self, connection: Connection, piece: Piece, actor: Actor) -> list[Paper]:
        """The documents this actor may make for this case."""
        every = self.shelf.pack(connection, piece.pack_id).papers.values()
        return [one for one in every if piece.case_type in one.case_types and may_make(one, actor, piece)]

    def known(self, connection: Connection, piece: Piece, code: str, actor: Actor, now: datetime) -> dict[str, Any]:
        """What the case already knows for a document, as facts to begin with."""
        paper = self.declared(connection, piece, code)
        _demand_maker(paper, actor, piece)
        return self._knowledge(connection, piece, actor, now).for_paper(paper)

    def _knowledge(self, connection: Connection, piece: Piece, actor: Actor, now: datetime) -> Knowledge:
        pack = self.shelf.pack(connection, piece.pack_id)
        parent = self._pieces.one(connection, piece.parent_id) if piece.parent_id else None
        if parent is not None and wall_between(actor, piece, parent):
            parent = None
        beside = folder_facts(connection, piece, actor) | suit_papers(connection, piece, pack)
        return Knowledge(piece, parent, pack, papers_of(connection, [piece.id]), actor, now, beside)

    # --- making ----------------------------------------------------------------------------------------------------

    def make(self, piece: Piece, wanted: Wanted, actor: Actor, now: datetime, *, also: Also | None = None) -> Kept:
        """Make, number and keep a document; PaperIncomplete when something is missing, and then nothing is written.

        ``also`` may write more in the same transaction (an idempotency record).
        """
        with self.database.reading() as connection:
            commission = self._commission(connection, piece, wanted, actor, now)
            place = self._place(connection, commission)
        for _ in range(TRIES):
            printed = self._print(commission, place)
            with self.database.writing() as connection:
                found = self._held_place(connection, commission)
                if found == place:
                    return self._keep(connection, commission, place, printed, also)
            place = found
        with self.database.writing() as connection:
            return self._make_in_turn(connection, commission, also)

    def check(self, connection: Connection, piece: Piece, wanted: Wanted, actor: Actor, now: datetime) -> None:
        """Whether a document could be made; raises what stands in its way, and makes nothing."""
        self._commission(connection, piece, wanted, actor, now)

    def make_within(self, connection: Connection, piece: Piece, wanted: Wanted, actor: Actor, now: datetime) -> Kept:
        """Make a document in a transaction that is already open, as the step of a case does; drawn in its turn."""
        return self._make_in_turn(connection, self._commission(connection, piece, wanted, actor, now), None)

    def draft(self, connection: Connection, piece: Piece, wanted: Wanted, actor: Actor, now: datetime) -> bytes:
        """The document as PDF with a watermark and without number; what is missing is marked. Nothing is kept."""
        commission = self._commission(connection, piece, wanted, actor, now, draft=True)
        return self.press.pdf(commission.filled, Imprint(now, draft=True))

    def _make_in_turn(self, connection: Connection, commission: Commission, also: Also | None) -> Kept:
        place = self._held_place(connection, commission)
        return self._keep(connection, commission, place, self._print(commission, place), also)

    def _commission(
        self, connection: Connection, piece: Piece, wanted: Wanted, actor: Actor, now: datetime, *, draft: bool = False
    ) -> Commission:
        paper = self.declared(connection, piece, wanted.code)
        _demand_maker(paper, actor, piece)
        knowledge = self._knowledge(connection, piece, actor, now)
        facts = knowledge.sealed_over(paper, {**knowledge.for_paper(paper), **wanted.facts})
        organ = _organ(paper, piece, actor)
        pack = knowledge.pack
        occasion = Occasion(now.astimezone(BEIJING).date(), _name(pack, organ), piece.number)
        filled = fill(paper, facts, occasion, draft=draft)
        short = pack.organ_short(organ or "") if paper.number else None
        if paper.number and short is None and not draft:
            raise Conflict(f"“{_name(pack, organ)}”没有登记机关代字,不能编号,请在地区包 organs.csv 中补上")
        borne = bears(connection, piece, filled)
        return Commission(piece, paper, filled, short, wanted.revises, actor, now, borne)

    def _print(self, commission: Commission, place: Place) -> Printed:
        return self.press.both(commission.filled, Imprint(commission.now, place.number, place.version))

    def _keep(
        self, connection: Connection, commission: Commission, place: Place, printed: Printed, also: Also | None
    ) -> Kept:
        """Lay both files down, then write the row: a row never names a file that is not there."""
        pdf, docx = (self.folder.take(io.BytesIO(content)) for content in (printed.pdf, printed.docx))
        kept = Kept(
            id=new_id(),
            case_id=commission.piece.id,
            code=commission.paper.code,
            title=commission.paper.title,
            ordinal=place.ordinal,
            version=place.version,
            series=place.series,
            serial=place.serial,
            number=place.number,
            pack_id=commission.piece.pack_id,
            facts_digest=commission.filled.facts_digest,
            content_digest=printed.content,
            pdf_sha256=pdf.sha256,
            pdf_size=pdf.size,
            docx_sha256=docx.sha256,
            docx_size=docx.size,
            made_at=commission.now,
            made_by=commission.actor.id,
            made_org=commission.actor.org,
            case_version=commission.piece.version,
            bears=commission.bears,
        )
        keep(connection, kept)
        if also is not None:
            also(connection, kept)
        return kept

    # --- numbers -----------------------------------------------------------------------------------------------------

    def _held_place(self, connection: Connection, commission: Commission) -> Place:
        """Where the document goes, with nobody else able to go there until this transaction ends."""
        hold(connection, f"{commission.piece.id}/{commission.paper.code}", *filter(None, [_series(commission)]))
        return self._place(connection, commission)

    def _place(self, connection: Connection, commission: Commission) -> Place:
        same = [one for one in papers_of(connection, [commission.piece.id]) if one.code == commission.paper.code]
        before = _revised(commission, same)
        if before is not None:
            version = max(one.version for one in same if one.ordinal == before.ordinal) + 1
            return Place(before.ordinal, version, before.series, before.serial, before.number)
        ordinal = max((one.ordinal for one in same), default=0) + 1
        series = _series(commission)
        if series is None:
            return Place(ordinal, 1)
        serial = last_serial(connection, series) + 1
        return Place(ordinal, 1, series, serial, _printed_number(commission, str(serial)))

    # --- afterwards ------------------------------------------------------------------------------------------------

    def void(self, connection: Connection, kept: Kept, paper: Paper, actor: Actor, reason: str, now: datetime) -> None:
        """Void a document in all its versions, for a reason; its number stays used up and is never given again."""
        _demand_maker(paper, actor)
        if not _issued_by(kept, actor):
            raise NotAllowed("只有出具单位可以作废这份文书")
        hold(connection, f"{kept.case_id}/{kept.code}")
        if not void(connection, kept, actor.id, reason, now):
            raise Conflict("这份文书已经作废")

    def may_void(self, connection: Connection, kept: Kept, actor: Actor) -> bool:
        """Whether this actor may void a document that still stands."""
        paper = self.shelf.pack(connection, kept.pack_id).papers.get(kept.code)
        return kept.voided_at is None and paper is not None and may_make(paper, actor) and _issued_by(kept, actor)

    def content(self, kept: Kept, form: str) -> bytes:
        """The file as it was kept; Broken if what lies in the folder is not what was registered."""
        digest = kept.pdf_sha256 if form == "pdf" else kept.docx_sha256
        path = self.folder.path(digest)
        content = path.read_bytes() if path.is_file() else b""
        if hashlib.sha256(content).hexdigest() != digest:
            raise Broken("文书文件与登记的校验值不符,请联系管理员", paper=kept.id)
        return content


def may_make(paper: Paper, actor: Actor, piece: Piece | None = None) -> bool:
    """Whether the actor's role makes this document, and for a case behind the wall also whether they keep it; the
    system's own hands may make any."""
    if actor.id.startswith(INSIDE):
        return True
    outside = piece is not None and behind_wall(piece) and not keeps(actor, piece)
    return not outside and not actor.roles.isdisjoint(paper.makers)


def _issued_by(kept: Kept, actor: Actor) -> bool:
    """Whether a document is the actor's own organisation's; the system's own hands may void any."""
    return kept.made_org == actor.org or actor.id.startswith(INSIDE)


def _demand_maker(paper: Paper, actor: Actor, piece: Piece | None = None) -> None:
    if not may_make(paper, actor, piece):
        raise NotAllowed(f"您的岗位不能出具《{paper.title}》")


def _organ(paper: Paper, piece: Piece, actor: Actor) -> str | None:
    """Whose document it is; NotNow where the case has nobody in that place yet."""
    if not paper.organ:
        return actor.org
    organ = actor.org if paper.organ == "actor" else getattr(piece, paper.organ)
    if organ is None:
        raise NotNow(f"还没有出具《{paper.title}》的机关")
    return organ


def _name(pack: Pack, organ: str | None) -> str:
    found = pack.organisation(organ or "")
    return found.name if found else organ or ""


def _printed_number(commission: Commission, serial: str) -> str:
    year = str(commission.now.astimezone(BEIJING).year)
    said = commission.paper.number
    for name, value in (("year", year), ("n", serial), ("organ", commission.short or "")):
        said = said.replace(f"{{{name}}}", value)
    return said


def _series(commission: Commission) -> str | None:
    """The series a number belongs to: the number as printed, without its serial."""
    return _printed_number(commission, "") if commission.short else None


def _revised(commission: Commission, same: Sequence[Kept]) -> Kept | None:
    """The document this is to be a new version of, if any."""
    if commission.revises is not None:
        found = next((one for one in same if one.id == commission.revises), None)
        if found is None:
            raise NotFound("这件案件没有这份文书")
        if found.voided_at is not None:
            raise Conflict("这份文书已经作废,不能再出新版本")
        return found
    if commission.paper.many:
        return None
    standing = [one for one in same if one.voided_at is None]
    return max(standing, key=lambda one: (one.ordinal, one.version), default=None)
