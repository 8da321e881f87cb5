"""A filled document as PDF/A-2b (印制): the same contents and the same moment always make the same bytes.

Drawn by ``sheet.typ``, which is handed the document as data. Fonts of the office come first, then the bundled ones.
What does not live here: Word (``word``) and what a document says.
"""

from __future__ import annotations

import json
import re
import threading
from importlib.util import find_spec
from pathlib import Path
from typing import Final

import typst

from cases.errors import Malformed
from cases.papers.sheet import Filled, Imprint, as_plain

TEMPLATE: Final = Path(__file__).parent / "sheet.typ"
BUNDLED: Final = "pylopdf_fonts_zh_cn"
"""The package that brings Noto Serif SC and Noto Sans SC (SIL Open Font License)."""

PREFERRED: Final = {
    "body": ("FangSong_GB2312", "FangSong", "仿宋_GB2312", "仿宋", "SimSun", "Noto Serif SC", "Noto Serif CJK SC"),
    "heading": ("SimHei", "黑体", "Noto Sans SC", "Noto Sans CJK SC"),
    "title": ("FZXiaoBiaoSong-B05S", "方正小标宋简体", "SimSun", "Noto Serif SC", "Noto Serif CJK SC"),
}
"""What official documents are set in (GB/T 9704), best first; what is not there is passed over."""

_UNSHOWN: Final = re.compile(r'the text `"(.+?)"` could not be displayed', re.DOTALL)


class Printer:
    """Prints documents. One a process: the fonts are read once; threads take turns."""

    def __init__(self, fonts: Path | None = None) -> None:
        self._folder = fonts
        self._turn = threading.Lock()
        self._made: tuple[typst.Compiler, str] | None = None

    def pdf(self, filled: Filled, imprint: Imprint) -> bytes:
        """The document as PDF; Malformed naming the signs no font here can show."""
        sheet = json.dumps(as_plain(filled, imprint), ensure_ascii=False)
        with self._turn:
            compiler, fonts = self._made = self._made or self._open()
            try:
                printed = compiler.compile(
                    sys_inputs={"sheet": sheet, "fonts": fonts},
                    format="pdf",
                    pdf_standards="a-2b",
                    timestamp=int(imprint.made_at.timestamp()),
                )
            except typst.TypstError as error:
                unshown = _UNSHOWN.search(str(error))
                if unshown is None:
                    raise
                raise Malformed(
                    f"字库中没有这些字,印不出来:{unshown.group(1)};请改写,或安装含有它们的字体(HUIYIN_FONTS)"
                ) from error
        if not isinstance(printed, bytes):
            raise TypeError("a document is one file")
        return printed

    def _open(self) -> tuple[typst.Compiler, str]:
        folders = [str(folder) for folder in (self._folder, _bundled()) if folder is not None and folder.is_dir()]
        known = typst.Fonts(include_system_fonts=False, include_embedded_fonts=False, font_paths=list(folders))
        families = set(known.families())
        # Every family is a last resort for what the preferred ones lack.
        rest = sorted(families)
        chosen = {
            use: list(dict.fromkeys([*(one for one in wanted if one in families), *rest]))
            for use, wanted in PREFERRED.items()
        }
        compiler = typst.Compiler(TEMPLATE, root=TEMPLATE.parent, font_paths=known, ignore_system_fonts=True)
        return compiler, json.dumps(chosen, ensure_ascii=False)


def _bundled() -> Path | None:
    found = find_spec(BUNDLED)
    return Path(found.origin).parent if found and found.origin else None
