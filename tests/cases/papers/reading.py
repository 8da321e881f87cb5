"""What a printed document says, read back from its bytes. What does not live here: expectations."""

from __future__ import annotations

import io
import re
from typing import Any

from docx import Document
from pypdf import PdfReader

_SPACE = re.compile(r"[\s\u200b]+")


def squeezed(text: str) -> str:
    """Text without what lines and columns do to it."""
    return _SPACE.sub("", text)


def pdf_pages(content: bytes) -> list[str]:
    """The text of each page, without spaces."""
    return [squeezed(page.extract_text()) for page in PdfReader(io.BytesIO(content)).pages]


def pdf_text(content: bytes) -> str:
    """All text, without spaces."""
    return "".join(pdf_pages(content))


def docx_text(content: bytes) -> str:
    """All text of a Word file in the order of its parts, the footer last, without spaces."""
    document: Any = Document(io.BytesIO(content))
    found: list[str] = []
    for part in document.iter_inner_content():
        if hasattr(part, "rows"):
            for row in part.rows:
                cells = dict.fromkeys(cell._tc for cell in row.cells)
                found += ["".join(node.text or "" for node in cell.iter(f"{{{_W}}}t")) for cell in cells]
        else:
            found.append(part.text)
    found.append(document.sections[0].footer.paragraphs[0].text)
    return squeezed("".join(found))


_W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
