"""One thing wrong in a pack folder, said so that the person who keeps the file can mend it.

What does not live here: the checks themselves (``tables``, ``reading``, ``references``, ``coherence``).
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, order=True)
class Finding:
    """检查发现: file, line (1 = header, 0 = the file as a whole), field, what is wrong, what would be right."""

    file: str
    line: int
    field: str
    wrong: str
    right: str

    def __str__(self) -> str:
        place = f"{self.file} 第{self.line}行" if self.line else self.file
        field = f"「{self.field}」栏" if self.field else ""
        return f"{place}{field}:{self.wrong};应为:{self.right}"
