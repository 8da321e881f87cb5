"""The shapes of clocks and of holder time (时限与经手格式), as the API describes them.

What does not live here: what is in them for whom (cases.desk) and all other answers (shapes).
"""

from __future__ import annotations

from datetime import datetime

from pydantic import Field

from api.shapes import LIGHT, Named, Shape


class Stand(Shape):
    """A clock stands still: since when, at the longest until when, on which ground."""

    since: datetime
    until: datetime | None = Field(description="最迟恢复时间")
    ground: str = Field(description="停表事由")
    document: str
    by: str = Field(description="批准人")


class Change(Shape):
    """What moved a clock once; who and on which paper is told inside the office only."""

    kind: str = Field(description="pause, resume, extend, rebase or recount")
    at: datetime
    ground: str
    reason: str
    extended: str = Field(description="延长数", examples=["3个工作日"])
    due_before: datetime
    due_after: datetime
    by: str | None = None
    document: str | None = None
    pack: str | None = None
    calendar: str | None = None


class PackName(Shape):
    """A version of a jurisdiction pack."""

    name: str
    version: str


class DeadlineView(Shape):
    """A clock of a case, running or stopped: by when, how it stands, who holds it, where it comes from."""

    code: str
    name: str
    limit_code: str = Field(description="时限代码;given 为办理时指定的期限")
    limit_name: str
    amount: int
    unit: str = Field(description="min, h, work_h, wd, d, m or y")
    extra: int = Field(description="已延长的数,按同一单位")
    extensions: int = Field(description="延长次数")
    law: str
    article: str
    start_event: str
    basis: str
    confidence: str = Field(description="found, memory:high, memory:medium, memory:low or design")
    started_at: datetime
    due_at: datetime
    stopped_at: datetime | None
    provisional: bool = Field(description="暂算:涉及的年份尚无放假安排通知")
    light: str = Field(description=LIGHT)
    rung: int = Field(description="已到督办阶梯的级数")
    left: int | None = Field(description="余下的办公时间(秒),超期为负;已停止的时限为空")
    used: int | None = Field(description="已用的办公时间(秒),停表除外;依法封存的不告知")
    kept: bool | None = Field(description="已停止的时限是否按期")
    words: str = Field(examples=["还剩1个工作日3小时", "超期2小时,用时1个工作日2小时"])
    holder: Named | None
    stands: Stand | None = Field(description="正在停表时")
    changes: list[Change]
    why: list[str] = Field(description="为何在这一天届满,逐句", examples=[["起算事由:派遣单送达"]])
    hours: str = Field(description="计算所用的办公时间")
    pack: PackName
    calendar: str = Field(description="计算所用的日历版本")


class DeadlineList(Shape):
    """The clocks of a case in the order they were started."""

    items: list[DeadlineView]


class HoldingView(Shape):
    """One interval in one pair of hands; ``to`` is empty while it lasts. Stands are not subtracted."""

    holder: Named
    begins: datetime = Field(alias="from")
    ends: datetime | None = Field(alias="to")
    clock_seconds: int
    work_seconds: int = Field(description="按经手单位的办公时间")
    clock_words: str
    work_words: str


class HoldingList(Shape):
    """Who held a case, one after the other."""

    items: list[HoldingView]


class LongHolding(Shape):
    """A case an organisation held for long."""

    case_id: str
    number: str
    clock_seconds: int
    work_seconds: int
    work_words: str


class HeldView(Shape):
    """What an organisation held in a period."""

    holder: Named
    since: datetime | None = Field(alias="from")
    until: datetime = Field(alias="to")
    case_type: str | None
    cases: int
    clock_seconds: int
    work_seconds: int
    work_words: str
    median_work_seconds: int
    median_words: str
    longest: list[LongHolding] = Field(description="经手最久的十件")
