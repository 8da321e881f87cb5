"""Association screening (协会筛查) of batches of property-fee suits: pass, repair or reject, with reasons.

What does not live here: reading the file (``cases.intake.suits``), the weight and words of a check (the pack).
"""

from cases.rules.screening.manifest import Contact, Manifest, manifest_of
from cases.rules.screening.screen import screen
from cases.rules.screening.screened import Finding, Result, Screened
from cases.rules.screening.suit import FeeStandard, Suit

__all__ = [
    "Contact",
    "FeeStandard",
    "Finding",
    "Manifest",
    "Result",
    "Screened",
    "Suit",
    "manifest_of",
    "screen",
]
