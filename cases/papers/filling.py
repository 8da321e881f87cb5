"""Filling a document (出具文书): the declaration, the facts and the occasion in, a filled document or a refusal out.

Facts are put into the layout once and never read again, so that whatever a name holds stands on the paper as it is.
What does not live here: numbers, which are drawn when the document is kept, and drawing.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from cases.errors import Malformed
from cases.packs.paper_rows import PLACEHOLDER, Block, Field, Paper
from cases.papers.facts import FactReader
from cases.papers.numerals import ordinal, said_day, stem
from cases.papers.sheet import Cell, Filled, Grid, Paragraph, Part, Seal, Signature
from cases.papers.values import Said

BLANK: Final = "________"
"""Stands in a sentence where something optional was left open."""

LONGEST_WHOLE: Final = 100_000
"""Signs of a whole document: about a hundred pages, drawn in a few seconds at worst."""

LABEL_WIDTH, VALUE_WIDTH, INDEX_WIDTH = 3, 5, 1


@dataclass(frozen=True, slots=True)
class Occasion:
    """The occasion (出具): which organ makes it, on what day, for which case. ``organ`` is its full name."""

    made_on: date
    organ: str = ""
    case_number: str = ""

    def said(self) -> dict[str, Said]:
        """What a layout may name besides the fields."""
        named = {"organ": self.organ, "made_on": said_day(self.made_on), "case_number": self.case_number}
        return {name: Said(text) for name, text in named.items()}


def fill(paper: Paper, facts: Mapping[str, Any], occasion: Occasion, *, draft: bool = False) -> Filled:
    """The document with these facts; raises PaperIncomplete naming whatever is missing or wrong, Malformed when it
    would be too long.

    In a draft, what is missing is marked on the paper instead.
    """
    said = FactReader(paper, draft=draft).read(facts)
    layout = _Layout(paper, {**occasion.said(), **said})
    parts = tuple(part for block in paper.blocks for part in layout.parts(block))
    signs = sum(map(_signs, parts))
    if signs > LONGEST_WHOLE:
        raise Malformed(f"《{paper.title}》全文 {signs} 字,最多 {LONGEST_WHOLE} 字")
    return Filled(paper.code, paper.title, layout.worded(paper.head), paper.style, parts)


class _Layout:
    """Turns the blocks of a declaration into parts."""

    def __init__(self, paper: Paper, said: Mapping[str, Said]) -> None:
        self.paper = paper
        self.said = said
        self._of_kind: Mapping[str, Callable[[Block], Iterator[Part]]] = {
            "people": self._people,
            "each": self._each,
            "list": self._list,
            "grid": self._grid,
            "table": self._table,
            "sign": self._sign,
            "seal": self._seal,
        }

    def parts(self, block: Block) -> Iterator[Part]:
        """The parts of one block; none, if what it depends on was not filled in."""
        if not block.when or self.said[block.when].given:
            yield from self._of_kind.get(block.kind, self._paragraphs)(block)

    def worded(self, template: str, row: Mapping[str, Said] | None = None) -> str:
        """The template with every placeholder put in, once."""

        def put(match: re.Match[str]) -> str:
            name, column, form = match.groups()
            one = (row or {}).get(name) or self.said.get(name) or Said()
            if column:
                return "、".join(entry[column].text for entry in one.rows if entry[column].text) or one.text or BLANK
            if form:
                return one.other.get(form, "") or BLANK
            return one.text or "\n".join(one.lines) or BLANK

        return PLACEHOLDER.sub(put, template)

    def _paragraphs(self, block: Block) -> Iterator[Part]:
        for line in self.worded(block.text).split("\n"):
            if line.strip():
                yield Paragraph(block.kind, line.strip())

    def _field(self, name: str) -> Field:
        found = self.paper.field(name)
        assert found is not None, name  # a checked declaration
        return found

    def _rows(self, name: str) -> Iterator[Mapping[str, Said]]:
        for n, row in enumerate(self.said[name].rows, 1):
            yield {**row, "n": Said(str(n)), "ordinal": Said(ordinal(n)), "stem": Said(stem(n))}

    def _people(self, block: Block) -> Iterator[Part]:
        columns = self._field(block.field).columns
        for row in self._rows(block.field):
            told = [c.said.replace("{}", row[c.name].text) for c in columns if c.said and row[c.name].text]
            yield Paragraph("text", f"{self.worded(block.text, row)}：{'，'.join(told)}。")
        yield from self._open(block)

    def _each(self, block: Block) -> Iterator[Part]:
        for row in self._rows(block.field):
            for line in self.worded(block.text, row).split("\n"):
                yield Paragraph("text", line)
        yield from self._open(block)

    def _list(self, block: Block) -> Iterator[Part]:
        for n, line in enumerate(self.said[block.field].lines, 1):
            first, *more = line.split("\n")
            yield Paragraph("text", f"{n}. {first}")
            for later in more:
                yield Paragraph("text", later)

    def _open(self, block: Block) -> Iterator[Part]:
        """The mark of a draft where a list is still missing."""
        said = self.said[block.field]
        if said.text and not said.rows and not said.lines:
            yield Paragraph("text", said.text)

    def _grid(self, block: Block) -> Iterator[Part]:
        pairs = max(map(len, block.rows))
        rows = tuple(tuple(self._pairs(row, 2 * pairs)) for row in block.rows)
        yield Grid((LABEL_WIDTH, VALUE_WIDTH) * pairs, rows)

    def _pairs(self, names: tuple[str, ...], columns: int) -> Iterator[Cell]:
        free = columns - 2 * len(names)
        for at, name in enumerate(names):
            one, said = self._field(name), self.said[name]
            yield Cell(one.label, label=True)
            extra = free if at == len(names) - 1 else 0
            yield Cell(_in_cell(said), span=1 + extra, tall=one.kind in {"text", "lines"})

    def _table(self, block: Block) -> Iterator[Part]:
        one = self._field(block.field)
        widths = (INDEX_WIDTH, *(column.width for column in one.columns))
        head = (Cell("序号", label=True), *(Cell(column.label, label=True) for column in one.columns))
        rows = [
            (Cell(row["n"].text), *(Cell(row[column.name].text) for column in one.columns))
            for row in self._rows(block.field)
        ]
        if not rows:
            rows = [(Cell(""), Cell(self.said[block.field].text or "无", span=len(one.columns)))]
        yield Grid(widths, (head, *rows), 1)

    def _sign(self, block: Block) -> Iterator[Part]:
        if block.field:
            for row in self._rows(block.field):
                yield Signature(self.worded(block.text, row))
        else:
            yield Signature(self.worded(block.text))

    def _seal(self, block: Block) -> Iterator[Part]:
        yield Seal(self.worded(block.text or "{organ}"), self.said["made_on"].text)


def _signs(part: Part) -> int:
    """How many signs a part holds."""
    if isinstance(part, Grid):
        return sum(len(cell.text) for row in part.rows for cell in row)
    return len(part.text) if isinstance(part, Paragraph) else 0


def _in_cell(said: Said) -> str:
    """A value beside its label."""
    if "boxes" in said.other:
        return said.other["boxes"]
    if "capitals" in said.other and said.raw is not None:
        return f"{said.text}元（{said.other['capitals']}）"
    return said.text or "\n".join(said.lines)
