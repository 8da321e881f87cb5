"""Does the declaration of a document agree with itself: kinds, references, its number, and nothing mandatory unprinted.

What does not live here: reading the files (``paper_reading``).
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Iterable, Iterator

from cases.packs.finding import Finding
from cases.packs.paper_rows import (
    BLOCKS,
    FORMS,
    KINDS,
    MARKS,
    NUMBER_WORDS,
    OCCASION,
    ORGANS,
    PLACEHOLDER,
    READERS,
    ROW_WORDS,
    STYLES,
    Block,
    Column,
    Field,
    Paper,
)
from cases.packs.rows import CONFIDENCES

FIELD_BLOCKS = {"people", "each", "list", "table"}
TEXT_BLOCKS = {"heading", "text", "plain", "right", "note", "to", "closing", "people", "each", "sign"}
Fault = tuple[str, str, str]


def paper_faults(paper: Paper, where: str) -> list[Finding]:
    """Everything wrong with a declaration."""
    faults = [*_words(paper), *_number(paper), *_fields(paper), *_blocks(paper), *_unprinted(paper)]
    return [Finding(where, 0, *fault) for fault in faults]


def _known(name: str, given: Iterable[str], known: Collection[str]) -> Iterator[Fault]:
    for one in given:
        if one not in known:
            yield name, f"「{one}」不在可选值中", "、".join(sorted(filter(None, known))) + "之一"


def _words(paper: Paper) -> Iterator[Fault]:
    yield from _known("style", [paper.style], STYLES)
    yield from _known("organ", [paper.organ], ORGANS)
    yield from _known("marks", paper.marks, MARKS)
    yield from _known("readers", paper.readers, READERS)
    yield from _known("confidence", [paper.confidence], CONFIDENCES)
    for name in ("title", "en", "basis", "case_types", "makers"):
        if not getattr(paper, name):
            yield name, "空白", "填写内容"


def _number(paper: Paper) -> Iterator[Fault]:
    named = Counter(re.findall(r"\{(\w*)\}", paper.number))
    if paper.number and (named.keys() != NUMBER_WORDS or max(named.values()) > 1):
        yield "number", f"「{paper.number}」格式不对", "{organ}、{year}、{n} 各出现一次,或留空"
    if paper.number and not paper.organ:
        yield "organ", "有编号而没有出文机关", "编号按机关、文种、年度连续"


def _fields(paper: Paper) -> Iterator[Fault]:
    yield from _doubles("fields", paper.fields)
    for one in paper.fields:
        place = f"fields.{one.name}"
        yield from _column(place, one, {other.name for other in paper.fields})
        if (one.kind == "rows") != bool(one.columns):
            yield place, "栏目与种类不配", "种类为 rows 时列出栏目,否则不列"
        yield from _doubles(place, one.columns)
        for column in one.columns:
            yield from _column(f"{place}.{column.name}", column, {other.name for other in one.columns})
            if column.kind in {"rows", "choices", "lines"}:
                yield f"{place}.{column.name}", "栏目不能再是列表", "单个内容"
        yield from _sums(paper, place, one)


def _doubles(place: str, columns: Iterable[Column]) -> Iterator[Fault]:
    for name, many in Counter(one.name for one in columns).items():
        if many > 1:
            yield place, f"「{name}」出现 {many} 次", "每项只写一次"


def _column(place: str, one: Column, beside: Collection[str]) -> Iterator[Fault]:
    yield from _known(f"{place}.kind", [one.kind], KINDS)
    if (one.kind in {"choice", "choices"}) != bool(one.choices):
        yield place, "选项与种类不配", "种类为 choice 或 choices 时列出选项,否则不列"
    condition, equals, _ = one.required_if.partition("=")
    if one.required_if and (not equals or condition not in beside):
        yield f"{place}.required_if", f"「{one.required_if}」读不懂", "同一处的栏目=取值"


def _sums(paper: Paper, place: str, one: Field) -> Iterator[Fault]:
    for name, kinds in (("sum_of", {"amount"}), ("covers", {"line"})):
        said = getattr(one, name)
        rows, _, column = said.partition(".")
        if said and _kind(paper, rows, column) not in kinds:
            yield f"{place}.{name}", f"没有栏目「{said}」", "列表.栏目"
    if one.count_of and _kind(paper, one.count_of, "") != "rows":
        yield f"{place}.count_of", f"没有列表「{one.count_of}」", "种类为 rows 的一项"
    if (one.sum_of and one.kind != "amount") or (one.count_of and one.kind != "count"):
        yield place, "计算所得的种类不对", "合计为 amount,计数为 count"
    if one.covers and not any(column.name == "name" for column in one.columns):
        yield f"{place}.covers", "没有栏目「name」", "以 name 栏对照"


def _kind(paper: Paper, name: str, column: str) -> str:
    """The kind of a field, or of one of its columns; blank where there is none."""
    found: Column | None = paper.field(name)
    if column and isinstance(found, Field):
        found = next((one for one in found.columns if one.name == column), None)
    return found.kind if found else ""


def _blocks(paper: Paper) -> Iterator[Fault]:
    for at, block in enumerate(paper.blocks):
        place = f"blocks.{at}"
        yield from _known(f"{place}.kind", [block.kind], BLOCKS)
        wants_field = block.kind in FIELD_BLOCKS
        if (wants_field and not block.field) or (block.kind in TEXT_BLOCKS and not block.text):
            yield place, f"「{block.kind}」不完整", "写明 field 或 text"
        if (block.kind == "grid") != bool(block.rows):
            yield place, "表格行与版面种类不配", "种类为 grid 时列出每一行的内容"
        for name in (block.field, block.when, *(name for row in block.rows for name in row)):
            if name and paper.field(name) is None:
                yield place, f"没有「{name}」这一项", "fields 中的一项"
        yield from _placeholders(paper, place, block)
    yield from _placeholders(paper, "head", Block("text", paper.head))


def _placeholders(paper: Paper, place: str, block: Block) -> Iterator[Fault]:
    listed = paper.field(block.field) if block.kind in {*FIELD_BLOCKS, "sign"} else None
    own = ({column.name for column in listed.columns} | ROW_WORDS) if listed else frozenset[str]()
    for name, column, form in PLACEHOLDER.findall(block.text):
        kind = _kind(paper, name, column)
        if not kind and (column or name not in own | OCCASION):
            yield place, f"没有「{name}{'.' if column else ''}{column}」", "fields 中的一项"
        if form and (form not in FORMS or (form == "capitals") != (kind == "amount")):
            yield place, f"「{name}」没有「{form}」的写法", "金额用 capitals,选项用 boxes"
    if PLACEHOLDER.sub("", block.text).count("{") or PLACEHOLDER.sub("", block.text).count("}"):
        yield place, "花括号不成对或名称写法不对", "{名称}"


def _unprinted(paper: Paper) -> Iterator[Fault]:
    """A field nobody would see on the paper must not be asked for, nor a column of one."""
    whole = {name for block in paper.blocks for row in block.rows for name in row}
    whole |= {block.field for block in paper.blocks if block.kind in {"people", "table", "list"}}
    texts = [("", paper.head), *((block.field, block.text) for block in paper.blocks)]
    told: set[tuple[str, str]] = set()
    for field, text in texts:
        for name, column, _ in PLACEHOLDER.findall(text):
            told |= {(name, column), (field, name)}
    for one in paper.fields:
        unseen = [column.name for column in one.columns if (one.name, column.name) not in told]
        if one.name not in whole and (unseen or (not one.columns and (one.name, "") not in told)):
            yield (
                f"fields.{one.name}",
                f"没有出现在版面中{'(' + '、'.join(unseen) + ')' if unseen else ''}",
                ("在 blocks 中写上,或删去"),
            )
