"""The calendar on the command line: counting, and taking in a year's notice whole or not at all."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner

from api.cli import almanac, app
from cases.errors import Conflict, Malformed, PackBroken, Refusal
from cases.office import open_office
from cases.settings import Settings
from tests.cases.rules.coming_year import NOTICE, listed_2027
from tests.cases.rules.real_notices import notice_of
from tests.cases.rules.slow_count import BASE

RUN = CliRunner()
TEXT_2027 = """国务院办公厅关于2027年部分节假日安排的通知

一、元旦:1月1日(周五)至3日(周日)放假,共3天。
二、春节:2月5日(农历除夕、周五)至12日(农历正月初七、周五)放假调休,共8天。2月14日(周日)、2月20日(周六)上班。
三、清明节:4月3日(周六)至5日(周一)放假,共3天。
四、劳动节:5月1日(周六)至5日(周三)放假调休,共5天。5月8日(周六)上班。
五、端午节:6月9日(周三)放假1天,不调休。
六、中秋节:9月15日(周三)放假1天,不调休。
七、国庆节:10月1日(周五)至7日(周四)放假调休,共7天。9月26日(周日)、10月9日(周六)上班。
"""


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An installation of its own in the environment, not yet prepared."""
    monkeypatch.setenv("HUIYIN_HOME", str(tmp_path / "home"))
    monkeypatch.setenv("HUIYIN_DURABLE", "false")
    monkeypatch.setattr(almanac, "sleep", lambda _: None)
    return tmp_path


def said(*words: str) -> str:
    result = RUN.invoke(app, ["calendar", *words])
    assert result.exit_code == 0, result.output
    return result.output


def refused(*words: str) -> Refusal:
    result = RUN.invoke(app, ["calendar", *words])
    assert isinstance(result.exception, Refusal), result.output
    return result.exception


def due(start: str, rule: str) -> tuple[str, bool]:
    told = json.loads(said("add", start, rule, "--json"))
    return told["due"], told["provisional"]


def taken_in() -> list[tuple[int, int]]:
    office = open_office(Settings())
    with office.database.reading() as connection:
        found = connection.exec_driver_sql("SELECT year, revision FROM calendar_year ORDER BY id").all()
    office.close()
    return [tuple(row) for row in found]


@pytest.fixture
def file(home: Path) -> Path:
    """A table of 2027."""
    file = home / "2027.csv"
    rows = [f"{one.day},{one.kind},{one.name},{NOTICE}\n" for _, one in listed_2027()]
    file.write_text("date,kind,name,notice\n" + "".join(rows), encoding="utf-8")
    return file


def test_counting_needs_no_installation_and_makes_none(home: Path):
    text = said("add", "2026-02-13", "3wd")
    assert "计算规则:CR8:按工作日计算" in text
    assert "期限届满:2026-02-25 23:59:59" in text
    assert due("2026-11-23T11:00", "2work_h") == ("2026-11-23T14:30:00+08:00", False), "the pack's lunch break"
    assert not (home / "home").exists()


@pytest.mark.parametrize(
    ("start", "rule", "expected"),
    [
        ("2026-02-13", "3wd", "2026-02-25T23:59:59+08:00"),
        ("2026-09-01", "30d", "2026-10-08T23:59:59+08:00"),
        ("2026-09-01", "30d!", "2026-10-01T23:59:59+08:00"),
        ("2026-10-02T10:00", "24h", "2026-10-03T10:00:00+08:00"),
    ],
)
def test_the_answer_as_json(home: Path, start: str, rule: str, expected: str):
    told = json.loads(said("add", start, rule, "--json"))
    assert list(told) == ["due", "provisional", "days"]
    assert (told["due"], told["provisional"]) == (expected, False)
    assert all([type(day), type(counted), type(why)] == [str, bool, str] for day, counted, why in told["days"])
    assert [told["days"][0][0], told["days"][-1][0]] == [start[:10], expected[:10]]


def test_a_table_is_taken_in_once_and_counts_from_then_on(file: Path):
    assert due("2027-02-08", "1wd") == ("2027-02-09T23:59:59+08:00", True)
    text = said("import", str(file), "--by", "办公室")
    assert f"2027年:{NOTICE}" in text
    assert "放假 28 天,调休上班 5 天" in text
    assert "2027-02-14:改为上班(周日(暂定,2027年放假通知未收录,调休未推算) → 周日,调休上班)" in text
    assert "2027-02-09:改为放假" in text
    assert "已收录 2025 至 2027 年" in text
    assert due("2027-02-08", "1wd") == ("2027-02-14T23:59:59+08:00", False)
    assert "已经收录,没有变化" in said("import", str(file))
    assert taken_in() == [(2027, 1)]
    shown = said("list")
    assert "已收录 2025 至 2027 年" in shown
    assert f"2027年第1版:{NOTICE}" in shown
    assert "由 办公室 收录" in shown


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030"])
def test_a_notice_is_taken_in_as_text(home: Path, encoding: str):
    notice = home / "通知.txt"
    notice.write_bytes(TEXT_2027.encode(encoding))
    assert "放假 28 天,调休上班 5 天" in said("import", str(notice))
    assert due("2027-02-08", "1wd") == ("2027-02-14T23:59:59+08:00", False)


