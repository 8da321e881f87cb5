"""Destroying the files of erased content (依法销毁), by night.

A file goes when no other case has the same content. It is removed first and struck off afterwards: killed in between,
the next night finds nothing to remove. A file that was laid down lately may be on its way into another case, whose row
is not written yet, and is left for the next night. What does not live here: the erasure itself (``erasing``).
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from cases.store.attachments import Folder
from cases.store.database import Database
from cases.store.shredding import Due, digests_of, done, still_needed, waiting

BATCH = 200


@dataclass(slots=True)
class Shredded:
    """What a night came to: erasures finished, files removed, erasures left for the next night."""

    erasures: int = 0
    files: int = 0
    left: int = 0


def shred(database: Database, folder: Folder, now: datetime, laid_down_before: datetime) -> Shredded:
    """Remove the files of lawfully erased content; ``laid_down_before`` is a moment of the file system's own clock."""
    found = Shredded()
    with database.reading() as connection:
        dues = waiting(connection, BATCH)
    for due in dues:
        if _shred(database, folder, due, laid_down_before, found):
            with database.writing() as connection:
                done(connection, due, now)
            found.erasures += 1
        else:
            found.left += 1
    return found


def _shred(database: Database, folder: Folder, due: Due, laid_down_before: datetime, found: Shredded) -> bool:
    """Whether all files of an erasure are gone that nobody else needs."""
    whole = True
    for digest in _removable(database, due):
        path = folder.path(digest)
        if not path.exists():
            continue
        if path.stat().st_mtime >= laid_down_before.timestamp():
            whole = False
            continue
        path.unlink()
        found.files += 1
    return whole


def _removable(database: Database, due: Due) -> Iterator[str]:
    with database.reading() as connection:
        digests = digests_of(connection, due)
        needed = still_needed(connection, digests)
    yield from sorted(digests - needed)
