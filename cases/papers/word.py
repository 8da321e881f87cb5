"""A filled document as a Word file (DOCX): the same parts as the PDF, to be edited and signed where offices want that.

Looks are named styles, so that an office may restyle the whole in Word. What does not live here: PDF (``printing``) and
what a document says.
"""

from __future__ import annotations

import io
import zipfile
from dataclasses import dataclass
from itertools import zip_longest
from typing import Any, Final

from docx import Document
from docx.enum.style import WD_STYLE_TYPE
from docx.enum.table import WD_CELL_VERTICAL_ALIGNMENT, WD_TABLE_ALIGNMENT
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_TAB_ALIGNMENT, WD_TAB_LEADER
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt
from docx.text.paragraph import Paragraph as Line

from cases.papers.sheet import Cell, Filled, Grid, Imprint, Paragraph, Part, Seal, Signature, footer_mark

BODY, HEADING, TITLE = "仿宋", "黑体", "方正小标宋简体"
LATIN: Final = "Times New Roman"
MARGINS: Final = {"letter": (33, 30, 28, 26), "form": (25, 25, 23, 23)}
"""Top, bottom, left, right in millimetres, as in ``sheet.typ``."""

PAGE_WIDTH: Final = 210
TALL: Final = Mm(14)
LONG_LABEL: Final = 22
"""A label longer than this many signs has a line of its own, so that there is room to sign."""

SAME_DAY: Final = (1980, 1, 1, 0, 0, 0)
"""The day every entry of the archive bears, so that equal contents make equal bytes."""

_SIDES: Final = WD_ALIGN_PARAGRAPH


@dataclass(frozen=True, slots=True)
class Look:
    """How one kind of paragraph looks; sizes and spaces in points, a spacing above 3 is exact points."""

    face: str
    size: float
    side: Any = _SIDES.LEFT
    spacing: float = 1.15
    before: float = 0
    after: float = 0
    indent: float = 0
    kept: bool = False
    bold: bool = False


def _looks(style: str) -> dict[str, Look]:
    """The looks of a letter or a form."""
    form = style == "form"
    size = 11 if form else 14
    line = size * 1.6
    return {
        "文书机关": Look(TITLE, 18 if form else 20, _SIDES.CENTER, 1.2),
        "文书标题": Look(TITLE, 20 if form else 22, _SIDES.CENTER, 1.2, bold=True),
        "文书编号": Look(BODY, 12 if form else 14, _SIDES.RIGHT if form else _SIDES.CENTER, line),
        "文书正文": Look(BODY, size, _SIDES.JUSTIFY, line),
        "文书段落": Look(BODY, size, _SIDES.JUSTIFY, line, indent=2 * size),
        "文书小标题": Look(HEADING, size, _SIDES.LEFT, line, before=size / 2, kept=True),
        "文书附注": Look(BODY, 10 if form else 12, _SIDES.JUSTIFY, line, before=size),
        "文书落款": Look(BODY, size, _SIDES.RIGHT, line),
        "文书签名": Look(BODY, size, _SIDES.LEFT, line, before=size * 0.6),
        "文书栏目": Look(HEADING, 11, _SIDES.CENTER, before=2.5, after=2.5),
        "文书表格": Look(BODY, 11, before=2.5, after=2.5),
        "文书间隔": Look(BODY, 6, spacing=8),
        "文书页脚": Look(BODY, 9, spacing=1),
    }


_OF_PARAGRAPH: Final = {"heading": "文书小标题", "text": "文书段落", "right": "文书落款", "note": "文书附注"}


def word_file(filled: Filled, imprint: Imprint) -> bytes:
    """The document as DOCX; the same contents and moment always make the same bytes."""
    page = _Page(filled, imprint)
    for part, later in zip_longest(filled.parts, filled.parts[1:]):
        page.add(part, held=isinstance(later, Signature | Seal))
    written = io.BytesIO()
    page.document.save(written)
    return _settled(written.getvalue())


def _settled(archive: bytes) -> bytes:
    """The archive without the moments its entries were written at."""
    settled = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(archive)) as source, zipfile.ZipFile(settled, "w") as target:
        for entry in source.infolist():
            same = zipfile.ZipInfo(entry.filename, SAME_DAY)
            target.writestr(same, source.read(entry), zipfile.ZIP_DEFLATED)
    return settled.getvalue()


