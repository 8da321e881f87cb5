"""Do the rows of a pack agree: dates, overlaps, names, ladder, law in force, and a lead for every matter everywhere.

What does not live here: cells (``reading``) and references (``references``). The search for a lead is the pack's own
lookup; the answer with its reason is ``cases.rules.competence``.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from datetime import date, timedelta
from itertools import chain, combinations, islice, pairwise

from cases.packs import tables
from cases.packs.finding import Finding
from cases.packs.names import plain
from cases.packs.reading import Draft, Placed
from cases.packs.rows import in_force
from cases.packs.schema import Pack

_NOMINAL = {"min": 1, "h": 60, "d": 1440, "wd": 1440}
_AT = re.compile(r"(?:(\d+)%)|(start|due)(?:\+(\d+)(min|h|wd|d))?")


def contradictions(draft: Draft) -> Iterator[Finding]:
    """Every pair of rows, or row by itself, that cannot be meant as it stands."""
    for table in (tables.MATTERS, tables.COMPETENCES):
        yield from _backward(draft.lines(table), "valid_from", "valid_to")
    yield from _backward(draft.lines(tables.LAWS), "in_force", "repealed")
    yield from _overlaps(draft.lines(tables.COMPETENCES))
    yield from _conditions(draft.lines(tables.MATTERS))
    for table in (tables.LIMITS, tables.SCREENING, tables.EXCLUSIONS):
        yield from _unsaid_source(draft.lines(table))
    yield from _falling(draft.lines(tables.LADDER))
    yield from _issuers(draft.lines(tables.LADDER))
    yield from _endless(draft.lines(tables.GROUNDS))
    yield from _same_rank(draft.lines(tables.TIERS))
    yield from _office_hours(draft.lines(tables.ORGANISATIONS))
    yield from _ambiguous_names(draft.lines(tables.ORGANISATIONS))
    yield from _ambiguous_names(draft.lines(tables.COMMUNITIES))
    if not draft.illegible:  # an unreadable row may be the station that seems to be missing
        yield from _stations(draft)
    yield from dead_laws(draft)


def leaderless(draft: Draft, pack: Pack) -> Iterator[Finding]:
    """Matters that no organisation, or more than one, would lead in some street on some day."""
    for one in draft.lines(tables.MATTERS):
        yield from islice(_leaderless_streets(one, pack), 1)


def dead_laws(draft: Draft) -> Iterator[Finding]:
    """Citations (引用) of a law that was no longer in force on the day the pack was last compared with the law."""
    as_of = draft.manifest["law_as_of"]
    dead = [law for law in (one.row for one in draft.lines(tables.LAWS)) if law.repealed and law.repealed <= as_of]
    dead.sort(key=lambda law: len(law.law), reverse=True)
    lawful = (tables.MATTERS, tables.LIMITS, tables.SCREENING, tables.EXCLUSIONS)
    cited = [(one, "law", one.row.law) for table in lawful for one in draft.lines(table)]
    cited += [(one, "basis", one.row.basis) for one in draft.lines(tables.COMPETENCES)]
    cited += [(one, "zh", one.row.zh) for one in draft.lines(tables.WORDING)]
    for one, field, text in cited:
        last = getattr(one.row, "valid_to", None)
        found = next((law for law in dead if law.law in text and not (last and last < law.repealed)), None)
        if found is not None:
            wrong = f"引用了已废止的《{found.law}》({found.repealed} 起失效)"
            yield Finding(one.file, one.line, field, wrong, f"现行的《{found.replaced_by}》或注明有效期止于废止前")


def _backward(lines: Iterable[Placed], first: str, last: str) -> Iterator[Finding]:
    for one in lines:
        start, end = getattr(one.row, first), getattr(one.row, last)
        if start and end and end < start:
            yield Finding(one.file, one.line, last, f"{end} 早于 {start}", f"不早于 {first}")


def _overlaps(lines: Iterable[Placed]) -> Iterator[Finding]:
    by_place: dict[tuple[str, str], list[Placed]] = {}
    for one in lines:
        by_place.setdefault((one.row.matter, one.row.street), []).append(one)
    for earlier, later in chain.from_iterable(combinations(rivals, 2) for rivals in by_place.values()):
        a, b = earlier.row, later.row
        if a.duty_lead == b.duty_lead:
            continue
        if _start(a.valid_from) <= _end(b.valid_to) and _start(b.valid_from) <= _end(a.valid_to):
            wrong = f"与 {earlier.file} 第{earlier.line}行有效期重叠而主办不同({a.duty_lead}、{b.duty_lead})"
            yield Finding(later.file, later.line, "duty_lead", wrong, "同一事项、街道、日期只有一个主办")


def _conditions(lines: Iterable[Placed]) -> Iterator[Finding]:
    for one in lines:
        for field in ("emergency", "bypass"):
            if (getattr(one.row, field) == "conditional") != bool(getattr(one.row, f"{field}_when")):
                wrong = "条件与取值不配"
                yield Finding(one.file, one.line, f"{field}_when", wrong, f"{field} 为 conditional 时写明条件,否则留空")
        if (one.row.dissuasion in ("required", "element")) != bool(one.row.dissuaders):
            wrong = "劝阻主体与劝阻要求不配"
            yield Finding(one.file, one.line, "dissuaders", wrong, "须劝阻时写明主体,否则留空")


def _unsaid_source(lines: Iterable[Placed]) -> Iterator[Finding]:
    for one in lines:
        if not one.row.law and one.row.confidence == "found":
            yield Finding(one.file, one.line, "law", "标为已核对却没有法规名称", "填写法规,或改为 design")


def _falling(lines: Iterable[Placed]) -> Iterator[Finding]:
    ladders: dict[tuple[str, ...], list[Placed]] = {}
    for one in lines:
        ladders.setdefault(one.row.ladder, []).append(one)
    for ladder in ladders.values():
        ladder.sort(key=lambda one: one.row.n)
        for lower, upper in pairwise(ladder):
            if _moment(upper.row.at) <= _moment(lower.row.at) or upper.row.level < lower.row.level:
                wrong = f"{upper.row.at}(第{upper.row.level}级)不晚于前一级 {lower.row.at}(第{lower.row.level}级)"
                yield Finding(upper.file, upper.line, "at", wrong, "时点逐级推后,等级不降")


def _issuers(lines: Iterable[Placed]) -> Iterator[Finding]:
    for one in lines:
        if (one.row.deed == "supervise") != bool(one.row.issuer):
            yield Finding(one.file, one.line, "issuer", "签发人与动作不配", "deed 为 supervise 时写明签发人,否则留空")


def _endless(lines: Iterable[Placed]) -> Iterator[Finding]:
    for one in lines:
        if (one.row.effect == "pause") != bool(one.row.cap):
            yield Finding(one.file, one.line, "cap", "停表没有上限,或不停表却有上限", "停表的写明最长期间,否则留空")


def _same_rank(lines: Iterable[Placed]) -> Iterator[Finding]:
    seen: dict[int, Placed] = {}
    for one in lines:
        other = seen.setdefault(one.row.rank, one)
        if other is not one:
            yield Finding(one.file, one.line, "rank", f"与第{other.line}行同级", "每级一行")


def _office_hours(lines: Iterable[Placed]) -> Iterator[Finding]:
    for one in lines:
        edges = [edge for window in one.row.hours.split(";") if window for edge in window.split("-")]
        if edges != sorted(set(edges)):
            yield Finding(one.file, one.line, "hours", "办公时段前后颠倒或重叠", "依次排列的时段")


def _moment(at: str) -> tuple[int, int]:
    """Where a rung stands: time after the start first, then shares of the limit, then time after its end; in minutes,
    days taken as whole days."""
    share, edge, amount, unit = _AT.fullmatch(at).groups()  # pyright: ignore[reportOptionalMemberAccess]
    if share:
        return 1, int(share)
    return 2 if edge == "due" else 0, int(amount) * _NOMINAL[unit] if amount else 0


def _ambiguous_names(lines: Iterable[Placed]) -> Iterator[Finding]:
    holders: dict[str, Placed] = {}
    for one in lines:
        for name in {plain(name): name for name in (one.row.name, *one.row.aliases)}:
            other = holders.setdefault(name, one)
            if other is not one:
                wrong = f"名称「{name}」与 {other.file} 第{other.line}行相同"
                yield Finding(one.file, one.line, "aliases", wrong, "一个名称只指一处")


def _stations(draft: Draft) -> Iterator[Finding]:
    stations = [one for one in draft.lines(tables.ORGANISATIONS) if one.row.kind == "station"]
    seen: dict[str, Placed] = {}
    for one in stations:
        for street in one.row.streets:
            other = seen.setdefault(street, one)
            if other is not one:
                wrong = f"街道 {street} 已有工作站(第{other.line}行)"
                yield Finding(one.file, one.line, "streets", wrong, "每个街道一个工作站")
    for one in draft.lines(tables.ORGANISATIONS):
        if one.row.kind == "street" and one.row.code not in seen:
            yield Finding(one.file, one.line, "code", f"街道 {one.row.code} 没有工作站", "有一个类别为 station 的机构")


def _days_that_matter(pack: Pack, matter: str) -> tuple[date, ...]:
    """The day the pack was compared with the law, and every day on which a designation begins or has ended."""
    days = {pack.law_as_of}
    for row in pack.competences_over(matter):
        days |= {row.valid_from} if row.valid_from else set()
        days |= {row.valid_to + timedelta(days=1)} if row.valid_to else set()
    return tuple(sorted(days))


def _leaderless_streets(one: Placed, pack: Pack) -> Iterator[Finding]:
    matter = one.row
    days = [day for day in _days_that_matter(pack, matter.code) if in_force(matter.valid_from, matter.valid_to, day)]
    for street in pack.streets:
        for day in days:
            designated = pack.designations(matter.code, street, day)
            duty = designated[0].duty_lead if designated else matter.lead
            count = len(pack.carriers(duty, street))
            if count != 1:
                wrong = f"事项 {matter.code} 在街道 {street}({day})有 {count} 个承担「{duty}」的机构"
                yield Finding(one.file, one.line, "lead", wrong, "恰有一个主办机构")


def _start(day: date | None) -> date:
    return day or date.min


def _end(day: date | None) -> date:
    return day or date.max
