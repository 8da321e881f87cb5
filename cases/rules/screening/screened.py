"""The answer of the screening (筛查结论): findings in the pack's words, and what follows from them for the suit.

What does not live here: which checks are not met (the other modules), and the layout of sheets and reports.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from cases.packs.schema import ScreeningCheck
from cases.packs.screening import CHECKS, ITEMS, WEIGHTS
from cases.rules.screening.suit import Suit

_FACT = re.compile(r"\{([a-z_]+)\}")
_BREAKS = str.maketrans("；。;\n\r", "，，，，，")


class Result(StrEnum):
    """通过, 补正 or 退回."""

    PASS = "pass"
    REPAIR = "repair"
    REJECT = "reject"


@dataclass(frozen=True)
class Finding:
    """One check a suit does not meet: ``sentence`` is a whole one without full stop, with its source in brackets.

    ``item`` is the item of the checklist, ``weight`` is ``reject``, ``repair`` or ``note``. ``law`` and ``article`` are
    empty where nobody issued a rule; ``confidence`` says how sure the source is.
    """

    code: str
    item: str
    weight: str
    sentence: str
    law: str
    article: str
    basis: str
    confidence: str


@dataclass(frozen=True)
class Screened:
    """A suit with its findings, the gravest first."""

    suit: Suit
    findings: tuple[Finding, ...]

    @property
    def result(self) -> Result:
        """``reject`` if anything forbids a suit, else ``repair`` if anything must be cured, else ``pass``."""
        weights = {one.weight for one in self.findings}
        return next((result for result in (Result.REJECT, Result.REPAIR) if result in weights), Result.PASS)

    @property
    def reasons(self) -> tuple[str, ...]:
        """The sentences that decided, and what is worth knowing; a rejected suit is not asked to be repaired."""
        shown = {Result.REJECT: ("reject",), Result.REPAIR: ("repair", "note"), Result.PASS: ("note",)}[self.result]
        return tuple(one.sentence for one in self.findings if one.weight in shown)

    def checklist(self) -> dict[str, tuple[Finding, ...]]:
        """The checklist (筛查表): every item in order with its findings, none where it is in order."""
        return {item: tuple(one for one in self.findings if one.item == item) for item in ITEMS}


def worded(check: ScreeningCheck, facts: Mapping[str, str]) -> Finding:
    """A finding in the words of the pack, with ``facts`` in their places."""
    sentence = _filled(check.sentence, facts)
    if check.supply:
        sentence = f"{sentence}，请{check.whom}{_filled(check.supply, facts)}"
    item = CHECKS[check.code][0]
    sentence = f"{sentence}{_source(check)}"
    return Finding(check.code, item, check.weight, sentence, check.law, check.article, check.basis, check.confidence)


def gravest_first(findings: list[Finding]) -> tuple[Finding, ...]:
    """Rejections before repairs before notes, each in the order of the checklist."""
    return tuple(sorted(findings, key=lambda one: (WEIGHTS.index(one.weight), ITEMS.index(one.item))))


def _filled(text: str, facts: Mapping[str, str]) -> str:
    return _FACT.sub(lambda found: facts[found[1]].translate(_BREAKS), text)


def _source(check: ScreeningCheck) -> str:
    """The source in brackets; one that was not compared with the text says so."""
    if not check.law:
        return ""
    name = check.law if "《" in check.law else f"《{check.law}》"
    doubt = "，条文待核对" if check.confidence.startswith("memory") else ""
    return f"（{name}{check.article}{doubt}）"
