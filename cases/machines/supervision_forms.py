"""What is filled in for the steps of a supervision order (督办单表单), and the facts only an order has.

What does not live here: the steps (supervision).
"""

from __future__ import annotations

from typing import Literal

from pydantic import ConfigDict, Field
from typing_extensions import TypedDict

from cases.grammar import Form
from cases.machines.moments import TEXT

Reason = Literal["appraisal", "party_missing", "competence_dispute", "delay", "system"]
"""超期原因: 鉴定、当事人失联、职责争议、工作延误、系统 (reference 4h)."""


class SupervisionOrder(Form):
    """督办单: level, requirement; what is overdue and who is supervised follow from the case."""

    level: int = Field(default=2, title="等级", ge=1, le=4)
    requirement: str = Field(title="督办要求", min_length=2, max_length=TEXT)
    clock: str = Field(default="", title="超期时限")


class Reply(Form):
    """督办答复: why it is late, what was done and will be done. The reason code is mandatory."""

    reason: Reason = Field(title="超期原因")
    text: str = Field(title="情况说明和措施", min_length=2, max_length=TEXT)


class Verdict(Form):
    """督办审核: the issuer's decision on the reply, or on the order itself."""

    text: str = Field(title="审核意见", min_length=2, max_length=TEXT)


class SupervisionFacts(TypedDict, total=False):
    """What only a supervision order knows. A fact that is absent has its empty value."""

    __pydantic_config__ = ConfigDict(extra="forbid")  # type: ignore[misc]

    ordinal: int
    grade: int
    clock: str
    was_due: str
    requirement: str
    reason: str
    reply: str
    replies: int
    verdict: str
    overdue: list[str]
