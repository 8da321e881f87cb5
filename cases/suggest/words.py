"""The wording of matters: labelled texts and pack words read from CSV, texts cleaned, known words found in a text.

What does not live here: weighing one matter against another.
"""

from __future__ import annotations

import csv
import math
import re
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from cases.errors import PackBroken

LONGEST_TEXT = 2_000
"""Characters read of one text: what it is about is said early or not at all."""

_NOT_A_LETTER = re.compile(r"[\W_]+")

Keywords = Mapping[str, tuple[tuple[str, float], ...]]
"""Words and their weights by matter code."""


class MatterWords(Protocol):
    """A matter (事项) of the catalogue, as far as its wording goes."""

    @property
    def code(self) -> str: ...
    @property
    def name(self) -> str: ...
    @property
    def description(self) -> str: ...
    @property
    def keywords(self) -> tuple[str, ...]: ...


@dataclass(frozen=True)
class Example:
    """A report text and the matter a person put it under."""

    text: str
    matter: str


def read_keywords(path: Path) -> dict[str, tuple[tuple[str, float], ...]]:
    """The everyday words of each matter from a CSV ``matter,word,weight``; a weight is above zero, 1 is ordinary.

    Raises PackBroken, naming file, line and column, for an empty cell, a missing column or a weight that is none.
    """
    found: dict[str, dict[str, float]] = {}
    for place, row in _rows(path):
        words = found.setdefault(_cell(row, "matter", place), {})
        words[_cell(row, "word", place)] = _weight(_cell(row, "weight", place), place)
    return {matter: tuple(words.items()) for matter, words in found.items()}


def read_examples(path: Path) -> list[Example]:
    """Labelled texts from a CSV ``text,matter_code``. Raises PackBroken like :func:`read_keywords`."""
    return [Example(_cell(row, "text", place), _cell(row, "matter_code", place)) for place, row in _rows(path)]


def _rows(path: Path) -> Iterator[tuple[str, Mapping[str, str | None]]]:
    with path.open(encoding="utf-8-sig", newline="") as file:
        rows = csv.DictReader(file)
        try:
            for row in rows:
                yield f"{path.name} 第 {rows.line_num} 行", row
        except (csv.Error, UnicodeDecodeError) as wrong:
            raise PackBroken(f"{path.name} 第 {rows.line_num} 行之后无法读取") from wrong


def _cell(row: Mapping[str, str | None], column: str, place: str) -> str:
    value = (row.get(column) or "").strip()
    if not value:
        raise PackBroken(f"{place}：{column} 不能为空")
    return value


def _weight(cell: str, place: str) -> float:
    try:
        weight = float(cell)
    except ValueError as wrong:
        raise PackBroken(f"{place}：weight 应为数字") from wrong
    if not (math.isfinite(weight) and weight > 0):
        raise PackBroken(f"{place}：weight 应大于零")
    return weight


def clean(text: str) -> str:
    """Letters and digits of a text's beginning, width and case evened out, a space for whatever stood between."""
    even = unicodedata.normalize("NFKC", text[:LONGEST_TEXT])[:LONGEST_TEXT].casefold()
    seen = "".join(sign for sign in even if sign.isspace() or not unicodedata.category(sign).startswith("C"))
    return _NOT_A_LETTER.sub(" ", seen).strip()


def words_of(matter: MatterWords, keywords: Keywords) -> dict[str, float]:
    """A matter's words, cleaned: those listed on it weigh 1 unless ``keywords`` says otherwise."""
    listed = {clean(word): 1.0 for word in matter.keywords}
    weighted = {clean(word): weight for word, weight in keywords.get(matter.code, ())}
    return {word: weight for word, weight in (listed | weighted).items() if word}


def profile_of(matter: MatterWords, words: Mapping[str, float]) -> str:
    """All that is said about a matter as one document, weightier words repeated."""
    said = [clean(matter.name)] * 2 + [clean(matter.description)]
    for word, weight in words.items():
        said += [word] * min(max(round(2 * weight), 1), 8)
    return " ".join(part for part in said if part)


class WordList:
    """The words of all matters, and what finding one is worth for each."""

    def __init__(self, words: Sequence[Mapping[str, float]]) -> None:
        self._worth: dict[str, dict[int, float]] = {}
        for matter, mine in enumerate(words):
            for word, weight in mine.items():
                self._worth.setdefault(word, {})[matter] = weight * len(word) / 4  # a longer word tells more
        for owners in self._worth.values():
            rarity = math.log(1 + len(words) / len(owners))  # and so does one that few matters share
            for matter in owners:
                owners[matter] *= rarity
        self._by_length: dict[int, set[str]] = {}
        for word in self._worth:
            self._by_length.setdefault(len(word), set()).add(word)

    def found_in(self, text: str) -> dict[str, dict[int, float]]:
        """The words that occur in a cleaned text, each with its worth by matter; always in the same order."""
        found: set[str] = set()
        for length, words in self._by_length.items():
            found |= words & {text[at : at + length] for at in range(len(text) - length + 1)}
        return {word: self._worth[word] for word in sorted(found)}
