"""What is filled in around a mediation (调解登记表单): parties, consents, the mediator, meetings, absences, contracts.

The forms of a case type's steps live with their case type (machines); rules about what is filled in live in rules.
"""

from __future__ import annotations

from datetime import date
from typing import Annotated, Literal

from pydantic import Field

from cases.grammar import Form
from cases.machines.clue_forms import Moment

Name = Annotated[str, Field(min_length=1, max_length=100)]
Id = Annotated[str, Field(min_length=1, max_length=64)]
Words = Annotated[str, Field(min_length=2, max_length=2000)]
Phone = Annotated[str, Field(max_length=40, pattern=r"^[0-9+() -]*$")]
Share = Annotated[int | None, Field(ge=0, le=100)]


class PartyForm(Form):
    """当事人登记. The identity number is checked, then only its mask and a keyed digest are kept."""

    side: Literal["applicant", "respondent", "third"] = Field(title="地位")
    kind: Literal["person", "org"] = Field(title="个人或单位")
    org: str | None = Field(default=None, title="单位代码(已在机构清单中的)", max_length=64)
    name: Name = Field(title="姓名或名称")
    identity_number: str = Field(default="", title="证件号码", max_length=40)
    phone: Phone = Field(default="", title="电话")
    address: str = Field(default="", title="送达地址", max_length=300)
    agent_name: str = Field(default="", title="代理人", max_length=100)
    agent_phone: Phone = Field(default="", title="代理人电话")
    agent_authority: Literal["", "general", "special"] = Field(default="", title="代理权限:一般或特别授权")
    guardian: str = Field(default="", title="监护人", max_length=100)
    language: str = Field(default="", title="语言或方言", max_length=40)


Part = Literal["org", "identity_number", "phone", "address", "agent", "guardian", "language"]
Told = Annotated[str, Field(min_length=2, max_length=500)]


class PartyCorrection(Form):
    """更正当事人: what is left out stays as it is; what was never there to be known is emptied by naming it.

    The reason stands in the history, so it names nobody.
    """

    side: Literal["applicant", "respondent", "third"] | None = Field(default=None, title="地位")
    kind: Literal["person", "org"] | None = Field(default=None, title="个人或单位")
    org: Id | None = Field(default=None, title="单位代码(已在机构清单中的)")
    name: Name | None = Field(default=None, title="姓名或名称")
    identity_number: str | None = Field(default=None, title="证件号码", min_length=1, max_length=40)
    phone: Annotated[Phone, Field(min_length=1)] | None = Field(default=None, title="电话")
    address: str | None = Field(default=None, title="送达地址", min_length=1, max_length=300)
    agent_name: Name | None = Field(default=None, title="代理人")
    agent_phone: Annotated[Phone, Field(min_length=1)] | None = Field(default=None, title="代理人电话")
    agent_authority: Literal["general", "special"] | None = Field(default=None, title="代理权限:一般或特别授权")
    guardian: Name | None = Field(default=None, title="监护人")
    language: str | None = Field(default=None, title="语言或方言", min_length=1, max_length=40)
    clear: tuple[Part, ...] = Field(default=(), title="清空(登记错、不该有的)", max_length=7)
    reason: Told = Field(title="更正理由(不写姓名、号码)")


class PartyWithdrawal(Form):
    """撤回当事人: an entry made by mistake. The reason stands in the history, so it names nobody."""

    reason: Told = Field(title="撤回理由(不写姓名、号码)")


class ConsentAsked(Form):
    """征求同意: ask a party by a one-time link."""

    party_id: Id = Field(title="当事人")
    what: str = Field(title="事项", min_length=1, max_length=80)
    days: int = Field(default=7, title="链接有效天数", ge=1, le=30)


class ConsentRecorded(Form):
    """当面、电话或书面的同意或拒绝, written down by the committee."""

    party_id: Id = Field(title="当事人")
    what: str = Field(title="事项", min_length=1, max_length=80)
    answer: Literal["yes", "no"] = Field(title="答复")
    means: Literal["on_site", "phone", "written"] = Field(title="方式")


class LinkAnswer(Form):
    """A party's own answer by link; ``tail`` are the last four signs of the number on file, which only they know."""

    answer: Literal["yes", "no"] = Field(title="答复")
    tail: str = Field(title="证件号码(未登记的为电话)后四位", min_length=4, max_length=4)