def test_a_known_year_is_replaced_only_on_purpose_and_with_a_reason(file: Path):
    said("import", str(file))
    file.write_text(file.read_text(encoding="utf-8").replace("2027-05-08", "2027-05-09"), encoding="utf-8")
    refusal = refused("import", str(file))
    assert isinstance(refusal, Conflict)
    assert "2027年的放假安排已收录,内容不同(2027-05-08、2027-05-09)" in refusal.sentence
    assert "--reason" in refused("import", str(file), "--replace").sentence
    assert taken_in() == [(2027, 1)]
    text = said("import", str(file), "--replace", "--reason", "国务院办公厅更正")
    assert "2027-05-08:改为放假(周六,调休上班 → 周六)" in text
    assert "2027-05-09:改为上班(周日 → 周日,调休上班)" in text
    assert taken_in() == [(2027, 1), (2027, 2)]
    assert "理由:国务院办公厅更正" in said("list")


def test_the_built_in_years_are_known_whether_as_table_or_as_notice(home: Path):
    notice = home / "2026.txt"
    notice.write_text(notice_of(2026), encoding="utf-8")
    for file in (notice, BASE / "calendar" / "2025.csv"):
        assert "已经收录,没有变化" in said("import", str(file))
    assert taken_in() == []


@pytest.mark.parametrize(
    ("old", "new", "kind", "sentence"),
    [
        ("2027-02-08,off,春节", "2027-02-07,off,春节", Malformed, "第8行: 2027-02-07 重复,已见于2027.csv 第7行"),
        (f"2027-02-10,off,春节,{NOTICE}\n", "", Malformed, "春节放假缺少 2027-02-10(周三)"),
        (f"2027-10-09,work,国庆节,{NOTICE}\n", "", Malformed, "相差 14 天;法定节假日为 13 天"),
        (f"2027-06-09,off,端午节,{NOTICE}\n", "", Malformed, "缺少法定假日 2027-06-09(周三,端午节)"),
        ("2027-10-09,work", "2027-10-11,work", Malformed, "2027-10-11 是周一,不是周末"),
        ("2027-10-09,work", "2028-10-08,work", PackBroken, "2028-10-08 不在2027年内"),
        ("date,kind", "day,kind", PackBroken, "列名须为"),
    ],
)  # fmt: skip
def test_a_year_that_cannot_be_right_changes_nothing(
    file: Path, old: str, new: str, kind: type[Refusal], sentence: str
):
    text = file.read_text(encoding="utf-8")
    assert old in text
    file.write_text(text.replace(old, new, 1), encoding="utf-8")
    refusal = refused("import", str(file))
    assert isinstance(refusal, kind)
    assert sentence in refusal.sentence
    assert taken_in() == []


def test_more_days_off_than_the_law_gives_need_saying_so(file: Path):
    text = file.read_text(encoding="utf-8").replace(f"2027-10-09,work,国庆节,{NOTICE}\n", "")
    file.write_text(text, encoding="utf-8")
    assert "--reason" in refused("import", str(file), "--extra-days", "1").sentence
    said("import", str(file), "--extra-days", "1", "--reason", "纪念日放假")
    assert taken_in() == [(2027, 1)]


def test_a_gap_between_years_is_refused(home: Path):
    notice = home / "2024.txt"
    notice.write_text(notice_of(2023), encoding="utf-8")
    assert "请先收录2024年的放假安排" in refused("import", str(notice)).sentence


def of(home: Path, name: str, content: bytes) -> str:
    file = home / name
    file.write_bytes(content)
    return str(file)


def test_a_file_that_is_no_text_is_refused(home: Path):
    assert "没有这个文件" in refused("import", str(home / "none.txt")).sentence
    assert "不是纯文本" in refused("import", of(home, "notice.pdf", b"%PDF-1.7 ...")).sentence
    assert "不是纯文本" in refused("import", of(home, "notice.docx", b"PK\x03\x04...")).sentence
    assert "不是纯文本" in refused("import", of(home, "notice.txt", b"\xff\xff\xff")).sentence
    assert "文件过大" in refused("import", of(home, "long.txt", b"1" * 1_000_001)).sentence
    assert "没有找到标题" in refused("import", of(home, "empty.txt", b"")).sentence
