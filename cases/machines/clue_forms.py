"""What is filled in for the steps of a clue (执法线索表单), and the facts only a clue has.

What does not live here: the steps (clue) and the guards (rules).
"""

from __future__ import annotations

from typing import Any, ClassVar, Literal

from pydantic import ConfigDict, Field
from typing_extensions import TypedDict

from cases.grammar import Form
from cases.machines.moments import TEXT, Moment


class Dissuasion(Form):
    """劝阻记录: who dissuaded whom, when, with what words, and what came back (reference M04, part 7.2)."""

    at: Moment = Field(title="劝阻时间")
    by: str = Field(title="劝阻人", min_length=1, max_length=100)
    words: str = Field(title="劝阻内容", min_length=1, max_length=TEXT)
    response: str = Field(default="", title="对方反应", max_length=TEXT)
    medium: Literal["当面", "电话", "书面", "其他"] = Field(default="当面", title="方式")
    witness: str = Field(default="", title="见证人", max_length=100)


class ClueReport(Form):
    """线索报告: a report as it reaches the workstation; identity of the reporter is kept apart from the case."""

    community: str = Field(title="小区")
    building: str = Field(default="", title="楼栋", max_length=100)
    room: str = Field(default="", title="房号", max_length=100)
    lng: float | None = Field(default=None, title="经度", ge=-180, le=180)
    lat: float | None = Field(default=None, title="纬度", ge=-90, le=90)
    found_at: Moment = Field(title="发现时间")
    matter: str | None = Field(default=None, title="事项")
    description: str = Field(default="", title="情况描述", max_length=20000)
    dissuasion: Dissuasion | None = Field(default=None, title="劝阻记录")
    evidence: tuple[str, ...] = Field(default=(), title="证据材料", max_length=50)
    emergency: bool | None = Field(default=None, title="是否紧急")
    source: str = Field(default="public", title="来源", max_length=40)
    external_id: str = Field(default="", title="来件编号", max_length=200)
    reporter_org: str | None = Field(default=None, title="报告单位")
    reporter_name: str = Field(default="", title="报告人", max_length=100)
    reporter_phone: str = Field(default="", title="联系电话", max_length=40)
    anonymous: bool = Field(default=False, title="匿名")
    dissuading: bool = Field(default=False, title="劝阻中,暂不报告")
    secrecy: bool = Field(default=False, title="要求保密")


class Classification(Form):
    """认定事项: the operator says which matter of the catalogue the report is about."""

    matter: str = Field(title="事项")
    emergency: bool | None = Field(default=None, title="是否紧急")


class Acceptance(Form):
    """受理: the matter may be chosen with it; the operator may confirm an emergency."""

    matter: str | None = Field(default=None, title="事项")
    emergency: bool | None = Field(default=None, title="是否紧急")
    note: str = Field(default="", title="备注", max_length=TEXT)


class AskMore(Form):
    """补正通知: what the reporter must still supply, asked once and in writing."""

    request: str = Field(title="需要补充的材料", min_length=1, max_length=TEXT)


class Supplement(Form):
    """补正: what the reporter supplies."""

    text: str = Field(default="", title="补充说明", max_length=TEXT)
    matter: str | None = Field(default=None, title="事项")
    dissuasion: Dissuasion | None = Field(default=None, title="劝阻记录")


class Refusal(Form):
    """不予受理: the reason, its basis, and which other channel is open."""

    reason: str = Field(title="理由", min_length=1, max_length=TEXT)
    basis: str = Field(default="", title="依据", max_length=TEXT)
    channel: str = Field(default="", title="其他渠道", max_length=TEXT)


class Redirection(Form):
    """转其他渠道: where the reporter should go instead."""

    channel: str = Field(title="渠道", min_length=1, max_length=TEXT)
    phone: str = Field(default="", title="电话", max_length=40)
    reason: str = Field(default="", title="理由", max_length=TEXT)


class Objection(Form):
    """异议: why the reporter does not accept the refusal."""

    reason: str = Field(title="异议理由", min_length=1, max_length=TEXT)


class Merge(Form):
    """并案: the master case this report joins."""

    names_case: ClassVar[str | None] = "master"
    master: str = Field(title="主案", min_length=1, max_length=80)


class Dispatch(Form):
    """派遣: one lead department, none or more assisting ones, and why (reference part 3, 7.2 派遣单)."""

    lead: str = Field(title="主办部门", min_length=1)
    assists: tuple[str, ...] = Field(default=(), title="协办部门")
    reason: str = Field(default="", title="派遣理由", max_length=TEXT)
    runner_up: str | None = Field(default=None, title="备选部门")
    runner_up_reason: str = Field(default="", title="备选理由", max_length=TEXT)


class HandOver(Form):
    """转人工派遣: why the router could not decide."""

    reason: str = Field(title="原因", min_length=1, max_length=TEXT)


class Feedback(Form):
    """反馈告知: the answer in plain words; left empty, it is composed from the departments' results."""

    text: str = Field(default="", title="答复", max_length=TEXT)


class CallBack(Form):
    """回访记录: how the reporter was called back, and what was said (reference 7.2)."""

    how: Literal["电话", "上门", "短信", "其他"] = Field(default="电话", title="方式")
    reached: bool = Field(title="是否联系上")
    words: str = Field(default="", title="回访情况", max_length=TEXT)


class Redo(Form):
    """重办: which point the first result failed."""

    reason: str = Field(title="重办理由", min_length=1, max_length=TEXT)


class Rating(Form):
    """确认: the reporter says it is solved, with a mark from 1 to 5."""

    satisfied: int = Field(default=5, title="满意度", ge=1, le=5)
    words: str = Field(default="", title="评价", max_length=TEXT)


class Complaint(Form):
    """不满意: what is not solved."""

    reason: str = Field(title="未解决的情况", min_length=1, max_length=TEXT)
    photos: tuple[str, ...] = Field(default=(), title="照片", max_length=20)


class Explanation(Form):
    """解释结案: why a lawful outcome stands though the reporter wished for another."""

    explanation: str = Field(title="说明", min_length=1, max_length=TEXT)


class Settled(Form):
    """劝阻解决: the person concerned complied."""

    words: str = Field(title="解决情况", min_length=1, max_length=TEXT)
    photos: tuple[str, ...] = Field(default=(), title="照片", max_length=20)


class ClueFacts(TypedDict, total=False):
    """What only a clue knows. Places, times and texts of the report; counts and decisions of its handling.

    A fact that is absent has its empty value.
    """

    __pydantic_config__ = ConfigDict(extra="forbid")  # type: ignore[misc]

    ordinal: int
    source: str
    external_id: str
    found_at: str
    building: str
    room: str
    lng: float | None
    lat: float | None
    description: str
    evidence: list[str]
    secrecy: bool
    anonymous: bool
    urgent: bool
    dissuasions: int
    flags: list[str]
    asked_more: str
    decision: str
    channel: str
    master: str
    route: dict[str, Any]
    proposal: dict[str, Any]
    hand_over: str
    excluded: list[str]
    results: list[dict[str, Any]]
    answer: str
    fed_back_by: str
    contact_tries: int
    contacted_at: str
    satisfied: int | None
    dissatisfied: str
    rework: int
    named: str
    mediations: list[dict[str, Any]]
    told_police: str
    overdue: list[str]
    extended: dict[str, int]
    delay: str
