"""Official documents at the edge (文书窗口): who may list, make, look at, fetch and void one.

Whoever may see a case sees those of its documents that are open to their standing, and makes only such; behind the seal
only the maker's own organisation sees them. A document never knows more of a case than whoever makes it. What does not
live here: making and keeping (desk), and what a document says (papers).
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

from sqlalchemy import Connection

from api.house import House
from api.shapes import encode, rows
from cases.desk.paper_parties import PartyChange, outdated_by, party_changes
from cases.desk.papers import FORMATS, PaperRoom, Wanted
from cases.desk.views import OFFICE, Reader, View, find, standing
from cases.errors import NotAllowed, NotFound
from cases.packs.paper_rows import READERS
from cases.packs.schema import Paper
from cases.papers.asking import schema_of
from cases.piece import Piece
from cases.rules.visibility import behind_seal, facts_for, may_see
from cases.store.accounts import names_of
from cases.store.idempotency import Answer, Once
from cases.store.papers import Kept, paper_kept, papers_of
from cases.store.shredding import erased_at

LISTED = ("code", "title", "en", "case_types", "makers", "readers", "number", "many", "marks", "basis", "confidence")
SHOWN = (
    "id", "case_id", "code", "title", "number", "ordinal", "version", "content_digest", "pdf_sha256", "pdf_size",
    "docx_sha256", "docx_size", "made_at", "made_by", "made_org", "voided_at", "void_reason",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Fetched:
    """A file to be handed out: its bytes, its media type, and the name to save it under."""

    content: bytes
    media_type: str
    name: str


class Papering:
    """Official documents for callers who are known."""

    def __init__(self, house: House) -> None:
        self.office = house.office
        self.room: PaperRoom = house.papers

    def declared(self) -> View:
        """Every document of the pack in force, with what it asks for."""
        return rows([shown_paper(one) for one in self.office.pack.papers.values()])

    def listed(self, reader: Reader, case_id: str) -> View:
        """The documents of a case the reader may see, and those they may make."""
        with self.office.database.reading() as connection:
            piece = find(connection, self.office.desk.pieces, case_id, reader)
            kept = [one for one in papers_of(connection, [piece.id]) if self._open(connection, one, piece, reader)]
            offered = self.room.offered(connection, piece, reader.actor)
            changes = party_changes(connection, piece) if kept else []
        newest: dict[tuple[str, int], int] = {}
        for one in kept:
            newest[one.code, one.ordinal] = max(one.version, newest.get((one.code, one.ordinal), 0))
        items = [
            shown_kept(one, current=newest[one.code, one.ordinal] == one.version, since=outdated_by(one, changes))
            for one in kept
        ]
        return rows(items, offered=[{"code": one.code, "name": one.title, "name_en": one.en} for one in offered])

    def voids(self, reader: Reader, case_id: str) -> View:
        """Of the documents of a case: the ids of those the reader may void, and who voided which (names by id)."""
        with self.office.database.reading() as connection:
            piece = find(connection, self.office.desk.pieces, case_id, reader)
            kept = [one for one in papers_of(connection, [piece.id]) if self._open(connection, one, piece, reader)]
            names = names_of(connection, [one.voided_by for one in kept if one.voided_by])
            may = frozenset(one.id for one in kept if self.room.may_void(connection, one, reader.actor))
        return {"may": may, "by": {one.id: names.get(one.voided_by, "") for one in kept if one.voided_at}}

    def one(self, reader: Reader, paper_id: str) -> View:
        """A document the reader may see."""
        with self.office.database.reading() as connection:
            kept, piece = self._seen(connection, reader, paper_id)
            return shown_kept(kept, since=outdated_by(kept, party_changes(connection, piece)))

    def asked(self, reader: Reader, case_id: str, code: str) -> View:
        """What a document asks for, and what the case knows of it already; for whoever may make it."""
        with self.office.database.reading() as connection:
            piece = self._at_hand(connection, case_id, code, reader)
            facts = self.room.known(connection, piece, code, reader.actor, self.office.clock.now())
            return {**shown_paper(self.room.declared(connection, piece, code)), "facts": facts}

    def make(self, reader: Reader, case_id: str, wanted: Wanted, once: Once) -> Answer:
        """Make a document."""
        return once.settle(self.office.database, lambda: self._make(reader, case_id, wanted, once))

    def _make(self, reader: Reader, case_id: str, wanted: Wanted, once: Once) -> Answer:
        now = self.office.clock.now()
        with self.office.database.reading() as connection:
            piece = self._at_hand(connection, case_id, wanted.code, reader)

        def remember(connection: Connection, kept: Kept) -> None:
            once.keep_now(connection, Answer(201, encode(shown_kept(kept))), now)

        return Answer(201, encode(shown_kept(self.room.make(piece, wanted, reader.actor, now, also=remember))))

    def draft(self, reader: Reader, case_id: str, wanted: Wanted) -> Fetched:
        """The document as a draft: watermark, no number, nothing kept."""
        with self.office.database.reading() as connection:
            piece = self._at_hand(connection, case_id, wanted.code, reader)
            content = self.room.draft(connection, piece, wanted, reader.actor, self.office.clock.now())
            title = self.room.declared(connection, piece, wanted.code).title
        return Fetched(content, FORMATS["pdf"], f"草稿-{title}.pdf")

    def fetch(self, reader: Reader, paper_id: str, form: str) -> Fetched:
        """A document as it was kept."""
        with self.office.database.reading() as connection:
            kept, _ = self._seen(connection, reader, paper_id)
            at = erased_at(connection, kept.case_id)
        if at is not None and kept.made_at <= at:
            raise NotFound("这份文书已依法删除", case=paper_id[:64])
        name = f"{kept.title}{kept.number}" + (f"-{kept.version}" if kept.version > 1 else "")
        return Fetched(self.room.content(kept, form), FORMATS[form], f"{name}.{form}")

    def void(self, reader: Reader, paper_id: str, reason: str) -> View:
        """Void a document for a reason."""
        with self.office.database.writing() as connection:
            kept, piece = self._seen(connection, reader, paper_id)
            paper = self.room.declared(connection, piece, kept.code)
            self.room.void(connection, kept, paper, reader.actor, reason, self.office.clock.now())
            again = paper_kept(connection, paper_id)
            assert again is not None
            return shown_kept(again, since=outdated_by(again, party_changes(connection, piece)))

    def _at_hand(self, connection: Connection, case_id: str, code: str, reader: Reader) -> Piece:
        """The case with only what the reader may know of it, for a document that is open to them."""
        piece = find(connection, self.office.desk.pieces, case_id, reader)
        paper = self.room.declared(connection, piece, code)
        if standing(piece, reader) not in paper.readers:
            raise NotAllowed(f"您不能为这件案件出具《{paper.title}》")
        pack = self.office.desk.shelf.pack(connection, piece.pack_id)
        return replace(piece, facts=facts_for(piece, reader.kind, pack))

    def _seen(self, connection: Connection, reader: Reader, paper_id: str) -> tuple[Kept, Piece]:
        """The document and its case; NotFound when there is none, and just the same when it is not the reader's."""
        kept = paper_kept(connection, paper_id)
        piece = self.office.desk.pieces.one(connection, kept.case_id) if kept else None
        if kept is None or piece is None or not may_see(reader.actor, piece):
            raise NotFound("没有这份文书", case=paper_id[:64])
        if not self._open(connection, kept, piece, reader):
            raise NotFound("没有这份文书", case=paper_id[:64])
        return kept, piece

    def _open(self, connection: Connection, kept: Kept, piece: Piece, reader: Reader) -> bool:
        """Whether a document of a case is open to somebody who may see the case."""
        place = standing(piece, reader)
        mine = reader.actor.org is not None and kept.made_org == reader.actor.org
        if place not in READERS or behind_seal(piece, reader.kind):
            return mine and place in READERS
        paper = self.office.desk.shelf.pack(connection, kept.pack_id).papers.get(kept.code)
        # A voided document was never meant for the people it speaks to.
        hidden = kept.voided_at is not None and place != OFFICE
        return mine or (paper is not None and place in paper.readers and not hidden)


def shown_paper(paper: Paper) -> View:
    """A declaration as it is listed."""
    return {**{name: getattr(paper, name) for name in LISTED}, "note": paper.note, "schema": schema_of(paper)}


def shown_kept(kept: Kept, *, current: bool = True, since: PartyChange | None = None) -> dict[str, Any]:
    """A document as it is listed; ``current``: no later version was made; ``since``: what was put right of a party on
    it after it was made. The document itself stays as it is."""
    view: dict[str, Any] = {name: getattr(kept, name) for name in SHOWN}
    links = {form: f"/api/v1/papers/{kept.id}.{form}" for form in FORMATS}
    view |= {"current": current and kept.voided_at is None, "links": links, "party_change": None}
    if since is not None:
        label, label_en = since.said
        view["party_change"] = {"verb": since.verb, "at": since.at, "label": label, "label_en": label_en}
    return view
