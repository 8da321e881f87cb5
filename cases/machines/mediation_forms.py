"""What is filled in for the steps of a mediation up to an agreement (调解表单), and the facts only a mediation has.

Nothing here names a person: parties are entered beside the case. What does not live here: the agreement's own forms
(agreement_forms), parties, consents and meetings (desk), the guards (rules).
"""

from __future__ import annotations

from typing import Any, Literal

from pydantic import ConfigDict, Field
from typing_extensions import TypedDict

from cases.grammar import Form
from cases.machines.clock_steps import Extension
from cases.machines.moments import TEXT, Moment

Source = Literal["当事人申请", "主动调解", "网格移交", "走访发现", "工作站移交", "公安移交", "法院委派"]
Kind = Literal["people", "administrative", "judicial"]
"""人民调解、行政调解、司法调解 (三调联动)."""

Ground = Literal[
    "调解不成",
    "一方明确拒绝调解",
    "当事人要求终止",
    "期限届满未延长",
    "无法联系当事人",
    "不属于人民调解范围",
    "发现虚假调解",
]
"""终止原因, as the notice of termination words them."""

Route = Literal["仲裁", "行政处理", "向人民法院提起诉讼", "申请司法确认", "申请强制执行", "重新调解", "转送有关部门"]
"""其他途径 (人民调解法 26, 32, 33)."""


class MediationApplication(Form):
    """调解申请: oral or written, or the committee's own initiative, or what was found on a visit (人民调解法 17)."""

    community: str = Field(title="小区", min_length=1)
    building: str = Field(default="", title="楼栋", max_length=100)
    room: str = Field(default="", title="房号", max_length=100)
    matter: str = Field(title="事项", min_length=1, max_length=20)
    source: Source = Field(default="当事人申请", title="来源")
    oral: bool = Field(default=False, title="口头申请")
    kind: Kind = Field(default="people", title="调解类别")
    committee: str | None = Field(default=None, title="受理机构", max_length=64)
    dispute: str = Field(title="纠纷情况", min_length=2, max_length=TEXT)
    requests: str = Field(default="", title="请求事项", max_length=TEXT)
    natures: tuple[str, ...] = Field(default=(), title="是否属于不得调解的情形", max_length=20)
    earlier: str = Field(default="", title="此前的调解编号", max_length=80)


class MediationAcceptance(Form):
    """受理: whether any of the circumstances that exclude mediation is there; the matter may be put right with it."""

    matter: str | None = Field(default=None, title="事项", max_length=20)
    natures: tuple[str, ...] = Field(default=(), title="不得调解的情形(没有则留空)", max_length=20)
    note: str = Field(default="", title="受理意见", max_length=TEXT)


class Declining(Form):
    """不予受理: why, and where else to go."""

    reason: str = Field(title="理由", min_length=2, max_length=TEXT)
    routes: tuple[Route, ...] = Field(title="其他途径", min_length=1)


class Heard(Form):
    """答复记入案卷: what one party answered when asked for itself."""

    party: int = Field(title="当事人序号", ge=1)
    what: str = Field(title="事项", max_length=80)
    answer: Literal["yes", "no"] = Field(title="答复")
    means: str = Field(default="", title="方式", max_length=20)


class PartyCorrected(Form):
    """更正当事人: what of an entry was put right, masked, and what is void since; never who the party was or is."""

    party: int = Field(title="当事人序号", ge=1)
    changed: tuple[str, ...] = Field(title="更正的内容", min_length=1, max_length=20)
    masked: tuple[str, ...] = Field(default=(), title="更正前后(已遮盖)", max_length=20)
    reason: str = Field(title="更正理由", min_length=2, max_length=500)
    void_consents: int = Field(default=0, title="作废的同意", ge=0)
    void_links: int = Field(default=0, title="作废的链接", ge=0)
    ask_again: bool = Field(default=False, title="须重新征求同意")


class PartyWithdrawn(Form):
    """撤回当事人: an entry that was made by mistake is taken back; of whom it was, only the place stays."""

    party: int = Field(title="当事人序号", ge=1)
    masked: tuple[str, ...] = Field(default=(), title="撤回的登记(已遮盖)", max_length=20)
    reason: str = Field(title="撤回理由", min_length=2, max_length=500)
    void_links: int = Field(default=0, title="作废的链接", ge=0)


class RightsNotice(Form):
    """权利义务告知: which parties were told, and how; mandatory before the first meeting."""

    parties: tuple[str, ...] = Field(title="被告知的当事人", min_length=1, max_length=200)
    how: Literal["当面", "书面送达", "电话", "网络"] = Field(title="方式")
    at: Moment = Field(title="时间")


class Inquiry(Form):
    """调查记录: what was found out before or between meetings."""

    text: str = Field(title="调查情况", min_length=2, max_length=TEXT)
    evidence: tuple[str, ...] = Field(default=(), title="证据材料", max_length=50)


