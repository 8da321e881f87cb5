"""Attachments (附件): the rows, and the files addressed by their content under one folder.

A file's name on disk is its SHA-256, so nothing a sender chose reaches the file system; a sender's name is shown.
What does not live here: who may add or read one (desk).
"""

from __future__ import annotations

import hashlib
import os
import re
import unicodedata
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import datetime
from pathlib import Path
from typing import BinaryIO, ClassVar

from sqlalchemy import Connection, insert, select

from cases.errors import Malformed, Unsafe
from cases.ids import new_id
from cases.store.sheaf import table

FILES = "files"
"""The folder under the installation's home."""

PIECE = 256 * 1024
NAME_LENGTH = 120
HEAD = 64

_SIGNS: tuple[tuple[int, bytes, str], ...] = (
    (0, b"\xff\xd8\xff", "image/jpeg"),
    (0, b"\x89PNG\r\n\x1a\n", "image/png"),
    (0, b"GIF87a", "image/gif"),
    (0, b"GIF89a", "image/gif"),
    (8, b"WEBP", "image/webp"),
    (4, b"ftypheic", "image/heic"),
    (4, b"ftyp", "video/mp4"),
    (0, b"%PDF-", "application/pdf"),
    (8, b"WAVE", "audio/wav"),
    (0, b"ID3", "audio/mpeg"),
    (0, b"\xff\xfb", "audio/mpeg"),
    (0, b"#!AMR", "audio/amr"),
    (0, b"PK\x03\x04", "application/zip"),
)
"""First bytes of the kinds of file an office takes: photographs, recordings, documents. Office files are archives."""


class TooLarge(Unsafe):
    """文件过大: the file is larger than this installation takes."""

    kind: ClassVar[str] = "too_large"


class UnknownKind(Unsafe):
    """不接受的文件类型: the contents are none of the kinds taken."""

    kind: ClassVar[str] = "unsupported_media"


@dataclass(frozen=True, slots=True)
class Stored:
    """A file as it lies in the folder."""

    sha256: str
    size: int
    media_type: str


@dataclass(frozen=True, slots=True)
class Attached:
    """A file as it belongs to a case."""

    id: str
    case_id: str
    name: str
    media_type: str
    size: int
    sha256: str
    added_by: str
    added_org: str | None
    added_at: datetime


def shown_name(name: str) -> str:
    """A sender's file name made harmless: no folders, no invisible or reserved signs, not too long."""
    plain = (
        unicodedata.normalize("NFKC", name.encode("utf-8", "replace").decode()).replace("\\", "/").rsplit("/", 1)[-1]
    )
    kept = "".join(sign for sign in plain if unicodedata.category(sign)[0] != "C" and sign not in '<>:"|?*;%')
    kept = re.sub(r"\s+", " ", kept).strip(" .")
    stem, dot, ending = kept.rpartition(".")
    if dot and len(kept) > NAME_LENGTH:
        kept = f"{stem[: NAME_LENGTH - 11]}.{ending[:10]}"
    return kept[:NAME_LENGTH] or "附件"


def kind_of(head: bytes) -> str:
    """The media type the first bytes show; UnknownKind for anything else, whatever its name says."""
    for offset, sign, media_type in _SIGNS:
        if head[offset : offset + len(sign)] == sign:
            return media_type
    raise UnknownKind("不接受这种文件,请提供照片、录音录像、PDF 或办公文档")


class Folder:
    """The folder of files; ``limit`` is the largest file in bytes."""

    def __init__(self, root: Path, limit: int) -> None:
        self.root = root
        self.limit = limit

    def path(self, sha256: str) -> Path:
        """Where the file of this content lies."""
        return self.root / sha256[:2] / sha256

    def take(self, source: BinaryIO) -> Stored:
        """Stream a file in, hashing on the way; TooLarge or UnknownKind leave nothing behind."""
        self.root.mkdir(parents=True, exist_ok=True)
        draft = self.root / f"draft-{new_id()}"
        digest, size, head = hashlib.sha256(), 0, b""
        try:
            with draft.open("xb") as target:
                while piece := source.read(PIECE):
                    size += len(piece)
                    if size > self.limit:
                        raise TooLarge(f"文件超过 {self.limit} 字节", limit=self.limit)
                    head = head or piece[:HEAD]
                    digest.update(piece)
                    target.write(piece)
                target.flush()
                os.fsync(target.fileno())
            if not size:
                raise Malformed("文件是空的", {"file": "不能为空"})
            stored = Stored(digest.hexdigest(), size, kind_of(head))
            final = self.path(stored.sha256)
            final.parent.mkdir(exist_ok=True)
            draft.replace(final)
            return stored
        finally:
            draft.unlink(missing_ok=True)


def attach(connection: Connection, attached: Attached) -> None:
    """Write the row."""
    connection.execute(insert(table("attachment")).values(**asdict(attached)))


def attached_to(connection: Connection, ids: Sequence[str]) -> list[Attached]:
    """The files of these cases, oldest first."""
    files = table("attachment")
    question = select(files).where(files.c.case_id.in_(ids)).order_by(files.c.added_at, files.c.id)
    return [Attached(**row) for row in connection.execute(question).mappings()]


def attachment(connection: Connection, attachment_id: str) -> Attached | None:
    """One file's row, or None."""
    files = table("attachment")
    row = connection.execute(select(files).where(files.c.id == attachment_id)).mappings().first()
    return Attached(**row) if row else None
