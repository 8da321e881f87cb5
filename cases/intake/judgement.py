"""The judgement of one row: can it become a report, and what had to be repaired.

A row is refused only when the office could not work with it (no known place, no date, no number, nothing said);
everything else is repaired or left open, with a remark. What does not live here: comparison with other rows
(``clues``), the spelling of cells (``cleaning``, ``moments``), names of places and matters (the pack).
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Protocol

from cases.intake import cleaning, places
from cases.intake.findings import ClueRow, Findings
from cases.intake.matters import MatterLike, read_matter
from cases.intake.moments import CHINA, Moment, read_moment, said
from cases.intake.parties import read_dissuasion, read_reporter
from cases.intake.places import CommunityLike
from cases.intake.report import Report

OLDEST_YEARS = 2
"""A clue found longer ago than this is not for a joint-enforcement station; other channels take it."""

SOURCES = {
    "property": ("物业",),
    "owners_committee": ("业委会", "业主委员会", "物管会", "物业管理委员会"),
    "grid_worker": ("网格员",),
    "resident_snapshot": ("随手拍", "居民随手拍"),
    "inspection": ("检查",),
    "hotline": ("热线", "热线转来"),
}


class LocalNames(Protocol):
    """What intake asks of a jurisdiction pack."""

    @property
    def matters(self) -> Mapping[str, MatterLike]: ...

    def community_named(self, text: str, /) -> CommunityLike | None: ...


def judge(cells: Mapping[str, str], pack: LocalNames, as_of: datetime, findings: Findings) -> Report | None:
    """The report a row makes, or ``None`` with the reasons in ``findings``. ``cells`` holds all ``COLUMNS``."""
    row = ClueRow(cells, findings)
    findings.external_id = cleaning.half_width(row.cell("external_id")).text
    if findings.refused:  # a cell too long to be read at all
        return None
    _external_id(row)
    source = _source(row)
    community = places.read_community(row.cell("community"), row.cell("reporter_org"), pack.community_named)
    row.take("community", community.remark, refused=community.found is None)
    found_at = _found_at(row, as_of)
    matter = read_matter(row.cell("matter_code"), pack.matters)
    row.take("matter_code", matter.remark, refused=matter.unknown)
    description = row.text("description")
    if not description and not row.cell("matter_code"):
        findings.refuse("description", "既没有说明也没有事项；至少填写一项。")
    if findings.refused or source is None or community.found is None or found_at is None:
        return None
    reporter = read_reporter(row, source)
    spot = _spot(row, community.found)
    return Report(
        row=findings.row,
        external_id=findings.external_id,
        source=source,
        reporter_org=reporter.org,
        reporter_name=reporter.name,
        reporter_phone=reporter.phone,
        reporter_phone_given=reporter.phone_given,
        anonymous=reporter.anonymous,
        secrecy=reporter.secrecy,
        community=community.found.code,
        building=row.place("building"),
        room=row.place("room"),
        lng=spot.lng,
        lat=spot.lat,
        found_at=found_at,
        matter_code=matter.code,
        description=description,
        dissuasion=read_dissuasion(row, as_of),
        evidence=_evidence(row),
        emergency=_emergency(row),
        remarks=(),
    )


def _external_id(row: ClueRow) -> None:
    if not row.place("external_id"):
        row.findings.refuse("external_id", "没有编号；请填写报送系统给出的编号。")


def _source(row: ClueRow) -> str | None:
    given = row.cell("source")
    name = cleaning.half_width(given).text.lower()
    found = next((source for source, words in SOURCES.items() if name == source or name in words), None)
    if found is None:
        row.findings.refuse("source", f"不认识来源“{cleaning.clip(given)}”；应为 {'、'.join(SOURCES)} 之一。")
    elif found != given:
        row.findings.note("source", f"来源“{cleaning.clip(given)}”已按 {found} 记录")
    return found


def _found_at(row: ClueRow, as_of: datetime) -> datetime | None:
    given = row.cell("found_at")
    moment = read_moment(given, as_of)
    if moment is None:
        quoted = f"无法识别发现时间“{cleaning.clip(given)}”" if given else "没有填写发现时间"
        row.findings.refuse("found_at", f"{quoted}；标准写法如 2026-10-03T14:20:00。")
        return None
    row.findings.note("found_at", moment.note)
    if moment.at > as_of:
        row.findings.refuse(
            "found_at", f"发现时间 {said(moment.at)} 晚于导入时间 {said(as_of)}，请核对。{_year_hint(moment, as_of)}"
        )
        return None
    if moment.at < _years_before(as_of, OLDEST_YEARS):
        row.findings.refuse("found_at", f"发现时间 {said(moment.at)} 距导入已超过 {OLDEST_YEARS} 年，请核对年份。")
        return None
    return moment.at


def _years_before(at: datetime, years: int) -> datetime:
    here = at.astimezone(CHINA)
    if (here.month, here.day) == (2, 29):
        here = here.replace(day=28)
    return here.replace(year=here.year - years)


def _year_hint(moment: Moment, as_of: datetime) -> str:
    """A question when the digits of the year look exchanged (2062 for 2026)."""
    year = as_of.astimezone(CHINA).year
    if sorted(str(moment.at.year)) != sorted(str(year)) or (moment.at.month, moment.at.day) == (2, 29):
        return ""
    guess = moment.at.replace(year=year)
    return f"是否为 {said(guess)}？" if guess <= as_of else ""


def _spot(row: ClueRow, community: places.CommunityLike) -> cleaning.Point:
    near = None if community.lng is None or community.lat is None else (community.lng, community.lat)
    spot = cleaning.point(row.cell("lng"), row.cell("lat"), near)
    row.findings.note("lng", spot.note)
    return spot


def _evidence(row: ClueRow) -> tuple[str, ...]:
    names, note = cleaning.file_names(row.cell("evidence"))
    row.findings.note("evidence", note)
    return names


def _emergency(row: ClueRow) -> bool | None:
    emergency = row.flag("emergency")
    if emergency is None and row.cell("emergency"):
        row.findings.note("emergency", "是否紧急应为 yes、no 或留空；已按未填写处理")
    return emergency
