"""Which community (小区) a row means: the cell, or at least a hint for the person who must put it right.

What does not live here: the names themselves (the pack), coordinates (``cleaning``), buildings and rooms.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import NamedTuple, Protocol

from cases.intake.cleaning import clip, looks_like_formula, plain_line

_HINT_LENGTHS = range(9, 2, -1)  # a community's name has three to nine characters; shorter ones are too common
_HINT_REACH = 80
_CHINESE = re.compile("[\u4e00-\u9fff]{3,}")


class CommunityLike(Protocol):
    """What intake reads of a community of the pack."""

    @property
    def code(self) -> str: ...
    @property
    def name(self) -> str: ...
    @property
    def lng(self) -> float | None: ...
    @property
    def lat(self) -> float | None: ...


Lookup = Callable[[str], CommunityLike | None]


class CommunityRead(NamedTuple):
    """The community found, and the sentence about how, or about why none was."""

    found: CommunityLike | None
    remark: str | None


def read_community(cell: str, reporter_org: str, named: Lookup) -> CommunityRead:
    """The community that ``cell`` names; ``reporter_org`` serves only for a hint when it names none."""
    text = plain_line(cell).text
    if not text:
        return CommunityRead(None, f"没有填写小区；请填写小区名称。{_hint(reporter_org, named)}")
    if looks_like_formula(text):
        return CommunityRead(None, f"小区是电子表格公式，不予执行；请填写小区名称。{_hint(text, named)}")
    found = named(text)
    if found is None:
        hint = _hint(text, named) or _hint(reporter_org, named)
        return CommunityRead(None, f"不认识小区“{clip(text)}”；请填写本地名录中的小区名称。{hint}")
    if found.name == cell:
        return CommunityRead(found, None)
    return CommunityRead(found, f"“{clip(text)}”已识别为小区“{found.name}”")


def _hint(text: str, named: Lookup) -> str:
    """A question naming the one community whose name occurs in ``text``; empty when none or several do."""
    found: dict[str, str] = {}
    for words in _CHINESE.findall(plain_line(text[:_HINT_REACH]).text):
        for length in _HINT_LENGTHS:
            for start in range(len(words) - length + 1):
                community = named(words[start : start + length])
                if community is not None:
                    found[community.code] = community.name
    return f"是否为“{next(iter(found.values()))}”？" if len(found) == 1 else ""