class FactNamed(Form):
    """One fact named for sharing with the other side of the wall."""

    wording: Words = Field(title="事实")


class DisclosureForm(Form):
    """披露声明 of a mediator about ties to the parties."""

    mediator_id: Id = Field(title="调解员")
    tied: bool = Field(title="与当事人或纠纷有利害关系")
    statement: Words = Field(title="声明")


class AppointmentForm(Form):
    """选定调解员."""

    mediator_id: Id = Field(title="调解员")
    chosen_by: Literal["parties", "committee"] = Field(title="由谁选定")


class Objection(Form):
    """要求更换调解员: a party's objection is enough, it is not judged."""

    party_id: Id = Field(title="提出的当事人")
    reason: str = Field(default="", title="理由(可不说明)", max_length=2000)


class MeetingPlan(Form):
    """安排会议; without ``parties`` every party is invited."""

    kind: Literal["committee", "visit", "online", "shared_court"] = Field(title="方式")
    room_id: str | None = Field(default=None, title="调解室", max_length=64)
    address: str = Field(default="", title="入户地址", max_length=300)
    starts: Moment = Field(title="开始")
    ends: Moment = Field(title="结束")
    live_stream: bool = Field(default=False, title="网络直播")
    parties: tuple[Id, ...] | None = Field(default=None, title="参加的当事人", min_length=1, max_length=50)


class MeetingMove(Form):
    """改期或换地方; what is left out stays."""

    starts: Moment = Field(title="开始")
    ends: Moment = Field(title="结束")
    room_id: str | None = Field(default=None, title="调解室", max_length=64)
    reason: Words = Field(title="原因")


class MeetingCancelled(Form):
    """取消会议."""

    reason: Words = Field(title="原因")


class MeetingHeld(Form):
    """会议已召开: who of the invited attended."""

    attended: tuple[Id, ...] = Field(title="到会的受邀人", min_length=1, max_length=100)


class Minutes(Form):
    """调解记录: the attachment that holds the minutes."""

    attachment_id: Id = Field(title="调解记录")


class InvitationAnswer(Form):
    """回复邀请, as told to the committee or given by the mediator."""

    attendance_id: Id = Field(title="受邀人")
    answer: Literal["yes", "no"] = Field(title="答复")


class MinutesSigned(Form):
    """在调解记录上签名: the image of the signature, and the hash of the minutes the person read."""

    attendance_id: Id = Field(title="签名人")
    signature_id: Id = Field(title="签名图像")
    minutes_sha256: str = Field(title="所签记录的哈希", pattern=r"^[0-9a-f]{64}$")


class AbsenceForm(Form):
    """请假."""

    starts: Moment = Field(title="开始")
    ends: Moment = Field(title="结束")
    reason: str = Field(default="", title="原因", max_length=300)


class TieForm(Form):
    """申报利害关系: a person by identity number, or an organisation by code or name."""

    kind: Literal["person", "org"] = Field(title="个人或单位")
    identity_number: str = Field(default="", title="个人证件号码", max_length=40)
    org: str = Field(default="", title="单位代码或名称", max_length=200)
    relation: Name = Field(title="关系")


class ContractForm(Form):
    """受聘机构合同: term and targets; shares are whole per cent."""

    org: Id = Field(title="调解委员会")
    body: Name = Field(title="受聘机构")
    number: Name = Field(title="合同编号")
    starts_on: date = Field(title="开始日期")
    ends_on: date = Field(title="结束日期")
    target_accepted: int | None = Field(default=None, title="受理件数不低于", ge=0, le=1_000_000)
    target_on_time: Share = Field(default=None, title="按时率不低于")
    target_success: Share = Field(default=None, title="调解成功率不低于")
    target_performance: Share = Field(default=None, title="协议履行率不低于")
    most_complaints: int | None = Field(default=None, title="属实投诉不超过", ge=0, le=1_000_000)


class ComplaintForm(Form):
    """对调解机构的投诉."""

    org: Id = Field(title="调解委员会")
    case_id: str | None = Field(default=None, title="案件", max_length=64)
    about: Words = Field(title="内容")


class ComplaintDecided(Form):
    """投诉处理结果."""

    upheld: bool = Field(title="是否属实")
