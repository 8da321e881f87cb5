"""A number of each (各件编号): where one step is taken for many cases, the papers have numbers of their own.

Beside the field for all, each case has one of its own; what is wrong is said at its own line. A case without a number
is left out, and equal numbers are taken, only where whoever sits there says so of just these. What does not live here:
the page and the step (bulk).
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from starlette.datastructures import FormData

from api.console.entrance import text_of
from api.console.ticked import Ticked
from cases.engine import read_form
from cases.errors import Malformed
from cases.grammar import Form

OWN = frozenset({"receipt", "number", "document"})
"""Fields whose value is each case's own: the numbers of papers."""

SINGLE = frozenset({"number"})
"""Fields that name one case alone (案号): there is none for all, and no two may be alike."""

LEAVE, SAME = "_leave", "_same"
"""What was said yes to: these cases are left out, these numbers are alike on purpose."""

NONE, ALIKE, SINGLE_SAME = "没有编号", "与 {numbers} 的编号相同", "与 {numbers} 的编号相同;一件一号,请核对"
APART = " | "
NAMED = 3
"""So many cases are named where several have the same number."""


@dataclass(frozen=True, slots=True)
class Cell:
    """A case's own field."""

    name: str
    title: str
    value: str
    most: int
    wrong: str = ""

    @property
    def id(self) -> str:
        """What the label and the finding refer to."""
        return self.name.lstrip("_").replace(".", "-")


@dataclass
class Findings:
    """What is wrong: beside the fields for all, and at the lines of cases; who lacks a number, which are alike."""

    fields: dict[str, str] = field(default_factory=dict)
    cells: dict[tuple[str, str], str] = field(default_factory=dict)
    lacking: list[str] = field(default_factory=list)
    alike: list[str] = field(default_factory=list)

    @property
    def clean(self) -> bool:
        """Whether nothing is left to mend or to say yes to."""
        return not self.fields and not self.cells


class Numbers:
    """What was written for each of the ticked cases, as far as the step asks for numbers of papers."""

    def __init__(self, schema: Mapping[str, Any], ticked: Sequence[Ticked], filled: FormData) -> None:
        parts: Mapping[str, Any] = schema["properties"]
        self.parts = {name: part for name, part in parts.items() if name in OWN and len(ticked) > 1}
        self.needed = self.parts.keys() & schema.get("required", ())
        self.ticked = ticked
        self.own = {one.id: dict(self._written(filled, one.id)) for one in ticked}
        self.yes = {name: set(text_of(filled, name).split(APART)) for name in (LEAVE, SAME)}

    def _written(self, filled: FormData, case_id: str) -> Iterator[tuple[str, str]]:
        for name in self.parts:
            if value := text_of(filled, cell_name(case_id, name)):
                yield name, value

    def typed(self, typed: Mapping[str, list[str]], filled: FormData) -> dict[str, list[str]]:
        """What stands in the fields for all; where one case alone is left, what was written for it stands there."""
        alone = self.ticked[0].id if len(self.ticked) == 1 else ""
        written = {name: text_of(filled, cell_name(alone, name)) for name in OWN} if alone else {}
        return {**typed, **{name: [value] for name, value in written.items() if value}}

    def for_all(self, typed: Mapping[str, list[str]]) -> dict[str, list[str]]:
        """What was typed for all, without what no two cases share."""
        return {name: value for name, value in typed.items() if name not in SINGLE & self.parts.keys()}

    def judged(self, form: type[Form], body: Mapping[str, Any]) -> Findings:
        """What is wrong with the step's form, tried for each case."""
        found = Findings()
        for one in self.ticked:
            try:
                read_form(form, {**body, **self.own[one.id]})
            except Malformed as refusal:
                self._sort(found, one.id, refusal.fields, body)
        if not set(found.lacking) <= self.yes[LEAVE] or len(found.lacking) == len(self.ticked):
            found.cells |= {(case_id, name): NONE for case_id in found.lacking for name in self._blank(case_id, body)}
        for name in self.parts:
            self._compare(found, name)
        return found

    def _sort(self, found: Findings, case_id: str, wrong: Mapping[str, str], body: Mapping[str, Any]) -> None:
        """Each finding to where it was written; a number nobody wrote is lacking."""
        for name, said in wrong.items():
            if name in self.own[case_id]:
                found.cells[case_id, name] = said
            elif name not in self.needed or name in body:
                found.fields.setdefault(name, said)
        if self._blank(case_id, body):
            found.lacking.append(case_id)

    def _blank(self, case_id: str, body: Mapping[str, Any]) -> list[str]:
        return [name for name in self.parts if name in self.needed - body.keys() - self.own[case_id].keys()]

    def _compare(self, found: Findings, name: str) -> None:
        """Numbers written for two cases or more: said at each of them."""
        held: dict[str, list[Ticked]] = {}
        for one in self.ticked:
            if value := self.own[one.id].get(name):
                held.setdefault(plain(value), []).append(one)
        for value, those in held.items():
            if len(those) == 1:
                continue
            found.alike += [] if name in SINGLE else [value]
            if name in SINGLE or value not in self.yes[SAME]:
                for one in those:
                    found.cells.setdefault((one.id, name), _same_as(one, those, name))

    def cells(self, case_id: str, found: Findings | None) -> list[Cell]:
        """The fields of a case's own."""
        wrong = found.cells if found else {}
        return [
            Cell(cell_name(case_id, name), part.get("title", name), self.own[case_id].get(name, ""),
                 part.get("maxLength", 200), wrong.get((case_id, name), ""))
            for name, part in self.parts.items()
        ]  # fmt: skip

    def said_of(self, case_id: str, body: Mapping[str, Any]) -> str:
        """The numbers the step was taken with, to be shown beside what came of it."""
        whole = {**body, **self.own[case_id]}
        return " ".join(str(whole[name]) for name in self.parts if whole.get(name))


def plain(number: str) -> str:
    """A number as it is compared: wide signs and blanks make no other number of it."""
    return "".join(unicodedata.normalize("NFKC", number).split()).casefold()


def _same_as(one: Ticked, those: Sequence[Ticked], name: str) -> str:
    others = [other.row.number for other in those if other is not one]
    named = "、".join(others[:NAMED]) + (" …" if len(others) > NAMED else "")
    return (SINGLE_SAME if name in SINGLE else ALIKE).format(numbers=named)


def cell_name(case_id: str, name: str) -> str:
    """What the field of a case's own is called in the form."""
    return f"_own.{case_id}.{name}"
