"""What is mandatory is named when missing, what is wrong is named when wrong, and then there is no paper."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pytest
from jsonschema import Draft202012Validator

from cases.errors import Malformed
from cases.packs.schema import Paper
from cases.papers.asking import schema_of
from cases.papers.facts import PaperIncomplete, fits
from cases.papers.filling import fill
from cases.papers.sheet import Filled, Grid, Paragraph, Signature
from tests.cases.papers.samples import FACTS, LI, OCCASION, ZHANG, facts_of


def said(filled: Filled) -> str:
    """All text of a filled document."""
    found: list[str] = [filled.head]
    for part in filled.parts:
        if isinstance(part, Grid):
            found += [cell.text for row in part.rows for cell in row]
        elif isinstance(part, Paragraph):
            found.append(part.text)
        else:
            found.append(part.label if isinstance(part, Signature) else f"{part.organ} {part.day}")
    return "\n".join(found)


def refused(paper: Paper, facts: Mapping[str, Any]) -> PaperIncomplete:
    with pytest.raises(PaperIncomplete) as refusal:
        fill(paper, facts, OCCASION)
    assert f"不能出具《{paper.title}》" in refusal.value.sentence
    return refusal.value


def test_there_is_a_sample_of_every_document(papers: Mapping[str, Paper]):
    assert set(FACTS) == set(papers)


@pytest.mark.parametrize("code", FACTS)
def test_whatever_is_mandatory_is_named_when_it_is_missing(papers: Mapping[str, Paper], code: str):
    paper = papers[code]
    mandatory = [one for one in paper.fields if one.required and not one.sum_of and not one.count_of]
    assert mandatory
    for one in mandatory:
        refusal = refused(paper, facts_of(code, **{one.name: None}))
        assert refusal.fields[one.name].startswith(f"“{one.label}”必填")
        assert one.source in refusal.fields[one.name]
        assert any(name.startswith(one.label) for name in refusal.missing)
    everything = refused(paper, {})
    assert {one.name for one in mandatory} <= set(everything.fields)


@pytest.mark.parametrize("code", FACTS)
def test_whatever_a_row_must_say_is_named_with_its_place(papers: Mapping[str, Paper], code: str):
    paper = papers[code]
    for one in paper.fields:
        rows = FACTS[code].get(one.name)
        for column in one.columns if rows else ():
            if not column.required:
                continue
            facts = facts_of(code)
            del facts[one.name][0][column.name]
            refusal = refused(paper, facts)
            assert f"{one.label}第1项的{column.label}" in refusal.fields[f"{one.name}.0.{column.name}"]


@pytest.mark.parametrize("code", FACTS)
def test_the_schema_takes_the_sample_and_misses_what_is_missing(papers: Mapping[str, Paper], code: str):
    schema = Draft202012Validator(schema_of(papers[code]))
    Draft202012Validator.check_schema(schema.schema)
    assert list(schema.iter_errors(FACTS[code])) == []
    assert list(schema.iter_errors({}))
    assert list(schema.iter_errors(facts_of(code, surprise="x")))


@pytest.mark.parametrize(
    ("column", "label"), [("amount", "金额"), ("due", "履行期限"), ("manner", "履行方式"), ("obligor", "义务人")]
)
def test_an_agreement_without_amount_date_or_manner_is_none(papers: Mapping[str, Paper], column: str, label: str):
    facts = facts_of("agreement")
    del facts["terms"][1][column]
    refusal = refused(papers["agreement"], facts)
    assert f"履行的方式和期限第2项的{label}" in refusal.sentence
    assert "人民调解法第二十九条" in refusal.sentence


def test_a_promise_that_is_not_money_needs_no_amount(papers: Mapping[str, Paper]):
    facts = facts_of("agreement", terms=[FACTS["agreement"]["terms"][0]])
    text = said(fill(papers["agreement"], facts, OCCASION))
    assert "合计" not in text, "there is nothing to add up"


def test_a_party_whose_signature_is_missing_is_named(papers: Mapping[str, Paper]):
    signed = {"name": "张伟", "signed_at": "2026-11-21T10:00", "manner": "签名"}
    refusal = refused(papers["agreement"], facts_of("agreement", signatures=[signed]))
    assert "李娜的签名、盖章或者按指印(人民调解法第二十九条)" in refusal.sentence
    both = [signed, {**signed, "name": "李娜", "manner": "按指印"}]
    assert "按指印" in said(fill(papers["agreement"], facts_of("agreement", signatures=both), OCCASION))


def test_an_agreement_has_two_parties(papers: Mapping[str, Paper]):
    refusal = refused(papers["agreement"], facts_of("agreement", parties=[ZHANG]))
    assert "“当事人”至少 2 项" in refusal.sentence


def test_a_condition_makes_a_field_mandatory(papers: Mapping[str, Paper]):
    refusal = refused(papers["acceptance_register"], facts_of("acceptance_register", decision="不予受理", reason=None))
    assert refusal.missing == ("不予受理的理由",)
    firm = {"kind": "自然人", "name": "王", "address": "某处", "phone": "1"}
    refusal = refused(papers["statement_of_claim"], facts_of("statement_of_claim", plaintiffs=[firm]))
    assert [name.split("的")[1].split("(")[0] for name in refusal.missing] == [
        "性别",
        "年龄",
        "民族",
        "职业",
        "工作单位",
    ]


def test_sums_and_counts_are_computed_and_not_believed(papers: Mapping[str, Paper]):
    text = said(fill(papers["demand_letter"], facts_of("demand_letter"), OCCASION))
    assert "合计2,345.55元（人民币贰仟叁佰肆拾伍元伍角伍分）" in text
    wrong = refused(papers["demand_letter"], facts_of("demand_letter", total="2345.56"))
    assert "与明细(2345.55)不符" in wrong.fields["total"]
    text = said(fill(papers["batch_manifest"], facts_of("batch_manifest"), OCCASION))
    assert "61,860.00元（人民币陆万壹仟捌佰陆拾元整）" in text
    assert "与明细(60)不符" in refused(papers["batch_manifest"], facts_of("batch_manifest", many=59)).sentence


@pytest.mark.parametrize(
    ("name", "value", "words"),
    [
        ("facts", "渗水\x07", "U+0007"),
        ("facts", "渗\u202e水", "U+202E"),
        ("facts", "渗\u200b水", "U+200B"),
        ("facts", "渗\ue000水", "U+E000"),
        ("facts", "渗\ud800水", "U+D800"),
        ("facts", "一\u2028二", "U+2028"),
        ("facts", 5, "应为文字"),
        ("facts", "水" * 20_001, "最多 20000 个字"),
        ("mediators", "王调解\n赵调解", "应写成一行"),
        ("mediators", "王" * 201, "最多 200 个字"),
        ("copies", -1, "不小于 0"),
        ("copies", True, "整数"),
        ("copies", "3", "整数"),
        ("content", "一条", "应为列表"),
        ("content", [["一条"]], "应为文字"),
        ("content", ["一"] * 1001, "最多 1000 项"),
        ("parties", "张伟", "应为列表"),
        ("parties", ["张伟", "李娜"], "应写明各栏"),
        ("parties", [{**ZHANG, "sex": "?"}, LI], "应为 男、女 之一"),
        ("parties", [{**ZHANG, "sex": ["男"]}, LI], "应为 男、女 之一"),
        ("parties", [{**ZHANG, "born": "1980-02-30"}, LI], "应为日期"),
        ("parties", [{**ZHANG, "passport": "x"}, LI], "不是这份文书的内容"),
        ("surprise", "x", "不是这份文书的内容"),
    ],
)
def test_what_is_wrong_is_named(papers: Mapping[str, Paper], name: str, value: Any, words: str):
    refusal = refused(papers["agreement"], facts_of("agreement", **{name: value}))
    assert words in refusal.sentence
    assert [path.split(".")[0] for path in refusal.fields] == [name] * len(refusal.fields)


@pytest.mark.parametrize("amount", ["-1", "1.234", "1e3", "NaN", "", "壹", 1_000_000_000_000, True, [1], "１２"])
def test_what_is_no_amount_of_money(papers: Mapping[str, Paper], amount: Any):
    facts = facts_of("oral_agreement", amount=amount)
    if amount == "":
        assert "涉及金额" in said(fill(papers["oral_agreement"], facts, OCCASION)), "optional, and left blank"
    else:
        assert "金额" in refused(papers["oral_agreement"], facts).fields["amount"]


def test_a_draft_marks_what_is_missing_but_takes_nothing_wrong(papers: Mapping[str, Paper]):
    for paper in papers.values():
        text = said(fill(paper, {}, OCCASION, draft=True))
        for one in paper.fields:
            if one.required and one.kind not in {"choice", "choices", "yes_no"} and not (one.sum_of or one.count_of):
                assert f"【待填：{one.label}】" in text, (paper.code, one.name)
    with pytest.raises(PaperIncomplete, match="U\\+0007"):
        fill(papers["agreement"], {"facts": "\x07"}, OCCASION, draft=True)


def test_a_placeholder_in_a_fact_is_not_read_again(papers: Mapping[str, Paper]):
    facts = facts_of("demand_letter", owner="{firm}{total:capitals}", contract="{{owner}}")
    text = said(fill(papers["demand_letter"], facts, OCCASION))
    assert "{firm}{total:capitals}（锦云苑14幢1单元201室）：" in text
    assert "根据{{owner}}，物业费" in text


def test_a_document_does_not_become_a_book(papers: Mapping[str, Paper]):
    with pytest.raises(Malformed, match="最多 100000 字"):
        fill(papers["agreement"], facts_of("agreement", content=["水" * 20_000] * 5), OCCASION)


def test_optional_parts_are_shown_only_when_filled_in(papers: Mapping[str, Paper]):
    paper = papers["statement_of_claim"]
    assert "周楼长" in said(fill(paper, facts_of("statement_of_claim"), OCCASION))
    assert "证人" not in said(fill(paper, facts_of("statement_of_claim", witnesses=None), OCCASION))


def test_the_digest_follows_the_contents(papers: Mapping[str, Paper]):
    paper = papers["agreement"]
    one = fill(paper, facts_of("agreement"), OCCASION)
    assert fill(paper, facts_of("agreement"), OCCASION).facts_digest == one.facts_digest
    assert fill(paper, facts_of("agreement", copies=4), OCCASION).facts_digest != one.facts_digest


def test_what_a_case_knows_is_offered_only_if_it_fits(papers: Mapping[str, Paper]):
    paper = papers["acceptance_register"]
    assert fits(paper, "source", "主动调解")
    assert fits(paper, "applicants", [ZHANG])
    for name, value in [
        ("source", "property"),
        ("source", None),
        ("dispute", " "),
        ("nothing", "x"),
        ("applicants", 3),
    ]:
        assert not fits(paper, name, value)
