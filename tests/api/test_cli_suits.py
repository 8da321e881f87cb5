"""``huiyin import suits``: a report for every batch, a sentence for everything that is none."""

from __future__ import annotations

import csv
import shutil
from pathlib import Path

import pytest
from typer.testing import CliRunner

from api.cli import app, main
from cases.errors import Malformed, Refusal

RUN = CliRunner()
BATCH = Path(__file__).parents[1] / "cases/rules/screening/suits_batch.csv"
DAY = ("--as-of", "2026-11-21")


@pytest.fixture
def file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The batch in a folder of its own; the installation named in the environment does not exist."""
    monkeypatch.setenv("HUIYIN_HOME", str(tmp_path / "no-installation"))
    return Path(shutil.copy(BATCH, tmp_path / "batch.csv"))


def said(*words: str) -> str:
    result = RUN.invoke(app, ["import", "suits", *words])
    assert result.exit_code == 0, (result.output, result.exception)
    return result.output


def refused(*words: str) -> Refusal:
    result = RUN.invoke(app, ["import", "suits", *words])
    assert isinstance(result.exception, Refusal), result.output
    return result.exception


def rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8-sig", newline="") as lines:
        return list(csv.DictReader(lines))


def test_every_row_is_answered_in_order_without_an_installation(file: Path, tmp_path: Path):
    report = tmp_path / "out.csv"
    text = said(str(file), "--report", str(report), *DAY)
    answers = rows(report)
    given = [row["suit_no"] for row in rows(file)]
    assert [row["suit_no"] for row in answers] == given
    assert len(given) == 289
    assert {row["result"] for row in answers} == {"pass", "repair", "reject"}
    assert all(row["reasons"].endswith("。") for row in answers)
    for number in ("189", "62", "38", "289"):
        assert number in text
    assert not (tmp_path / "no-installation").exists()


def test_the_same_file_twice_is_the_same_report(file: Path, tmp_path: Path):
    first, second = tmp_path / "first.csv", tmp_path / "second.csv"
    for report in (first, second):
        said(str(file), "--report", str(report), *DAY)
    assert first.read_bytes() == second.read_bytes()


def test_the_report_has_a_place_of_its_own(file: Path):
    assert "batch.report.csv" in said(str(file)).replace("\n", "")
    assert len(rows(file.with_suffix(".report.csv"))) == 289


def test_rejected_rows_are_no_failure(file: Path):
    lines = file.read_text(encoding="utf-8").splitlines()
    file.write_text("\n".join([lines[0], lines[4]]), encoding="utf-8")  # paid: to be rejected
    said(str(file), *DAY)
    assert [row["result"] for row in rows(file.with_suffix(".report.csv"))] == ["reject"]


def test_the_day_decides(file: Path):
    said(str(file), "--as-of", "2026-06-30")
    early = rows(file.with_suffix(".report.csv"))[2]
    assert early["result"] == "repair"
    assert "晚于审查之日" in early["reasons"]


def test_what_is_no_batch_is_refused_in_a_sentence(file: Path, tmp_path: Path):
    assert "没有这个文件" in refused(str(tmp_path / "none.csv")).sentence
    assert "没有这个文件" in refused(str(tmp_path)).sentence
    file.write_bytes(b"suit_no,notes\n1,2\n")
    broken = refused(str(file))
    assert isinstance(broken, Malformed)
    assert "不符合诉状批次格式" in broken.sentence
    assert "room" in broken.fields
    assert not file.with_suffix(".report.csv").exists()


def test_a_report_that_cannot_be_written_is_said(file: Path, tmp_path: Path):
    assert "无法写入报告" in refused(str(file), "--report", str(tmp_path / "no" / "out.csv"), *DAY).sentence
    assert "本身" in refused(str(file), "--report", str(file)).sentence
    assert file.read_bytes() == BATCH.read_bytes()


def test_a_refusal_ends_with_two(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]):
    monkeypatch.setattr("sys.argv", ["huiyin", "import", "suits", str(tmp_path / "none.csv")])
    with pytest.raises(SystemExit) as end:
        main()
    assert end.value.code == 2
    assert "没有这个文件" in capsys.readouterr().err


def test_import_names_both_kinds_of_files():
    text = RUN.invoke(app, ["import", "--help"]).output
    assert "clues" in text
    assert "suits" in text
