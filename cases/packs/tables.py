"""Which files a pack folder may hold, which columns each has, and how one cell is read.

What does not live here: opening files (``reading``) and whether rows agree with one another (``references``,
``coherence``). A cell that cannot be read says what is wrong with it and what would be right.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from cases.packs import cells
from cases.packs.mediation import Exclusion, Tier
from cases.packs.paper_rows import Organ
from cases.packs.rows import (
    CONFIDENCES,
    DISSUADERS,
    FAMILIES,
    ISSUERS,
    KINDS,
    TOLD,
    UNITS,
    ClockRule,
    Community,
    Competence,
    Duty,
    Ground,
    Law,
    Limit,
    Matter,
    Organisation,
    Rung,
    Wording,
)
from cases.packs.screening import CHECKS, SIGNALS, WEIGHTS, ScreeningCheck, ScreeningSignal


@dataclass(frozen=True, slots=True)
class Table:
    """One file of a pack: the row it holds, the columns that make two rows the same, and how each column is read."""

    file: str
    row: type[Any]
    key: tuple[str, ...]
    columns: Mapping[str, cells.Cell]


_CODE = cells.shape(r"[A-Z0-9]+(-[A-Z0-9]+)*", "大写字母、数字和连字符组成的代码")
_WORD = cells.shape(r"[a-z][a-z0-9_]*", "小写字母、数字和下划线组成的代码")
_PATTERN = cells.shape(r"\*|[A-Z]+\d*\*?", "事项代码、以 * 结尾的前缀(如 XF*)或 *")
_STREET = cells.shape(r"\*|[A-Z0-9]+(-[A-Z0-9]+)*", "街道代码或 *")
_CLASS = cells.shape(r"\*|[A-Z0-9]+(-[A-Z0-9]+)*", "期限代码或 *")
_CLOCK = cells.shape(r"\*|[a-z][a-z0-9_]*", "计时名称或 *")
_AT = cells.shape(r"[1-9]\d?%|(start|due)(\+[1-9]\d*(min|h|wd|d))?", "如 start+15d、80%、due、due+1wd、due+4h")
_SEVERITY = cells.shape(r"\*|[1-4]", "1 至 4 或 *")
_EXTEND = cells.shape(r"no|once|any|[1-9]\d*(min|h|work_h|wd|d|m|y)(\*[1-9])?", "no、once、any 或 30d、30d*2")
_SPAN = cells.shape(r"|[1-9]\d*(min|h|work_h|wd|d!?|m!?|y!?)", "如 30d、24h,或留空")
_HOURS = cells.shape(
    r"|[0-2]\d:[0-5]\d-[0-2]\d:[0-5]\d(;[0-2]\d:[0-5]\d-[0-2]\d:[0-5]\d)*", "如 09:00-12:00;13:30-17:30,或留空"
)
_URGENCY = cells.one_of(("*", "yes", "no"))
_CONFIDENCE = cells.one_of(CONFIDENCES)

MATTERS = Table(
    "matters.csv",
    Matter,
    ("code",),
    {
        "code": cells.shape(r"[A-Z]{2}\d{2}", "两个大写字母加两位数字,如 XF01"),
        "name": cells.filled,
        "group": cells.shape(r"[A-Z]{2}", "两个大写字母,如 XF"),
        "description": cells.filled,
        "lead": _WORD,
        "assist": cells.several,
        "severity": cells.whole_number(1, 4),
        "emergency": cells.one_of(("yes", "no", "conditional")),
        "emergency_when": cells.free,
        "bypass": cells.one_of(("yes", "no", "conditional")),
        "bypass_when": cells.free,
        "dissuasion": cells.one_of(("required", "none", "forbidden", "element")),
        "dissuaders": cells.several_of(DISSUADERS),
        "limits": cells.several,
        "law": cells.filled,
        "evidence": cells.free,
        "outcome": cells.filled,
        "basis": cells.filled,
        "confidence": _CONFIDENCE,
        "route": cells.one_of(("auto", "confirm")),
        "sealed": cells.yes_no,
        "valid_from": cells.day,
        "valid_to": cells.day,
        "keywords": cells.several,
    },
)
LIMITS = Table(
    "limits.csv",
    Limit,
    ("code",),
    {
        "code": _CODE,
        "name": cells.filled,
        "amount": cells.whole_number(1, 9999),
        "unit": cells.one_of(UNITS),
        "law": cells.free,
        "article": cells.free,
        "start_event": cells.filled,
        "extension": cells.free,
        "extend": _EXTEND,
        "not_counted": cells.free,
        "family": cells.one_of(("", *FAMILIES)),
        "rolls": cells.yes_no,
        "basis": cells.filled,
        "confidence": _CONFIDENCE,
    },
)
CLOCKS = Table(
    "clocks.csv",
    ClockRule,
    ("case_type", "clock", "matter", "limits_class", "emergency"),
    {
        "case_type": _WORD,
        "clock": _WORD,
        "matter": _PATTERN,
        "limits_class": _CLASS,
        "emergency": _URGENCY,
        "limit": _CODE,
    },
)
LADDER = Table(
    "ladder.csv",
    Rung,
    ("case_type", "clock", "matter", "severity", "emergency", "n"),
    {
        "case_type": _CLOCK,
        "clock": _CLOCK,
        "matter": _PATTERN,
        "severity": _SEVERITY,
        "emergency": _URGENCY,
        "n": cells.whole_number(1, 99),
        "at": _AT,
        "level": cells.whole_number(0, 4),
        "deed": cells.one_of(("warn", "overdue", "supervise", "escalate", "quiet")),
        "issuer": cells.one_of(("", *ISSUERS)),
        "tell": cells.several_of(TOLD),
    },
)
GROUNDS = Table(
    "grounds.csv",
    Ground,
    ("code", "family"),
    {
        "code": _WORD,
        "family": cells.one_of(FAMILIES),
        "name": cells.filled,
        "effect": cells.one_of(("pause", "no")),
        "document": cells.free,
        "cap": _SPAN,
        "basis": cells.filled,
        "confidence": _CONFIDENCE,
    },
)
ORGANISATIONS = Table(
    "organisations.csv",
    Organisation,
    ("code",),
    {
        "code": _CODE,
        "kind": cells.one_of(KINDS),
        "name": cells.filled,
        "aliases": cells.several,
        "parent": cells.optional,
        "streets": cells.several,
        "duties": cells.several,
        "phone": cells.free,
        "hours": _HOURS,
        "sample": cells.yes_no,
    },
)
COMMUNITIES = Table(
    "communities.csv",
    Community,
    ("code",),
    {
        "code": _CODE,
        "name": cells.filled,
        "aliases": cells.several,
        "street": _CODE,
        "property_org": cells.optional,
        "committee_org": cells.optional,
        "grid_org": cells.optional,
        "lng": cells.degrees,
        "lat": cells.degrees,
        "sample": cells.yes_no,
    },
)
COMPETENCES = Table(
    "competences.csv",
    Competence,
    ("matter", "street", "duty_lead", "valid_from"),
    {
        "matter": _PATTERN,
        "street": _STREET,
        "duty_lead": _WORD,
        "assist": cells.several_or_unset,
        "valid_from": cells.day,
        "valid_to": cells.day,
        "basis": cells.filled,
        "confidence": _CONFIDENCE,
    },
)
WORDING = Table("wording.csv", Wording, ("key",), {"key": cells.filled, "zh": cells.filled, "en": cells.filled})
DUTIES = Table("duties.csv", Duty, ("code",), {"code": _WORD, "name": cells.filled, "en": cells.filled})
LAWS = Table(
    "laws.csv",
    Law,
    ("law",),
    {
        "law": cells.filled,
        "in_force": cells.day,
        "repealed": cells.day,
        "replaced_by": cells.free,
        "basis": cells.filled,
        "confidence": _CONFIDENCE,
    },
)
SCREENING = Table(
    "screening.csv",
    ScreeningCheck,
    ("code",),
    {
        "code": cells.one_of(CHECKS),
        "weight": cells.one_of(WEIGHTS),
        "sentence": cells.clause,
        "whom": cells.free,
        "supply": cells.clause_or_none,
        "law": cells.free,
        "article": cells.free,
        "basis": cells.filled,
        "confidence": _CONFIDENCE,
    },
)
SCREENING_SIGNALS = Table(
    "screening_signals.csv",
    ScreeningSignal,
    ("signal",),
    {
        "signal": cells.one_of(SIGNALS),
        "phrases": cells.several_filled,
        "unless": cells.several,
        "meaning": cells.filled,
    },
)

ORGANS = Table(
    "organs.csv",
    Organ,
    ("org",),
    {"org": _CODE, "short": cells.filled, "basis": cells.filled, "confidence": _CONFIDENCE},
)
TIERS = Table(
    "tiers.csv",
    Tier,
    ("code",),
    {
        "code": _WORD,
        "rank": cells.whole_number(1, 9),
        "name": cells.filled,
        "duty": cells.shape(r"|[a-z][a-z0-9_]*", "职责代码,或留空"),
        "rises": cells.yes_no,
        "basis": cells.filled,
        "confidence": _CONFIDENCE,
    },
)
EXCLUSIONS = Table(
    "exclusions.csv",
    Exclusion,
    ("code",),
    {
        "code": _WORD,
        "stage": cells.one_of(("mediation", "court_filing", "court_ruling")),
        "matter": cells.shape(r"|[A-Z]+\d*\*?", "事项代码、以 * 结尾的前缀,或留空"),
        "name": cells.clause,
        "law": cells.free,
        "article": cells.free,
        "basis": cells.filled,
        "confidence": _CONFIDENCE,
    },
)

TABLES = (
    DUTIES,
    LAWS,
    LIMITS,
    MATTERS,
    CLOCKS,
    GROUNDS,
    LADDER,
    ORGANISATIONS,
    COMMUNITIES,
    COMPETENCES,
    WORDING,
    SCREENING,
    SCREENING_SIGNALS,
    ORGANS,
    TIERS,
    EXCLUSIONS,
)

READ_ELSEWHERE = ("keywords.csv", "counting_rules.csv", "matter_texts.csv", "mediator_points.csv")
"""Files of a pack folder that other rooms read for themselves."""
