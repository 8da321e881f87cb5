"""Which matter (事项) a row means: codes in sloppy spellings put right, unknown ones answered with a suggestion.

What does not live here: guessing the matter from the description, and the catalogue itself (the pack).
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from typing import NamedTuple, Protocol

from cases.intake.cleaning import clip, plain_line

_CODE = re.compile(r"([A-Z]{2})0*(\d{1,4})", re.ASCII)
_SEPARATORS = re.compile(r"[\s\-_.‐-―]")
_SHOWN = 5


class MatterLike(Protocol):
    """What intake reads of a matter of the pack."""

    @property
    def code(self) -> str: ...
    @property
    def name(self) -> str: ...


class MatterRead(NamedTuple):
    """The code found, if any; ``unknown`` when the cell names a matter that the pack does not have."""

    code: str | None
    unknown: bool
    remark: str | None


def read_matter(cell: str, matters: Mapping[str, MatterLike]) -> MatterRead:
    """The matter that ``cell`` names by code or by its full name; an empty cell names none, which is allowed."""
    text = unicodedata.normalize("NFKC", plain_line(cell).text)
    if not text:
        return MatterRead(None, False, None)
    code = _code(text, matters) or next((key for key, matter in matters.items() if matter.name == text), None)
    if code is None:
        return MatterRead(
            None, True, f"事项清单中没有“{clip(text)}”；请填写清单中的事项代码，或者留空。{_hint(text, matters)}"
        )
    return MatterRead(code, False, None if code == cell else f"事项“{clip(text)}”已按 {code} {matters[code].name}记录")


def _code(text: str, matters: Mapping[str, MatterLike]) -> str | None:
    compact = _SEPARATORS.sub("", text).upper()
    found = _CODE.fullmatch(compact)
    candidates = [compact]
    if found:
        candidates += [f"{found[1]}{int(found[2]):0{width}d}" for width in (2, 3)]
    return next((one for one in candidates if one in matters), None)


def _hint(text: str, matters: Mapping[str, MatterLike]) -> str:
    if len(text) >= 2 and not text.isascii():
        named = [
            f"{key} {matter.name}" for key, matter in matters.items() if text in matter.name or matter.name in text
        ]
        return f"是否为 {' 或 '.join(named)}？" if 0 < len(named) <= _SHOWN else ""
    group = sorted(key for key in matters if key[:2] == _SEPARATORS.sub("", text).upper()[:2])
    return f"该类代码为 {group[0]} 至 {group[-1]}。" if group else ""
