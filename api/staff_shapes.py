"""Accounts, keys and records as they are asked for and answered (账号、密钥、管理记录的格式).

What does not live here: what may be done with them (staffing).
"""

from __future__ import annotations

from datetime import datetime
from typing import Any, Literal

from pydantic import Field

from api.shapes import Shape
from api.wishes import Wish

LOGIN = r"[A-Za-z0-9][A-Za-z0-9._-]*"
ROLES = Field(title="岗位", min_length=1, max_length=20, description="岗位;系统管理员、审计员不得兼任其他岗位")
PASSWORD = Field(None, title="密码", min_length=1, max_length=100, description="不填则生成,只在回答中出现一次")


class AccountQuery(Wish):
    """The filters of the list of accounts."""

    text: str | None = Field(None, max_length=100, description="登录名或姓名中的文字")
    org: str | None = Field(None, max_length=64)
    role: str | None = Field(None, max_length=64)
    active: bool | None = Field(None, description="启用或停用;不填为全部")
    limit: int = Field(50, ge=1, le=200)
    after: str | None = Field(None, max_length=100, description="上一页最后一个登录名")


class AccountChange(Wish):
    """What of an account may be changed."""

    name: str = Field(title="姓名", min_length=1, max_length=100)
    org: str = Field(title="单位", min_length=1, max_length=64)
    roles: list[str] = ROLES


class AccountWish(AccountChange):
    """A new account."""

    login: str = Field(
        title="登录名", min_length=2, max_length=64, pattern=f"^{LOGIN}$", description="字母、数字、点、横线、下划线"
    )
    password: str | None = PASSWORD


class Because(Wish):
    """Why."""

    reason: str = Field(title="理由", min_length=2, max_length=400)


class PasswordGiven(Wish):
    """A password for somebody else."""

    password: str | None = PASSWORD


class PasswordChange(Wish):
    """A password of one's own."""

    old: str = Field(title="原密码", min_length=1, max_length=1000)
    new: str = Field(title="新密码", min_length=1, max_length=1000)


class KeyQuery(Wish):
    """Whose keys."""

    org: str | None = Field(None, max_length=64)


class KeyOrder(Wish):
    """A new API key."""

    org: str = Field(title="单位", min_length=1, max_length=64)
    name: str = Field(title="用途", min_length=1, max_length=100, description="用于哪个系统")
    roles: list[str] = ROLES
    scopes: list[Literal["read", "write", "endpoint"]] = Field(title="权限范围", min_length=1, max_length=3)
    days: int = Field(365, title="有效天数", ge=1, le=365, description="最长一年")


class PageQuery(Wish):
    """A page of what is listed newest first."""

    limit: int = Field(50, ge=1, le=200)
    before: str | None = Field(None, max_length=64, description="上一页最后一条的 id")


class RecordQuery(PageQuery):
    """The filters of the records of administrators."""

    deed: str | None = Field(None, max_length=64)
    text: str | None = Field(None, max_length=100, description="对象或经办人姓名中的文字")


class StaffView(Shape):
    """An account as an administrator sees it; nothing secret."""

    id: str
    login: str
    name: str
    org: str
    org_name: str
    roles: list[str]
    active: bool
    created_at: datetime
    seen_at: datetime | None = Field(description="最近使用")
    handed_at: datetime | None = Field(description="尚未改掉的初始密码是何时给的")
    locked_until: datetime | None = Field(description="连续输错后暂时锁定至")
    sessions: int = Field(description="未结束的登录会话")


class StaffOpened(StaffView):
    """An account with the password it was given; told once."""

    password: str | None = Field(None, description="只出现这一次;自己设定的不再回显")


class KeyView(Shape):
    """An API key; its secret is not kept."""

    prefix: str
    org: str
    org_name: str
    name: str
    roles: list[str]
    scopes: list[str]
    created_at: datetime
    expires_at: datetime
    used_at: datetime | None
    revoked_at: datetime | None


class KeyIssued(KeyView):
    """A new key with its secret; told once."""

    key: str = Field(description="只出现这一次")


class RecordView(Shape):
    """One change by an administrator."""

    id: str
    at: datetime
    actor: str
    actor_name: str
    deed: str
    subject: str
    subject_name: str
    said: dict[str, Any]
    reason: str
