"""What may not be mediated, or not be confirmed by a court (不得调解、不予确认的情形): looked up in the pack.

What does not live here: the list itself, which is data with its sources (packs).
"""

from __future__ import annotations

from collections.abc import Iterable

from cases.packs.mediation import Exclusion
from cases.packs.rows import matches
from cases.packs.schema import Pack

MEDIATION, FILING, RULING = "mediation", "court_filing", "court_ruling"
"""Where an exclusion counts: before mediation, when a court takes an application on, when it rules."""


def excluded_matter(pack: Pack, matter: str | None) -> Exclusion | None:
    """The exclusion that covers a matter of the catalogue, or None."""
    return next(
        (
            row
            for row in pack.exclusions.values()
            if row.stage == MEDIATION and matter and row.matter and matches(row.matter, matter)
        ),
        None,
    )


def named(pack: Pack, stage: str, codes: Iterable[str]) -> list[Exclusion]:
    """The exclusions of a stage that these codes name; unknown codes name nothing."""
    found = (pack.exclusions.get(code) for code in codes)
    return [row for row in found if row is not None and row.stage == stage]


def said(row: Exclusion) -> str:
    """The exclusion with its source, where the pack names one."""
    source = f"{row.law}{row.article}".strip()
    return f"{row.name}({source})" if source else row.name
