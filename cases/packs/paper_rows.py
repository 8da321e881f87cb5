"""What a pack says about official documents (文书): which there are, what must be in them, how they are laid out.

One TOML file a document holds all of it, so that a clerk and a lawyer can read it in one sitting. What does not live
here: reading the files (``paper_reading``), whether a declaration agrees with itself (``paper_check``), and filling one
(``cases.papers``).
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import ClassVar, Final

from pydantic import ConfigDict

KINDS: Final = ("line", "text", "date", "moment", "amount", "count", "choice", "choices", "yes_no", "lines", "rows")
"""What a field holds: one line, paragraphs, a day, a moment, yuan, a whole number, one or several of the choices, yes
or no, a list of lines, a list of rows with columns of their own."""

BLOCKS: Final = (
    "heading", "text", "plain", "right", "note", "to", "closing", "people", "each", "list", "grid", "table", "sign",
    "seal",
)  # fmt: skip
"""What a document is laid out from; see the README of the pack's papers."""

STYLES: Final = ("letter", "form")
ORGANS: Final = ("", "actor", "station", "assignee", "lead")
"""Whose document it is, and so whose number: nobody's (a party's own paper), the maker's organisation, or an
organisation of the case."""

READERS: Final = ("office", "department", "reporter")
MARKS: Final = ("seal", "signature", "receipt")
"""盖章、签名(盖章或者按指印)、送达回证: what the paper needs on it before it counts."""

OCCASION: Final = frozenset({"organ", "made_on", "case_number"})
"""What a layout may name besides the fields: the issuing organ, the day it is made, the number of the case."""

ROW_WORDS: Final = frozenset({"n", "ordinal", "stem"})
"""What a line for each row may name besides its columns: 1 2 3, 一二三, 甲乙丙."""

NUMBER_WORDS: Final = frozenset({"organ", "year", "n"})
FORMS: Final = ("capitals", "boxes")
"""How a field may be said otherwise: an amount in capital numerals, a choice with a box before every option."""

PLACEHOLDER: Final = re.compile(r"\{([a-z][a-z0-9_]*)(?:\.([a-z][a-z0-9_]*))?(?::([a-z]+))?\}")
"""``{field}``, ``{rows.column}`` (all rows, joined) or ``{field:form}`` in a layout."""


@dataclass(frozen=True, slots=True)
class Column:
    """栏目: something that is filled in. ``source`` is the article that asks for it, where there is one.

    ``required_if`` (``field=value``) makes it mandatory only where another column of the same row says so. ``said`` is
    how a sentence about a person words it, with ``{}`` for the value; ``width`` is its share of a table.
    """

    __pydantic_config__: ClassVar[ConfigDict] = ConfigDict(extra="forbid")
    name: str
    label: str
    kind: str = "line"
    required: bool = False
    required_if: str = ""
    source: str = ""
    choices: tuple[str, ...] = ()
    width: int = 2
    said: str = "{}"


@dataclass(frozen=True, slots=True)
class Field(Column):
    """一项内容. ``least`` is the smallest number of rows or lines of a list that is given.

    ``sum_of`` (``rows.column``) and ``count_of`` (``rows``) are computed, and refused where what is given differs.
    ``covers`` (``rows.column``): every name there must be among the names here, so that nobody's signature is missing.
    ``prefill`` names what the case already knows; ``sealed`` gives way to the one sentence allowed about
    sealed matters.
    """

    __pydantic_config__: ClassVar[ConfigDict] = ConfigDict(extra="forbid")
    columns: tuple[Column, ...] = ()
    least: int = 1
    sum_of: str = ""
    count_of: str = ""
    covers: str = ""
    prefill: str = ""
    sealed: bool = False


@dataclass(frozen=True, slots=True)
class Block:
    """版面: one part of a document, in order. ``when`` shows it only if that field was filled in."""

    __pydantic_config__: ClassVar[ConfigDict] = ConfigDict(extra="forbid")
    kind: str
    text: str = ""
    field: str = ""
    rows: tuple[tuple[str, ...], ...] = ()
    when: str = ""


@dataclass(frozen=True, slots=True)
class Paper:
    """文书: one kind of official document.

    ``case_types`` are those whose cases may have it, ``makers`` the roles that make it, ``readers`` the standings it is
    open to. ``number`` is the pattern of its number, with the year, the organ's short name and the serial, or blank.
    ``many``: a case may have several; otherwise making it again is a new version of the one it has. ``head`` stands
    above the title. ``marks`` say what is needed on it; ``confidence`` how sure the ``basis`` is.
    """

    __pydantic_config__: ClassVar[ConfigDict] = ConfigDict(extra="forbid")
    code: str
    title: str
    en: str
    case_types: tuple[str, ...]
    makers: tuple[str, ...]
    readers: tuple[str, ...]
    basis: str
    confidence: str
    fields: tuple[Field, ...]
    blocks: tuple[Block, ...]
    organ: str = ""
    number: str = ""
    many: bool = False
    style: str = "letter"
    head: str = ""
    marks: tuple[str, ...] = ()
    note: str = ""

    def field(self, name: str) -> Field | None:
        """The field of this name, or ``None``."""
        return next((one for one in self.fields if one.name == name), None)


@dataclass(frozen=True, slots=True)
class Organ:
    """机关代字: the short name an organisation's numbers begin with; it serves what lies below it as well."""

    org: str
    short: str
    basis: str
    confidence: str
