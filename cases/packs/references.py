"""Does every row point at something that exists: duties, matters, streets, limits, organisations, words.

What does not live here: cells that cannot be read (``reading``) and rows that contradict one another (``coherence``).
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass

from cases.packs import tables
from cases.packs.finding import Finding
from cases.packs.reading import Draft, Placed
from cases.packs.rows import matches


@dataclass(frozen=True, slots=True)
class _Register:
    """The names that may be referred to, and how a fault about them is said."""

    names: Collection[str]
    noun: str
    home: str


def unknown_references(draft: Draft) -> Iterator[Finding]:
    """Every reference to something no row of the pack defines."""
    known = draft.lines(tables.ORGANISATIONS)
    duties = _Register(_names(draft, draft.lines(tables.DUTIES)), "职责", "duties.csv 中已有的代码")
    limits = _Register(_names(draft, draft.lines(tables.LIMITS)), "期限", "limits.csv 中已有的代码")
    organisations = _Register(_names(draft, known), "机构", "organisations.csv 中已有的代码")
    places = _names(draft, (one for one in known if one.row.kind == "street"))
    streets = _Register(places, "街道", "organisations.csv 中类别为 street 的机构代码")
    yield from _matters(draft, duties, limits)
    yield from _clocks(draft, limits)
    yield from _organisations(draft, duties, organisations, streets)
    yield from _communities(draft, organisations, streets)
    yield from _competences(draft, duties, streets)
    for one in draft.lines(tables.ORGANS):
        yield from _known(one, "org", (one.row.org,), organisations)
    yield from _mediation(draft, duties)
    yield from _words(draft)


def _names(draft: Draft, lines: Iterable[Placed]) -> set[str]:
    return {one.row.code for one in lines} | draft.illegible


def _matters(draft: Draft, duties: _Register, limits: _Register) -> Iterator[Finding]:
    for one in draft.lines(tables.MATTERS):
        yield from _known(one, "lead", (one.row.lead,), duties)
        yield from _known(one, "assist", one.row.assist, duties)
        yield from _known(one, "limits", one.row.limits, limits)


def _clocks(draft: Draft, limits: _Register) -> Iterator[Finding]:
    for one in draft.lines(tables.CLOCKS):
        yield from _known(one, "limit", (one.row.limit,), limits)
        if one.row.limits_class != "*":
            yield from _known(one, "limits_class", (one.row.limits_class,), limits)
        yield from _matter_pattern(draft, one)
    clocks = {one.row.clock for one in draft.lines(tables.CLOCKS)} | draft.illegible
    for one in draft.lines(tables.LADDER):
        yield from _matter_pattern(draft, one) if one.row.matter != "*" else ()
        if one.row.clock != "*":
            yield from _known(one, "clock", (one.row.clock,), _Register(clocks, "计时", "clocks.csv 中已有的计时"))


def _organisations(draft: Draft, duties: _Register, organisations: _Register, streets: _Register) -> Iterator[Finding]:
    for one in draft.lines(tables.ORGANISATIONS):
        yield from _known(one, "duties", one.row.duties, duties)
        yield from _known(one, "streets", one.row.streets, streets)
        yield from _known(one, "parent", (one.row.parent,), organisations)


def _communities(draft: Draft, organisations: _Register, streets: _Register) -> Iterator[Finding]:
    for one in draft.lines(tables.COMMUNITIES):
        yield from _known(one, "street", (one.row.street,), streets)
        for field in ("property_org", "committee_org", "grid_org"):
            yield from _known(one, field, (getattr(one.row, field),), organisations)


def _competences(draft: Draft, duties: _Register, streets: _Register) -> Iterator[Finding]:
    for one in draft.lines(tables.COMPETENCES):
        yield from _matter_pattern(draft, one)
        yield from _known(one, "duty_lead", (one.row.duty_lead,), duties)
        yield from _known(one, "assist", one.row.assist or (), duties)
        if one.row.street != "*":
            yield from _known(one, "street", (one.row.street,), streets)


def _mediation(draft: Draft, duties: _Register) -> Iterator[Finding]:
    for one in draft.lines(tables.TIERS):
        yield from _known(one, "duty", (one.row.duty or None,), duties)
    for one in draft.lines(tables.EXCLUSIONS):
        yield from _matter_pattern(draft, one) if one.row.matter else ()


def _matter_pattern(draft: Draft, one: Placed) -> Iterator[Finding]:
    codes = _names(draft, draft.lines(tables.MATTERS))
    if not any(matches(one.row.matter, code) for code in codes):
        yield Finding(one.file, one.line, "matter", f"没有事项「{one.row.matter}」", "matters.csv 中的事项代码或前缀")


def _words(draft: Draft) -> Iterator[Finding]:
    worded = {one.row.key for one in draft.lines(tables.WORDING)} | draft.illegible
    needed = {f"kind.{one.row.kind}": one for one in draft.lines(tables.ORGANISATIONS)}
    needed |= {f"unit.{one.row.unit}": one for one in draft.lines(tables.LIMITS)}
    needed |= {f"clock.{one.row.clock}": one for one in draft.lines(tables.CLOCKS)}
    needed |= {f"group.{one.row.group}": one for one in draft.lines(tables.MATTERS)}
    for key in sorted(set(needed) - worded):
        one = needed[key]
        yield Finding(one.file, one.line, key.split(".")[0], f"没有用语「{key}」", "wording.csv 中有对应的一行")
    if draft.lines(tables.WORDING) and "sealed" not in worded:
        yield Finding("wording.csv", 0, "key", "没有用语「sealed」", "封存事项对外的唯一一句话")


def _known(one: Placed, field: str, names: Iterable[str | None], register: _Register) -> Iterator[Finding]:
    for name in names:
        if name is not None and name not in register.names:
            yield Finding(one.file, one.line, field, f"没有{register.noun}「{name}」", register.home)
