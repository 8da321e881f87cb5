"""Whole files: encodings, headers, broken lines, enormous cells."""

from __future__ import annotations

import csv

import pytest

from cases.errors import Malformed
from cases.intake import reading as reading_module
from cases.intake.findings import COLUMNS
from tests.cases.intake.stand_in import a_file, a_row, read, reasons

PLAIN = a_file(a_row(), a_row(external_id="WY-2", description="第二件"))
HEADER = ",".join(COLUMNS)


def a_line(**changed: str) -> str:
    return a_file(a_row(**changed)).split("\n", 1)[1].rstrip("\n")


@pytest.mark.parametrize(
    ("content", "note"),
    [
        (PLAIN.encode(), None),
        (PLAIN.encode("utf-8-sig"), "BOM"),
        (PLAIN.encode("gb18030"), "GB18030"),
        (PLAIN.encode("utf-16"), "UTF-16"),
        (b"\xfe\xff" + PLAIN.encode("utf-16-be"), "UTF-16"),
        (PLAIN.replace("\n", "\r\n").encode(), None),
        (PLAIN.replace("\n", "\r").encode(), None),
        (("\n\n" + PLAIN + "\n \n" + "," * 21 + "\n").encode(), None),
    ],
)
def test_encodings_and_line_ends(content: bytes, note: str | None) -> None:
    reading = read(content)
    assert [report.description for report in reading.reports] == ["露台搭阳光房。", "第二件"]
    assert reading.rows == 2
    notes = [remark for remark in reading.remarks if remark.row == 0]
    assert [note in remark.reason for remark in notes if note] == ([True] if note else [])
    assert len(notes) == (1 if note else 0)


@pytest.mark.parametrize("delimiter", ["\t", ";"])
def test_a_spreadsheet_may_use_another_delimiter(delimiter: str) -> None:
    line = a_line(evidence="a.jpg").replace(",", delimiter)
    reading = read(f"{HEADER.replace(',', delimiter)}\n{line}\n")
    assert [report.evidence for report in reading.reports] == [("a.jpg",)]
    assert reading.remarks[0].field == "文件"


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"", "空"),
        (b" \n\r\n\t", "空"),
        ("\ufeff".encode(), "空"),
        (HEADER.encode(), "没有线索报告"),
        (PLAIN.encode() + b"\0", "NUL"),
        (PLAIN.encode("utf-32"), "NUL"),
        (b"\xef\xbb\xbf" + PLAIN.encode("gb18030"), "编码"),
        (b"\xff\xfe\x00", "编码"),
        (b"\x81", "编码"),
        (PLAIN.encode()[:-9], "已损坏"),
        (PLAIN.encode().replace("露台".encode(), "露台".encode()[:-1]), "已损坏"),
        (('"' + PLAIN).encode(), "列名"),
    ],
)
def test_files_that_cannot_be_used_say_why(content: bytes, words: str) -> None:
    with pytest.raises(Malformed) as refusal:
        read(content)
    assert words in refusal.value.sentence


def test_header_faults_name_their_columns() -> None:
    header = HEADER.replace("found_at", "found").replace("lat,", "lng,")
    with pytest.raises(Malformed) as refusal:
        read(f"{header},\n{a_line()}\n")
    assert set(refusal.value.fields) == {"found_at", "lat", "found", "lng", "（空列名）"}
    assert "缺少列：lat、found_at" in refusal.value.sentence


def test_columns_may_stand_in_any_order_and_carry_spaces_or_capitals() -> None:
    names = list(reversed(COLUMNS))
    row = a_row()
    header = ",".join(f" {name.upper()}\u200b" for name in names)
    reading = read(f"{header}\n{','.join(row[name] for name in names)}\n")
    assert [report.room for report in reading.reports] == ["1801"]


def test_a_broken_line_does_not_take_its_neighbours_with_it() -> None:
    lines = [
        a_line(external_id="A"),
        'B,property,"no end,,,',
        a_line(external_id="C"),
        "D,too,few",
        a_line(external_id="E") + ",too,many",
        a_line(external_id="F", description='说:"走",\n又来'),
        a_line(external_id="G").replace("CG01", '"CG"01'),
        a_line(external_id="H"),
        'I,"open to the end',
    ]
    reading = read("\n".join([HEADER, *lines]))
    assert [report.external_id for report in reading.reports] == ["A", "C", "F", "H"]
    assert reading.reports[2].description == '说:"走",\n又来'
    assert reasons(reading) == [(row, "整行") for row in (3, 5, 6, 8, 10)]
    assert [remark.external_id for remark in reading.rejected] == ["B", "D", "E", "G", "I"]
    assert "22 列，实有 3 列" in reading.rejected[1].reason
    assert reading.rows == 9


def test_a_row_with_the_wrong_number_of_columns_smuggles_nothing_in() -> None:
    forged = a_line(external_id="FORGED")
    reading = read(f'{HEADER}\nA,"text\n{forged}\n",short\n{a_line(external_id="B")}\n')
    assert [report.external_id for report in reading.reports] == ["B"]
    assert reasons(reading) == [(2, "整行")]


@pytest.mark.parametrize("name", ["description", "community", "external_id", "evidence"])
@pytest.mark.parametrize("filling", ["长", '"', "\n", ","])
def test_a_ten_megabyte_cell_costs_one_row(name: str, filling: str) -> None:
    limit = csv.field_size_limit()
    size = 10 * 1024 * 1024 // len(filling.encode())
    reading = read(a_file(a_row(), a_row(**{"external_id": "WY-2", name: filling * size}), a_row(external_id="WY-3")))
    assert [report.external_id for report in reading.reports] == ["WY-261001-001", "WY-3"]
    assert reasons(reading) == [(3, name)]
    assert str(size) in reading.rejected[0].reason
    assert csv.field_size_limit() == limit


JUNK = {
    "commas": "," * 3_000_000,
    "empty quotes": '"",' * 1_000_000,
    "two lines each": '"b\n"\n' * 50_000,
    "broken lines": '"a\n' * 50_001,
}


@pytest.mark.parametrize("junk", JUNK.values(), ids=JUNK.keys())
def test_junk_is_read_in_time_that_grows_with_its_size(junk: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reading_module, "MAX_ROWS", 10**9)
    reading = read(f"{HEADER}\n{a_line()}\n{junk}")
    assert len(reading.reports) == 1
    assert reading.rejected_rows[0] == 3


def test_limits_on_the_whole_file(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reading_module, "MAX_ROWS", 1)
    with pytest.raises(Malformed, match="超过 1 行"):
        read(PLAIN)
    monkeypatch.setattr(reading_module, "MAX_BYTES", 1024 * 1024)
    with pytest.raises(Malformed, match="超过 1 MB"):
        read(b"a" * (1024 * 1024 + 1))
