"""A pack as one document, its digest, and how a city stands on its base."""

from __future__ import annotations

import json
from dataclasses import FrozenInstanceError, replace
from datetime import date
from pathlib import Path

import pytest

from cases.errors import PackBroken
from cases.packs.loader import load_pack
from cases.packs.schema import Pack
from tests.cases.packs.spoiling import add, change, copied, line_of


@pytest.fixture(scope="module")
def pack() -> Pack:
    return load_pack("jintan")


def test_the_document_survives_the_round_trip(pack: Pack) -> None:
    text = json.dumps(pack.document(), ensure_ascii=False)
    again = Pack.from_document(json.loads(text))
    assert again.digest == pack.digest
    assert again.document() == pack.document()
    assert again.matters == pack.matters
    assert again.competences == pack.competences
    assert again.communities == pack.communities
    assert again.law_as_of == date(2026, 11, 21)


def test_the_digest_changes_with_any_row(pack: Pack) -> None:
    limit = replace(pack.limits["ST-ACCEPT"], amount=2)
    assert replace(pack, limits={**pack.limits, "ST-ACCEPT": limit}).digest != pack.digest
    assert load_pack("jintan").digest == pack.digest


@pytest.mark.parametrize(
    ("key", "value"), [("matters", None), ("law_as_of", "soon"), ("clocks", "none"), ("title", 3), ("area", {})]
)
def test_a_document_of_another_shape_is_refused(pack: Pack, key: str, value: object) -> None:
    with pytest.raises(PackBroken, match="地区包文档有误"):
        Pack.from_document({**pack.document(), key: value})


def test_a_pack_does_not_change(pack: Pack) -> None:
    with pytest.raises(FrozenInstanceError):
        pack.matters["XF01"].severity = 1  # pyright: ignore[reportAttributeAccessIssue]
    with pytest.raises(FrozenInstanceError):
        pack.version = "other"  # pyright: ignore[reportAttributeAccessIssue]


def test_a_city_row_replaces_the_row_of_the_base(tmp_path: Path) -> None:
    city = copied(tmp_path)
    (city / "limits.csv").write_text(
        (city.parent / "base/limits.csv").read_text(encoding="utf-8").splitlines()[0]
        + "\nST-ACCEPT,受理,2,wd,,,工作站收到报告,,no,,,no,本地规定,design\n",
        encoding="utf-8",
    )
    pack = load_pack(city)
    assert pack.limits["ST-ACCEPT"].amount == 2
    assert pack.limits["ST-SIGN"].amount == 1


def test_a_city_of_its_own_stands_on_the_bundled_base(tmp_path: Path) -> None:
    city = copied(tmp_path / "first")
    alone = tmp_path / "alone" / "jintan"
    alone.parent.mkdir()
    city.rename(alone)
    assert load_pack(str(alone)).digest == load_pack("jintan").digest


def test_a_broken_pack_is_refused_with_every_finding(tmp_path: Path) -> None:
    city = copied(tmp_path)
    change(city / "communities.csv", 2, street="JT-NO")
    add(city / "competences.csv", matter="QQ01", street="*", duty_lead="urban", basis="依据", confidence="design")
    line = line_of(city / "competences.csv", matter="QQ01")
    with pytest.raises(PackBroken) as refusal:
        load_pack(city)
    assert "jintan/communities.csv 第2行" in refusal.value.sentence
    assert f"jintan/competences.csv 第{line}行" in refusal.value.sentence
    assert len(refusal.value.details["findings"]) == 2
