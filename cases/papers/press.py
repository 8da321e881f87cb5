"""The press (印制): a filled document in both formats. One a process; the libraries are loaded when it first prints.

What does not live here: what a document says, and where it is kept.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from threading import Lock
from typing import TYPE_CHECKING

from cases.papers.sheet import Filled, Imprint, content_digest

if TYPE_CHECKING:
    from cases.papers.printing import Printer


@dataclass(frozen=True, slots=True)
class Printed:
    """A document as it will be kept; ``content`` is the digest whose beginning stands in its footer."""

    pdf: bytes
    docx: bytes
    content: str

    @property
    def pdf_digest(self) -> str:
        """SHA-256 (hex) of the PDF."""
        return hashlib.sha256(self.pdf).hexdigest()

    @property
    def docx_digest(self) -> str:
        """SHA-256 (hex) of the Word file."""
        return hashlib.sha256(self.docx).hexdigest()


class Press:
    """Prints documents; ``fonts`` is a folder with the office's own fonts, if it has any."""

    def __init__(self, fonts: Path | None = None) -> None:
        self._fonts = fonts
        self._opening = Lock()

    def both(self, filled: Filled, imprint: Imprint) -> Printed:
        """The document in both formats; Malformed where a sign cannot be printed."""
        from cases.papers.word import word_file  # noqa: PLC0415 - a large library, and most processes print nothing

        return Printed(self.pdf(filled, imprint), word_file(filled, imprint), content_digest(filled, imprint))

    def pdf(self, filled: Filled, imprint: Imprint) -> bytes:
        """The document as PDF alone, which is how a draft is looked at."""
        with self._opening:
            printer = self._printer
        return printer.pdf(filled, imprint)

    @cached_property
    def _printer(self) -> Printer:
        from cases.papers.printing import Printer  # noqa: PLC0415 - a large library, and most processes print nothing

        return Printer(self._fonts)
