"""A batch file of suits (批次文件), read as hostile input: every row becomes a ``Suit``, none is lost.

What does not live here: judging a suit (``cases.rules.screening``).
"""

from cases.intake.suits.batch import Batch, read_suits
from cases.intake.suits.report import write_screening

__all__ = ["Batch", "read_suits", "write_screening"]
