"""Association screening (协会筛查) of batches of property-fee suits: pass, repair or reject, with reasons.

What does not live here: reading the file (``cases.intake.suits``), the weight and words of a check (the pack).
"""

from cases.rules.screening.manifest import Contact, Manifest, ManifestLine, manifest_of, manifest_of_lines
from cases.rules.screening.screen import OF_A_FIRM, screen
from cases.rules.screening.screened import Finding, Result, Screened
from cases.rules.screening.suit import FeeStandard, Suit

__all__ = [
    "OF_A_FIRM",
    "Contact",
    "FeeStandard",
    "Finding",
    "Manifest",
    "ManifestLine",
    "Result",
    "Screened",
    "Suit",
    "manifest_of",
    "manifest_of_lines",
    "screen",
]
