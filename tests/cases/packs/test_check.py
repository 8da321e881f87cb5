"""One defect in a copy of the packs, one finding, at its place: what ``check-pack`` must see."""

from __future__ import annotations

from pathlib import Path

import pytest

from cases.packs.check import check_folder
from cases.packs.reading import BUNDLED
from tests.cases.packs.spoiling import add, change, copied, line_of, only, table, write

DESIGNED = {"basis": "依据", "confidence": "design"}


@pytest.fixture
def city(tmp_path: Path) -> Path:
    return copied(tmp_path)


@pytest.mark.parametrize("name", ["base", "jintan", "chizhou"])
def test_bundled_packs_are_without_findings(name: str) -> None:
    assert check_folder(BUNDLED / name) == []


def test_a_finding_says_where_and_what(city: Path) -> None:
    change(city / "organisations.csv", 3, sample="maybe")
    found = only(city, "jintan/organisations.csv", 3, "sample")
    assert str(found) == "jintan/organisations.csv 第3行「sample」栏:「maybe」不在可选值中;应为:yes、no之一"


@pytest.mark.parametrize(
    ("file", "field", "value"),
    [
        ("matters.csv", "code", "xf1"),
        ("matters.csv", "name", ""),
        ("matters.csv", "severity", "5"),
        ("matters.csv", "emergency", "perhaps"),
        ("matters.csv", "bypass", "sometimes"),
        ("matters.csv", "dissuasion", "optional"),
        ("matters.csv", "dissuaders", "mayor"),
        ("matters.csv", "route", "guess"),
        ("matters.csv", "sealed", "1"),
        ("matters.csv", "confidence", "certain"),
        ("matters.csv", "valid_from", "2026-02-30"),
        ("matters.csv", "valid_to", "20260101"),
        ("matters.csv", "keywords", "飞线;;充电"),
        ("matters.csv", "assist", "street;street"),
        ("limits.csv", "amount", "0"),
        ("limits.csv", "amount", "-3"),
        ("limits.csv", "amount", "three"),
        ("limits.csv", "amount", ""),
        ("limits.csv", "unit", ""),
        ("limits.csv", "unit", "weeks"),
        ("limits.csv", "basis", ""),
        ("limits.csv", "confidence", ""),
        ("clocks.csv", "emergency", "urgent"),
        ("ladder.csv", "at", "120%"),
        ("ladder.csv", "at", "due+1"),
        ("ladder.csv", "level", "9"),
        ("ladder.csv", "deed", "shout"),
        ("ladder.csv", "tell", "everybody"),
        ("wording.csv", "en", ""),
    ],
)
def test_unreadable_cells_of_the_base(city: Path, file: str, field: str, value: str) -> None:
    path = city.parent / "base" / file
    last = len(table(path)) + 1
    change(path, last, **{field: value})
    findings = check_folder(city)
    assert ("base/" + file, last, field) in {(one.file, one.line, one.field) for one in findings}


@pytest.mark.parametrize(
    ("file", "field", "value"),
    [
        ("organisations.csv", "kind", "ministry"),
        ("organisations.csv", "code", "jt 1"),
        ("communities.csv", "lng", "119,5"),
        ("communities.csv", "street", ""),
        ("competences.csv", "matter", "飞线"),
        ("competences.csv", "street", "金城镇"),
        ("competences.csv", "valid_to", "tomorrow"),
    ],
)
def test_unreadable_cells_of_the_city(city: Path, file: str, field: str, value: str) -> None:
    last = len(table(city / file)) + 1
    change(city / file, last, **{field: value})
    only(city, "jintan/" + file, last, field)


