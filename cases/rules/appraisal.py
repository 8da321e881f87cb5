"""The yearly appraisal of a mediation body (受聘机构年度考核): counts of its cases against what its contract promised.

Accepted, on time, success, performance of agreements, complaints. Money never enters: neither fines nor what was
collected may feed anybody's score (行政处罚法 74(3)). What does not live here: reading the cases (store).
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

AGREED, FAILED, WITHDRAWN, DECLINED = "agreed", "failed", "withdrawn", "declined"
OUTCOMES = frozenset({AGREED, FAILED, WITHDRAWN, DECLINED})
"""结果类别: how a mediation ended, in the one word that may leave it; a case's fact ``outcome``."""

OWN_CLOCKS = frozenset({"acceptance", "consent", "choice", "tier", "total", "routing"})
"""Limits the body itself has to keep; whether the parties pay in time is not its doing."""

PERFORMED = frozenset({"full", "partial", "none"})
"""履行情况: how far an agreement whose time has come was performed; a case's fact ``performed``."""


@dataclass(frozen=True, slots=True)
class Tried:
    """One case of the body as the appraisal sees it: whether its limits were kept, how it ended and was performed."""

    on_time: bool
    outcome: str | None = None
    performed: str | None = None


@dataclass(frozen=True, slots=True)
class Targets:
    """What the contract promised; None promises nothing. Shares are whole per cent."""

    accepted: int | None = None
    on_time: int | None = None
    success: int | None = None
    performance: int | None = None
    most_complaints: int | None = None


@dataclass(frozen=True, slots=True)
class Measured:
    """One figure with what it was made of; ``share`` in whole per cent is None where nothing could be counted."""

    name: str
    count: int
    of: int
    share: int | None
    target: int | None
    met: bool | None
    said: str


def appraise(cases: Iterable[Tried], complaints: int, targets: Targets) -> tuple[Measured, ...]:
    """The five figures. Declined cases were never accepted; success leaves out what the parties withdrew (reference 8);
    performance looks only at agreements whose time has come. ``complaints`` are the upheld ones."""
    taken = [one for one in cases if one.outcome != DECLINED]
    ended = [one for one in taken if one.outcome in {AGREED, FAILED}]
    due = [one for one in taken if one.outcome == AGREED and one.performed in PERFORMED]
    agreed = sum(one.outcome == AGREED for one in ended)
    return (
        _counted("accepted", "受理", len(taken), targets.accepted),
        _share("on_time", "按时", sum(one.on_time for one in taken), len(taken), targets.on_time),
        _share("success", "调解成功", agreed, len(ended), targets.success),
        _share("performance", "协议履行", sum(one.performed == "full" for one in due), len(due), targets.performance),
        _complaints(complaints, targets.most_complaints),
    )


def _counted(name: str, word: str, count: int, target: int | None) -> Measured:
    met = None if target is None else count >= target
    return Measured(name, count, count, None, target, met, f"{word} {count} 件{_against(target, '件')}")


def _share(name: str, word: str, count: int, of: int, target: int | None) -> Measured:
    share = count * 100 // of if of else None
    met = None if target is None or share is None else count * 100 >= target * of
    told = f"{word} {count}/{of}{f'({share}%)' if share is not None else '(无可计件)'}"
    return Measured(name, count, of, share, target, met, told + _against(target, "%"))


def _complaints(count: int, most: int | None) -> Measured:
    met = None if most is None else count <= most
    told = f"属实投诉 {count} 件" + (f",约定不超过 {most} 件" if most is not None else "")
    return Measured("complaints", count, count, None, most, met, told)


def _against(target: int | None, unit: str) -> str:
    return f",约定不低于 {target}{unit if unit == '%' else f' {unit}'}" if target is not None else ""
