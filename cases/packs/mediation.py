"""The rows by which a city says how mediation goes (调解规则): tiers, and what may not be mediated or confirmed.

What does not live here: how the files are read (``tables``, ``reading``) and what follows from a row (rules).
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Tier:
    """调解层级: one level of mediation, the lower ``rank`` the nearer to the people concerned.

    ``duty`` is what the bodies of this tier carry, blank for a tier that only guides whoever keeps the dispute.
    ``rises``: a dispute goes to the tier above by itself when its time here has passed.
    """

    code: str
    rank: int
    name: str
    duty: str
    rises: bool
    basis: str
    confidence: str


@dataclass(frozen=True, slots=True)
class Exclusion:
    """不得调解或不予确认的情形: ``stage`` is ``mediation``, ``court_filing`` or ``court_ruling``; ``matter`` is a
    pattern of the catalogue, blank for a circumstance somebody has to state."""

    code: str
    stage: str
    matter: str
    name: str
    law: str
    article: str
    basis: str
    confidence: str
