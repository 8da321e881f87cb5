"""Both formats say what was filled in, whatever it is; long texts run on; the same facts make the same bytes."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator, Mapping
from datetime import timedelta
from typing import Any

import pytest
from pypdf import PdfReader
from pypdf.generic import ContentStream

from cases.errors import Malformed
from cases.packs.paper_rows import Column
from cases.packs.schema import Paper
from cases.papers.filling import fill
from cases.papers.press import Press
from cases.papers.sheet import Imprint, content_digest, footer_mark
from cases.papers.values import READ
from tests.builders import FRIDAY
from tests.cases.papers.reading import docx_text, pdf_pages, pdf_text, squeezed
from tests.cases.papers.samples import FACTS, OCCASION, facts_of

NUMBER = "（2026）坛物调字第12号"
NUMBERED = Imprint(FRIDAY, NUMBER)
HOSTILE = '#eval("1") \\u{41} {{ 7*7 }} {% for %} $x$ *b* _i_ <w:t>&amp;</w:t> @ref `raw` // /* ]] "\' %s ${y} ==='
PAGE_WIDTH = 595.3
RIGHT_MARGIN = 26 / 25.4 * 72


def told(columns: Any, facts: Mapping[str, Any]) -> Iterator[str]:
    """Every value as a document words it."""
    for column in columns:
        value = facts.get(column.name)
        if value is None or column.said == "" or column.kind == "choices":
            continue
        if column.kind == "rows":
            for row in value:
                yield from told(column.columns, row)
        elif isinstance(column, Column):
            worded = READ[column.kind](column, value)
            yield from worded.lines or [worded.text]


@pytest.mark.parametrize("code", FACTS)
def test_both_formats_say_everything_that_was_filled_in(papers: Mapping[str, Paper], press: Press, code: str):
    paper = papers[code]
    filled = fill(paper, facts_of(code), OCCASION)
    printed = press.both(filled, NUMBERED)
    pdf, word = pdf_text(printed.pdf), docx_text(printed.docx)
    wanted = [paper.title, NUMBER, squeezed(footer_mark(filled, NUMBERED))]
    wanted += [line for text in told(paper.fields, FACTS[code]) for line in text.split("\n")]
    assert len(wanted) >= 8
    for text in map(squeezed, wanted):
        assert text in pdf, text
        assert text in word, text


@pytest.mark.parametrize("code", ["agreement", "supervision_order", "statement_of_claim"])
def test_hostile_text_stands_on_the_paper_as_it_is(papers: Mapping[str, Paper], press: Press, code: str):
    paper = papers[code]
    names = [one.name for one in paper.fields if one.kind in {"line", "text"} and one.name in FACTS[code]]
    facts = facts_of(code, **dict.fromkeys(names, HOSTILE))
    if code == "agreement":
        facts["parties"][0]["name"] = HOSTILE
    printed = press.both(fill(paper, facts, OCCASION), NUMBERED)
    assert pdf_text(printed.pdf).count(squeezed(HOSTILE)) >= len(names)
    assert docx_text(printed.docx).count(squeezed(HOSTILE)) >= len(names)


def test_the_same_facts_and_moment_make_the_same_bytes(papers: Mapping[str, Paper]):
    filled = fill(papers["agreement"], facts_of("agreement"), OCCASION)
    one, other = Press().both(filled, NUMBERED), Press().both(filled, NUMBERED)
    assert one == other
    later = Imprint(FRIDAY + timedelta(days=1), NUMBER)
    assert content_digest(filled, later) != one.content
    assert content_digest(filled, Imprint(FRIDAY, NUMBER, version=2)) != one.content


def test_the_pdf_is_an_archive_file_with_a_title_and_the_right_day(papers: Mapping[str, Paper], press: Press):
    filled = fill(papers["agreement"], facts_of("agreement"), OCCASION)
    reader = PdfReader(io.BytesIO(press.pdf(filled, NUMBERED)))
    assert reader.xmp_metadata is not None
    assert (reader.xmp_metadata.pdfaid_part, reader.xmp_metadata.pdfaid_conformance) == ("2", "B")
    assert reader.metadata is not None
    assert reader.metadata.title == "人民调解协议书"
    assert reader.metadata.creation_date is not None
    assert reader.metadata.creation_date.strftime("%Y-%m-%d %H:%M") in {"2026-11-20 09:00", "2026-11-20 01:00"}


def test_every_page_has_its_number_and_the_mark(papers: Mapping[str, Paper], press: Press):
    filled = fill(papers["batch_manifest"], facts_of("batch_manifest"), OCCASION)
    pages = pdf_pages(press.pdf(filled, NUMBERED))
    assert len(pages) > 2
    for n, text in enumerate(pages, 1):
        assert f"第{n}页共{len(pages)}页" in text
        assert f"校验码{squeezed(footer_mark(filled, NUMBERED))}" in text
        assert "序号案号原告被告" in text, "the head of a table is repeated"


def test_very_long_text_flows_over_pages_and_nothing_is_lost(papers: Mapping[str, Paper], press: Press):
    facts = facts_of(
        "mediation_record",
        words="\n".join(f"第{n}句:{'双方陈述了各自的理由,记录在案。' * 5}第{n}句完" for n in range(150)),
        others="".join(f"旁听{n}号。" for n in range(1500)),
    )
    filled = fill(papers["mediation_record"], facts, OCCASION)
    printed = press.both(filled, NUMBERED)
    pages = pdf_pages(printed.pdf)
    assert len(pages) > 10
    mark = squeezed(footer_mark(filled, NUMBERED))
    footers = [f"{NUMBER}第{n}页共{len(pages)}页校验码{mark}" for n in range(1, len(pages) + 1)]
    assert all(footer in page for footer, page in zip(footers, pages, strict=True))
    body = "".join(page.replace(footer, "") for footer, page in zip(footers, pages, strict=True))
    for text in (body, docx_text(printed.docx)):
        assert all(f"第{n}句:" in text and f"第{n}句完" in text for n in range(150))
        assert all(f"旁听{n}号。" in text for n in range(1500))


def right_edges(content: bytes) -> list[float]:
    """Where text begins on the page, from the left, in points."""
    found: list[float] = []

    def see(text: str, _cm: Any, tm: list[float], _font: Any, _size: float) -> None:
        if text.strip():
            found.append(float(tm[4]))

    for page in PdfReader(io.BytesIO(content)).pages:
        assert isinstance(page.get_contents(), ContentStream)
        page.extract_text(visitor_text=see)
    return found


def test_a_word_without_end_stays_on_the_page(papers: Mapping[str, Paper], press: Press):
    word = "x" * 180
    facts = facts_of("agreement", mediators=word, facts=word * 20)
    facts["terms"][0]["manner"] = word
    content = press.pdf(fill(papers["agreement"], facts, OCCASION), NUMBERED)
    assert pdf_text(content).count("x") == 180 * 22
    assert max(right_edges(content)) < PAGE_WIDTH - RIGHT_MARGIN


@pytest.mark.parametrize("sign", ["😀", "𠮷", "한"])
def test_a_sign_no_font_can_show_is_named_and_not_dropped(papers: Mapping[str, Paper], press: Press, sign: str):
    filled = fill(papers["agreement"], facts_of("agreement", facts=f"申请人{sign}说"), OCCASION)
    with pytest.raises(Malformed, match=sign):
        press.both(filled, NUMBERED)
    again = fill(papers["agreement"], facts_of("agreement"), OCCASION)
    assert press.both(again, NUMBERED).pdf.startswith(b"%PDF-"), "the press goes on printing"


@pytest.mark.parametrize("name", ["㐀", "䶮", "𬱖", "𫖯", "龘", "①㎡℃", "Ōé"])
def test_rare_names_are_printed(papers: Mapping[str, Paper], press: Press, name: str):
    filled = fill(papers["feedback_notice"], facts_of("feedback_notice", result=f"由{name}办理"), OCCASION)
    assert name in pdf_text(press.pdf(filled, NUMBERED))


def test_a_draft_says_so_and_has_neither_number_nor_mark(papers: Mapping[str, Paper], press: Press):
    filled = fill(papers["agreement"], {}, OCCASION, draft=True)
    pages = pdf_pages(press.pdf(filled, Imprint(FRIDAY, draft=True)))
    for text in pages:
        assert "草稿，不作凭据" in text
        assert "草稿" in text.replace("草稿，不作凭据", "")
        assert "校验码" not in text
        assert "字第" not in text


def test_the_word_file_is_a_whole_archive_without_a_trace_of_who_made_it(papers: Mapping[str, Paper], press: Press):
    printed = press.both(fill(papers["agreement"], facts_of("agreement"), OCCASION), NUMBERED)
    with zipfile.ZipFile(io.BytesIO(printed.docx)) as archive:
        assert archive.testzip() is None
        assert {entry.date_time[0] for entry in archive.infolist()} == {1980}
        core = archive.read("docProps/core.xml").decode()
    assert "python-docx" not in core
    assert "人民调解协议书" in core
