"""Facts read for a document (填写内容): checked against its fields, and worded the way it will say them.

A fact is refused by the name on the paper, with the article that asks for it. What does not live here: reading one
value (``values``) and the layout (``filling``).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any, Final

from cases.errors import Malformed
from cases.packs.paper_rows import Column, Field, Paper
from cases.papers.values import MOST, READ, Said, blank, boxes

MOST_FAULTS: Final = 50


class PaperIncomplete(Malformed):
    """文书内容不完整: something mandatory is missing or something is wrong, so there is no document.

    ``missing`` are the names of what is missing, as they stand on the paper.
    """

    def __init__(self, sentence: str, fields: dict[str, str], missing: tuple[str, ...]) -> None:
        super().__init__(sentence, fields)
        self.missing = missing


@dataclass(slots=True)
class Faults:
    """What is missing and what is wrong, by the names on the paper."""

    fields: dict[str, str] = field(default_factory=dict)
    missing: list[str] = field(default_factory=list)
    wrong: list[str] = field(default_factory=list)

    def lacks(self, path: str, label: str, source: str) -> None:
        """Note something mandatory that is not there."""
        self.fields.setdefault(path, f"“{label}”必填" + _because(source))
        self.missing.append(label + _because(source))

    def finds(self, path: str, label: str, sentence: str) -> None:
        """Note something that is there and wrong."""
        self.fields.setdefault(path, f"“{label}”{sentence}")
        self.wrong.append(f"“{label}”{sentence}")

    def settle(self, title: str) -> None:
        """Refuse, if there is anything."""
        said = [f"还缺{'、'.join(self.missing[:MOST_FAULTS])}"] if self.missing else []
        said += self.wrong[:MOST_FAULTS]
        if said:
            first = dict(list(self.fields.items())[:MOST_FAULTS])
            raise PaperIncomplete(f"不能出具《{title}》:{';'.join(said)}", first, tuple(self.missing))


def _because(source: str) -> str:
    return f"({source})" if source else ""


class FactReader:
    """Reads the facts for one document. In a draft, what is missing is marked instead of refused."""

    def __init__(self, paper: Paper, *, draft: bool) -> None:
        self.paper = paper
        self.draft = draft
        self.faults = Faults()

    def read(self, facts: Mapping[str, Any]) -> dict[str, Said]:
        """Every field in words; PaperIncomplete names everything that is missing or wrong."""
        known = {one.name for one in self.paper.fields}
        for name in facts:
            if name not in known:
                self.faults.finds(str(name)[:64], str(name)[:64], "不是这份文书的内容")
        found = {one.name: self._field(one, facts) for one in self.paper.fields}
        for one in self.paper.fields:
            self._compare(one, found)
        self.faults.settle(self.paper.title)
        return found

    def read_one(self, one: Field, value: Any) -> Said:
        """One field by itself; what is wrong with it is among the faults."""
        return self._field(one, {one.name: value})

    def _field(self, one: Field, facts: Mapping[str, Any]) -> Said:
        value = facts.get(one.name)
        computed = (one.sum_of or one.count_of) and blank(value)
        if one.kind != "rows" or blank(value):
            said = self._value(one, value, facts, one.name, one.label, computed=bool(computed))
        else:
            said = self._rows(one, value)
        many = len(said.rows) or len(said.lines)
        if 0 < many < one.least:
            self.faults.finds(one.name, one.label, f"至少 {one.least} 项" + _because(one.source))
        return said

    def _rows(self, one: Field, value: Any) -> Said:
        if not isinstance(value, list | tuple) or len(value) > MOST:
            self.faults.finds(one.name, one.label, f"应为列表,最多 {MOST} 项")
            return Said()
        return Said(rows=tuple(self._row(one, n, row) for n, row in enumerate(value)))

    def _row(self, one: Field, n: int, row: Any) -> Mapping[str, Said]:
        place, label = f"{one.name}.{n}", f"{one.label}第{n + 1}项"
        if not isinstance(row, Mapping):
            self.faults.finds(place, label, "应写明各栏")
            return {}
        for name in set(row) - {column.name for column in one.columns}:
            self.faults.finds(f"{place}.{str(name)[:64]}", f"{label}的{str(name)[:64]}", "不是这份文书的内容")
        return {
            column.name: self._value(
                column, row.get(column.name), row, f"{place}.{column.name}", f"{label}的{column.label}"
            )
            for column in one.columns
        }

    def _value(
        self, one: Column, value: Any, beside: Mapping[str, Any], path: str, label: str, *, computed: bool = False
    ) -> Said:
        if blank(value):
            if self._needed(one, beside) and not computed:
                if self.draft:
                    return self._marked(one)
                self.faults.lacks(path, label, one.source)
            return Said(other={"boxes": boxes(one.choices or ("是", "否"), ())} if _boxed(one) else {})
        try:
            return READ[one.kind](one, value)
        except ValueError as fault:
            self.faults.finds(path, label, str(fault))
            return Said()

    def _needed(self, one: Column, beside: Mapping[str, Any]) -> bool:
        condition, _, wanted = one.required_if.partition("=")
        return one.required or bool(condition and str(beside.get(condition)) == wanted)

    def _marked(self, one: Column) -> Said:
        mark = f"【待填：{one.label}】"
        other = {"boxes": boxes(one.choices or ("是", "否"), ())} if _boxed(one) else {"capitals": mark}
        return Said(mark, other, lines=(mark,) if one.kind == "lines" else ())

    def _compare(self, one: Field, found: dict[str, Said]) -> None:
        """Sums and counts are computed, or compared with what was given; nobody's signature may be missing."""
        said = found[one.name]
        if one.sum_of:
            rows, _, column = one.sum_of.partition(".")
            amounts = [row[column].raw for row in found[rows].rows if column in row and row[column].given]
            found[one.name] = self._agreed(one, said, sum(amounts, Decimal(0)), bool(amounts))
        if one.count_of:
            found[one.name] = self._agreed(one, said, len(found[one.count_of].rows), bool(found[one.count_of].rows))
        if one.covers and said.rows:
            rows, _, column = one.covers.partition(".")
            names = {row["name"].text for row in said.rows if "name" in row}
            absent = [row[column].text for row in found[rows].rows if column in row and row[column].text not in names]
            if absent:
                self.faults.lacks(one.name, f"{'、'.join(absent)}的{one.label}", one.source)

    def _agreed(self, one: Field, said: Said, computed: Decimal | int, listed: bool) -> Said:
        if not listed:
            return said
        if said.raw is not None and said.raw != computed:
            self.faults.finds(one.name, one.label, f"({said.text})与明细({computed})不符")
        return READ[one.kind](one, str(computed) if isinstance(computed, Decimal) else computed)


def _boxed(one: Column) -> bool:
    return one.kind in {"choice", "choices", "yes_no"}


def fits(paper: Paper, name: str, value: Any) -> bool:
    """Whether a document could say this value; nothing fits nowhere."""
    one = paper.field(name)
    if one is None or blank(value):
        return False
    reader = FactReader(paper, draft=True)
    reader.read_one(one, value)
    return not reader.faults.fields
