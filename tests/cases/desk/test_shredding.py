"""销毁: the files of erased content are handed out no more and go by night; what somebody else needs stays."""

from __future__ import annotations

import io
import os
from datetime import UTC, datetime
from pathlib import Path

import pytest

from cases.desk.shredding import Shredded, shred
from cases.ids import new_id
from cases.store.attachments import Attached, Folder, attach
from cases.store.shredding import erased_at
from tests.builders import OPERATOR, STATION, an_actor
from tests.cases.counter import Counter

ARCHIVIST = an_actor("钱档案", STATION, "archivist")
LATELY = datetime(2020, 1, 1, tzinfo=UTC)
"""Files laid down after this moment count as new; those of the tests are from 1970, or from the very test."""
PHOTO = b"\xff\xd8\xff\xe0 a photo"


@pytest.fixture
def folder(tmp_path: Path) -> Folder:
    return Folder(tmp_path / "files", 1000)


def rested(counter: Counter, room: str) -> str:
    case_id = counter.open(room=room).case_id
    counter.step(case_id, "decline", OPERATOR, reason="不属于受理范围")
    return case_id


def add(counter: Counter, folder: Folder, case_id: str, content: bytes) -> Path:
    """A file of a case, laid down long ago."""
    stored = folder.take(io.BytesIO(content))
    kept = Attached(
        new_id(), case_id, "照片.jpg", stored.media_type, stored.size, stored.sha256, "x", STATION, counter.now
    )
    with counter.database.writing() as connection:
        attach(connection, kept)
    path = folder.path(stored.sha256)
    os.utime(path, (0, 0))
    return path


def erase(counter: Counter, case_id: str) -> None:
    counter.step(case_id, "erase", ARCHIVIST, ground="个人信息保护法第四十七条", content=True)


def night(counter: Counter, folder: Folder) -> Shredded:
    return shred(counter.database, folder, counter.now, LATELY)


def test_a_file_goes_when_the_last_case_that_has_it_is_erased(counter: Counter, folder: Folder):
    first, second = rested(counter, "1"), rested(counter, "2")
    shared = add(counter, folder, first, PHOTO)
    add(counter, folder, second, PHOTO)
    own = add(counter, folder, first, PHOTO + b" of one case alone")
    assert night(counter, folder) == Shredded(), "nothing is destroyed that was not erased"
    erase(counter, first)
    assert night(counter, folder) == Shredded(erasures=1, files=1)
    assert (shared.exists(), own.exists()) == (True, False)
    erase(counter, second)
    assert night(counter, folder) == Shredded(erasures=1, files=1)
    assert not shared.exists()
    assert night(counter, folder) == Shredded(), "once is enough"


def test_a_file_laid_down_lately_is_left_for_the_next_night(counter: Counter, folder: Folder):
    """Somebody may be about to add the same photo to another case."""
    case_id = rested(counter, "1")
    path = add(counter, folder, case_id, PHOTO)
    os.utime(path)
    erase(counter, case_id)
    assert night(counter, folder) == Shredded(left=1)
    os.utime(path, (0, 0))
    assert night(counter, folder) == Shredded(erasures=1, files=1)


def test_what_was_removed_by_hand_does_not_stop_the_night(counter: Counter, folder: Folder):
    case_id = rested(counter, "1")
    add(counter, folder, case_id, PHOTO).unlink()
    erase(counter, case_id)
    assert night(counter, folder) == Shredded(erasures=1)


def test_only_content_takes_the_files_along_and_the_moment_is_known(counter: Counter, folder: Folder):
    case_id = rested(counter, "1")
    path = add(counter, folder, case_id, PHOTO)
    counter.step(case_id, "erase", ARCHIVIST, ground="个人信息保护法第四十七条", identity=True)
    with counter.database.reading() as connection:
        assert erased_at(connection, case_id) is None
    assert night(counter, folder) == Shredded()
    assert path.exists()
    erase(counter, case_id)
    with counter.database.reading() as connection:
        assert erased_at(connection, case_id) == counter.now
