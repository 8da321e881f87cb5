"""Declarations of documents: a city's lies over the base's, and what does not agree with itself is named."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from cases.machines import CASE_TYPES
from cases.machines.roles import ROLES
from cases.packs.check import check_folder
from cases.packs.loader import load_pack
from cases.packs.schema import Pack
from tests.cases.packs.spoiling import add, copied, only

WHERE = "base/papers/agreement.toml"
PEOPLE = {code for code, role in ROLES.items() if not role.inside}


@pytest.fixture
def city(tmp_path: Path) -> Path:
    return copied(tmp_path)


def spoil(city: Path, old: str, new: str) -> None:
    path = city.parent / WHERE
    text = path.read_text(encoding="utf-8")
    assert old in text, old
    path.write_text(text.replace(old, new, 1), encoding="utf-8")


def test_the_bundled_documents_are_whole():
    pack = load_pack("jintan")
    assert len(pack.papers) == 15
    known = {one.code for one in CASE_TYPES}
    for paper in pack.papers.values():
        assert set(paper.case_types) <= known
        assert set(paper.makers) <= PEOPLE
        assert paper.basis
        if paper.confidence == "found":
            assert "设计" not in paper.basis


def test_articles_are_written_out_and_belong_to_laws_that_are_named():
    for paper in load_pack("jintan").papers.values():
        for one in (*paper.fields, *(column for field in paper.fields for column in field.columns)):
            assert re.fullmatch(r"(\w+法(典)?(第[一二三四五六七八九十百零]+条、?)+|法释〔2011〕5号)?", one.source), (
                one.source
            )


def test_a_city_says_only_what_it_words_differently(city: Path):
    base, jintan = load_pack(city.parent / "base"), load_pack(city)
    assert base.papers["agreement"].number == "（{year}）{organ}人调字第{n}号"
    assert jintan.papers["agreement"].number == "（{year}）{organ}物调字第{n}号"
    assert jintan.papers["agreement"].fields == base.papers["agreement"].fields
    assert jintan.papers["demand_letter"] == base.papers["demand_letter"]


def test_short_names_are_inherited_from_what_an_organisation_belongs_to(city: Path):
    pack = load_pack(city)
    assert [pack.organ_short(code) for code in ("JT", "JT-CG", "JT-JC", "JT-JC-TJ", "JT-GA", "JT-WY01", "none")] == [
        "坛", "坛城", "坛金城", "坛金城", "坛", None, None
    ]  # fmt: skip
    line = add(city / "organs.csv", org="JT-NO", short="无", basis="样例", confidence="design")
    only(city, "jintan/organs.csv", line, "org")


def test_a_pack_published_before_there_were_documents_is_still_read():
    document = load_pack("jintan").document()
    del document["papers"], document["organs"]
    old = Pack.from_document(document)
    assert (old.papers, old.organs, old.organ_short("JT")) == ({}, {}, None)


@pytest.mark.parametrize(
    ("old", "new", "field", "wrong"),
    [
        ('organ = "actor"', 'organ = "mayor"', "organ", "「mayor」不在可选值中"),
        ('organ = "actor"\n', "", "organ", "有编号而没有出文机关"),
        ("（{year}）", "", "number", "格式不对"),
        ("{organ}人", "{organ}{organ}人", "number", "格式不对"),
        ('kind = "count"', 'kind = "number"', "fields.copies.kind", "「number」不在可选值中"),
        ('choices = ["给付金钱", "其他行为"]\n', "", "fields.terms.kind", "选项与种类不配"),
        ("kind=给付金钱", "sort=给付金钱", "fields.terms.amount.required_if", "读不懂"),
        ("terms.amount", "terms.price", "fields.total.sum_of", "没有栏目「terms.price」"),
        ("parties.name", "people.name", "fields.signatures.covers", "没有栏目「people.name」"),
        ("{responsibility}", "{blame}", "blocks.6", "没有「blame」"),
        ("{total:capitals}", "{total:latin}", "blocks.11", "「total」没有「latin」的写法"),
        ("{facts}", "{facts", "blocks.3", "花括号不成对"),
        ("{issues}", "争议如下", "fields.issues", "没有出现在版面中"),
        ('kind = "list"', 'kind = "lists"', "blocks.8.kind", "「lists」不在可选值中"),
        ('when = "default"', 'when = "fault"', "blocks.12", "没有「fault」这一项"),
        ('marks = ["signature", "seal"]', 'marks = ["stamp"]', "marks", "「stamp」不在可选值中"),
        ('needs = ["name", "address", "phone"]', 'needs = ["name", "passport"]', "needs", "没有栏目「passport」"),
        ('columns_of = "signature"', 'columns_of = "stamps"', "columns_of", "没有「stamps」"),
        ('title = "人民调解协议书"', 'title = ""', "title", "空白"),
        ('title = "人民调解协议书"', "title = 3", "title", "缺少、多余或类型不对"),
        ('title = "人民调解协议书"', 'colour = "red"\ntitle = "协议"', "colour", "缺少、多余或类型不对"),
        ('title = "人民调解协议书"', 'code = "deal"\ntitle = "协议"', "code", "与文件名不同"),
        ("title =", "title", "", "不是有效的 TOML"),
    ],
)
def test_what_does_not_agree_with_itself_is_named(city: Path, old: str, new: str, field: str, wrong: str):
    spoil(city, old, new)
    found = [(one.file, one.field, one.wrong) for one in check_folder(city.parent / "base")]
    named = [entry for entry in found if entry[1] == field and wrong in entry[2]]
    assert named, found
    assert named[0][0] == WHERE


def test_a_file_that_is_no_document(city: Path):
    (city / "papers/letter.docx").write_bytes(b"PK")
    assert only(city, "jintan/papers/letter.docx", 0, "").wrong == "不认识的文件名"
    (city / "papers/letter.docx").unlink()
    (city / "papers/agreement.toml").write_bytes("title = '协议'".encode("gbk"))
    assert only(city, "jintan/papers/agreement.toml", 0, "").wrong == "不是 UTF-8 编码"
