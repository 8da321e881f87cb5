"""What a court fills in for a suit (法院表单): receipt, referral, filing, model case, trial, judgment, execution.

What a court decides is recorded here and never decided. What does not live here: what the parties and their desk fill
in (suit_forms), the steps (litigation), the guards (rules).
"""

from __future__ import annotations

from datetime import date
from typing import Any, Literal

from pydantic import ConfigDict, Field
from typing_extensions import TypedDict

from cases.grammar import Form
from cases.machines.clock_steps import Extension
from cases.machines.moments import TEXT, Moment

Procedure = Literal["ordinary", "summary", "small_claims"]
"""普通程序, 简易程序, 小额诉讼程序."""

Outcome = Literal["granted", "partly", "dismissed"]
"""支持、部分支持、驳回."""


class CourtReceipt(Form):
    """法院收件回执: one for each case of a batch."""

    receipt: str = Field(title="回执编号", min_length=1, max_length=80)
    words: str = Field(default="", title="说明", max_length=TEXT)


class CourtPaper(Form):
    """法院文书: its number, and a word where one is needed."""

    document: str = Field(title="文书编号", min_length=2, max_length=80)
    words: str = Field(default="", title="说明", max_length=TEXT)


class Referring(Form):
    """委派(委托)调解: to which body, what it is told of the dispute, under which letter."""

    committee: str = Field(title="调解组织", min_length=1, max_length=64)
    dispute: str = Field(title="转给调解组织的纠纷情况", min_length=2, max_length=TEXT)
    document: str = Field(title="委派(委托)调解函编号", min_length=2, max_length=80)
    how: Literal["当面", "电话", "书面"] = Field(default="书面", title="征求意见的方式")
    reporter_is_party: bool = Field(default=True, title="原告参加调解")


class FilingDecision(Form):
    """立案: the court's own number (民初) and by which procedure."""

    number: str = Field(title="案号", min_length=2, max_length=80)
    procedure: Procedure = Field(title="适用程序")
    at: Moment = Field(title="立案时间")


class FilingRefusal(Form):
    """不予受理: the ruling, its ground, when it was served."""

    document: str = Field(title="裁定书编号", min_length=2, max_length=80)
    words: str = Field(title="不予受理的理由", min_length=2, max_length=TEXT)
    served_at: Moment = Field(title="送达时间")


class ModelChoice(Form):
    """示范案件确定书: the case is the model of its family."""

    family: str = Field(title="同类案件组", min_length=1, max_length=80)
    document: str = Field(title="确定书编号", min_length=2, max_length=80)


class Waiting(Form):
    """平行案件等待: for which model case of its family."""

    family: str = Field(title="同类案件组", min_length=1, max_length=80)
    model: str = Field(title="示范案件案号", min_length=2, max_length=80)


class Following(Form):
    """参照示范裁判: mediate on its result, or go on; what the mediators are told where it is mediated."""

    way: Literal["mediate", "go_on"] = Field(title="方式")
    result: str = Field(title="示范裁判结果", min_length=2, max_length=TEXT)
    committee: str = Field(default="", title="调解组织", max_length=64)
    dispute: str = Field(default="", title="转给调解组织的纠纷情况", max_length=TEXT)
    document: str = Field(default="", title="委派(委托)调解函编号", max_length=80)
    how: Literal["当面", "电话", "书面"] = Field(default="书面", title="征求意见的方式")
    reporter_is_party: bool = Field(default=True, title="原告参加调解")


class Service(Form):
    """送达: the copy of the claim reached the defendant; from then on the time to answer runs."""

    at: Moment = Field(title="送达时间")
    manner: Literal["直接", "留置", "邮寄", "电子", "委托", "公告"] = Field(title="送达方式")


class Answer(Form):
    """答辩: the defendant's answer reached the court."""

    at: Moment = Field(title="收到时间")
    document: str = Field(default="", title="答辩状编号", max_length=80)


class CourtHearing(Form):
    """开庭: when and where, under which summons."""

    at: Moment = Field(title="开庭时间")
    place: str = Field(title="法庭", min_length=1, max_length=200)
    document: str = Field(default="", title="传票编号", max_length=80)


class Conversion(Form):
    """转换程序: the trial goes on by another procedure, counted from the day of filing."""

    procedure: Procedure = Field(title="适用程序")
    document: str = Field(title="裁定书编号", min_length=2, max_length=80)


