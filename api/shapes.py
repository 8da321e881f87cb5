"""The shapes of the API's answers (答复格式): how they are written as bytes, and how they are described to clients.

What does not live here: what is in them for whom (cases.desk.views) and the forms of steps (cases.machines).
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import UTC, date, datetime
from typing import Any

from pydantic import BaseModel, ConfigDict, Field


def _plain(value: object) -> Any:
    if isinstance(value, datetime):
        return value.astimezone(UTC).isoformat()
    if isinstance(value, date):
        return value.isoformat()
    raise TypeError(f"cannot be written as JSON: {type(value).__name__}")


def encode(content: Any) -> bytes:
    """JSON bytes: readable Chinese, moments in UTC."""
    return json.dumps(content, ensure_ascii=False, separators=(",", ":"), default=_plain).encode()


class Shape(BaseModel):
    """A described answer."""

    model_config = ConfigDict(title=None)


class Problem(Shape):
    """Why a request was not carried out (RFC 9457)."""

    type: str
    title: str = Field(description="短标题")
    status: int
    code: str = Field(description="机器可读的种类")
    detail: str = Field(description="给经办人看的一句话")
    fields: dict[str, str] | None = Field(None, description="填写有误的栏目")
    missing: list[str] | None = Field(None, description="还缺的条件")
    trace_id: str | None = None


class Named(Shape):
    """A code of the pack with its name."""

    code: str
    name: str


class Action(Shape):
    """Something the asker may do now; ``schema`` is the form (left out in lists unless asked for)."""

    verb: str
    label: str
    label_en: str
    form: dict[str, Any] | None = Field(None, alias="schema")
    still_needed: list[str]


class Child(Shape):
    """A department's task under a clue."""

    id: str
    number: str
    assignee: str | None
    duty: str | None
    state: str


LIGHT = "red 超期,yellow 将到期,green 正常,grey 停表,none 无时限"


class ClockView(Shape):
    """A clock of a case in a list; ``left`` is office time in seconds under the holder's hours, negative when late."""

    code: str
    name: str
    due_at: datetime | None = Field(description="停表时为恢复前的届满时间,恢复后顺延")
    light: str = Field(description=LIGHT)
    provisional: bool = Field(description="暂算:涉及的年份尚无放假安排通知")
    left: int | None
    words: str = Field(description="余时", examples=["还剩1个工作日3小时"])


class CaseView(Shape):
    """A case as far as the asker may know it."""

    id: str
    number: str
    case_type: str
    state: str
    state_label: str
    version: int
    parent_id: str | None
    station: str | None
    assignee: str | None
    duty: str | None
    lead: str | None
    holder: str | None
    community: Named | None
    matter: Named | None
    severity: int
    emergency: bool
    sealed: bool
    summary: str
    found_on: date | None
    opened_at: datetime
    updated_at: datetime
    closed_at: datetime | None
    next_due: datetime | None
    light: str = Field(description=f"{LIGHT};取各时限中最差的")
    provisional: bool = Field(description="有暂算的时限")
    clocks: list[ClockView] = Field(description="正在运行和停表的时限")
    level: int = Field(description="督办等级 0-4")
    facts: dict[str, Any]
    report: dict[str, Any] | None = Field(None, description="部门任务:报告中查找地点所需的内容")
    reporter: dict[str, Any] | None = Field(None, description="脱敏后的报告人,仅工作站可见")
    actions: list[Action]
    children: list[Child] | None = None


class OpenedView(CaseView):
    """A case just opened; ``code`` is the query code, told once (empty in a repeated answer)."""

    code: str


class CaseList(Shape):
    """A page of cases; ``next`` and ``previous`` are the cursors of the pages beside it."""

    items: list[CaseView]
    next: str | None
    previous: str | None


class SavedViewCount(Shape):
    """A saved view of the queue and how many cases it holds for the caller; ``more`` when there are more than were
    counted."""

    code: str
    label: str
    label_en: str
    sort: str
    count: int
    more: bool


class SavedViewCounts(Shape):
    """The saved views of the queue."""

    items: list[SavedViewCount]


class Items(Shape):
    """A list."""

    items: list[dict[str, Any]]


class Page(Items):
    """A page of a list."""

    next: str | None


class Moved(Shape):
    """The step that was taken."""

    verb: str
    from_state: str
    state: str
    version: int


class TakenView(Shape):
    """What a step led to."""

    taken: Moved
    case: CaseView


class AccountView(Shape):
    """Who is logged in."""

    id: str
    login: str | None
    name: str
    org: str | None
    org_name: str
    roles: list[str]


class Entrance(Shape):
    """A new session."""

    token: str
    expires_at: datetime
    account: AccountView


class Myself(Shape):
    """Who asks, by what, and what that allows."""

    account: AccountView
    by: str = Field(description="session or key")
    scopes: list[str]
    expires_at: datetime


class EndpointView(Shape):
    """An organisation's endpoint; the secret is told once, when it is set."""

    org: str
    url: str
    networks: list[str]
    active: bool
    created_at: datetime
    secret: str | None = None


class FileView(Shape):
    """A file of a case."""

    id: str
    name: str
    media_type: str
    size: int
    sha256: str


class PaperView(Shape):
    """An official document as it is kept; ``current`` when no later version was made and it was not voided."""

    id: str
    case_id: str
    code: str
    title: str
    number: str = Field(description="文号;没有编号的文书为空")
    ordinal: int = Field(description="本案同种文书的第几份")
    version: int
    content_digest: str = Field(description="内容校验值;其开头印在页脚")
    pdf_sha256: str
    pdf_size: int
    docx_sha256: str
    docx_size: int
    made_at: datetime
    made_by: str
    made_org: str | None
    voided_at: datetime | None
    void_reason: str
    current: bool
    links: dict[str, str]


class PaperList(Shape):
    """The documents of a case, and those the caller may make."""

    items: list[PaperView]
    offered: list[Named] = Field(description="可以出具的文书")


class PaperAsked(Shape):
    """What a document asks for, and the facts the case already knows."""

    code: str
    title: str
    en: str
    case_types: list[str]
    makers: list[str]
    readers: list[str]
    number: str
    many: bool
    marks: list[str]
    basis: str
    confidence: str
    note: str
    form: dict[str, Any] = Field(alias="schema")
    facts: dict[str, Any]


class Reckoned(Shape):
    """When a limit ends: ``due`` in legal time, and the days on the way, each ``[date, counted, why]``."""

    due: str = Field(description="期限届满,+08:00;按日的期限为末日 23:59:59")
    provisional: bool = Field(description="暂算:涉及的年份尚无放假安排通知")
    days: list[tuple[date, bool, str]]


class Health(Shape):
    """How the house is."""

    status: str
    database: str
    now: datetime


class Event(Shape):
    """What a department is told, signed after Standard Webhooks; the body is thin, the case is read over the API."""

    type: str
    timestamp: datetime
    data: dict[str, Any]


def rows(content: list[Mapping[str, Any]] | list[dict[str, Any]], **more: Any) -> dict[str, Any]:
    """A list as it is answered."""
    return {"items": content, **more}
