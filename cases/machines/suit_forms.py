"""What is filled in for a suit before a court has it (诉状表单): filing, demand, screening, repair, advice, the batch.

The people of a suit are entered with it and kept beside the case, as those of a mediation are. What does not live here:
what a court fills in (court_forms), the steps (litigation), the guards (rules).
"""

from __future__ import annotations

from datetime import date
from typing import Literal

from pydantic import Field

from cases.grammar import Form
from cases.machines.agreement_forms import Amount
from cases.machines.moments import TEXT, Moment

Kind = Literal["firm", "owner", "committee"]
"""Who sues or is sued: a property firm, an owner, an owners' committee (物业服务人、业主、业委会)."""

Side = Literal["plaintiff", "defendant"]
Verdict = Literal["pass", "repair", "reject"]
"""通过, 补正 or 不予提交."""


class Demand(Form):
    """书面催告: by which letter, when it reached whom and how, and until when it gave time (民法典 944)."""

    document: str = Field(title="催缴函编号", min_length=2, max_length=80)
    served_on: date = Field(title="送达日期")
    proof: str = Field(title="送达凭证", min_length=2, max_length=400)
    pay_by: date = Field(title="催告的付款日期")


class Item(Form):
    """审查要点: one item of the checklist with its finding; a reason wherever it is not in order."""

    item: str = Field(title="项目", min_length=1, max_length=40)
    finding: Literal["pass", "repair", "reject", "not_asked"] = Field(title="结论")
    reason: str = Field(default="", title="依据和说明", max_length=TEXT)


class Screening(Form):
    """筛查结论: every item of the checklist, what follows, and why (协会筛查)."""

    result: Verdict = Field(title="筛查结论")
    items: tuple[Item, ...] = Field(title="检查项目", min_length=1, max_length=40)
    reasons: tuple[str, ...] = Field(default=(), title="理由", max_length=60)


class Person(Form):
    """当事人: one side of a suit. ``org`` is its code where the pack knows it; then the name may be left out."""

    kind: Kind = Field(title="类别")
    org: str | None = Field(default=None, title="机构", max_length=64)
    name: str = Field(default="", title="姓名或者名称", max_length=100)
    phone: str = Field(default="", title="电话", max_length=40)
    address: str = Field(default="", title="地址", max_length=400)


class SuitFiling(Form):
    """提交诉状: who sues whom for what, about which premises. The same form for firms and owners.

    ``screening`` is for the desk that screened it already; it then opens as accepted, to be repaired, or rejected.
    ``batch`` and ``family`` may be told at once or with a later step.
    """

    plaintiff: Person = Field(title="原告")
    defendant: Person = Field(title="被告")
    community: str = Field(title="小区", min_length=1, max_length=100)
    building: str = Field(default="", title="楼栋", max_length=100)
    room: str = Field(default="", title="房号", max_length=100)
    matter: str = Field(default="MS01", title="事项", min_length=1, max_length=20)
    cause: str = Field(default="物业服务合同纠纷", title="案由", min_length=2, max_length=80)
    claims: tuple[str, ...] = Field(default=(), title="诉讼请求", max_length=20)
    grounds: str = Field(default="", title="事实与理由", max_length=TEXT)
    amount: Amount = Field(default="", title="金额(元)")
    period_from: date | None = Field(default=None, title="欠费起始日期")
    period_to: date | None = Field(default=None, title="欠费截止日期")
    suit_no: str = Field(default="", title="诉状编号", max_length=80)
    demand: Demand | None = Field(default=None, title="书面催告")
    screening: Screening | None = Field(default=None, title="筛查结论")
    batch: str = Field(default="", title="批次", max_length=80)
    family: str = Field(default="", title="同类案件组", max_length=80)
    desk: str | None = Field(default=None, title="接收机构", max_length=64)


class Submission(Form):
    """批次提交: to which court, in which batch, under which manifest and place in it."""

    court: str = Field(title="人民法院", min_length=1, max_length=64)
    batch: str = Field(title="批次", min_length=1, max_length=80)
    manifest: str = Field(title="批次清单编号", min_length=1, max_length=80)
    position: int = Field(default=1, title="清单序号", ge=1, le=100_000)


class Advice(Form):
    """法律提示: what was told to which side, by whom; the same help for both."""

    side: Side = Field(title="一方")
    words: str = Field(title="提示内容", min_length=2, max_length=TEXT)
    how: Literal["当面", "电话", "书面", "网络"] = Field(default="书面", title="方式")


class Mending(Form):
    """补正: what was supplied or put right; an amount where it was reckoned again."""

    words: str = Field(title="补正情况", min_length=2, max_length=TEXT)
    amount: Amount = Field(default="", title="更正后的金额(元)")
    demand: Demand | None = Field(default=None, title="补发的催告")


class Family(Form):
    """同类案件组: which family of like suits it belongs to."""

    family: str = Field(title="同类案件组", min_length=1, max_length=80)


class Wish(Form):
    """当事人意愿: a party's own words, which need no ground."""

    words: str = Field(default="", title="说明", max_length=TEXT)


class OrderApplication(Form):
    """支付令申请: before which court (民事诉讼法 225)."""

    court: str = Field(title="人民法院", min_length=1, max_length=64)
    no_other_debts: bool = Field(title="双方没有其他债务纠纷")
    can_be_served: bool = Field(title="支付令能够送达债务人")


class Lodged(Form):
    """申请执行: what was not performed, and under which document it is owed."""

    unperformed: str = Field(title="未履行的内容", min_length=2, max_length=TEXT)
    document: str = Field(default="", title="生效证明编号", max_length=80)


class Paid(Form):
    """登记履行: when, how much, with what proof; whether all is performed."""

    on: date = Field(title="履行日期")
    amount: Amount = Field(default="", title="金额(元)")
    complete: bool = Field(title="已全部履行")
    proof: str = Field(title="履行凭证", min_length=1, max_length=400)


class Appeal(Form):
    """上诉: by which side, when and how it was lodged (民事诉讼法 171)."""

    side: Side = Field(title="上诉人")
    at: Moment = Field(title="提出时间")
    document: str = Field(default="", title="上诉状编号", max_length=80)