class _Page:
    """Draws parts with python-docx."""

    def __init__(self, filled: Filled, imprint: Imprint) -> None:
        self.filled, self.imprint = filled, imprint
        self.document = Document()
        self.styles: dict[str, str] = {}
        top, bottom, left, right = MARGINS[filled.style]
        self.width = PAGE_WIDTH - left - right
        section = self.document.sections[0]
        section.page_width, section.page_height = Mm(PAGE_WIDTH), Mm(297)
        section.top_margin, section.bottom_margin = Mm(top), Mm(bottom)
        section.left_margin, section.right_margin = Mm(left), Mm(right)
        self._about()
        self._styled()
        self._headed()
        self._footed(section.footer.paragraphs[0])

    # --- the frame -----------------------------------------------------------------------------------------------

    def _about(self) -> None:
        made = self.imprint.local.replace(tzinfo=None)
        about = self.document.core_properties
        about.title, about.author, about.comments, about.language = self.filled.title, "", "", "zh-CN"
        about.created = about.modified = made
        about.last_modified_by = ""

    def _styled(self) -> None:
        for name, look in _looks(self.filled.style).items():
            style: Any = self.document.styles.add_style(name, WD_STYLE_TYPE.PARAGRAPH)
            self.styles[name] = style.style_id
            style.base_style, style.quick_style = self.document.styles["Normal"], True
            style.font.name, style.font.size, style.font.bold = LATIN, Pt(look.size), look.bold
            properties = style.element.get_or_add_rPr()
            properties.get_or_add_rFonts().set(qn("w:eastAsia"), look.face)
            tongue = OxmlElement("w:lang")
            tongue.set(qn("w:val"), "en-US")
            tongue.set(qn("w:eastAsia"), "zh-CN")
            properties.append(tongue)
            form = style.paragraph_format
            form.alignment, form.keep_with_next = look.side, look.kept
            form.line_spacing = look.spacing if look.spacing < 3 else Pt(look.spacing)
            form.space_before, form.space_after = Pt(look.before), Pt(look.after)
            form.first_line_indent = Pt(look.indent)

    def _headed(self) -> None:
        if self.filled.head:
            self._line(self.filled.head, "文书机关")
        self._line(self.filled.title, "文书标题")
        if self.imprint.number:
            self._line(self.imprint.number, "文书编号")
        self._line("", "文书间隔")

    def _footed(self, line: Line) -> None:
        self._looking(line, "文书页脚")
        stops = line.paragraph_format.tab_stops
        stops.add_tab_stop(Mm(self.width / 2), WD_TAB_ALIGNMENT.CENTER)
        stops.add_tab_stop(Mm(self.width), WD_TAB_ALIGNMENT.RIGHT)
        line.add_run(f"{self.imprint.number or self.filled.title}\t第 ")
        _counted(line, "PAGE")
        line.add_run(" 页 共 ")
        _counted(line, "NUMPAGES")
        line.add_run(f" 页\t校验码 {footer_mark(self.filled, self.imprint)}")

    # --- the parts -----------------------------------------------------------------------------------------------

    def add(self, part: Part, *, held: bool) -> None:
        """Draw one part; ``held``: what follows is to stand on the same page."""
        if isinstance(part, Paragraph):
            self._paragraph(part)
        elif isinstance(part, Grid):
            self._grid(part)
        elif isinstance(part, Signature):
            self._signature(part, held=held)
        else:
            self._seal(part)

    def _line(self, text: str, style: str, *, kept: bool = False) -> Line:
        line = self._looking(self.document.add_paragraph(text), style)
        if kept:
            line.paragraph_format.keep_with_next = True
        return line

    def _looking(self, line: Any, style: str) -> Line:
        """The line in its style, said by id: python-docx looks a name up among all styles, for every paragraph anew."""
        line._p.style = self.styles[style]
        return line

    def _paragraph(self, part: Paragraph) -> None:
        if part.style == "closing":
            self._line("此致", "文书段落", kept=True)
            self._line(part.text, "文书正文", kept=True)
        else:
            self._line(part.text, _OF_PARAGRAPH.get(part.style, "文书正文"))

    def _grid(self, part: Grid) -> None:
        table: Any = self.document.add_table(rows=len(part.rows), cols=len(part.widths), style="Table Grid")
        table.alignment, table.autofit = WD_TABLE_ALIGNMENT.CENTER, False
        share = self.width / sum(part.widths)
        widths = [Mm(width * share) for width in part.widths]
        for column, width in zip(table.columns, widths, strict=True):
            column.width = width
        for n, (row, cells) in enumerate(zip(table.rows, part.rows, strict=True)):
            self._row(row, cells, widths, repeated=n < part.head)
        self._line("", "文书间隔")

    def _row(self, row: Any, cells: tuple[Cell, ...], widths: list[Any], *, repeated: bool) -> None:
        places = row.cells
        at = 0
        for cell in cells:
            place = places[at]
            if cell.span > 1:
                place = place.merge(places[at + cell.span - 1])
            place.width = sum(widths[at : at + cell.span])
            self._cell(place, cell)
            at += cell.span
        properties = row._tr.get_or_add_trPr()
        if any(cell.tall for cell in cells):
            row.height = TALL
        else:
            properties.append(OxmlElement("w:cantSplit"))
        if repeated:
            properties.append(OxmlElement("w:tblHeader"))

    def _cell(self, place: Any, cell: Cell) -> None:
        align = WD_CELL_VERTICAL_ALIGNMENT
        place.vertical_alignment = align.TOP if cell.tall else align.CENTER
        first, *more = cell.text.split("\n")
        style = "文书栏目" if cell.label else "文书表格"
        self._looking(place.paragraphs[0], style).add_run(first)
        for text in more:
            self._looking(place.add_paragraph(text), style)

    def _signature(self, part: Signature, *, held: bool) -> None:
        long = len(part.label) > LONG_LABEL
        if long:
            self._line(f"{part.label}：", "文书签名", kept=True)
        shown = "" if long else f"{part.label}："
        line = self._line(f"{shown}\t    年    月    日", "文书签名", kept=held)
        line.paragraph_format.tab_stops.add_tab_stop(Mm(self.width), WD_TAB_ALIGNMENT.RIGHT, WD_TAB_LEADER.LINES)

    def _seal(self, part: Seal) -> None:
        organ = self._line(f"{part.organ}（印章）", "文书落款", kept=True)
        organ.paragraph_format.space_before = Pt(21)
        self._line(part.day, "文书落款")


def _counted(line: Any, what: str) -> None:
    """A field that Word fills in: the page, or how many there are."""
    counted, run, shown = (OxmlElement(name) for name in ("w:fldSimple", "w:r", "w:t"))
    counted.set(qn("w:instr"), what)
    shown.text = "1"
    run.append(shown)
    counted.append(run)
    line._p.append(counted)
