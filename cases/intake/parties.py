"""Who reported, and who dissuaded whom: the two places of a row where persons occur.

What a row leaves unclear about anonymity and secrecy is settled for the reporter's protection. What does not live here:
whether a matter needs dissuasion, or forbids it (rules over the pack).
"""

from __future__ import annotations

from datetime import datetime
from typing import NamedTuple

from cases.intake import cleaning
from cases.intake.findings import ClueRow
from cases.intake.moments import read_moment, said
from cases.intake.report import Dissuasion

_RESIDENTS = "resident_snapshot"


class Reporter(NamedTuple):
    """The reporter as far as may be known: an anonymous one has neither name nor phone."""

    org: str
    name: str
    phone: str
    phone_given: str
    anonymous: bool
    secrecy: bool


def read_reporter(row: ClueRow, source: str) -> Reporter:
    """Who reported, and whether that must stay secret."""
    anonymous = row.flag("anonymous")
    if anonymous is None:
        row.findings.note("anonymous", "是否匿名应为 yes 或 no；已按实名但须保密处理")
    secrecy = row.flag("secrecy_wish")
    if secrecy is None:
        row.findings.note("secrecy_wish", "是否要求保密应为 yes 或 no；已按须保密处理")
    kept_secret = secrecy is not False or anonymous is None
    org = row.line("reporter_org")
    if source == _RESIDENTS and org:
        row.findings.note("reporter_org", "居民报送不应填写单位，已不采用")
        org = ""
    elif source != _RESIDENTS and not org:
        row.findings.note("reporter_org", "没有填写报送单位；单位报送应填写单位名称")
    if anonymous:
        if row.cell("reporter_name") or row.cell("reporter_phone"):
            row.findings.note("anonymous", "报送人要求匿名，姓名和电话未予保存")
        return Reporter(org, "", "", "", True, kept_secret)
    return Reporter(org, row.line("reporter_name"), *_phone(row), False, kept_secret)


def _phone(row: ClueRow) -> tuple[str, str]:
    given = cleaning.plain_line(row.cell("reporter_phone")).text
    digits = cleaning.phone(given)
    if digits is None:
        row.findings.note("reporter_phone", "电话无法识别，已原样保存；应为一个手机号或带区号的固定电话")
    elif digits != given:
        row.findings.note("reporter_phone", "电话写法已统一为纯数字")
    return digits or "", given


def read_dissuasion(row: ClueRow, as_of: datetime) -> Dissuasion | None:
    """The dissuasion record, only when it says who, when and with what words: half a record proves nothing."""
    dissuaded = row.flag("dissuaded")
    names = {"dissuaded_at": "时间", "dissuaded_by": "劝阻人", "dissuasion_words": "劝阻内容"}
    if not dissuaded:
        if dissuaded is None:
            row.findings.note("dissuaded", "是否劝阻应为 yes 或 no；已按未劝阻处理")
        elif any(row.cell(name) for name in names):
            row.findings.note("dissuaded", "填写了劝阻经过但标为未劝阻，已按未劝阻处理；若已劝阻请改为 yes")
        return None
    moment = read_moment(row.cell("dissuaded_at"), as_of)
    by, words, response = row.line("dissuaded_by"), row.text("dissuasion_words"), row.text("dissuasion_response")
    lacking = [label for label, given in zip(names.values(), (moment, by, words), strict=True) if not given]
    if lacking or moment is None:
        row.findings.note("dissuaded", f"劝阻记录不完整：缺{'、'.join(lacking)}；补齐后才能作为劝阻依据")
        return None
    if moment.at > as_of:
        row.findings.note("dissuaded_at", f"劝阻记录不完整：劝阻时间 {said(moment.at)} 晚于导入时间；请核对后补报")
        return None
    row.findings.note("dissuaded_at", moment.note)
    return Dissuasion(moment.at, by, words, response)
