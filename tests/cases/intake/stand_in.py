"""A small town and a clean row: what the intake tests start from."""

from __future__ import annotations

import csv
import io
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from cases.intake import Reading, read_clues
from cases.intake.findings import COLUMNS
from cases.intake.moments import CHINA

AS_OF = datetime(2026, 11, 21, 9, 0, tzinfo=CHINA)

CLEAN = {
    "external_id": "WY-261001-001",
    "source": "property",
    "reporter_org": "柳岸物业锦澜花苑服务中心",
    "reporter_name": "马小杰",
    "reporter_phone": "13800131390",
    "anonymous": "no",
    "secrecy_wish": "no",
    "community": "锦澜花苑",
    "building": "7幢1单元",
    "room": "1801",
    "lng": "119.571334",
    "lat": "31.741587",
    "found_at": "2026-10-01T10:12:00",
    "matter_code": "CG01",
    "description": "露台搭阳光房。",
    "dissuaded": "yes",
    "dissuaded_at": "2026-10-01T11:42:00",
    "dissuaded_by": "马小杰（物业）",
    "dissuasion_words": "请停止搭建。",
    "dissuasion_response": "不听。",
    "evidence": "钢架一.jpg;停工通知.pdf",
    "emergency": "no",
}


@dataclass(frozen=True)
class SmallMatter:
    code: str
    name: str


@dataclass(frozen=True)
class SmallCommunity:
    code: str
    name: str
    street: str
    property_org: str
    lng: float | None
    lat: float | None


@dataclass(frozen=True)
class SmallOrganisation:
    code: str
    name: str


@dataclass(frozen=True)
class SmallPack:
    """Stands in for a jurisdiction pack: exact names, and a street's name before a community's."""

    matters: dict[str, SmallMatter] = field(
        default_factory=lambda: {
            code: SmallMatter(code, name)
            for code, name in (
                ("XF01", "飞线充电"),
                ("XF02", "违规停放充电"),
                ("CG01", "违法搭建"),
                ("CG11", "占道经营"),
                ("GA04", "犬只扰民"),
                ("ZJ06", "公共收益不公示"),
            )
        }
    )
    communities: tuple[SmallCommunity, ...] = (
        SmallCommunity("JLHY", "锦澜花苑", "东城街道", "LAWY", 119.5717, 31.7427),
        SmallCommunity("ZYXY", "枣园新苑", "尧塘街道", "HTWY", 119.7014, 31.7217),
        SmallCommunity("NPXQ", "南浦小区", "金城镇", "BMWY", None, None),
    )

    def community_named(self, text: str) -> SmallCommunity | None:
        return next((one for one in self.communities if text in (one.name, one.street + one.name)), None)

    def organisation_named(self, text: str) -> SmallOrganisation | None:
        return None


PACK = SmallPack()


def a_row(**changed: str) -> dict[str, str]:
    """A clean row with some cells changed."""
    assert changed.keys() <= CLEAN.keys()
    return CLEAN | changed


def a_file(*rows: Mapping[str, str], quoted: bool = False) -> str:
    """A well-formed CSV of ``rows``; ``quoted`` keeps a lone carriage return inside its cell."""
    out = io.StringIO()
    quoting = csv.QUOTE_ALL if quoted else csv.QUOTE_MINIMAL
    writer = csv.DictWriter(out, list[str](COLUMNS), lineterminator="\n", quoting=quoting)
    writer.writeheader()
    writer.writerows(rows)
    return out.getvalue()


def read(content: str | bytes, pack: Any = PACK, as_of: datetime = AS_OF) -> Reading:
    return read_clues(content.encode() if isinstance(content, str) else content, pack, as_of)


def read_rows(*rows: Mapping[str, str]) -> Reading:
    return read(a_file(*rows))


def reasons(reading: Reading) -> list[tuple[int, str]]:
    return [(remark.row, remark.field) for remark in reading.rejected]
