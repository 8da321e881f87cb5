"""The report as a spreadsheet sees it."""

from __future__ import annotations

import csv
from dataclasses import replace
from pathlib import Path

import pytest

from cases.intake.suits import write_screening
from cases.intake.suits.report import reasons_of
from tests.cases.rules.screening.samples import SUIT, a_suit, screened


def read(path: Path) -> list[list[str]]:
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.reader(file))


def test_one_line_for_every_suit_in_order(tmp_path: Path) -> None:
    path = tmp_path / "report.csv"
    write_screening(path, screened(SUIT, a_suit(row=3, number="二号", room="9-1-1", address=""), replace(SUIT, row=4)))
    head, *lines = read(path)
    assert head == ["suit_no", "result", "reasons"]
    assert [line[:2] for line in lines] == [[SUIT.number, "pass"], ["二号", "repair"], [SUIT.number, "reject"]]
    assert lines[0][2] == "各项审查要点齐备，可以提交。"
    assert lines[1][2].startswith("没有被告地址，请物业公司补填")
    assert path.read_bytes().startswith(b"\xef\xbb\xbf")


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "\t", "＝"])
def test_a_number_that_is_a_formula_is_not_run(tmp_path: Path, start: str) -> None:
    path = tmp_path / "report.csv"
    write_screening(path, screened(a_suit(number=f"{start}cmd|' /C calc'!A0")))
    assert read(path)[1][0].startswith("'")


def test_reasons_are_whole_sentences_joined() -> None:
    (one,) = screened(a_suit(contract="no", fee=None, phone=""))
    parts = reasons_of(one).removesuffix("。").split("；")
    assert len(parts) == 3
    assert parts[-1].startswith("没有被告电话")


def test_a_passing_suit_may_carry_advice() -> None:
    (one,) = screened(a_suit(phone=""))
    assert reasons_of(one) == "各项审查要点齐备，可以提交；没有被告电话，建议补充，便于先行调解和送达。"


def test_the_same_answers_are_the_same_bytes_and_an_older_file_is_replaced(tmp_path: Path) -> None:
    one, other = tmp_path / "one.csv", tmp_path / "other.csv"
    other.write_text("old" * 10_000, encoding="utf-8")
    for path in (one, other):
        write_screening(path, screened(SUIT))
    assert one.read_bytes() == other.read_bytes()
    assert sorted(file.name for file in tmp_path.iterdir()) == ["one.csv", "other.csv"]


def test_a_report_that_cannot_be_finished_leaves_nothing(tmp_path: Path) -> None:
    path = tmp_path / "report.csv"
    path.write_text("kept", encoding="utf-8")

    def broken():
        yield from screened(SUIT)
        raise RuntimeError("under way")

    with pytest.raises(RuntimeError):
        write_screening(path, broken())
    assert [(file.name, file.read_text(encoding="utf-8")) for file in tmp_path.iterdir()] == [("report.csv", "kept")]