@pytest.mark.parametrize(
    ("file", "field", "value", "said"),
    [
        ("base/matters.csv", "lead", "wizards", "没有职责「wizards」"),
        ("base/matters.csv", "assist", "street;wizards", "没有职责「wizards」"),
        ("base/matters.csv", "limits", "V3;V4", "没有期限「V4」"),
        ("base/clocks.csv", "limit", "ST-NEVER", "没有期限「ST-NEVER」"),
        ("base/clocks.csv", "matter", "QQ*", "没有事项「QQ*」"),
        ("base/clocks.csv", "limits_class", "V4", "没有期限「V4」"),
        ("jintan/organisations.csv", "duties", "wizards", "没有职责「wizards」"),
        ("jintan/organisations.csv", "streets", "JT-NO", "没有街道「JT-NO」"),
        ("jintan/organisations.csv", "parent", "JT-NO", "没有机构「JT-NO」"),
        ("jintan/communities.csv", "street", "JT-NO", "没有街道「JT-NO」"),
        ("jintan/communities.csv", "property_org", "JT-NO", "没有机构「JT-NO」"),
        ("jintan/competences.csv", "matter", "QQ01", "没有事项「QQ01」"),
        ("jintan/competences.csv", "street", "JT-NO", "没有街道「JT-NO」"),
        ("jintan/competences.csv", "duty_lead", "wizards", "没有职责「wizards」"),
        ("jintan/competences.csv", "assist", "wizards", "没有职责「wizards」"),
    ],
)
def test_unknown_references(city: Path, file: str, field: str, value: str, said: str) -> None:
    path = city.parent / file
    last = len(table(path)) + 1
    change(path, last, **{field: value})
    assert only(city, file, last, field).wrong == said


def test_a_rung_of_an_unknown_clock(city: Path) -> None:
    rung = {"clock": "tea", "n": "1", "at": "due", "level": "1", "deed": "overdue"}
    every = dict.fromkeys(("case_type", "matter", "severity", "emergency"), "*")
    line = add(city.parent / "base/ladder.csv", **rung, **every)
    only(city, "base/ladder.csv", line, "clock")


def test_a_kind_without_words(city: Path) -> None:
    path = city.parent / "base/wording.csv"
    write(path, [row for row in table(path) if row["key"] != "kind.fire"])
    assert only(city, "jintan/organisations.csv", line_of(city / "organisations.csv", kind="fire"), "kind").wrong == (
        "没有用语「kind.fire」"
    )


def test_the_sealed_sentence_is_needed(city: Path) -> None:
    path = city.parent / "base/wording.csv"
    write(path, [row for row in table(path) if row["key"] != "sealed"])
    only(city, "wording.csv", 0, "key")


@pytest.mark.parametrize("file", ["matters.csv", "limits.csv", "clocks.csv", "ladder.csv", "laws.csv", "wording.csv"])
def test_duplicates_in_the_base(city: Path, file: str) -> None:
    path = city.parent / "base" / file
    rows = table(path)
    write(path, [*rows, rows[0]])
    found = check_folder(city)
    assert [(one.file, one.line, one.wrong) for one in found] == [(f"base/{file}", len(rows) + 2, "与第2行重复")]


@pytest.mark.parametrize("file", ["organisations.csv", "communities.csv", "competences.csv"])
def test_duplicates_in_the_city(city: Path, file: str) -> None:
    rows = table(city / file)
    write(city / file, [*rows, rows[0]])
    found = check_folder(city)
    assert [(one.line, one.wrong) for one in found] == [(len(rows) + 2, "与第2行重复")]


def test_validity_that_runs_backward(city: Path) -> None:
    line = line_of(city / "competences.csv", matter="CG10")
    change(city / "competences.csv", line, valid_from="2026-07-01", valid_to="2026-06-30")
    only(city, "jintan/competences.csv", line, "valid_to")


def test_a_law_repealed_before_it_was_in_force(city: Path) -> None:
    path = city.parent / "base/laws.csv"
    line = line_of(path, law="民法典")
    change(path, line, repealed="2020-01-01")
    assert ("base/laws.csv", line, "repealed") in {(one.file, one.line, one.field) for one in check_folder(city)}


def test_two_designated_leads_on_one_day(city: Path) -> None:
    path = city / "competences.csv"
    line = add(path, matter="CG10", street="JT-JC", duty_lead="market", valid_from="2026-06-30", **DESIGNED)
    assert "有效期重叠" in only(city, "jintan/competences.csv", line, "duty_lead").wrong


def test_designations_one_after_the_other_do_not_overlap(city: Path) -> None:
    add(
        city / "competences.csv", matter="CG10", street="JT-JC", duty_lead="market", valid_from="2026-07-01", **DESIGNED
    )
    assert check_folder(city) == []


def test_a_matter_without_a_lead(city: Path) -> None:
    change(city / "organisations.csv", line_of(city / "organisations.csv", kind="health"), duties="")
    line = line_of(city.parent / "base/matters.csv", code="WS01")
    assert "有 0 个承担「health」的机构" in only(city, "base/matters.csv", line, "lead").wrong


