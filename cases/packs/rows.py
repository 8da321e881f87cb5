"""The rows a pack is made of: frozen, slotted, one class for one file.

What does not live here: how the files are read (``tables``, ``reading``) and how rows are looked up (``schema``).
All validity dates are inclusive on both ends; ``None`` means open.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

UNITS = ("min", "h", "work_h", "wd", "d", "m", "y")
"""Minutes, clock hours, working hours, working days, natural days, months, years."""

CONFIDENCES = ("found", "memory:high", "memory:medium", "memory:low", "design")
"""How sure a legal basis is: read in a text, known but not checked, or a proposal nobody issued."""

DISSUADERS = ("property", "owners_committee", "community")
"""物业, 业委会/物管会, 社区/居委会."""

TOLD = ("holder", "station_head", "street", "district", "leading_group", "justice", "parties")
"""Whom a rung of the ladder tells; ``parties`` are those of a mediation."""

ISSUERS = ("station_head", "street", "district", "leading_group")
"""Who may issue a supervision order (督办单)."""

FAMILIES = ("station", "penalty", "police", "mediation", "inner", "court")
"""Families of limits that stand still on different grounds (reference 5.8); ``inner`` are the station's own steps,
``court`` the terms of a trial."""

KINDS = (
    "district",
    "street",
    "station",
    "police",
    "fire",
    "market",
    "urban",
    "housing",
    "environment",
    "emergency",
    "planning",
    "health",
    "gas",
    "power",
    "water",
    "agriculture",
    "civil_affairs",
    "women_federation",
    "development",
    "finance",
    "audit",
    "justice",
    "mediation",
    "court",
    "property",
    "owners_committee",
    "grid",
    "hotline",
    "inspection",
    "association",
)
"""Kinds of organisation the engine tells apart."""


def in_force(valid_from: date | None, valid_to: date | None, on: date) -> bool:
    """Whether a row valid from one day to another (both inclusive, ``None`` = open) counts on ``on``."""
    return (valid_from is None or valid_from <= on) and (valid_to is None or on <= valid_to)


def matches(pattern: str, code: str) -> bool:
    """Whether a matter pattern (``XF01``, ``XF*`` or ``*``) covers a matter code."""
    return code.startswith(pattern[:-1]) if pattern.endswith("*") else pattern == code


@dataclass(frozen=True, slots=True)
class Area:
    """辖区: the district or county the pack is for; ``aliases`` are its everyday names."""

    code: str
    name: str
    aliases: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Matter:
    """事项: one kind of problem, who is in charge of it by duty, and how it is taken in.

    ``lead`` and ``assist`` are duties (see :class:`Organisation`). ``bypass`` says whether the report is accepted
    without proof of dissuasion: ``conditional`` means only in the emergency described by ``bypass_when``.
    ``dissuasion`` is ``element`` where a dissuasion record is part of the offence itself, ``forbidden`` where it would
    warn the offender. ``route`` is ``confirm`` where only a local designation decides who leads. ``sealed``: nothing
    but the sealed sentence leaves the office about this matter. ``limits`` are limit codes, first the one that rules.
    """

    code: str
    name: str
    group: str
    description: str
    lead: str
    assist: tuple[str, ...]
    severity: int
    emergency: str
    emergency_when: str
    bypass: str
    bypass_when: str
    dissuasion: str
    dissuaders: tuple[str, ...]
    limits: tuple[str, ...]
    law: str
    evidence: str
    outcome: str
    basis: str
    confidence: str
    route: str
    sealed: bool
    valid_from: date | None
    valid_to: date | None
    keywords: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Limit:
    """期限: an amount in a unit, where it comes from, and what starts, lengthens or interrupts it.

    ``rolls``: a period ending on a day off ends on the next working day. A code such as ``V3`` or ``H5`` is also the
    class a matter names in its ``limits``. ``extend`` says how far it may be extended: ``no``; ``once``, by at most its
    own length; ``any``, as often and as far as those concerned agree; or a longest extension and how often, such as
    ``30d*2``. ``family`` is the family of grounds on which it may stand still, blank for a limit that never does.
    ``extension`` and ``not_counted`` are the words of the source.
    """

    code: str
    name: str
    amount: int
    unit: str
    law: str
    article: str
    start_event: str
    extension: str
    extend: str
    not_counted: str
    family: str
    rolls: bool
    basis: str
    confidence: str


@dataclass(frozen=True, slots=True)
class ClockRule:
    """计时规则: which limit runs on which clock of which case type.

    ``matter`` is a pattern, ``limits_class`` one of the matter's classes or ``*``, ``emergency`` is ``yes``, ``no`` or
    ``*``. The more specific rule wins: first by matter, then by emergency, then by class.
    """

    case_type: str
    clock: str
    matter: str
    limits_class: str
    emergency: str
    limit: str


@dataclass(frozen=True, slots=True)
class Rung:
    """督办阶梯的一级: so long after the start (``start+15d``), at a share of the limit (``80%``), at its end (``due``)
    or after it (``due+1wd``), tell whom.

    A ladder is the rows with the same case type, clock, matter pattern, severity and emergency; the most specific one
    counts, in that order. ``deed`` is ``warn``, ``overdue``, ``supervise`` (``issuer`` issues an order, 督办单)
    or ``escalate``; a single ``quiet`` row says that the clock has no ladder.
    """

    case_type: str
    clock: str
    matter: str
    severity: str
    emergency: str
    n: int
    at: str
    level: int
    deed: str
    issuer: str
    tell: tuple[str, ...]

    @property
    def ladder(self) -> tuple[str, str, str, str, str]:
        """Which ladder the rung belongs to."""
        return self.case_type, self.clock, self.matter, self.severity, self.emergency


@dataclass(frozen=True, slots=True)
class Ground:
    """停表事由: for a family of limits, whether an event makes the clock stand still (``pause``) or not (``no``).

    ``document`` is what must be shown, blank where none is asked; ``cap`` is the longest stand (a limit such as
    ``30d``), after which the clock goes on by itself.
    """

    code: str
    family: str
    name: str
    effect: str
    document: str
    cap: str
    basis: str
    confidence: str


@dataclass(frozen=True, slots=True)
class Organisation:
    """机构: ``duties`` are what it is competent for, ``streets`` where (empty = the whole area).

    ``hours`` are its own office hours (``09:00-12:00;13:30-17:30``), blank where it keeps the pack's.

    A street or town is itself an organisation of kind ``street``; its code is the street code used everywhere.
    ``sample`` marks a row that stands in for the customer's own.
    """

    code: str
    kind: str
    name: str
    aliases: tuple[str, ...]
    parent: str | None
    streets: tuple[str, ...]
    duties: tuple[str, ...]
    phone: str
    hours: str
    sample: bool


@dataclass(frozen=True, slots=True)
class Community:
    """小区: where it lies and which property firm, owners' committee and residents' committee belong to it."""

    code: str
    name: str
    aliases: tuple[str, ...]
    street: str
    property_org: str | None
    committee_org: str | None
    grid_org: str | None
    lng: float | None
    lat: float | None
    sample: bool


@dataclass(frozen=True, slots=True)
class Competence:
    """指定或赋权: at this place and time another duty leads (and, unless ``assist`` is ``None``, others assist)."""

    matter: str
    street: str
    duty_lead: str
    assist: tuple[str, ...] | None
    valid_from: date | None
    valid_to: date | None
    basis: str
    confidence: str


@dataclass(frozen=True, slots=True)
class Wording:
    """用语: one phrase people read, in Chinese and English."""

    key: str
    zh: str
    en: str


@dataclass(frozen=True, slots=True)
class Duty:
    """职责: a field of work some organisation carries; ``name`` as the office says it."""

    code: str
    name: str
    en: str


@dataclass(frozen=True, slots=True)
class Law:
    """法规状态: since when a law is in force and, if so, since when it no longer is."""

    law: str
    in_force: date | None
    repealed: date | None
    replaced_by: str
    basis: str
    confidence: str