class LongerTrial(Extension):
    """延长审理期限: the term of the trial, or of mediation the court entrusted where both sides agree."""

    clock: Literal["term", "entrusted"] = Field(default="term", title="时限")  # pyright: ignore[reportIncompatibleVariableOverride]
    plaintiff_agrees: bool = Field(default=False, title="原告同意")
    defendant_agrees: bool = Field(default=False, title="被告同意")


class Judgment(Form):
    """裁判: judgment or ruling, how it ended, when it was served, by when it is to be performed."""

    kind: Literal["judgment", "ruling"] = Field(title="文书种类")
    document: str = Field(title="文书编号", min_length=2, max_length=80)
    outcome: Outcome = Field(title="结果")
    served_at: Moment = Field(title="送达时间")
    perform_by: date | None = Field(default=None, title="履行期限")
    content: tuple[str, ...] = Field(default=(), title="主文", max_length=30)


class MediationPaper(Form):
    """民事调解书: what was agreed before the court; in force once both sides signed for it."""

    document: str = Field(title="调解书编号", min_length=2, max_length=80)
    signed_at: Moment = Field(title="双方签收时间")
    perform_by: date | None = Field(default=None, title="履行期限")
    content: tuple[str, ...] = Field(default=(), title="调解协议内容", max_length=30)


class SecondRuling(Form):
    """二审裁判: upheld, changed, sent back for trial, or ordered to be filed."""

    result: Literal["upheld", "changed", "retrial", "file"] = Field(title="二审结果")
    document: str = Field(title="文书编号", min_length=2, max_length=80)
    outcome: Outcome = Field(title="对原告请求的结果")
    at: Moment = Field(title="送达时间")
    perform_by: date | None = Field(default=None, title="履行期限")


class Effective(Form):
    """生效证明: the court's word that its decision is in force."""

    document: str = Field(title="生效证明编号", min_length=2, max_length=80)
    perform_by: date | None = Field(default=None, title="履行期限")


class PaymentOrder(Form):
    """支付令: its number, when it was served on the debtor, how much."""

    document: str = Field(title="支付令编号", min_length=2, max_length=80)
    served_at: Moment = Field(title="送达时间")


class OrderObjection(Form):
    """支付令异议: in writing, by whom is no question: only the debtor may."""

    at: Moment = Field(title="提出时间")
    words: str = Field(default="", title="异议内容", max_length=TEXT)


class ExecutionResult(Form):
    """执行结案: performed in full, or this round ended for want of property (终结本次执行程序)."""

    document: str = Field(title="执行结案文书", min_length=2, max_length=80)
    complete: bool = Field(title="全部执行到位")


class LitigationFacts(TypedDict, total=False):
    """What only a suit knows. A fact that is absent has its empty value; nobody is named in full here."""

    __pydantic_config__ = ConfigDict(extra="forbid")  # type: ignore[misc]

    ordinal: int
    plaintiff_kind: str
    defendant_kind: str
    defendant_org: str
    plaintiff_masked: str
    defendant_masked: str
    building: str
    room: str
    cause: str
    claims: list[str]
    description: str
    amount: str
    period_from: str
    period_to: str
    suit_no: str
    demands: list[dict[str, Any]]
    pay_by: str
    screening: dict[str, Any]
    result: str
    reasons: list[str]
    repairs: int
    advised: list[dict[str, Any]]
    batch: str
    manifest: str
    position: int
    receipt: str
    family: str
    place_in_family: str
    model: str
    model_result: str
    left_family: str
    referred: str
    referrals: int
    court_number: str
    procedure: str
    filed_at: str
    service: dict[str, Any]
    answered: dict[str, Any]
    hearings: list[dict[str, Any]]
    ruling_kind: str
    ruling: str
    outcome: str
    served_at: str
    content: list[str]
    perform_until: str
    appeal: dict[str, Any]
    second: dict[str, Any]
    effective_at: str
    effective_proof: str
    withdrawal_asked: str
    order: dict[str, Any]
    order_served_at: str
    objection: dict[str, Any]
    unperformed: str
    execution_asked_at: str
    execution_ended: str
    performed: list[dict[str, Any]]
    executed: bool
    higher_court: str
    words: str
    concluded: str
    overdue: list[str]
    extended: dict[str, int]
    delay: str