def test_a_matter_with_two_leads(city: Path) -> None:
    change(city / "organisations.csv", line_of(city / "organisations.csv", kind="water"), duties="water;health")
    line = line_of(city.parent / "base/matters.csv", code="WS01")
    assert "有 2 个承担「health」的机构" in only(city, "base/matters.csv", line, "lead").wrong


def test_a_matter_without_a_lead_only_while_a_designation_lasts(city: Path) -> None:
    span = {"valid_from": "2027-01-01", "valid_to": "2027-01-31"}
    add(city / "competences.csv", matter="CG09", street="JT-RL", duty_lead="court", **span, **DESIGNED)
    line = line_of(city.parent / "base/matters.csv", code="CG09")
    assert "JT-RL(2027-01-01)" in only(city, "base/matters.csv", line, "lead").wrong


def test_a_street_without_a_station(city: Path) -> None:
    path = city / "organisations.csv"
    write(path, [row for row in table(path) if row["code"] != "JT-RL-ZD"])
    only(city, "jintan/organisations.csv", line_of(path, code="JT-RL"), "code")


def test_a_street_with_two_stations(city: Path) -> None:
    path = city / "organisations.csv"
    line = line_of(path, code="JT-RL-ZD")
    change(path, line, streets="JT-RL;JT-JC")
    only(city, "jintan/organisations.csv", line, "streets")


def test_one_name_for_two_communities(city: Path) -> None:
    line = line_of(city / "communities.csv", name="泊云府")
    change(city / "communities.csv", line, aliases="锦澜 花苑")
    only(city, "jintan/communities.csv", line, "aliases")


def test_a_ladder_that_does_not_climb(city: Path) -> None:
    path = city.parent / "base/ladder.csv"
    line = line_of(path, clock="*", emergency="no", at="due+5wd")
    change(path, line, at="due+4h")
    found = check_folder(city)
    assert [(one.file, one.line, one.field) for one in found] == [("base/ladder.csv", line, "at")]


def test_a_ladder_that_grows_milder(city: Path) -> None:
    path = city.parent / "base/ladder.csv"
    line = line_of(path, clock="*", emergency="no", at="due+10wd")
    change(path, line, level="1")
    only(city, "base/ladder.csv", line, "at")


@pytest.mark.parametrize("law", ["噪声污染防治法77", "《中华人民共和国环境噪声污染防治法》58", "大气污染防治法118"])
def test_a_dead_law_cited_by_a_matter(city: Path, law: str) -> None:
    path = city.parent / "base/matters.csv"
    line = line_of(path, code="HJ02")
    change(path, line, law=law)
    assert "已废止" in only(city, "base/matters.csv", line, "law").wrong


def test_a_dead_law_cited_by_a_limit_a_designation_and_a_phrase(city: Path) -> None:
    base = city.parent / "base"
    change(base / "limits.csv", line_of(base / "limits.csv", code="MK-TELL"), law="市场监督管理投诉举报处理暂行办法")
    change(base / "wording.csv", line_of(base / "wording.csv", key="receipt"), zh="依据噪声污染防治法")
    change(city / "competences.csv", line_of(city / "competences.csv", matter="HJ02"), basis="大气污染防治法")
    assert {(one.file, one.field) for one in check_folder(city)} == {
        ("base/limits.csv", "law"),
        ("base/wording.csv", "zh"),
        ("jintan/competences.csv", "basis"),
    }


def test_a_row_that_ended_before_the_repeal_may_cite_the_old_law(city: Path) -> None:
    span = {"valid_from": "2025-01-01", "valid_to": "2026-08-14"}
    cells = {"basis": "噪声污染防治法", "confidence": "design"}
    add(city / "competences.csv", matter="HJ02", street="JT-RL", duty_lead="environment", **span, **cells)
    assert check_folder(city) == []


def test_before_the_repeal_the_old_law_is_alive(city: Path) -> None:
    base = city.parent / "base"
    change(base / "matters.csv", line_of(base / "matters.csv", code="HJ02"), law="噪声污染防治法")
    toml = city / "pack.toml"
    toml.write_text(toml.read_text(encoding="utf-8").replace("2026-11-21", "2026-08-14"), encoding="utf-8")
    assert check_folder(city) == []
