"""Lawful erasure (依法删除): the same rows for every case type. The content goes, a tombstone and this entry stay.

An entry of the history chains only the salted digest of its payload, so the chain still verifies. What does not live
here: retention periods (packs, later) and the rows themselves (desk).
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from pydantic import Field

from cases.grammar import STAY, Form, Question, Step, asks_form
from cases.machines.roles import ARCHIVIST


class Erasure(Form):
    """删除: which entries lose their content, whether the reporter's identity goes too, and on what legal ground."""

    entries: tuple[int, ...] = Field(default=(), title="办理记录序号", max_length=200)
    identity: bool = Field(default=False, title="同时删除报告人身份")
    content: bool = Field(default=False, title="同时删除案情描述、劝阻记录内容、附件和文书")
    ground: str = Field(title="法律依据", min_length=4, max_length=400)


VERBS: Mapping[str, tuple[str, str]] = {"erase": ("依法删除", "Erase lawfully")}


CONTENT = (
    "description", "answer", "results", "decision", "dissatisfied", "finding", "result", "measure", "dispute", "requests",
    "inquiries", "appraisal", "guidance", "findings", "issues", "responsibility", "content", "plan", "visits", "ended",
    "words", "unperformed", "claims", "reasons", "advised", "model_result", "objection", "plaintiff_masked",
    "defendant_masked",
)  # fmt: skip
"""Facts that say what a matter was about and what was said of it, in whatever case type."""


@asks_form
def names_something(q: Question) -> bool:
    """还需:写明要删除的办理记录序号(已有的序号),或报告人身份"""
    known = all(1 <= seq <= q.piece.version for seq in q.form.entries)
    return known and bool(q.form.entries or q.form.identity or q.form.content)


def emptied(q: Question) -> dict[str, Any]:
    """The description goes from the case as well."""
    gone = {name: type(q.piece.facts[name])() for name in CONTENT if name in q.piece.facts}
    return {"summary": "", **gone} if q.form.content else {}


def erasure_steps(resting: tuple[str, ...]) -> tuple[Step, ...]:
    """The archivist's rows for the states in which a case rests."""
    # fmt: off
    return (
        Step(ARCHIVIST, "erase", resting, STAY, Erasure, (names_something,), ("erase:payloads", "erase:identity", "erase:content"), emptied),
    )
    # fmt: on
