"""Codes of the administrator's pages in words (管理用语): kinds of organisation, deeds, scopes, what a record tells of.

What does not live here: their English (english_admin).
"""

from __future__ import annotations

from collections.abc import Mapping

KINDS: Mapping[str, str] = {
    "district": "区级机构", "street": "街道(镇)", "station": "联合执法工作站", "police": "公安", "fire": "消防",
    "market": "市场监管", "urban": "城管", "housing": "住建(房产)", "environment": "生态环境", "emergency": "应急",
    "planning": "自然资源和规划", "health": "卫健", "gas": "燃气", "power": "供电", "water": "水务",
    "agriculture": "农业农村", "civil_affairs": "民政", "women_federation": "妇联", "development": "发改",
    "finance": "财政", "audit": "审计", "justice": "司法行政", "mediation": "人民调解委员会", "court": "法院",
    "property": "物业公司", "grid": "社区(网格)", "association": "行业协会", "owners_committee": "业主委员会",
    "hotline": "热线", "inspection": "巡查",
}  # fmt: skip
"""Kinds of organisation."""

SCOPES: Mapping[str, str] = {"read": "查看案件", "write": "登记和办理", "endpoint": "设置接收地址、重发通知"}
"""What a key may be allowed."""

DEEDS: Mapping[str, str] = {
    "account.open": "开账号", "account.change": "改账号", "account.lock": "停用账号", "account.unlock": "启用账号",
    "account.password": "重置密码", "account.sessions": "结束会话", "key.issue": "发密钥", "key.revoke": "吊销密钥",
    "calendar.import": "收录放假安排",
}  # fmt: skip
"""What an administrator may have done."""

VALUES: Mapping[str, str] = {
    "login": "登录名", "name": "姓名", "org": "单位", "roles": "岗位", "sessions": "会话数", "scopes": "权限范围",
    "days": "有效天数", "notice": "通知", "changes": "变动天数", "replace": "替换", "extra": "另行放假天数",
}  # fmt: skip
"""What a record tells of."""