class Session(Form):
    """调解记录: a meeting that was held, or a talk on the spot (就地、入户调解) with its place and time."""

    meeting: str = Field(default="", title="会议", max_length=64)
    place: str = Field(default="", title="就地调解地点", max_length=200)
    at: Moment | None = Field(default=None, title="就地调解时间")
    helpers: str = Field(default="", title="协助人(经各方同意)", max_length=200)
    words: str = Field(default="", title="记录", max_length=TEXT)


class Appraisal(Form):
    """鉴定委托: what is appraised, by whom, under which document; the time is not counted."""

    subject: str = Field(title="鉴定事项", min_length=2, max_length=TEXT)
    by: str = Field(title="鉴定机构", min_length=2, max_length=200)
    document: str = Field(title="委托书", min_length=2, max_length=200)


class Appraised(Form):
    """鉴定结束: the finding, or why there is none."""

    finding: str = Field(title="鉴定意见", min_length=2, max_length=TEXT)
    document: str = Field(default="", title="鉴定意见书", max_length=200)


class Ending(Form):
    """终止: on which ground, in words."""

    ground: Ground = Field(title="终止原因")
    words: str = Field(title="情况说明", min_length=2, max_length=TEXT)


class Leaving(Form):
    """当事人要求终止调解: no reason need be given (人民调解法 23)."""

    words: str = Field(default="", title="说明(可不填)", max_length=TEXT)


class Routing(Form):
    """分流告知: the other routes that were named to the parties (人民调解法 26)."""

    routes: tuple[Route, ...] = Field(title="已告知的其他途径", min_length=1)
    words: str = Field(default="", title="办理提示", max_length=TEXT)


class Handing(Form):
    """上交或下交: to the next tier, with the reason."""

    reason: str = Field(title="理由", min_length=2, max_length=TEXT)


class HandingOver(Form):
    """三调联动移交: to which kind of mediation and to whom, with the file."""

    kind: Kind = Field(title="移交后的调解类别")
    to: str = Field(title="接收机构", min_length=1, max_length=64)
    reason: str = Field(title="理由", min_length=2, max_length=TEXT)


class Prolonging(Extension):
    """延长调解期限: the parties' total time, as far as all of them agree."""

    clock: Literal["total"] = Field(default="total", title="时限")  # pyright: ignore[reportIncompatibleVariableOverride]


class Guidance(Form):
    """共享法庭指导: what a judge advised; guidance, not a judgment."""

    judge: str = Field(title="指导法官", min_length=1, max_length=100)
    at: Moment = Field(title="时间")
    words: str = Field(title="指导意见", min_length=2, max_length=TEXT)


class Danger(Form):
    """报告公安: signs of an offence or of escalation (人民调解法 25); nothing said in mediation beyond what is needed."""

    matter: str = Field(title="事项", min_length=1, max_length=20)
    what: str = Field(title="危险情形", min_length=2, max_length=TEXT)
    told_police_at: Moment = Field(title="报警时间")
    receipt: str = Field(default="", title="接警回执", max_length=200)


class Referral(Form):
    """转调解: the reporter's express consent to be named, and what the mediators are told of the dispute."""

    named: bool = Field(title="报告人明确同意公开身份")
    how: Literal["当面", "电话", "书面"] = Field(title="同意的方式")
    dispute: str = Field(title="转给调解委员会的纠纷情况", min_length=2, max_length=TEXT)
    committee: str | None = Field(default=None, title="调解委员会", max_length=64)
    reporter_is_party: bool = Field(default=True, title="报告人是当事人")


class MediationFacts(TypedDict, total=False):
    """What only a mediation knows. A fact that is absent has its empty value; none of them leaves but ``outcome``."""

    __pydantic_config__ = ConfigDict(extra="forbid")  # type: ignore[misc]

    ordinal: int
    source: str
    kind: str
    tier: str
    oral: bool
    building: str
    room: str
    dispute: str
    requests: str
    natures: list[str]
    earlier: str
    named: str
    note: str
    accepted_at: str
    rights_told: dict[str, str]
    asked_again: list[str]
    inquiries: list[str]
    evidence: list[str]
    sessions: list[str]
    appraisal: dict[str, Any]
    handed: list[dict[str, Any]]
    guidance: list[dict[str, Any]]
    dangers: int
    findings: str
    issues: str
    responsibility: str
    content: list[str]
    common_parts: bool
    plan: list[dict[str, Any]]
    next_due: str
    checked: dict[str, Any]
    signatures: list[dict[str, Any]]
    effective_at: str
    visits: list[dict[str, Any]]
    default: dict[str, Any]
    pressed: int
    ground: str
    ended: str
    routes: list[str]
    outcome: str
    performed: str
    overdue: list[str]
    extended: dict[str, int]
    extended_at: str
    delay: str
