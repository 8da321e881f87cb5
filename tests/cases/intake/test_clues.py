"""The file as one: numbers given twice, progress, paths, and the sample collection."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

import pytest

from cases import packs
from cases.intake import read_clues
from cases.packs.loader import load_pack
from tests.cases.intake.stand_in import (
    AS_OF,
    PACK,
    a_file,
    a_row,
    read,
    read_rows,
    reasons,
)


def test_an_identical_row_is_a_repeat() -> None:
    reading = read_rows(a_row(), a_row(), a_row())
    assert [report.row for report in reading.reports] == [2]
    assert reading.rejected_rows == (3, 4)
    assert all("重复行：与第2行" in remark.reason for remark in reading.rejected)


def test_one_number_for_two_things_names_the_conflict() -> None:
    reading = read_rows(a_row(), a_row(room="1802", description="另一件"))
    assert reasons(reading) == [(3, "external_id")]
    assert "与第2行相同" in reading.rejected[0].reason
    assert "room、description" in reading.rejected[0].reason


def test_spelling_does_not_make_a_new_number() -> None:
    reading = read_rows(a_row(external_id="wy-1"), a_row(external_id="ＷＹ-1\u200b"))
    assert reading.rejected_rows == (3,)


def test_a_repeat_of_a_rejected_row_is_called_a_repeat_first() -> None:
    reading = read_rows(a_row(community=""), a_row(community=""))
    assert reasons(reading) == [(2, "community"), (3, "external_id"), (3, "community")]


def test_a_corrected_row_after_a_rejected_one_is_taken() -> None:
    reading = read_rows(a_row(community=""), a_row(), a_row(room="1"))
    assert [report.row for report in reading.reports] == [3]
    assert reading.rejected_rows == (2, 4)
    assert "以本行为准" in reading.remarks[0].reason


def test_the_same_text_under_another_number_is_noted() -> None:
    reading = read_rows(a_row(), a_row(external_id="WY-2"))
    assert len(reading.reports) == 2
    assert [remark.row for remark in reading.remarks] == [3]
    assert "除编号外与第2行完全相同" in reading.remarks[0].reason


def test_progress_is_told_and_ends_at_the_number_of_rows() -> None:
    told: list[int] = []
    content = a_file(*(a_row(external_id=f"WY-{n}", room=str(n)) for n in range(250)))
    read_clues(content.encode(), PACK, AS_OF, progress=told.append)
    assert told == [100, 200, 250]


def test_a_path_is_read_like_its_bytes(tmp_path: Path) -> None:
    path = tmp_path / "clues.csv"
    path.write_text(a_file(a_row()), encoding="utf-8")
    assert read_clues(path, PACK, AS_OF) == read(a_file(a_row()))
    with pytest.raises(FileNotFoundError):
        read_clues(tmp_path / "missing.csv", PACK, AS_OF)


def test_a_moment_without_offset_is_a_mistake_of_the_caller() -> None:
    with pytest.raises(ValueError, match="aware"):
        read(a_file(a_row()), as_of=datetime(2026, 11, 21))  # noqa: DTZ001 - that is the point


SAMPLE = Path(packs.__file__).parent / "jintan" / "demo" / "clues.csv"


def test_the_sample_collection_is_read_to_its_last_row() -> None:
    pack = load_pack("jintan")
    reading = read_clues(SAMPLE, pack, AS_OF)
    assert reading.rows == 300
    taken = {report.row for report in reading.reports}
    rejected = set(reading.rejected_rows)
    assert taken | rejected == set(range(2, 302))
    assert not taken & rejected
    assert len(reading.reports) == len(taken) == 287
    assert reasons(reading) == [
        (14, "external_id"),
        (39, "community"),
        (59, "matter_code"),
        (68, "community"),
        (75, "external_id"),
        (94, "found_at"),
        (131, "community"),
        (151, "matter_code"),
        (153, "found_at"),
        (210, "matter_code"),
        (218, "found_at"),
        (230, "community"),
        (295, "community"),
    ]
    assert max(len(report.description) for report in reading.reports) == 20_000
    assert read_clues(SAMPLE, pack, AS_OF) == reading
