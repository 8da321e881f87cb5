"""What is filled in for the steps of an assignment (部门任务表单), and the facts only an assignment has.

What does not live here: the steps (assignment) and the guards (rules).
"""

from __future__ import annotations

from datetime import date
from typing import Any, Literal

from pydantic import ConfigDict, Field
from typing_extensions import TypedDict

from cases.grammar import Form
from cases.machines.moments import TEXT


class Task(Form):
    """派遣单: the task as it is opened for one department."""

    org: str = Field(title="部门")
    duty: Literal["lead", "assist"] = Field(title="主办或协办")
    reason: str = Field(default="", title="派遣理由", max_length=TEXT)
    final: bool = Field(default=False, title="指定管辖,不得再退")
    round: int = Field(default=0, title="办理轮次")


class Delivery(Form):
    """送达: how the task reached the department."""

    how: str = Field(default="webhook", title="方式", max_length=40)


class Receipt(Form):
    """签收回执: who received the task."""

    receiver: str = Field(default="", title="签收人", max_length=100)


class ReturnRequest(Form):
    """退单申请: ground, article and the department that would be right are mandatory (reference 4a C32, 7.2)."""

    ground: Literal["超出职权", "不属管辖", "重复", "信息不全"] = Field(title="退单事由")
    article: str = Field(title="法律依据", min_length=2, max_length=400)
    proposed: str = Field(title="建议承办部门", min_length=1, max_length=200)
    urgent_measure: str = Field(default="", title="已采取的应急措施", max_length=TEXT)


class ReturnOpinion(Form):
    """部门负责人意见."""

    opinion: str = Field(default="", title="意见", max_length=TEXT)


class Ruling(Form):
    """退单裁定: the station's decision on a return, with its reason."""

    reason: str = Field(title="裁定理由", min_length=1, max_length=TEXT)


class Officers(Form):
    """核查: the officers who go (行政处罚法 42: not fewer than two)."""

    officers: tuple[str, ...] = Field(default=(), title="执法人员", max_length=20)


class Finding(Form):
    """核查情况说明: what was found."""

    text: str = Field(title="核查情况", min_length=1, max_length=TEXT)


class Correction(Form):
    """当场改正: what was put right on the spot, with a photo taken afterwards."""

    text: str = Field(title="改正情况", min_length=1, max_length=TEXT)
    after_photo: str = Field(title="改正后照片", min_length=1, max_length=200)


class Order(Form):
    """责令(限期)改正: what must change, under which article, by when."""

    text: str = Field(title="改正要求", min_length=1, max_length=TEXT)
    article: str = Field(title="法律依据", min_length=2, max_length=400)
    complete_by: date = Field(title="改正期限")


class Recheck(Form):
    """复查: whether the order was followed."""

    text: str = Field(title="复查情况", min_length=1, max_length=TEXT)
    done: bool = Field(title="是否已改正")


class Interview(Form):
    """约谈: whom, and what was asked of them."""

    object: str = Field(title="约谈对象", min_length=1, max_length=200)
    text: str = Field(title="约谈内容", min_length=1, max_length=TEXT)


class Result(Form):
    """处置反馈单: the measure taken and its result, in words a reporter understands."""

    measure: str = Field(title="采取的措施", min_length=1, max_length=TEXT)
    text: str = Field(title="处置结果", min_length=1, max_length=TEXT)
    before_photo: str = Field(default="", title="处置前照片", max_length=200)
    after_photo: str = Field(default="", title="处置后照片", max_length=200)


class Urge(Form):
    """催办: what the workstation asks the department to hurry with."""

    text: str = Field(title="催办内容", min_length=1, max_length=TEXT)


class UrgeReply(Form):
    """催办答复: how things stand."""

    text: str = Field(title="答复", min_length=1, max_length=TEXT)


class AssignmentFacts(TypedDict, total=False):
    """What only an assignment knows. A fact that is absent has its empty value."""

    __pydantic_config__ = ConfigDict(extra="forbid")  # type: ignore[misc]

    ordinal: int
    round: int
    reason: str
    final: bool
    delivered: str
    receiver: str
    signed_at: str
    return_asked: dict[str, Any]
    returns: int
    ruling: str
    officers: list[str]
    finding: str
    outcome: str
    orders: int
    complete_by: str
    recheck_done: bool | None
    measure: str
    result: str
    before_photo: str
    after_photo: str
    overdue: list[str]
    extended: dict[str, int]
    delay: str
    deemed: bool
    extension_asked: dict[str, Any]
