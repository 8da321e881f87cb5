"""What is filled in for a judicial confirmation (司法确认表单), and the facts only a confirmation has.

What does not live here: the steps (confirmation) and the guards (rules).
"""

from __future__ import annotations

from datetime import date
from typing import Any, Literal

from pydantic import ConfigDict, Field
from typing_extensions import TypedDict

from cases.grammar import Form
from cases.machines.clock_steps import Extension
from cases.machines.moments import TEXT


class JointApplication(Form):
    """司法确认申请: both parties together, to which court, with what (民诉法 205)."""

    court: str = Field(title="人民法院", min_length=1, max_length=64)
    application: bool = Field(default=False, title="司法确认申请书")
    agreement: bool = Field(default=False, title="调解协议")
    mediation_proof: bool = Field(default=False, title="调解组织主持调解的证明")
    identity: bool = Field(default=False, title="身份证明或主体资格证明")
    service_address: bool = Field(default=False, title="送达地址和联系方式")
    concerns_property: bool = Field(default=False, title="涉及财产权利")
    property_papers: bool = Field(default=False, title="财产权利证明")
    words: str = Field(default="", title="说明", max_length=TEXT)


class InWriting(Form):
    """补成书面: the document into which an oral agreement was put."""

    document: str = Field(title="书面协议编号", min_length=2, max_length=80)


class CourtFiling(Form):
    """受理: the court's own number (调确)."""

    number: str = Field(title="案号", min_length=2, max_length=80)


class CourtRefusal(Form):
    """不予受理或驳回: on which grounds of the law."""

    grounds: tuple[str, ...] = Field(title="事由", min_length=1, max_length=10)
    document: str = Field(title="裁定书编号", min_length=2, max_length=80)
    words: str = Field(default="", title="说明", max_length=TEXT)


class CourtQuestion(Form):
    """补充材料通知."""

    request: str = Field(title="需要补充的材料", min_length=2, max_length=TEXT)


class Supply(Form):
    """补充材料."""

    words: str = Field(title="补充情况", min_length=2, max_length=TEXT)


class LongerExamination(Extension):
    """延长审查期限: by leave of the court's president."""

    clock: Literal["court_ruling", "court_outer"] = Field(default="court_ruling", title="时限")  # pyright: ignore[reportIncompatibleVariableOverride]


class CourtRuling(Form):
    """裁定书."""

    document: str = Field(title="裁定书编号", min_length=2, max_length=80)


class Retreat(Form):
    """撤回申请."""

    words: str = Field(default="", title="说明", max_length=TEXT)


class ExecutionApplication(Form):
    """申请强制执行: what was not performed."""

    unperformed: str = Field(title="未履行的内容", min_length=2, max_length=TEXT)


class ExecutionEnd(Form):
    """执行结案."""

    document: str = Field(title="执行结案文书", min_length=2, max_length=80)
    complete: bool = Field(title="全部执行到位")


class Revocation(Form):
    """案外人撤销: when the third party came to know, when it applied, the ruling."""

    known_on: date = Field(title="知道之日")
    applied_on: date = Field(title="申请之日")
    document: str = Field(title="裁定书编号", min_length=2, max_length=80)


class ConfirmationFacts(TypedDict, total=False):
    """What only a confirmation knows. A fact that is absent has its empty value."""

    __pydantic_config__ = ConfigDict(extra="forbid")  # type: ignore[misc]

    ordinal: int
    agreement: str
    effective_at: str
    content: list[str]
    plan: list[dict[str, Any]]
    oral: bool
    in_writing: str
    perform_until: str
    default_on: str
    window_ended: str
    execution_ended: str
    words: str
    court_number: str
    request: str
    supplied: str
    grounds: list[str]
    ruling: str
    unperformed: str
    executed: bool
    overdue: list[str]
    extended: dict[str, int]
    delay: str
