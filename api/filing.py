"""Files of a case (附件登记): who may add one, who may list and read it.

A department sees the files of its own task and those of the report; whoever reported sees what they added; what the
police added to a sealed task only the police see. What does not live here: the folder and the rows (store).
"""

from __future__ import annotations

from pathlib import Path
from typing import BinaryIO

from sqlalchemy import Connection

from api.house import House
from api.shapes import rows
from cases.desk.views import DEPARTMENT, OFFICE, OUTSIDE, Reader, View, find, standing, with_reports
from cases.errors import Conflict, NotAllowed, NotFound, NotNow
from cases.ids import new_id
from cases.piece import Piece
from cases.rules.visibility import behind_seal, may_see
from cases.rules.wall import behind_wall, keeps
from cases.store.attachments import Attached, attach, attached_to, attachment, shown_name
from cases.store.shredding import erased_at

MOST_FILES = 200


class Filing:
    """Adds and hands out files."""

    def __init__(self, house: House) -> None:
        self.house = house
        self.office = house.office

    def add(self, reader: Reader, case_id: str, name: str, source: BinaryIO) -> View:
        """Add a file to a case that is still open."""
        with self.office.database.reading() as connection:
            self._may_add(connection, reader, case_id)
        stored = self.house.folder.take(source)
        now = self.office.clock.now()
        with self.office.database.writing() as connection:
            piece = self._may_add(connection, reader, case_id)
            actor = reader.actor
            kept = (shown_name(name), stored.media_type, stored.size, stored.sha256)
            attached = Attached(new_id(), piece.id, *kept, actor.id, actor.org, now)
            attach(connection, attached)
        return shown(attached)

    def takes(self, reader: Reader, case_id: str) -> bool:
        """Whether the reader may add a file to the case now."""
        with self.office.database.reading() as connection:
            try:
                self._may_add(connection, reader, case_id)
            except (NotAllowed, NotNow, Conflict):
                return False
        return True

    def _may_add(self, connection: Connection, reader: Reader, case_id: str) -> Piece:
        piece = find(connection, self.office.desk.pieces, case_id, reader)
        if standing(piece, reader) == OUTSIDE:
            raise NotAllowed("调解材料由受理的调解委员会保管")
        if standing(piece, reader) == OFFICE and not reader.at_desk and not keeps(reader.actor, piece):
            raise NotAllowed("督办、审计岗位不能添加材料")
        if not piece.is_open:
            raise NotNow("案件已经办结,不能再添加材料")
        if len(attached_to(connection, [piece.id])) >= MOST_FILES:
            raise Conflict(f"一件案件最多 {MOST_FILES} 份材料")
        return piece

    def listed(self, reader: Reader, case_id: str) -> View:
        """The files of a case the reader may see."""
        with self.office.database.reading() as connection:
            piece = find(connection, self.office.desk.pieces, case_id, reader)
            ids = [piece.id]
            if standing(piece, reader) == DEPARTMENT and piece.parent_id:
                parent = self.office.desk.pieces.one(connection, piece.parent_id)
                ids += [parent.id] if parent is not None and not behind_wall(parent) else []
            files = [one for one in attached_to(connection, ids) if not _shredded(connection, one)]
        return rows([shown(one) for one in files if one.case_id != piece.id or _open_to(one, piece, reader)])

    def one(self, reader: Reader, attachment_id: str) -> tuple[Attached, Path]:
        """A file and where it lies; NotFound when there is none, or it is not the reader's to see."""
        with self.office.database.reading() as connection:
            found = attachment(connection, attachment_id)
            if found is None or not self._sees(connection, found, reader):
                raise NotFound("没有这份材料", case=attachment_id[:64])
            if _shredded(connection, found):
                raise NotFound("这份材料已依法删除", case=attachment_id[:64])
        return found, self.house.folder.path(found.sha256)

    def _sees(self, connection: Connection, found: Attached, reader: Reader) -> bool:
        pieces = self.office.desk.pieces
        piece = pieces.one(connection, found.case_id)
        if piece is None:
            return False
        with_reports(connection, pieces, [piece])
        if may_see(reader.actor, piece):
            return _open_to(found, piece, reader)
        if behind_wall(piece):
            return False
        tasks = pieces.many(connection, [piece.id], by="parent_id")
        return any(may_see(reader.actor, task) and standing(task, reader) == DEPARTMENT for task in tasks)


def _shredded(connection: Connection, one: Attached) -> bool:
    """Whether a file went with the content of its case."""
    at = erased_at(connection, one.case_id)
    return at is not None and one.added_at <= at


def _open_to(one: Attached, piece: Piece, reader: Reader) -> bool:
    """Whether a file of a case is open to somebody who may see the case."""
    mine = reader.actor.org is not None and one.added_org == reader.actor.org
    if behind_seal(piece, reader.kind):
        return mine
    return mine or standing(piece, reader) in {OFFICE, DEPARTMENT}


def shown(one: Attached) -> View:
    """A file as it is listed."""
    view: View = {"id": one.id, "name": one.name, "media_type": one.media_type}
    return {**view, "size": one.size, "sha256": one.sha256, "added_at": one.added_at, "added_org": one.added_org}
