"""What is filled in for an agreement and its performance (协议和履行表单).

What is mandatory by law may be left empty here, so that the refusal can name all that lacks at once. What does not live
here: the steps (mediation) and the guards (rules).
"""

from __future__ import annotations

from datetime import date
from typing import Annotated, Literal

from pydantic import Field

from cases.grammar import Form
from cases.machines.moments import TEXT, Moment

Amount = Annotated[str, Field(pattern=r"^(\d{1,10}(\.\d{1,2})?)?$")]
"""元, in figures; text, so that no cent is lost."""


class Obligation(Form):
    """履行事项: who owes whom what, by when, how, to which account. Parties are named by their place."""

    obligor: int = Field(title="义务人(当事人序号)", ge=1)
    obligee: int = Field(title="权利人(当事人序号)", ge=1)
    kind: Literal["给付金钱", "其他行为"] = Field(title="类别")
    content: str = Field(default="", title="履行内容", max_length=TEXT)
    amount: Amount = Field(default="", title="金额(元)")
    due: date | None = Field(default=None, title="履行期限")
    manner: str = Field(default="", title="履行方式和收款账户", max_length=400)
    done: bool = Field(default=False, title="已当场履行")


class LegalCheck(Form):
    """合法性审核: before anybody signs; every point is answered."""

    lawful: bool = Field(title="不违反法律的强制性规定")
    harmless: bool = Field(title="不损害国家、集体、他人利益和公序良俗")
    voluntary: bool = Field(title="出于各方自愿")
    clear: bool = Field(title="内容明确(金额、期限、方式、账户)")
    owners: bool = Field(title="需要全体权利人或业主共同决定的已取得")
    guardians: bool = Field(title="未成年人等由监护人代理")
    words: str = Field(default="", title="审核意见", max_length=TEXT)


class Agreement(Form):
    """调解协议书 (人民调解法 29): facts, issues, responsibility; content, manner and term of performance."""

    findings: str = Field(title="纠纷的主要事实", min_length=2, max_length=TEXT)
    issues: str = Field(title="争议事项", min_length=2, max_length=TEXT)
    responsibility: str = Field(title="各方当事人的责任", min_length=2, max_length=TEXT)
    content: tuple[str, ...] = Field(title="协议内容", min_length=1, max_length=50)
    terms: tuple[Obligation, ...] = Field(default=(), title="履行事项", max_length=100)
    common_parts: bool = Field(default=False, title="涉及共有部分")


class OralAgreement(Form):
    """口头协议登记 (人民调解法 28, 30): the mediator writes down what was agreed, where and when."""

    reached_at: Moment = Field(title="达成时间")
    place: str = Field(title="地点", min_length=1, max_length=200)
    content: tuple[str, ...] = Field(title="协议内容", min_length=1, max_length=50)
    terms: tuple[Obligation, ...] = Field(default=(), title="履行事项", max_length=100)
    check: LegalCheck = Field(title="合法性审核")


class Signature(Form):
    """签名、盖章或者按指印: of a party, or of the mediator (``mediator``)."""

    signer: str = Field(title="签名人", min_length=1, max_length=64)
    manner: Literal["签名", "盖章", "按指印"] = Field(title="方式")
    at: Moment = Field(title="时间")
    image: str = Field(default="", title="签名图像", max_length=64)


class Seal(Form):
    """加盖人民调解委员会印章."""

    at: Moment = Field(title="时间")
    document: str = Field(default="", title="协议书编号", max_length=80)
    copies: int = Field(default=3, title="份数", ge=2, le=100)


class Performance(Form):
    """履行登记: which item, when, how much of it, with what proof."""

    item: int = Field(title="履行事项序号", ge=1)
    on: date = Field(title="履行日期")
    amount: Amount = Field(default="", title="金额(元)")
    complete: bool = Field(default=True, title="该项已履行完毕")
    proof: str = Field(title="履行凭证", min_length=1, max_length=400)


class Visit(Form):
    """回访记录."""

    how: Literal["电话", "上门", "网络", "其他"] = Field(default="电话", title="方式")
    words: str = Field(title="回访情况", min_length=2, max_length=TEXT)


class Default(Form):
    """不履行: what was not done, as the other side says it."""

    words: str = Field(title="未履行情况", min_length=2, max_length=TEXT)


class Pressing(Form):
    """催告履行."""

    words: str = Field(title="催告内容", min_length=2, max_length=TEXT)
    by: date = Field(title="催告的履行日期")
