"""One defect in the checklist of a pack, one finding: what ``check-pack`` must see of the screening."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from cases.packs.check import check_folder
from cases.packs.loader import load_pack
from cases.packs.schema import Pack
from cases.packs.screening import CHECKS, SIGNALS
from tests.cases.packs.spoiling import add, change, copied, line_of, only, table, write


@pytest.fixture
def city(tmp_path: Path) -> Path:
    return copied(tmp_path)


def base(city: Path, file: str) -> Path:
    return city.parent / "base" / file


def test_every_check_and_signal_has_its_row() -> None:
    pack = load_pack("base")
    assert set(pack.screening) == set(CHECKS)
    assert set(pack.signals) == set(SIGNALS)


def test_a_missing_check_is_named(city: Path) -> None:
    path = base(city, "screening.csv")
    write(path, [row for row in table(path) if row["code"] != "duplicate"])
    assert "「duplicate」" in only(city, "screening.csv", 0, "code").wrong


def test_a_missing_signal_is_named(city: Path) -> None:
    path = base(city, "screening_signals.csv")
    write(path, [row for row in table(path) if row["signal"] != "paid"])
    assert "「paid」" in only(city, "screening_signals.csv", 0, "signal").wrong


def test_a_base_without_the_files_is_told_every_code(city: Path) -> None:
    for file in ("screening.csv", "screening_signals.csv"):
        base(city, file).unlink()
    assert len(check_folder(city)) == len(CHECKS) + len(SIGNALS)


def test_an_unknown_check_is_refused(city: Path) -> None:
    path = base(city, "screening.csv")
    row = {**table(path)[0], "code": "mood_of_the_clerk"}
    line = add(path, **row)
    only(city, "base/screening.csv", line, "code")


@pytest.mark.parametrize(
    ("code", "cells", "field"),
    [
        ("duplicate", {"weight": "fatal"}, "weight"),
        ("duplicate", {"sentence": ""}, "sentence"),
        ("duplicate", {"sentence": "与{other}重复。"}, "sentence"),
        ("duplicate", {"sentence": "与{other}重复；请删除"}, "sentence"),
        ("duplicate", {"sentence": "与{defendant}重复"}, "sentence"),
        ("duplicate", {"sentence": "与{other重复"}, "sentence"),
        ("duplicate", {"sentence": "与{}重复"}, "sentence"),
        ("address_missing", {"supply": "补{what}"}, "supply"),
        ("address_missing", {"whom": ""}, "whom"),
        ("address_missing", {"law": ""}, "article"),
        ("contract_seal", {"article": "第1条"}, "article"),
        ("demand_missing", {"law": "", "article": ""}, "law"),
        ("address_missing", {"confidence": "sure"}, "confidence"),
        ("address_missing", {"law": "环境保护法"}, "law"),
    ],
)
def test_a_row_that_cannot_be_meant(city: Path, code: str, cells: dict[str, str], field: str) -> None:
    path = base(city, "screening.csv")
    line = line_of(path, code=code)
    change(path, line, **cells)
    assert ("base/screening.csv", line, field) in {(one.file, one.line, one.field) for one in check_folder(city)}


def test_a_repair_without_a_cure_is_refused(city: Path) -> None:
    path = base(city, "screening.csv")
    line = line_of(path, code="address_missing")
    change(path, line, whom="", supply="")
    only(city, "base/screening.csv", line, "supply")


@pytest.mark.parametrize(
    ("cells", "field"),
    [
        ({"phrases": ""}, "phrases"),
        ({"phrases": "…"}, "phrases"),
        ({"phrases": "「」"}, "phrases"),
        ({"unless": "付清"}, "unless"),
        ({"signal": "mumbled"}, "signal"),
    ],
)
def test_a_signal_that_is_never_heard(city: Path, cells: dict[str, str], field: str) -> None:
    path = base(city, "screening_signals.csv")
    line = line_of(path, signal="paid")
    change(path, line, **cells)
    assert ("base/screening_signals.csv", line, field) in {
        (one.file, one.line, one.field) for one in check_folder(city)
    }


def test_the_limitation_is_a_limit_in_years(city: Path) -> None:
    path = base(city, "limits.csv")
    line = line_of(path, code="LIMITATION")
    change(path, line, unit="m")
    only(city, "base/limits.csv", line, "unit")
    write(path, [row for row in table(path) if row["code"] != "LIMITATION"])
    only(city, "limits.csv", 0, "code")


def test_every_item_and_result_is_worded(city: Path) -> None:
    path = base(city, "wording.csv")
    write(path, [row for row in table(path) if row["key"] != "screening.fee"])
    assert "screening.fee" in only(city, "wording.csv", 0, "key").wrong


def test_a_city_weighs_a_check_in_its_own_way(city: Path) -> None:
    path = base(city, "screening.csv")
    rows = [{**row, "weight": "off"} for row in table(path) if row["code"] == "contract_unfiled"]
    write(city / "screening.csv", rows)
    pack = load_pack(city)
    assert pack.screening["contract_unfiled"].weight == "off"
    assert pack.screening["contract_expired"].weight == "repair"


def test_a_version_published_before_the_checklist_is_still_read() -> None:
    document = json.loads(json.dumps(load_pack("jintan").document()))
    for younger in ("screening", "signals"):
        del document[younger]
    old = Pack.from_document(document)
    assert (old.screening, old.signals) == ({}, {})
    assert old.matters == load_pack("jintan").matters
