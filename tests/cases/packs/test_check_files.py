"""What ``check-pack`` must see in files as such: columns, widths, encodings, manifests."""

from __future__ import annotations

from pathlib import Path

import pytest

from cases.packs.check import Finding, check_folder
from tests.cases.packs.spoiling import change, copied, line_of, only, table

DESIGNED = {"basis": "依据", "confidence": "design"}


@pytest.fixture
def city(tmp_path: Path) -> Path:
    return copied(tmp_path)


@pytest.mark.parametrize(
    ("code", "cells", "field"),
    [
        ("XF02", {"emergency_when": ""}, "emergency_when"),
        ("XF03", {"bypass_when": "火警期间"}, "bypass_when"),
        ("XF03", {"dissuaders": ""}, "dissuaders"),
        ("GA07", {"dissuaders": "property"}, "dissuaders"),
    ],
)
def test_conditions_that_do_not_fit(city: Path, code: str, cells: dict[str, str], field: str) -> None:
    path = city.parent / "base/matters.csv"
    line = line_of(path, code=code)
    change(path, line, **cells)
    only(city, "base/matters.csv", line, field)


def test_a_source_that_was_read_has_a_name(city: Path) -> None:
    path = city.parent / "base/limits.csv"
    line = line_of(path, code="P90")
    change(path, line, law="")
    only(city, "base/limits.csv", line, "law")


def test_other_columns(city: Path) -> None:
    path = city / "communities.csv"
    path.write_text(path.read_text(encoding="utf-8").replace("code,name", "code,title", 1), encoding="utf-8")
    assert only(city, "jintan/communities.csv", 1, "").right.startswith("code,name,aliases,street")


def test_a_row_of_another_width(city: Path) -> None:
    path = city / "competences.csv"
    path.write_text(path.read_text(encoding="utf-8") + "CG02,*,urban\n", encoding="utf-8")
    assert only(city, "jintan/competences.csv", len(table(path)) + 1, "").wrong == "有 3 栏"


def test_an_open_quotation_mark(city: Path) -> None:
    path = city / "competences.csv"
    path.write_text(path.read_text(encoding="utf-8") + 'CG02,*,urban,,,,"依据\n', encoding="utf-8")
    assert "不是有效的 CSV" in check_folder(city)[0].wrong


def test_another_encoding(city: Path) -> None:
    path = city / "communities.csv"
    path.write_bytes(path.read_text(encoding="utf-8").encode("gbk"))
    assert only(city, "jintan/communities.csv", 2, "").wrong == "不是 UTF-8 编码"


def test_a_byte_order_mark_is_no_fault(city: Path) -> None:
    path = city / "communities.csv"
    path.write_bytes(b"\xef\xbb\xbf" + path.read_bytes())
    assert check_folder(city) == []


def test_a_misspelt_file_name(city: Path) -> None:
    (city / "competence.csv").write_text("matter\n", encoding="utf-8")
    assert only(city, "jintan/competence.csv", 0, "").wrong == "不认识的文件名"


def test_a_table_without_rows(city: Path) -> None:
    (city.parent / "base/ladder.csv").unlink()
    only(city, "ladder.csv", 0, "")


@pytest.mark.parametrize(
    ("old", "new", "field"),
    [
        ('name = "jintan"', 'name = ""', "name"),
        ("law_as_of = 2026-11-21", 'law_as_of = "2026-11-21"', "law_as_of"),
        ('title = "', 'working_hours = ["13:30-17:30", "09:00-12:00"]\ntitle = "', "working_hours"),
        ('title = "', 'working_hours = ["9-12"]\ntitle = "', "working_hours"),
        ('title = "', 'colour = "red"\ntitle = "', "colour"),
        ('extends = "base"', 'extends = "jintan"', "extends"),
        ('extends = "base"', 'extends = "nowhere"', ""),
        ('name = "jintan"', "name = jintan", ""),
    ],
)
def test_a_faulty_manifest(city: Path, old: str, new: str, field: str) -> None:
    toml = city / "pack.toml"
    text = toml.read_text(encoding="utf-8")
    assert old in text
    toml.write_text(text.replace(old, new), encoding="utf-8")
    findings = check_folder(city)
    assert field in {one.field for one in findings}
    assert all(one.file.endswith("pack.toml") for one in findings)


def test_a_folder_without_a_pack(tmp_path: Path) -> None:
    assert any(one.wrong == "没有这个文件" for one in check_folder(tmp_path))


def test_findings_are_sorted_by_place(city: Path) -> None:
    change(city / "communities.csv", 5, street="JT-NO")
    change(city / "communities.csv", 3, street="JT-NO")
    findings = check_folder(city)
    assert [one.line for one in findings] == [3, 5]
    assert all(isinstance(one, Finding) for one in findings)
